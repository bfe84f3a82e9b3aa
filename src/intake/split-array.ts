/**
 * A JSON array as a stream of UTF-8 bytes in, the bytes of each element out as they stood in it, so that a file of any size can be
 * read element by element. Whether an element is valid JSON is for its reader to say.
 */
import { Failure } from '../failure.ts';
import type { ByteStream } from './read-capped.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/**
 * Elements past the cap come as null and are not held.
 * @throws Failure bad-input, after the elements before it, where the array is not closed or something follows it
 */
export async function* splitArray(stream: ByteStream, cap: number, name: string): AsyncIterable<Uint8Array | null> {
  let held: Uint8Array[] = [];
  let size = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let closed = false;
  const take = (piece: Uint8Array): void => {
    size += piece.length;
    if (size > cap) held = [];
    else if (piece.length > 0) held.push(piece);
  };
  const give = (): Uint8Array | null => {
    const element = size > cap ? null : trimSpace(Buffer.concat(held));
    held = [];
    size = 0;
    return element;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (closed) {
        if (byte > 32) throw new Failure('intake', 'bad-input', `${name} is not valid JSON: something follows the end of the array`);
      } else if (byte === QUOTE) inString = true;
      else if (OPEN.has(byte)) {
        depth++;
        if (depth === 1) start = index + 1;
      } else if (CLOSE.has(byte) || (byte === COMMA && depth === 1)) {
        if (byte !== COMMA) depth--;
        if (depth > 1 || (depth === 1 && byte !== COMMA)) continue;
        take(chunk.subarray(start, index));
        start = index + 1;
        closed = depth === 0;
        const element = give();
        // Only an empty array has an empty last element.
        if (!closed || element === null || element.length > 0) yield element;
      }
    }
    if (!closed && depth > 0) take(chunk.subarray(start));
  }
  if (!closed) throw new Failure('intake', 'bad-input', `${name} is cut short: its array has no end`);
}

function trimSpace(bytes: Uint8Array): Uint8Array {
  let start = 0;
  let end = bytes.length;
  while (start < end && bytes[start]! <= 32) start++;
  while (end > start && bytes[end - 1]! <= 32) end--;
  return bytes.subarray(start, end);
}
