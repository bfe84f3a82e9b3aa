/**
 * The clause that a cue reports, by the order of words: where it begins after the cue, where it ends, or what stands around a report
 * that breaks the sentence. Reading and cue in, token ranges out.
 */
import type { Token } from '../../vocabulary.ts';
import type { Tree } from '../grammar/tree.ts';
import { cueEntriesOf, isMedia } from './cue-lexicon.ts';
import { findReport, type Report } from './find-report.ts';
import type { TokenRange } from './read-frames.ts';
import {
  ADDRESSED,
  endOf,
  FINITE,
  HEARERS,
  hasFinite,
  isBreak,
  isFiniteVerb,
  isMark,
  isNominal,
  lower,
  OBJECT_PRONOUNS,
  type Reading,
  reachOf,
  SUBJECT_PRONOUNS,
  skipCircumstance,
  skipNounPhrase,
} from './reading.ts';

export interface Beginning {
  /** first token of what was said */
  readonly at: number;
  /** "that" stands before it */
  readonly marked: boolean;
  /** token of who is spoken to, where one stands in between */
  readonly addressee?: number;
}

/** Where the clause begins that a cue reports after itself; undefined where no clause follows it. */
export function findBeginning(reading: Reading, cue: number, lemma: string): Beginning | undefined {
  const { tree } = reading;
  const end = reachOf(reading, cue);
  const isThat = (i: number) =>
    lower(tree.tokens[i]) === 'that' && ['SCONJ', 'IN'].includes(tree.tokens[i]!.upos === 'SCONJ' ? 'SCONJ' : (tree.tokens[i]!.xpos ?? ''));
  let at = cue + 1;
  let addressee: number | undefined;
  if (lower(tree.tokens[at]) === 'to' && tree.tokens[at]?.upos === 'ADP') {
    const to = skipNounPhrase(tree, at + 1, end);
    if (isThat(to)) return { at: to + 1, marked: true, addressee: to - 1 };
  }
  if (ADDRESSED.has(lemma) && at < end) {
    const to = skipHearer(reading, at, end);
    if (to > at) {
      addressee = to - 1;
      at = to;
    }
  }
  for (let n = 0; n < 4 && at < end && !isThat(at); n++) {
    const to = skipCircumstance(reading, at, end);
    if (to === at) break;
    at = to;
  }
  if (at >= end) return undefined;
  const given = addressee === undefined ? {} : { addressee };
  if (isThat(at)) return hasFinite(tree, at + 1, end) ? { at: at + 1, marked: true, ...given } : undefined;
  const first = tree.tokens[at]!;
  // "said in audio posted on militant websites that …": nothing finite before "that"
  const circumstance = ['ADP', 'ADV'].includes(first.upos) || reading.names.timeAt[at] !== undefined;
  for (let i = at; circumstance && i < Math.min(end, at + 14); i++) {
    const after = first.upos === 'ADP' && lower(tree.tokens[i]) === 'that' && i > at + 1;
    if ((isThat(i) || after) && tree.tokens[i - 1]!.upos !== 'VERB') return { at: i + 1, marked: true, ...given };
    const token = tree.tokens[i]!;
    if (
      (isFiniteVerb(token) && !(token.xpos === 'VBD' && tree.tokens[i - 1]!.upos === 'NOUN')) ||
      lower(token) === 'to' ||
      isMark(token) ||
      (isBreak(token) && token.text !== ',')
    )
      break;
  }
  if (lower(first) === 'to' || (['PUNCT', 'CCONJ'].includes(first.upos) && !isMark(first))) return undefined;
  if (first.upos === 'VERB' && first.xpos !== 'VBD' && !isFiniteVerb(first) && lower(tree.tokens[cue - 1]) !== 'it') return undefined;
  if (
    first.upos === 'ADP' &&
    !['in', 'on', 'at', 'for', 'after', 'before', 'by', 'since', 'during', 'with', 'under', 'among', 'despite'].includes(lower(first))
  )
    return undefined;
  return opensClause(tree, at, end) ? { at, marked: false, ...given } : undefined;
}

