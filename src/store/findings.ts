/**
 * Writes what was found in one article as rows: events and statements with their filter columns, and the names that they go by.
 * Rows are always replaced as a whole; what people changed has been put in by the caller (corrections.ts).
 */
import type { CopyKind, EntityOfRecord, NewsEvent, PlaceMention, Statement } from '../vocabulary.ts';
import { GROUP_OF_TYPE } from '../vocabulary.ts';
import { eventDay, flag, mapCell } from './context.ts';
import type { Database } from './database.ts';
import { fold } from './fold.ts';
import { nameKey } from './names.ts';
import type { ReviewState } from './store.ts';

/** What an event's row takes over from its article. */
export interface ArticleColumns {
  readonly key: number;
  readonly day: string;
  readonly site: string | null;
  readonly story: string;
  readonly kind: CopyKind;
}

/** What the record knows of an event beside the finding itself. */
export interface EventColumns {
  readonly reviewed?: ReviewState | undefined;
  readonly case?: string | null | undefined;
  readonly corrected?: readonly string[] | undefined;
}

/** Sorts after every name: events without a place come last. */
const LAST = '\uffff';

export function removeFindings(db: Database, article: number): void {
  db.run('DELETE FROM event WHERE article = ?', article);
  db.run('DELETE FROM statement WHERE article = ?', article);
}

export function killedIn(event: NewsEvent): number {
  return Math.max(0, ...event.counts.filter((count) => count.kind === 'killed').map((count) => count.low ?? count.high ?? 0));
}

export function writeEvents(
  db: Database,
  article: ArticleColumns,
  events: readonly NewsEvent[],
  beside: (event: NewsEvent) => EventColumns,
): void {
  events.forEach((event, ordinal) => {
    const { reviewed = 'open', case: caseId = null, corrected = [] } = beside(event);
    const { where } = event;
    const key = db.insert(
      `INSERT INTO event (article, id, ordinal, day, type, type_group, status, hedged, disputed, background, own_voice, is_copy, reviewed,
         country, place, place_sort, lat, lon, cell, place_precision, confidence, killed, site, story, case_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      article.key,
      event.id,
      ordinal,
      eventDay(event, article.day),
      event.type,
      GROUP_OF_TYPE[event.type],
      event.status,
      flag(event.hedged),
      flag(event.disputed),
      flag(event.background),
      flag(event.source === null),
      flag(article.kind === 'copy'),
      reviewed,
      where?.country ?? null,
      where?.name ?? null,
      where?.name ? fold(where.name) : LAST,
      where?.lat ?? null,
      where?.lon ?? null,
      mapCell(where?.lat ?? null, where?.lon ?? null),
      where?.precision ?? null,
      event.confidence,
      killedIn(event),
      article.site,
      article.story,
      caseId,
    );
    db.run(
      'INSERT INTO event_body (event, body, corrected) VALUES (?, ?, ?)',
      key,
      JSON.stringify(event),
      corrected.length > 0 ? JSON.stringify(corrected) : null,
    );
    const put = (role: string, name: string | null | undefined) => {
      const named = name ? nameKey(db, name, null) : null;
      if (named !== null) db.run('INSERT INTO event_name (name, role, event) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', named, role, key);
    };
    for (const actor of event.actors) put('actor', actor.name);
    for (const target of event.targets) put('target', target.name);
    for (const weapon of event.weapons) put('weapon', weapon.words);
    put('source', event.source);
    put('place', where?.name ?? where?.words);
    put('place', where?.province);
  });
}

export function writeStatements(db: Database, article: ArticleColumns, statements: readonly Statement[]): void {
  statements.forEach((statement, ordinal) => {
    const speaker = statement.speaker === null ? null : nameKey(db, statement.speaker, null);
    db.run(
      'INSERT INTO statement (article, id, ordinal, day, act, speaker, story, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      article.key,
      statement.id,
      ordinal,
      article.day,
      statement.act,
      speaker,
      article.story,
      JSON.stringify(statement),
    );
  });
}

/** Entities and the places of the text, each with how often it is named. */
export function writeNames(
  db: Database,
  article: ArticleColumns,
  entities: readonly EntityOfRecord[],
  places: readonly PlaceMention[],
): void {
  const mentions = new Map<number, number>();
  const add = (name: string, kind: string, times: number) => {
    const key = nameKey(db, name, kind);
    if (key !== null) mentions.set(key, Math.max(mentions.get(key) ?? 0, times));
  };
  for (const entity of entities) add(entity.name, entity.kind, entity.mentions.length);
  const ofPlace = new Map<string, number>();
  for (const place of places) if (!place.demonym) ofPlace.set(place.name, (ofPlace.get(place.name) ?? 0) + 1);
  for (const [name, times] of ofPlace) add(name, 'place', times);
  db.run('DELETE FROM article_name WHERE article = ?', article.key);
  for (const [name, times] of mentions) {
    db.run('INSERT INTO article_name (name, article, day, mentions) VALUES (?, ?, ?, ?)', name, article.key, article.day, times);
  }
}
