/**
 * Published, updated and fetched are three things. In: tree, structured data, blocks, address, the input's own word.
 * Out: ISO 8601 dates with the zone that the page gives, and the source used. A date in the future or before the web is a note, not a fact.
 */

import monthNames from '../../lexicon/article/months.json' with { type: 'json' };
import type { LeanTree } from './lean-tree.ts';
import { readMeta, readString, type StructuredData } from './structured-data.ts';
import type { TextBlock } from './text-blocks.ts';

export interface PageDates {
  readonly published: string | null;
  readonly publishedFrom: string | null;
  readonly updated: string | null;
  readonly doubts: readonly string[];
}

const EARLIEST_YEAR = 1990;
const MONTHS: ReadonlyMap<string, number> = new Map(
  Object.values(monthNames.languages).flatMap((months) =>
    months.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
  ),
);
const MONTH_WORD = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|');
const TIME = String.raw`(?:[T ,]{0,3}(?:at |um |à |alle |om |kl\.? ?)?(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(?:([ap])\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const ISO = new RegExp(String.raw`^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)${TIME}`, 'i');
const COMPACT = /^\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?\s*$/i;
const CJK = /(\d{4})\s*[年년.]\s*(\d{1,2})\s*[月월.]\s*(\d{1,2})\s*[日일.]?(?:\s*(?:\([^)]{1,3}\))?\s*(\d{1,2})[:時时시]\s*(\d{2}))?/;
const DAY_FIRST = new RegExp(
  String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ ,-]{1,2}(?:de |of |d['’])?(${MONTH_WORD})\.?[ ,-]{1,2}(?:de |del )?(\d{4})(?!\d)${TIME}`,
  'iu',
);
const MONTH_FIRST = new RegExp(String.raw`(?<!\p{L})(${MONTH_WORD})\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(\d{4})(?!\d)${TIME}`, 'iu');
const NUMERIC = new RegExp(String.raw`(?<![\d/.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)${TIME}`);
const YEAR_FIRST = new RegExp(String.raw`(?<![\d/.])((?:19|20)\d{2})[./](\d{1,2})[./](\d{1,2})(?![\d])${TIME}`);
const IN_ADDRESS = /(?:\/|-|_)((?:19|20)\d{2})[/_-]?(0?[1-9]|1[0-2])[/_-]?(0?[1-9]|[12]\d|3[01])(?:\/|-|_|\.|\D|$)/;
const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

function two(value: number | string): string {
  return String(value).padStart(2, '0');
}

function build(year: string, month: number | string, day: string, time: readonly (string | undefined)[]): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= 31)) return null;
  const date = `${y}-${two(m)}-${two(d)}`;
  const [hour, minute, second, half, zone] = time;
  if (hour === undefined || minute === undefined) return date;
  let h = Number(hour);
  if (half && h <= 12) h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (h > 24 || Number(minute) > 59) return date;
  if (h === 24) h = 0;
  const written = zone ? (/^(?:z|utc|gmt)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')) : '';
  return `${date}T${two(h)}:${minute}:${second ?? '00'}${written}`;
}

/** Reads one date as machines or people write it, in any of the lexicon's languages. Day before month in "05/06/2024", unless `monthFirst`. */
export function parseDate(text: string, monthFirst = false): string | null {
  const line = text
    .slice(0, 200)
    .replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .trim();
  if (/^\d{10}$|^\d{13}$/.test(line)) {
    const instant = new Date(Number(line) * (line.length === 10 ? 1000 : 1));
    return `${instant.toISOString().slice(0, 19)}Z`;
  }
  let match = ISO.exec(line);
  if (match) return build(match[1]!, match[2]!, match[3]!, match.slice(4));
  match = COMPACT.exec(line);
  if (match) return build(match[1]!, match[2]!, match[3]!, [match[4], match[5], match[6], undefined, match[7]]);
  match = CJK.exec(line);
  if (match) return build(match[1]!, match[2]!, match[3]!, [match[4], match[5]]);
  match = DAY_FIRST.exec(line);
  if (match) return build(match[3]!, MONTHS.get(match[2]!.toLowerCase()) ?? 0, match[1]!, match.slice(4));
  match = MONTH_FIRST.exec(line);
  if (match) return build(match[3]!, MONTHS.get(match[1]!.toLowerCase()) ?? 0, match[2]!, match.slice(4));
  match = YEAR_FIRST.exec(line);
  if (match) return build(match[1]!, match[2]!, match[3]!, match.slice(4));
  match = NUMERIC.exec(line);
  if (match) {
    const [first, second] = [Number(match[1]), Number(match[3])];
    const american = second > 12 || (monthFirst && first <= 12);
    return american ? build(match[4]!, first, match[3]!, match.slice(5)) : build(match[4]!, second, match[1]!, match.slice(5));
  }
  return null;
}

