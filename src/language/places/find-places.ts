/**
 * Finds the places of an article and says where on earth they lie. In: the article's tokens, the encoder's names and the
 * gazetteer. Out: place mentions in text order, without overlap, each with country, position and precision, and whether it
 * names a people or a state rather than where something is. Does not say which of them an event's place is.
 */
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { Article, PlaceMention, Sentence, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';
import { describePlaces } from './describe-places.ts';
import { findCandidates, type PlaceCandidate } from './find-candidates.ts';
import { findPlacesByScript } from './find-places-by-script.ts';
import type { Gazetteer, GazetteerPlace } from './open-gazetteer.ts';
import { settleNamesakes } from './settle-namesakes.ts';

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

/** A settled mention with its tokens, as the steps of this folder hand it on. */
export interface SettledPlace {
  readonly firstToken: number;
  readonly endToken: number;
  readonly place: GazetteerPlace;
  readonly people: boolean;
  readonly actor: boolean;
}

/** Place mentions of an article in the order of the text; they never overlap. */
export function findPlaces(reading: PlaceReading): PlaceMention[] {
  const { article, tokens, sentences, names, gazetteer, language } = reading;
  if (language !== 'en') return findPlacesByScript(article.text, gazetteer);
  const candidates = findCandidates(article.text, tokens, sentences, names, gazetteer);
  const places = settleNamesakes(candidates, tokens, readLeaning(article, gazetteer));
  const settled = candidates.flatMap((candidate, i): SettledPlace[] => {
    const place = places[i];
    if (!place) return [];
    const { firstToken, endToken, people } = candidate;
    return [{ firstToken, endToken, place, people, actor: people || namesActor(candidate, place, tokens) }];
  });
  return describePlaces({ text: article.text, tokens, sentences, gazetteer, settled }, names);
}

/** Countries that dateline and headline speak for. */
function readLeaning(article: Article, gazetteer: Gazetteer): string[] {
  const countries: string[] = [];
  for (const words of [article.dateline ?? '', article.title ?? '']) {
    for (const [name] of words.matchAll(/\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)?/gu)) {
      const places = [...gazetteer.lookUp(name), ...gazetteer.lookUp(name.split(' ')[0]!)].map(({ place }) => place);
      const known = gazetteer.lookUpDemonym(name) ?? places.find((place) => place.precision === 'country' || place.noted || place.capital);
      if (known?.country) countries.push(known.country);
    }
  }
  return countries;
}

const SAYERS = new Set(words.sayers);

/** A state that acts or that marks whose something is: "Washington said", "US forces", "the Iran deal". */
function namesActor(candidate: PlaceCandidate, place: GazetteerPlace, tokens: readonly Token[]): boolean {
  if (candidate.inside !== null) return true;
  if (place.precision !== 'country' && !place.capital && !place.noted) return false;
  const top = headOf(candidate, tokens);
  if (top === null) return false;
  const relation = top.deprel;
  const governor = top.head < 0 ? undefined : tokens[top.head];
  if (place.precision === 'country' && (relation === 'compound' || relation === 'amod')) return true;
  if (!relation.startsWith('nsubj') || relation.endsWith('outer') || governor === undefined) return false;
  return relation === 'nsubj' && (place.precision === 'country' ? governor.upos === 'VERB' : SAYERS.has(governor.lemma));
}

/** The token of a span whose governor lies outside. */
export function headOf(span: { firstToken: number; endToken: number }, tokens: readonly Token[]): Token | null {
  for (let at = span.firstToken; at < span.endToken; at++) {
    const token = tokens[at]!;
    if (token.head < span.firstToken || token.head >= span.endToken) return token;
  }
  return null;
}
