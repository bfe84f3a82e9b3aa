/**
 * What every table of the store shares: the open database, the time, and the bell that is rung when something changed.
 * Also the small arithmetic that turns findings into plain indexed columns (days, map cells) and lists into pages.
 */
import { Failure } from '../failure.ts';
import type { Article, NewsEvent } from '../vocabulary.ts';
import type { Database, Value } from './database.ts';
import type { PageAsked, StoreChange } from './store.ts';

export interface StoreContext {
  readonly db: Database;
  readonly file: string;
  /** ISO 8601 instant */
  readonly now: () => string;
  readonly ring: (kind: StoreChange['kind'], id: string) => void;
}

const DAY = /^\d{4}-\d{2}-\d{2}/;

export function dayOf(date: string | null | undefined): string | null {
  return date && DAY.test(date) ? date.slice(0, 10) : null;
}

export function articleDay(article: Pick<Article, 'published' | 'updated' | 'fetched'>): string {
  return dayOf(article.published) ?? dayOf(article.updated) ?? dayOf(article.fetched) ?? '0000-00-00';
}

/** The day of the deed where the text gives it to the day, else the day of publication. */
export function eventDay(event: NewsEvent, published: string): string {
  return (event.when?.precision === 'day' ? dayOf(event.when.from) : null) ?? published;
}

/** Number of the one-degree cell, row by row from the south pole; null without coordinates. */
export function mapCell(lat: number | null, lon: number | null): number | null {
  if (lat === null || lon === null) return null;
  const row = Math.min(179, Math.max(0, Math.floor(lat) + 90));
  const column = (((Math.floor(lon) + 180) % 360) + 360) % 360;
  return row * 360 + column;
}

export function limitOf(page: PageAsked | undefined): number {
  return Math.min(1000, Math.max(1, Math.floor(page?.limit ?? 50)));
}

/** The place where the page before ended, as written by `endOf`. @throws Failure for a token that this store did not write */
export function startAfter(page: PageAsked | undefined): (string | number)[] | undefined {
  if (page?.after === undefined || page.after === null || page.after === '') return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(page.after, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.every((value) => typeof value === 'string' || typeof value === 'number')) return values;
  } catch {
    // not ours: said below
  }
  throw new Failure('store', 'bad-input', 'This page mark is not one that the record gave out: start from the first page.');
}

export function endOf(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** Rows fetched with one more than asked: cuts it off and says where the next page begins. */
export function toPage<Row, Shown>(
  rows: readonly Row[],
  limit: number,
  mark: (row: Row) => readonly (string | number)[],
  show: (row: Row) => Shown,
): { rows: Shown[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown.map(show), next: rows.length > limit && last !== undefined ? endOf(mark(last)) : null };
}

/** Rows as plain objects, for those that go out as they are. */
export const plain = <Row extends object>(rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row }));

export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

export const flag = (value: boolean): Value => (value ? 1 : 0);

export function parseJson<Shape>(json: string): Shape {
  return JSON.parse(json) as Shape;
}
