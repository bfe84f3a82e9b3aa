/**
 * Tellings of events in, the morning's pile out: one line per real event, under its story, the most consequential first.
 * Where the stories room has made cases, its word counts; tellings without a case are joined here by type, place and day.
 * Tolls stay low to high by telling; figures of different tellers are never added.
 */
import type { CaseToll, EventRef, ReviewState, StoredCase, StoredEvent } from '../store/store.ts';
import { type CaseId, type Count, type EventGroup, type EventType, GROUP_OF_TYPE, type Status, type StoryId } from '../vocabulary.ts';
import { type EventLine, writeEventLine } from './event-line.ts';
import { groupDigits, STATUS_WORDS, TYPE_WORDS, writeCount, writeOrigins } from './words.ts';

export interface CaseLine extends EventLine {
  /** every telling of it, the one shown first */
  readonly refs: readonly EventRef[];
  readonly caseId: CaseId | null;
  readonly articles: number;
  readonly origins: number;
  readonly sources: string;
  readonly weight: number;
  /** when the newest of its articles was read */
  readonly fetched: string;
}

export interface TriageGroup {
  readonly story: StoryId;
  readonly title: string;
  readonly sources: string;
  readonly lastDay: string | null;
  readonly cases: readonly CaseLine[];
  readonly weight: number;
}

const WEIGHT_OF_GROUP: Readonly<Record<EventGroup, number>> = {
  battle: 5,
  'remote-violence': 6,
  'against-people': 6,
  unrest: 4,
  custody: 4,
  strategic: 2,
  other: 2,
};
const WEIGHT_OF_TYPE: Readonly<Partial<Record<EventType, number>>> = {
  'chemical-attack': 9,
  'suicide-bombing': 8,
  'prison-break': 7,
  'territory-taken': 7,
  talks: 1,
  politics: 2,
  agreement: 3,
  trial: 2,
  displacement: 4,
};
const WEIGHT_OF_STATUS: Readonly<Record<Status, number>> = {
  happened: 1,
  ongoing: 1,
  attempted: 0.85,
  threatened: 0.8,
  planned: 0.75,
  'called-for': 0.7,
  feared: 0.65,
  denied: 0.5,
  hypothetical: 0.3,
};

/** How much a line deserves to be read first: kind of deed, status, people killed, origins. Reading aid only, shown nowhere as a figure. */
export function weighCase(
  type: EventType,
  group: EventGroup,
  status: Status,
  killed: number,
  origins: number,
  background: boolean,
): number {
  const kind = WEIGHT_OF_TYPE[type] ?? WEIGHT_OF_GROUP[group];
  const weight = kind * WEIGHT_OF_STATUS[status] * (1 + Math.log10(1 + killed)) * (1 + 0.3 * Math.log2(1 + origins));
  return background ? weight * 0.2 : weight;
}

/** Deeds and words about deeds are never joined; "ongoing" and "happened" are one deed told at two hours. */
const reality = (status: Status) => (status === 'ongoing' ? 'happened' : status);
const placeOf = ({ event }: StoredEvent) => event.where?.key ?? event.where?.name ?? event.where?.words ?? '';

/** Joins tellings within one story: same type, same reality, no contrary place, days at most one apart. */
function joinTellings(tellings: readonly StoredEvent[]): StoredEvent[][] {
  const joined: StoredEvent[][] = [];
  for (const telling of tellings) {
    const mate = joined.find((members) => members.some((member) => couldBeOne(member, telling)));
    if (mate) mate.push(telling);
    else joined.push([telling]);
  }
  return joined;
}

function couldBeOne(a: StoredEvent, b: StoredEvent): boolean {
  // Two lines of one article are two events: the reading has already joined what one article tells twice.
  if (a.article === b.article || a.event.type !== b.event.type || reality(a.event.status) !== reality(b.event.status)) return false;
  const [here, there] = [placeOf(a), placeOf(b)];
  if (here !== there) return false;
  const [one, other] = [a.event.when?.from ?? a.day, b.event.when?.from ?? b.day];
  return one === null || other === null || Math.abs(Date.parse(one) - Date.parse(other)) <= 86_400_000;
}

