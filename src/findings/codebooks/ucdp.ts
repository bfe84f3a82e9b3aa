/**
 * UCDP GED (version 23): events of organised violence with at least one death, type of violence, best, high and low, where_prec,
 * date_prec and the original source.
 */
import type { EventType } from '../../vocabulary.ts';
import { areCivilians, type Codebook, daysOf, firstOf, isReal, isStateForce, PRECISE_PLACE, rangeOfDeaths, rowId } from './codebook.ts';

const VIOLENT: ReadonlySet<EventType> = new Set([
  'armed-clash',
  'territory-taken',
  'air-strike',
  'shelling',
  'explosion',
  'suicide-bombing',
  'chemical-attack',
  'attack',
  'abduction',
  'abuse',
  'crackdown',
  'prison-break',
] as const);
const ONE_SIDED: ReadonlySet<EventType> = new Set(['attack', 'suicide-bombing', 'abduction', 'abuse', 'crackdown'] as const);

/** 1 the exact place, 2 near it, 3 the district, 4 the province, 6 the country, 7 international waters */
const WHERE_PREC: Readonly<Record<string, number | null>> = { site: 1, town: 1, district: 3, province: 4, country: 6, sea: 7, none: null };
/** 1 the day, 2 two to six days, 3 the week, 4 the month, 5 the year */
const DATE_PREC: Readonly<Record<string, number | null>> = { day: 1, week: 3, month: 4, year: 5, none: null };

export const ucdp: Codebook = {
  name: 'ucdp',
  columns: [
    'id',
    'year',
    'type_of_violence',
    'side_a',
    'side_b',
    'source_article',
    'source_office',
    'source_date',
    'source_headline',
    'source_original',
    'where_prec',
    'where_coordinates',
    'adm_1',
    'latitude',
    'longitude',
    'country_iso2',
    'event_clarity',
    'date_prec',
    'date_start',
    'date_end',
    'best',
    'high',
    'low',
  ],
  code(event, article) {
    const deaths = rangeOfDeaths(event);
    if (!isReal(event) || !VIOLENT.has(event.type) || !((deaths.high ?? 0) > 0)) return undefined;
    const { from, to, given } = daysOf(event, article);
    const sides = [firstOf(event.actors), firstOf(event.targets)];
    const states = sides.map((side) => (side ? isStateForce(side) : undefined));
    // 1 a state takes part, 2 two groups and no state, 3 against civilians; empty where the text does not tell
    const violence =
      areCivilians(event.targets) || (ONE_SIDED.has(event.type) && !states.includes(true))
        ? 3
        : states.includes(true)
          ? 1
          : states.every((state) => state === false)
            ? 2
            : null;
    const precise = event.where !== null && PRECISE_PLACE.has(event.where.precision);
    const days = from && to ? (Date.parse(to) - Date.parse(from)) / 86_400_000 : 0;
    return {
      id: rowId(event, article),
      year: from ? Number(from.slice(0, 4)) : null,
      type_of_violence: violence,
      side_a: sides[0] ?? null,
      side_b: violence === 3 ? (sides[1] ? 'Civilians' : null) : (sides[1] ?? null),
      source_article: article.url ?? article.name,
      source_office: article.publisher ?? article.site,
      source_date: article.published?.slice(0, 10) ?? null,
      source_headline: article.title,
      source_original: event.source,
      where_prec: WHERE_PREC[event.where?.precision ?? 'none'] ?? null,
      where_coordinates: event.where?.name ?? null,
      adm_1: event.where?.province ?? null,
      latitude: precise ? (event.where?.lat ?? null) : null,
      longitude: precise ? (event.where?.lon ?? null) : null,
      country_iso2: event.where?.country ?? null,
      // 1 the account is clear, 2 pieced together or doubted
      event_clarity: event.hedged || event.disputed ? 2 : 1,
      date_prec: given ? (days > 0 && days < 6 ? 2 : (DATE_PREC[event.when?.precision ?? 'none'] ?? null)) : null,
      date_start: from,
      date_end: to,
      best: deaths.best ?? deaths.low,
      high: deaths.high,
      low: deaths.low,
    };
  },
};