/** The one spoken to: a pronoun, or a noun phrase after which another one begins. */
function skipHearer({ tree, names }: Reading, at: number, end: number): number {
  const first = tree.tokens[at]!;
  if (first.upos === 'PRON' && OBJECT_PRONOUNS.has(lower(first)) && !isFiniteVerb(tree.tokens[at + 1] ?? first)) return at + 1;
  let to = skipNounPhrase(tree, at, end);
  if (to === at || to >= end) return to;
  // "told reporters authorities were …": a word for hearers closes the phrase
  for (let i = at; i + 1 < to; i++)
    if (HEARERS.has(tree.tokens[i]!.lemma) && tree.tokens[i]!.xpos === 'NNS' && tree.tokens[i + 1]!.upos !== 'PART') to = i + 1;
  for (let i = at + 1; i < to; i++) if (names.timeAt[i] !== undefined) to = i;
  // "told the BBC access was blocked": the outlet ends with its name
  for (let i = at + 1; i < to; i++) {
    const named = isMedia(
      tree.tokens
        .slice(at, i)
        .map(({ text }) => text)
        .join(' '),
    );
    const word = tree.tokens[i]!;
    if (named && word.upos === 'NOUN' && !isMedia(word.lemma) && !HEARERS.has(word.lemma)) to = i;
  }
  const next = tree.tokens[to]!;
  // "told Reuters the ambassador …", "told reporters there was …": a verb right after it would make it the subject instead
  return isFiniteVerb(next) ? at : to;
}

/** Whether tokens from `at` look like a clause: a subject and, before anything breaks off, a finite verb. */
function opensClause(tree: Tree, at: number, end: number): boolean {
  let nominal = false;
  for (let i = at; i < end; i++) {
    const token = tree.tokens[i]!;
    if (isFiniteVerb(token)) return i === at ? isInserted(tree, at) : nominal && !isShared(tree, i);
    if (isNominal(token)) nominal = true;
    if (['which', 'who', 'whose', 'that'].includes(lower(token)) && nominal) return false;
    if (isBreak(token) && i - at > 12) return false;
  }
  return false;
}

/** "a move it said was …", "which analysts have said has …": the subject of what was said stands before the report. */
function isInserted(tree: Tree, at: number): boolean {
  const before = tree.tokens.slice(Math.max(0, at - 6), at - 1).map(lower);
  return (
    before.some((word) => ['which', 'who', 'what', 'that', 'whose'].includes(word)) || SUBJECT_PRONOUNS.has(lower(tree.tokens[at - 2]))
  );
}

/** "confirmed the deaths but gave no number": the verb after a conjunction goes on with the cue's own clause. */
function isShared(tree: Tree, verb: number): boolean {
  let i = verb - 1;
  while (tree.tokens[i]?.upos === 'ADV') i--;
  return tree.tokens[i]?.upos === 'CCONJ';
}

/** A coordinated or added cue: "and urged", ", adding", "while warning". */
function isNextCue(tree: Tree, cue: number, at: number): boolean {
  let i = at;
  const comma = isBreak(tree.tokens[i]!);
  if (comma) i++;
  let joined = false;
  if (['and', 'but', 'while', 'or'].includes(lower(tree.tokens[i]))) {
    joined = true;
    i++;
  }
  if (joined && lower(tree.tokens[i]) === ',') {
    const close = tree.tokens.findIndex(({ text }, n) => n > i && text === ',');
    if (close > 0 && close - i < 12) i = close + 1;
  }
  while (tree.tokens[i]?.upos === 'ADV' || (joined && ['has', 'have', 'had'].includes(lower(tree.tokens[i])))) i++;
  const token = tree.tokens[i];
  if (token?.upos !== 'VERB' || cueEntriesOf(token).length === 0) return false;
  if (token.xpos === 'VBG') return (comma || joined) && token.deprel !== 'amod';
  return (joined || (comma && i === at + 1)) && token.xpos === tree.tokens[cue]!.xpos && FINITE.has(token.xpos ?? '');
}

