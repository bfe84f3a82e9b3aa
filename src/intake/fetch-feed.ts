/**
 * The address of a feed, or of a page that names its feed, in; the feed out. Conditional, so that an unchanged feed costs nothing.
 */
import { Failure } from '../failure.ts';
import { decodeText } from './decode-text.ts';
import type { Conditions, FetchPage } from './fetch-page.ts';
import { findFeedLinks } from './find-feed-links.ts';
import { type Feed, readFeed } from './read-feed.ts';
import { sniffKind } from './sniff-kind.ts';

export interface FetchedFeed {
  /** null: nothing new since the conditions given */
  readonly feed: Feed | null;
  /** the feed's own address: another than asked for where a page named it or the feed has moved for good */
  readonly url: string;
  readonly conditions: Conditions;
  readonly fetched: string;
}

/** @throws Failure not-a-feed, and whatever fetching throws */
export async function fetchFeed(url: string, fetchPage: FetchPage, conditions: Conditions = {}): Promise<FetchedFeed> {
  const page = await fetchPage(url, conditions);
  const kept = page.movedTo ?? url;
  const next: Conditions = { etag: page.headers.etag, lastModified: page.headers['last-modified'] };
  if (page.unchanged) return { feed: null, url: kept, conditions: { ...conditions, ...definedOnly(next) }, fetched: page.fetched };
  const feed = readFeed(page.bytes, page.url, page.headers['content-type']);
  return { feed: { ...feed, url: kept }, url: kept, conditions: definedOnly(next), fetched: page.fetched };
}

/**
 * For an address that a person pasted: it may be the feed or any page of a site that names one.
 * @throws Failure not-a-feed where neither is so
 */
export async function findFeed(url: string, fetchPage: FetchPage): Promise<FetchedFeed> {
  const page = await fetchPage(url);
  const text = decodeText(page.bytes, page.url, page.headers['content-type']).text;
  if (sniffKind(text.slice(0, 4096)) !== 'html') {
    const kept = page.movedTo ?? page.url;
    const conditions = definedOnly({ etag: page.headers.etag, lastModified: page.headers['last-modified'] });
    return { feed: { ...readFeed(text, page.url), url: kept }, url: kept, conditions, fetched: page.fetched };
  }
  const [link] = findFeedLinks(text, page.url);
  if (!link) throw new Failure('intake', 'not-a-feed', `${page.url} is no feed: it is a web page, and it names no feed`);
  return fetchFeed(link.url, fetchPage);
}

function definedOnly(conditions: Conditions): Conditions {
  return {
    ...(conditions.etag ? { etag: conditions.etag } : {}),
    ...(conditions.lastModified ? { lastModified: conditions.lastModified } : {}),
  };
}
