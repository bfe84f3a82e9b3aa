/**
 * Lists, counts and full-text search of articles, with the piece of text around what was found.
 */
import type { ArticleRecord } from '../vocabulary.ts';
import { type ArticleData, articleRow } from './articles.ts';
import { endOf, limitOf, startAfter } from './context.ts';
import type { Database, Value } from './database.ts';
import { matchingArticles, type Piece, rankedArticles } from './dialect.ts';
import { placedStems, type Query, readQuery } from './fold.ts';
import type { ArticleFilter, ArticleHit, PageAsked, Paged } from './store.ts';

/** Of a search with more hits, only the latest added are ranked. */
const MOST_RANKED = 5000;
const SNIPPET = 240;

function condition(filter: ArticleFilter): Piece {
  const tests: string[] = [];
  const values: Value[] = [];
  for (const [sql, value] of [
    ['a.day >= ?', filter.from],
    ['a.day <= ?', filter.to],
    ['a.site = ?', filter.site],
    ['a.language = ?', filter.language],
    ['a.story = ?', filter.story],
    ['a.feed = ?', filter.feed],
  ] as const) {
    if (value === undefined) continue;
    tests.push(sql);
    values.push(value);
  }
  if (filter.originalsOnly) tests.push("a.kind <> 'copy'");
  return { sql: tests.length > 0 ? tests.join(' AND ') : '1 = 1', values };
}

export function searchArticles(db: Database, filter: ArticleFilter, page: PageAsked | undefined): Paged<ArticleHit> {
  const limit = limitOf(page);
  const where = condition(filter);
  const query = filter.words ? readQuery(filter.words) : undefined;
  const start = startAfter(page);
  if (!query) {
    const rows = db.all<ArticleData>(
      `SELECT a.* FROM article a WHERE ${where.sql} ${start ? 'AND (a.day, a.key) < (?, ?)' : ''} ORDER BY a.day DESC, a.key DESC LIMIT ${limit + 1}`,
      ...where.values,
      ...(start ?? []),
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map((row) => ({ ...articleRow(row), snippet: row.lead, marks: [] })),
      next: rows.length > limit && last ? endOf([last.day, last.key]) : null,
    };
  }
  const from = Number(start?.[0] ?? 0);
  const ranked = rankedArticles(query, where, MOST_RANKED);
  const keys = db.all<{ key: number }>(`${ranked.sql} LIMIT ${limit + 1} OFFSET ${from}`, ...ranked.values).map((row) => row.key);
  const rows = keys.slice(0, limit).map((key) => {
    const data = db.get<ArticleData>('SELECT * FROM article WHERE key = ?', key) as ArticleData;
    const text = db.get<{ text: string }>('SELECT text FROM article_body WHERE article = ?', key)?.text ?? '';
    return { ...articleRow(data), ...snippetOf(text, query) };
  });
  return { rows, next: keys.length > limit ? endOf([from + limit]) : null };
}

export function countArticles(db: Database, filter: ArticleFilter, cap: number): number {
  const where = condition(filter);
  const query = filter.words ? readQuery(filter.words) : undefined;
  const match = query ? matchingArticles(query) : undefined;
  const found = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM article a WHERE ${where.sql} ${match ? `AND a.key IN (${match.sql})` : ''} LIMIT ${cap}) AS counted`,
    ...where.values,
    ...(match?.values ?? []),
  );
  return found?.n ?? 0;
}

/** The stretch of text with the most different words of the query, cut at word boundaries. */
export function snippetOf(text: string, query: Query): { snippet: string; marks: [number, number][] } {
  const wanted = new Set(query.all.flat());
  const hits = placedStems(text).filter(
    (word) => wanted.has(word.stem) || query.beginnings.some((beginning) => word.stem.startsWith(beginning)),
  );
  let best = 0;
  let most = 0;
  for (let first = 0; first < hits.length; first++) {
    const seen = new Set<string>();
    for (let at = first; at < hits.length && (hits[at]?.end ?? 0) - (hits[first]?.start ?? 0) <= SNIPPET - 60; at++)
      seen.add(hits[at]?.stem as string);
    if (seen.size > most) {
      most = seen.size;
      best = first;
      if (most === wanted.size + query.beginnings.length) break;
    }
  }
  let start = Math.max(0, (hits[best]?.start ?? 0) - 60);
  if (start > 0) start = text.indexOf(' ', start) + 1;
  let end = Math.min(text.length, start + SNIPPET);
  if (end < text.length) end = Math.max(text.lastIndexOf(' ', end), start + 1);
  const marks = hits
    .filter((hit) => hit.start >= start && hit.end <= end)
    .map((hit): [number, number] => [hit.start - start, hit.end - start]);
  return { snippet: text.slice(start, end), marks };
}

export async function* eachArticle(
  db: Database,
  filter: ArticleFilter,
  read: (key: number) => ArticleRecord,
): AsyncGenerator<ArticleRecord> {
  const where = condition(filter);
  const query = filter.words ? readQuery(filter.words) : undefined;
  const match = query ? matchingArticles(query) : undefined;
  let start: { day: string; key: number } | undefined;
  for (;;) {
    const rows = db.all<{ day: string; key: number }>(
      `SELECT a.day AS day, a.key AS key FROM article a WHERE ${where.sql} ${match ? `AND a.key IN (${match.sql})` : ''}
       ${start ? 'AND (a.day, a.key) > (?, ?)' : ''} ORDER BY a.day, a.key LIMIT 200`,
      ...where.values,
      ...(match?.values ?? []),
      ...(start ? [start.day, start.key] : []),
    );
    for (const row of rows) yield read(row.key);
    start = rows.at(-1);
    if (rows.length < 200) return;
  }
}
