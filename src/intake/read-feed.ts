/**
 * A feed as it came (RSS, RDF, Atom, JSON Feed) in, its title and entries out, newest things left in the feed's own order.
 * What is no feed is a Failure that names what it is instead; an entry without an address is passed over and counted.
 */
import { DetectError, MalformedError, ParseError, parseFeed } from 'feedsmith';
import { Failure } from '../failure.ts';
import { decodeText, nameBinary } from './decode-text.ts';
import { readDate } from './read-date.ts';
import { sniffKind } from './sniff-kind.ts';

export interface FeedEntry {
  readonly url: string;
  readonly title?: string;
  /** ISO 8601 */
  readonly published?: string;
  readonly authors: readonly string[];
  /** what the feed gives of the text; often only a teaser */
  readonly html?: string;
}

export interface Feed {
  readonly url: string;
  readonly title: string | null;
  /** the page that the feed belongs to */
  readonly siteUrl?: string;
  readonly entries: readonly FeedEntry[];
  /** entries that named no address and so cannot be read */
  readonly skipped: number;
}

interface RawEntry {
  readonly links: readonly (string | undefined)[];
  readonly title?: string | undefined;
  readonly dates: readonly (string | undefined)[];
  readonly authors: readonly (string | undefined)[];
  readonly html?: string | undefined;
}

interface RawFeed {
  readonly title?: string | undefined;
  readonly siteUrl?: string | undefined;
  readonly entries: readonly RawEntry[];
}

/**
 * @param url where the feed was fetched; relative addresses hang on it
 * @throws Failure not-a-feed
 */
export function readFeed(content: string | Uint8Array, url: string, contentType?: string): Feed {
  if (typeof content !== 'string') {
    const binary = nameBinary(content);
    if (binary || content.length === 0) throw notFeed(url, binary ?? 'empty');
  }
  const text = typeof content === 'string' ? content : decodeText(content, url, contentType).text;
  const raw = parse(text, url);
  const base = resolveUrl(raw.siteUrl, url) ?? url;
  const entries: FeedEntry[] = [];
  const seen = new Set<string>();
  let skipped = 0;
  for (const entry of raw.entries) {
    const link = entry.links.map((candidate) => resolveUrl(candidate, base)).find((candidate) => candidate !== undefined);
    if (link === undefined) skipped++;
    if (link === undefined || seen.has(link)) continue;
    seen.add(link);
    const published = entry.dates.map(readDate).find((date) => date !== null);
    const title = plainTitle(entry.title);
    entries.push({
      url: link,
      ...(title ? { title } : {}),
      ...(published ? { published } : {}),
      authors: entry.authors.filter((author) => author !== undefined && author.trim() !== '').map((author) => author!.trim()),
      ...(entry.html?.trim() ? { html: entry.html } : {}),
    });
  }
  const siteUrl = resolveUrl(raw.siteUrl, url);
  return { url, title: plainTitle(raw.title) || null, ...(siteUrl ? { siteUrl } : {}), entries, skipped };
}

function parse(text: string, url: string): RawFeed {
  let parsed: ReturnType<typeof parseFeed<string>>;
  try {
    parsed = parseFeed(text);
  } catch (error) {
    if (error instanceof DetectError) throw notFeed(url, nameOther(text));
    if (error instanceof ParseError || error instanceof MalformedError || error instanceof SyntaxError) throw notFeed(url, 'a broken feed');
    throw error;
  }
  switch (parsed.format) {
    case 'rss':
      return {
        title: parsed.feed.title,
        siteUrl: parsed.feed.link,
        entries: (parsed.feed.items ?? []).map((item) => ({
          links: [item.link, item.guid?.isPermaLink === false ? undefined : item.guid?.value],
          title: item.title,
          dates: [item.pubDate, item.dc?.dates?.[0]],
          authors: [
            ...(item.dc?.creators ?? []),
            ...(item.authors ?? []).map((author) => (typeof author === 'string' ? author : author.name)),
          ],
          html: item.content?.encoded ?? item.description,
        })),
      };
    case 'rdf':
      return {
        title: parsed.feed.title,
        siteUrl: parsed.feed.link,
        entries: (parsed.feed.items ?? []).map((item) => ({
          links: [item.link, item.rdf?.about],
          title: item.title,
          dates: [item.dc?.dates?.[0]],
          authors: item.dc?.creators ?? [],
          html: item.content?.encoded ?? item.description,
        })),
      };
    case 'atom':
      return {
        title: parsed.feed.title?.value,
        siteUrl: alternate(parsed.feed.links),
        entries: (parsed.feed.entries ?? []).map((entry) => ({
          links: [alternate(entry.links), entry.id],
          title: entry.title?.value,
          dates: [entry.published, entry.updated],
          authors: (entry.authors ?? []).map((author) => author.name),
          html: entry.content?.value ?? entry.summary?.value,
        })),
      };
    case 'json':
      return {
        title: parsed.feed.title,
        siteUrl: parsed.feed.home_page_url,
        entries: (parsed.feed.items ?? []).map((item) => ({
          links: [item.url, item.external_url, item.id],
          title: item.title,
          dates: [item.date_published, item.date_modified],
          authors: (item.authors ?? []).map((author) => author.name),
          html: item.content_html ?? item.content_text,
        })),
      };
  }
}

function alternate(links: readonly { readonly href?: string; readonly rel?: string }[] | undefined): string | undefined {
  return (links?.find((link) => link.rel === undefined || link.rel === 'alternate') ?? links?.find((link) => link.rel !== 'self'))?.href;
}

function notFeed(url: string, what: string): Failure {
  return new Failure('intake', 'not-a-feed', `${url} is no feed: it is ${what}`);
}

function nameOther(text: string): string {
  switch (sniffKind(text.slice(0, 4096))) {
    case 'html':
      return 'a web page';
    case 'opml':
      return 'a list of feeds (OPML), which can be imported as a file';
    case 'json':
    case 'jsonl':
      return 'JSON that is no JSON Feed';
    case 'feed':
      return 'a broken feed';
    case 'eml':
      return 'a mail message';
    case 'warc':
      return 'a web archive';
    default:
      return text.trim() === '' ? 'empty' : 'plain text';
  }
}

/** Titles are plain text, but many feeds put markup into them. */
function plainTitle(title: string | undefined): string {
  return (title ?? '')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function resolveUrl(link: string | undefined, base: string): string | undefined {
  if (!link?.trim()) return undefined;
  const url = URL.parse(link.trim(), URL.canParse(base) ? base : undefined);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  url.hash = '';
  return url.href;
}
