/**
 * Chooses for every candidate the place that is meant: by what stands beside it ("Portland, Oregon"), by the other places of
 * the article, by how well known it is. One name means one place throughout an article. In: candidates. Out: one place each,
 * or none where only a doubtful spelling speaks for it.
 */
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { PlacePrecision, Token } from '../../vocabulary.ts';
import type { PlaceCandidate } from './find-candidates.ts';
import { foldName } from './fold-name.ts';
import type { GazetteerPlace, NamedPlace } from './open-gazetteer.ts';

/** a name that may be no place at all is not taken for a smaller one than this */
const LEAST_UNSURE = 50_000;

/** What speaks for a country in the article at large. */
type Weights = ReadonlyMap<string, number>;

interface Beside {
  /** countries and provinces named right beside it */
  readonly countries: ReadonlySet<string>;
  readonly provinces: ReadonlySet<number>;
  /** what the word beside it says it is */
  readonly type: PlacePrecision | null;
}

const TYPE_OF = new Map<string, PlacePrecision>(
  Object.entries(words.types).flatMap(([precision, list]) => list.map((word) => [word, precision as PlacePrecision] as const)),
);

/** @param leaning country codes that the dateline and the headline speak for */
export function settleNamesakes(
  candidates: readonly PlaceCandidate[],
  tokens: readonly Token[],
  leaning: readonly string[],
): (GazetteerPlace | null)[] {
  const weights = weighCountries(candidates, leaning);
  const besides = candidates.map((_, i) => readBeside(candidates, i, tokens));
  const groups = new Map<string, number[]>();
  for (const [i, candidate] of candidates.entries()) {
    const name = `${foldName(candidate.text)} ${besides[i]!.type ?? ''}`;
    const group = groups.get(name);
    if (group) group.push(i);
    else groups.set(name, [i]);
  }
  const settled: (GazetteerPlace | null)[] = candidates.map(() => null);
  const order = [...groups.values()].sort(
    (a, b) => candidates[a[0]!]!.namesakes.length - candidates[b[0]!]!.namesakes.length || a[0]! - b[0]!,
  );
  const anchors: GazetteerPlace[] = [];
  for (const members of order) {
    const { namesakes } = candidates[members[0]!]!;
    const foremost = namesakes.some(({ place, match }) => match === 'main' && place.population >= 100_000);
    const scored = namesakes.map((namesake) => ({
      namesake,
      score:
        scoreAlone(namesake, besides[members[0]!]!.type) -
        (foremost && namesake.match === 'other' ? 1.5 : 0) +
        scoreCountry(namesake.place, weights) +
        scoreNear(namesake.place, anchors),
      told: members.map((i) => scoreBeside(namesake.place, besides[i]!)),
    }));
    // What stands beside one mention tells for the others too, unless they have told otherwise.
    const shared = scored.map(({ score, told }) => score + Math.max(...told));
    for (const [position, i] of members.entries()) {
      const own = besides[i]!.countries.size + besides[i]!.provinces.size > 0;
      const best = pickBest(scored, (entry, k) => (own ? entry.score + 1.2 * entry.told[position]! + 0.1 * shared[k]! : shared[k]!));
      const told = Math.max(...scored.filter(({ namesake }) => namesake.place === best).map((entry) => Math.max(...entry.told)));
      if (best !== null && (candidates[i]!.sure || told > 0 || best.noted || best.population >= LEAST_UNSURE)) settled[i] = best;
    }
    const first = settled[members[0]!];
    if (first && first.precision !== 'country' && anchors.length < 60) anchors.push(first);
  }
  return settled;
}

function pickBest<Entry extends { namesake: NamedPlace }>(
  entries: readonly Entry[],
  score: (entry: Entry, k: number) => number,
): GazetteerPlace | null {
  let best = -1;
  let top = Number.NEGATIVE_INFINITY;
  for (const [k, entry] of entries.entries()) {
    const value = score(entry, k);
    if (value > top) [best, top] = [k, value];
  }
  // A loose spelling alone, in a country of which nothing else is said, is a chance likeness.
  return best < 0 || (entries[best]!.namesake.match === 'loose' && top < 5.5) ? null : entries[best]!.namesake.place;
}

function weighCountries(candidates: readonly PlaceCandidate[], leaning: readonly string[]): Weights {
  const weights = new Map<string, number>();
  const add = (country: string | null, weight: number) => {
    if (country !== null) weights.set(country, (weights.get(country) ?? 0) + weight);
  };
  for (const country of leaning) add(country, 2);
  for (const { namesakes, people } of candidates) {
    const country = namesakes.find(({ place }) => place.precision === 'country');
    if (country !== undefined) add(country.place.country, people ? 0.7 : 1);
    else if (namesakes.length === 1 && namesakes[0]!.match !== 'loose') add(namesakes[0]!.place.country, 0.8);
    else {
      const noted = namesakes.find(({ place }) => place.noted);
      if (noted !== undefined) add(noted.place.country, 0.7);
    }
  }
  return weights;
}

const PRIOR: Readonly<Record<PlacePrecision, number>> = {
  country: 3.2,
  province: 0.4,
  town: 0.6,
  district: -0.6,
  site: 0,
  sea: 1,
  none: 1,
};

