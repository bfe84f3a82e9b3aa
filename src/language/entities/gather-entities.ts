import type { Article, Entity, EntityMention, PlaceMention, Sentence, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';

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
export function gatherEntities(_reading: EntityReading): GatheredEntities {
  return { entities: [], entityMentions: [] };
}
