/**
 * One deed, many tellers: the events of a story parted into cases, each with its tellings, its independent origins,
 * its toll and what it has to do with earlier threats and fears. Tellings go in, CaseUpdates come out; nothing is written.
 */
import type { ArticleId, CaseId, CaseLink, CaseUpdate, EventType, StoryId, StoryIndex, Telling } from '../vocabulary.ts';
import { findOrigins } from './case-origins.ts';
import { reckonTolls } from './case-tolls.ts';
import { clusterItems } from './cluster.ts';
import { type ComparedEvent, compareEvent, REAL, sameDeedOdds, sameDeedReasons } from './same-deed.ts';

/** Events of one story that are compared; of a larger story those nearest in time. */
const MOST_TELLINGS = 160;
const FORETOLD_DAYS = 180;
const MOST_FORETOLD = 60;

export interface LinkedCases {
  readonly changed: readonly CaseUpdate[];
  readonly removed: readonly CaseId[];
}

/** Brings the cases of a story up to date after an article of it was saved. */
export async function linkCases(story: StoryId, day: string | null, index: StoryIndex): Promise<LinkedCases> {
  const tellings = await index.tellings(story, day, MOST_TELLINGS);
  const before = await index.cases([...new Set(tellings.map((telling) => telling.case).filter((id) => id !== null))]);
  const groups = groupTellings(tellings);
  const named = nameCases(groups, before);
  const drafts = groups.map((group, at) => describeCase(named[at] as CaseId, story, group));
  const links = await findLinks(drafts, groups, index, day);
  const changed = drafts.map((draft, at) => ({ ...draft, links: links[at] ?? [] }));
  const kept = new Set(changed.map((update) => update.id));
  const partly = new Set(before.filter((old) => old.tellings.some((ref) => !has(tellings, ref))).map((old) => old.id));
  return { changed, removed: before.map((old) => old.id).filter((id) => !kept.has(id) && !partly.has(id)) };
}

const has = (tellings: readonly Telling[], ref: { article: ArticleId; event: string }) =>
  tellings.some((telling) => telling.article === ref.article && telling.event.id === ref.event);

/** Parts the tellings of one story into deeds. Two events of one article are two deeds. */
export function groupTellings(tellings: readonly Telling[]): Telling[][] {
  const compared = tellings.map((telling) => compareEvent(telling.event));
  const apart: [number, number][] = [];
  const together: [number, number][] = [];
  for (const [i, first] of tellings.entries()) {
    for (const [j, second] of tellings.entries()) {
      if (j <= i) continue;
      if (first.article === second.article) apart.push([i, j]);
      else if (sameTextOf(first, second) && sameTelling(first, second)) together.push([i, j]);
    }
  }
  const odds = (i: number, j: number) => sameDeedOdds(compared[i] as ComparedEvent, compared[j] as ComparedEvent);
  const groups = clusterItems(tellings.length, odds, { apart, together });
  const parted = new Map<number, Telling[]>();
  for (const [at, telling] of tellings.entries()) {
    const group = groups[at] as number;
    parted.set(group, [...(parted.get(group) ?? []), telling]);
  }
  return [...parted.values()];
}

const sameTextOf = (a: Telling, b: Telling) =>
  a.copyOf === b.article || b.copyOf === a.article || (a.copyOf !== null && a.copyOf === b.copyOf);
const sameTelling = (a: Telling, b: Telling) => a.event.type === b.event.type && a.event.mentions[0].quote === b.event.mentions[0].quote;

/** A case keeps its id as long as most of its tellings stay together. */
function nameCases(groups: readonly (readonly Telling[])[], before: readonly CaseUpdate[]): CaseId[] {
  const votes: { group: number; id: CaseId; votes: number }[] = [];
  for (const [group, tellings] of groups.entries()) {
    for (const old of before) {
      const common = tellings.filter((telling) => telling.case === old.id).length;
      if (common > 0) votes.push({ group, id: old.id, votes: common });
    }
  }
  const named = new Map<number, CaseId>();
  const taken = new Set<CaseId>();
  for (const vote of votes.sort((a, b) => b.votes - a.votes || (a.id < b.id ? -1 : 1))) {
    if (named.has(vote.group) || taken.has(vote.id)) continue;
    named.set(vote.group, vote.id);
    taken.add(vote.id);
  }
  return groups.map((tellings, group) => {
    const id = named.get(group);
    if (id) return id;
    const [first] = [...tellings].sort(byTime) as [Telling];
    const base = `case:${first.article.slice('article:'.length)}-${first.event.id.slice('event:'.length)}`;
    let fresh = base as CaseId;
    for (let next = 2; taken.has(fresh); next++) fresh = `${base}-${next}` as CaseId;
    taken.add(fresh);
    return fresh;
  });
}

export function byTime(a: Telling, b: Telling): number {
  return (a.published ?? '9').localeCompare(b.published ?? '9') || (a.article < b.article ? -1 : a.article > b.article ? 1 : 0);
}

/** The value that most tellings give; among equals the first told. */
function mostOf<Value>(values: readonly (Value | null | undefined)[]): Value | null {
  const counts = new Map<Value, number>();
  for (const value of values) if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: Value | null = null;
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value;
  return best;
}

