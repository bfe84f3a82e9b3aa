/**
 * A JSON object as a user hands it over in (a file, an element of an array, a line), its known fields out, checked at the door.
 * Unknown fields are left alone: records of other tools carry many.
 */
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Note } from '../vocabulary.ts';
import { readDate } from './read-date.ts';

const words = z.string().nullish();

const JSON_INPUT = z
  .object({
    id: z.union([z.string(), z.number()]).nullish(),
    text: words,
    html: words,
    url: words,
    title: words,
    published: words,
    site: words,
    authors: z.array(z.string()).nullish(),
  })
  .refine((input) => input.text?.trim() || input.html?.trim(), { error: 'has neither "text" nor "html"' });

export interface JsonPage {
  readonly id?: string;
  readonly format: 'html' | 'text';
  readonly content: string;
  readonly url?: string;
  readonly title?: string;
  readonly published?: string;
  readonly site?: string;
  readonly authors?: readonly string[];
  readonly notes: readonly Note[];
}

/** @throws Failure bad-input for what is no JSON */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Failure('intake', 'bad-input', `${name} is not valid JSON: ${error.message.slice(0, 120)}`, { cause: error });
  }
}

/** @throws Failure bad-input naming the field that is wrong */
export function readJsonPage(value: unknown, name: string): JsonPage {
  const parsed = JSON_INPUT.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const field = issue.path.length > 0 ? `its "${issue.path.join('.')}" is wrong (${issue.message})` : issue.message;
    throw new Failure('intake', 'bad-input', `${name} cannot be read as an article: ${field}`);
  }
  const input = parsed.data;
  const html = input.html?.trim() ? input.html : undefined;
  const published = readDate(input.published);
  const notes: Note[] = [];
  if (input.published && !published)
    notes.push({ room: 'intake', message: `${name}: "${input.published.slice(0, 40)}" is no date that can be read` });
  return {
    // Escapes such as \ud800 can leave half a character, which no file or database can keep.
    content: (html ?? input.text ?? '').toWellFormed(),
    format: html === undefined ? 'text' : 'html',
    ...(input.id === null || input.id === undefined || input.id === '' ? {} : { id: String(input.id) }),
    ...(input.url?.trim() ? { url: input.url.trim() } : {}),
    ...(input.title?.trim() ? { title: input.title.trim().toWellFormed() } : {}),
    ...(published ? { published } : {}),
    ...(input.site?.trim() ? { site: input.site.trim() } : {}),
    ...(input.authors?.length ? { authors: input.authors } : {}),
    notes,
  };
}