/** Whether a cue goes on with what another one before it began: "… and warned", "…, adding", "while urging". */
export function joinsOn({ tree }: Reading, cue: number): boolean {
  let i = cue - 1;
  while (tree.tokens[i]?.upos === 'ADV' || ['has', 'have', 'had', 'also'].includes(lower(tree.tokens[i]))) i--;
  const before = tree.tokens[i];
  if (!before || before.sentence !== tree.tokens[cue]!.sentence) return false;
  if (['and', 'but', 'while'].includes(lower(before))) return true;
  return before.text === ',' && ['VBG', 'VBD', 'VBZ', 'VBP'].includes(tree.tokens[cue]!.xpos ?? '');
}

/**
 * Last token of what a cue reports after itself. The sentence's end, unless another report, another cue of the same speaker or,
 * by the tree's own reading (`treeLast`), a clause set off by a comma comes before it.
 */
export function findEnding(reading: Reading, cue: number, from: number, treeLast: number | undefined): number {
  const { tree } = reading;
  const end = reachOf(reading, cue);
  const quoted = reading.quoted[cue];
  const { head, deprel } = tree.tokens[cue]!;
  const fronted = deprel.startsWith('advcl') && head > cue;
  for (let i = from + 1; i < end; i++) {
    const token = tree.tokens[i]!;
    if (!quoted && reading.quoted[i]) continue;
    if (lower(token) === 'according' && lower(tree.tokens[i + 1]) === 'to') return i - 1;
    if (isNextCue(tree, cue, i)) return i - 1;
    if (!isBreak(token)) continue;
    if (fronted && token.text === ',' && i < head && opensMain(tree, i + 1)) return i - 1;
    const next = nextCueWord(tree, i + 1, end);
    if (next !== undefined) {
      const report = findReport(reading, next);
      if (report && report.first === i + 1) return i - 1;
    }
    if (treeLast !== undefined && treeLast < i && setsOff(tree, i)) return i - 1;
    if (addsReport(tree, i, end)) return i - 1;
    if (isGloss(tree, i, end) && end - i > 3 * (i - from) && !OPENERS.has(lower(tree.tokens[from]))) return i - 1;
  }
  return end - 1;
}

/** "While officials say A, they expect B": after the comma the main clause begins with its subject. */
const opensMain = (tree: Tree, at: number) =>
  ['PRON', 'PROPN', 'DET', 'NOUN', 'NUM'].includes(tree.tokens[at]?.upos ?? '') && tree.tokens.slice(at, at + 6).some(isFiniteVerb);

/** ", with the military tweeting …" */
const addsReport = (tree: Tree, comma: number, end: number) =>
  lower(tree.tokens[comma + 1]) === 'with' &&
  tree.tokens.slice(comma + 2, Math.min(end, comma + 9)).some((token) => token.xpos === 'VBG' && cueEntriesOf(token).length > 0);

/** Words that open a clause before the main one: what follows its comma is no gloss. */
const OPENERS = new Set([
  'as',
  'although',
  'though',
  'while',
  'if',
  'when',
  'after',
  'before',
  'because',
  'since',
  'despite',
  'even',
  'in',
  'on',
  'at',
  'with',
  'once',
  'unless',
]);

/** ", a town that …", ", which …": told by the reporter where it is longer than what was said; not where the clause resumes after it. */
function isGloss(tree: Tree, comma: number, end: number): boolean {
  const words = tree.tokens.slice(comma + 1, end);
  const next = lower(words[0]);
  const opens =
    ['which', 'where', 'who', 'whose'].includes(next) ||
    (['a', 'an'].includes(next) && words.slice(1, 6).some((token) => ['which', 'where', 'who', 'that'].includes(lower(token))));
  return opens && !words.some((token, n) => token.text === ',' && n + 1 < words.length && isFiniteVerb(words[n + 1]!));
}

