/**
 * Articles with their originals, versions and texts: saved in one transaction, opened, listed and searched.
 * Corrections of people are put over every reading (corrections.ts); the rows of findings are written by findings.ts.
 */
import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type {
  ArticleId,
  ArticleRecord,
  CopyKind,
  EntityOfRecord,
  FeedId,
  NewsEvent,
  Note,
  Original,
  PlaceMention,
  Statement,
  StoryId,
  StoryUpdate,
} from '../vocabulary.ts';
import { countArticles, eachArticle, searchArticles } from './article-search.ts';
import type { StoreContext } from './context.ts';
import { articleDay, flag, parseJson, plain } from './context.ts';
import { applyCorrections, type Change, matchEvents } from './corrections.ts';
import type { Database, Value } from './database.ts';
import { putSearch, removeSearch } from './dialect.ts';
import { readStoredEvents } from './event-rows.ts';
import { type ArticleColumns, removeFindings, writeEvents, writeNames, writeStatements } from './findings.ts';
import { stems } from './fold.ts';
import { putOriginal, readOriginal } from './originals.ts';
import type { ArticleRow, ArticleTable, ArticleVersion, Saved, SaveOptions, StoredArticle } from './store.ts';
import { refreshStory } from './stories.ts';
import { applyChanges, forgetProfile, putProfile } from './story-index.ts';

export interface ArticleData {
  readonly key: number;
  readonly id: ArticleId;
  readonly name: string;
  readonly title: string | null;
  readonly lead: string;
  readonly site: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly canonical_url: string | null;
  readonly language: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly fetched: string;
  readonly day: string;
  readonly original: string | null;
  readonly feed: FeedId | null;
  readonly story: StoryId;
  readonly story_reasons: string;
  readonly story_pinned: number;
  readonly kind: CopyKind;
  readonly copy_of: ArticleId | null;
  readonly event_count: number;
  readonly statement_count: number;
  readonly version: number;
}

/** The part of a record that has no rows of its own. */
interface Rest {
  readonly article: Omit<ArticleRecord['article'], 'text'>;
  readonly entities: readonly EntityOfRecord[];
  readonly places: readonly PlaceMention[];
  readonly notes: readonly Note[];
}

export function articleRow(data: ArticleData): ArticleRow {
  return {
    id: data.id,
    name: data.name,
    title: data.title,
    site: data.site,
    publisher: data.publisher,
    url: data.url,
    language: data.language,
    published: data.published,
    updated: data.updated,
    fetched: data.fetched,
    lead: data.lead,
    story: data.story,
    kind: data.kind,
    copyOf: data.copy_of,
    events: data.event_count,
    statements: data.statement_count,
    versions: data.version,
  };
}

export function articleColumns(data: ArticleData): ArticleColumns {
  return { key: data.key, day: data.day, site: data.site, story: data.story, kind: data.kind };
}

export function findArticle(db: Database, id: string): ArticleData | undefined {
  return (
    db.get<ArticleData>('SELECT * FROM article WHERE id = ?', id) ??
    db.get<ArticleData>('SELECT a.* FROM article_alias l JOIN article a ON a.key = l.article WHERE l.alias = ?', id)
  );
}

export function readRecord(db: Database, key: number): ArticleRecord | undefined {
  const body = db.get<{ text: string; rest: string }>('SELECT text, rest FROM article_body WHERE article = ?', key);
  if (!body) return undefined;
  const rest = parseJson<Rest>(body.rest);
  return {
    article: { ...rest.article, text: body.text },
    events: readEvents(db, key),
    statements: readStatements(db, key),
    entities: rest.entities,
    places: rest.places,
    notes: rest.notes,
  };
}

export function readEvents(db: Database, article: number): NewsEvent[] {
  return db
    .all<{ body: string }>(
      'SELECT b.body AS body FROM event e JOIN event_body b ON b.event = e.key WHERE e.article = ? ORDER BY e.ordinal',
      article,
    )
    .map((row) => parseJson<NewsEvent>(row.body));
}

export function readStatements(db: Database, article: number): Statement[] {
  return db
    .all<{ body: string }>('SELECT body FROM statement WHERE article = ? ORDER BY ordinal', article)
    .map((row) => parseJson<Statement>(row.body));
}

/** Corrections of an article that were not undone, oldest first. */
export function activeChanges(db: Database, article: number): Change[] {
  return db
    .all<{ id: number; finding: string; anchor: string | null; field: string; after_value: string | null }>(
      'SELECT id, finding, anchor, field, after_value FROM correction WHERE article = ? AND undone IS NULL ORDER BY id',
      article,
    )
    .map((row) => ({
      id: row.id,
      finding: row.finding,
      anchor: row.anchor === null ? null : parseJson(row.anchor),
      field: row.field,
      after: row.after_value === null ? null : parseJson(row.after_value),
    }));
}

