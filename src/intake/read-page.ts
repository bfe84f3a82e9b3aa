/**
 * One input's bytes with what is known of where they came from in, the page and its original out.
 * Decodes and hashes; cleaning and dating are the article room's.
 */
import type { Failure } from '../failure.ts';
import type { IncomingPage, Note, Original } from '../vocabulary.ts';
import { decodeText } from './decode-text.ts';
import { hashBytes } from './hash-bytes.ts';
import { parseJson, readJsonPage } from './read-json.ts';

export interface PageItem {
  /** the input as the user gave it, or the file, the line, the address found in it */
  readonly input: string;
  readonly page: IncomingPage;
  readonly original: Original;
}

export interface FailedItem {
  readonly input: string;
  readonly failure: Failure;
}

export type IntakeItem = PageItem | FailedItem;

/** Where bytes came from. */
export interface Origin {
  readonly input: string;
  readonly name: string;
  /** ISO instant */
  readonly fetched: string;
  /** serve where the input itself does not say */
  readonly published?: string | undefined;
  readonly site?: string | undefined;
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  readonly contentType?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

interface Said {
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly published?: string | undefined;
  readonly site?: string | undefined;
  readonly authors?: readonly string[] | undefined;
}

/** @throws Failure bad-input for empty and binary bytes */
export function makePage(bytes: Uint8Array, format: 'html' | 'text', origin: Origin): PageItem {
  const decoded = decodeText(bytes, origin.input, origin.contentType);
  return assemble(
    bytes,
    { format, content: decoded.text, notes: decoded.notes },
    {},
    format === 'html' ? 'text/html' : 'text/plain',
    origin,
  );
}

/** @throws Failure bad-input */
export async function makeMailPage(bytes: Uint8Array, origin: Origin): Promise<PageItem> {
  const { readMail } = await import('./read-mail.ts');
  const mail = await readMail(bytes, origin.input);
  return assemble(bytes, { format: mail.format, content: mail.content, notes: [] }, mail, 'message/rfc822', origin);
}

/**
 * @param line the bytes of one JSON line, or of a whole .json file
 * @param keepName the name stays the origin's even where the object has an id
 * @throws Failure bad-input
 */
export function makeJsonPage(line: Uint8Array, origin: Origin, keepName = false): PageItem {
  const decoded = decodeText(line, origin.input);
  return makeObjectPage(parseJson(decoded.text, origin.input), line, origin, keepName, decoded.notes);
}

/** @throws Failure bad-input */
export function makeObjectPage(
  value: unknown,
  bytes: Uint8Array,
  origin: Origin,
  keepName: boolean,
  earlier: readonly Note[] = [],
): PageItem {
  const json = readJsonPage(value, origin.input);
  const name = keepName ? origin.name : (json.id ?? origin.name);
  const content = { format: json.format, content: json.content, notes: [...earlier, ...json.notes] };
  return assemble(bytes, content, json, 'application/json', { ...origin, name });
}

function assemble(
  bytes: Uint8Array,
  content: Pick<IncomingPage, 'format' | 'content' | 'notes'>,
  said: Said,
  mediaType: string,
  origin: Origin,
): PageItem {
  const sha256 = hashBytes(bytes);
  const url = said.url ?? origin.url;
  const title = said.title ?? origin.title;
  const published = said.published ?? origin.published;
  const site = said.site ?? origin.site;
  const authors = said.authors ?? origin.authors;
  return {
    input: origin.input,
    page: {
      name: origin.name,
      format: content.format,
      content: content.content,
      ...(url ? { url } : {}),
      ...(title ? { title } : {}),
      ...(published ? { published } : {}),
      ...(site ? { site } : {}),
      ...(authors?.length ? { authors } : {}),
      fetched: origin.fetched,
      sha256,
      notes: content.notes,
    },
    original: { sha256, bytes, mediaType, ...(url ? { url } : {}), ...(origin.headers ? { headers: origin.headers } : {}) },
  };
}
