/**
 * Stories as the desk lists them, and what people settle about them: merge, split, pin. The machine's grouping comes in with each article.
 */
import { randomUUID } from 'node:crypto';
import { Failure } from '../failure.ts';
import type { ArticleId, StoryId } from '../vocabulary.ts';
import { type ArticleData, articleRow, findArticle } from './articles.ts';
import type { StoreContext } from './context.ts';
import { limitOf, parseJson, startAfter, toPage } from './context.ts';
import type { Database } from './database.ts';
import type { StoryRow, StoryTable } from './store.ts';

/** Brings the story's line up to date with its articles; a story without articles goes. */
export function refreshStory(db: Database, id: string): void {
  const sums = db.get<{ articles: number; first: string | null; last: string | null }>(
    'SELECT count(*) AS articles, min(day) AS first, max(day) AS last FROM article WHERE story = ?',
    id,
  );
  if (!sums || sums.articles === 0) {
    db.run('DELETE FROM story WHERE id = ?', id);
    return;
  }
  db.run(
    `INSERT INTO story (id, articles, first_day, last_day) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET articles = excluded.articles, first_day = excluded.first_day, last_day = excluded.last_day`,
    id,
    sums.articles,
    sums.first,
    sums.last,
  );
}

/** Moves an article to another story, with all that carries the story's id. */
export function moveArticle(db: Database, article: number, story: string, reasons: readonly string[], pinned: boolean): void {
  db.run(
    'UPDATE article SET story = ?, story_reasons = ?, story_pinned = ? WHERE key = ?',
    story,
    JSON.stringify(reasons),
    pinned ? 1 : 0,
    article,
  );
  db.run('UPDATE event SET story = ? WHERE article = ?', story, article);
  db.run('UPDATE statement SET story = ? WHERE article = ?', story, article);
}

interface StoryData {
  readonly id: StoryId;
  readonly articles: number;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly pinned: number;
}

export function openStories({ db, now, ring }: StoreContext): StoryTable {
  const row = (data: StoryData): StoryRow => {
    const counts = db.get<{ originals: number; events: number }>(
      "SELECT count(CASE WHEN kind <> 'copy' THEN 1 END) AS originals, coalesce(sum(event_count), 0) AS events FROM article WHERE story = ?",
      data.id,
    );
    const title = db.get<{ title: string | null }>(
      "SELECT title FROM article WHERE story = ? AND title IS NOT NULL ORDER BY CASE WHEN kind = 'copy' THEN 1 ELSE 0 END, day, key LIMIT 1",
      data.id,
    );
    return {
      id: data.id,
      title: title?.title ?? null,
      articles: data.articles,
      originals: counts?.originals ?? 0,
      events: counts?.events ?? 0,
      firstDay: data.first_day,
      lastDay: data.last_day,
      pinned: data.pinned === 1,
    };
  };
  const log = (who: string, what: string, subject: string, detail: unknown) =>
    db.run('INSERT INTO audit (who, what, subject, detail, at) VALUES (?, ?, ?, ?, ?)', who, what, subject, JSON.stringify(detail), now());
  const wanted = (id: string): ArticleData => {
    const data = findArticle(db, id);
    if (!data) throw new Failure('store', 'not-found', `There is no article ${id} in the record.`);
    return data;
  };
  const settle = (articles: readonly ArticleData[], into: string, who: string, what: string) => {
    const reason = [`put here by ${who}`];
    for (const data of articles) moveArticle(db, data.key, into, reason, true);
    for (const id of new Set([into, ...articles.map((data) => data.story)])) refreshStory(db, id);
    db.run('UPDATE story SET pinned = 1 WHERE id = ?', into);
    log(
      who,
      what,
      into,
      articles.map((data) => ({ article: data.id, from: data.story })),
    );
  };
  return {
    list: async (filter = {}, page) => {
      const limit = limitOf(page);
      const start = startAfter(page);
      const column = filter.sort === 'largest' ? 'articles' : 'last_day';
      const rows = db.all<StoryData>(
        `SELECT * FROM story WHERE coalesce(last_day, '') >= ? AND coalesce(first_day, '') <= ? ${start ? `AND (${column}, id) < (?, ?)` : ''}
         ORDER BY ${column} DESC, id DESC LIMIT ${limit + 1}`,
        filter.from ?? '',
        filter.to ?? '9999',
        ...(start ?? []),
      );
      return toPage(rows, limit, (data) => [column === 'articles' ? data.articles : (data.last_day ?? ''), data.id], row);
    },
    get: async (id) => {
      const data = db.get<StoryData>('SELECT * FROM story WHERE id = ?', id);
      if (!data) return undefined;
      const articles = db.all<ArticleData>('SELECT * FROM article WHERE story = ? ORDER BY coalesce(published, day), key', id);
      return {
        story: row(data),
        articles: articles.map((article) => ({
          ...articleRow(article),
          reasons: parseJson<string[]>(article.story_reasons),
          pinned: article.story_pinned === 1,
        })),
      };
    },
    merge: async (into, from, who) => {
      db.transaction(() => settle(db.all<ArticleData>('SELECT * FROM article WHERE story = ?', from), into, who, 'merge stories'));
      ring('story', into);
    },
    split: async (story, articles, who) => {
      const id: StoryId = `story:${randomUUID()}`;
      db.transaction(() => settle(articles.map(wanted), id, who, 'split story'));
      ring('story', story);
      return id;
    },
    pin: async (article, story, who) => {
      db.transaction(() => settle([wanted(article)], story, who, 'pin article'));
      ring('story', story);
    },
    unpin: async (article: ArticleId, who) => {
      const data = wanted(article);
      db.transaction(() => {
        db.run('UPDATE article SET story_pinned = 0 WHERE key = ?', data.key);
        log(who, 'unpin article', data.story, article);
      });
      ring('story', data.story);
    },
  };
}
