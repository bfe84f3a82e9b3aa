/**
 * The stored bytes of a page in, the page out again: for reading an article anew with a better machine.
 * What the input said beside its bytes (its name, hints of the user) comes from the article as it was read.
 */
import type { Article, IncomingPage, Original } from '../vocabulary.ts';
import { makeJsonPage, makeMailPage, makePage, type Origin } from './read-page.ts';

type Remembered = Pick<Article, 'name' | 'fetched' | 'url'> & Partial<Pick<Article, 'published' | 'publishedFrom' | 'site'>>;

/** @throws Failure bad-input when the bytes cannot be decoded any more */
export async function readOriginal(original: Original, article: Remembered): Promise<IncomingPage> {
  const origin: Origin = {
    input: article.url ?? article.name,
    name: article.name,
    fetched: article.fetched,
    url: original.url ?? article.url ?? undefined,
    published: article.publishedFrom === 'input' ? (article.published ?? undefined) : undefined,
    site: article.site ?? undefined,
    contentType: original.headers?.['content-type'],
    headers: original.headers,
  };
  if (original.mediaType === 'application/json') return makeJsonPage(original.bytes, origin, true).page;
  if (original.mediaType === 'message/rfc822') return (await makeMailPage(original.bytes, origin)).page;
  return makePage(original.bytes, original.mediaType === 'text/plain' ? 'text' : 'html', origin).page;
}
