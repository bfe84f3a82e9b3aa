/**
 * The room's front door: inputs as a user names them (files, folders, '-', addresses) in, one item for each page out, in input order.
 * A bad input becomes an item with its Failure and never stops the others. Nothing is cleaned, judged or stored here.
 */
import { createReadStream } from 'node:fs';
import { Failure } from '../failure.ts';
import { decodeText } from './decode-text.ts';
import type { FetchedPage, FetchPage } from './fetch-page.ts';
import { diskFailure, listFiles, readFileName } from './list-files.ts';
import { type ByteStream, peekBytes, readCapped, splitLines, tooLarge, unpackGzip } from './read-capped.ts';
import { readDate } from './read-date.ts';
import type { Feed, FeedEntry } from './read-feed.ts';
import { parseJson } from './read-json.ts';
import { type IntakeItem, makeJsonPage, makeMailPage, makeObjectPage, makePage, type Origin } from './read-page.ts';
import { type InputKind, sniffKind } from './sniff-kind.ts';
import { splitArray } from './split-array.ts';

export interface InputOptions {
  /** serve where the input does not say: ISO 8601 date, name of a site */
  readonly published?: string | undefined;
  readonly site?: string | undefined;
  /** most bytes of one page (file, mail, line, element, record), unpacked; 20 MB. Files of many pages have no limit: they are read piece by piece */
  readonly maxPageBytes?: number | undefined;
  /** takes over feeds found among the inputs, and those that a site's front page names, to follow them; without it their entries are read once, here */
  readonly takeFeed?: ((feed: FoundFeed) => void) | undefined;
}

export interface FoundFeed {
  readonly url: string;
  readonly title: string | null;
}

export interface IntakeEdges {
  readonly clock: () => Date;
  readonly fetchPage: FetchPage;
  readonly stdin: () => ByteStream;
  /** opens a file for reading; the disk's own by default */
  readonly openFile?: (path: string) => ByteStream;
}

type Settled = InputOptions & { readonly maxPageBytes: number };

// Feeds, archives, mail and the network bring large packages along: they are loaded when the first such input comes, so that
// reading a file starts at once.

/** Bytes that sniffing looks at; JSON lines are told by their first line, which may be long. */
const SNIFF_BYTES = 65_536;
const OPENING_BRACKET = 0x5b;
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

export async function* readInputs(inputs: readonly string[], options: InputOptions, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  const settled: Settled = { ...options, maxPageBytes: options.maxPageBytes ?? 20_000_000 };
  for (const input of inputs) yield* guard(input, () => readInput(input, settled, edges));
}

/** The items of one input; its Failure comes as its last item. */
async function* guard(input: string, read: () => AsyncIterable<IntakeItem>): AsyncGenerator<IntakeItem> {
  try {
    yield* read();
  } catch (error) {
    const failure = error instanceof Failure ? error : diskFailure(error, input);
    if (!failure) throw error;
    yield { input, failure };
  }
}

/** One page, or its Failure in its place. */
async function attempt(input: string, make: () => IntakeItem | Promise<IntakeItem>): Promise<IntakeItem> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Failure) return { input, failure: error };
    throw error;
  }
}

function readInput(input: string, options: Settled, edges: IntakeEdges): AsyncIterable<IntakeItem> {
  if (input.trim() === '') throw new Failure('intake', 'bad-input', 'an input without a name cannot be read');
  if (input === '-') return readStream(edges.stdin(), null, originOf('standard input', 'stdin', options, edges), options, edges);
  if (/^https?:\/\//i.test(input)) return readAddress(input, options, edges);
  return readPath(input, options, edges);
}

async function* readPath(input: string, options: Settled, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(input)) {
    throw new Failure('intake', 'bad-input', `${input} cannot be read: only http and https addresses, files and folders can`);
  }
  const openFile = edges.openFile ?? createReadStream;
  for (const path of await listFiles(input)) {
    const { name, kind } = readFileName(path);
    yield* guard(path, () => readStream(openFile(path), kind, originOf(path, name, options, edges), options, edges));
  }
}

