/**
 * What the rules of word order look at: tags, commas, quotation marks, and where a noun phrase, a time or a channel ends.
 * Tree and names in, look-ups out; knows nothing of statements. Word order is what holds where the tree cannot be relied on.
 */
import type { Token } from '../../vocabulary.ts';
import type { Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';
import { CHANNEL_NAMES, CHANNEL_NOUNS, CHANNEL_PREPOSITIONS, isMedia } from './cue-lexicon.ts';
import type { TokenRange } from './read-frames.ts';

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

export const lower = (token: Token | undefined) => token?.text.toLowerCase() ?? '';

export const FINITE = new Set(['VBD', 'VBZ', 'VBP', 'MD']);

export const isFiniteVerb = (token: Token): boolean =>
  FINITE.has(token.xpos ?? '') || (token.upos === 'AUX' && !['VB', 'VBN', 'VBG'].includes(token.xpos ?? ''));

export const hasFinite = (tree: Tree, first: number, end: number) => tree.tokens.slice(first, end).some(isFiniteVerb);

export const isNominal = (token: Token) => ['NOUN', 'PROPN', 'PRON', 'NUM'].includes(token.upos);

const MARKS = /^["“”«»]$|^['‘’]{1,2}$|^``$/u;

export const CLOSERS = /^["”’»]$|^''$/u;

const BREAKS = new Set([',', '—', '–', '--', '-', ';', ':', '...', '…']);

export const isMark = (token: Token) => MARKS.test(token.text) && token.upos === 'PUNCT';

export const isBreak = (token: Token) => BREAKS.has(token.text) && token.xpos !== 'HYPH';

export const isCloser = (token: Token | undefined): boolean => token !== undefined && CLOSERS.test(token.text);

/** Token after the last that a cue can reach: of its quotation where it stands in one, else of its sentence, full stop and marks left out. */
export function reachOf({ tree, quoted }: Reading, cue: number): number {
  let end = endOf(tree, cue);
  if (!quoted[cue]) return end;
  let last = cue;
  while (last + 1 < end && quoted[last + 1]) last++;
  end = last + 1;
  while (end - 1 > cue && tree.tokens[end - 1]!.upos === 'PUNCT') end--;
  return end;
}

/** Token after the last of the sentence, its closing full stop and marks left out. */
export function endOf(tree: Tree, token: number): number {
  const sentence = tree.sentences[tree.tokens[token]!.sentence]!;
  let end = sentence.endToken;
  while (end > sentence.firstToken && tree.tokens[end - 1]!.upos === 'PUNCT' && !CLOSERS.test(tree.tokens[end - 1]!.text)) end--;
  return end;
}

export const OBJECT_PRONOUNS = new Set(['me', 'him', 'us', 'them', 'her', 'you', 'it']);

export const SUBJECT_PRONOUNS = new Set(['he', 'she', 'it', 'they', 'we', 'i', 'there', 'who']);

/** Verbs whose hearer stands right after them without a preposition. */
export const ADDRESSED = new Set([
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

export const HEARERS = new Set([
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

/** First token after a noun phrase that begins at `at`; `at` itself where none does. */
export function skipNounPhrase(tree: Tree, at: number, end: number): number {
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
    const hyphen = (token.text === '-' && (seen || i > at)) || (token.upos === 'VERB' && tree.tokens[i - 1]?.text === '-');
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

/** First token after a time or a phrase of the channel that begins at `at` ("on Tuesday", "in a statement", "to reporters"). */
export function skipCircumstance({ tree, names }: Reading, at: number, end: number): number {
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
