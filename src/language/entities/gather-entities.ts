/**
 * Gathers an article's names into its entities: who and what it speaks of, each with all its mentions, its fullest name, its
 * acronym and what the article calls it. In: tokens with their tree, the encoder's names, the settled places. Out: entities
 * and mentions as the vocabulary has them. Pronouns and descriptions are linked only where that is safe.
 */
import type { Article, Entity, EntityMention, PlaceMention, Sentence, Span, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';
import { describeMention } from './describe-entities.ts';
import { findNames, type NamedSpan } from './find-names.ts';
import { isAcronym, isAcronymOf, type JoinedEntity, joinNames, personWords } from './join-names.ts';
import { linkPronouns } from './link-pronouns.ts';

export interface EntityReading {
  readonly article: Article;
  /** with tree: head and deprel are used where they are set */
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly names: readonly NameSpan[];
  readonly places: readonly PlaceMention[];
}

export interface GatheredEntities {
  readonly entities: readonly Entity[];
  /** in the order of the text */
  readonly entityMentions: readonly EntityMention[];
}

/** Groups the names of an article into its entities, with short forms, acronyms, descriptions and safe pronouns. */
export function gatherEntities({ article, tokens, sentences, names, places }: EntityReading): GatheredEntities {
  const { text } = article;
  const { entities: joined } = joinNames(text, tokens, findNames(text, tokens, sentences, names, places));
  joined.sort((a, b) => a.spans[0]!.firstToken - b.spans[0]!.firstToken);
  const linkable = joined.map((entity) => ({ kind: entity.kind, name: fullestName(entity), mentions: entity.spans }));
  const links = linkPronouns(tokens, sentences, linkable);

  const drafts = [
    ...joined.flatMap((entity, number) =>
      entity.spans.map((span) => ({
        ...rangeOf(span),
        entity: number,
        form: isAcronymOf(span) ? ('acronym' as const) : ('name' as const),
      })),
    ),
    ...links,
  ].sort((a, b) => a.firstToken - b.firstToken || a.endToken - b.endToken);
  const entityMentions = drafts.map(
    ({ firstToken, endToken, form, entity }): EntityMention => ({
      ...spanOf(text, tokens, firstToken, endToken),
      firstToken,
      endToken,
      form,
      entity,
    }),
  );
  const mentionsOf: number[][] = joined.map(() => []);
  for (const [i, { entity }] of entityMentions.entries()) mentionsOf[entity]!.push(i);

  const entities = joined.map((entity, number): Entity => {
    const description = describeEntity(text, tokens, sentences, entity);
    return {
      kind: entity.kind,
      name: linkable[number]!.name,
      ...(entity.acronym === null ? {} : { acronym: entity.acronym }),
      ...(description === null ? {} : { description }),
      mentions: mentionsOf[number]!,
    };
  });
  return { entities, entityMentions };
}

const rangeOf = ({ firstToken, endToken }: NamedSpan) => ({ firstToken, endToken });

function spanOf(text: string, tokens: readonly Token[], firstToken: number, endToken: number): Span {
  const [start, end] = [tokens[firstToken]!.start, tokens[endToken - 1]!.end];
  return { text: text.slice(start, end), start, end };
}

/** The longest form that the article gives, an acronym only where there is no other; of equals the more frequent, then the first. */
export function fullestName({ kind, spans }: Pick<JoinedEntity, 'kind' | 'spans'>): string {
  const counts = new Map<string, number>();
  for (const { text } of spans) {
    const name = text.replace(/\s+/g, ' ').replace(/['’]s?$/, '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  // Small-letter words ("Islamic State group") make no name fuller, but a person's ("Osama bin Laden") do.
  const words = (name: string) =>
    (kind === 'person' ? personWords(name) : name.split(/[\s-]+/).filter((word) => /^[\p{Lu}\d]/u.test(word))).length;
  const length = (name: string) => (isAcronym(name) ? 0 : words(name));
  const shouted = (name: string) => Number(name.length > 6 && name === name.toUpperCase());
  const best = [...counts].sort(([a, m], [b, n]) => shouted(a) - shouted(b) || length(b) - length(a) || n - m)[0]![0];
  return (kind === 'place' || kind === 'armed-group') && best.length > 4 && best === best.toUpperCase()
    ? (spans[0]!.knownName ?? best)
    : best;
}

function describeEntity(
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  { kind, spans }: JoinedEntity,
): Span | null {
  if (kind === 'place' || kind === 'nationality' || kind === 'weapon' || kind === 'platform' || kind === 'event' || kind === 'other')
    return null;
  for (const span of spans) {
    const sentence = sentences[tokens[span.firstToken]!.sentence]!;
    const range = describeMention(tokens, span, sentence.firstToken, sentence.endToken);
    if (range !== null) return spanOf(text, tokens, range.firstToken, range.endToken);
  }
  return null;
}
