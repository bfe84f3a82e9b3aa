/**
 * Everything that SQLite says in its own way: pragmas, the full-text index and its match, the lease of jobs.
 * Another engine brings another file like this one; all other SQL of the store is portable.
 */
import type { Database, Value } from './database.ts';
import type { Query } from './fold.ts';

/** A piece of SQL with the values of its question marks. */
export interface Piece {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** `durable` false gives up safety against power cuts for speed: for generated test records only. */
export function setUpConnection(db: Database, options: { readonly durable: boolean; readonly maxPages: number | undefined }): void {
  db.exec('PRAGMA journal_mode = WAL');
  db.exec(`PRAGMA synchronous = ${options.durable ? 'FULL' : 'OFF'}`);
  db.exec('PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864');
  if (options.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.floor(options.maxPages)}`);
}

/** The index holds stems reckoned in code; it keeps no copy of the text. Its row number is the article's key. */
export const CREATE_SEARCH =
  'CREATE VIRTUAL TABLE IF NOT EXISTS article_search USING fts5(title, text, content=\'\', contentless_delete=1, tokenize="unicode61 remove_diacritics 0")';

export function putSearch(db: Database, article: number, title: string, text: string): void {
  removeSearch(db, article);
  db.run('INSERT INTO article_search (rowid, title, text) VALUES (?, ?, ?)', article, title, text);
}

export function removeSearch(db: Database, article: number): void {
  db.run('DELETE FROM article_search WHERE rowid = ?', article);
}

function matchExpression(query: Query): string {
  const phrase = (row: readonly string[]) => `"${row.join(' ')}"`;
  const wanted = [...query.all.map(phrase), ...query.beginnings.map((word) => `"${word}"*`)].join(' AND ');
  return query.none.length === 0 ? wanted : `(${wanted}) NOT (${query.none.map(phrase).join(' OR ')})`;
}

/** A subselect that gives the keys of the articles that match. */
export function matchingArticles(query: Query): Piece {
  return { sql: 'SELECT rowid FROM article_search WHERE article_search MATCH ?', values: [matchExpression(query)] };
}

/** From here on the matching articles are a net laid over the events in their order, not the way into them. */
const MANY_ARTICLES = 5000;
const held = new WeakMap<Database, { readonly expression: string; readonly writes: number; readonly many: boolean }>();

/**
 * A condition on the article of an event: it matches. The matching keys are gathered once into a temporary table,
 * since a page of the desk asks for list, count, facets, timeline and map of one selection.
 */
export function articleMatches(db: Database, query: Query, column: string): string {
  const expression = matchExpression(query);
  let now = held.get(db);
  if (now?.expression !== expression || now.writes !== db.writes()) {
    db.exec('CREATE TEMP TABLE IF NOT EXISTS matched (article INTEGER PRIMARY KEY)');
    db.run('DELETE FROM matched');
    const many = db.run('INSERT INTO matched SELECT rowid FROM article_search WHERE article_search MATCH ?', expression) > MANY_ARTICLES;
    now = { expression, writes: db.writes(), many };
    held.set(db, now);
  }
  // The plus keeps SQLite from starting at the articles.
  return `${now.many ? '+' : ''}${column} IN (SELECT article FROM matched)`;
}

/**
 * Keys and ranks of the `most` latest added articles that match and pass `where` (on `article a`), best first.
 * Ranking only the latest keeps a search for "killed" as quick as one for a rare name.
 */
export function rankedArticles(query: Query, where: Piece, most: number): Piece {
  return {
    sql: `SELECT key FROM (SELECT a.key AS key, bm25(article_search, 4.0, 1.0) AS rank FROM article_search JOIN article a ON a.key = article_search.rowid
      WHERE article_search MATCH ? AND ${where.sql} ORDER BY article_search.rowid DESC LIMIT ${most}) ORDER BY rank, key DESC`,
    values: [matchExpression(query), ...where.values],
  };
}

/** Takes due jobs in one statement; two processes never get the same. Values: until, kinds…, now, now, limit. */
export function leaseJobs(kinds: number): string {
  return `UPDATE job SET state = 'leased', leased_until = ?, attempts = attempts + 1 WHERE id IN (
      SELECT id FROM job WHERE kind IN (${Array(kinds).fill('?').join(', ')})
        AND ((state = 'waiting' AND run_at <= ?) OR (state = 'leased' AND leased_until <= ?))
      ORDER BY run_at, id LIMIT ?) RETURNING *`;
}

export function fileProblems(db: Database): string[] {
  const rows = db.all<{ integrity_check: string }>('PRAGMA integrity_check(20)').map((row) => row.integrity_check);
  const foreign = db.all<{ table: string; parent: string }>('PRAGMA foreign_key_check');
  return [
    ...rows.filter((row) => row !== 'ok'),
    ...foreign.slice(0, 20).map((row) => `a row of ${row.table} points to nothing in ${row.parent}`),
  ];
}

export function copyInto(db: Database, file: string): void {
  db.run('VACUUM INTO ?', file);
}

export function fileBytes(db: Database): number {
  const pages = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
  return pages * (db.get<{ page_size: number }>('PRAGMA page_size')?.page_size ?? 0);
}
