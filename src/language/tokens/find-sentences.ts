/**
 * Token borders of one paragraph in, sentence borders out: a small logistic model over hashed features of the five tokens around each
 * gap (models/sentences/weights.json; training/sentences/train.ts makes it). Linear in the number of tokens; reads nothing but the text.
 */

import words from '../../../lexicon/en/tokens.json' with { type: 'json' };
import model from '../../../models/sentences/weights.json' with { type: 'json' };
import type { TokenBorders } from './split-words.ts';

export const FEATURE_BITS = 15;
const MASK = (1 << FEATURE_BITS) - 1;
const WEIGHTS = new Int8Array(Buffer.from(model.weights, 'base64'));

const CREDITS = new Set(words.credits.words);
const OPENERS = new Set(words.afterInitial.words);

/** In steps of the weights: edited text, unlike mail, seldom ends a sentence without a mark. */
const UNMARKED_MARGIN = 40;
const COLON_MARGIN = 15;

const TERMINAL = /[.!?…。！？]["'”’»)\]]*$/u;
const OPEN = /^[([{<]$/;
const CLOSE = /^[)\]}>]$/;

/** Hashes and marks of the tokens of one paragraph, which the features combine. */
export interface ParagraphShape {
  readonly count: number;
  readonly word: Int32Array;
  readonly shape: Int32Array;
  /** 0 none, 1 blank, 2 line break, before each token */
  readonly gap: Uint8Array;
  readonly depth: Uint8Array;
  readonly quoted: Uint8Array;
  /** the gap after this token may be a border at all */
  readonly candidate: Uint8Array;
  /** ends in a full stop, as edited paragraphs do; mostly capitals or not */
  readonly style: number;
}

/** Gives for tokens [first, end) the indexes of those that end a sentence; the last one always does. */
export function findSentenceEnds(text: string, tokens: TokenBorders, first: number, end: number): number[] {
  const shape = shapeParagraph(text, tokens, first, end);
  const features = new Int32Array(FEATURE_COUNT);
  const ends: number[] = [];
  let from = 0;
  for (let at = 0; at < shape.count - 1; at += 1) {
    if (shape.candidate[at] === 0) continue;
    if (isLineEnd(text, tokens, first + at, first + from)) {
      ends.push(first + at);
      from = at + 1;
      continue;
    }
    writeFeatures(shape, at, from, features);
    let sum = 0;
    for (const feature of features) sum += WEIGHTS[feature] as number;
    if (sum > marginAfter(text, tokens, first + at, shape.shape[at] as number) || isForced(text, tokens, first + at, end)) {
      ends.push(first + at);
      from = at + 1;
    }
  }
  if (shape.count > 0) ends.push(end - 1);
  return ends;
}

function marginAfter(text: string, tokens: TokenBorders, index: number, kind: number): number {
  if (kind <= CAPITALS) return UNMARKED_MARGIN;
  return /[:;,–—-]/.test(text[(tokens.ends[index] as number) - 1] as string) ? COLON_MARGIN : 0;
}

/** "in the U.S. The president" and "the crew Image: J. Roe": too rare in the training data to be learned from it. */
function isForced(text: string, tokens: TokenBorders, index: number, end: number): boolean {
  const next = text.slice(tokens.starts[index + 1], tokens.ends[index + 1]);
  if (CREDITS.has(next) && index + 2 < end && text[tokens.starts[index + 2] as number] === ':') return true;
  return OPENERS.has(next) && isDotted(text, tokens, index);
}

function isDotted(text: string, tokens: TokenBorders, index: number): boolean {
  const end = tokens.ends[index] as number;
  if (text[end - 1] !== '.' || end - (tokens.starts[index] as number) < 4) return false;
  return text.lastIndexOf('.', end - 2) > (tokens.starts[index] as number);
}

/** A single line break parts sentences after a full stop, and where the line is too short to have been wrapped. */
function isLineEnd(text: string, tokens: TokenBorders, index: number, firstOfSentence: number): boolean {
  const gap = text.slice(tokens.ends[index], tokens.starts[index + 1]);
  if (!gap.includes('\n')) return false;
  const before = text.slice(Math.max(tokens.starts[firstOfSentence] as number, (tokens.ends[index] as number) - 60), tokens.ends[index]);
  if (TERMINAL.test(before) || before.endsWith(':')) return true;
  return before.length < 60 && /^[\p{Lu}\p{Lt}\p{N}"“'‘•*–—-]/u.test(text[tokens.starts[index + 1] as number] as string);
}

export function shapeParagraph(text: string, tokens: TokenBorders, first: number, end: number): ParagraphShape {
  const count = end - first;
  const word = new Int32Array(count);
  const shape = new Int32Array(count);
  const gap = new Uint8Array(count);
  const depth = new Uint8Array(count);
  const quoted = new Uint8Array(count);
  const candidate = new Uint8Array(count);
  let open = 0;
  let inQuote = 0;
  let capitals = 0;
  let small = 0;
  for (let at = 0; at < count; at += 1) {
    const start = tokens.starts[first + at] as number;
    const form = text.slice(start, Math.min(tokens.ends[first + at] as number, start + 20));
    const kind = kindOf(form);
    word[at] = hash(form.toLowerCase());
    shape[at] = kind;
    if (kind === CAPITAL || kind === CAPITALS) capitals += 1;
    else if (kind === SMALL) small += 1;
    if (at > 0) {
      const between = text.slice(tokens.ends[first + at - 1], start);
      gap[at] = between === '' ? 0 : between.includes('\n') ? 2 : 1;
      if (kind !== SMALL || gap[at] === 2) candidate[at - 1] = 1;
    }
    if (kind !== SMALL && kind !== CAPITAL && kind !== CAPITALS) candidate[at] = 1;
    if (OPEN.test(form)) open = Math.min(open + 1, 3);
    else if (CLOSE.test(form)) open = Math.max(open - 1, 0);
    else if (form === '"' || form === '“' || form === '”' || form === '«' || form === '»')
      inQuote = form === '"' ? 1 - inQuote : form === '“' || form === '«' ? 1 : 0;
    depth[at] = open;
    quoted[at] = inQuote;
  }
  const last =
    count > 0 ? text.slice(tokens.starts[end - 1], Math.min(tokens.ends[end - 1] as number, (tokens.starts[end - 1] as number) + 20)) : '';
  const style = (/[.!?"”)]$/.test(last) ? 1 : 0) + (capitals > small ? 2 : 0);
  return { count, word, shape, gap, depth, quoted, candidate, style };
}

const SMALL = 1;
const CAPITAL = 2;
const CAPITALS = 3;
/** How many features `writeFeatures` writes. */
export const FEATURE_COUNT = 26;

/** 1 small letters, 2 capitalised, 3 capitals, 4 one capital, 5 number, 6 enumerator, 7 abbreviation, 8 address; a mark is its own kind. */
function kindOf(form: string): number {
  if (/^\p{L}/u.test(form)) {
    if (form.endsWith('.')) return /^\p{Lu}/u.test(form) ? (form.length === 2 ? 9 : 7) : 10;
    if (form.includes('@') || form.includes('/')) return 8;
    if (/^\p{Lu}$/u.test(form)) return form === 'I' ? CAPITAL : 4;
    if (/^\p{Lu}/u.test(form)) return /\p{Ll}/u.test(form) ? CAPITAL : CAPITALS;
    return /^\p{Ll}/u.test(form) ? SMALL : CAPITAL;
  }
  if (/^\d/.test(form)) return form.endsWith('.') ? 6 : 5;
  if (/^['’]\p{Ll}/u.test(form)) return SMALL;
  return hash(/^(.)\1+$/u.test(form) ? form.slice(0, 3) : form) | 16;
}

/** Writes the hashed features of the gap after token `at`, the sentence having begun at token `from`. */
export function writeFeatures(p: ParagraphShape, at: number, from: number, into: Int32Array): void {
  const get = (list: Int32Array, index: number) => (index < 0 ? -1 : index >= p.count ? -2 : (list[index] as number));
  const s0 = get(p.shape, at);
  const s1 = get(p.shape, at + 1);
  const s2 = get(p.shape, at + 2);
  const p1 = get(p.shape, at - 1);
  const p2 = get(p.shape, at - 2);
  const w0 = get(p.word, at);
  const w1 = get(p.word, at + 1);
  const w2 = get(p.word, at + 2);
  const v1 = get(p.word, at - 1);
  const gap = p.gap[at + 1] as number;
  const length = bucket(at + 1 - from);
  const left = bucket(p.count - at - 1);
  let n = 0;
  const add = (a: number, b: number, c: number) => {
    into[n] = mix(mix(mix(n + 1, a), b), c) & MASK;
    n += 1;
  };
  add(0, 0, 0);
  add(w0, 0, 0);
  add(s0, gap, 0);
  add(w1, 0, 0);
  add(s1, gap, 0);
  add(s0, s1, gap);
  add(w0, s1, gap);
  add(s0, w1, gap);
  add(w0, w1, 0);
  add(v1, w0, 0);
  add(p1, s0, s1);
  add(p2, p1, s0);
  add(s1, s2, 0);
  add(s0, s1, s2);
  add(v1, s0, s1);
  add(s0, w1, w2);
  add(s0, s1, p.depth[at] as number);
  add(s0, s1, (p.quoted[at] as number) + 2 * gap);
  add(s0, s1, length);
  add(s0, s1, left);
  add(s0, s1, p.style);
  add(length, left, s0);
  add(get(p.shape, from), s0, s1);
  add(s0, p.style, length);
  add(p1, s1, s2);
  add(w2, s0, s1);
}

const bucket = (value: number) => (value < 6 ? value : value < 10 ? 6 : value < 16 ? 7 : value < 30 ? 8 : 9);

function mix(seed: number, value: number): number {
  let h = Math.imul(seed ^ value, 0x9e3779b1);
  h ^= h >>> 15;
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}

function hash(form: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < form.length; at += 1) h = Math.imul(h ^ form.charCodeAt(at), 0x01000193);
  return h & 0x7fffffff;
}
