/**
 * A web page in, the feeds that it names in <link rel="alternate"> out, in the page's order, comment feeds last.
 */
import { Parser } from 'htmlparser2';

const FEED_TYPES = new Set(['application/rss+xml', 'application/atom+xml', 'application/feed+json', 'application/rdf+xml']);

export interface FeedLink {
  readonly url: string;
  readonly title: string | null;
}

/** @param url the page's own address; relative links hang on it or on its <base> */
export function findFeedLinks(html: string, url: string): readonly FeedLink[] {
  const found: FeedLink[] = [];
  let base = url;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'base' && attributes.href) base = URL.parse(attributes.href, url)?.href ?? base;
      if (tag !== 'link' || !attributes.href) return;
      const rel = (attributes.rel ?? '').toLowerCase().split(/\s+/);
      const type = (attributes.type ?? '').toLowerCase().split(';')[0]!.trim();
      if (!rel.includes('alternate') || !FEED_TYPES.has(type)) return;
      const link = URL.parse(attributes.href.trim(), base);
      if (!link || (link.protocol !== 'http:' && link.protocol !== 'https:') || found.some((feed) => feed.url === link.href)) return;
      found.push({ url: link.href, title: attributes.title?.trim() || null });
    },
  });
  parser.end(html);
  const isComments = (feed: FeedLink): boolean => /comments?\b/i.test(`${feed.url} ${feed.title ?? ''}`);
  return [...found.filter((feed) => !isComments(feed)), ...found.filter(isComments)];
}