const highestKilled = (counts: readonly Count[]) =>
  Math.max(0, ...counts.filter((count) => count.kind === 'killed').map((count) => count.low ?? count.high ?? 0));

/** "20–35 killed over 4 tellings": the lowest and highest figure that any telling gives. */
export function spanTolls(tellings: readonly StoredEvent[]): string {
  const kinds = [...new Set(tellings.flatMap(({ event }) => event.counts.map((count) => count.kind)))];
  return kinds
    .map((kind) => {
      const counts = tellings.flatMap(({ event }) => event.counts.filter((count) => count.kind === kind));
      const lows = counts.flatMap((count) => (count.low === null ? [] : [count.low]));
      const highs = counts.flatMap((count) => (count.high === null ? [] : [count.high]));
      const open = counts.some((count) => count.high === null && count.low !== null);
      const low = lows.length > 0 ? Math.min(...lows) : null;
      const high = Math.max(...highs, ...lows);
      if (!Number.isFinite(high)) return writeCount({ kind, low: null, high: null });
      if (open && low === high) return writeCount({ kind, low, high: null });
      return low === high ? writeCount({ kind, low, high }) : `${writeCount({ kind, low, high })}${open ? ' or more' : ''}, by teller`;
    })
    .join(' · ');
}

/** What the stories room settled on: "60–134 killed, best 123". */
export function writeCaseTolls(tolls: readonly CaseToll[]): string {
  return tolls
    .map(({ kind, low, best, high }) => {
      const word = kind as Count['kind'];
      const range = writeCount({ kind: word, low, high });
      return best !== null && best !== low && best !== high ? `${range}, best ${groupDigits(best)}` : range;
    })
    .join(' · ');
}

const REVIEW_OF = (tellings: readonly StoredEvent[]): ReviewState =>
  tellings.every((telling) => telling.reviewed === 'discarded')
    ? 'discarded'
    : tellings.some((telling) => telling.reviewed === 'accepted')
      ? 'accepted'
      : 'open';

/** The telling shown for all: one that says what the case says, original before copy, with most fields, the surest, the newest. */
const bestTelling = (tellings: readonly StoredEvent[], stored: StoredCase | undefined): StoredEvent => {
  const worth = ({ event, kind }: StoredEvent) =>
    (event.status === stored?.status ? 8 : 0) +
    (event.type === stored?.type ? 8 : 0) +
    (kind === 'original' ? 4 : 0) +
    (event.background ? 0 : 3) +
    (event.actors.length > 0 ? 1 : 0) +
    (event.targets.length > 0 ? 1 : 0) +
    (event.where ? 1 : 0) +
    (event.when?.from ? 1 : 0) +
    (event.counts.length > 0 ? 1 : 0) +
    event.confidence;
  return tellings.reduce((best, telling) => (worth(telling) > worth(best) ? telling : best));
};

/** One real event with its tellings: a case of the stories room, or tellings joined here. */
export interface Deed {
  /** stays the same while tellings are added */
  readonly key: string;
  readonly stored: StoredCase | undefined;
  readonly tellings: readonly StoredEvent[];
}

/** Gathers the tellings of one story into deeds. */
function gatherDeeds(tellings: readonly StoredEvent[], cases: ReadonlyMap<CaseId, StoredCase>): readonly Deed[] {
  const known = new Map<CaseId, StoredEvent[]>();
  const loose: StoredEvent[] = [];
  for (const telling of tellings) {
    if (telling.case !== null && cases.has(telling.case)) known.set(telling.case, [...(known.get(telling.case) ?? []), telling]);
    else loose.push(telling);
  }
  return [
    ...[...known].map(([id, of]) => ({ key: id as string, stored: cases.get(id), tellings: of })),
    ...joinTellings(loose).map((of) => {
      const [first] = of as [StoredEvent, ...StoredEvent[]];
      return {
        key: `${first.story} ${first.event.type} ${reality(first.event.status)} ${placeOf(first)}`,
        stored: undefined,
        tellings: of,
      };
    }),
  ];
}

