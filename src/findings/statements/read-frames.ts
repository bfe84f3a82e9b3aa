/**
 * What was said, as grammar gives it: the frames of a cue's entry (clause, object, infinitive, order …) looked up around its verb.
 * Tree, verb and entry in, token ranges out. Word order (clause-said.ts, phrase-said.ts) and quotation marks (attach-quotes.ts) are not looked at.
 */
import { objectOf } from '../grammar/arguments.ts';
import { childBy, childrenBy, hasFeature, isVerbal, prepositionOf, relationOf, subtreeOf, type Tree } from '../grammar/tree.ts';
import type { CueEntry } from './cue-lexicon.ts';

/** Tokens first to last, both inside. */
export interface TokenRange {
  readonly first: number;
  readonly last: number;
}

export const rangeOf = (tokens: readonly number[]): TokenRange | undefined => {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? undefined : { first, last };
};

/** Everything under some tokens, from the first to the last word. */
export const coverOf = (tree: Tree, heads: readonly number[]): TokenRange | undefined =>
  rangeOf(heads.flatMap((head) => subtreeOf(tree, head)).sort((a, b) => a - b));

/** A range with a hole in it: what stands before and what stands after the hole. */
export function cutOut(range: TokenRange, hole: TokenRange): TokenRange[] {
  const parts: TokenRange[] = [];
  if (hole.first > range.first) parts.push({ first: range.first, last: Math.min(range.last, hole.first - 1) });
  if (hole.last < range.last) parts.push({ first: Math.max(range.first, hole.last + 1), last: range.last });
  return parts;
}

export const isPassiveVerb = (tree: Tree, verb: number) =>
  childrenBy(tree, verb, 'aux:pass', 'nsubj:pass').length > 0 ||
  (relationOf(tree.tokens[verb]!) === 'acl' && tree.tokens[verb]!.xpos === 'VBN');

const isClauseOf = (tree: Tree, c: number) =>
  isVerbal(tree.tokens[c]!) || childrenBy(tree, c, 'cop', 'nsubj', 'csubj', 'expl').length > 0 || childBy(tree, c, 'mark') !== undefined;

const mayBeObject = ({ notObject, onlyObject }: CueEntry, lemma: string) =>
  !notObject.includes(lemma) && (onlyObject === undefined || onlyObject.includes(lemma));

