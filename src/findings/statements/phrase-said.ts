/**
 * The phrase that a cue reports where it is no clause: who is asked and for what, who is accused, what is condemned, called for or vowed.
 * Reading and cue in, token ranges out; ends before the reporter goes on in his own voice.
 */
import type { Tree } from '../grammar/tree.ts';
import { findEnding } from './clause-said.ts';
import type { TokenRange } from './read-frames.ts';
import {
  hasFinite,
  isBreak,
  isFiniteVerb,
  isMark,
  lower,
  phraseAt,
  type Reading,
  reachOf,
  skipCircumstance,
  skipNounPhrase,
} from './reading.ts';

/** "urged both sides to leave": whoever is asked, and from there on what is asked; `verb` heads the infinitive. */
export function findOrder(reading: Reading, cue: number): { first: number; last: number; verb: number } | undefined {
  const { tree } = reading;
  const end = reachOf(reading, cue);
  let first = cue + 1;
  while (first < end && (tree.tokens[first]!.upos === 'ADV' || ['on', 'upon', 'to', 'for', 'with'].includes(lower(tree.tokens[first]))))
    first++;
  if (first >= end || tree.tokens[first]!.xpos === 'VB') return undefined;
  for (let i = first; i < Math.min(end, first + 25); i++) {
    const token = tree.tokens[i]!;
    if (isFiniteVerb(token) || (isBreak(token) && token.text !== ',') || lower(token) === 'that') return undefined;
    const infinitive =
      lower(token) === 'to' &&
      (tree.tokens[i + 1]?.xpos === 'VB' || (tree.tokens[i + 1]?.upos === 'PUNCT' && tree.tokens[i + 2]?.xpos === 'VB'));
    if (infinitive && i > first) return { first, last: findPhraseEnding(reading, cue, i + 1), verb: i + 1 };
  }
  return undefined;
}

/** "accused the army of shelling the town": whoever is accused, and what of. */
export function findAccused(reading: Reading, cue: number): { first: number; last: number } | undefined {
  const { tree } = reading;
  const end = reachOf(reading, cue);
  for (let i = cue + 2; i < Math.min(end, cue + 20); i++) {
    const token = tree.tokens[i]!;
    if (isFiniteVerb(token) || isBreak(token)) return undefined;
    if (
      ['of', 'for'].includes(lower(token)) &&
      (tree.tokens[i + 1]?.xpos === 'VBG' ||
        (tree.tokens[cue]!.lemma === 'accuse' && lower(token) === 'of') ||
        tree.tokens[i - 1]!.upos === 'PRON')
    )
      return { first: cue + 1, last: findPhraseEnding(reading, cue, i + 1) };
  }
  return undefined;
}

/** Words after which a phrase that was reported (a deed asked for, a thing condemned) has ended and the reporter goes on. */
const AFTER_PHRASE = new Set([
  'and',
  'but',
  'while',
  'as',
  'after',
  'when',
  'who',
  'which',
  'where',
  'although',
  'though',
  'with',
  'saying',
  'a',
  'an',
]);

/** Last token of a reported phrase that is no clause: ends before the next finite verb of the reporter. */
function findPhraseEnding(reading: Reading, cue: number, from: number): number {
  const { tree } = reading;
  const last = findEnding(reading, cue, from, undefined);
  for (let i = from + 1; i <= last; i++) {
    const token = tree.tokens[i]!;
    if (reading.quoted[i] && !reading.quoted[cue]) continue;
    const next = lower(tree.tokens[i + 1]);
    if (
      isBreak(token) &&
      token.text !== '-' &&
      i < last &&
      (AFTER_PHRASE.has(next) || tree.tokens[i + 1]!.xpos === 'VBG') &&
      hasFinite(tree, i + 1, last + 1)
    )
      return i - 1;
    if (['and', 'but'].includes(lower(token)) && opensFinite(tree, i + 1)) return i - 1;
    if (['as', 'while'].includes(lower(token)) && token.upos === 'SCONJ' && hasFinite(tree, i + 1, last + 1)) return i - 1;
  }
  return last;
}

