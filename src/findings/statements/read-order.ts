/**
 * What the order of words alone says about reported speech, for sentences whose tree cannot be relied on: where the words begin that
 * a cue reports, where they end, and which reports close or break a sentence ("…, the agency said on Monday.").
 * Tree and cue word in, token numbers out. Looks at tags, commas and quotation marks; decides nothing about who or what is meant.
 */
import type { Token } from '../../vocabulary.ts';
import type { Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';
import { CHANNEL_NAMES, CHANNEL_NOUNS, CHANNEL_PREPOSITIONS, cueEntriesOf, isMedia } from './cue-lexicon.ts';
import type { TokenRange } from './read-frames.ts';

const FINITE = new Set(['VBD', 'VBZ', 'VBP', 'MD']);
const SUBJECT_PRONOUNS = new Set(['he', 'she', 'it', 'they', 'we', 'i', 'there', 'who']);
const OBJECT_PRONOUNS = new Set(['me', 'him', 'us', 'them', 'her', 'you', 'it']);
/** Verbs whose hearer stands right after them without a preposition. */
const ADDRESSED = new Set([
  'tell',
  'inform',
  'assure',
  'remind',
  'notify',
  'brief',
  'advise',
  'warn',
  'promise',
  'reassure',
  'convince',
  'persuade',
]);
const HEARERS = new Set([
  'reporter',
  'journalist',
  'lawmaker',
  'parliament',
  'correspondent',
  'viewer',
  'supporter',
  'audience',
  'crowd',
  'senator',
]);
const MARKS = /^["“”«»]$|^['‘’]{1,2}$|^``$/u;
const CLOSERS = /^["”’»]$|^''$/u;
const BREAKS = new Set([',', '—', '–', '--', '-', ';', ':', '...', '…']);

/** What the rules of word order look at, indexed once for each article. */
export interface Reading {
  readonly tree: Tree;
  readonly names: NameIndex;
  /** tokens inside quotation marks */
  readonly quoted: readonly boolean[];
}

export function indexReading(tree: Tree, names: NameIndex): Reading {
  const { quotations } = tree.analysed;
  let at = 0;
  const quoted = tree.tokens.map(({ start }) => {
    while (at < quotations.length && quotations[at]!.end <= start) at++;
    return at < quotations.length && quotations[at]!.start <= start;
  });
  return { tree, names, quoted };
}

const lower = (token: Token | undefined) => token?.text.toLowerCase() ?? '';
export const isFiniteVerb = (token: Token): boolean =>
  FINITE.has(token.xpos ?? '') || (token.upos === 'AUX' && !['VB', 'VBN', 'VBG'].includes(token.xpos ?? ''));
const isNominal = (token: Token) => ['NOUN', 'PROPN', 'PRON', 'NUM'].includes(token.upos);
const isMark = (token: Token) => MARKS.test(token.text) && token.upos === 'PUNCT';
const isBreak = (token: Token) => BREAKS.has(token.text) && token.xpos !== 'HYPH';

/** Token after the last that a cue can reach: of its quotation where it stands in one, else of its sentence, full stop and marks left out. */
function reachOf({ tree, quoted }: Reading, cue: number): number {
  let end = endOf(tree, cue);
  if (!quoted[cue]) return end;
  let last = cue;
  while (last + 1 < end && quoted[last + 1]) last++;
  end = last + 1;
  while (end - 1 > cue && tree.tokens[end - 1]!.upos === 'PUNCT') end--;
  return end;
}

/** Token after the last of the sentence, its closing full stop and marks left out. */
function endOf(tree: Tree, token: number): number {
  const sentence = tree.sentences[tree.tokens[token]!.sentence]!;
  let end = sentence.endToken;
  while (end > sentence.firstToken && tree.tokens[end - 1]!.upos === 'PUNCT' && !CLOSERS.test(tree.tokens[end - 1]!.text)) end--;
  return end;
}

/** First token after a noun phrase that begins at `at`; `at` itself where none does. */
function skipNounPhrase(tree: Tree, at: number, end: number): number {
  let i = at;
  let seen = false;
  for (; i < end; i++) {
    const token = tree.tokens[i]!;
    const begins = token.upos === 'DET' || (token.upos === 'PRON' && token.xpos === 'PRP$');
    if (begins && seen) break;
    if (token.upos === 'PRON' && !begins) {
      if (!seen && OBJECT_PRONOUNS.has(lower(token))) return i + 1;
      break;
    }
    const hyphen = token.text === '-' && (seen || i > at);
    const joins =
      hyphen ||
      (seen &&
        (lower(token) === "'s" ||
          lower(token) === '’s' ||
          token.text === '&' ||
          (lower(token) === 'of' && isNominal(tree.tokens[i + 1]!))));
    if (!begins && !joins && !['NOUN', 'PROPN', 'ADJ', 'NUM'].includes(token.upos)) break;
    if (token.upos === 'NOUN' || token.upos === 'PROPN') seen = true;
  }
  return seen ? i : at;
}

/** First token after a time or a phrase of the channel that begins at `at` ("on Tuesday", "in a statement", "to reporters"). */
function skipCircumstance({ tree, names }: Reading, at: number, end: number): number {
  const token = tree.tokens[at]!;
  const isTime = (i: number) => i < end && names.timeAt[i] !== undefined;
  const timeEnd = (i: number) => {
    let to = i;
    while (to < end && names.timeAt[to] === names.timeAt[i]) to++;
    return to;
  };
  if (isTime(at)) {
    const to = timeEnd(at);
    const next = tree.tokens[to];
    return next && (/^['’]s?$/.test(next.text) || isFiniteVerb(next)) ? at : to;
  }
  if (token.upos === 'ADV' && token.xpos !== 'WRB') {
    const next = tree.tokens[at + 1];
    return next && isFiniteVerb(next) && next.upos === 'AUX' ? at : at + 1;
  }
  if (token.upos !== 'ADP') return at;
  if (isTime(at + 1)) return timeEnd(at + 1);
  if (!CHANNEL_PREPOSITIONS.has(lower(token))) return at;
  const to = skipNounPhrase(tree, at + 1, end);
  if (to === at + 1) return at;
  const phrase = tree.tokens.slice(at + 1, to);
  const named = phrase.map(({ text }) => text).join(' ');
  const tells = phrase.some(
    (word) =>
      CHANNEL_NOUNS.has(word.lemma.toLowerCase()) || HEARERS.has(word.lemma.toLowerCase()) || CHANNEL_NAMES.has(word.text.toLowerCase()),
  );
  return tells || isMedia(named) ? to : at;
}

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
    const to = skipHearer(tree, at, end);
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
  for (let i = at; i < Math.min(end, at + 14); i++) {
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
function skipHearer(tree: Tree, at: number, end: number): number {
  const first = tree.tokens[at]!;
  if (first.upos === 'PRON' && OBJECT_PRONOUNS.has(lower(first)) && !isFiniteVerb(tree.tokens[at + 1] ?? first)) return at + 1;
  let to = skipNounPhrase(tree, at, end);
  if (to === at || to >= end) return to;
  // "told reporters authorities were …": a word for hearers closes the phrase
  for (let i = at; i + 1 < to; i++)
    if (HEARERS.has(tree.tokens[i]!.lemma) && tree.tokens[i]!.xpos === 'NNS' && tree.tokens[i + 1]!.upos !== 'PART') to = i + 1;
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

const hasFinite = (tree: Tree, first: number, end: number) => tree.tokens.slice(first, end).some(isFiniteVerb);

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
    if (['of', 'for'].includes(lower(token)) && (tree.tokens[i + 1]?.xpos === 'VBG' || tree.tokens[i - 1]!.upos === 'PRON'))
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

/** Whether a cue goes on with what another one before it began: "… and warned", "…, adding", "while urging". */
export function joinsOn({ tree }: Reading, cue: number): boolean {
  let i = cue - 1;
  while (tree.tokens[i]?.upos === 'ADV' || ['has', 'have', 'had', 'also'].includes(lower(tree.tokens[i]))) i--;
  const before = tree.tokens[i];
  if (!before || before.sentence !== tree.tokens[cue]!.sentence) return false;
  if (['and', 'but', 'while'].includes(lower(before))) return true;
  return before.text === ',' && ['VBG', 'VBD', 'VBZ', 'VBP'].includes(tree.tokens[cue]!.xpos ?? '');
}

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
  const to = setOff && !ADDRESSED.has(lemma) ? skipNounPhrase(tree, after, end) : after;
  if (to > after) {
    speaker = to - 1;
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
    const to = skipNounPhrase(tree, after, end);
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

/** What may follow a report without a comma: "said as he left", "said following the talks", "said during a visit". */
const isLoose = (tree: Tree, at: number) =>
  ['as', 'while', 'after', 'when', 'before', 'following', 'during', 'at', 'in', 'on', 'through', 'by', 'from', 'who', 'of'].includes(
    lower(tree.tokens[at]),
  );

/** A noun phrase that ends right before `to` and begins after a comma or mark, an apposition after its name included. */
function phraseBefore(tree: Tree, to: number, floor: number): { speaker: number; first: number } | undefined {
  let first = to;
  let speaker: number | undefined;
  for (let i = to - 1; i >= floor && to - i < 24; i--) {
    const token = tree.tokens[i]!;
    if (isBreak(token) || CLOSERS.test(token.text) || isMark(token)) {
      if (token.text === ',' && speaker !== undefined) {
        const name = nameBefore(tree, i, floor);
        if (name) return name;
      }
      break;
    }
    if (isFiniteVerb(token) || ['that', 'which', 'who'].includes(lower(token)) || token.upos === 'SCONJ') return undefined;
    if (isNominal(token)) {
      // the first nominal of the last noun phrase's head: prepositions to its left show that it is only a complement
      speaker = speaker === undefined || tree.tokens[i + 1]?.upos === 'ADP' ? i : speaker;
    }
    first = i;
  }
  return speaker === undefined ? undefined : { speaker, first };
}

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

/**
 * Last token of what a cue reports after itself. The sentence's end, unless another report, another cue of the same speaker or,
 * by the tree's own reading (`treeLast`), a clause set off by a comma comes before it.
 */
export function findEnding(reading: Reading, cue: number, from: number, treeLast: number | undefined): number {
  const { tree } = reading;
  const end = reachOf(reading, cue);
  const quoted = reading.quoted[cue];
  for (let i = from + 1; i < end; i++) {
    const token = tree.tokens[i]!;
    if (!quoted && reading.quoted[i]) continue;
    if (lower(token) === 'according' && lower(tree.tokens[i + 1]) === 'to') return i - 1;
    if (isNextCue(tree, cue, i)) return i - 1;
    if (!isBreak(token)) continue;
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
  const said = before.last >= before.first && hasFinite(tree, before.first, before.last + 1);
  if (said) ranges.push(before);
  const next = last + 1;
  if (
    next < end &&
    tree.tokens[next]!.text === ',' &&
    hasFinite(tree, next, end) &&
    !isNextCue(tree, cue, next) &&
    (!said || !leavesOff(tree, next))
  )
    ranges.push({ first: said ? next : sentence.firstToken, last: findEnding(reading, cue, next, undefined) });
  return ranges;
}

/** After a closed report: words that show that the reporter goes on in his own voice. */
const leavesOff = (tree: Tree, comma: number) =>
  setsOff(tree, comma) || ['who', 'which', 'a', 'an', 'the', 'whose'].includes(lower(tree.tokens[comma + 1]));

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

/** The noun phrase that opens a range, with what is coordinated with it: "U.S. and Arab officials". */
export function phraseAt({ tree }: Reading, first: number, end: number): TokenRange | undefined {
  let to = skipNounPhrase(tree, first, end);
  while (to > first && to + 1 < end && ['and', '&'].includes(lower(tree.tokens[to]))) {
    const next = skipNounPhrase(tree, to + 1, end);
    if (next === to + 1) break;
    to = next;
  }
  return to === first ? undefined : { first, last: to - 1 };
}

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

/** What a noun of speech holds: "[that] the town fell", "to withdraw", "[for] calm"; who uttered it may stand in between. */
export function findNounContent(reading: Reading, noun: number, prepositions: readonly string[]): TokenRange | undefined {
  const { tree } = reading;
  const end = reachOf(reading, noun);
  let at = noun + 1;
  if (['by', 'from'].includes(lower(tree.tokens[at]))) at = phraseAt(reading, at + 1, end)?.last ?? at;
  if (at > noun + 1) at++;
  const opener = lower(tree.tokens[at]);
  if (at + 1 >= end) return undefined;
  if (opener === 'that') return hasFinite(tree, at + 1, end) ? { first: at + 1, last: findPhraseEnding(reading, noun, at + 1) } : undefined;
  if (opener === 'to' && tree.tokens[at + 1]!.xpos === 'VB')
    return prepositions.includes('to') ? { first: at, last: findPhraseEnding(reading, noun, at + 1) } : undefined;
  if (opener === 'to' || !prepositions.includes(opener)) return undefined;
  const first = at + 1;
  const source = tree.tokens.findIndex((token, i) => i > first && i < end && ['from', 'by'].includes(lower(token)) && token.upos === 'ADP');
  const last = findPhraseEnding(reading, noun, first);
  return { first, last: cutCircumstance(reading, first, source > first && source <= last ? source - 1 : last) };
}
