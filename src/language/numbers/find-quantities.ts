/**
 * Tokens in, counts as low and high out, by the rules of the vocabulary ("at least 12": 12 and open; "dozens": 24 to 99). The words are
 * in lexicon/en/numbers.json. Leaves out measures, money, ages, shares, and what is part of a date or of a name.
 */

import lexicon from '../../../lexicon/en/numbers.json' with { type: 'json' };
import type { Quantity, Token } from '../../vocabulary.ts';
import { buildPhraseTable, matchPhrase } from '../phrase-table.ts';
import { type NumberWords, readNumber } from './read-number.ts';

interface Amount {
  readonly low: number | null;
  readonly high: number | null;
  readonly end: number;
}
type Bound = 'low' | 'high' | 'exact';

const VAGUE = buildPhraseTable(lexicon.vague.map(({ words, low, high }) => [words, { low, high }]));
const BEFORE = buildPhraseTable(lexicon.before.map(({ words, bound }) => [words, bound as Bound]));
const AFTER = buildPhraseTable(lexicon.after.map(({ words, bound }) => [words, bound as Bound]));
const NOT_AFTER = new Set(lexicon.notCounted.after);
const NOT_BEFORE = new Set(lexicon.notCounted.before);
/** "no one" and the like are no amount after these: "this one", "which one" */
const BEFORE_PRONOUN_ONE = new Set(['this', 'that', 'the', 'which', 'every', 'each', 'any', 'some', 'another', 'no', 'new', 'only']);
const HYPHEN = /^[-–—]$/;

/** Where a time stands: its numbers are no counts. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** Quantities in the order of the text; they never overlap each other, nor any of `times`. */
export function findQuantities(text: string, tokens: readonly Token[], times: readonly TimeSpan[]): Quantity[] {
  const words: NumberWords = { lower: tokens.map((token) => token.text.toLowerCase()), gapBefore: gapsOf(tokens) };
  const quantities: Quantity[] = [];
  let time = 0;
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at] as Token;
    while (time < times.length && (times[time] as TimeSpan).end <= token.start) time += 1;
    const dated = times[time];
    if (dated !== undefined && dated.start <= token.start) {
      at += 1;
      continue;
    }
    const found = readQuantity(tokens, words, at, dated?.start ?? Number.POSITIVE_INFINITY);
    if (found === null) {
      at += 1;
      continue;
    }
    if (found.counted) {
      const end = (tokens[found.end - 1] as Token).end;
      quantities.push({
        text: text.slice(token.start, end),
        start: token.start,
        end,
        low: found.low,
        high: found.high,
        firstToken: at,
        endToken: found.end,
      });
    }
    at = found.end;
  }
  return quantities;
}

/** The longest quantity that begins at token `at`; `counted` false where it is a measure, which is read over. */
function readQuantity(tokens: readonly Token[], words: NumberWords, at: number, limit: number): (Amount & { counted: boolean }) | null {
  const sentence = (tokens[at] as Token).sentence;
  let bound: Bound = 'exact';
  let from = at;
  for (let round = 0; round < 3; round += 1) {
    const modifier = matchPhrase(BEFORE, words.lower, from);
    if (modifier === null) break;
    if (modifier.value !== 'exact') bound = modifier.value;
    from = modifier.end;
  }
  if (from >= tokens.length || (tokens[from] as Token).sentence !== sentence) return null;
  const amount = readAmount(tokens, words, from);
  if (amount === null || (tokens[amount.end - 1] as Token).sentence !== sentence) return null;
  if ((tokens[amount.end - 1] as Token).end > limit) return null;
  const after = matchPhrase(AFTER, words.lower, amount.end);
  if (after !== null && after.value !== 'exact') bound = after.value;
  const end = after === null ? amount.end : after.end;
  const counted = isCounted(tokens, words, from, amount.end);
  if (bound === 'low') return { low: amount.low, high: null, end, counted };
  if (bound === 'high') return { low: null, high: amount.high, end, counted };
  return { low: amount.low, high: amount.high, end, counted };
}