/** All deeds of these tellings, story by story. */
export function listDeeds(tellings: readonly StoredEvent[], cases: ReadonlyMap<CaseId, StoredCase>): readonly Deed[] {
  const byStory = new Map<StoryId, StoredEvent[]>();
  for (const telling of tellings) byStory.set(telling.story, [...(byStory.get(telling.story) ?? []), telling]);
  return [...byStory.values()].flatMap((of) => gatherDeeds(of, cases));
}

/** Of whom a telling has it: the case's word, else its named source, else the article itself. A copy has it from nobody new. */
export function originOf(telling: StoredEvent, stored: StoredCase | undefined): string | null {
  const known = stored?.origins.find((origin) => origin.articles.includes(telling.article));
  if (known) return known.name;
  return telling.kind === 'copy' ? null : (telling.event.source ?? telling.article);
}

export function writeCaseLine(tellings: readonly StoredEvent[], stored: StoredCase | undefined): CaseLine {
  const shown = bestTelling(tellings, stored);
  const line = writeEventLine(shown);
  // The case's word on what and whether counts before that of the telling shown.
  const type = stored?.type ?? line.type;
  const status = stored?.status ?? line.status;
  const articles = new Set(tellings.map((telling) => telling.article)).size;
  // Without the stories room's word: every article that is no copy is taken for an origin of its own, save those that lean on one named source.
  const origins =
    stored?.origins.length || new Set(tellings.map((telling) => originOf(telling, stored)).filter((origin) => origin !== null)).size;
  const killed = Math.max(0, ...tellings.map((telling) => highestKilled(telling.event.counts)));
  const toll = stored?.tolls.length ? writeCaseTolls(stored.tolls) : tellings.length > 1 ? spanTolls(tellings) : line.toll;
  return {
    ...line,
    type,
    typeWords: TYPE_WORDS[type],
    group: GROUP_OF_TYPE[type],
    status,
    statusWords: STATUS_WORDS[status],
    disputed: stored?.disputed || tellings.some((telling) => telling.event.disputed),
    background: tellings.every((telling) => telling.event.background),
    toll,
    refs: [shown, ...tellings.filter((telling) => telling !== shown)].map(({ article, event }) => ({ article, event: event.id })),
    caseId: stored?.id ?? null,
    fetched:
      tellings
        .map((telling) => telling.fetched)
        .sort()
        .at(-1) ?? '',
    articles,
    origins: Math.max(1, origins),
    sources: writeOrigins(articles, Math.max(1, origins)),
    reviewed: stored && stored.reviewed !== 'open' ? stored.reviewed : REVIEW_OF(tellings),
    weight: weighCase(
      type,
      GROUP_OF_TYPE[type],
      status,
      killed,
      Math.max(1, origins),
      tellings.every((telling) => telling.event.background),
    ),
  };
}

/**
 * @param tellings events of the record in any order
 * @param cases what the stories room knows of them, by id
 * @param stories title, articles and originals by story
 */
export function layOutTriage(
  tellings: readonly StoredEvent[],
  cases: ReadonlyMap<CaseId, StoredCase>,
  stories: ReadonlyMap<
    StoryId,
    { readonly title: string | null; readonly articles: number; readonly originals: number; readonly lastDay: string | null }
  >,
): readonly TriageGroup[] {
  const byStory = new Map<StoryId, StoredEvent[]>();
  for (const telling of tellings) {
    const members = byStory.get(telling.story);
    if (members) members.push(telling);
    else byStory.set(telling.story, [telling]);
  }
  const groups = [...byStory].map(([story, members]) => {
    const lines = gatherDeeds(members, cases)
      .map((deed) => writeCaseLine(deed.tellings, deed.stored))
      .sort((a, b) => b.weight - a.weight || a.event.localeCompare(b.event));
    const about = stories.get(story);
    const title = about?.title ?? members.find((member) => member.kind === 'original')?.title ?? members[0]?.title ?? 'Untitled';
    return {
      story,
      title,
      sources: about
        ? writeOrigins(about.articles, about.originals)
        : writeOrigins(new Set(members.map((member) => member.article)).size, 1),
      lastDay: about?.lastDay ?? null,
      cases: lines,
      weight: (lines[0]?.weight ?? 0) + 0.05 * lines.length,
    };
  });
  return groups.sort((a, b) => b.weight - a.weight || a.story.localeCompare(b.story));
}
