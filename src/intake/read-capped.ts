/**
 * A stream of bytes in, at most so many bytes out, unpacked where it is gzip; a stream that goes on past the cap is a Failure
 * before more than the cap is held in memory. Also cuts a stream into lines, so that a file of any size can be read line by line.
 */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failure } from '../failure.ts';

export type ByteStream = AsyncIterable<Uint8Array>;

const LINE_FEED = 10;

/**
 * @param cap bytes, after unpacking
 * @throws Failure too-large past the cap
 */
export async function readCapped(stream: ByteStream, cap: number, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > cap) throw tooLarge(name, cap);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

/**
 * The stream itself, unpacked where its first bytes are gzip's.
 * @throws Failure bad-input, while it is read, where the gzip data are cut short or damaged
 */
export async function* unpackGzip(stream: ByteStream, name: string): ByteStream {
  const [head, whole] = await peekBytes(stream, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const source = Readable.from(whole, { objectMode: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (error) {
    throw gzipFailure(error, name) ?? error;
  } finally {
    source.destroy();
  }
}

/** A Failure in plain words where zlib says that the data are at fault, else undefined. */
export function gzipFailure(error: unknown, name: string): Failure | undefined {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'Z_BUF_ERROR')
    return new Failure('intake', 'bad-input', `${name} is cut short: its compressed data end too early`, { cause: error });
  if (code?.startsWith('Z_') || code?.startsWith('ERR_BROTLI') || code?.startsWith('ERR__ERROR_')) {
    return new Failure('intake', 'bad-input', `${name} is damaged: its compressed data cannot be unpacked`, { cause: error });
  }
  return undefined;
}

/** The first `count` bytes (fewer where the stream ends), and the whole stream again from its beginning. */
export async function peekBytes(stream: ByteStream, count: number): Promise<readonly [Uint8Array, ByteStream]> {
  const iterator = stream[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < count) {
    const next = await iterator.next();
    if (next.done) break;
    held.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(held);
  async function* replay(): ByteStream {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return [head, replay()];
}

/**
 * Every line without its line end, blank ones too, with the bytes exactly as they stood; a last line without a line end counts.
 * A line past the cap comes as null (and is not held), so that the lines after it are still read.
 */
export async function* splitLines(stream: ByteStream, cap: number): AsyncIterable<Uint8Array | null> {
  let held: Uint8Array[] = [];
  let size = 0;
  let over = false;
  const take = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > cap) {
      over = true;
      held = [];
    } else if (piece.length > 0) held.push(piece);
  };
  const give = (): Uint8Array | null => {
    const line = over ? null : Buffer.concat(held);
    held = [];
    size = 0;
    over = false;
    return line && line.at(-1) === 13 ? line.subarray(0, -1) : line;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, end));
      yield give();
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  if (size > 0) yield give();
}

export function tooLarge(name: string, cap: number): Failure {
  return new Failure('intake', 'too-large', `${name} is larger than ${Math.round(cap / 1e6)} MB, the most that is read of it`);
}
