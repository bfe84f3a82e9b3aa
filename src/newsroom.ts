/**
 * Opens the house: record, fetcher, reading thread, and the jobs between them. What comes in is first kept as a job, then read,
 * grouped and saved in one transaction: a killed run goes on where it stopped.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Config } from './config.ts';
import { exportEvents as exportRows, writeCell } from './desk/export-record.ts';
import { Failure } from './failure.ts';
import { FETCH_DEFAULTS, type Fetcher, openFetcher } from './intake/fetch-page.ts';
import { findFeedLinks } from './intake/find-feed-links.ts';
import { type IntakeEdges, readInputs } from './intake/read-inputs.ts';
import type { IntakeItem } from './intake/read-page.ts';
import { type Jobs, openJobs, type Progress } from './jobs.ts';
import { writeAnalysis } from './language/write-analysis.ts';
import { writeConllu } from './language/write-conllu.ts';
import { openModels } from './models.ts';
import { analysePage, CODEBOOKS, type Codebook, readPage } from './pipeline.ts';
import { openReadingThread } from './reading-thread.ts';
import { type CorrectionScore, judgeCorrection, scoreCorrections } from './score-corrections.ts';
import { backupRecord as backupFile } from './store/backup-record.ts';
import { openStore } from './store/open-store.ts';
import type { Correction, Feed, Paged, Store } from './store/store.ts';
import { type DescribedStories, describeStories } from './stories/describe-stories.ts';
import type { ArticleId, ArticleRecord, FeedId, IncomingPage } from './vocabulary.ts';

export type { Progress } from './jobs.ts';

export interface InputHints {
  readonly published?: string | undefined;
  readonly site?: string | undefined;
}

/** What one call of `addInputs` came to. */
export interface Added {
  readonly read: number;
  readonly failures: readonly { readonly input: string; readonly failure: Failure }[];
  readonly feeds: readonly Feed[];
}

export interface Newsroom {
  readonly config: Config;
  readonly store: Store;
  /** takes inputs in and waits until all of them are read and on disk */
  addInputs(inputs: readonly string[], hints?: InputHints): Promise<Added>;
  /** keeps an uploaded file as jobs; does not wait for the reading. @throws Failure when nothing in it can be read */
  addUpload(name: string, bytes: Uint8Array): Promise<{ readonly queued: number }>;
  /** queues links: a page is read, a feed is followed */
  addLinks(links: readonly string[]): Promise<{ readonly queued: number }>;
  /** follows a feed, or the one that a page names. @throws Failure not-a-feed */
  addFeed(url: string): Promise<Feed>;
  pollFeed(id: FeedId): Promise<void>;
  /** reads the stored original of an article again, keeping what people corrected */
  reread(id: ArticleId): Promise<void>;
  /** the same reading without storing it: what the machine by itself makes of the original today */
  rereadOnly(id: ArticleId): Promise<ArticleRecord | Failure>;
  /** reads the corrected articles again and holds the machine's own reading against the corrections */
  scoreCorrections(onProgress?: (done: number, all: number) => void): Promise<CorrectionScore>;
  /** starts working off jobs and polling feeds until `close` */
  start(): void;
  /** stops after the page at hand, or goes on */
  pause(paused: boolean): void;
  progress(): Progress;
  /** called at each change; gives back how to stop listening */
  onProgress(listen: (progress: Progress) => void): () => void;
  close(): Promise<void>;
}

const sampleFolder = join(import.meta.dirname, '..', 'sample', 'articles');

const openEdges = (fetcher: Fetcher): IntakeEdges => ({
  clock: () => new Date(),
  fetchPage: fetcher.fetchPage,
  stdin: () => process.stdin,
});

const isWebAddress = (link: string) => URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);

function openConfiguredFetcher(config: Pick<Config, 'allowPrivate' | 'hostDelay' | 'fetchTimeout' | 'maxMegabytes'>): Fetcher {
  return openFetcher(
    {
      ...FETCH_DEFAULTS,
      allowPrivate: config.allowPrivate,
      perHostDelayMs: config.hostDelay,
      totalTimeoutMs: config.fetchTimeout,
      maxBytes: Math.min(FETCH_DEFAULTS.maxBytes, config.maxMegabytes * 1e6),
    },
    { clock: Date.now, sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) },
  );
}

const capsOf = (config: Pick<Config, 'maxMegabytes'>) => ({ maxPageBytes: config.maxMegabytes * 1e6 });