/** A finite verb right here, adverbs left out: "and later carried out". */
function opensFinite(tree: Tree, at: number): boolean {
  let i = at;
  while (tree.tokens[i]?.upos === 'ADV') i++;
  const token = tree.tokens[i];
  return token !== undefined && isFiniteVerb(token);
}

/** Cuts when and where something was said off the end of a phrase: "the raid on Monday", "the attack in a statement". */
function cutCircumstance(reading: Reading, first: number, last: number): number {
  for (let at = Math.max(first + 1, last - 5); at <= last; at++) {
    const before = reading.tree.tokens[at]!;
    if (before.upos !== 'ADP' && reading.names.timeAt[at] === undefined) continue;
    if (skipCircumstance(reading, at, last + 1) === last + 1) return cutCircumstance(reading, first, at - 1);
  }
  return last;
}

/** "condemned [on Monday] the raid", "called for calm", "vowed to rebuild": the phrase after a cue, its preposition left out. */
export function findPhrase(reading: Reading, cue: number, openers: readonly string[] | 'noun' | 'to'): TokenRange | undefined {
  const { tree } = reading;
  const end = reachOf(reading, cue);
  let first = cue + 1;
  for (let n = 0; n < 3 && first < end; n++) {
    if (typeof openers !== 'string' && openers.includes(lower(tree.tokens[first]))) break;
    const to = skipCircumstance(reading, first, end);
    if (to === first) break;
    first = to;
  }
  if (first >= end) return undefined;
  const opener = tree.tokens[first]!;
  if (openers === 'to' && !(lower(opener) === 'to' && tree.tokens[first + 1]?.xpos === 'VB')) return undefined;
  if (typeof openers !== 'string') {
    if (!openers.includes(lower(opener))) return undefined;
    first++;
    if (first >= end || (tree.tokens[first]!.upos === 'PUNCT' && !isMark(tree.tokens[first]!))) return undefined;
  }
  if (
    openers === 'noun' &&
    !isMark(opener) &&
    (skipNounPhrase(tree, first, end) === first || (opener.upos === 'PRON' && opener.xpos !== 'PRP$'))
  )
    return undefined;
  const last = cutCircumstance(reading, first, findPhraseEnding(reading, cue, first));
  return { first, last };
}

/** What a noun of speech holds: "[that] the town fell", "to withdraw", "[for] calm"; who uttered it may stand in between. */
export function findNounContent(reading: Reading, noun: number, prepositions: readonly string[]): TokenRange | undefined {
  const { tree } = reading;
  const { head, deprel } = tree.tokens[noun]!;
  const reach = reachOf(reading, noun);
  // "the promise of a pause came": a subject's phrase ends before its verb; any noun's before a comma
  const verb = deprel.startsWith('nsubj') && head > noun ? head : reach;
  const comma = tree.tokens.findIndex((token, n) => n > noun && isBreak(token) && !reading.quoted[n]);
  const end = Math.min(reach, verb, comma < 0 ? reach : comma);
  let at = noun + 1;
  if (['by', 'from'].includes(lower(tree.tokens[at]))) at = phraseAt(reading, at + 1, end)?.last ?? at;
  if (at > noun + 1) at++;
  const opener = lower(tree.tokens[at]);
  if (at + 1 >= end) return undefined;
  if (opener === 'that')
    return hasFinite(tree, at + 1, end) ? { first: at + 1, last: Math.min(end - 1, findPhraseEnding(reading, noun, at + 1)) } : undefined;
  if (opener === 'to' && tree.tokens[at + 1]!.xpos === 'VB')
    return prepositions.includes('to') ? { first: at, last: Math.min(end - 1, findPhraseEnding(reading, noun, at + 1)) } : undefined;
  if (opener === 'to' || !prepositions.includes(opener)) return undefined;
  const first = at + 1;
  const source = tree.tokens.findIndex((token, i) => i > first && i < end && ['from', 'by'].includes(lower(token)) && token.upos === 'ADP');
  const last = Math.min(end - 1, findPhraseEnding(reading, noun, first));
  return { first, last: cutCircumstance(reading, first, source > first && source <= last ? source - 1 : last) };
}
