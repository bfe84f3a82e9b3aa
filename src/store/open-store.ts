/**
 * Opens the record: lock, connection, migrations, and all tables behind the one interface `Store`.
 * The clock is an argument; nothing else of the world is touched but the file and its folder.
 */
import { existsSync } from 'node:fs';
import { Failure } from '../failure.ts';
import { openArticles } from './articles.ts';
import { openCases } from './cases.ts';
import { checkRecord } from './check-record.ts';
import type { StoreContext } from './context.ts';
import { openDatabase } from './database.ts';
import { openAlerts, openAudit, openDocuments, openPeople, openSources } from './desk-books.ts';
import { copyInto, fileBytes, setUpConnection } from './dialect.ts';
import { openEvents } from './events.ts';
import { countJobs, openFailures, openFeeds, openJobs, sweepJobs } from './intake-books.ts';
import { lockRecord } from './lock.ts';
import { migrate } from './migrations.ts';
import { openNames } from './names.ts';
import { openReviews } from './reviews.ts';
import type { Store, StoreChange, StoreOptions, StoreStatus } from './store.ts';
import { openStories } from './stories.ts';
import { openStoryIndex } from './story-index.ts';

const KEEP_JOBS_DAYS = 30;

/** @throws Failure('store', 'data-locked' | 'data-newer' | 'data-damaged' | 'disk-full' | 'bad-input') */
export function openStore({ file, clock, maxPages, durable = true }: StoreOptions): Store {
  const listeners = new Set<(change: StoreChange) => void>();
  // The database first makes the folder that the lock then stands in.
  const db = openDatabase(file);
  let unlock = () => {};
  let version: number;
  try {
    unlock = lockRecord(file);
    setUpConnection(db, { durable, maxPages });
    version = migrate(db, file);
  } catch (error) {
    db.close();
    unlock();
    throw error;
  }
  const context: StoreContext = {
    db,
    file,
    now: () => new Date(clock()).toISOString(),
    ring: (kind, id) => {
      for (const listen of listeners) listen({ kind, id });
    },
  };
  sweepJobs(context, new Date(clock() - KEEP_JOBS_DAYS * 86_400_000).toISOString());
  return {
    articles: openArticles(context),
    events: openEvents(context),
    names: openNames(context),
    stories: openStories(context),
    cases: openCases(context),
    reviews: openReviews(context),
    feeds: openFeeds(context),
    failures: openFailures(context),
    jobs: openJobs(context),
    documents: openDocuments(context),
    alerts: openAlerts(context),
    sources: openSources(context),
    people: openPeople(context),
    audit: openAudit(context),
    storyIndex: openStoryIndex(db),
    status: async () => statusOf(context, version),
    check: (onProgress = () => {}) => checkRecord(context, onProgress),
    backup: async (to) => {
      if (existsSync(to)) throw new Failure('store', 'bad-input', `${to} is already there: a backup never writes over a file.`);
      copyInto(db, to);
    },
    onChange: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    close: async () => {
      listeners.clear();
      db.close();
      unlock();
    },
  };
}

function statusOf(context: StoreContext, schemaVersion: number): StoreStatus {
  const { db, file } = context;
  const count = (what: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n ?? 0;
  const days = db.get<{ first: string | null; last: string | null }>(
    'SELECT (SELECT min(day) FROM article) AS first, (SELECT max(day) FROM article) AS last',
  );
  return {
    file,
    schemaVersion,
    bytes: fileBytes(db),
    articles: count('article'),
    originals: count('original'),
    events: count('event'),
    statements: count('statement'),
    stories: count('story'),
    cases: count('story_case'),
    feeds: count('feed'),
    failures: count('failure'),
    jobs: countJobs(context),
    corrections: count('correction WHERE undone IS NULL'),
    reviewed: count("event WHERE reviewed IN ('accepted', 'discarded')"),
    firstDay: days?.first ?? null,
    lastDay: days?.last ?? null,
    lastFetched: db.get<{ last: string | null }>('SELECT max(fetched) AS last FROM article')?.last ?? null,
  };
}