/** Words that open a clause of the reporter's own after a comma. */
const setsOff = (tree: Tree, comma: number) =>
  ['while', 'as', 'after', 'although', 'though', 'with', 'when', 'hours', 'days', 'weeks', 'following'].includes(
    lower(tree.tokens[comma + 1]),
  ) ||
  (['but', 'and'].includes(lower(tree.tokens[comma + 1])) &&
    lower(tree.tokens[comma + 2]) !== 'that' &&
    !isMark(tree.tokens[comma + 2]!) &&
    tree.tokens[comma + 2]!.upos !== 'ADP') ||
  tree.tokens[comma + 1]?.xpos === 'VBG';

/** The nearest cue verb within a few words, before the next break. */
function nextCueWord(tree: Tree, at: number, end: number): number | undefined {
  for (let i = at; i < Math.min(end, at + 14); i++) {
    const token = tree.tokens[i]!;
    if (token.upos === 'VERB' && isFiniteVerb(token))
      return cueEntriesOf(token).some(({ takes }) => takes.includes('clause')) ? i : undefined;
    if (isBreak(token) && i > at + 4) return undefined;
  }
  return undefined;
}

/** What a report reports: the sentence before it and, where its clause goes on after a comma, what follows. */
export function aroundReport(reading: Reading, cue: number, { first, last }: Report): TokenRange[] {
  const { tree } = reading;
  const sentence = tree.sentences[tree.tokens[cue]!.sentence]!;
  const end = endOf(tree, cue);
  const ranges: TokenRange[] = [];
  const before = { first: sentence.firstToken, last: first - 2 };
  const told = ({ xpos, deprel }: Token) => xpos === 'VBN' && /^(root|ccomp|parataxis)/.test(deprel);
  const said =
    before.last >= before.first &&
    (hasFinite(tree, before.first, before.last + 1) || tree.tokens.slice(before.first, before.last + 1).some(told));
  if (said) ranges.push(before);
  const next = last + 1;
  if (
    next < end &&
    tree.tokens[next]!.text === ',' &&
    hasFinite(tree, next, end) &&
    !isNextCue(tree, cue, next) &&
    (!said || !leavesOff(tree, next))
  )
    ranges.push(...(said || before.last < before.first ? [] : [before]), { first: next, last: findEnding(reading, cue, next, undefined) });
  return ranges;
}

/** After a closed report: words that show that the reporter goes on in his own voice. */
const leavesOff = (tree: Tree, comma: number) =>
  setsOff(tree, comma) || ['who', 'which', 'a', 'an', 'the', 'whose'].includes(lower(tree.tokens[comma + 1]));

/** What stands in the sentence around a reporting phrase. A second main clause after it ("…, but …") is the reporter's own. */
export function aroundPhrase(reading: Reading, at: number, ends: number): TokenRange[] {
  const { tree } = reading;
  const sentence = tree.sentences[tree.tokens[at]!.sentence]!;
  const end = endOf(tree, at);
  const ranges: TokenRange[] = [];
  const before = at - 1 >= sentence.firstToken && hasFinite(tree, sentence.firstToken, at);
  if (at > sentence.firstToken + 1) ranges.push({ first: sentence.firstToken, last: at - 1 });
  const rest = ends < end && hasFinite(tree, ends, end) && !isNextCue(tree, at, ends);
  if (rest && !(before && ['who', 'which', 'but', 'while', 'as'].includes(lower(tree.tokens[ends + 1]))))
    ranges.push({ first: ends, last: end - 1 });
  else if (!before && ends < end) ranges.push({ first: ends, last: end - 1 });
  return ranges;
}
