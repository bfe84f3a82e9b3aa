/**
 * PLOVER: event type and mode, actor and recipient. Its auxiliary modes (historical, future, hypothetical, negated) are columns that
 * a record fills from status and background, so an export of everything keeps deed and threat apart.
 */
import type { EventType, Status } from '../../vocabulary.ts';
import { type Codebook, daysOf, firstOf, PRECISE_PLACE, rowId, sourcesOf } from './codebook.ts';

const TYPE_AND_MODE: Readonly<Partial<Record<EventType, readonly [string, string]>>> = {
  'armed-clash': ['ASSAULT', 'firearms'],
  'territory-taken': ['ASSAULT', 'occupy'],
  'air-strike': ['ASSAULT', 'aerial'],
  shelling: ['ASSAULT', 'heavy-weapons'],
  explosion: ['ASSAULT', 'explosives'],
  'suicide-bombing': ['ASSAULT', 'suicide-attack'],
  'chemical-attack': ['ASSAULT', 'unconventional'],
  attack: ['ASSAULT', ''],
  abduction: ['COERCE', 'abduct'],
  'sexual-violence': ['ASSAULT', 'sexual'],
  abuse: ['COERCE', 'abuse'],
  protest: ['PROTEST', 'demo'],
  riot: ['PROTEST', 'riot'],
  crackdown: ['COERCE', 'repress'],
  arrest: ['COERCE', 'arrest'],
  release: ['YIELD', 'release'],
  trial: ['COERCE', 'legal'],
  agreement: ['AGREE', ''],
  talks: ['CONSULT', ''],
  'troop-movement': ['MOBILIZE', 'troops'],
  'weapons-found': ['COERCE', 'seize'],
  destruction: ['COERCE', 'property'],
  sanction: ['SANCTION', ''],
  'recruitment-funding': ['MOBILIZE', 'militia'],
  'cyber-attack': ['ASSAULT', 'cyber'],
  aid: ['AID', ''],
};

const AUXILIARY: Readonly<Partial<Record<Status, string>>> = {
  planned: 'future',
  threatened: 'future',
  'called-for': 'hypothetical',
  feared: 'hypothetical',
  hypothetical: 'hypothetical',
  attempted: 'attempted',
  denied: 'negated',
};

export const plover: Codebook = {
  name: 'plover',
  columns: [
    'event_id',
    'event_date',
    'event_type',
    'event_mode',
    'auxiliary_mode',
    'actor_name',
    'recip_name',
    'event_loc',
    'country_iso2',
    'latitude',
    'longitude',
    'magnitude_dead',
    'source',
    'headline',
    'event_quote',
    'url',
  ],
  code(event, article) {
    const coded = TYPE_AND_MODE[event.type];
    if (!coded) return undefined;
    const withdraws = event.type === 'troop-movement' && /\b(withdr|pull|retreat|leav|evacuat)/i.test(event.mentions[0].trigger.text);
    const precise = event.where !== null && PRECISE_PLACE.has(event.where.precision);
    return {
      event_id: rowId(event, article),
      event_date: daysOf(event, article).from,
      event_type: withdraws ? 'RETREAT' : coded[0],
      event_mode: coded[1] || null,
      auxiliary_mode: AUXILIARY[event.status] ?? (event.background ? 'historical' : null),
      actor_name: firstOf(event.actors),
      recip_name: firstOf(event.targets),
      event_loc: event.where?.name ?? null,
      country_iso2: event.where?.country ?? null,
      latitude: precise ? (event.where?.lat ?? null) : null,
      longitude: precise ? (event.where?.lon ?? null) : null,
      magnitude_dead: event.counts.find(({ kind }) => kind === 'killed')?.low ?? null,
      source: sourcesOf(event, article),
      headline: article.title,
      event_quote: event.mentions[0].quote,
      url: article.url,
    };
  },
};
