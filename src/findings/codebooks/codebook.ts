/**
 * What all codebooks share: an event of a record in, its day, place, sides and deaths as a coder of event data would enter them.
 * Only what the text says is entered; what it does not say stays empty.
 */
import type { Article, Count, NewsEvent, Participant } from '../../vocabulary.ts';

/** One row of an export: column to value; null is an empty cell. */
export type CodedRow = Readonly<Record<string, string | number | null>>;

export interface Codebook {
  readonly name: string;
  readonly columns: readonly string[];
  /** undefined: the codebook has no place for such an event */
  readonly code: (event: NewsEvent, article: Article) => CodedRow | undefined;
}

/** Codebooks hold what is so: deeds that happened or go on. */
export const isReal = ({ status }: NewsEvent): boolean => status === 'happened' || status === 'ongoing';

/** First and last day; the day of publication where the text names none, and then `given` is false. */
export function daysOf(
  event: NewsEvent,
  article: Article,
): { readonly from: string | null; readonly to: string | null; readonly given: boolean } {
  const from = event.when?.from ?? null;
  if (from) return { from: from.slice(0, 10), to: (event.when?.to ?? from).slice(0, 10), given: true };
  const published = article.published?.slice(0, 10) ?? null;
  return { from: published, to: published, given: false };
}

const named = (people: readonly Participant[]) => people.map(({ name }) => name);
export const firstOf = (people: readonly Participant[]): string | null => people[0]?.name ?? null;
export const othersOf = (people: readonly Participant[]): string | null => named(people).slice(1).join('; ') || null;

/** Words that name forces of a state; "rebel army" and the like are none. */
const STATE =
  /\b(army|armed forces|police|policemen|government|military|air force|navy|troops|soldiers?|security forces|coalition|ministry|border guards?|gendarmes?|special forces|national guard|marines?|counter-?terrorism service|authorities)\b/i;
const NOT_STATE =
  /\b(rebels?|militants?|insurgents?|jihadis?t?s?|islamic state|guerrillas?|opposition|separatists?|gang|cartel|lord's resistance|liberation army|free syrian army|people's defence|militia)\b/i;
/** Whether a side is the state's: true or false where its name says so, undefined where it does not. */
export function isStateForce(name: string): boolean | undefined {
  if (NOT_STATE.test(name)) return false;
  return STATE.test(name) ? true : undefined;
}

const CIVILIAN =
  /\b(civilians?|people|residents?|villagers?|protesters?|demonstrators?|women|children|students?|journalists?|worshippers?|aid workers?|tourists?|passengers?|refugees?|migrants?|pilgrims?|shoppers?|teachers?|girls|boys|hostages?|workers?|patients?|priests?)\b/i;
export const areCivilians = (people: readonly Participant[]): boolean => people.some(({ name }) => CIVILIAN.test(name));

export const killedOf = ({ counts }: NewsEvent): readonly Count[] => counts.filter(({ kind }) => kind === 'killed');

/** Low, best and high over rival tolls: the lowest low, the highest high, and the figure most sources give (the lower on a tie). */
export function rangeOfDeaths(event: NewsEvent): {
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
} {
  const killed = killedOf(event);
  const lows = killed.flatMap(({ low }) => (low === null ? [] : [low]));
  const highs = killed.flatMap(({ low, high }) => (high === null ? (low === null ? [] : [low]) : [high]));
  if (lows.length === 0 && highs.length === 0) return { low: null, best: null, high: null };
  const tally = new Map<number, number>();
  for (const low of lows) tally.set(low, (tally.get(low) ?? 0) + 1);
  const best = [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null;
  return { low: lows.length > 0 ? Math.min(...lows) : 0, best, high: Math.max(...highs) };
}

/** Whom the account rests on, in the order of the chain: who says it, then the publisher, then the site. */
export const sourcesOf = (event: NewsEvent, article: Article): string =>
  [event.source, article.publisher, article.site].filter((name, index, all) => name && all.indexOf(name) === index).join('; ');

export const PRECISE_PLACE: ReadonlySet<string> = new Set(['site', 'town', 'district']);
export const rowId = (event: NewsEvent, article: Article): string =>
  `${article.id.replace(/^article:/, '')}-${event.id.replace(/^event:/, '')}`;
