/**
 * Reads rows of the events table as `StoredEvent`. A condition on `event e` (with its order) comes in; it must name no other table.
 */
import type { ArticleId, CaseId, CopyKind, NewsEvent, StoryId } from '../vocabulary.ts';
import { parseJson } from './context.ts';
import type { Database, Value } from './database.ts';
import type { ReviewState, StoredEvent } from './store.ts';

export interface EventData {
  readonly key: number;
  readonly day: string;
  readonly type: string;
  readonly confidence: number;
  readonly killed: number;
  readonly place_sort: string;
  readonly reviewed: ReviewState;
  readonly story: StoryId;
  readonly case_id: CaseId | null;
  readonly body: string;
  readonly corrected: string | null;
  readonly article_id: ArticleId;
  readonly title: string | null;
  readonly site: string | null;
  readonly published: string | null;
  readonly url: string | null;
  readonly kind: CopyKind;
  readonly fetched: string;
}

const COLUMNS = `e.key AS key, e.day AS day, e.type AS type, e.confidence AS confidence, e.killed AS killed, e.place_sort AS place_sort,
  e.reviewed AS reviewed, e.story AS story, e.case_id AS case_id, b.body AS body, b.corrected AS corrected,
  a.id AS article_id, a.title AS title, a.site AS site, a.published AS published, a.url AS url, a.kind AS kind, a.fetched AS fetched`;

export function readEventData(db: Database, where: string, values: readonly Value[]): EventData[] {
  return db.all<EventData>(
    `SELECT ${COLUMNS} FROM event e JOIN event_body b ON b.event = e.key JOIN article a ON a.key = e.article WHERE ${where}`,
    ...values,
  );
}

export function storedEvent(row: EventData): StoredEvent {
  return {
    article: row.article_id,
    event: parseJson<NewsEvent>(row.body),
    title: row.title,
    site: row.site,
    published: row.published,
    url: row.url,
    kind: row.kind,
    fetched: row.fetched,
    story: row.story,
    case: row.case_id,
    day: row.day,
    reviewed: row.reviewed,
    corrected: row.corrected === null ? [] : parseJson<string[]>(row.corrected),
  };
}

export function readStoredEvents(db: Database, where: string, values: readonly Value[]): StoredEvent[] {
  return readEventData(db, where, values).map(storedEvent);
}
