/**
 * Scores place resolution on the `where` fields of coded articles that name a place. In: the coded articles and the place
 * mentions that were read from their texts. Out: shares within 25 and 161 km and of right countries, and the misses.
 * Knows nothing of how the places were found: any reader's mentions can be scored.
 */

export interface GoldWhere {
  readonly words: string;
  readonly place: string | null;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: string;
}

export interface GoldPlaces {
  readonly id: string;
  readonly text: string;
  readonly events: readonly { readonly where: GoldWhere | null; readonly mentions: readonly { readonly quote: string }[] }[];
}

export interface ReadPlace {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: string;
  /** names an actor; taken only where nothing else is there */
  readonly demonym?: boolean;
}

export interface PlaceScore {
  /** `where` fields with coordinates whose words, or whose place, are a name that stands in the text */
  readonly count: number;
  readonly within25: number;
  readonly within161: number;
  /** right countries among those that have one */
  readonly country: number;
  readonly countries: number;
  readonly misses: readonly {
    readonly id: string;
    readonly words: string;
    readonly gold: string;
    readonly read: string;
    readonly km: number;
  }[];
}

const FINENESS = ['site', 'town', 'district', 'province', 'country', 'sea', 'none'];

export function scorePlaces(articles: readonly GoldPlaces[], placesOf: (id: string) => readonly ReadPlace[]): PlaceScore {
  const score = { count: 0, within25: 0, within161: 0, country: 0, countries: 0 };
  const misses: PlaceScore['misses'][number][] = [];
  for (const { id, text, events } of articles) {
    const places = placesOf(id);
    for (const { where, mentions } of events) {
      if (where === null || where.lat === null || where.lon === null || where.place === null) continue;
      const around = Math.max(0, text.indexOf(mentions[0]?.quote ?? ''));
      const spans = [nearestSpan(text, where.words, around), ...nameSpans(text, where.place)].filter((span) => span !== null);
      if (!/\p{Lu}/u.test(where.words.replace(/^(?:The|A|An|In|Near|Around|Outside|Across|Some|Two) /, '')) && spans.length < 2) continue;
      const read = finest(places, spans);
      const km =
        read === null || read.lat === null || read.lon === null
          ? Number.POSITIVE_INFINITY
          : distance(where.lat, where.lon, read.lat, read.lon);
      score.count++;
      if (km <= 25) score.within25++;
      if (km <= 161) score.within161++;
      else
        misses.push({
          id,
          words: where.words,
          gold: `${where.place} ${where.country} ${where.lat},${where.lon}`,
          read: read === null ? 'none' : `${read.name} ${read.country} ${read.lat},${read.lon}`,
          km: Math.round(km),
        });
      if (where.country !== null) {
        score.countries++;
        if (read?.country === where.country) score.country++;
      }
    }
  }
  return { ...score, misses };
}

type Stretch = readonly [start: number, end: number];

function nearestSpan(text: string, words: string, around: number): Stretch | null {
  let best: Stretch | null = null;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best === null || Math.abs(at - around) < Math.abs(best[0] - around)) best = [at, at + words.length];
  }
  return best;
}

/** Where the gold's own name of the place, or its first part, stands in the text. */
function nameSpans(text: string, place: string): Stretch[] {
  for (const name of [place, place.replace(/,.*$/, '')]) {
    const at = text.indexOf(name);
    if (name.length > 2 && at >= 0) return [[at, at + name.length]];
  }
  return [];
}

/** Of the places read within the words, the finest; the later of equals ("Doroud, southwest of Tehran" names Doroud first). */
function finest(places: readonly ReadPlace[], spans: readonly Stretch[]): ReadPlace | null {
  for (const [start, end] of spans) {
    const inside = places.filter((place) => place.start < end && place.end > start && place.lat !== null);
    const rank = (place: ReadPlace) => FINENESS.indexOf(place.precision) + (place.demonym ? FINENESS.length : 0);
    const ranked = inside.toSorted((a, b) => rank(a) - rank(b) || a.start - b.start);
    if (ranked[0] !== undefined) return ranked[0];
  }
  return null;
}

/** great-circle distance in km */
export function distance(lat1: number, lon1: number, lat2: number, lon2: number): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 12742 * Math.asin(Math.sqrt(h));
}
