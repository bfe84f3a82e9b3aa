/**
 * Who wrote it: JSON-LD authors, meta tags, marked-up bylines, "By …" lines. Out: names of people or desks, each once,
 * without "By", titles of office, addresses and social handles. A name of the site alone is kept only where nobody else is named.
 */

import furniture from '../../lexicon/article/bylines.json' with { type: 'json' };
import type { LeanElement } from './lean-tree.ts';
import { parseDate } from './read-dates.ts';
import { foldWords, wordsOf } from './read-title.ts';
import { isObject, readNames, readString, readTypes, type StructuredData } from './structured-data.ts';
import { type TextBlock, tidyText } from './text-blocks.ts';

const BY = new RegExp(String.raw`^(?:${furniture.by.join('|')})(?:[\s:]+|$)`, 'iu');
const BY_INSIDE = new RegExp(
  String.raw`(?:^|[|•·–—]\s*)(?:${furniture.by.slice(0, 8).join('|')})\s+(\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){1,3})`,
  'iu',
);
const JOIN = new RegExp(String.raw`\s*(?:,|;|\||•|·|、|，|\s/\s|\n|&|\s(?:${furniture.and.join('|')})\s)\s*`, 'iu');
const ADDRESS = /^\s*(?:https?:|www\.|\/|@)/i;
const NOT_A_NAME = /https?:|www\.|@|\d{3}|\d[./:]\d|^[^\p{L}]*$|[*?!{}<>=]|^(?:twitter|facebook|instagram|email|share)$/iu;
const MAX_AUTHORS = 30;

/** "By Jane Roe and John Doe, Reuters" → names. */
export function splitNames(text: string): string[] {
  if (ADDRESS.test(text)) return [];
  return tidyText(text)
    .replace(BY, '')
    .split(JOIN)
    .map((name) =>
      name
        .replace(BY, '')
        .replace(/\s*[([].*$/, '')
        .replace(/\s+(?:\S+@\S+|기자|記者|记者)\s*$/u, '')
        .replace(/^[\s,.;:–—-]+|[\s,;:–—-]+$/g, ''),
    )
    .filter((name) => name.length >= 2 && name.length <= 80 && !NOT_A_NAME.test(name) && name.split(' ').length <= 7);
}

interface Named {
  readonly people: string[];
  /** the site or another house instead of a person */
  readonly houses: string[];
}

function authorsOfArticles(data: StructuredData): Named {
  const byId = new Map(
    data.objects.filter((object) => typeof object['@id'] === 'string').map((object) => [object['@id'] as string, object]),
  );
  const people: string[] = [];
  const houses: string[] = [];
  for (const article of data.articles) {
    const value = article.author ?? article.creator;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!isObject(one)) {
        people.push(...readNames(one ?? null).flatMap(splitNames));
        continue;
      }
      const known = one.name === undefined && typeof one['@id'] === 'string' ? byId.get(one['@id']) : undefined;
      const object = known ?? one;
      const names = readNames(object).flatMap(splitNames);
      if (names.length === 0 && typeof object.familyName === 'string')
        names.push(tidyText(`${readString(object.givenName)} ${object.familyName}`));
      (readTypes(object).some((type) => /organi[sz]ation/i.test(type)) ? houses : people).push(...names);
    }
  }
  return { people, houses };
}

const BYLINE_HINT =
  /(?:^|[\s_-])(?:authors?|byline|by-line|writer|reporter|autor(?:en|in)?|autore|auteur|redakteur|verfasser)|author|byline/i;
const NO_BYLINE = /bio|related|more|promo|comment|image|avatar|follow|social|share/i;

