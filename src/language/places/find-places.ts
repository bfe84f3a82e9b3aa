import type { Article, PlaceMention, Sentence, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';
import type { Gazetteer } from './open-gazetteer.ts';

export interface PlaceReading {
  readonly article: Article;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  /** spans of the encoder's names head; empty where there is no encoder for the language */
  readonly names: readonly NameSpan[];
  readonly gazetteer: Gazetteer;
  /** ISO 639-1 */
  readonly language: string;
}

/** Place mentions of an article in the order of the text; they never overlap. */
export function findPlaces(_reading: PlaceReading): PlaceMention[] {
  return [];
}
