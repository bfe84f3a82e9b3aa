/**
 * How the desk says things: types, statuses, fields and figures in the analyst's language.
 * Plain data and pure functions; numbers are grouped, ranges honest, days short. No clock, no locale of the machine.
 */
import type { Act, Count, CountKind, EventGroup, EventType, PlacePrecision, Status, When } from '../vocabulary.ts';

export const TYPE_WORDS: Readonly<Record<EventType, string>> = {
  'armed-clash': 'armed clash',
  'territory-taken': 'territory taken',
  'air-strike': 'air strike',
  shelling: 'shelling',
  explosion: 'explosion',
  'suicide-bombing': 'suicide bombing',
  'chemical-attack': 'chemical attack',
  attack: 'attack',
  abduction: 'abduction',
  'sexual-violence': 'sexual violence',
  abuse: 'abuse',
  protest: 'protest',
  riot: 'riot',
  crackdown: 'crackdown',
  arrest: 'arrest',
  'prison-break': 'prison break',
  release: 'release',
  trial: 'trial',
  agreement: 'agreement',
  talks: 'talks',
  'troop-movement': 'troop movement',
  'weapons-found': 'weapons found',
  destruction: 'destruction',
  displacement: 'displacement',
  sanction: 'sanction',
  'recruitment-funding': 'recruitment, funding',
  'cyber-attack': 'cyber attack',
  aid: 'aid',
  politics: 'politics',
  disaster: 'disaster',
};

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  happened: 'happened',
  ongoing: 'ongoing',
  attempted: 'attempted',
  planned: 'planned',
  threatened: 'threatened',
  'called-for': 'called for',
  feared: 'feared',
  denied: 'denied',
  hypothetical: 'hypothetical',
};

export const GROUP_WORDS: Readonly<Record<EventGroup, string>> = {
  battle: 'battle',
  'remote-violence': 'remote violence',
  'against-people': 'against people',
  unrest: 'unrest',
  custody: 'custody',
  strategic: 'strategic',
  other: 'other',
};

export const ACT_WORDS: Readonly<Record<Act, string>> = {
  assert: 'says',
  deny: 'denies',
  accuse: 'accuses',
  'claim-responsibility': 'claims responsibility',
  condemn: 'condemns',
  praise: 'praises',
  warn: 'warns',
  threaten: 'threatens',
  call: 'calls for',
  vow: 'vows',
};

export const PRECISION_WORDS: Readonly<Record<PlacePrecision, string>> = {
  site: 'exact site',
  town: 'town',
  district: 'district',
  province: 'somewhere in the province',
  country: 'somewhere in the country',
  sea: 'at sea',
  none: 'place unknown',
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 12345 → "12,345" */
export const groupDigits = (figure: number) => String(figure).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** "1 article", "3 articles" */
export const countOf = (figure: number, one: string, many = `${one}s`) => `${groupDigits(figure)} ${figure === 1 ? one : many}`;

/** "2022-01-20" → "20 Jan 2022"; what is no ISO day is given back as it is. */
export function writeDay(day: string): string {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(day);
  if (!parts) return day;
  const month = MONTHS[Number(parts[2]) - 1];
  if (!month) return day;
  return parts[3] ? `${Number(parts[3])} ${month} ${parts[1]}` : `${month} ${parts[1]}`;
}

/** When an event is, as precisely as the text says and no more; empty where it does not say. */
export function writeWhen(when: When | null): string {
  if (!when?.from) return '';
  const { from, to, precision } = when;
  if (precision === 'year') return from.slice(0, 4);
  if (precision === 'month') return writeDay(from.slice(0, 7));
  if (precision === 'week') return `week of ${writeDay(from)}`;
  if (!to || to === from) return writeDay(from);
  return from.slice(0, 7) === to.slice(0, 7) ? `${Number(from.slice(8, 10))}–${writeDay(to)}` : `${writeDay(from)} – ${writeDay(to)}`;
}

const KIND_WORDS: Readonly<Record<CountKind, string>> = {
  killed: 'killed',
  injured: 'injured',
  detained: 'detained',
  abducted: 'abducted',
  escaped: 'escaped',
  freed: 'freed',
  displaced: 'displaced',
};

/** "120–181 killed", "at least 30 injured", "up to 12 freed", "number of escaped unknown", "nobody killed" */
export function writeCount({ kind, low, high }: Pick<Count, 'kind' | 'low' | 'high'>): string {
  const word = KIND_WORDS[kind];
  if (low === null && high === null) return `number ${word} unknown`;
  if (low === 0 && high === 0) return `nobody ${word}`;
  if (high === null) return `at least ${groupDigits(low as number)} ${word}`;
  if (low === null) return `up to ${groupDigits(high)} ${word}`;
  return low === high ? `${groupDigits(low)} ${word}` : `${groupDigits(low)}–${groupDigits(high)} ${word}`;
}

/** "3 articles · 2 origins" */
export const writeOrigins = (articles: number, origins: number) => `${countOf(articles, 'article')} · ${countOf(origins, 'origin')}`;

/** "Rojava Prisons Authority", "SDF and Asayish", "SDF, Asayish and 2 others" */
export function writeNames(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  return `${names[0]}, ${names[1]} and ${countOf(names.length - 2, 'other')}`;
}
