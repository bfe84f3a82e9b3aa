/**
 * Resolves descriptions that stand for a place: "the capital", "the border with Syria", "the city", "the country", "nationwide",
 * "the country's north", "the embassy". In: the article's other mentions. Out: mentions marked as descriptions, each at the
 * place named last that fits. Where nothing fits, the description is left alone.
 */
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { PlaceMention, PlacePrecision } from '../../vocabulary.ts';
import { type DraftMention, draftMention, mentionsAround, type PlaceSetting, readCompass } from './describe-places.ts';
import { headEnd } from './find-sites.ts';
import type { Compass } from './gazetteer-format.ts';
import type { GazetteerPlace } from './open-gazetteer.ts';
import { distanceKm } from './settle-namesakes.ts';

const TOWN_WORDS = new Set(['city', 'town', 'village', 'municipality', 'suburb', 'port', 'settlement']);
const COUNTRY_WORDS = new Set(['country', 'nation', 'kingdom', 'republic']);
const REGION_WORDS = new Set([
  'province',
  'region',
  'state',
  'governorate',
  'district',
  'enclave',
  'territory',
  'strip',
  'peninsula',
  'island',
]);
const FACILITIES = new Set(words.facilities);
const DEFINITE = /^(?:the|this|that)$/i;

export function findDescriptions(setting: PlaceSetting, drafts: readonly DraftMention[]): DraftMention[] {
  const { tokens, sentences } = setting;
  const all = [...drafts].sort((a, b) => a.firstToken - b.firstToken);
  const found: DraftMention[] = [];
  for (const sentence of sentences) {
    const known = mentionsAround(all, sentence.firstToken);
    for (let at = sentence.firstToken; at < sentence.endToken; at++) {
      const word = tokens[at]!.text.toLowerCase();
      const draft =
        /^['’]s$/.test(tokens[at - 1]?.text ?? '') && readCompass(tokens, at + 1) !== null
          ? resolveOwnPart(setting, known, at)
          : word === 'border' || word === 'borders' || word === 'frontier'
            ? resolveBorder(setting, known, at)
            : word === 'nationwide' || word === 'countrywide'
              ? resolveCountry(setting, known, at, at)
              : DEFINITE.test(tokens[at - 1]?.text ?? '')
                ? resolveDefinite(setting, known, at, word, sentence.endToken)
                : null;
      if (draft !== null) found.push(draft);
    }
  }
  return found;
}

/** "Lebanon's capital", "the capital": found first, for a site may be placed by them. */
export function findCapitals(setting: PlaceSetting, drafts: readonly DraftMention[]): DraftMention[] {
  return setting.tokens.flatMap((token, at) =>
    token.text === 'capital' ? (resolveCapital(setting, mentionsAround(drafts, at), at) ?? []) : [],
  );
}

const before = (known: readonly DraftMention[], at: number) => known.filter((draft) => draft.endToken <= at);

/** The country spoken of around a token: every mention counts, the nearer ones more. */
export function countryAround({ tokens, gazetteer }: PlaceSetting, known: readonly DraftMention[], at: number): string | null {
  const votes = new Map<string, number>();
  const sentence = tokens[at]!.sentence;
  for (const { firstToken, mention } of known) {
    if (mention.country === null) continue;
    const away = sentence - tokens[firstToken]!.sentence;
    const weight = (mention.demonym ? 0.6 : 1) * (away < 0 ? 0.15 : 0.85 ** Math.min(away, 20)) + 0.1;
    votes.set(mention.country, (votes.get(mention.country) ?? 0) + weight);
  }
  let best: string | null = null;
  for (const [country, weight] of votes) if (best === null || weight > votes.get(best)!) best = country;
  return best === null || gazetteer.country(best) === null ? null : best;
}

function describe(setting: PlaceSetting, first: number, end: number, mention: PlaceMention): DraftMention {
  const { text, tokens } = setting;
  const [start, stop] = [tokens[first]!.start, tokens[end - 1]!.end];
  return {
    firstToken: first,
    endToken: end,
    mention: { ...mention, text: text.slice(start, stop), start, end: stop, demonym: false, description: true },
  };
}

/** "Lebanon's capital", "the Iraqi capital", "the capital"; where the capital's name follows, that name is mention enough. */
function resolveCapital(setting: PlaceSetting, known: readonly DraftMention[], at: number): DraftMention | null {
  const { tokens, gazetteer } = setting;
  const follows = known.find((draft) => draft.firstToken > at && draft.firstToken - at <= 3 && draft.mention.precision === 'town');
  if (follows !== undefined || /^(?:punishment|crime|murder|gains|markets?|offen[cs]e|letters?)$/.test(tokens[at + 1]?.text ?? ''))
    return null;
  const beside = known.find((draft) => draft.endToken <= at && at - draft.endToken <= 1 && draft.mention.country !== null);
  const after = tokens[at + 1]?.text === 'of' ? known.find((draft) => draft.firstToken - at >= 2 && draft.firstToken - at <= 3) : undefined;
  const owner = beside ?? after;
  if (owner !== undefined && owner.mention.precision !== 'country') return null;
  const definite = DEFINITE.test(tokens[at - 1]?.text ?? '');
  const country = owner?.mention.country ?? (definite ? countryAround(setting, known, at) : null);
  const capital = country === null ? null : gazetteer.capitalOf(country);
  return capital === null ? null : draftMention(setting, owner === undefined ? at - 1 : at, at + 1, capital, { description: true });
}

/** "the Turkish-Syrian border", "Hungary's southern border with Serbia", "the border": between the countries that are named. */
function resolveBorder(setting: PlaceSetting, known: readonly DraftMention[], at: number): DraftMention | null {
  const { tokens, gazetteer } = setting;
  const sentence = tokens[at]!.sentence;
  const sides: DraftMention[] = [];
  let edge = at;
  for (const draft of before(known, at).reverse()) {
    if (edge - draft.endToken > 2 || tokens[draft.firstToken]!.sentence !== sentence) break;
    sides.unshift(draft);
    edge = draft.firstToken;
  }
  if (/^(?:with|between|of|from)$/.test(tokens[at + 1]?.text ?? '')) {
    sides.push(
      ...known
        .filter((draft) => draft.firstToken > at && draft.firstToken - at <= (tokens[at + 1]!.text === 'between' ? 6 : 3))
        .slice(0, 2),
    );
  }
  const countries = [...new Set(sides.flatMap((draft) => draft.mention.country ?? []))].slice(0, 2);
  if (countries.length === 0) {
    if (!DEFINITE.test(tokens[at - 1]?.text ?? '')) return null;
    const around = countryAround(setting, known, at);
    if (around === null) return null;
    countries.push(around);
  }
  if (countries.length === 1) {
    const other = known
      .filter((draft) => draft.mention.country !== null && gazetteer.borderOf(countries[0]!, draft.mention.country) !== null)
      .sort((a, b) => Math.abs(a.firstToken - at) - Math.abs(b.firstToken - at))[0];
    if (other === undefined) return null;
    countries.push(other.mention.country!);
  }
  const [one, two] = countries as [string, string];
  const point = gazetteer.borderOf(one, two);
  const [a, b] = [gazetteer.country(one), gazetteer.country(two)];
  if (point === null || a === null || b === null) return null;
  // The stretch of border is near the town that the sentence or the one before speaks of.
  const town = known.findLast(
    ({ firstToken, mention }) =>
      firstToken < at &&
      tokens[firstToken]!.sentence >= sentence - 1 &&
      mention.precision === 'town' &&
      countries.includes(mention.country ?? '') &&
      distanceKm({ lat: mention.lat!, lon: mention.lon! }, { lat: point[0], lon: point[1] }) < 200,
  );
  const place = countryAround(setting, known, at) === two ? b : a;
  const first = sides.length === 0 ? at - 1 : at;
  return draftMention(setting, first, at + 1, place, {
    name: `${a.name}–${b.name} border`,
    key: `${one < two ? `${one}-${two}` : `${two}-${one}`}:border`,
    lat: town?.mention.lat ?? point[0],
    lon: town?.mention.lon ?? point[1],
    precision: 'district',
    description: true,
  });
}

function resolveCountry(setting: PlaceSetting, known: readonly DraftMention[], first: number, at: number): DraftMention | null {
  const country = countryAround(setting, known, at);
  const place = country === null ? null : setting.gazetteer.country(country);
  return place === null ? null : draftMention(setting, first, at + 1, place, { description: true });
}

function resolveDefinite(
  setting: PlaceSetting,
  known: readonly DraftMention[],
  at: number,
  word: string,
  limit: number,
): DraftMention | null {
  const { tokens, gazetteer } = setting;
  const next = tokens[at + 1]?.text ?? '';
  // "the city of Mosul", "the Kobani area" name their place themselves.
  if (next === 'of' || (known.some((draft) => draft.firstToken === at + 1) && next !== "'s" && next !== '’s')) return null;
  if (COUNTRY_WORDS.has(word)) {
    if (/^['’]s$/.test(next)) {
      const part = readCompass(tokens, at + 3);
      if (part !== null && part.first === at + 2 && !/^(?:of)$/.test(tokens[at + 3]?.text ?? ''))
        return resolvePart(setting, known, at - 1, at + 3, part.compass);
    }
    return resolveCountry(setting, known, at - 1, at);
  }
  const part = readCompass(tokens, at + 1);
  if (
    part !== null &&
    part.compass !== 'centre' &&
    /^(?:in|from|to|into|across)$/i.test(tokens[at - 2]?.text ?? '') &&
    next !== 'of' &&
    tokens[at]!.upos === 'NOUN'
  ) {
    return resolvePart(setting, known, at - 1, at + 1, part.compass);
  }
  if (TOWN_WORDS.has(word)) return resolveLast(setting, known, at, ['town']);
  if (REGION_WORDS.has(word))
    return resolveLast(setting, known, at, word === 'district' ? ['district', 'province'] : word === 'island' ? ['site'] : ['province']);
  const end = headEnd(tokens, at, limit);
  // "the embassy in Cairo" is placed by Cairo.
  if (
    end === 0 ||
    !FACILITIES.has(word) ||
    (/^(?:in|at|of|near)$/.test(tokens[end]?.text ?? '') && known.some((draft) => draft.firstToken > end && draft.firstToken - end <= 3))
  )
    return null;
  const site = before(known, at).findLast((draft) => draft.mention.precision === 'site' && draft.mention.text.toLowerCase().includes(word));
  return site === undefined || gazetteer === undefined ? null : describe(setting, at - 1, end, site.mention);
}

/** "Mali's north" */
function resolveOwnPart(setting: PlaceSetting, known: readonly DraftMention[], at: number): DraftMention | null {
  const { tokens, gazetteer } = setting;
  const owner = known.find((draft) => draft.endToken === at - 1 && draft.mention.precision === 'country');
  const place = owner === undefined ? null : gazetteer.country(owner.mention.country!);
  const part = readCompass(tokens, at + 1);
  return place === null || part === null || part.first !== at || tokens[at]!.upos === 'ADJ'
    ? null
    : partMention(setting, at, at + 1, place, part.compass);
}

function resolvePart(
  setting: PlaceSetting,
  known: readonly DraftMention[],
  first: number,
  end: number,
  compass: Compass,
): DraftMention | null {
  const country = countryAround(setting, known, first);
  const place = country === null ? null : setting.gazetteer.country(country);
  return place === null ? null : partMention(setting, first, end, place, compass);
}

function partMention(setting: PlaceSetting, first: number, end: number, place: GazetteerPlace, compass: Compass): DraftMention | null {
  const point = setting.gazetteer.partOf(place.country!, compass);
  if (point === null) return null;
  return draftMention(setting, first, end, place, {
    name: `${/east|west/.test(compass) && compass.length > 5 ? compass : `${compass}ern`} ${place.name}`,
    key: `${place.key}/${compass}`,
    lat: point[0],
    lon: point[1],
    precision: 'province',
    description: true,
  });
}

function resolveLast(
  setting: PlaceSetting,
  known: readonly DraftMention[],
  at: number,
  precisions: readonly PlacePrecision[],
): DraftMention | null {
  const last = placeAround(setting, known, at, precisions);
  return last === null ? null : describe(setting, at - 1, at + 1, last);
}

/** The town or province spoken of before a token: named often and lately. */
export function placeAround(
  { tokens }: PlaceSetting,
  known: readonly DraftMention[],
  at: number,
  precisions: readonly PlacePrecision[],
  least = 0,
): PlaceMention | null {
  const votes = new Map<string, { mention: PlaceMention; weight: number }>();
  for (const draft of known) {
    const { mention, firstToken, endToken } = draft;
    if (endToken > at || !precisions.includes(mention.precision) || mention.demonym || mention.description === true) continue;
    const away = tokens[at]!.sentence - tokens[firstToken]!.sentence;
    const vote = votes.get(mention.key!) ?? { mention, weight: 0 };
    vote.weight += 0.8 ** away + 0.1;
    votes.set(mention.key!, vote);
  }
  let best: { mention: PlaceMention; weight: number } | null = null;
  for (const vote of votes.values()) if (vote.weight >= least && (best === null || vote.weight >= best.weight)) best = vote;
  return best?.mention ?? null;
}
