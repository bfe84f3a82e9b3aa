/**
 * A StoryIndex in memory, for one batch (`watchdesk stories`) and for tests: what the store answers from its tables, answered from maps.
 */
import type {
  ArticleId,
  ArticleRecord,
  CaseId,
  CaseUpdate,
  IndexedArticle,
  StoryId,
  StoryIndex,
  StoryUpdate,
  Telling,
} from '../vocabulary.ts';
import { daysBetween } from './likeness.ts';

export interface MemoryIndex extends StoryIndex {
  /** takes an article in, with all that its arrival changes */
  add(record: ArticleRecord, update: StoryUpdate): void;
  all(): readonly MemoryEntry[];
  /** notes what cases the events belong to */
  putCases(cases: readonly CaseUpdate[]): void;
}

export interface MemoryEntry extends IndexedArticle {
  /** the article's own id; a revision's profile carries that of the article it revises */
  readonly id: ArticleId;
  readonly kind: StoryUpdate['kind'];
  readonly revisionOf: ArticleId | null;
  readonly record: ArticleRecord;
}
type Entry = MemoryEntry;

export function openMemoryIndex(): MemoryIndex {
  const entries = new Map<ArticleId, Entry>();
  const byUrl = new Map<string, ArticleId[]>();
  const bySketch = new Map<number, ArticleId[]>();
  const byTerm = new Map<string, { article: ArticleId; weight: number; day: string | null }[]>();
  const byStory = new Map<StoryId, Set<ArticleId>>();
  const push = <Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item) => {
    const list = map.get(key);
    if (list) list.push(item);
    else map.set(key, [item]);
  };
  const move = (id: ArticleId, story: StoryId) => {
    const entry = entries.get(id);
    if (!entry || entry.pinned) return;
    byStory.get(entry.story)?.delete(id);
    entries.set(id, { ...entry, story });
    if (!byStory.has(story)) byStory.set(story, new Set());
    byStory.get(story)?.add(id);
  };
  const cases = new Map<CaseId, CaseUpdate>();
  const caseOf = new Map<string, CaseId>();
  const distanceTo = (id: ArticleId, day: string | null) => {
    const its = entries.get(id)?.profile.day;
    return its && day ? daysBetween(its, day) : 0;
  };
  const tellingsOf = (entry: Entry | undefined): Telling[] =>
    entry === undefined || entry.kind === 'revision'
      ? []
      : entry.record.events.map((event) => ({
          article: entry.id,
          event,
          title: entry.record.article.title,
          site: entry.record.article.site,
          publisher: entry.record.article.publisher,
          published: entry.record.article.published,
          story: entry.story,
          copyOf: entry.copyOf,
          case: caseOf.get(`${entry.id} ${event.id}`) ?? null,
        }));
  const tally = (found: Iterable<{ readonly article: ArticleId; readonly weight: number }>) => {
    const sums = new Map<ArticleId, number>();
    for (const { article, weight } of found) sums.set(article, (sums.get(article) ?? 0) + weight);
    return [...sums]
      .map(([article, weight]) => ({ article, weight }))
      .sort((a, b) => b.weight - a.weight || (entries.get(a.article)?.order ?? 0) - (entries.get(b.article)?.order ?? 0));
  };
  return {
    add: (record, update) => {
      const { profile } = update;
      if (!profile) throw new Error('a story update without a profile cannot be indexed');
      const { id } = record.article;
      entries.set(id, {
        profile,
        story: update.story,
        pinned: false,
        copyOf: update.copyOf,
        kind: update.kind,
        revisionOf: update.revisionOf,
        order: entries.size,
        id,
        record,
      });
      for (const url of profile.urls) push(byUrl, url, update.revisionOf ?? id);
      // A later version is no article of its own.
      if (update.kind === 'revision') return;
      if (!byStory.has(update.story)) byStory.set(update.story, new Set());
      byStory.get(update.story)?.add(id);
      for (const hash of profile.sketch) push(bySketch, hash, id);
      for (const { stem, weight } of profile.lookup) push(byTerm, stem, { article: id, weight, day: profile.day });
      for (const { from, into } of update.merged ?? []) for (const member of [...(byStory.get(from) ?? [])]) move(member, into);
      for (const change of update.changes ?? []) {
        move(change.article, change.story);
        const entry = entries.get(change.article);
        if (entry)
          entries.set(change.article, {
            ...entry,
            kind: change.kind ?? entry.kind,
            copyOf: change.copyOf === undefined ? entry.copyOf : change.copyOf,
          });
      }
    },
    all: () => [...entries.values()].map((entry) => ({ ...entry, story: entries.get(entry.revisionOf ?? entry.id)?.story ?? entry.story })),
    findByUrl: async (urls) => [...new Set(urls.flatMap((url) => byUrl.get(url) ?? []))],
    findBySketch: async (hashes, limit) =>
      tally(hashes.flatMap((hash) => (bySketch.get(hash) ?? []).map((article) => ({ article, weight: 1 }))))
        .filter((found) => found.weight >= 2)
        .slice(0, limit)
        .map(({ article, weight }) => ({ article, shared: weight })),
    findByTerms: async (terms, from, to, limit) =>
      tally(
        terms.flatMap(({ stem, weight }) =>
          (byTerm.get(stem) ?? [])
            .filter(({ day }) => day === null || from === null || to === null || (day >= from && day <= to))
            .map((posting) => ({ article: posting.article, weight: weight * posting.weight })),
        ),
      ).slice(0, limit),
    articles: async (ids) => ids.map((id) => entries.get(id)).filter((entry) => entry !== undefined),
    members: async (story, day, limit) => {
      return [...(byStory.get(story) ?? [])]
        .sort((a, b) => distanceTo(a, day) - distanceTo(b, day) || (entries.get(b)?.order ?? 0) - (entries.get(a)?.order ?? 0))
        .slice(0, limit);
    },
    storySize: async (story) => byStory.get(story)?.size ?? 0,
    text: async (id) => entries.get(id)?.record.article.text,
    tellings: async (story, day, limit) => {
      const ids = [...(byStory.get(story) ?? [])].sort((a, b) => distanceTo(a, day) - distanceTo(b, day));
      return ids.flatMap((id) => tellingsOf(entries.get(id))).slice(0, limit);
    },
    toldBetween: async (types, countries, from, to, limit) =>
      [...entries.values()]
        .filter(({ profile }) => profile.day !== null && profile.day >= from && profile.day <= to)
        .flatMap(tellingsOf)
        .filter(({ event }) => types.includes(event.type) && event.where?.country != null && countries.includes(event.where.country))
        .sort((a, b) => (a.published ?? '').localeCompare(b.published ?? '') * -1)
        .slice(0, limit),
    cases: async (ids) => ids.map((id) => cases.get(id)).filter((one) => one !== undefined),
    putCases: (updates) => {
      for (const update of updates) {
        cases.set(update.id, update);
        for (const { article, event } of update.tellings) caseOf.set(`${article} ${event}`, update.id);
      }
    },
  };
}