/** Opens the record of `config.data` and all that works on it. @throws Failure data-locked, data-newer, data-damaged, disk-full */
export async function openNewsroom(config: Config): Promise<Newsroom> {
  const store = await openStore({ file: join(config.data, 'record.sqlite'), clock: Date.now });
  const fetcher = openConfiguredFetcher(config);
  const edges = openEdges(fetcher);
  const reader = openReadingThread();
  const jobs: Jobs = openJobs({ store, reader, edges, clock: Date.now, chance: Math.random });

  const takeItems = async (items: AsyncIterable<IntakeItem>, failures: Added['failures'][number][]): Promise<number> => {
    let taken = 0;
    for await (const item of items) {
      if ('failure' in item) {
        failures.push(item);
        await store.failures.note({ input: item.input, room: item.failure.room, code: item.failure.code, message: item.failure.message });
      } else {
        await jobs.addPage(item.input, item.page, item.original);
        taken++;
        await jobs.waitForRoom();
      }
    }
    return taken;
  };

  const addFeed = async (url: string): Promise<Feed> => {
    const found = await jobs.visitFeed(url);
    if ('feed' in found) {
      const feed = await store.feeds.add({ url, title: found.feed.title });
      await jobs.takeEntries(feed, found);
      return feed;
    }
    const links = findFeedLinks(found.html, found.url);
    const [first] = links;
    if (!first)
      throw new Failure('intake', 'not-a-feed', `${url} is a page, not a feed, and names none; add the page itself as a link instead`);
    return addFeed(first.url);
  };

  const pageOf = async (id: ArticleId): Promise<{ page: IncomingPage } | Failure> => {
    const stored = await store.articles.get(id);
    const original = stored?.originalSha256 ? await store.articles.original(stored.originalSha256) : undefined;
    if (!stored || !original) return new Failure('store', 'not-found', `the original of ${id} is not in the record`);
    const page = await jobs.pageOfOriginal(stored.record.article, original);
    return page instanceof Failure ? page : { page };
  };

  return {
    config,
    store,
    async addInputs(inputs, hints = {}) {
      const failures: Added['failures'][number][] = [];
      const listed: { url: string; title: string | null }[] = [];
      jobs.startReading();
      let read = 0;
      const stops = [jobs.onFailure((input, failure) => failures.push({ input, failure })), jobs.onSaved(() => read++)];
      await takeItems(readInputs(inputs, { ...hints, ...capsOf(config), takeFeed: (feed) => listed.push(feed) }, edges), failures);
      const feeds: Feed[] = [];
      for (const { url, title } of listed) {
        const feed = await store.feeds.add({ url, title });
        feeds.push(feed);
        await jobs.poll(feed);
      }
      await jobs.whenIdle();
      for (const stop of stops) stop();
      return { read, failures, feeds };
    },
    async addUpload(name, bytes) {
      const failures: Added['failures'][number][] = [];
      const folder = await mkdtemp(join(tmpdir(), 'watchdesk-'));
      try {
        const file = join(folder, basename(name) || 'dropped');
        await writeFile(file, bytes);
        const listed: { url: string; title: string | null }[] = [];
        const pages = await takeItems(readInputs([file], { ...capsOf(config), takeFeed: (feed) => listed.push(feed) }, edges), failures);
        // A list of feeds (OPML): each is followed from now on, and asked for the first time by the next round of polls.
        for (const { url, title } of listed) await store.feeds.add({ url, title });
        const queued = pages + listed.length;
        if (queued === 0 && failures[0]) throw failures[0].failure;
        return { queued };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    async addLinks(links) {
      for (const link of links)
        if (!isWebAddress(link))
          throw new Failure('intake', 'bad-input', `${link} is not a web address: links begin with http:// or https://`);
      for (const link of links) await jobs.addLink(link);
      return { queued: links.length };
    },
    addFeed,
    async pollFeed(id) {
      const feed = await store.feeds.get(id);
      if (feed) await jobs.poll(feed);
    },
    async reread(id) {
      const found = await pageOf(id);
      const outcome = found instanceof Failure ? found : await jobs.readAndSave(found.page);
      if (outcome instanceof Failure) throw outcome;
    },
    async rereadOnly(id) {
      const found = await pageOf(id);
      return found instanceof Failure ? found : reader.read(found.page);
    },
    async scoreCorrections(onProgress) {
      const byArticle = new Map<ArticleId, Correction[]>();
      let after: string | null = null;
      do {
        const page: Paged<Correction> = await store.reviews.corrections({}, { limit: 500, after });
        for (const correction of page.rows)
          if (correction.undone === null) byArticle.set(correction.article, [...(byArticle.get(correction.article) ?? []), correction]);
        after = page.next;
      } while (after !== null);
      const judged: { field: string; right: boolean }[] = [];
      let done = 0;
      for (const [id, corrections] of byArticle) {
        onProgress?.(++done, byArticle.size);
        const stored = await store.articles.get(id);
        const found = await pageOf(id);
        const fresh = found instanceof Failure ? found : await reader.read(found.page);
        for (const correction of corrections) {
          const right = stored !== undefined && !(fresh instanceof Failure) && judgeCorrection(correction, stored.record, fresh);
          judged.push({ field: correction.field, right });
        }
      }
      return scoreCorrections(judged);
    },
    start: () => jobs.start(),
    pause: (paused) => jobs.pause(paused),
    progress: () => jobs.progress(),
    onProgress: (listen) => jobs.onProgress(listen),
    async close() {
      await jobs.stop();
      await reader.close();
      await fetcher.close();
      await store.close();
    },
  };
}

/** A copy of the record's file, also while another process works on it. */
export const backupRecord = (config: Config, target: string): Promise<void> => backupFile(join(config.data, 'record.sqlite'), target);

/** The events of the record as a table or as features of a map, piece by piece. */
export const exportEvents = (store: Store, format: 'csv' | 'geojson'): AsyncGenerator<string> => exportRows(store.events.each({}), format);

/** The deeds that happened or go on, as rows of a codebook of the field (CSV). */
export async function* exportCodebook(store: Store, name: keyof typeof CODEBOOKS): AsyncGenerator<string> {
  const codebook: Codebook = CODEBOOKS[name];
  yield `${codebook.columns.map(writeCell).join(',')}\r\n`;
  for await (const { article, events } of store.articles.each()) {
    for (const event of events) {
      const row = event.status === 'happened' || event.status === 'ongoing' ? codebook.code(event, article) : undefined;
      if (row) yield `${codebook.columns.map((column) => writeCell(row[column])).join(',')}\r\n`;
    }
  }
}

/** Reads the sample newsroom into a record that is still empty. @returns whether there was anything to do */
export async function takeSample(newsroom: Newsroom): Promise<boolean> {
  const { articles, jobs, feeds } = await newsroom.store.status();
  if (articles > 0 || feeds > 0 || jobs.waiting > 0) return false;
  await newsroom.addInputs([sampleFolder]);
  return true;
}

const READ_DEFAULTS = { allowPrivate: false, hostDelay: 0, fetchTimeout: 30_000, maxMegabytes: 20 };

/** Every input turned into something else, in input order, with nothing stored. A fault of ours on one input ends that input only. */
async function* eachInput<Value>(
  inputs: readonly string[],
  hints: InputHints,
  config: Partial<Config>,
  turn: (page: IncomingPage) => Promise<Value | Failure>,
): AsyncGenerator<{ readonly input: string; readonly outcome: Value | Failure }> {
  const settings = { ...READ_DEFAULTS, ...config };
  const fetcher = openConfiguredFetcher(settings);
  try {
    for await (const item of readInputs(inputs, { ...hints, ...capsOf(settings) }, openEdges(fetcher))) {
      yield { input: item.input, outcome: 'failure' in item ? item.failure : await turn(item.page) };
    }
  } finally {
    await fetcher.close();
  }
}

/** `watchdesk read`: records of the inputs. */
export async function* readInputsOnly(inputs: readonly string[], hints: InputHints = {}, config: Partial<Config> = {}) {
  const language = await openModels();
  yield* eachInput(inputs, hints, config, (page) => readPage(page, language));
}

/** `watchdesk analyse`: the language room's reading as CoNLL-U or as a JSON line. */
export async function* analyseInputs(
  inputs: readonly string[],
  format: 'conllu' | 'json',
  hints: InputHints = {},
  config: Partial<Config> = {},
) {
  const language = await openModels();
  yield* eachInput(inputs, hints, config, async (page) => {
    const analysed = await analysePage(page, language, true);
    if (analysed instanceof Failure) return analysed;
    return format === 'conllu' ? writeConllu(analysed) : `${writeAnalysis(analysed)}\n`;
  });
}

/** `watchdesk stories`: a batch grouped in a record of its own. `onFailure` hears of the inputs that could not be read. */
export async function describeInputs(
  inputs: readonly string[],
  hints: InputHints,
  onFailure: (input: string, failure: Failure) => void,
): Promise<DescribedStories> {
  async function* records(): AsyncGenerator<ArticleRecord> {
    for await (const { input, outcome } of readInputsOnly(inputs, hints)) {
      if (outcome instanceof Failure) onFailure(input, outcome);
      else yield outcome;
    }
  }
  return describeStories(records());
}
