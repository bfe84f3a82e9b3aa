/**
 * One HTTP request to one address, no redirect followed: the answer out, unpacked and within its cap, or a Failure in plain words.
 * The address really connected to is checked, so that a name that changes its answer (DNS rebinding) gets nowhere.
 */
import { lookup as lookupName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { Failure } from '../failure.ts';
import { guardLookup, isAddress, isPublicAddress, NotPublicError } from './public-address.ts';
import { gzipFailure, readCapped, tooLarge } from './read-capped.ts';

export interface RequestSettings {
  readonly userAgent: string;
  /** addresses that are not public may be visited (an intranet, a test) */
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** empty for a redirect, a 304 and an error */
  readonly bytes: Uint8Array;
}

export interface Requester {
  /** @param timeLeft milliseconds that the whole exchange may take */
  readonly requestOnce: (url: URL, headers: Readonly<Record<string, string>>, cap: number, timeLeft: number) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

const UNREADABLE = /^(?:image|video|audio|font)\/|^application\/(?:pdf|zip|octet-stream|x-msdownload|vnd\.)/;

export function openRequester(settings: RequestSettings, lookup: LookupFunction = lookupName as LookupFunction): Requester {
  const dispatcher = new Agent({
    connect: guardConnection(settings, lookup),
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyTimeoutMs,
    pipelining: 1,
    connections: 2,
    maxHeaderSize: 64 * 1024,
  });
  return {
    async requestOnce(url, headers, cap, timeLeft) {
      if (!settings.allowPrivate && isAddress(url.hostname) && !isPublicAddress(url.hostname)) throw notPublic(url, url.hostname);
      const signal = AbortSignal.timeout(Math.max(1, Math.round(timeLeft)));
      try {
        const answer = await request(url, {
          dispatcher,
          signal,
          headers: {
            'user-agent': settings.userAgent,
            accept: 'text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json;q=0.9,*/*;q=0.5',
            'accept-encoding': 'gzip, deflate, br',
            'accept-language': 'en, *;q=0.5',
            ...headers,
          },
        });
        return await readAnswer(answer, url, cap);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw explain(error, url, signal.aborted);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

function guardConnection(settings: RequestSettings, lookup: LookupFunction): buildConnector.connector {
  const connect = buildConnector({
    timeout: settings.connectTimeoutMs,
    lookup: settings.allowPrivate ? lookup : guardLookup(lookup),
    autoSelectFamily: true,
  });
  if (settings.allowPrivate) return connect;
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result;
      if (!error && socket && !isPublicAddress(socket.remoteAddress ?? '')) {
        socket.destroy();
        return callback(new NotPublicError(`${options.hostname} is ${socket.remoteAddress}`), null);
      }
      return callback(...result);
    });
  };
}

async function readAnswer(answer: Dispatcher.ResponseData, url: URL, cap: number): Promise<Answer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const status = answer.statusCode;
  if (status < 200 || status > 299) {
    // The connection is given up rather than read to its end: an error page may be endless too.
    answer.body.on('error', () => undefined).destroy();
    return { status, headers, bytes: new Uint8Array() };
  }
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const refusal = UNREADABLE.test(mediaType)
    ? new Failure('intake', 'bad-input', `${url.href} is ${mediaType}, not a page that can be read`)
    : Number(headers['content-length']) > cap
      ? tooLarge(url.href, cap)
      : null;
  if (refusal) {
    answer.body.on('error', () => undefined).destroy();
    throw refusal;
  }
  const body = unpackBody(answer.body, headers['content-encoding'] ?? '', url);
  try {
    return { status, headers, bytes: await readCapped(body, cap, url.href) };
  } finally {
    answer.body.on('error', () => undefined).destroy();
  }
}

/** Content-Encoding lists the codings in the order in which they were applied. */
function unpackBody(body: Readable, encoding: string, url: URL): Readable {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 2)
    throw new Failure('intake', 'bad-input', `${url.href} is packed ${codings.length} times over (${encoding.slice(0, 60)})`);
  let stream = body;
  for (const coding of codings.reverse()) {
    const unpacker = openUnpacker(coding);
    if (!unpacker)
      throw new Failure('intake', 'bad-input', `${url.href} comes in a packing that is not known here (${coding.slice(0, 30)})`);
    stream.on('error', (error) => unpacker.destroy(error));
    stream = stream.pipe(unpacker);
  }
  return stream;
}

function openUnpacker(coding: string) {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  if (coding === 'deflate') return createInflate();
  if (coding === 'br') return createBrotliDecompress();
  return null;
}

function notPublic(url: URL, address: string): Failure {
  return new Failure(
    'intake',
    'not-public',
    `${url.href} leads to ${address}, which is not a public address; a setting allows such addresses where you trust them`,
  );
}

/** What the network says, in words that a reader of the desk understands. Codes of Node, undici and OpenSSL. */
const NETWORK_TROUBLE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'names cannot be looked up at present',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  EHOSTUNREACH: 'there is no way to it in the network',
  ENETUNREACH: 'there is no way to it in the network',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time (connecting)',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time (no answer to the request)',
  UND_ERR_BODY_TIMEOUT: 'it did not answer in time (the page stopped coming)',
  UND_ERR_SOCKET: 'the connection was broken off',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too long',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the page came incomplete',
};

function explain(error: unknown, url: URL, timedOut: boolean): unknown {
  const cause = rootOf(error);
  if (cause instanceof NotPublicError) return notPublic(url, cause.message.split(' is ').at(-1)!);
  if (timedOut) return new Failure('intake', 'unreachable', `${url.href} cannot be reached: it took too long`, { cause: error });
  const unpacking = gzipFailure(error, url.href);
  if (unpacking) return unpacking;
  const code = String((cause as NodeJS.ErrnoException).code ?? '');
  const trouble =
    NETWORK_TROUBLE[code] ??
    (code.startsWith('HPE_')
      ? 'it does not speak proper HTTP'
      : /CERT|SSL|TLS/.test(code)
        ? `its certificate is not good (${code})`
        : null);
  return trouble === null ? error : new Failure('intake', 'unreachable', `${url.href} cannot be reached: ${trouble}`, { cause: error });
}

/** Connecting to several addresses at once gives an AggregateError; its first part says what was wrong. */
function rootOf(error: unknown): unknown {
  if (error instanceof NotPublicError) return error;
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error && !(error as NodeJS.ErrnoException).code) return rootOf(error.cause);
  return error;
}
