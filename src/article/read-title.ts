/**
 * The page's title: from JSON-LD, meta tags, the first heading and the head's title, each set against the others.
 * In: the tree, its structured data and its blocks. Out: one line of text, without the name of the site.
 */
import type { LeanTree } from './lean-tree.ts';
import { decodeEntities, readMeta, readString, type StructuredData } from './structured-data.ts';
import { type TextBlock, tidyText } from './text-blocks.ts';

const SEPARATOR = /\s+(?:[|•·»«‹›—–‐⁃∙]|-{1,3}|::?|\/\/?|~)\s+|\s*[|｜]\s*|\s+[»«]\s*/u;

const MAX_TITLE = 400;

export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

export function foldWords(text: string): string {
  return wordsOf(text).join(' ');
}

/** "Title | Section | Site" → "Title": parts that name the site, and short parts at the ends, go. */
export function cutSiteName(title: string, site: string): string {
  const parts = title
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length < 2) return title;
  const siteWords = foldWords(site);
  const isSite = (part: string): boolean => {
    const words = foldWords(part);
    return words !== '' && siteWords !== '' && (words === siteWords || words.replaceAll(' ', '') === siteWords.replaceAll(' ', ''));
  };
  let end = title.length;
  let start = 0;
  if (isSite(parts.at(-1)!)) end = title.lastIndexOf(parts.at(-1)!);
  if (isSite(parts[0]!)) start = title.indexOf(parts[0]!) + parts[0]!.length;
  if (end === title.length && start === 0) return title;
  return title.slice(start, end).replace(/^[\s|•·»«‹›—–:~/-]+|[\s|•·»«‹›—–:~/-]+$/gu, '') || title;
}

/** Last resort for a head title whose site is unknown: the longest part. */
function longestPart(title: string): string {
  const parts = title.split(SEPARATOR).map((part) => part.trim());
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  return longest.length >= 15 ? longest : title;
}

interface Candidate {
  readonly text: string;
  readonly weight: number;
}

/**
 * The sources vote: those that say the same words stand together. JSON-LD's headline weighs a little more than the rest, since
 * social titles are trimmed and headings carry kickers; the head's title only speaks for what it begins or ends with.
 */
export function readTitle(tree: LeanTree, data: StructuredData, blocks: readonly TextBlock[], site: string): string | null {
  const clean = (text: string): string => cutSiteName(tidyText(text), site);
  const candidates: Candidate[] = [];
  const add = (text: string, weight: number): void => {
    if (text.length >= 2 && text.length <= MAX_TITLE) candidates.push({ text, weight });
  };
  const headline = data.articles.map((article) => readString(article.headline)).find(Boolean) ?? '';
  add(clean(headline), 1.2);
  add(clean(readMeta(data, 'og:title')), 1);
  add(clean(readMeta(data, 'twitter:title')), 0.15);
  add(clean(readMeta(data, 'dc.title', 'dcterms.title', 'title', 'headline', 'parsely-title', 'sailthru.title', 'cxenseparse:title')), 0.3);
  const headTitle = tidyText(decodeEntities(tree.headTitle));
  const folded = foldWords(headTitle);
  const headings = blocks.filter((block) => block.heading === 1 && block.text.length >= 3 && block.text.length <= MAX_TITLE);
  for (const heading of headings.slice(0, 3)) {
    const words = foldWords(heading.text);
    const near = candidates.some((candidate) => overlapOf(words, foldWords(candidate.text)) > 0.4) || overlapOf(words, folded) > 0.4;
    add(heading.text, near || (headings.length === 1 && wordsOf(heading.text).length >= 4 && candidates.length === 0) ? 1.05 : 0.05);
  }
  let best: Candidate | null = null;
  let most = 0;
  for (const candidate of candidates) {
    const words = foldWords(candidate.text);
    if (!words) continue;
    let votes = folded.startsWith(words) || folded.endsWith(words) ? 0.3 : 0;
    for (const other of candidates) if (foldWords(other.text) === words || extendsTitle(other.text, candidate.text)) votes += other.weight;
    if (votes > most) {
      most = votes;
      best = candidate;
    }
  }
  if (best && most >= 0.3) return best.text;
  const cut = clean(headTitle);
  return cut ? longestPart(cut) : (best?.text ?? null);
}

/** "Title | Section | Site" says "Title" too. */
function extendsTitle(longer: string, title: string): boolean {
  return (
    title.length >= 12 &&
    longer.length > title.length &&
    longer.startsWith(title) &&
    SEPARATOR.exec(longer.slice(title.length))?.index === 0
  );
}

/** Share of the words that two folded titles have in common. */
function overlapOf(a: string, b: string): number {
  const first = new Set(a.split(' '));
  const second = new Set(b.split(' '));
  let shared = 0;
  for (const word of first) if (second.has(word)) shared++;
  return shared / Math.max(1, Math.min(first.size, second.size));
}