function bylineBlocks(blocks: readonly TextBlock[]): string[] {
  const names: string[] = [];
  for (const block of blocks) {
    if (block.index > 250 || names.length >= 6) break;
    const { text } = block;
    if (text.length > 140) continue;
    let marked = false;
    for (let up: LeanElement | null = block.element, steps = 0; up && steps < 3; up = up.parent, steps++) {
      const label = `${up.read('class')} ${up.read('itemprop')} ${up.read('rel')} ${up.read('data-testid')}`;
      if (BYLINE_HINT.test(label) && !NO_BYLINE.test(label)) marked = true;
    }
    const inside = BY_INSIDE.exec(text);
    if (BY.test(text) && (marked || block.index < 150) && /\p{Lu}/u.test(text)) names.push(...splitNames(text).slice(0, 4));
    else if (inside && (marked || block.index < 120)) names.push(inside[1]!);
    else if (marked && text.split(' ').length <= 8) names.push(...splitNames(text.replace(/\s*[|•·].*$/, '')));
  }
  return names;
}

/** Two to four capitalised words and nothing else. */
function looksLikeName(text: string): boolean {
  const words = text.split(' ');
  return text.length <= 40 && words.length >= 2 && words.length <= 4 && words.every((word) => /^\p{Lu}[\p{L}.'’-]+$/u.test(word));
}

/** "27 January 2026 • Jane Roe • 3 minutes": a name that shares its line with a date. */
function namesBesideDates(blocks: readonly TextBlock[]): string[] {
  for (const block of blocks) {
    if (block.index > 200) break;
    if (block.text.length > 140 || !/[|•·]/.test(block.text)) continue;
    const parts = block.text.split(/\s*[|•·]\s*/);
    const names = parts.filter(looksLikeName);
    if (names.length > 0 && parts.some((part) => /\d/.test(part) && parseDate(part) !== null)) return names;
  }
  return [];
}

/** A paragraph that holds a name alone, at the very beginning or end of the body. */
function namesAtEdges(edges: readonly TextBlock[]): string[] {
  return edges
    .filter((block) => block.element.tag === 'p' && block.heading === 0 && block.linkLength === 0 && looksLikeName(block.text))
    .map((block) => block.text);
}

/** @param edges the blocks around the beginning and the end of the body */
export function readAuthors(
  data: StructuredData,
  blocks: readonly TextBlock[],
  site: string,
  declared: readonly string[],
  edges: readonly TextBlock[] = [],
): string[] {
  const { people, houses } = authorsOfArticles(data);
  const inMeta = (...names: readonly string[]): string[] => names.flatMap((name) => data.meta.get(name) ?? []).flatMap(splitNames);
  const sources = [
    () => people,
    () =>
      inMeta(
        'cxenseparse:author',
        'dcsext.author',
        'parsely-author',
        'sailthru.author',
        'byl',
        'dc.creator',
        'dcterms.creator',
        'authors',
        'article:author_name',
        'dable:author',
      ),
    () => inMeta('author', 'article:author'),
    () => bylineBlocks(blocks),
    () => namesBesideDates(blocks),
    () => namesAtEdges(edges),
    () => declared.flatMap(splitNames),
  ];
  const siteWords = foldWords(site).replaceAll(' ', '');
  const initials = wordsOf(site)
    .map((word) => word[0])
    .join('');
  const isHouse = (name: string): boolean => {
    const words = foldWords(name).replaceAll(' ', '');
    if ((words.length >= 2 && words === initials) || /^[\w-]+\.\p{Ll}{2,4}$/u.test(name)) return true;
    return siteWords !== '' && (words === siteWords || (words.length > 4 && siteWords.includes(words)));
  };
  let fallback: string[] = [];
  for (const readSource of sources) {
    const names = uniqueNames(readSource());
    if (names.some((name) => !isHouse(name))) return names.slice(0, MAX_AUTHORS);
    if (names.length > 0 && fallback.length === 0) fallback = names;
  }
  return (fallback.length > 0 ? fallback : uniqueNames(houses)).slice(0, MAX_AUTHORS);
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const name of names) {
    const key = foldWords(name);
    if (key && !seen.has(key)) seen.set(key, name);
  }
  return [...seen.values()];
}
