/**
 * Quotations and cues in, which quotations are whole utterances and which cue they belong to. A few quoted words inside a clause
 * ("a 'safe haven'") are no utterance of their own: they belong to the clause that holds them.
 */
import type { AnalysedArticle, Quotation } from '../../vocabulary.ts';
import type { Tree } from '../grammar/tree.ts';
import { cueEntriesOf } from './cue-lexicon.ts';
import type { Cue } from './find-cues.ts';

export interface Utterance {
  readonly quotation: Quotation;
  /** token range inside the marks, both inside */
  readonly first: number;
  readonly last: number;
  /** the cue that it belongs to; undefined where none stands near it */
  readonly cue: Cue | undefined;
  /** goes on with what the utterance before it began */
  readonly goesOn: boolean;
}

/** Fewest words of a quotation that can be an utterance when grammar does not say so. */
const FEWEST_WORDS = 4;

/** Tokens whose text lies inside [start, end). */
function tokensWithin(tree: Tree, start: number, end: number): { first: number; last: number } | undefined {
  let low = 0;
  let high = tree.tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tree.tokens[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  let last = low - 1;
  while (last + 1 < tree.tokens.length && tree.tokens[last + 1]!.end <= end) last++;
  return last < low ? undefined : { first: low, last };
}

/** Whether a quotation is a whole utterance: a clause of its own, or long, or closed like a sentence. */
function isUtterance(tree: Tree, quotation: Quotation, first: number, last: number): boolean {
  const words = last - first + 1;
  const text = quotation.text.trim();
  if (quotation.continues || quotation.open) return true;
  const root = tree.tokens
    .slice(first, last + 1)
    .some((token) =>
      token.head < 0 || token.head < first || token.head > last
        ? ['VERB', 'AUX', 'ADJ'].includes(token.upos) && words >= FEWEST_WORDS
        : false,
    );
  if (/[.!?,…—-]$/u.test(text) && words >= 2 && (root || words >= FEWEST_WORDS || /[.!?]$/u.test(text)))
    return startsLikeUtterance(tree, quotation) || followsCue(tree, first);
  return root && words >= FEWEST_WORDS && (startsLikeUtterance(tree, quotation) || followsCue(tree, first));
}

/** "chanted “Go home!”": a verb of speech right before the opening mark. */
function followsCue(tree: Tree, first: number): boolean {
  let i = first - 1;
  while (i >= 0 && tree.tokens[i]!.upos === 'PUNCT') i--;
  const token = tree.tokens[i];
  return (
    token?.upos === 'VERB' &&
    cueEntriesOf(token).some(({ takes }) => takes.includes('quote')) &&
    cueEntriesOf(token).every(({ takes }) => !takes.includes('description'))
  );
}

/** A quotation inside a running clause ("said it was a 'grave mistake'") begins in lower case after a word that governs it. */
function startsLikeUtterance(tree: Tree, quotation: Quotation): boolean {
  const text = tree.analysed.article.text;
  const before = text.slice(Math.max(0, quotation.start - 40), quotation.start).replace(/["“”'‘’«»\s]+$/u, '');
  if (
    before === '' ||
    /[.!?:,…—–-]$/u.test(before) ||
    /\n\s*["“”'‘’«»]*$/u.test(text.slice(Math.max(0, quotation.start - 4), quotation.start))
  )
    return true;
  return /^["“]?\p{Lu}/u.test(quotation.text) && quotation.text.length > 30;
}

const insideAny = (quotations: readonly Quotation[], start: number) =>
  quotations.some((quotation) => quotation.start <= start && start < quotation.end);

/** Nearest cue of the same sentence, outside the quotation, that can have one. */
function cueOfSentence(analysed: AnalysedArticle, tree: Tree, cues: readonly Cue[], first: number, last: number): Cue | undefined {
  const from = analysed.sentences[tree.tokens[first]!.sentence];
  const to = analysed.sentences[tree.tokens[last]!.sentence];
  if (!from || !to) return undefined;
  let best: Cue | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (const cue of cues) {
    if (!cue.entry.takes.includes('quote') || cue.token < from.firstToken || cue.token >= to.endToken) continue;
    if (cue.token >= first && cue.token <= last) continue;
    if (insideAny(analysed.quotations, tree.tokens[cue.token]!.start)) continue;
    if (cue.speaker === undefined && cue.entry.lemma !== 'according to') continue;
    const distance = cue.token < first ? first - cue.token : (cue.token - last) * 0.8;
    if (distance < nearest) {
      nearest = distance;
      best = cue;
    }
  }
  return nearest <= 30 ? best : undefined;
}

/** A cue in the sentence after the quotation that is nothing but the report: "'Why us?' he asked." */
function cueAfter(analysed: AnalysedArticle, tree: Tree, cues: readonly Cue[], last: number): Cue | undefined {
  const sentence = tree.tokens[last]!.sentence;
  const next = analysed.sentences[sentence + 1];
  if (!next || next.paragraph !== analysed.sentences[sentence]?.paragraph) return undefined;
  const between = analysed.article.text.slice(tree.tokens[last]!.end, next.start);
  if (!/["”’'»]/u.test(between) && !/^["”’'»]/u.test(next.text)) return undefined;
  return cues.find(
    (cue) =>
      cue.token >= next.firstToken &&
      cue.token < Math.min(next.endToken, next.firstToken + 8) &&
      cue.entry.takes.includes('quote') &&
      cue.content.length === 0 &&
      cue.speaker !== undefined,
  );
}

/** A sentence before the quotation that ends in a colon opens it. */
function cueBefore(analysed: AnalysedArticle, tree: Tree, cues: readonly Cue[], quotation: Quotation, first: number): Cue | undefined {
  const before = analysed.article.text.slice(Math.max(0, quotation.start - 12), quotation.start);
  if (!/:\s*["“”'‘’«»]*\s*$/u.test(before)) return undefined;
  const sentence = analysed.sentences[tree.tokens[first]!.sentence];
  const previous = analysed.sentences[tree.tokens[first]!.sentence - 1];
  const floor = previous?.firstToken ?? sentence?.firstToken ?? 0;
  return cues.findLast((cue) => cue.token < first && cue.token >= floor && cue.entry.takes.includes('quote'));
}

/** Every quotation that is an utterance, in text order, with its cue. */
export function attachQuotes(tree: Tree, cues: readonly Cue[]): Utterance[] {
  const { analysed } = tree;
  const utterances: Utterance[] = [];
  for (const quotation of analysed.quotations) {
    const range = tokensWithin(tree, quotation.start, quotation.end);
    if (!range || !isUtterance(tree, quotation, range.first, range.last)) continue;
    const previous = utterances.at(-1);
    const cue =
      cueBefore(analysed, tree, cues, quotation, range.first) ??
      cueOfSentence(analysed, tree, cues, range.first, range.last) ??
      cueAfter(analysed, tree, cues, range.last);
    const goesOn = cue === undefined && previous !== undefined && follows(analysed, tree, previous, range.first, quotation);
    utterances.push({ quotation, ...range, cue, goesOn });
  }
  return utterances;
}

/** The next quotation goes on where the last one stopped: in its paragraph, or opening the paragraph right after it. */
function follows(analysed: AnalysedArticle, tree: Tree, previous: Utterance, first: number, quotation: Quotation): boolean {
  const here = analysed.sentences[tree.tokens[first]!.sentence];
  const there = analysed.sentences[tree.tokens[previous.last]!.sentence];
  if (!here || !there) return false;
  if (quotation.continues) return true;
  if (here.paragraph === there.paragraph) return true;
  return here.paragraph - there.paragraph === 1 && quotation.start - here.start <= 2;
}