async function* readStream(
  source: ByteStream,
  named: InputKind | null,
  origin: Origin,
  options: Settled,
  edges: IntakeEdges,
): AsyncGenerator<IntakeItem> {
  const { input } = origin;
  let stream = unpackGzip(source, input);
  let kind = named;
  if (kind === null) {
    const [head, whole] = await peekBytes(stream, SNIFF_BYTES);
    stream = whole;
    kind = sniffKind(decodeText(head, input).text);
  }
  if (kind === 'jsonl') yield* readLines(stream, origin, options);
  else if (kind === 'warc') yield* readArchivedPages(stream, origin, options);
  else if (kind === 'json') yield* readJson(stream, origin, options, edges);
  else yield* readWhole(await readCapped(stream, options.maxPageBytes, input), kind, origin, options, edges);
}

async function* readWhole(
  bytes: Uint8Array,
  kind: InputKind,
  origin: Origin,
  options: Settled,
  edges: IntakeEdges,
): AsyncGenerator<IntakeItem> {
  if (kind === 'eml') yield await makeMailPage(bytes, origin);
  else if (kind === 'feed') yield* readEntries(bytes, origin, options, edges);
  else if (kind === 'opml') yield* readListedFeeds(decodeText(bytes, origin.input, origin.contentType).text, origin.input, options, edges);
  else yield makePage(bytes, kind === 'text' ? 'text' : 'html', origin);
}

async function* readLines(stream: ByteStream, origin: Origin, options: Settled): AsyncGenerator<IntakeItem> {
  let number = 0;
  let found = false;
  for await (const line of splitLines(stream, options.maxPageBytes)) {
    number++;
    if (line !== null && !line.some((byte) => byte > 32)) continue;
    found = true;
    const input = `${origin.input}, line ${number}`;
    yield await attempt(input, () => {
      if (line === null) throw tooLarge(input, options.maxPageBytes);
      return makeJsonPage(line, { ...origin, input, name: `${origin.name}-${number}` });
    });
  }
  if (!found) throw new Failure('intake', 'bad-input', `${origin.input} is empty`);
}

/** One object, or an array of them; a JSON Feed is told by what it says of itself. */
async function* readJson(stream: ByteStream, origin: Origin, options: Settled, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  const [head, whole] = await peekBytes(stream, SNIFF_BYTES);
  if (head.find((byte) => byte > 32 && !BYTE_ORDER_MARK.includes(byte)) === OPENING_BRACKET) {
    yield* readElements(whole, origin, options);
    return;
  }
  const bytes = await readCapped(whole, options.maxPageBytes, origin.input);
  const decoded = decodeText(bytes, origin.input, origin.contentType);
  if (sniffKind(decoded.text) === 'feed') yield* readEntries(bytes, origin, options, edges);
  else yield makeObjectPage(parseJson(decoded.text, origin.input), bytes, origin, true, decoded.notes);
}

async function* readElements(stream: ByteStream, origin: Origin, options: Settled): AsyncGenerator<IntakeItem> {
  let number = 0;
  for await (const element of splitArray(stream, options.maxPageBytes, origin.input)) {
    number++;
    const input = `${origin.input}, element ${number}`;
    yield await attempt(input, () => {
      if (element === null) throw tooLarge(input, options.maxPageBytes);
      return makeJsonPage(element, { ...origin, input, name: `${origin.name}-${number}` });
    });
  }
  if (number === 0) throw new Failure('intake', 'bad-input', `${origin.input} is empty: an array without elements`);
}

async function* readArchivedPages(stream: ByteStream, origin: Origin, options: Settled): AsyncGenerator<IntakeItem> {
  const { readArchive } = await import('./read-archive.ts');
  let found = false;
  for await (const record of readArchive(stream, origin.input, options.maxPageBytes)) {
    found = true;
    if (record instanceof Failure) {
      yield { input: origin.input, failure: record };
      continue;
    }
    const { url, bytes, contentType, headers, mediaType } = record;
    const fetched = readDate(record.fetched) ?? origin.fetched;
    const place = { ...origin, input: `${origin.input}: ${url}`, name: url, url, fetched, contentType, headers };
    yield await attempt(place.input, () => makePage(bytes, mediaType === 'text/plain' ? 'text' : 'html', place));
  }
  if (!found)
    throw new Failure('intake', 'bad-input', `${origin.input} holds no page: no record of an HTML or text page that was fetched well`);
}

