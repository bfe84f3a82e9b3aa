/**
 * What a page says of itself to machines: JSON-LD, meta tags, microdata links. Scripts in, plain facts out.
 * Nothing here is trusted further than its source; the readers of title, dates, authors and publisher weigh it.
 */
import type { LeanElement, LeanTree } from './lean-tree.ts';
import { tidyText } from './text-blocks.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface StructuredData {
  /** JSON-LD objects that describe an article, the most telling first */
  readonly articles: readonly JsonObject[];
  /** every JSON-LD object of the page */
  readonly objects: readonly JsonObject[];
  /** the longest `articleBody` (or `text`), as running text; '' where there is none */
  readonly body: string;
  /** lower-case property, name or itemprop → contents in order */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** what the page says of its pictures: alternative texts, captions in JSON-LD */
  readonly captions: readonly string[];
}

/** What a text without markup says of itself. */
export const NO_DATA: StructuredData = { articles: [], objects: [], body: '', meta: new Map(), captions: [] };

const ARTICLE_TYPE = /article|blogposting|liveblog|report(?!age)|^review$|newsstory|^story$/i;
const MAX_JSON = 3_000_000;
const MAX_OBJECTS = 2_000;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All strings that a JSON-LD value may stand for: itself, its `name`, `@value` or `url`, of each in a list. */
export function readNames(value: Json | undefined, depth = 0): string[] {
  if (depth > 4 || value === undefined || value === null) return [];
  if (typeof value === 'string') return [tidyText(decodeEntities(value))].filter(Boolean);
  if (Array.isArray(value)) return value.flatMap((one) => readNames(one, depth + 1));
  if (isObject(value)) return readNames(value.name ?? value['@value'] ?? value['@list'], depth + 1);
  return [];
}

export function readString(value: Json | undefined): string {
  return readNames(value)[0] ?? '';
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  oacute: 'ó',
  aacute: 'á',
  iacute: 'í',
  uacute: 'ú',
};

/** Entities that were escaped twice, as they stand in JSON and meta tags. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,8}));/gi, (all, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? all;
    const code = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** JSON as sites write it: comments around it, raw line ends in strings, trailing commas. @returns undefined where it cannot be read */
export function parseLooseJson(text: string): Json | undefined {
  if (text.length > MAX_JSON) return undefined;
  const bare = text
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, '');
  try {
    return JSON.parse(bare) as Json;
  } catch {
    try {
      const cleaned = bare
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what breaks the strings
        .replace(/[\u0000-\u001f]+/g, ' ')
        .replace(/,\s*([}\]])/g, '$1')
        .replace(/;\s*$/, '');
      return JSON.parse(cleaned) as Json;
    } catch {
      return undefined;
    }
  }
}

function collectObjects(value: Json, found: JsonObject[], depth: number): void {
  if (depth > 8 || found.length >= MAX_OBJECTS) return;
  if (Array.isArray(value)) {
    for (const one of value) collectObjects(one, found, depth + 1);
  } else if (isObject(value)) {
    if (value['@type'] !== undefined) found.push(value);
    for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'liveBlogUpdate', 'itemListElement', 'item', 'hasPart', 'subjectOf']) {
      const inner = value[key];
      if (typeof inner === 'object' && inner !== null) collectObjects(inner, found, depth + 1);
    }
  }
}

export function readTypes(object: JsonObject): string[] {
  const type = object['@type'];
  return (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string');
}

/** How much an object tells about the article of this page. */
function weighArticle(object: JsonObject): number {
  let weight = 0;
  for (const key of ['headline', 'datePublished', 'author', 'publisher', 'articleBody', 'mainEntityOfPage', 'description']) {
    if (object[key] !== undefined && object[key] !== null && object[key] !== '') weight++;
  }
  return weight;
}

function gatherMeta(metas: readonly LeanElement[]): Map<string, string[]> {
  const meta = new Map<string, string[]>();
  for (const element of metas) {
    const content = tidyText(decodeEntities(element.read('content')));
    if (!content) continue;
    const names = new Set(
      [element.read('property'), element.read('name'), element.read('itemprop')].map((name) => name.trim().toLowerCase()),
    );
    for (const name of names) {
      if (!name) continue;
      const list = meta.get(name);
      if (list) list.push(content);
      else meta.set(name, [content]);
    }
  }
  return meta;
}

/** Markup inside a string to text with its paragraphs kept. */
export function stripMarkup(text: string): string {
  if (!text.includes('<') && !text.includes('&')) return text;
  return decodeEntities(
    decodeEntities(text)
      .replace(/<(script|style|figcaption)\b[^>]{0,500}>[\s\S]{0,3000}?<\/\1>/gi, ' ')
      .replace(/<(?:\/p|br|\/h\d|\/div|\/li)\b[^>]{0,200}>/gi, '\n\n')
      .replace(/<[^>]{0,2000}>/g, ''),
  );
}

function readCaptions(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.slice(0, 50).flatMap(readCaptions);
  if (!isObject(value)) return [];
  const media = readTypes(value).some((type) => /image|video|media/i.test(type));
  return [readString(value.caption), media ? readString(value.description) : '', media ? readString(value.name) : ''].filter(
    (text) => text.length > 12,
  );
}

export function readStructuredData(tree: LeanTree): StructuredData {
  const objects: JsonObject[] = [];
  for (const script of tree.scripts) {
    if (!script.type.includes('ld+json')) continue;
    const parsed = parseLooseJson(script.text);
    if (parsed !== undefined) collectObjects(parsed, objects, 0);
  }
  const articles = objects
    .filter((object) => readTypes(object).some((type) => ARTICLE_TYPE.test(type)))
    .sort((a, b) => weighArticle(b) - weighArticle(a));
  let body = '';
  for (const object of articles) {
    for (const key of ['articleBody', 'text']) {
      const value = object[key];
      if (typeof value === 'string' && value.length > body.length) body = value;
    }
  }
  const captions = objects.flatMap((object) => [object.image, object.video, object].flatMap(readCaptions));
  return {
    articles,
    objects,
    body: stripMarkup(body),
    meta: gatherMeta(tree.metas),
    captions: [...tree.pictureTexts.slice(0, 200), ...captions.slice(0, 100)],
  };
}

/** First non-empty content of the first of these meta names. */
export function readMeta(data: StructuredData, ...names: readonly string[]): string {
  for (const name of names) {
    const value = data.meta.get(name)?.[0];
    if (value) return value;
  }
  return '';
}
