/**
 * A list of feeds in OPML in, the format in which feed readers hand their subscriptions over; its feeds out.
 */
import { parseOpml } from 'feedsmith';
import { Failure } from '../failure.ts';

export interface ListedFeed {
  readonly url: string;
  readonly title: string | null;
  readonly siteUrl?: string;
}

interface Outline {
  readonly text?: string | undefined;
  readonly title?: string | undefined;
  readonly xmlUrl?: string | undefined;
  readonly htmlUrl?: string | undefined;
  readonly outlines?: readonly Outline[] | undefined;
}

/**
 * Every feed of the list once, folders flattened.
 * @throws Failure bad-input for what is no OPML
 */
export function readOpml(text: string, name: string): readonly ListedFeed[] {
  let outlines: readonly Outline[];
  try {
    outlines = parseOpml(text).body?.outlines ?? [];
  } catch (error) {
    throw new Failure('intake', 'bad-input', `${name} is no list of feeds (OPML): ${(error as Error).message}`, { cause: error });
  }
  const feeds = new Map<string, ListedFeed>();
  const walk = (list: readonly Outline[]): void => {
    for (const outline of list) {
      const url = outline.xmlUrl && URL.parse(outline.xmlUrl.trim());
      if (url && (url.protocol === 'http:' || url.protocol === 'https:') && !feeds.has(url.href)) {
        feeds.set(url.href, {
          url: url.href,
          title: outline.title?.trim() || outline.text?.trim() || null,
          ...(outline.htmlUrl ? { siteUrl: outline.htmlUrl } : {}),
        });
      }
      walk(outline.outlines ?? []);
    }
  };
  walk(outlines);
  return [...feeds.values()];
}