function readAmount(tokens: readonly Token[], words: NumberWords, at: number): Amount | null {
  const { lower } = words;
  const vague = matchPhrase(VAGUE, lower, at);
  if (vague !== null) return isVagueHere(tokens, lower, at, vague.end) ? { ...vague.value, end: vague.end } : null;
  const opened = lower[at] === 'between' || lower[at] === 'from';
  const first = readNumber(words, opened ? at + 1 : at);
  if (first === null) return null;
  if (lower[at] === 'one' && !isOneCounted(tokens, at)) return null;
  const link = lower[first.end] ?? '';
  const linked = opened
    ? link === (lower[at] === 'between' ? 'and' : 'to') || HYPHEN.test(link)
    : link === 'to' || link === 'or' || (HYPHEN.test(link) && first.digits);
  if (linked) {
    const second = readNumber(words, first.end + 1);
    if (second !== null) {
      const low =
        second.multiplier > 1 && first.multiplier === 1 && first.value * second.multiplier < second.value
          ? first.value * second.multiplier
          : first.value;
      if (low < second.value) return { low, high: second.value, end: second.end };
    }
  }
  return opened ? null : { low: first.value, high: first.value, end: first.end };
}

/** "many" is an amount only before what it counts or alone as a subject; "no" only before a noun. */
function isVagueHere(tokens: readonly Token[], lower: readonly string[], at: number, end: number): boolean {
  const before = lower[at - 1] ?? '';
  const word = lower[at] as string;
  if (word === 'many') return before !== 'how' && before !== 'as' && before !== 'so' && lower[end] !== 'times' && lower[end] !== 'as';
  if (word === 'no' && end === at + 1) return isNounAhead(tokens, end);
  if (word === 'scores') return lower[end] === 'of' || lower[end] === 'more' || (tokens[at] as Token).deprel.startsWith('nsubj');
  return true;
}

/** A noun within three words, whatever adjectives stand before it; without grammar any small word but a few. */
function isNounAhead(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < Math.min(from + 4, tokens.length); at += 1) {
    const { upos, text, sentence } = tokens[at] as Token;
    if (sentence !== tokens[from - 1]?.sentence || text === 'longer' || text === 'more' || text === 'matter') return false;
    if (upos === 'NOUN' || upos === 'PROPN') return true;
    if (upos !== 'ADJ' && upos !== 'VERB' && upos !== 'CCONJ' && upos !== 'ADV' && !/^-$/.test(text)) return false;
  }
  return false;
}

function isOneCounted(tokens: readonly Token[], at: number): boolean {
  const { upos } = tokens[at] as Token;
  const next = tokens[at + 1]?.text.toLowerCase() ?? '';
  if (next === 'of') return true;
  if (next === 'another' || next === 'day' || next === "'s") return false;
  if (upos === 'PRON' || upos === 'NOUN') return false;
  return !BEFORE_PRONOUN_ONE.has(tokens[at - 1]?.text.toLowerCase() ?? '') || upos === 'NUM';
}

/** No measure, money, age, rank, or part of a name such as F-16. */
function isCounted(tokens: readonly Token[], { lower, gapBefore }: NumberWords, from: number, end: number): boolean {
  const before = lower[from - 1] ?? '';
  const after = lower[end] ?? '';
  if (NOT_BEFORE.has(before)) return false;
  if (NOT_AFTER.has(after)) return false;
  const glued = (index: number) => index > 0 && index < tokens.length && !gapBefore[index];
  if (HYPHEN.test(before) && glued(from) && glued(from - 1)) return false;
  if (HYPHEN.test(after) && glued(end)) return lower[end + 1] === 'strong' || (glued(end + 1) && /^\d/.test(lower[end + 1] ?? ''));
  if (isNamePart(tokens, from)) return false;
  if (after === "'s" || after === '/' || before === '/' || after === ':') return false;
  const first = tokens[from] as Token;
  const sameSentence = tokens[from - 1]?.sentence === first.sentence;
  const previous = tokens[from - 1]?.text ?? '';
  if (/^\d/.test(first.text)) {
    if (before === ',' && (after === ',' || after === '.') && Number(first.text) < 110 && /^\p{Lu}/u.test(tokens[from - 2]?.text ?? ''))
      return false;
    const named =
      sameSentence &&
      /^\p{Lu}/u.test(previous) &&
      tokens[from - 2]?.sentence === first.sentence &&
      !/^(?:At|About|Some|Over)$/.test(previous);
    if (named && !/^\p{Ll}/u.test(tokens[end]?.text ?? '')) return false;
  }
  return true;
}

/** "the Group of Seven": a number word with a capital within its sentence. */
function isNamePart(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at] as Token;
  const before = tokens[at - 1];
  if (before === undefined || before.sentence !== token.sentence || !/^\p{Lu}\p{Ll}/u.test(token.text)) return false;
  return /^(?:of|the|\p{Lu}.*)$/u.test(before.text);
}

function gapsOf(tokens: readonly Token[]): boolean[] {
  return tokens.map((token, index) => index === 0 || (tokens[index - 1] as Token).end < token.start);
}
