/**
 * Whether two events, told by different articles of one story, are the same deed: type, words, place, day, who, to whom, how many.
 * Two events go in, log-odds and the reasons in plain words come out; a deed and the fear of it are never the same.
 */
import type { CountKind, EventType, NewsEvent, Participant, Status } from '../vocabulary.ts';
import { GROUP_OF_TYPE } from '../vocabulary.ts';
import { daysBetween } from './likeness.ts';
import { lightStem, wordsOf } from './words.ts';

/** An event with what it is compared by, worked out once. */
export interface ComparedEvent {
  readonly event: NewsEvent;
  readonly real: boolean;
  readonly triggers: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
  readonly place: string | null;
  readonly day: string | null;
  readonly quote: ReadonlySet<string>;
}

/** Said to be so (or denied to be), in contrast to what is only planned, threatened, feared, asked for. */
export const REAL: readonly Status[] = ['happened', 'ongoing', 'attempted', 'denied'];

/** Kinds of violence that one reporter calls this and another that. */
const VIOLENCE: readonly EventType[] = [
  'armed-clash',
  'territory-taken',
  'air-strike',
  'shelling',
  'explosion',
  'suicide-bombing',
  'chemical-attack',
  'attack',
  'prison-break',
  'riot',
  'destruction',
  'disaster',
];
const FINE = ['site', 'town', 'district'];
const IMPOSSIBLE = -100;

const stemsOf = (text: string): string[] => wordsOf(text).map((word) => word.stem);
const namesOf = (participants: readonly Participant[]): Set<string> =>
  new Set(participants.flatMap(({ name }) => stemsOf(name)).filter((stem) => stem.length > 2));

export function compareEvent(event: NewsEvent): ComparedEvent {
  return {
    event,
    real: REAL.includes(event.status),
    triggers: new Set(event.mentions.flatMap((mention) => stemsOf(mention.trigger.text).map(lightStem))),
    actors: namesOf(event.actors),
    targets: namesOf(event.targets),
    place: event.where?.name?.toLowerCase() ?? null,
    day: event.when?.precision === 'day' ? (event.when.from?.slice(0, 10) ?? null) : null,
    quote: new Set(event.mentions.flatMap((mention) => stemsOf(mention.quote)).filter((stem) => stem.length > 3)),
  };
}

export function sameDeedOdds(a: ComparedEvent, b: ComparedEvent): number {
  if (a.real !== b.real) return IMPOSSIBLE;
  return judge(a, b).odds;
}

/** Why two tellings stand in one case. */
export function sameDeedReasons(a: ComparedEvent, b: ComparedEvent): readonly string[] {
  return judge(a, b).reasons;
}

function judge(a: ComparedEvent, b: ComparedEvent): { odds: number; reasons: string[] } {
  const reasons: string[] = [];
  let odds = -0.9;
  const give = (by: number, reason?: string) => {
    odds += by;
    if (reason && by > 0) reasons.push(reason);
  };
  const sameType = a.event.type === b.event.type;
  if (sameType) give(1.2, `same type: ${a.event.type}`);
  else if (VIOLENCE.includes(a.event.type) && VIOLENCE.includes(b.event.type)) give(-0.1);
  else give(GROUP_OF_TYPE[a.event.type] === GROUP_OF_TYPE[b.event.type] ? -1.5 : -3);
  if (shared(a.triggers, b.triggers) > 0) give(1, 'the same word for it');
  if (a.place !== null && b.place !== null) {
    if (a.place === b.place) give(FINE.includes(a.event.where?.precision ?? '') ? 1.2 : 0.4, `same place: ${a.event.where?.name}`);
    else if (contains(a, b)) give(0.2);
    else give(FINE.includes(a.event.where?.precision ?? '') && FINE.includes(b.event.where?.precision ?? '') ? -2 : -0.8);
  }
  if (a.day !== null && b.day !== null) {
    const days = daysBetween(a.day, b.day);
    if (days <= 1) give(days === 0 ? 1.2 : 0.6, days === 0 ? `same day: ${a.day}` : undefined);
    else give(-3);
  }
  for (const [mine, its, word] of [
    [a.actors, b.actors, 'same doer'],
    [a.targets, b.targets, 'same target'],
  ] as const) {
    if (mine.size === 0 || its.size === 0) continue;
    if (shared(mine, its) > 0) give(0.9, word);
    else give(-0.5);
  }
  for (const kind of ['killed', 'injured', 'detained', 'escaped', 'freed'] as const) {
    const agreement = compareCounts(a.event, b.event, kind);
    if (agreement !== undefined) give(agreement ? 1 : -0.4, agreement ? `same number ${kind}` : undefined);
  }
  const common = shared(a.quote, b.quote) / Math.max(1, Math.min(a.quote.size, b.quote.size));
  give(common * 2, common >= 0.4 ? 'told in the same words' : undefined);
  return { odds, reasons };
}

function shared(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  let count = 0;
  for (const item of first) if (second.has(item)) count++;
  return count;
}

/** One place lies in the other: a town told by its province, a province by its country. */
function contains(a: ComparedEvent, b: ComparedEvent): boolean {
  const [first, second] = [a.event.where, b.event.where];
  if (first?.country !== second?.country) return false;
  const province = (where: typeof first, other: typeof second) =>
    where?.province !== undefined && where.province.toLowerCase() === other?.name?.toLowerCase();
  return province(first, second) || province(second, first) || first?.precision === 'country' || second?.precision === 'country';
}

function compareCounts(a: NewsEvent, b: NewsEvent, kind: CountKind): boolean | undefined {
  const [mine] = a.counts.filter((count) => count.kind === kind && count.low !== null);
  const [its] = b.counts.filter((count) => count.kind === kind && count.low !== null);
  return mine && its ? mine.low === its.low : undefined;
}
