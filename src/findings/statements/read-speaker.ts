/**
 * The token that speaks in, its name out: the fullest name of the article where it is somebody named, else its noun phrase.
 * Pronouns are followed to whom they stand for; one that cannot be followed gives nothing.
 */
import type { AnalysedArticle, Span } from '../../vocabulary.ts';
import { childrenBy, nounPhrase, prepositionOf, relationOf, spanOf, subtreeOf, type Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';

export interface Speaker {
  readonly name: string;
  readonly span: Span;
  /** index into the article's entities, where it is one */
  readonly entity?: number;
}

export function isPersonal(tree: Tree, token: number): boolean {
  return tree.tokens[token]?.upos === 'PRON';
}

const WHOEVER = new Set([
  'who',
  'which',
  'that',
  'what',
  'this',
  'there',
  'it',
  'one',
  'some',
  'others',
  'many',
  'those',
  'these',
  'both',
  'everyone',
  'someone',
  'nobody',
  'people',
]);

function entityAt(analysed: AnalysedArticle, names: NameIndex, token: number): { entity: number; name: string } | undefined {
  const mention = names.mentionAt[token];
  if (mention === undefined) return undefined;
  const found = analysed.entityMentions[mention];
  const entity = found && analysed.entities[found.entity];
  return found && entity ? { entity: found.entity, name: entity.name } : undefined;
}

/** Tokens of a name phrase with its complement ("a spokesman for the army"), without relative clauses and appositions. */
function phraseOf(tree: Tree, head: number): Span {
  const { first, last } = nounPhrase(tree, head);
  return spanOf(tree, first, last);
}

/** @returns undefined for a pronoun that stands for nobody known */
export function readSpeaker(tree: Tree, names: NameIndex, head: number): Speaker | undefined {
  const { analysed } = tree;
  const token = tree.tokens[head];
  if (!token) return undefined;
  const conjuncts = childrenBy(tree, head, 'conj').filter((c) => ['NOUN', 'PROPN'].includes(tree.tokens[c]?.upos ?? ''));
  if (conjuncts.length > 0 && token.upos !== 'PRON') {
    const last = conjuncts.at(-1) ?? head;
    const phrase = spanOf(tree, nounPhrase(tree, head).first, nounPhrase(tree, last).last);
    if (phrase.text.length < 120) return { name: phrase.text, span: phrase };
  }
  const own = entityAt(analysed, names, head);
  const titled = nameBeside(tree, names, head);
  if (titled !== undefined) return { ...titled, span: phraseOf(tree, head) };
  if (own) return { name: own.name, span: phraseOf(tree, head), entity: own.entity };
  if (token.upos === 'PRON')
    return WHOEVER.has(token.lemma.toLowerCase()) || token.lemma === 'I' || token.lemma === 'we' ? undefined : undefined;
  const span = phraseOf(tree, head);
  return { name: cleanName(span.text), span };
}

/** "a spokeswoman, Jen Psaki" and "Prime Minister Ann Day": the name stands beside the common noun that grammar takes for the head. */
function nameBeside(tree: Tree, names: NameIndex, head: number): { name: string; entity: number } | undefined {
  const { analysed } = tree;
  if (tree.tokens[head]?.upos === 'PRON') return undefined;
  for (const beside of tree.children[head] ?? []) {
    const relation = tree.tokens[beside]!.deprel;
    const titled =
      beside > head &&
      ['flat', 'nmod:desc', 'nmod', 'compound', 'dep', 'flat:name'].includes(relation) &&
      prepositionOf(tree, beside) === '';
    if (!titled && relation !== 'appos') continue;
    const named = entityAt(analysed, names, beside);
    if (
      named &&
      tree.tokens[beside]?.upos === 'PROPN' &&
      ['person', 'organisation', 'armed-group'].includes(analysed.entities[named.entity]?.kind ?? '')
    )
      return named;
  }
  return undefined;
}

function cleanName(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** First and last token of everything under `head`, the given dependents left out. */
export function rangeWithout(tree: Tree, head: number, without: ReadonlySet<number>): { first: number; last: number } | undefined {
  const dropped = new Set<number>();
  for (const token of without) for (const below of subtreeOf(tree, token)) dropped.add(below);
  const kept = subtreeOf(tree, head).filter((token) => !dropped.has(token));
  const [first] = kept;
  const last = kept.at(-1);
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** Who `head` is for telling two speakers apart: entity where known, else the words. */
export const sameSpeaker = (one: Speaker, other: Speaker): boolean =>
  one.entity !== undefined && other.entity !== undefined
    ? one.entity === other.entity
    : one.name.toLowerCase() === other.name.toLowerCase();

export const isClausal = (relation: string): boolean => ['ccomp', 'xcomp', 'advcl', 'acl', 'parataxis'].includes(relation);
export { relationOf };
