/**
 * An address in, the bytes that stand there out: politely (robots.txt, one request at a time to a host, pauses, conditional requests)
 * and safely (public addresses only, size cap, time-outs, at most so many redirects, each checked again).
 */
import type { LookupFunction } from 'node:net';
import robotsModule from 'robots-parser';
import { Failure } from '../failure.ts';
import { hashBytes } from './hash-bytes.ts';
import { openHostTurns } from './host-turns.ts';
import { readDate } from './read-date.ts';
import type { Answer, Requester, RequestSettings } from './request-once.ts';

export interface FetchSettings extends RequestSettings {
  /** most bytes of a page, after unpacking */
  readonly maxBytes: number;
  readonly perHostDelayMs: number;
  /** time on the network for one page, redirects included; waiting for the host's turn does not count */
  readonly totalTimeoutMs: number;
  readonly maxRedirects: number;
  readonly obeyRobots: boolean;
  /** a Retry-After up to this long is waited for, once; a longer one ends the visit */
  readonly patienceMs: number;
}

export const FETCH_DEFAULTS: FetchSettings = {
  userAgent: 'Watchdesk/0.1',
  allowPrivate: false,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 20_000,
  bodyTimeoutMs: 20_000,
  maxBytes: 20_000_000,
  perHostDelayMs: 1_000,
  totalTimeoutMs: 60_000,
  maxRedirects: 5,
  obeyRobots: true,
  patienceMs: 10_000,
};

export interface FetchEdges {
  /** milliseconds since 1970 */
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly lookup?: LookupFunction;
}

/** What the last visit said of the page, so that an unchanged one need not come again. */
export interface Conditions {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface FetchedPage {
  /** where it was found in the end */
  readonly url: string;
  /** set where every redirect on the way was a permanent one: the address to keep from now on */
  readonly movedTo?: string;
  readonly status: number;
  /** true: as at the last visit (304); then `bytes` is empty */
  readonly unchanged: boolean;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** lower case, without parameters; empty where the server does not say */
  readonly mediaType: string;
  readonly headers: Readonly<Record<string, string>>;
  /** ISO instant */
  readonly fetched: string;
}

export type FetchPage = (url: string, conditions?: Conditions) => Promise<FetchedPage>;

export interface Fetcher {
  /** @throws Failure unreachable, refused, not-public, server-error, not-found, too-large, bad-input */
  readonly fetchPage: FetchPage;
  readonly close: () => Promise<void>;
}

/** The package is CommonJS and its types say otherwise: what is imported is the function itself. */
const parseRobots = robotsModule as unknown as typeof robotsModule.default;

const ROBOTS_CAP = 512_000;
const ROBOTS_KEPT_MS = 24 * 3_600_000;
/** robots.txt that could not be read is asked for again sooner */
const ROBOTS_RETRY_MS = 600_000;
const LONGEST_PAUSE_MS = 30_000;
const LONGEST_BLOCK_MS = 24 * 3_600_000;
const MOST_ROBOTS = 2_000;

interface RobotsRules {
  readonly until: number;
  /** undefined: may be visited; else why not */
  readonly refuse: (url: string) => Failure | undefined;
}

/** A fetcher with its own connections, turns and robots.txt memory; close it when done. */
export function openFetcher(settings: FetchSettings, edges: FetchEdges): Fetcher {
  let requester: Promise<Requester> | undefined;
  /** The network package is large; it is loaded for the first visit. */
  const openOnce = (): Promise<Requester> => {
    requester ??= import('./request-once.ts').then((module) => module.openRequester(settings, edges.lookup));
    return requester;
  };
  const turns = openHostTurns(settings.perHostDelayMs, edges.clock, edges.sleep);
  const robots = new Map<string, Promise<RobotsRules>>();

  /** One visit; waits out one short Retry-After. */
  async function visit(url: URL, headers: Readonly<Record<string, string>>, cap: number, timeLeft: () => number): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      await waitOut(url);
      const { requestOnce } = await openOnce();
      const answer = await requestOnce(url, headers, cap, timeLeft());
      if (answer.status !== 429 && answer.status !== 503) return answer;
      const wait = readRetryAfter(answer.headers['retry-after'], edges.clock());
      if (wait === null) return answer;
      turns.block(url.host, edges.clock() + Math.min(wait, LONGEST_BLOCK_MS));
      if (attempt > 1 || wait > settings.patienceMs) return answer;
    }
  }

  async function waitOut(url: URL): Promise<void> {
    const until = turns.blockedUntil(url.host);
    const wait = until - edges.clock();
    if (wait <= 0) return;
    if (wait > settings.patienceMs) {
      throw new Failure('intake', 'refused', `${url.host} asked not to be visited before ${new Date(until).toISOString()}`);
    }
    await edges.sleep(wait);
  }

  /** Redirects of robots.txt are followed within its host only as far as a page's would be. */
  async function readRobots(origin: string, timeLeft: () => number): Promise<RobotsRules> {
    let url = new URL('/robots.txt', origin);
    for (let hop = 0; hop <= settings.maxRedirects; hop++) {
      const answer = await visit(url, { accept: 'text/plain' }, ROBOTS_CAP, timeLeft).catch((error: unknown) => {
        if (error instanceof Failure && (error.code === 'too-large' || error.code === 'bad-input')) return null;
        throw error;
      });
      // Too long, or no text: no rules that could be followed (RFC 9309 leaves it to the visitor).
      if (answer === null) return { until: edges.clock() + ROBOTS_KEPT_MS, refuse: () => undefined };
      const next = redirectOf(answer, url);
      if (next) {
        url = next;
        continue;
      }
      if (answer.status >= 500 || answer.status === 429) {
        return {
          until: edges.clock() + ROBOTS_RETRY_MS,
          refuse: (page) =>
            new Failure(
              'intake',
              'server-error',
              `${page} is not visited for now: ${url.href}, which says what may be read, answered ${answer.status}`,
            ),
        };
      }
      if (answer.status >= 300) break;
      const rules = parseRobots(`${origin}/robots.txt`, new TextDecoder().decode(answer.bytes));
      const pause = rules.getCrawlDelay(settings.userAgent);
      if (pause) turns.setPause(new URL(origin).host, Math.min(pause * 1000, LONGEST_PAUSE_MS));
      return {
        until: edges.clock() + ROBOTS_KEPT_MS,
        refuse: (page) =>
          rules.isAllowed(page, settings.userAgent) === false
            ? new Failure('intake', 'refused', `${page} may not be read by programs: the site's robots.txt says so`)
            : undefined,
      };
    }
    return { until: edges.clock() + ROBOTS_KEPT_MS, refuse: () => undefined };
  }

  async function obeyRobots(url: URL, timeLeft: () => number): Promise<void> {
    const known = await robots.get(url.origin);
    let rules = known;
    if (!rules || rules.until < edges.clock()) {
      if (robots.size >= MOST_ROBOTS) robots.clear();
      const asked = readRobots(url.origin, timeLeft);
      robots.set(url.origin, asked);
      // A host that could not be reached is asked again the next time.
      asked.catch(() => robots.delete(url.origin));
      rules = await asked;
    }
    const refusal = rules.refuse(url.href);
    if (refusal) throw refusal;
  }

  const fetchPage: FetchPage = async (address, conditions = {}) => {
    const start = readAddress(address);
    let url = start;
    let permanent = true;
    let spent = 0;
    const seen = new Set<string>();
    for (let hop = 0; ; hop++) {
      seen.add(url.href);
      const here = url;
      const answer = await turns.take(here.host, async () => {
        const began = performance.now();
        const timeLeft = (): number => settings.totalTimeoutMs - spent - (performance.now() - began);
        try {
          if (settings.obeyRobots) await obeyRobots(here, timeLeft);
          return await visit(here, conditionHeaders(conditions), settings.maxBytes, timeLeft);
        } finally {
          spent += performance.now() - began;
        }
      });
      const next = redirectOf(answer, url);
      if (!next) {
        checkStatus(answer, url);
        return describe(answer, url, hop > 0 && permanent, edges.clock());
      }
      if (seen.has(next.href))
        throw new Failure('intake', 'unreachable', `${start.href} sends its visitors round in a circle (to ${next.href})`);
      if (hop >= settings.maxRedirects) {
        throw new Failure('intake', 'unreachable', `${start.href} sends its visitors on more than ${settings.maxRedirects} times`);
      }
      permanent &&= answer.status === 301 || answer.status === 308;
      url = next;
    }
  };
  return { fetchPage, close: async () => (await requester)?.close() };
}

