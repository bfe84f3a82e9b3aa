/**
 * Makes mentions of settled places, and adds what only the words around them tell: parts of countries ("northern Syria"),
 * buildings and grounds ("the US Embassy in Baghdad"), borders, capitals, and descriptions that stand for a place named
 * before ("the city", "the country", "the hotel"). Out: all mentions in text order, without overlap.
 */
import type { PlaceMention, Sentence, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';
import { approximatePlaces } from './approximate-places.ts';
import type { SettledPlace } from './find-places.ts';
import { findSites } from './find-sites.ts';
import type { Compass } from './gazetteer-format.ts';
import type { Gazetteer, GazetteerPlace } from './open-gazetteer.ts';
import { findCapitals, findDescriptions } from './resolve-descriptions.ts';
import { distanceKm } from './settle-namesakes.ts';

export interface PlaceSetting {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly gazetteer: Gazetteer;
  readonly settled: readonly SettledPlace[];
}

/** A mention with its tokens. */
export interface DraftMention {
  readonly firstToken: number;
  readonly endToken: number;
  readonly mention: PlaceMention;
}

export function describePlaces(setting: PlaceSetting, names: readonly NameSpan[]): PlaceMention[] {
  const named = setting.settled.map((place) => nameMention(setting, place));
  const located = [...named, ...findCapitals(setting, named)].sort((a, b) => a.firstToken - b.firstToken);
  const sites = findSites(setting, located);
  const outside = withoutOverlap(located, sites);
  const told = [...outside, ...sites];
  const drafts = [...told, ...approximatePlaces(setting, names, told)];
  const descriptions = withoutOverlap(findDescriptions(setting, drafts), drafts);
  return [...drafts, ...descriptions].sort((a, b) => a.firstToken - b.firstToken).map(({ mention }) => mention);
}

function withoutOverlap(drafts: readonly DraftMention[], others: readonly DraftMention[]): DraftMention[] {
  const taken = new Set<number>();
  for (const { firstToken, endToken } of others) for (let at = firstToken; at < endToken; at++) taken.add(at);
  return drafts.filter(({ firstToken, endToken }) => {
    for (let at = firstToken; at < endToken; at++) if (taken.has(at)) return false;
    return true;
  });
}

const MOST_BEFORE = 300;
const MOST_AFTER = 60;

/** The mentions around a token, so that a long text takes no more than its length in time. */
export function mentionsAround(known: readonly DraftMention[], at: number): readonly DraftMention[] {
  if (known.length <= MOST_BEFORE) return known;
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle]!.firstToken < at) low = middle + 1;
    else high = middle;
  }
  return known.slice(Math.max(0, low - MOST_BEFORE), low + MOST_AFTER);
}

/** Builds a mention from tokens and a place. */
export function draftMention(
  { text, tokens }: Pick<PlaceSetting, 'text' | 'tokens'>,
  firstToken: number,
  endToken: number,
  place: GazetteerPlace,
  changes: Partial<PlaceMention> = {},
): DraftMention {
  const [start, end] = [tokens[firstToken]!.start, tokens[endToken - 1]!.end];
  const mention: PlaceMention = {
    text: text.slice(start, end),
    start,
    end,
    name: place.name,
    country: place.country,
    lat: place.lat,
    lon: place.lon,
    precision: place.precision,
    key: place.key,
    ...(place.province === null ? {} : { province: place.province }),
    demonym: false,
    ...changes,
  };
  return { firstToken, endToken, mention };
}

/** "northern", "north-eastern", "Northeast", "central" before a name; the tokenizer parts words at hyphens. */
export function readCompass(tokens: readonly Token[], end: number): { compass: Compass; first: number } | null {
  const last = compassOf(tokens[end - 1]?.text ?? '');
  if (last === null) return null;
  if (tokens[end - 2]?.text === '-') {
    const joined = compassOf(`${tokens[end - 3]?.text ?? ''}${tokens[end - 1]!.text}`);
    if (joined !== null) return { compass: joined, first: end - 3 };
  }
  return { compass: last, first: end - 1 };
}

function compassOf(word: string): Compass | null {
  const match = /^(north|south)?(?:ern)?(east|west)?(?:ern)?$/i.exec(word);
  if (match && word !== '') return `${match[1] ?? ''}${match[2] ?? ''}`.toLowerCase() as Compass;
  return /^central$/i.test(word) ? 'centre' : null;
}

function nameMention(setting: PlaceSetting, { firstToken, endToken, place, people, actor }: SettledPlace): DraftMention {
  const { tokens, gazetteer } = setting;
  const part = readCompass(tokens, firstToken);
  if (part === null || tokens[part.first]!.sentence !== tokens[firstToken]!.sentence) {
    return draftMention(setting, firstToken, endToken, place, { demonym: actor });
  }
  const words = tokens
    .slice(part.first, endToken)
    .map((token) => token.text)
    .join(' ');
  const noted = people
    ? undefined
    : gazetteer.lookUp(words.replace(' - ', '')).find((found) => found.place.noted && distanceKm(found.place, place) < 800);
  if (noted !== undefined) return draftMention(setting, part.first, endToken, noted.place);
  const name = `${part.compass === 'centre' ? 'central' : part.compass === 'north' || part.compass === 'south' || part.compass === 'east' || part.compass === 'west' ? `${part.compass}ern` : part.compass} ${place.name}`;
  const key = `${place.key}/${part.compass}`;
  if (place.precision === 'country') {
    const point = gazetteer.partOf(place.country!, part.compass) ?? [place.lat, place.lon];
    return draftMention(setting, part.first, endToken, place, { name, key, lat: point[0], lon: point[1], precision: 'province' });
  }
  const precision = place.precision === 'town' ? 'district' : place.precision;
  return draftMention(setting, part.first, endToken, place, { name, key, precision });
}
