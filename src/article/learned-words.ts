/**
 * What class names and the words of short blocks have meant on other sites: columns of a block's row filled from learned tables.
 * In: rows, the tables. Out: the same rows with these columns set. Training fills them without what the page's own site has taught.
 */
import type { FeatureRows } from './block-features.ts';
import { FEATURE_COUNT, FIRST_NAME_COLUMN, FIRST_WORD_COLUMN } from './feature-names.ts';
import type { LeanElement } from './lean-tree.ts';

/** Chance that text under this name is body, as learned; undefined where the name is not known. */
export type NameScores = (name: string, near: boolean) => number | undefined;
/** The same of a word in a short block, by its number. */
export type WordScores = (word: number) => number | undefined;

const NEAR_STEPS = 3;
const MOST_WORDS = 30;

interface Opinion {
  readonly low: number;
  readonly high: number;
  readonly sum: number;
  readonly known: number;
  readonly odds: number;
}
const SILENT: Opinion = { low: 2, high: -1, sum: 0, known: 0, odds: 0 };

function weighNames(names: readonly string[], near: boolean, scores: NameScores): Opinion {
  let { low, high, sum, known, odds } = SILENT;
  for (const name of names) {
    const score = scores(name, near);
    if (score === undefined) continue;
    known++;
    sum += score;
    odds += Math.log((score + 0.02) / (1.02 - score));
    if (score < low) low = score;
    if (score > high) high = score;
  }
  return known === 0 ? SILENT : { low, high, sum, known, odds };
}

function join(a: Opinion, b: Opinion): Opinion {
  if (a.known === 0) return b;
  if (b.known === 0) return a;
  return {
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    sum: a.sum + b.sum,
    known: a.known + b.known,
    odds: a.odds + b.odds,
  };
}

/** Class-name words of the block's element and two above it; and of every element above those. */
export function listNames(rows: FeatureRows, row: number): { near: string[]; far: string[] } {
  const near: string[] = [];
  const far: string[] = [];
  for (let up: LeanElement | null = rows.elements[row]!, steps = 0; up; up = up.parent, steps++)
    (steps < NEAR_STEPS ? near : far).push(...rows.facts.readNames(up));
  return { near, far };
}

export function fillNameColumns(rows: FeatureRows, scores: NameScores): void {
  const nearOf = new Map<LeanElement, Opinion>();
  const farOf = new Map<LeanElement, Opinion>();
  const near = (element: LeanElement): Opinion => {
    let opinion = nearOf.get(element);
    if (!opinion) {
      opinion = weighNames(rows.facts.readNames(element), true, scores);
      nearOf.set(element, opinion);
    }
    return opinion;
  };
  const far = (element: LeanElement | null): Opinion => {
    if (!element) return SILENT;
    let opinion = farOf.get(element);
    if (!opinion) {
      opinion = join(weighNames(rows.facts.readNames(element), false, scores), far(element.parent));
      farOf.set(element, opinion);
    }
    return opinion;
  };
  for (const [row, element] of rows.elements.entries()) {
    if (rows.pruned[row]) continue;
    const own = near(element);
    let close = own;
    let up = element.parent;
    for (let steps = 1; steps < NEAR_STEPS && up; steps++, up = up.parent) close = join(close, near(up));
    const wide = far(up);
    const at = row * FEATURE_COUNT + FIRST_NAME_COLUMN;
    const { values } = rows;
    values[at] = close.low;
    values[at + 1] = close.high;
    values[at + 2] = close.known > 0 ? close.sum / close.known : -1;
    values[at + 3] = close.known;
    values[at + 4] = wide.low;
    values[at + 5] = wide.high;
    values[at + 6] = wide.known > 0 ? wide.sum / wide.known : -1;
    values[at + 7] = wide.odds;
    values[at + 8] = wide.known;
    values[at + 9] = own.known > 0 ? own.sum / own.known : -1;
  }
}

/** The words of a short block that speak of its kind: each word, and its first two as a pair. */
export function listTellingWords(words: readonly number[]): number[] {
  if (words.length === 0 || words.length > MOST_WORDS) return [];
  return [...words, hashPair(words)];
}

function hashPair(words: readonly number[]): number {
  return (Math.imul(words[0]! ^ 0x5bd1e995, 0x01000193) + (words[1] ?? 0)) | 0;
}

export function fillWordColumns(rows: FeatureRows, scores: WordScores): void {
  const { values } = rows;
  for (const [row, { words }] of rows.shapes.entries()) {
    if (rows.pruned[row]) continue;
    const at = row * FEATURE_COUNT + FIRST_WORD_COLUMN;
    if (words.length === 0 || words.length > MOST_WORDS) {
      values.fill(-1, at, at + 7);
      continue;
    }
    let low = 2;
    let high = -1;
    let sum = 0;
    let known = 0;
    for (const word of words) {
      const score = scores(word);
      if (score === undefined) continue;
      known++;
      sum += score;
      if (score < low) low = score;
      if (score > high) high = score;
    }
    values[at] = low;
    values[at + 1] = high;
    values[at + 2] = known > 0 ? sum / known : -1;
    values[at + 3] = scores(words[0]!) ?? -1;
    values[at + 4] = words.length > 1 ? (scores(words[1]!) ?? -1) : -2;
    values[at + 5] = scores(words.at(-1)!) ?? -1;
    values[at + 6] = scores(hashPair(words)) ?? -1;
  }
}