function conditionHeaders(conditions: Conditions): Record<string, string> {
  return {
    ...(conditions.etag ? { 'if-none-match': conditions.etag } : {}),
    ...(conditions.lastModified ? { 'if-modified-since': conditions.lastModified } : {}),
  };
}

function describe(answer: Answer, url: URL, moved: boolean, now: number): FetchedPage {
  return {
    url: url.href,
    ...(moved ? { movedTo: url.href } : {}),
    status: answer.status,
    unchanged: answer.status === 304,
    bytes: answer.bytes,
    sha256: hashBytes(answer.bytes),
    mediaType: (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
    headers: answer.headers,
    fetched: new Date(now).toISOString(),
  };
}

/** Only http and https; a name and password in the address are not sent, a #part is cut. */
function readAddress(address: string): URL {
  const url = URL.parse(address.trim());
  if (!url) throw new Failure('intake', 'bad-input', `"${address.slice(0, 200)}" is no web address`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Failure('intake', 'bad-input', `${address.slice(0, 200)} cannot be fetched: only http and https addresses can`);
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

function redirectOf(answer: Answer, url: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null;
  const location = answer.headers.location;
  if (!location) return null;
  const next = URL.parse(location, url);
  if (!next)
    throw new Failure('intake', 'unreachable', `${url.href} sends its visitors to "${location.slice(0, 200)}", which is no address`);
  return readAddress(next.href);
}

function checkStatus(answer: Answer, url: URL): void {
  const { status } = answer;
  if (status === 304) return;
  if (status >= 500) throw new Failure('intake', 'server-error', `${url.href} cannot be read: the site answered ${status}`);
  if (status === 404 || status === 410) throw new Failure('intake', 'not-found', `${url.href} is not there (${status})`);
  if (status >= 400) throw new Failure('intake', 'refused', `${url.href} may not be read: the site answered ${status}`);
  if (status >= 300) throw new Failure('intake', 'server-error', `${url.href} answered ${status} without saying where to go`);
  if (answer.bytes.length === 0) throw new Failure('intake', 'bad-input', `${url.href} is empty: the site answered ${status} with no page`);
}

/** Retry-After in seconds or as a date; milliseconds from now, null where it is neither. */
function readRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = readDate(value);
  return date === null ? null : Math.max(0, Date.parse(date) - now);
}
