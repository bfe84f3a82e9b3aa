/**
 * ACLED's codebook (2023/24): event type and sub-event type, actors, time and geo precision, fatalities by its rules.
 * Interaction codes are left empty: they need a country expert's knowledge of each group.
 */
import type { Article, EventType, NewsEvent } from '../../vocabulary.ts';
import {
  areCivilians,
  type Codebook,
  daysOf,
  firstOf,
  isReal,
  isStateForce,
  killedOf,
  othersOf,
  PRECISE_PLACE,
  rowId,
  sourcesOf,
} from './codebook.ts';

type Sub = readonly [disorder: string, type: string, sub: string];
const VIOLENCE = 'Political violence';
const STRATEGIC = 'Strategic developments';

const SUB_EVENT: Readonly<Partial<Record<EventType, Sub>>> = {
  'armed-clash': [VIOLENCE, 'Battles', 'Armed clash'],
  'territory-taken': [VIOLENCE, 'Battles', 'Non-state actor overtakes territory'],
  'air-strike': [VIOLENCE, 'Explosions/Remote violence', 'Air/drone strike'],
  shelling: [VIOLENCE, 'Explosions/Remote violence', 'Shelling/artillery/missile attack'],
  explosion: [VIOLENCE, 'Explosions/Remote violence', 'Remote explosive/landmine/IED'],
  'suicide-bombing': [VIOLENCE, 'Explosions/Remote violence', 'Suicide bomb'],
  'chemical-attack': [VIOLENCE, 'Explosions/Remote violence', 'Chemical weapon'],
  attack: [VIOLENCE, 'Violence against civilians', 'Attack'],
  abduction: [VIOLENCE, 'Violence against civilians', 'Abduction/forced disappearance'],
  'sexual-violence': [VIOLENCE, 'Violence against civilians', 'Sexual violence'],
  abuse: [VIOLENCE, 'Violence against civilians', 'Attack'],
  protest: ['Demonstrations', 'Protests', 'Peaceful protest'],
  riot: ['Demonstrations', 'Riots', 'Violent demonstration'],
  crackdown: ['Political violence; Demonstrations', 'Protests', 'Excessive force against protesters'],
  arrest: [STRATEGIC, STRATEGIC, 'Arrests'],
  agreement: [STRATEGIC, STRATEGIC, 'Agreement'],
  'troop-movement': [STRATEGIC, STRATEGIC, 'Change to group/activity'],
  'recruitment-funding': [STRATEGIC, STRATEGIC, 'Change to group/activity'],
  'weapons-found': [STRATEGIC, STRATEGIC, 'Disrupted weapons use'],
  destruction: [STRATEGIC, STRATEGIC, 'Looting/property destruction'],
  disaster: undefined,
};

function subEventOf(event: NewsEvent): Sub | undefined {
  if (event.type === 'disaster') return undefined;
  const quote = event.mentions[0].quote;
  if (event.type === 'territory-taken' && event.actors.some(({ name }) => isStateForce(name) === true))
    return [VIOLENCE, 'Battles', 'Government regains territory'];
  if (event.type === 'explosion' && /\bgrenades?\b/i.test(`${quote} ${event.weapons.map(({ words }) => words).join(' ')}`))
    return [VIOLENCE, 'Explosions/Remote violence', 'Grenade'];
  if (event.type === 'troop-movement' && /\b(base|headquarters|outpost)\b/i.test(quote) && /\b(open|set up|establish|built)/i.test(quote))
    return [STRATEGIC, STRATEGIC, 'Headquarters or base established'];
  if (event.type === 'riot' && /\b(mob|lynch)/i.test(quote)) return ['Demonstrations', 'Riots', 'Mob violence'];
  return SUB_EVENT[event.type] ?? [STRATEGIC, STRATEGIC, 'Other'];
}

/** 1 the day is known, 2 the week, 3 the month; longer spans are not coded. */
const TIME_PRECISION: Readonly<Record<string, number | null>> = { day: 1, week: 2, month: 3, year: null, none: null };
/** 1 the place itself, 2 somewhere in the district, 3 no closer than the province */
const GEO_PRECISION: Readonly<Record<string, number | null>> = {
  site: 1,
  town: 1,
  district: 2,
  province: 3,
  country: null,
  sea: 3,
  none: null,
};

/**
 * Fatalities as ACLED enters them: only those reported, the most conservative figure, "dozens" as 12, "hundreds" as 100,
 * an unknown number of dead as 3 (10 is ACLED's figure for active war zones, which needs a judgement we do not make).
 */
export function countFatalities(event: NewsEvent): number {
  const figures = killedOf(event).map(({ low, high, words }) => {
    const vague = /\b(tens of thousands|hundreds of thousands|thousands|hundreds|dozens|scores)\b/i.exec(words)?.[1]?.toLowerCase();
    if (vague && !/\d/.test(words))
      return (
        { dozens: 12, scores: 12, hundreds: 100, thousands: 1000, 'tens of thousands': 10_000, 'hundreds of thousands': 100_000 }[vague] ??
        3
      );
    return low ?? (high === null ? 3 : Math.min(high, 3));
  });
  return figures.length > 0 ? Math.min(...figures) : 0;
}

export const acled: Codebook = {
  name: 'acled',
  columns: [
    'event_id',
    'event_date',
    'year',
    'time_precision',
    'disorder_type',
    'event_type',
    'sub_event_type',
    'actor1',
    'assoc_actor_1',
    'actor2',
    'assoc_actor_2',
    'civilian_targeting',
    'country_iso2',
    'admin1',
    'location',
    'latitude',
    'longitude',
    'geo_precision',
    'source',
    'notes',
    'fatalities',
    'url',
  ],
  code(event: NewsEvent, article: Article) {
    const sub = subEventOf(event);
    if (!sub || !isReal(event)) return undefined;
    const { from, given } = daysOf(event, article);
    const [disorder, type, name] = sub;
    const precise = event.where !== null && PRECISE_PLACE.has(event.where.precision);
    return {
      event_id: rowId(event, article),
      event_date: from,
      year: from ? Number(from.slice(0, 4)) : null,
      time_precision: given ? (TIME_PRECISION[event.when?.precision ?? 'none'] ?? null) : null,
      disorder_type: disorder,
      event_type: type,
      sub_event_type: name,
      actor1: firstOf(event.actors),
      assoc_actor_1: othersOf(event.actors),
      actor2: firstOf(event.targets),
      assoc_actor_2: othersOf(event.targets),
      civilian_targeting:
        type === 'Violence against civilians' || (disorder === VIOLENCE && areCivilians(event.targets)) ? 'Civilian targeting' : null,
      country_iso2: event.where?.country ?? null,
      admin1: event.where?.province ?? null,
      location: event.where?.name ?? null,
      latitude: precise ? (event.where?.lat ?? null) : null,
      longitude: precise ? (event.where?.lon ?? null) : null,
      geo_precision: GEO_PRECISION[event.where?.precision ?? 'none'] ?? null,
      source: sourcesOf(event, article),
      notes: event.mentions[0].quote,
      fatalities: countFatalities(event),
      url: article.url,
    };
  },
};