function describeCase(id: CaseId, story: StoryId, group: readonly Telling[]): CaseUpdate {
  const tellings = [...group].sort(byTime);
  const events = tellings.map((telling) => telling.event);
  const fine = events.map((event) => event.where).filter((where) => where?.name && where.precision !== 'country');
  const country = mostOf(events.map((event) => event.where?.country));
  const place = mostOf(fine.map((where) => where?.name)) ?? mostOf(events.map((event) => event.where?.name));
  const type = mostOf(events.map((event) => event.type)) as EventType;
  const asserted = events.filter((event) => event.status !== 'denied');
  const status = mostOf((asserted.length > 0 ? asserted : events).map((event) => event.status)) ?? 'happened';
  const day =
    mostOf(events.map((event) => (event.when?.precision === 'day' ? event.when.from?.slice(0, 10) : null))) ??
    tellings[0]?.published?.slice(0, 10) ??
    null;
  const compared = events.map(compareEvent);
  const reasons = compared.length < 2 ? [] : sameDeedReasons(compared[0] as ComparedEvent, compared.at(-1) as ComparedEvent);
  return {
    id,
    story,
    title: titleOf(type, events, place),
    type,
    status,
    day,
    place,
    country,
    tellings: tellings.map((telling) => ({ article: telling.article, event: telling.event.id })),
    origins: findOrigins(tellings),
    tolls: reckonTolls(tellings),
    disputed: events.some((event) => event.disputed) || (asserted.length > 0 && asserted.length < events.length),
    links: [],
    reasons,
  };
}

/** "prison-break: gunmen → Central Prison, Hasakah": what is known, in the words of the tellings. */
function titleOf(type: EventType, events: readonly Telling['event'][], place: string | null): string {
  const actor = mostOf(events.map((event) => event.actors[0]?.name));
  const target = mostOf(events.map((event) => event.targets[0]?.name));
  const parties = actor && target ? `${actor} → ${target}` : (actor ?? (target ? `→ ${target}` : null));
  return `${type.replace('-', ' ')}${parties ? `: ${parties}` : ''}${place ? `, ${place}` : ''}`;
}

/** Threats, plans and fears before the deed, of the same kind and place: in this story and in earlier ones. */
async function findLinks(
  drafts: readonly CaseUpdate[],
  groups: readonly (readonly Telling[])[],
  index: StoryIndex,
  day: string | null,
): Promise<CaseLink[][]> {
  const links = drafts.map((): CaseLink[] => []);
  const real = (draft: CaseUpdate) => REAL.includes(draft.status) && draft.status !== 'denied';
  const note = (deed: number, reason: string, id: CaseId) => {
    if (!links[deed]?.some((link) => link.case === id)) links[deed]?.push({ case: id, kind: 'foretold-by', reason });
  };
  for (const [deed, draft] of drafts.entries()) {
    if (!real(draft)) continue;
    for (const [other, foretold] of drafts.entries()) {
      if (real(foretold) || foretold.status === 'denied') continue;
      const reason = cameTrue(draft, groups[deed] ?? [], foretold, groups[other] ?? []);
      if (!reason) continue;
      note(deed, reason, foretold.id);
      links[other]?.push({ case: draft.id, kind: 'later-happened', reason });
    }
  }
  const deeds = [...drafts.keys()].filter(
    (at) => real(drafts[at] as CaseUpdate) && groups[at]?.some((telling) => !telling.event.background),
  );
  const countries = [...new Set(deeds.map((at) => drafts[at]?.country).filter((code) => typeof code === 'string'))];
  if (day === null || countries.length === 0) return links;
  const types = [...new Set(deeds.map((at) => (drafts[at] as CaseUpdate).type))];
  const from = new Date(Date.parse(day) - FORETOLD_DAYS * 86_400_000);
  if (Number.isNaN(from.getTime())) return links;
  const earlier = await index.toldBetween(types, countries, from.toISOString().slice(0, 10), day, MOST_FORETOLD);
  for (const telling of earlier) {
    if (REAL.includes(telling.event.status) || telling.case === null || drafts.some((draft) => draft.id === telling.case)) continue;
    for (const deed of deeds) {
      const draft = drafts[deed] as CaseUpdate;
      const asCase = {
        ...draft,
        type: telling.event.type,
        day: telling.published?.slice(0, 10) ?? null,
        place: telling.event.where?.name ?? null,
      };
      const reason = cameTrue(draft, groups[deed] ?? [], asCase, [telling]);
      if (reason) note(deed, reason, telling.case);
    }
  }
  return links;
}

/** Why the deed may be what was foretold: the same type and place, told before, and parties that do not speak against it. */
function cameTrue(deed: CaseUpdate, deeds: readonly Telling[], foretold: CaseUpdate, before: readonly Telling[]): string | undefined {
  if (deed.type !== foretold.type || deed.place === null || deed.place !== foretold.place) return undefined;
  const told = before
    .map((telling) => telling.published)
    .filter((date) => date !== null)
    .sort()[0];
  const happened = deed.day;
  if (!told || happened === null || told.slice(0, 10) >= happened) return undefined;
  const sides = (tellings: readonly Telling[], side: 'actors' | 'targets') => tellings.map((telling) => compareEvent(telling.event)[side]);
  for (const side of ['actors', 'targets'] as const) {
    const mine = new Set(sides(deeds, side).flatMap((names) => [...names]));
    const its = new Set(sides(before, side).flatMap((names) => [...names]));
    if (mine.size > 0 && its.size > 0 && ![...mine].some((name) => its.has(name))) return undefined;
  }
  const status = before[0]?.event.status ?? 'foretold';
  return `${status.replace('-', ' ')} on ${told.slice(0, 10)}, ${deed.type} in ${deed.place} on ${happened}`;
}
