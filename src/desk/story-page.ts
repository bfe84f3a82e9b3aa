/**
 * A story in, its page out: its deeds as case lines, how the toll grew article by article, who tells it, and its articles in order.
 * Figures of one article stand beside the figures of the next; nothing is added up.
 */
import type { StoredCase, StoredEvent, StoryMember, StoryRow } from '../store/store.ts';
import type { CaseId } from '../vocabulary.ts';
import { type EventLine, writeEventLine } from './event-line.ts';
import { type CaseLine, layOutTriage } from './triage.ts';
import { writeDay, writeOrigins } from './words.ts';

export interface TollPoint {
  readonly article: string;
  readonly site: string | null;
  readonly published: string | null;
  readonly kind: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly source: string | null;
}

/** Another case that this one foretold, or that foretold it. */
export interface CaseLink {
  readonly words: string;
  readonly title: string;
  readonly reason: string;
  readonly story: string | null;
}

export interface StoryPage {
  readonly id: string;
  readonly title: string;
  readonly sources: string;
  readonly articles: readonly {
    readonly id: string;
    readonly title: string | null;
    readonly site: string | null;
    readonly publisher: string | null;
    readonly published: string | null;
    readonly kind: string;
    readonly copyOf: string | null;
    readonly lead: string;
    readonly reasons: readonly string[];
    readonly pinned: boolean;
    readonly events: number;
  }[];
  readonly cases: readonly (CaseLine & { readonly versions: readonly EventLine[]; readonly links: readonly CaseLink[] })[];
  readonly tolls: readonly TollPoint[];
}

export function layOutStory(
  story: StoryRow,
  members: readonly StoryMember[],
  tellings: readonly StoredEvent[],
  cases: ReadonlyMap<CaseId, StoredCase>,
  linked: ReadonlyMap<CaseId, StoredCase>,
): StoryPage {
  const [group] = layOutTriage(
    tellings.map((telling) => ({ ...telling, story: story.id })),
    cases,
    new Map([[story.id, story]]),
  );
  const byRef = new Map(tellings.map((telling) => [`${telling.article} ${telling.event.id}`, telling]));
  const tolls = tellings
    .filter((telling) => !telling.event.background)
    .flatMap((telling) =>
      telling.event.counts.map((count) => ({
        article: telling.article,
        site: telling.site,
        published: telling.published,
        kind: count.kind,
        low: count.low,
        high: count.high,
        source: count.source ?? telling.event.source,
      })),
    )
    .filter((point) => point.low !== null || point.high !== null)
    .sort((a, b) => (a.published ?? '').localeCompare(b.published ?? '') || a.article.localeCompare(b.article));
  return {
    id: story.id,
    title: story.title ?? 'Untitled',
    sources: writeOrigins(story.articles, story.originals),
    articles: [...members]
      .sort((a, b) => (a.published ?? a.fetched).localeCompare(b.published ?? b.fetched))
      .map((member) => ({
        id: member.id,
        title: member.title,
        site: member.site,
        publisher: member.publisher,
        published: member.published === null ? null : writeDay(member.published),
        kind: member.kind,
        copyOf: member.copyOf,
        lead: member.lead,
        reasons: member.reasons,
        pinned: member.pinned,
        events: member.events,
      })),
    cases: (group?.cases ?? []).map((line) => ({
      ...line,
      versions: line.refs.flatMap(({ article, event }) => {
        const telling = byRef.get(`${article} ${event}`);
        return telling ? [writeEventLine(telling)] : [];
      }),
      links: (line.caseId === null ? [] : (cases.get(line.caseId)?.links ?? [])).flatMap((link) => {
        const other = linked.get(link.case);
        if (!other) return [];
        const words = link.kind === 'later-happened' ? 'later happened' : 'foretold by';
        return [{ words, title: `${other.title}${other.day ? `, ${writeDay(other.day)}` : ''}`, reason: link.reason, story: other.story }];
      }),
    })),
    tolls,
  };
}
