/**
 * The books that intake keeps: feeds with their schedule and health, inputs that could not be read, and the queue of work.
 * Schedules and back-off are reckoned by the caller; the times come in as instants.
 */
import { randomUUID } from 'node:crypto';
import type { FailureCode } from '../failure.ts';
import type { FeedId, Room } from '../vocabulary.ts';
import type { StoreContext } from './context.ts';
import { flag, limitOf, marks, parseJson, plain, startAfter, toPage } from './context.ts';
import type { Value } from './database.ts';
import { leaseJobs } from './dialect.ts';
import type { FailureTable, Feed, FeedHealth, FeedTable, Job, JobState, JobTable, StoredFailure } from './store.ts';

interface FeedData {
  readonly id: FeedId;
  readonly url: string;
  readonly title: string | null;
  readonly site: string | null;
  readonly added: string;
  readonly active: number;
  readonly every_seconds: number;
  readonly next_poll: string | null;
  readonly last_poll: string | null;
  readonly last_success: string | null;
  readonly last_new: string | null;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly failures: number;
  readonly last_failure: string | null;
  readonly articles: number;
}

const QUIET_DAYS = 14;
const FEEDS = 'SELECT f.*, (SELECT count(*) FROM article a WHERE a.feed = f.id) AS articles FROM feed f';
const HALF_HOUR = 1800;

export function openFeeds({ db, now, ring }: StoreContext): FeedTable {
  const health = (data: FeedData): FeedHealth => {
    if (data.active === 0) return 'stopped';
    if (data.failures > 0) return 'failing';
    if (data.last_poll === null) return 'new';
    const since = data.last_new ?? data.added;
    return Date.parse(now()) - Date.parse(since) > QUIET_DAYS * 86_400_000 ? 'quiet' : 'well';
  };
  const feedOf = (data: FeedData): Feed => ({
    id: data.id,
    url: data.url,
    title: data.title,
    site: data.site,
    added: data.added,
    active: data.active === 1,
    everySeconds: data.every_seconds,
    nextPoll: data.next_poll,
    lastPoll: data.last_poll,
    lastSuccess: data.last_success,
    lastNew: data.last_new,
    etag: data.etag,
    lastModified: data.last_modified,
    failures: data.failures,
    lastFailure: data.last_failure,
    health: health(data),
    articles: data.articles,
  });
  const one = (id: string): Feed | undefined => {
    const data = db.get<FeedData>(`${FEEDS} WHERE f.id = ?`, id);
    return data && feedOf(data);
  };
  return {
    add: async ({ url, title = null, site = null, everySeconds = HALF_HOUR }) => {
      const there = db.get<{ id: string }>('SELECT id FROM feed WHERE url = ?', url);
      if (there) return one(there.id) as Feed;
      const id: FeedId = `feed:${randomUUID()}`;
      db.run(
        'INSERT INTO feed (id, url, title, site, added, every_seconds, next_poll) VALUES (?, ?, ?, ?, ?, ?, ?)',
        id,
        url,
        title,
        site,
        now(),
        everySeconds,
        now(),
      );
      ring('feed', id);
      return one(id) as Feed;
    },
    get: async (id) => one(id),
    list: async () => db.all<FeedData>(`${FEEDS} ORDER BY coalesce(f.title, f.url), f.id`).map(feedOf),
    due: async (limit = 50) =>
      db.all<FeedData>(`${FEEDS} WHERE f.active = 1 AND f.next_poll <= ? ORDER BY f.next_poll, f.id LIMIT ?`, now(), limit).map(feedOf),
    polled: async (id, result) => {
      const before = one(id);
      if (!before) return undefined;
      db.run(
        `UPDATE feed SET last_poll = ?, next_poll = ?, last_success = ?, last_new = ?, etag = ?, last_modified = ?, title = ?, failures = ?, last_failure = ?
         WHERE id = ?`,
        now(),
        result.nextPoll,
        result.ok ? now() : before.lastSuccess,
        result.newArticles > 0 ? now() : before.lastNew,
        result.etag === undefined ? before.etag : result.etag,
        result.lastModified === undefined ? before.lastModified : result.lastModified,
        before.title ?? result.title ?? null,
        result.ok ? 0 : before.failures + 1,
        result.ok ? null : (result.message ?? 'no answer'),
        id,
      );
      ring('feed', id);
      return one(id);
    },
    change: async (id, to) => {
      const before = one(id);
      if (!before) return undefined;
      db.run(
        'UPDATE feed SET title = ?, active = ?, every_seconds = ?, next_poll = ? WHERE id = ?',
        to.title === undefined ? before.title : to.title,
        flag(to.active ?? before.active),
        to.everySeconds ?? before.everySeconds,
        to.nextPoll ?? before.nextPoll,
        id,
      );
      ring('feed', id);
      return one(id);
    },
    remove: async (id) => {
      const removed = db.run('DELETE FROM feed WHERE id = ?', id) > 0;
      if (removed) ring('feed', id);
      return removed;
    },
  };
}

