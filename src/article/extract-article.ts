/**
 * The front door of the article room: one decoded page in, one Article out. Pure and synchronous.
 * Throws only Failure('article', …): empty-page, index-page, paywall, cookie-wall, video-page.
 */
import type { Article, ArticleId, Dropped, IncomingPage, Note } from '../vocabulary.ts';
import { findMainElement } from './classic-rules.ts';
import { cleanPlainText, nameFurniture } from './clean-plain-text.ts';
import { growTree, type LeanElement } from './lean-tree.ts';
import { readAuthors } from './read-authors.ts';
import { parseDate, readDates } from './read-dates.ts';
import { hostOf, readCanonical, readLanguage, readPublisher, readSite } from './read-publisher.ts';
import { foldWords, readTitle } from './read-title.ts';
import { refusePage } from './refuse-page.ts';
import { splitDateline } from './split-dateline.ts';
import { readStructuredData } from './structured-data.ts';
import { collectBlocks, type TextBlock } from './text-blocks.ts';

/** Same bytes under the same name, same id. */
export function nameArticle(page: IncomingPage): ArticleId {
  let hash = 0x811c9dc5;
  for (let index = 0; index < page.name.length; index++) hash = Math.imul(hash ^ page.name.charCodeAt(index), 0x01000193);
  return `article:${page.sha256.slice(0, 16)}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

const SKIP = /comment|related|share|social|newsletter|promo|sidebar|footer|breadcrumb|caption|cookie|consent|teaser|recommend/i;
const SKIP_TAGS = new Set(['nav', 'footer', 'aside', 'figcaption', 'header', 'form', 'figure']);

function chooseBody(blocks: readonly TextBlock[]): TextBlock[] {
  const { best } = findMainElement(blocks);
  if (!best) return [];
  return blocks.filter((block) => {
    let inside = false;
    for (let up: LeanElement | null = block.element; up; up = up.parent) {
      if (up === best) {
        inside = true;
        break;
      }
      if (SKIP_TAGS.has(up.tag) || SKIP.test(up.read('class'))) return false;
    }
    if (!inside || block.heading === 1) return false;
    return block.linkLength < block.text.length * 0.6 && (block.text.length > 40 || block.heading > 1 || /[.!?]$/.test(block.text));
  });
}

function extractFromMarkup(page: IncomingPage): Article {
  const tree = growTree(page.content);
  const data = readStructuredData(tree);
  const blocks = collectBlocks(tree.root);
  const url = page.url ?? '';
  const site = readSite(data, url, page.site ?? '');
  const title = readTitle(tree, data, blocks, site ?? '') ?? page.title ?? null;
  const notes: Note[] = [...page.notes];
  if (tree.truncated) notes.push({ room: 'article', message: 'the page is larger than the caps; its end was not read' });
  const body = new Set(chooseBody(blocks));
  const kept: string[] = [];
  const dropped: Dropped[] = [];
  const titleWords = title ? foldWords(title) : '';
  for (const block of blocks) {
    if (!body.has(block)) {
      dropped.push({ reason: nameFurniture(block.text) || 'navigation', text: block.text });
      continue;
    }
    const reason = foldWords(block.text) === titleWords ? 'title' : nameFurniture(block.text);
    if (reason) dropped.push({ reason, text: block.text });
    else kept.push(block.text);
  }
  refusePage({ tree, data, blocks, paragraphs: kept, url });
  const { dateline, rest } = splitDateline(kept[0] ?? '');
  if (dateline) kept[0] = rest;
  const dates = readDates(tree, data, blocks, url, page.published ?? '', page.fetched);
  for (const doubt of dates.doubts) notes.push({ room: 'article', message: doubt });
  const authors = readAuthors(data, blocks, site ?? '', page.authors ?? []);
  return {
    id: nameArticle(page),
    name: page.name,
    title,
    text: kept.join('\n\n'),
    published: dates.published,
    updated: dates.updated,
    fetched: page.fetched,
    publishedFrom: dates.publishedFrom,
    authors,
    publisher: readPublisher(
      data,
      site,
      dateline,
      authors,
      dropped.map((one) => one.text),
    ),
    site,
    url: url || null,
    canonicalUrl: readCanonical(tree, data, url),
    language: readLanguage(tree, data),
    dateline,
    dropped,
    notes,
  };
}

function extractFromText(page: IncomingPage): Article {
  const lines = page.content.trimStart().split('\n', 1)[0]?.trim() ?? '';
  const title = page.title ?? (lines.length > 0 && lines.length < 200 && !/[.!?:]$/.test(lines) ? lines : null);
  const clean = cleanPlainText(page.content, title);
  refusePage({ tree: null, data: null, blocks: [], paragraphs: clean.paragraphs, url: page.url ?? '' });
  const paragraphs = [...clean.paragraphs];
  const { dateline, rest } = splitDateline(paragraphs[0] ?? '');
  if (dateline) paragraphs[0] = rest;
  const published = page.published ? (parseDate(page.published) ?? null) : clean.published;
  const site = page.site ?? (page.url ? hostOf(page.url) : null);
  return {
    id: nameArticle(page),
    name: page.name,
    title,
    text: paragraphs.join('\n\n'),
    published,
    updated: null,
    fetched: page.fetched,
    publishedFrom: published ? (page.published ? 'input' : 'text') : null,
    authors: page.authors ?? [],
    publisher: null,
    site,
    url: page.url ?? null,
    canonicalUrl: null,
    language: null,
    dateline,
    dropped: clean.dropped,
    notes: page.notes,
  };
}

export function extractArticle(page: IncomingPage): Article {
  return page.format === 'text' ? extractFromText(page) : extractFromMarkup(page);
}