/** The content that an entry's frames find around its verb. */
export function readContent(tree: Tree, verb: number, entry: CueEntry): { ranges: TokenRange[]; clause?: number } | undefined {
  const takes = (frame: CueEntry['takes'][number]) => entry.takes.includes(frame);
  const objects = childrenBy(tree, verb, 'obj').filter((c) => mayBeObject(entry, tree.tokens[c]!.lemma.toLowerCase()));
  const ccomps = childrenBy(tree, verb, 'ccomp');
  const xcomps = childrenBy(tree, verb, 'xcomp');
  const obliques = childrenBy(tree, verb, 'obl');
  const [object] = objects;

  if (takes('responsibility')) {
    const owned = objects.find((c) => ['responsibility', 'credit'].includes(tree.tokens[c]!.lemma));
    if (owned === undefined) return undefined;
    const deed = [...childrenBy(tree, owned, 'nmod'), ...obliques].find((c) => prepositionOf(tree, c) === 'for');
    const range = coverOf(tree, [deed ?? owned]);
    return range && { ranges: [deed === undefined ? range : { first: Math.min(deed, skipCase(tree, range, deed)), last: range.last }] };
  }
  if (takes('order')) {
    const asked = object ?? obliques.find((c) => ['on', 'upon', 'to', 'with', 'for'].includes(prepositionOf(tree, c)));
    const deed =
      xcomps[0] ??
      (asked === undefined ? undefined : (childrenBy(tree, verb, 'advcl').find((c) => c > asked) ?? ccomps.find((c) => c > asked)));
    if (asked !== undefined && deed !== undefined && deed > asked && asked > verb) {
      const range = coverOf(tree, [asked, deed]);
      return range && { ranges: [{ first: skipCase(tree, range, asked), last: range.last }], clause: deed };
    }
  }
  if (takes('description')) {
    const as = obliques.find((c) => ['as', 'to'].includes(prepositionOf(tree, c)));
    const said =
      xcomps[0] ??
      as ??
      childrenBy(tree, verb, 'advcl').find((c) => childrenBy(tree, c, 'mark', 'case').some((m) => tree.tokens[m]!.lemma === 'as'));
    const described = object ?? (isPassiveVerb(tree, verb) ? undefined : objectOf(tree, verb));
    if (described !== undefined && said !== undefined && said > verb && described < said) {
      const range = coverOf(tree, described > verb ? [described, said] : [said]);
      return range && { ranges: [range], clause: said };
    }
    return undefined;
  }
  if (takes('clause')) {
    const clause = ccomps.find((c) => isClauseOf(tree, c) && firstMark(tree, c) !== 'to');
    if (clause !== undefined) {
      const whole = coverOf(tree, [clause]);
      const own = clauseOfCue(tree, verb, clause);
      if (whole) return { ranges: own ? cutOut(whole, own) : [whole], clause };
    }
  }
  if (takes('infinitive') && xcomps[0] !== undefined && object === undefined) {
    const range = coverOf(tree, [xcomps[0]]);
    if (range && range.first > verb) return { ranges: [range], clause: xcomps[0] };
  }
  if (takes('object') && object !== undefined && object > verb && !hasFeature(tree.tokens[object]!, 'PronType=Rel')) {
    const further = [
      ...obliques.filter((c) => c > object && ['of', 'for', 'as', 'on', 'with', 'to'].includes(prepositionOf(tree, c))),
      ...xcomps,
      ...childrenBy(tree, verb, 'advcl').filter((c) => ['of', 'for', 'as', 'by'].includes(firstMark(tree, c))),
    ];
    const pronoun = tree.tokens[object]!.upos === 'PRON';
    if (pronoun && further.length === 0) return undefined;
    const range = coverOf(tree, [object, ...(entry.act === 'assert' ? [] : further)]);
    return range && { ranges: [range], ...(further[0] !== undefined && { clause: further[0] }) };
  }
  if (takes('prepositions')) {
    const about = obliques.find(
      (c) =>
        entry.prepositions.includes(prepositionOf(tree, c)) &&
        (entry.second === undefined || entry.second.includes(prepositionOf(tree, c))),
    );
    const gerund = childrenBy(tree, verb, 'advcl').find((c) => entry.prepositions.includes(firstMark(tree, c)));
    const head = about ?? gerund;
    if (head !== undefined && head > verb) {
      const range = coverOf(tree, [head]);
      return range && { ranges: [{ first: skipCase(tree, range, head), last: range.last }], clause: head };
    }
  }
  return undefined;
}

const firstMark = (tree: Tree, c: number) => {
  const mark = childBy(tree, c, 'mark', 'case');
  return mark === undefined ? '' : tree.tokens[mark]!.text.toLowerCase();
};

/** First token of a range without the prepositions of its head. */
function skipCase(tree: Tree, range: TokenRange, head: number): number {
  const cases = childrenBy(tree, head, 'case', 'mark').flatMap((c) => subtreeOf(tree, c));
  let first = range.first;
  while (cases.includes(first) && first < range.last) first++;
  return first;
}

/** The words of the reporting clause itself, where they stand in the middle of what was said ("A, he said, B"). */
function clauseOfCue(tree: Tree, verb: number, clause: number): TokenRange | undefined {
  const under = new Set(subtreeOf(tree, clause));
  const own = subtreeOf(tree, verb).filter((token) => !under.has(token) && token !== clause);
  const range = rangeOf(own.filter((token) => tree.tokens[token]!.upos !== 'PUNCT'));
  const whole = coverOf(tree, [clause]);
  return range && whole && range.first > whole.first && range.first < whole.last ? range : undefined;
}
