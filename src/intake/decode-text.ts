/**
 * Bytes as they came in, the text they stand for out: BOM, HTTP header, <meta> or XML declaration, then a guess.
 * What is no text at all (binary, empty) is a Failure; a wrong or missing label is a Note, never a silent repair.
 */
import { analyse } from 'chardet';
import { Failure } from '../failure.ts';
import type { Note } from '../vocabulary.ts';

export interface DecodedText {
  readonly text: string;
  /** label as the Encoding Standard knows it */
  readonly charset: string;
  readonly notes: readonly Note[];
}

/** First bytes of what people most often hand over by mistake. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['PK\x03\x04', 'a ZIP archive or an office document'],
  ['\x1f\x8b', 'a gzip file'],
  ['\x7fELF', 'a program'],
  ['ID3', 'a sound file'],
  ['\xd0\xcf\x11\xe0', 'an old office document'],
  ['SQLite format 3', 'an SQLite database'],
  ['wOF2', 'a font'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
  ['BZh', 'a bzip2 file'],
];

/** How much of a page is looked at for a declared charset; browsers look at 1024 bytes, many pages need more. */
const DECLARATION_BYTES = 4096;
/** A guess is made on this many bytes around the first one that is not ASCII. */
const GUESS_BYTES = 65_536;

/**
 * @param name what the message calls the input
 * @param contentType the HTTP header, where there is one
 * @throws Failure bad-input for empty and for binary input
 */
export function decodeText(bytes: Uint8Array, name: string, contentType?: string): DecodedText {
  if (bytes.length === 0) throw new Failure('intake', 'bad-input', `${name} is empty`);
  const mark = readMark(bytes);
  if (mark) return finish(name, new TextDecoder(mark).decode(bytes), mark, []);
  const kind = nameBinary(bytes);
  if (kind) throw new Failure('intake', 'bad-input', `${name} is ${kind}, not a page that can be read`);
  const wide = guessWide(bytes);
  if (wide) return finish(name, new TextDecoder(wide).decode(bytes), wide, [doubt(`${name} has no byte order mark; read as ${wide}`)]);
  if (bytes.subarray(0, GUESS_BYTES).includes(0)) {
    throw new Failure('intake', 'bad-input', `${name} is binary data, not a page that can be read`);
  }
  return decodeLabelled(bytes, name, contentType);
}

function decodeLabelled(bytes: Uint8Array, name: string, contentType: string | undefined): DecodedText {
  const notes: Note[] = [];
  const declared = declaredCharset(bytes, contentType);
  const label = declared && knownCharset(declared);
  if (declared && !label) notes.push(doubt(`${name} declares the unknown charset "${declared.slice(0, 40)}"`));
  const strict = decodeStrictly(bytes);
  if (strict !== null) {
    // Text that holds together as UTF-8 beyond ASCII is UTF-8, whatever its label says; 7-bit codings (ISO-2022-JP) have no such bytes.
    const ascii = strict.length === bytes.length;
    if (ascii && label) return finish(name, new TextDecoder(label).decode(bytes), label, notes);
    if (label && label !== 'utf-8') notes.push(doubt(`${name} declares ${label} but is utf-8; read as utf-8`));
    return finish(name, strict, 'utf-8', notes);
  }
  if (label && label !== 'utf-8') return finish(name, new TextDecoder(label).decode(bytes), label, notes);
  const lossy = new TextDecoder('utf-8').decode(bytes);
  const bad = countReplaced(lossy);
  if (bad * 200 < lossy.length) {
    notes.push(doubt(`${name}: ${bad} ${bad === 1 ? 'character' : 'characters'} could not be decoded`));
    return finish(name, lossy, 'utf-8', notes);
  }
  const guess = guessCharset(bytes);
  notes.push(doubt(`${name} ${label ? 'declares utf-8 but is not' : 'does not say its charset'}; read as ${guess}`));
  return finish(name, new TextDecoder(guess).decode(bytes), guess, notes);
}

function finish(name: string, text: string, charset: string, notes: readonly Note[]): DecodedText {
  if (text.trim() === '') throw new Failure('intake', 'bad-input', `${name} is empty: nothing but white space`);
  let odd = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 27)) odd++;
  }
  if (odd * 10 > text.length) throw new Failure('intake', 'bad-input', `${name} is binary data, not a page that can be read`);
  return { text, charset, notes };
}

function readMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** In plain words what the bytes are when they are a known binary format, else null. */
export function nameBinary(bytes: Uint8Array): string | null {
  const start = latin1(bytes.subarray(0, 16));
  for (const [magic, kind] of MAGIC) if (start.startsWith(magic)) return kind;
  if (start.slice(4, 8) === 'ftyp') return 'a video';
  return null;
}

/** UTF-16 without a mark shows in Latin-script text as a zero in every second byte. */
function guessWide(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, 2048) & ~1;
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > half * 0.6 && even === 0) return 'utf-16le';
  if (even > half * 0.6 && odd === 0) return 'utf-16be';
  return null;
}

function declaredCharset(bytes: Uint8Array, contentType: string | undefined): string | null {
  const header = /charset\s*=\s*["']?([^"';,\s]+)/i.exec(contentType ?? '')?.[1];
  if (header) return header;
  const start = latin1(bytes.subarray(0, DECLARATION_BYTES));
  const xml = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/i.exec(start)?.[1];
  if (xml) return xml;
  const meta = /<meta\b[^>]*\bcharset\s*=\s*["']?\s*([^"'\s/>;]+)/i.exec(start)?.[1];
  // A page whose <meta> could be read byte by byte is not UTF-16, whatever it says (HTML standard, prescan).
  return meta && /^utf-?16/i.test(meta) ? 'utf-8' : (meta ?? null);
}

function knownCharset(label: string): string | null {
  try {
    const name = new TextDecoder(label).encoding;
    return name === 'replacement' ? null : name;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function guessCharset(bytes: Uint8Array): string {
  const first = Math.max(
    0,
    bytes.findIndex((byte) => byte > 127),
  );
  const start = Math.max(0, Math.min(first - GUESS_BYTES / 4, bytes.length - GUESS_BYTES));
  for (const match of analyse(bytes.subarray(start, start + GUESS_BYTES))) {
    const label = match.name === 'UTF-8' ? null : knownCharset(match.name);
    if (label) return label;
  }
  return 'windows-1252';
}

function countReplaced(text: string): number {
  let count = 0;
  for (let index = text.indexOf('\ufffd'); index >= 0; index = text.indexOf('\ufffd', index + 1)) count++;
  return count;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function doubt(message: string): Note {
  return { room: 'intake', message };
}