interface FailureData {
  readonly id: number;
  readonly input: string;
  readonly room: Room;
  readonly code: FailureCode;
  readonly message: string;
  readonly at: string;
  readonly attempts: number;
  readonly retry_at: string | null;
  readonly feed: FeedId | null;
}

function failureOf(data: FailureData): StoredFailure {
  const { retry_at: retryAt, ...same } = data;
  return { ...same, retryAt };
}

export function openFailures({ db, now, ring }: StoreContext): FailureTable {
  return {
    note: async ({ input, room, code, message, retryAt = null, feed = null }) => {
      db.run(
        `INSERT INTO failure (input, room, code, message, at, retry_at, feed) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (input) DO UPDATE SET room = excluded.room, code = excluded.code, message = excluded.message, at = excluded.at,
           retry_at = excluded.retry_at, feed = coalesce(excluded.feed, failure.feed), attempts = failure.attempts + 1`,
        input,
        room,
        code,
        message,
        now(),
        retryAt,
        feed,
      );
      ring('failure', input);
      return failureOf(db.get<FailureData>('SELECT * FROM failure WHERE input = ?', input) as FailureData);
    },
    list: async (filter = {}, page) => {
      const limit = limitOf(page);
      const tests = ['1 = 1'];
      const values: Value[] = [];
      for (const [test, value] of [
        ['code = ?', filter.code],
        ['feed = ?', filter.feed],
      ] as const) {
        if (value === undefined) continue;
        tests.push(test);
        values.push(value);
      }
      const start = startAfter(page);
      if (start) {
        tests.push('id < ?');
        values.push(...start);
      }
      const rows = db.all<FailureData>(`SELECT * FROM failure WHERE ${tests.join(' AND ')} ORDER BY id DESC LIMIT ${limit + 1}`, ...values);
      return toPage(rows, limit, (data) => [data.id], failureOf);
    },
    counts: async () =>
      plain(
        db.all<{ code: FailureCode; count: number }>('SELECT code, count(*) AS count FROM failure GROUP BY code ORDER BY count DESC, code'),
      ),
    dismiss: async (id) => {
      const removed = db.run('DELETE FROM failure WHERE id = ?', id) > 0;
      if (removed) ring('failure', String(id));
      return removed;
    },
  };
}

interface JobData {
  readonly id: number;
  readonly kind: string;
  readonly job_key: string;
  readonly payload: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly run_at: string;
  readonly last_error: string | null;
}

function jobOf(data: JobData): Job {
  return {
    id: data.id,
    kind: data.kind,
    key: data.job_key,
    payload: parseJson(data.payload),
    state: data.state,
    attempts: data.attempts,
    runAt: data.run_at,
    lastError: data.last_error,
  };
}

export function countJobs({ db }: StoreContext): Record<JobState, number> {
  const counts = { waiting: 0, leased: 0, done: 0, dead: 0 };
  for (const row of db.all<{ state: JobState; n: number }>('SELECT state, count(*) AS n FROM job GROUP BY state'))
    counts[row.state] = row.n;
  return counts;
}

export function openJobs(context: StoreContext): JobTable {
  const { db, now } = context;
  const add = (job: Parameters<JobTable['add']>[0]): number =>
    db.run(
      "INSERT INTO job (kind, job_key, payload, state, run_at) VALUES (?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING",
      job.kind,
      job.key,
      JSON.stringify(job.payload ?? null),
      job.runAt ?? now(),
    );
  return {
    add: async (job) => {
      add(job);
      const row = db.get<JobData>("SELECT * FROM job WHERE kind = ? AND job_key = ? AND state IN ('waiting', 'leased')", job.kind, job.key);
      return jobOf(row as JobData);
    },
    addAll: async (jobs) => db.transaction(() => jobs.reduce((added, job) => added + add(job), 0)),
    lease: async (kinds, limit, seconds) => {
      if (kinds.length === 0) return [];
      const at = now();
      const until = new Date(Date.parse(at) + seconds * 1000).toISOString();
      return db
        .all<JobData>(leaseJobs(kinds.length), until, ...kinds, at, at, limit)
        .map(jobOf)
        .sort((a, b) => (a.runAt < b.runAt ? -1 : a.runAt > b.runAt ? 1 : a.id - b.id));
    },
    done: async (id) => {
      db.run("UPDATE job SET state = 'done', leased_until = NULL WHERE id = ?", id);
    },
    fail: async (id, message, retryAt) => {
      db.run(
        'UPDATE job SET state = ?, leased_until = NULL, last_error = ?, run_at = coalesce(?, run_at) WHERE id = ?',
        retryAt === null ? 'dead' : 'waiting',
        message,
        retryAt,
        id,
      );
    },
    counts: async () => countJobs(context),
  };
}

/** Finished jobs are only kept for a look back. */
export function sweepJobs({ db }: StoreContext, before: string): void {
  db.run(`DELETE FROM job WHERE state IN (${marks(['done', 'dead'])}) AND run_at < ?`, 'done', 'dead', before);
}
