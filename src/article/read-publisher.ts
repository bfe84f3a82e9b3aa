/**
 * The site a page stands on, the publisher its text comes from where that is another, the canonical address, the language.
 * In: structured data, tree, text and address. Out: names and addresses as the page gives them; never a guess from the text's content.
 */

import agencies from '../../lexicon/article/agencies.json' with { type: 'json' };
import type { LeanTree } from './lean-tree.ts';
import { isObject, readMeta, readNames, readString, type StructuredData } from './structured-data.ts';

export function hostOf(url: string): string {
  const match = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url);
  return (match?.[1] ?? '').toLowerCase().replace(/^www\./, '');
}

export function readSite(data: StructuredData, url: string, declared: string): string | null {
  const named = readMeta(data, 'og:site_name', 'application-name', 'al:ios:app_name', 'twitter:app:name:iphone');
  if (named && !/^https?:/i.test(named)) return named;
  for (const article of data.articles) {
    const name = readString(article.publisher);
    if (name && !/^https?:/i.test(name)) return name;
  }
  for (const object of data.objects) {
    const type = JSON.stringify(object['@type'] ?? '');
    if (/WebSite|NewsMediaOrganization/.test(type)) {
      const name = readString(object.name);
      if (name) return name;
    }
  }
  return declared || hostOf(url) || null;
}

export function readCanonical(tree: LeanTree, data: StructuredData, url: string): string | null {
  const link = tree.links.find((one) => /(?:^|\s)canonical(?:\s|$)/i.test(one.read('rel')));
  const href = link?.read('href') || readMeta(data, 'og:url');
  return href ? resolveAddress(href, url) : null;
}

/** A relative address made whole; null where it cannot be. */
export function resolveAddress(href: string, base: string): string | null {
  if (/^https?:\/\//i.test(href)) return href;
  const origin = /^https?:\/\/[^/?#]+/i.exec(base)?.[0];
  if (!origin) return null;
  if (href.startsWith('//')) return `${origin.split('//')[0]}${href}`;
  return href.startsWith('/') ? `${origin}${href}` : null;
}

/** ISO 639-1 code of what the page says of its language. */
export function readLanguage(tree: LeanTree, data: StructuredData): string | null {
  const said = [
    tree.language,
    ...data.articles.map((article) => readString(article.inLanguage)),
    readMeta(data, 'og:locale', 'content-language', 'language', 'dc.language'),
  ];
  for (const one of said) {
    const match = /^([a-z]{2,3})(?:[-_]|$)/i.exec(one.trim());
    if (match) return match[1]!.toLowerCase();
  }
  return null;
}

const AGENCY = new Map(agencies.agencies.flatMap((agency) => agency.written.map((form) => [form.toLowerCase(), agency.name] as const)));

/** The agency that a name, a dateline or a credit stands for; null where it is none. */
export function nameAgency(text: string): string | null {
  return AGENCY.get(text.trim().toLowerCase().replace(/^the /, '')) ?? null;
}

const TOP_STORIES = /^(?:top news stories|top stories|latest news|more stories|more news) (?:from|on) (.{2,60})$/i;
const FIRST_PUBLISHED =
  /(?:first|originally) (?:published|appeared|posted) (?:by|on|in|at) (?:the )?((?:\p{Lu}|\d)[\p{L}\p{N}.'’&-]*(?: (?:of|the|and|&|\p{Lu}[\p{L}\p{N}.'’&-]*)){0,5})|(?:^|\s)(?:[Ss]ource|SOURCE|Quelle|Fuente|Источник|Джерело|Kaynak|المصدر)\s?:\s?((?:\p{L}[\p{L}\p{N}.'’&-]*)(?: [\p{L}&][\p{L}\p{N}.'’&-]*){0,4})/u;

/**
 * Where the text comes from when that is another than the site: an agency in the dateline or the byline,
 * "first published by …", "Source: …", or a publisher in the page's own data that is not the site.
 */
export function readPublisher(
  data: StructuredData,
  site: string | null,
  dateline: string | null,
  authors: readonly string[],
  furniture: readonly string[],
): string | null {
  const inDateline = dateline ? /\(([^()]{2,40})\)/.exec(dateline)?.[1] : undefined;
  const fromDateline = inDateline ? nameAgency(inDateline) : null;
  if (fromDateline && fromDateline !== site) return fromDateline;
  for (const author of authors) {
    const agency = nameAgency(author);
    if (agency && agency !== site) return agency;
  }
  for (const line of furniture) {
    if (line.length > 300) continue;
    const match = FIRST_PUBLISHED.exec(line);
    const name = (match?.[1] ?? match?.[2] ?? TOP_STORIES.exec(line)?.[1])?.replace(/[\s.]+$/, '');
    if (name && name.length > 1 && name.toLowerCase() !== site?.toLowerCase()) return nameAgency(name) ?? name;
  }
  for (const article of data.articles.slice(0, 2)) {
    for (const key of ['sourceOrganization', 'provider', 'isBasedOn'] as const) {
      const value = article[key];
      const name = typeof value === 'string' || isObject(value) ? readNames(value)[0] : undefined;
      if (name && !/^https?:/.test(name) && name.toLowerCase() !== site?.toLowerCase()) return name;
    }
  }
  return null;
}
