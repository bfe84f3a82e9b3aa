/**
 * Decides that a page holds no article, and says which kind of page it is instead. Throws Failure('article', …) or returns nothing.
 * It looks at what was kept and at what the page says of itself; it never looks at single sites.
 */
import furniture from '../../lexicon/article/walls.json' with { type: 'json' };
import { Failure } from '../failure.ts';
import type { Note } from '../vocabulary.ts';
import type { ReadPage } from './extract-article.ts';
import type { Body } from './gather-body.ts';
import { foldWords } from './read-title.ts';
import { readMeta, readTypes } from './structured-data.ts';

const COOKIE_WALL = new RegExp(furniture.cookieWall.join('|'), 'iu');
const PAYWALL = new RegExp(furniture.paywall.join('|'), 'iu');
/** Below this many characters a text may be a stub or a caption; above it, it is an article whatever else the page says. */
const SHORT = 700;
const VERY_SHORT = 300;
const LEAST_TEASERS = 12;

export function refusePage({ read, body }: { read: ReadPage; body: Body }, notes: Note[]): void {
  const { blocks, data, tree } = read;
  const length = body.paragraphs.reduce((sum, paragraph) => sum + weighLength(paragraph), 0);
  const index = isIndex(read, body, length);
  if (length >= SHORT && !index) return;
  const pageLength = blocks.reduce((sum, block) => sum + block.text.length, 0);
  const kept = body.paragraphs.join('\n');
  const dropped = body.dropped.map((one) => one.text).join('\n');
  if (COOKIE_WALL.test(kept.slice(0, SHORT)) || (length < VERY_SHORT && pageLength < 6_000 && COOKIE_WALL.test(dropped))) {
    throw new Failure(
      'article',
      'cookie-wall',
      'The page asks for consent or a log-in and shows nothing else; save it from a browser in which you have answered.',
    );
  }
  if (index) {
    throw new Failure(
      'article',
      'index-page',
      'The page is a list of links to articles; read the articles themselves, or add the page as a feed.',
    );
  }
  const isVideo = /^video/i.test(readMeta(data, 'og:type')) || data.objects.some((object) => readTypes(object).includes('VideoObject'));
  if (length < VERY_SHORT && isVideo && !data.articles.some((article) => typeof article.articleBody === 'string')) {
    throw new Failure('article', 'video-page', 'The page is a player with a caption and holds no article.');
  }
  const paid = data.articles.some((article) => /^false$/i.test(String(article.isAccessibleForFree)));
  const prompt = listPrompts(read, body).some((text) => PAYWALL.test(text));
  if (length > 0 && ((prompt && length < SHORT) || (length < VERY_SHORT && (paid || PAYWALL.test(dropped)) && endsOpen(kept)))) {
    throw new Failure('article', 'paywall', 'Only the beginning of the article is on the page; the rest is for subscribers.');
  }
  if (length === 0) {
    const message = 'No article text was found on the page.';
    throw new Failure('article', 'empty-page', tree.scripts.length > 0 ? `${message} It may need a browser to show its text.` : message);
  }
  if (paid && endsOpen(kept))
    notes.push({ room: 'article', message: 'only the beginning of the article seems to be on the page; the rest is for subscribers' });
}

/** Characters, with the signs of scripts without spaces counted at what they hold. */
function weighLength(text: string): number {
  return text.length + 1.5 * (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
}

/** What stands where a body breaks off: its own last paragraph and the few blocks after it. */
function listPrompts(read: ReadPage, body: Body): string[] {
  const last = body.kept.at(-1)?.at(-1) ?? -1;
  return [...body.paragraphs.slice(-1), ...read.blocks.slice(last + 1, last + 6).map((block) => block.text)].filter(
    (text) => text.length < 400,
  );
}

function endsOpen(text: string): boolean {
  return /(?:…|\.\.\.|\[…\]|[\p{L}\d,])\s*$/u.test(text);
}

/** Many headlines that are links, little text of its own, and nothing in the page's data that speaks of one article. */
function isIndex(read: ReadPage, body: Body, length: number): boolean {
  const { blocks, data, url } = read;
  if (data.articles.some((article) => article.headline !== undefined && article.datePublished !== undefined && !Array.isArray(article)))
    return false;
  if (/article|video/i.test(readMeta(data, 'og:type')) || readMeta(data, 'article:published_time')) return false;
  const heading = blocks.find((block) => block.heading === 1 && block.text.split(' ').length >= 5);
  if (heading && foldWords(read.tree.headTitle).includes(foldWords(heading.text))) return false;
  const teasers = blocks.filter(
    (block) => block.linkLength >= block.text.length * 0.8 && block.text.length >= 25 && block.text.split(' ').length >= 4,
  ).length;
  const linked = blocks.reduce((sum, block) => sum + block.linkLength, 0);
  const all = blocks.reduce((sum, block) => sum + block.text.length, 0);
  const atTop = /^https?:\/\/[^/]+\/?(?:[?#].*)?$/i.test(url) || /\/(?:category|tag|topic|section|archive|author)s?\/[^/]*\/?$/i.test(url);
  const isList = data.objects.some((object) =>
    readTypes(object).some((type) => /^(?:CollectionPage|ItemList|SearchResultsPage)$/.test(type)),
  );
  if (teasers < LEAST_TEASERS || linked < all * 0.3) return false;
  const longest = body.paragraphs.reduce((most, paragraph) => Math.max(most, paragraph.length), 0);
  return length < SHORT || ((atTop || isList) && longest < 400);
}
