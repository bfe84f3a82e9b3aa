/**
 * The page's title: from JSON-LD, meta tags, the first heading and the head's title, each set against the others.
 * In: the tree, its structured data and its blocks. Out: one line of text, without the name of the site.
 */
import type { LeanTree } from './lean-tree.ts';
import { decodeEntities, readMeta, readString, type StructuredData } from './structured-data.ts';
import { type TextBlock, tidyText } from './text-blocks.ts';

const SEPARATOR = /\s+(?:[|•·»«‹›—–‐⁃∙]|-{1,3}|::?|\/\/?|~)\s+|\s*[|｜]\s*|\s+[»«]\s*/u;

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

export function readTitle(tree: LeanTree, data: StructuredData, blocks: readonly TextBlock[], site: string): string | null {
  const headings = blocks
    .filter((block) => block.heading === 1 && block.text.length >= 3 && block.text.length <= 400)
    .map((block) => block.text);
  const declared = [
    ...data.articles.slice(0, 3).map((article) => readString(article.headline)),
    readMeta(data, 'og:title'),
    readMeta(
      data,
      'twitter:title',
      'dc.title',
      'dcterms.title',
      'title',
      'headline',
      'parsely-title',
      'sailthru.title',
      'cxenseparse:title',
    ),
    tidyText(decodeEntities(tree.headTitle)),
  ]
    .map((title) => cutSiteName(tidyText(title), site))
    .filter((title) => title.length >= 2);
  // A heading that the page's declarations agree with is the headline as readers see it.
  const said = declared.map(foldWords);
  for (const heading of headings) {
    const folded = foldWords(heading);
    if (folded && said.includes(folded)) return heading;
  }
  const wide = said.map((title) => new Set(title.split(' ')));
  let best = '';
  let bestShare = 0.5;
  for (const heading of headings) {
    const words = wordsOf(heading);
    if (words.length < 3) continue;
    for (const title of wide) {
      const shared = words.filter((word) => title.has(word)).length;
      const share = shared / Math.max(words.length, title.size);
      if (share > bestShare) {
        bestShare = share;
        best = heading;
      }
    }
  }
  if (best) return best;
  if (headings.length === 1 && wordsOf(headings[0]!).length >= 4) return headings[0]!;
  return declared.length > 1 ? declared[0]! : declared[0] ? longestPart(declared[0]) : (headings[0] ?? null);
}
