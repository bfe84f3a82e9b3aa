/**
 * The blocks of a page and its true body in, for each block the share of it that is body out, and how sure that is.
 * Blocks are aligned with the truth in order, so that a passage that stands twice on the page counts once, where its neighbours are.
 */
import type { TextBlock } from '../../src/article/text-blocks.ts';
import { hashRuns, measureText, type TextShape } from '../../src/article/text-shape.ts';

export interface Truth {
  readonly url: string;
  readonly body: string;
  readonly paragraphs?: readonly string[];
  readonly summary?: readonly string[];
  readonly title?: string;
  readonly country?: string;
}

export interface Label {
  readonly body: number;
  /** 1 where the label is sure; less where both readings of the truth are accepted */
  readonly trust: number;
}

const RUN = 4;

interface Match {
  readonly index: number;
  readonly covered: number;
  readonly from: number;
  readonly to: number;
}

function isOptional(paragraph: string): boolean {
  return paragraph.startsWith('[') && paragraph.endsWith(']');
}

/** Where in the truth a block's runs stand: the place that most of them agree on, and how many words they cover. */
function locate(shape: TextShape, places: ReadonlyMap<number, readonly number[]>): { covered: number; from: number; to: number } | null {
  const { words } = shape;
  if (words.length < RUN) return null;
  const runs = hashRuns(words, RUN);
  const covered = new Uint8Array(words.length);
  const votes = new Map<number, number>();
  for (const [offset, run] of runs.entries()) {
    const at = places.get(run);
    if (!at) continue;
    for (let word = offset; word < offset + RUN; word++) covered[word] = 1;
    for (const place of at.slice(0, 20)) {
      const start = place - offset;
      votes.set(start, (votes.get(start) ?? 0) + 1);
    }
  }
  let best = -1;
  let most = 0;
  for (const [start, count] of votes) {
    if (count > most) {
      most = count;
      best = start;
    }
  }
  if (best < 0) return null;
  return { covered: covered.reduce((sum, one) => sum + one, 0), from: Math.max(0, best), to: best + words.length };
}

export function labelBlocks(blocks: readonly TextBlock[], shapes: readonly TextShape[], truth: Truth): Label[] {
  const paragraphs = (truth.paragraphs?.length ? truth.paragraphs : truth.body.split(/\n+/)).map((one) => one.trim()).filter(Boolean);
  const words: number[] = [];
  const optional: boolean[] = [];
  const whole = new Map<string, number[]>();
  const summary = new Set(truth.paragraphs?.length && truth.summary ? truth.summary.map((one) => one.trim()) : []);
  for (const paragraph of paragraphs) {
    const own = measureText(isOptional(paragraph) ? paragraph.slice(1, -1) : paragraph).words;
    const key = own.join();
    const list = whole.get(key);
    if (list) list.push(words.length);
    else whole.set(key, [words.length]);
    for (const word of own) {
      words.push(word);
      optional.push(isOptional(paragraph) || summary.has(paragraph));
    }
  }
  const places = new Map<number, number[]>();
  for (const [place, run] of hashRuns(words, RUN).entries()) {
    const list = places.get(run);
    if (list) list.push(place);
    else places.set(run, [place]);
  }
  const matches: Match[] = [];
  for (const [index, shape] of shapes.entries()) {
    const located = locate(shape, places);
    if (located) matches.push({ index, ...located });
  }
  const chain = findChain(matches.filter((match) => match.covered >= shapes[match.index]!.words.length * 0.3));
  const taken = new Uint8Array(words.length);
  const labels: Label[] = blocks.map(() => ({ body: 0, trust: 1 }));
  const give = (match: Match): void => {
    const length = shapes[match.index]!.words.length;
    let free = 0;
    let optionalWords = 0;
    const end = Math.min(match.to, words.length);
    for (let place = match.from; place < end; place++) {
      if (!taken[place]) free++;
      if (optional[place]) optionalWords++;
      taken[place] = 1;
    }
    const share = match.covered / length;
    if (free < (end - match.from) * 0.3) return;
    labels[match.index] = { body: share >= 0.95 ? 1 : share, trust: optionalWords > (end - match.from) * 0.6 ? 0.3 : 1 };
  };
  for (const match of chain) give(match);
  const inChain = new Set(chain.map((match) => match.index));
  for (const match of matches) {
    if (!inChain.has(match.index) && match.covered >= shapes[match.index]!.words.length * 0.6) give(match);
  }
  // Short blocks: a whole paragraph of the truth, or its words just where the neighbours leave off.
  for (const [index, shape] of shapes.entries()) {
    if (shape.words.length >= RUN || shape.words.length === 0) continue;
    const before = chain.findLast((match) => match.index < index);
    const after = chain.find((match) => match.index > index);
    if (!before && !after) continue;
    const low = (before?.to ?? 0) - 3;
    const high = after?.from ?? words.length;
    const key = shape.words.join();
    const starts = whole.get(key) ?? (high - low <= 40 ? findRun(words, shape.words, low, high) : []);
    const start = starts.find((place) => place >= low && place <= high + 3 && !taken[place]);
    if (start === undefined) continue;
    for (let place = start; place < start + shape.words.length; place++) taken[place] = 1;
    labels[index] = { body: 1, trust: 1 };
  }
  return labels;
}

function findRun(words: readonly number[], run: readonly number[], low: number, high: number): number[] {
  const found: number[] = [];
  for (let place = Math.max(0, low); place + run.length <= Math.min(words.length, high + 3); place++) {
    if (run.every((word, offset) => words[place + offset] === word)) found.push(place);
  }
  return found;
}

/** The heaviest set of matches whose places in the truth rise with their places on the page. */
function findChain(matches: readonly Match[]): Match[] {
  const best = matches.map((match) => match.covered);
  const previous = matches.map(() => -1);
  for (let current = 0; current < matches.length; current++) {
    for (let earlier = Math.max(0, current - 400); earlier < current; earlier++) {
      if (matches[earlier]!.to - 2 > matches[current]!.from) continue;
      const near = current - earlier <= 3 ? 2 : 0;
      const weight = best[earlier]! + matches[current]!.covered + near;
      if (weight > best[current]!) {
        best[current] = weight;
        previous[current] = earlier;
      }
    }
  }
  let at = best.reduce((top, weight, index) => (weight > (best[top] ?? -1) ? index : top), -1);
  const chain: Match[] = [];
  while (at >= 0) {
    chain.push(matches[at]!);
    at = previous[at]!;
  }
  return chain.reverse();
}
