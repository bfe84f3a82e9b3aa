/**
 * The loop between rooms and record: pages waiting to be read, links waiting to be fetched, feeds due to be polled.
 * Every job is in the record before it is begun and leaves it in the transaction that saves its article.
 */
import { Failure } from './failure.ts';
import type { Conditions } from './intake/fetch-page.ts';
import { planPoll } from './intake/plan-poll.ts';
import { type FeedEntry, type Feed as FetchedFeed, readFeed } from './intake/read-feed.ts';
import { type IntakeEdges, readEntry, readInputs } from './intake/read-inputs.ts';
import { readOriginal } from './intake/read-original.ts';
import { placeArticle } from './pipeline.ts';
import type { Reader } from './reading-thread.ts';
import type { Feed, Job, Store, StoredOriginal } from './store/store.ts';
import type { Article, ArticleId, ArticleRecord, FeedId, IncomingPage, Original } from './vocabulary.ts';

/** How far the reading is, since it last had nothing to do. */
export interface Progress {
  readonly done: number;
  readonly failed: number;
  /** pages and links taken in; grows while inputs arrive */
  readonly total: number;
  /** title or input being read right now; null when all is read */
  readonly now: string | null;
  readonly paused: boolean;
}

export interface JobEdges {
  readonly store: Store;
  readonly reader: Reader;
  readonly edges: IntakeEdges;
  readonly clock: () => number;
  /** a number in [0, 1) */
  readonly chance: () => number;
}

interface PagePayload {
  readonly input: string;
  readonly page: IncomingPage;
  readonly original: Omit<Original, 'bytes'> & { readonly base64: string };
  readonly feed?: FeedId;
}
interface LinkPayload {
  readonly url: string;
  readonly entry?: FeedEntry;
  readonly feed?: FeedId;
}

export type VisitedFeed = { readonly feed: FetchedFeed; readonly etag: string | null; readonly lastModified: string | null };
export type VisitedPage = { readonly html: string; readonly url: string };

const LEASE_SECONDS = 300;
/** pages taken in ahead of the reading: keeps the queue, and so the record, small */
const ROOM = 64;
const POLL_CHECK_MS = 15_000;
/** attempts at a page whose site did not answer, with the wait before each */
const RETRY_AFTER_MS = [10 * 60_000, 60 * 60_000, 6 * 60 * 60_000];
const WORTH_RETRYING = new Set(['unreachable', 'server-error']);

export type Jobs = ReturnType<typeof openJobs>;

