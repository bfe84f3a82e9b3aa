import type { Tree } from '../grammar/tree.ts';
import { isTitle } from './cue-lexicon.ts';
import {
  ADDRESSED,
  CLOSERS,
  endOf,
  isBreak,
  isFiniteVerb,
  isMark,
  isNominal,
  lower,
  type Reading,
  skipCircumstance,
  skipNounPhrase,
} from './reading.ts';

export interface Report {
  /** token of who speaks */
  readonly speaker: number;
  readonly addressee?: number;
  readonly first: number;
  readonly last: number;
}

/**
 * A report that breaks or closes its sentence: set off by a comma or a closing mark, speaker and cue, then a comma or the end.
 * "…, the agency said on Monday." · "…, said the mayor, …"
 */
export function findReport(reading: Reading, cue: number): Report | undefined {
  const { tree } = reading;
  const sentence = tree.sentences[tree.tokens[cue]!.sentence]!;
  const end = endOf(tree, cue);
  const { lemma } = tree.tokens[cue]!;
  let after = cue + 1;
  let first = cue;
  let speaker: number | undefined;
  let addressee: number | undefined;
  while (
    first > sentence.firstToken &&
    (tree.tokens[first - 1]!.upos === 'ADV' || ['has', 'have', 'had', 'also'].includes(lower(tree.tokens[first - 1])))
  )
    first--;
  const before = tree.tokens[first - 1];
  const setOff = first > sentence.firstToken && before !== undefined && (isBreak(before) || CLOSERS.test(before.text));
  const to = setOff && !ADDRESSED.has(lemma) ? skipWholePhrase(tree, after, end) : after;
  if (to > after) {
    speaker = skipNounPhrase(tree, after, end) - 1;
    after = to;
  } else {
    // "Linda Day, a nurse, said": the comma closes an apposition
    const found = phraseBefore(tree, setOff && before?.text === ',' ? first - 1 : first, sentence.firstToken);
    if (!found || found.first <= sentence.firstToken) return undefined;
    ({ speaker } = found);
    first = found.first;
  }
  if (!isBreak(tree.tokens[first - 1]!) && !CLOSERS.test(tree.tokens[first - 1]!.text)) return undefined;
  if (ADDRESSED.has(lemma) && after === cue + 1 && after < end) {
    let to = skipNounPhrase(tree, after, end);
    for (let i = after + 1; i < to; i++) if (reading.names.timeAt[i] !== undefined) to = i;
    if (to > after && (to >= end || !isFiniteVerb(tree.tokens[to]!))) {
      after = to;
      addressee = to - 1;
    }
  }
  for (let n = 0; n < 4 && after < end; n++) {
    const to = skipCircumstance(reading, after, end);
    if (to === after) break;
    after = to;
  }
  if (after < end && !isBreak(tree.tokens[after]!) && !isLoose(tree, after)) return undefined;
  return { speaker, first, last: after - 1, ...(addressee !== undefined && { addressee }) };
}

/** A noun phrase with its complements: "the Institute for the Study of War". */
function skipWholePhrase(tree: Tree, at: number, end: number): number {
  let to = skipNounPhrase(tree, at, end);
  while (to > at && to + 1 < end && ['for', 'of', 'in', 'at'].includes(lower(tree.tokens[to]))) {
    const next = skipNounPhrase(tree, to + 1, end);
    if (next === to + 1) break;
    to = next;
  }
  return to;
}

/** What may follow a report without a comma: "said as he left", "said following the talks", "said during a visit". */
const isLoose = (tree: Tree, at: number) =>
  [
    'as',
    'while',
    'after',
    'when',
    'before',
    'following',
    'during',
    'with',
    'at',
    'in',
    'on',
    'through',
    'by',
    'from',
    'who',
    'of',
  ].includes(lower(tree.tokens[at]));

/** A noun phrase that ends right before `to` and begins after a comma or mark, an apposition after its name included. */
function phraseBefore(tree: Tree, to: number, floor: number): { speaker: number; first: number } | undefined {
  let first = to;
  let speaker: number | undefined;
  let described = false;
  for (let i = to - 1; i >= floor && to - i < 24; i--) {
    const token = tree.tokens[i]!;
    if (isBreak(token) || CLOSERS.test(token.text) || isMark(token)) {
      if (token.text === ',' && speaker !== undefined) {
        const name = isApposition(tree, i + 1, speaker) ? nameBefore(tree, i, floor) : undefined;
        if (name) return name;
      }
      break;
    }
    if (isFiniteVerb(token) || ['that', 'which', 'who'].includes(lower(token)) || token.upos === 'SCONJ') return undefined;
    if (['VBN', 'VBG'].includes(token.xpos ?? '') && tree.tokens[i + 1]?.upos === 'ADP') described = true;
    if (isNominal(token)) {
      // the first nominal of the last noun phrase's head: prepositions to its left show that it is only a complement
      speaker = speaker === undefined || described || tree.tokens[i + 1]?.upos === 'ADP' ? i : speaker;
      described = false;
    }
    first = i;
  }
  return speaker === undefined ? undefined : { speaker, first };
}

/** "a nurse", "Panama coach", "R-Ill.": what may stand beside a name; "Iran's news agency" speaks for itself. */
const isApposition = (tree: Tree, first: number, head: number) =>
  ['a', 'an', 'the', 'his', 'her', 'its', 'their', 'who', 'r', 'd'].includes(lower(tree.tokens[first])) ||
  isTitle(tree.tokens[head]!.lemma) ||
  tree.tokens[first]!.upos === 'NUM';

/** "Linda Day, a nurse, said": the name before the comma of an apposition. */
function nameBefore(tree: Tree, comma: number, floor: number): { speaker: number; first: number } | undefined {
  let i = comma - 1;
  while (
    i >= floor &&
    (tree.tokens[i]!.upos === 'PROPN' || (tree.tokens[i]!.upos === 'NOUN' && i < comma - 1) || tree.tokens[i]!.text === '.')
  )
    i--;
  if (i === comma - 1 || !(i < floor || isBreak(tree.tokens[i]!) || CLOSERS.test(tree.tokens[i]!.text))) return undefined;
  return { speaker: comma - 1, first: i + 1 };
}

/** Token after the name in "according to Linda Day, a nurse, …": the noun phrase with what hangs on it, and its apposition. */
export function findPhraseEnd({ tree }: Reading, from: number): number {
  const end = endOf(tree, from);
  let i = from;
  for (; i < end; i++) {
    const token = tree.tokens[i]!;
    if (isMark(token)) break;
    if (
      isFiniteVerb(token) &&
      !['who', 'which', 'that'].some((word) => tree.tokens.slice(from, i).some((before) => lower(before) === word))
    )
      break;
    if (token.text !== ',') continue;
    // an apposition has no verb before its closing comma
    const close = tree.tokens.findIndex(({ text }, n) => n > i && n < end && text === ',');
    const appositive = tree.tokens.slice(i + 1, close < 0 ? end : close);
    const gloss = ['a', 'an', 'the', 'who', 'which'].includes(lower(appositive[0])) || appositive[0]?.upos === 'NOUN';
    if (
      gloss &&
      appositive.length < 20 &&
      (close > 0 || end - i < 20) &&
      (lower(appositive[0]).startsWith('wh') || !appositive.some(isFiniteVerb))
    ) {
      if (close < 0) return end;
      i = close - 1;
      if (tree.tokens[close + 1] === undefined) return close;
      continue;
    }
    break;
  }
  return i;
}
