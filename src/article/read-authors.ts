/**
 * Who wrote it: JSON-LD authors, meta tags, marked-up bylines, "By …" lines. Out: names of people or desks, each once,
 * without "By", titles of office, addresses and social handles. A name of the site alone is kept only where nobody else is named.
 */

import furniture from '../../lexicon/article/bylines.json' with { type: 'json' };
import type { LeanElement } from './lean-tree.ts';
import { foldWords } from './read-title.ts';
import { isObject, type JsonObject, readMeta, readNames, type StructuredData } from './structured-data.ts';
import { type TextBlock, tidyText } from './text-blocks.ts';

const BY = new RegExp(String.raw`^(?:${furniture.by.join('|')})[\s:]+`, 'iu');
const JOIN = new RegExp(String.raw`\s*(?:,|;|\||•|·|/|\n|&|\s(?:${furniture.and.join('|')})\s)\s*`, 'iu');
const NOT_A_NAME = /https?:|www\.|@|\.(?:com|org|net)\b|\d{2}|^\W*$/i;
const MAX_AUTHORS = 30;

/** "By Jane Roe and John Doe, Reuters" → names. */
export function splitNames(text: string): string[] {
  const line = tidyText(text).replace(BY, '');
  return line
    .split(JOIN)
    .map((name) =>
      name
        .replace(BY, '')
        .replace(/\s*[([].*$/, '')
        .replace(/^[\s,.;:–—-]+|[\s,;:–—-]+$/g, ''),
    )
    .filter((name) => name.length >= 2 && name.length <= 80 && !NOT_A_NAME.test(name) && name.split(' ').length <= 7);
}

function authorsOfArticle(article: JsonObject): string[] {
  const value = article.author ?? article.creator;
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((one) => {
    if (isObject(one)) return readNames(one).flatMap((name) => splitNames(name));
    return readNames(one ?? null).flatMap(splitNames);
  });
}

const BYLINE_HINT = /\b(?:author|byline|by-line|writer|reporter|autor|autore|auteur|redakteur|verfasser)/i;

function bylineBlocks(blocks: readonly TextBlock[]): string[] {
  const names: string[] = [];
  for (const block of blocks) {
    if (block.index > 200 || names.length >= 6) break;
    if (block.text.length > 120) continue;
    let marked = false;
    for (let up: LeanElement | null = block.element, steps = 0; up && steps < 3; up = up.parent, steps++) {
      if (BYLINE_HINT.test(`${up.read('class')} ${up.read('itemprop')} ${up.read('rel')}`)) marked = true;
    }
    if (BY.test(block.text) && (marked || block.index < 120)) names.push(...splitNames(block.text).slice(0, 4));
    else if (marked && block.text.split(' ').length <= 6) names.push(...splitNames(block.text));
  }
  return names;
}

export function readAuthors(data: StructuredData, blocks: readonly TextBlock[], site: string, declared: readonly string[]): string[] {
  const sources = [
    data.articles.flatMap(authorsOfArticle),
    (data.meta.get('author') ?? []).flatMap(splitNames),
    [
      ...(data.meta.get('article:author') ?? []),
      ...(data.meta.get('parsely-author') ?? []),
      ...(data.meta.get('sailthru.author') ?? []),
    ].flatMap(splitNames),
    [readMeta(data, 'dc.creator', 'dcterms.creator', 'byl', 'authors', 'article:author_name', 'cxenseparse:author')].flatMap(splitNames),
    bylineBlocks(blocks),
    declared.flatMap(splitNames),
  ];
  const siteWords = foldWords(site);
  let fallback: string[] = [];
  for (const source of sources) {
    const names = uniqueNames(source);
    const people = names.filter((name) => foldWords(name) !== siteWords);
    if (people.length > 0) return people.slice(0, MAX_AUTHORS);
    if (names.length > 0 && fallback.length === 0) fallback = names;
  }
  return fallback;
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const name of names) {
    const key = foldWords(name);
    if (key && !seen.has(key)) seen.set(key, name);
  }
  return [...seen.values()];
}