function scoreAlone({ place, match }: NamedPlace, type: PlacePrecision | null): number {
  let score = PRIOR[place.precision] + Math.log10(place.population + 10) * 0.9;
  if (place.precision === 'province') score = PRIOR.province + Math.min(5.4, Math.log10(place.population + 10) * 0.8);
  if (place.precision === 'district' && !place.noted) score -= 1;
  if (place.noted) score += 1;
  if (place.capital) score += 1;
  else if (place.seat) score += 0.6;
  if (match === 'other') score -= 0.8;
  if (match === 'loose') score -= 2;
  if (type !== null) score += place.precision === type ? 2.5 : place.precision === 'country' ? -2 : -0.8;
  return score;
}

function scoreCountry(place: GazetteerPlace, weights: Weights): number {
  if (place.country === null) return 0.5;
  let total = 0;
  for (const weight of weights.values()) total += weight;
  const weight = weights.get(place.country) ?? 0;
  return total === 0 ? 0 : 1.8 * (weight / (total + 1)) + (weight >= 0.7 ? 1.2 : 0);
}

function scoreNear(place: GazetteerPlace, anchors: readonly GazetteerPlace[]): number {
  if (place.precision === 'country') return 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (const anchor of anchors) nearest = Math.min(nearest, distanceKm(place, anchor));
  return nearest < 60 ? 1 : nearest < 200 ? 0.6 : nearest < 500 ? 0.2 : 0;
}

function scoreBeside(place: GazetteerPlace, beside: Beside): number {
  let score = 0;
  if (beside.provinces.size > 0) score += place.provinceNumber !== null && beside.provinces.has(place.provinceNumber) ? 5 : -1;
  if (beside.countries.size > 0 && place.country !== null) score += beside.countries.has(place.country) ? 3.5 : -1.5;
  return score;
}

export function distanceKm(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const [y, x] = [(a.lat - b.lat) * 111.2, (a.lon - b.lon) * 111.2 * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)];
  return Math.hypot(y, x);
}

/** "Mosul, Iraq", "Mosul (Iraq)", "Mosul in northern Iraq", "the Iraqi city of Mosul", "Iraq's Mosul", "Idlib province". */
function readBeside(candidates: readonly PlaceCandidate[], i: number, tokens: readonly Token[]): Beside {
  const own = candidates[i]!;
  const countries = new Set<string>();
  const provinces = new Set<number>();
  const note = (other: PlaceCandidate) => {
    for (const { place, match } of other.namesakes.slice(0, 6)) {
      if (place.precision === 'country' && match !== 'loose') countries.add(place.country!);
      if (place.precision === 'province' && match !== 'loose') {
        provinces.add(place.number);
        if (place.country !== null && !other.namesakes.some((namesake) => namesake.place.precision === 'country'))
          countries.add(place.country);
      }
    }
  };
  const between = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .map((token) => token.text.toLowerCase())
      .join(' ');
  let end = own.endToken;
  for (let k = i + 1; k <= i + 2 && k < candidates.length; k++) {
    const next = candidates[k]!;
    if (next.firstToken - end > 6 || next.people || tokens[next.firstToken]!.sentence !== tokens[own.firstToken]!.sentence) break;
    const gap = between(end, next.firstToken);
    if (
      !/^(?:,|\(|, in|in|, (?:a |the )?\w+ (?:city|town|village|province|district|area|region) (?:in|of)|(?:province|district|region|governorate|county|area) ?(?:,|of|in|in the)?|, (?:the )?(?:capital|city|town) of|of)(?: the)?(?: (?:north|south|east|west|central)\w*(?: - \w+)?)?(?: the)?$/.test(
        gap,
      )
    )
      break;
    if (gap === 'of' && own.namesakes[0]!.place.precision === 'country') break;
    note(next);
    end = next.endToken;
  }
  const previous = candidates[i - 1];
  if (
    previous !== undefined &&
    own.firstToken - previous.endToken <= 6 &&
    tokens[previous.firstToken]!.sentence === tokens[own.firstToken]!.sentence
  ) {
    const gap = between(previous.endToken, own.firstToken);
    if (
      previous.people &&
      /^(?:\w+ ){0,2}(?:city|town|village|province|capital|district|region|port|state|governorate|enclave|border town|stronghold)(?: city| town)?(?: of|,)?(?: the)?$/.test(
        gap,
      )
    )
      note(previous);
    else if (/^(?:'s|’s)(?: \w+){0,4}$/.test(gap)) note(previous);
  }
  return { countries, provinces, type: readType(own, tokens) };
}

function readType(own: PlaceCandidate, tokens: readonly Token[]): PlacePrecision | null {
  const after = TYPE_OF.get(tokens[own.endToken]?.text.toLowerCase() ?? '');
  if (after !== undefined && tokens[own.endToken]!.text !== 'States') return after;
  const before = tokens[own.firstToken - 1]?.text.toLowerCase();
  if (before === 'of') return TYPE_OF.get(tokens[own.firstToken - 2]?.text.toLowerCase() ?? '') ?? null;
  return before === undefined || before === 'capital' ? null : (TYPE_OF.get(before) ?? null);
}