async function* readAddress(input: string, options: Settled, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  const fetched = await edges.fetchPage(input);
  yield* readFetched(fetched, { ...originOf(input, input, options, edges) }, options, edges);
}

async function* readFetched(fetched: FetchedPage, origin: Origin, options: Settled, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  const contentType = fetched.headers['content-type'];
  const place: Origin = { ...origin, url: fetched.url, fetched: fetched.fetched, contentType, headers: fetched.headers };
  const kind = kindOfFetched(fetched, origin.input);
  if (kind === 'html' && options.takeFeed && isFrontPage(fetched.url)) {
    const feed = await findNamedFeed(fetched);
    if (feed) {
      options.takeFeed(feed);
      return;
    }
  }
  if (kind === 'json') yield* readJson(single(fetched.bytes), place, options, edges);
  else if (kind === 'jsonl') yield* readLines(single(fetched.bytes), place, options);
  else yield* readWhole(fetched.bytes, kind, place, options, edges);
}

/** The front page of a site, or of one of its languages: a place to follow, never an article. */
function isFrontPage(url: string): boolean {
  return /^\/(?:[a-z]{2}\/?)?(?:(?:index|home)\.\w+)?$/i.test(new URL(url).pathname);
}

async function findNamedFeed(fetched: FetchedPage): Promise<FoundFeed | undefined> {
  const { findFeedLinks } = await import('./find-feed-links.ts');
  return findFeedLinks(decodeText(fetched.bytes, fetched.url, fetched.headers['content-type']).text, fetched.url)[0];
}

/** What a server calls its pages is often wrong for feeds; only plain text is believed. */
function kindOfFetched(fetched: FetchedPage, input: string): InputKind {
  const kind = sniffKind(decodeText(fetched.bytes.subarray(0, SNIFF_BYTES), input, fetched.headers['content-type']).text);
  if (fetched.mediaType === 'text/html' || fetched.mediaType === 'application/xhtml+xml') return kind === 'feed' ? 'feed' : 'html';
  return kind === 'warc' ? 'text' : kind;
}

async function* readListedFeeds(text: string, input: string, options: Settled, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  const { readOpml } = await import('./opml.ts');
  const feeds = readOpml(text, input);
  if (feeds.length === 0) throw new Failure('intake', 'bad-input', `${input} is a list of feeds with none in it`);
  for (const feed of feeds) {
    if (options.takeFeed) options.takeFeed({ url: feed.url, title: feed.title });
    else yield* guard(feed.url, () => readAddress(feed.url, options, edges));
  }
}

async function* readEntries(bytes: Uint8Array, origin: Origin, options: Settled, edges: IntakeEdges): AsyncGenerator<IntakeItem> {
  const { readFeed } = await import('./read-feed.ts');
  const feed: Feed = readFeed(bytes, origin.url ?? origin.input, origin.contentType);
  if (options.takeFeed && origin.url) {
    options.takeFeed({ url: origin.url, title: feed.title });
    return;
  }
  if (feed.entries.length === 0) throw new Failure('intake', 'bad-input', `${origin.input} is a feed without entries that name a page`);
  for (const entry of feed.entries) yield await readEntry(entry, options, edges);
}

/** The page that a feed entry names, with what the entry says of it. */
export async function readEntry(
  entry: FeedEntry,
  options: InputOptions,
  edges: Pick<IntakeEdges, 'fetchPage' | 'clock'>,
): Promise<IntakeItem> {
  return attempt(entry.url, async () => {
    const fetched = await edges.fetchPage(entry.url);
    const { title, published, authors } = entry;
    return makePage(fetched.bytes, fetched.mediaType === 'text/plain' ? 'text' : 'html', {
      ...originOf(entry.url, entry.url, options, edges),
      ...(published ? { published } : {}),
      title,
      authors,
      url: fetched.url,
      fetched: fetched.fetched,
      contentType: fetched.headers['content-type'],
      headers: fetched.headers,
    });
  });
}

function originOf(input: string, name: string, options: InputOptions, edges: Pick<IntakeEdges, 'clock'>): Origin {
  return { input, name, fetched: edges.clock().toISOString(), published: options.published, site: options.site };
}

async function* single(bytes: Uint8Array): ByteStream {
  yield bytes;
}