/** Why a date cannot be a date of publication, or '' where it can. */
function doubtDate(date: string, fetched: string): string {
  if (Number(date.slice(0, 4)) < EARLIEST_YEAR) return 'lies before the web';
  const limit = Date.parse(fetched) + 26 * 3600 * 1000;
  if (!Number.isNaN(limit) && Date.parse(date.slice(0, 10)) > limit) return 'lies in the future';
  return '';
}

interface Candidate {
  readonly from: string;
  readonly text: string;
}

/** In order of trust; read only as far as needed. */
function* publishedCandidates(
  tree: LeanTree,
  data: StructuredData,
  blocks: readonly TextBlock[],
  url: string,
  declared: string,
): Generator<Candidate> {
  for (const article of data.articles) yield { from: 'json-ld', text: readString(article.datePublished) };
  yield {
    from: 'meta',
    text: readMeta(
      data,
      'article:published_time',
      'og:article:published_time',
      'article:published',
      'og:published_time',
      'rnews:datepublished',
    ),
  };
  yield {
    from: 'meta',
    text: readMeta(
      data,
      'datepublished',
      'publishdate',
      'publish-date',
      'pubdate',
      'publication_date',
      'parsely-pub-date',
      'sailthru.date',
      'cxenseparse:recs:publishtime',
      'cxenseparse:publishtime',
      'article.published',
      'published_time',
      'vr:published_time',
      'date.created',
      'datecreated',
      'dc.date.issued',
      'dcterms.created',
      'dcterms.date',
      'dc.date',
      'article:post_date',
      'article_date_original',
      'last-published',
      'publishtime',
      'originalpublicationdate',
      'ptime',
      'bt:pubdate',
      'iso-8601-publish-date',
      'datetime',
      'date',
    ),
  };
  for (const object of data.objects)
    yield { from: 'json-ld', text: readString(object.datePublished ?? object.dateCreated ?? object.uploadDate) };
  for (const time of tree.times) {
    if (
      /publish|pubdate|posted|created|entry-date/i.test(
        `${time.read('itemprop')} ${time.read('class')} ${time.attributes?.has('pubdate') ? 'pubdate' : ''}`,
      )
    ) {
      yield { from: 'time element', text: time.read('datetime') || time.read('content') };
    }
  }
  yield { from: 'input', text: declared };
  for (const time of tree.times.slice(0, 3)) yield { from: 'time element', text: time.read('datetime') };
  const address = IN_ADDRESS.exec(url);
  if (address) yield { from: 'url', text: `${address[1]}-${address[2]}-${address[3]}` };
  for (const block of blocks) {
    if (block.index > 80) break;
    if (block.text.length < 120 && /\d{4}|[\u0660-\u0669\u06f0-\u06f9]{4}/.test(block.text) && parseDate(block.text))
      yield { from: 'text', text: block.text };
  }
}

export function readDates(
  tree: LeanTree,
  data: StructuredData,
  blocks: readonly TextBlock[],
  url: string,
  declared: string,
  fetched: string,
): PageDates {
  const doubts: string[] = [];
  const monthFirst =
    /^en-?us\b/i.test(tree.language) || /\.(?:com|us|gov|mil)(?:\/|$)/.test(url.replace(/^https?:\/\//, '').split('/')[0] ?? '');
  let published: string | null = null;
  let publishedFrom: string | null = null;
  for (const candidate of publishedCandidates(tree, data, blocks, url, declared)) {
    const date = candidate.text ? parseDate(candidate.text, monthFirst) : null;
    if (!date) continue;
    const doubt = doubtDate(date, fetched);
    if (doubt) {
      doubts.push(`date of publication ${date} (${candidate.from}) ${doubt} and was set aside`);
      continue;
    }
    published = date;
    publishedFrom = candidate.from;
    break;
  }
  let updated: string | null = null;
  const changed = [
    ...data.articles.map((article) => readString(article.dateModified)),
    readMeta(data, 'article:modified_time', 'og:updated_time', 'datemodified', 'last-modified', 'lastmod', 'dcterms.modified', 'revised'),
  ];
  for (const text of changed) {
    const date = text ? parseDate(text, monthFirst) : null;
    if (!date || doubtDate(date, fetched)) continue;
    if (!published || date.slice(0, 16) > published.slice(0, Math.min(16, published.length))) updated = date;
    break;
  }
  return { published, publishedFrom, updated, doubts: [...new Set(doubts)].slice(0, 3) };
}
