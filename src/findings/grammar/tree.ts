/**
 * The dependency tree of an analysed article, made walkable: children, spans, conjuncts, prepositions.
 * In: AnalysedArticle. Out: a Tree that only reads from it. Knows nothing of events.
 */
import type { AnalysedArticle, Sentence, Span, Token } from '../../vocabulary.ts';
import { mendLemma } from './mend-lemma.ts';

export interface Tree {
  readonly analysed: AnalysedArticle;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  /** indexes of the dependents of each token, in text order */
  readonly children: readonly (readonly number[])[];
}

export function growTree(analysed: AnalysedArticle): Tree {
  const children: number[][] = analysed.tokens.map(() => []);
  analysed.tokens.forEach((token, i) => {
    if (token.head >= 0 && token.head !== i) children[token.head]?.push(i);
  });
  const tokens = analysed.tokens.map((token) => {
    const lemma = mendLemma(token);
    return lemma === token.lemma ? token : { ...token, lemma };
  });
  return { analysed: { ...analysed, tokens }, tokens, sentences: analysed.sentences, children };
}

/** The universal relation without its subtype: "nsubj:pass" is "nsubj". */
export function relationOf(token: Token): string {
  const colon = token.deprel.indexOf(':');
  return colon < 0 ? token.deprel : token.deprel.slice(0, colon);
}

/** Dependents of `i` with one of the relations, given in full ("nsubj:pass") or without subtype ("nsubj"). */
export function childrenBy(tree: Tree, i: number, ...relations: string[]): number[] {
  return (tree.children[i] ?? []).filter((c) => {
    const token = tree.tokens[c]!;
    return relations.includes(token.deprel) || relations.includes(relationOf(token));
  });
}

export function childBy(tree: Tree, i: number, ...relations: string[]): number | undefined {
  return childrenBy(tree, i, ...relations)[0];
}

export function hasFeature(token: Token, feature: string): boolean {
  return token.feats !== undefined && `|${token.feats}|`.includes(`|${feature}|`);
}

/** Relations under which a phrase is told further, but not named: left out of the span of a name. */
const LOOSE = new Set([
  'acl',
  'acl:relcl',
  'appos',
  'conj',
  'cc',
  'punct',
  'parataxis',
  'advcl',
  'advcl:relcl',
  'dep',
  'discourse',
  'ccomp',
  'list',
]);

function extend(tree: Tree, i: number, skip: ReadonlySet<string>, into: number[], top: boolean, depth: number): void {
  into.push(i);
  if (depth > 40) return;
  for (const c of tree.children[i] ?? []) {
    const token = tree.tokens[c]!;
    if (top && skip.has(token.deprel)) continue;
    if (top && skip.size > 0 && token.deprel === 'case') continue;
    extend(tree, c, skip, into, false, depth + 1);
  }
}

/** All tokens under `i` and itself, in text order. */
export function subtreeOf(tree: Tree, i: number): number[] {
  const into: number[] = [];
  extend(tree, i, new Set(), into, true, 0);
  return into.sort((a, b) => a - b);
}

/** The noun phrase of head `i` without relative clauses, appositions, conjuncts and preposition: contiguous around the head. */
export function nounPhrase(tree: Tree, i: number): { first: number; last: number } {
  const into: number[] = [];
  extend(tree, i, LOOSE, into, true, 0);
  const set = new Set(into);
  let first = i;
  let last = i;
  while (set.has(first - 1)) first--;
  while (set.has(last + 1)) last++;
  return { first, last };
}

/** The text of tokens first to last, with its offsets. */
export function spanOf(tree: Tree, first: number, last: number): Span {
  const start = tree.tokens[first]!.start;
  const end = tree.tokens[last]!.end;
  return { text: tree.analysed.article.text.slice(start, end), start, end };
}

/** The first of a row of conjuncts that `i` belongs to; `i` itself when it stands alone. */
export function firstConjunct(tree: Tree, i: number): number {
  let at = i;
  for (let n = 0; n < 12 && tree.tokens[at] && relationOf(tree.tokens[at]!) === 'conj' && tree.tokens[at]!.head >= 0; n++)
    at = tree.tokens[at]!.head;
  return at;
}

/** `i` and what is coordinated with it, `i` first. */
export function withConjuncts(tree: Tree, i: number): number[] {
  return [i, ...childrenBy(tree, i, 'conj')];
}

/** The preposition before a noun, lower case; several words are joined ("because of"). */
export function prepositionOf(tree: Tree, i: number): string {
  const cases = childrenBy(tree, i, 'case');
  return cases
    .map((c) => {
      const more = childrenBy(tree, c, 'fixed').map((f) => tree.tokens[f]!.text.toLowerCase());
      return [tree.tokens[c]!.text.toLowerCase(), ...more].join(' ');
    })
    .filter((p) => p !== "'s" && p !== '’s' && p !== "'" && p !== '’')
    .join(' ');
}

/** A verb with its particle: "pull out". */
export function verbWithParticle(tree: Tree, i: number): string {
  const particle = childBy(tree, i, 'compound:prt');
  return particle === undefined ? tree.tokens[i]!.lemma : `${tree.tokens[i]!.lemma} ${tree.tokens[particle]!.text.toLowerCase()}`;
}

/** Tokens from `i` upwards to the root of its sentence, `i` first. */
export function pathToRoot(tree: Tree, i: number): number[] {
  const path: number[] = [];
  for (let at = i; at >= 0 && path.length < 40; at = tree.tokens[at]!.head) {
    if (path.includes(at)) break;
    path.push(at);
  }
  return path;
}

export function isVerbal(token: Token): boolean {
  return token.upos === 'VERB' || token.upos === 'AUX';
}

export function isNominal(token: Token): boolean {
  return token.upos === 'NOUN' || token.upos === 'PROPN' || token.upos === 'PRON' || token.upos === 'NUM';
}