export function openJobs({ store, reader, edges, clock, chance }: JobEdges) {
  const progressListeners = new Set<(progress: Progress) => void>();
  const savedListeners = new Set<(id: ArticleId) => void>();
  const failureListeners = new Set<(input: string, failure: Failure) => void>();
  let progress: Progress = { done: 0, failed: 0, total: 0, now: null, paused: false };
  let stopped = false;
  const wakes = new Set<() => void>();
  let loops: Promise<void>[] = [];
  let timer: NodeJS.Timeout | undefined;
  /** loops that found nothing to do since a job was last added or begun */
  const idle = new Set<string>();

  const tell = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    for (const listen of progressListeners) listen(progress);
  };
  const waiting = () => progress.total - progress.done - progress.failed;
  const arrived = (count: number) => {
    idle.clear();
    tell(waiting() === 0 ? { done: 0, failed: 0, total: count } : { total: progress.total + count });
    for (const wake of wakes) wake();
  };
  const left = (outcome: 'done' | 'failed') => tell({ [outcome]: progress[outcome] + 1, now: null });

  const noteFailure = async (input: string, failure: Failure, feed: FeedId | null, retryAt: string | null = null) => {
    await store.failures.note({ input, room: failure.room, code: failure.code, message: failure.message, feed, retryAt });
    for (const listen of failureListeners) listen(input, failure);
  };

  /** Groups a record that was read and saves it; the job goes with it in one transaction. */
  const saveReading = async (record: ArticleRecord, original: Original | null, feed: FeedId | null, job?: number): Promise<ArticleId> => {
    const placed = await placeArticle(record, store.storyIndex);
    const saved = await store.articles.saveRecord(record, original, placed.update, {
      ...(feed && { feed }),
      ...(job !== undefined && { job }),
    });
    const cases = await placed.linkCases(saved);
    if (cases.changed.length > 0 || cases.removed.length > 0) await store.cases.save(cases.changed, cases.removed);
    for (const listen of savedListeners) listen(saved.id);
    return saved.id;
  };

  const readPageJob = async (job: Job) => {
    const { input, page, original, feed } = job.payload as PagePayload;
    tell({ now: page.title ?? input });
    const outcome = await reader.read(page);
    if (stopped) return;
    if (outcome instanceof Failure) {
      await noteFailure(input, outcome, feed ?? null);
      await store.jobs.done(job.id);
      left('failed');
      return;
    }
    const { base64, ...head } = original;
    await saveReading(outcome, { ...head, bytes: Buffer.from(base64, 'base64') }, feed ?? null, job.id);
    left('done');
  };

  const addPage = async (input: string, page: IncomingPage, original: Original, feed?: FeedId) => {
    const { bytes, ...head } = original;
    const payload: PagePayload = {
      input,
      page,
      original: { ...head, base64: Buffer.from(bytes).toString('base64') },
      ...(feed && { feed }),
    };
    await store.jobs.add({ kind: 'read-page', key: `${page.name}\n${original.sha256}`, payload });
    arrived(1);
  };

  const fetchLinkJob = async (job: Job) => {
    const { url, entry, feed } = job.payload as LinkPayload;
    try {
      const items = entry
        ? [await readEntry(entry, {}, edges)]
        : readInputs([url], { takeFeed: (found) => void followFeed(found.url) }, edges);
      for await (const item of items) {
        if ('failure' in item) throw item.failure;
        await addPage(item.input, item.page, item.original, feed);
      }
      await store.jobs.done(job.id);
      left('done');
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const wait = WORTH_RETRYING.has(error.code) ? RETRY_AFTER_MS[job.attempts - 1] : undefined;
      const retryAt = wait === undefined ? null : new Date(clock() + wait).toISOString();
      await noteFailure(url, error, feed ?? null, retryAt);
      await (retryAt ? store.jobs.fail(job.id, error.message, retryAt) : store.jobs.done(job.id));
      left('failed');
    }
  };

  const visitFeed = async (url: string, conditions?: Conditions): Promise<VisitedFeed | VisitedPage | 'unchanged'> => {
    const fetched = await edges.fetchPage(url, conditions);
    if (fetched.unchanged) return 'unchanged';
    const type = fetched.headers['content-type'];
    try {
      const { etag = null, 'last-modified': lastModified = null } = fetched.headers;
      return { feed: readFeed(fetched.bytes, fetched.url, type), etag, lastModified };
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'not-a-feed' || !/html/.test(fetched.mediaType)) throw error;
      return { html: new TextDecoder().decode(fetched.bytes), url: fetched.url };
    }
  };

  /** Entries of a feed that are not in the record become links to fetch. */
  const takeEntries = async (feed: Feed, { feed: fetched, etag, lastModified }: VisitedFeed) => {
    const fresh: { kind: string; key: string; payload: LinkPayload }[] = [];
    for (const entry of fetched.entries) {
      if (await store.articles.find({ url: entry.url })) continue;
      fresh.push({ kind: 'fetch-link', key: entry.url, payload: { url: entry.url, entry, feed: feed.id } });
    }
    const added = fresh.length > 0 ? await store.jobs.addAll(fresh) : 0;
    if (added > 0) arrived(added);
    const entryTimes = fetched.entries.flatMap(({ published }) => (published ? [published] : []));
    const nextPoll = planPoll({ entryTimes, failures: 0 }, new Date(clock()).toISOString(), chance());
    await store.feeds.polled(feed.id, { ok: true, nextPoll, newArticles: added, etag, lastModified, title: fetched.title });
  };

  const poll = async (feed: Feed) => {
    const now = new Date(clock()).toISOString();
    try {
      const found = await visitFeed(feed.url, { etag: feed.etag ?? undefined, lastModified: feed.lastModified ?? undefined });
      if (found === 'unchanged') {
        const nextPoll = planPoll({ entryTimes: feed.lastNew ? [feed.lastNew] : [], failures: 0 }, now, chance());
        await store.feeds.polled(feed.id, { ok: true, nextPoll, newArticles: 0 });
      } else if ('html' in found) throw new Failure('intake', 'not-a-feed', `${feed.url} is a page now, not a feed any more`);
      else await takeEntries(feed, found);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const nextPoll = planPoll({ entryTimes: [], failures: feed.failures + 1 }, now, chance());
      await store.feeds.polled(feed.id, { ok: false, nextPoll, newArticles: 0, message: error.message });
      await noteFailure(feed.url, error, feed.id, nextPoll);
    }
  };

  const followFeed = async (url: string) => {
    await poll(await store.feeds.add({ url }));
  };

  const sleep = (milliseconds: number) =>
    new Promise<void>((done) => {
      const wake = () => {
        clearTimeout(timeout);
        wakes.delete(wake);
        done();
      };
      const timeout = setTimeout(wake, milliseconds);
      wakes.add(wake);
    });

  /** Takes jobs of one kind for as long as the house is open. */
  const loop = async (kind: string, width: number, work: (job: Job) => Promise<void>) => {
    while (!stopped) {
      if (progress.paused) {
        await sleep(1000);
        continue;
      }
      const leased = await store.jobs.lease([kind], width, LEASE_SECONDS);
      if (leased.length > 0) {
        idle.clear();
        await Promise.all(leased.map(work));
      } else {
        idle.add(kind);
        await sleep(200);
      }
    }
  };

  const startReading = () => {
    if (loops.length > 0) return;
    // Jobs of an earlier run are counted in, so that the progress is that of the whole queue.
    void store.jobs.counts().then((counts) => {
      const earlier = counts.waiting + counts.leased - waiting();
      if (earlier > 0) arrived(earlier);
    });
    loops = [loop('read-page', 1, readPageJob), loop('fetch-link', 4, fetchLinkJob)];
  };

  return {
    addPage,
    addLink: async (url: string) => {
      await store.jobs.add({ kind: 'fetch-link', key: url, payload: { url } satisfies LinkPayload });
      arrived(1);
    },
    visitFeed: async (url: string) => (await visitFeed(url)) as VisitedFeed | VisitedPage,
    takeEntries,
    poll,
    pageOfOriginal: async (article: Article, original: StoredOriginal): Promise<IncomingPage | Failure> => {
      try {
        return await readOriginal(original, article);
      } catch (error) {
        if (error instanceof Failure) return error;
        throw error;
      }
    },
    async readAndSave(page: IncomingPage): Promise<ArticleRecord | Failure> {
      const outcome = await reader.read(page);
      if (!(outcome instanceof Failure)) await saveReading(outcome, null, null);
      return outcome;
    },
    startReading,
    start() {
      startReading();
      const pollDue = async () => {
        for (const feed of await store.feeds.due(8)) if (!stopped) await poll(feed);
      };
      void pollDue();
      timer = setInterval(() => void pollDue(), POLL_CHECK_MS);
      timer.unref();
    },
    pause(paused: boolean) {
      tell({ paused });
      for (const wake of wakes) wake();
    },
    /** resolves when there is room for further pages */
    async waitForRoom() {
      while (!stopped && waiting() > ROOM) await new Promise((done) => setTimeout(done, 20));
    },
    async whenIdle() {
      idle.clear();
      while (!stopped && idle.size < loops.length) await new Promise((done) => setTimeout(done, 20));
    },
    progress: () => progress,
    onProgress(listen: (progress: Progress) => void) {
      progressListeners.add(listen);
      return () => void progressListeners.delete(listen);
    },
    onSaved(listen: (id: ArticleId) => void) {
      savedListeners.add(listen);
      return () => void savedListeners.delete(listen);
    },
    onFailure(listen: (input: string, failure: Failure) => void) {
      failureListeners.add(listen);
      return () => void failureListeners.delete(listen);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      for (const wake of wakes) wake();
      await Promise.allSettled(loops);
    },
  };
}