/** Replaces the findings of an article by this reading with the corrections over it; reviews and cases go along. */
export function putReading(
  db: Database,
  data: ArticleData,
  reading: { readonly events: readonly NewsEvent[]; readonly statements: readonly Statement[] },
  text: string,
): void {
  const before = readEvents(db, data.key);
  const beside = new Map(
    db
      .all<{ id: string; reviewed: 'open' | 'accepted' | 'discarded'; case_id: string | null }>(
        'SELECT id, reviewed, case_id FROM event WHERE article = ?',
        data.key,
      )
      .map((row) => [row.id, row]),
  );
  const changes = activeChanges(db, data.key);
  const corrected = applyCorrections(reading, changes, text);
  const was = new Map([...matchEvents(before, corrected.events)].map(([old, now]) => [now, old]));
  removeFindings(db, data.key);
  writeEvents(db, articleColumns(data), corrected.events, (event) => {
    const row = beside.get(was.get(event.id) ?? '');
    return { reviewed: row?.reviewed, case: row?.case_id, corrected: corrected.fields.get(event.id) };
  });
  writeStatements(db, articleColumns(data), corrected.statements);
  for (const change of changes) db.run('UPDATE correction SET applies = ? WHERE id = ?', flag(!corrected.idle.has(change.id)), change.id);
  for (const [now, old] of was) {
    if (now !== old) db.run('UPDATE event_review SET event = ? WHERE article = ? AND event = ?', now, data.key, old);
  }
  db.run('UPDATE article_body SET reading = ? WHERE article = ?', changes.length > 0 ? JSON.stringify(reading) : null, data.key);
  db.run(
    'UPDATE article SET event_count = ?, statement_count = ? WHERE key = ?',
    corrected.events.length,
    corrected.statements.length,
    data.key,
  );
}

const newest = (article: ArticleRecord['article']): string => article.updated ?? article.published ?? article.fetched;

function keepVersion(db: Database, key: number, version: number, record: ArticleRecord, original: string | null): void {
  db.run(
    'INSERT INTO article_version (article, version, fetched, original, record) VALUES (?, ?, ?, ?, ?)',
    key,
    version,
    record.article.fetched,
    original,
    gzipSync(JSON.stringify(record)),
  );
}

function putAliases(db: Database, key: number, record: ArticleRecord): void {
  const { id, url, canonicalUrl } = record.article;
  for (const alias of new Set([id, url, canonicalUrl])) {
    if (alias)
      db.run(
        'INSERT INTO article_alias (alias, article) VALUES (?, ?) ON CONFLICT (alias) DO UPDATE SET article = excluded.article',
        alias,
        key,
      );
  }
}

function save(context: StoreContext, record: ArticleRecord, original: Original | null, story: StoryUpdate, options: SaveOptions): Saved {
  const { db } = context;
  const { article } = record;
  if (original) putOriginal(db, original, article.fetched);
  const sha = original?.sha256 ?? null;
  const standing = findArticle(db, article.id) ?? (story.revisionOf ? findArticle(db, story.revisionOf) : undefined);
  let outcome: Saved['outcome'] = 'new';
  if (standing) {
    const before = readRecord(db, standing.key) as ArticleRecord;
    const reread = before.article.text === article.text || (sha !== null && sha === standing.original);
    if (reread) outcome = 'reread';
    else {
      const there =
        sha === null
          ? undefined
          : db.get<{ version: number }>('SELECT version FROM article_version WHERE article = ? AND original = ?', standing.key, sha);
      const older = there !== undefined || newest(article) < newest(before.article);
      putAliases(db, standing.key, record);
      if (older) {
        if (there) db.run('DELETE FROM article_version WHERE article = ? AND version = ?', standing.key, there.version);
        keepVersion(db, standing.key, there?.version ?? standing.version, record, sha);
        // Versions are numbered in the order in which they came; the one that stands has the highest number.
        if (!there) db.run('UPDATE article SET version = version + 1 WHERE key = ?', standing.key);
        return { id: standing.id, outcome: 'older-version', story: standing.story };
      }
      keepVersion(db, standing.key, standing.version, before, standing.original);
      outcome = 'revision';
    }
  }
  const id = standing?.id ?? article.id;
  const pinned = standing?.story_pinned === 1;
  const revision = standing !== undefined && story.kind === 'revision';
  const storyId = pinned ? standing.story : story.story;
  const columns: Record<string, Value> = {
    id,
    name: article.name,
    title: article.title,
    lead: article.text.slice(0, 240),
    site: article.site,
    publisher: article.publisher,
    url: article.url,
    canonical_url: article.canonicalUrl ?? null,
    language: article.language,
    published: article.published,
    updated: article.updated,
    fetched: article.fetched,
    day: articleDay(article),
    original: sha ?? standing?.original ?? null,
    feed: options.feed ?? standing?.feed ?? null,
    story: storyId,
    story_reasons: pinned ? standing.story_reasons : JSON.stringify(story.reasons),
    kind: revision ? standing.kind : story.kind,
    copy_of: revision ? standing.copy_of : story.copyOf,
    event_count: 0,
    statement_count: 0,
    version: outcome === 'revision' ? (standing?.version ?? 0) + 1 : (standing?.version ?? 1),
  };
  const names = Object.keys(columns);
  const values = Object.values(columns);
  let key: number;
  if (standing) {
    key = standing.key;
    db.run(`UPDATE article SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE key = ?`, ...values, key);
  } else {
    key = db.insert(`INSERT INTO article (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, ...values);
  }
  const { text, ...head } = article;
  const rest: Rest = { article: { ...head, id }, entities: record.entities, places: record.places, notes: record.notes };
  db.run(
    'INSERT INTO article_body (article, text, rest) VALUES (?, ?, ?) ON CONFLICT (article) DO UPDATE SET text = excluded.text, rest = excluded.rest',
    key,
    text,
    JSON.stringify(rest),
  );
  const data = db.get<ArticleData>('SELECT * FROM article WHERE key = ?', key) as ArticleData;
  putReading(db, data, record, text);
  writeNames(db, articleColumns(data), record.entities, record.places);
  putSearch(db, key, stems(article.title ?? ''), stems(text));
  if (story.profile) putProfile(db, key, story.profile);
  applyChanges(db, story);
  refreshStory(db, storyId);
  if (standing && standing.story !== storyId) refreshStory(db, standing.story);
  return { id, outcome, story: storyId };
}

export function openArticles(context: StoreContext): ArticleTable {
  const { db, ring } = context;
  const saveOne = (record: ArticleRecord, original: Original | null, story: StoryUpdate, options: SaveOptions): Saved => {
    const saved = save(context, record, original, story, options);
    // What could not be read before was read now.
    db.run('DELETE FROM failure WHERE input = ? OR input = ?', record.article.url ?? record.article.name, record.article.name);
    if (options.job !== undefined) db.run("UPDATE job SET state = 'done', leased_until = NULL WHERE id = ?", options.job);
    return saved;
  };
  return {
    saveRecord: async (record, original, story, options = {}) => {
      const saved = db.transaction(() => saveOne(record, original, story, options));
      ring('article', saved.id);
      return saved;
    },
    saveAll: async (batch) => {
      const all = db.transaction(() => batch.map(({ record, original, story, options = {} }) => saveOne(record, original, story, options)));
      for (const saved of all) ring('article', saved.id);
      return all;
    },
    get: async (id) => {
      const data = findArticle(db, id);
      const record = data && readRecord(db, data.key);
      if (!data || !record) return undefined;
      const article: StoredArticle = {
        record,
        row: articleRow(data),
        originalSha256: data.original,
        feed: data.feed,
        storyReasons: parseJson(data.story_reasons),
        events: readStoredEvents(db, 'e.article = ? ORDER BY e.ordinal', [data.key]),
      };
      return article;
    },
    find: async ({ id, url, sha256 }) => {
      const found =
        (id && findArticle(db, id)) ||
        (url &&
          (db.get<ArticleData>('SELECT * FROM article WHERE url = ? OR canonical_url = ? LIMIT 1', url, url) ?? findArticle(db, url))) ||
        (sha256 &&
          (db.get<ArticleData>('SELECT * FROM article WHERE original = ? LIMIT 1', sha256) ??
            db.get<ArticleData>(
              'SELECT a.* FROM article_version v JOIN article a ON a.key = v.article WHERE v.original = ? LIMIT 1',
              sha256,
            )));
      return found ? found.id : undefined;
    },
    search: async (filter, page) => searchArticles(db, filter, page),
    count: async (filter, cap = 10_000) => countArticles(db, filter, cap),
    versions: async (id) => {
      const data = findArticle(db, id);
      if (!data) return [];
      const rows = db.all<{ version: number; fetched: string; original: string | null; record: Uint8Array }>(
        'SELECT version, fetched, original, record FROM article_version WHERE article = ? ORDER BY version',
        data.key,
      );
      const older = rows.map(
        (row): ArticleVersion => ({
          version: row.version,
          fetched: row.fetched,
          originalSha256: row.original,
          record: parseJson(gunzipSync(row.record).toString('utf8')),
        }),
      );
      const record = readRecord(db, data.key) as ArticleRecord;
      return [...older, { version: data.version, fetched: data.fetched, originalSha256: data.original, record }];
    },
    original: async (sha256) => readOriginal(db, sha256),
    remove: async (id, who) => {
      const data = findArticle(db, id);
      if (!data) return false;
      db.transaction(() => {
        removeSearch(db, data.key);
        forgetProfile(db, data.key);
        db.run('DELETE FROM article WHERE key = ?', data.key);
        refreshStory(db, data.story);
        db.run(
          "INSERT INTO audit (who, what, subject, detail, at) VALUES (?, 'remove article', ?, ?, ?)",
          who,
          id,
          JSON.stringify(data.title),
          context.now(),
        );
      });
      ring('article', id);
      return true;
    },
    each: (filter = {}) => eachArticle(db, filter, (key) => readRecord(db, key) as ArticleRecord),
    sites: async () =>
      plain(
        db.all<{ site: string; articles: number }>(
          'SELECT site, count(*) AS articles FROM article WHERE site IS NOT NULL GROUP BY site ORDER BY articles DESC, site',
        ),
      ),
  };
}

export const newId = (): string => randomUUID();
