/**
 * The front door of the article room: one decoded page in, one Article out. Pure and synchronous.
 * Throws only Failure('article', …): empty-page, index-page, paywall, cookie-wall, video-page.
 */
import weights from '../../models/article/blocks.json' with { type: 'json' };
import type { Article, ArticleId, IncomingPage, Note } from '../vocabulary.ts';
import { describeBlocks, type FeatureRows } from './block-features.ts';
import { type BlockModel, type BlockModelWeights, judgeBlocks, loadModel } from './block-model.ts';
import { cleanPlainText } from './clean-plain-text.ts';
import { gatherBody } from './gather-body.ts';
import { growTree, type LeanTree } from './lean-tree.ts';
import { readAuthors } from './read-authors.ts';
import { parseDate, readDates } from './read-dates.ts';
import { hostOf, readCanonical, readLanguage, readPublisher, readSite } from './read-publisher.ts';
import { readTitle } from './read-title.ts';
import { refusePage } from './refuse-page.ts';
import { splitDateline } from './split-dateline.ts';
import { readStructuredData, type StructuredData } from './structured-data.ts';
import { collectBlocks, type TextBlock } from './text-blocks.ts';

const MODEL = loadModel(weights as unknown as BlockModelWeights);

/** Same bytes under the same name, same id. */
export function nameArticle(page: IncomingPage): ArticleId {
  let hash = 0x811c9dc5;
  for (let index = 0; index < page.name.length; index++) hash = Math.imul(hash ^ page.name.charCodeAt(index), 0x01000193);
  return `article:${page.sha256.slice(0, 16)}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

export interface ReadPage {
  readonly tree: LeanTree;
  readonly data: StructuredData;
  readonly blocks: readonly TextBlock[];
  readonly url: string;
  readonly site: string | null;
  readonly title: string | null;
  readonly rows: FeatureRows;
}

/** Everything that is read before the body is chosen. */
export function readPage(page: IncomingPage): ReadPage {
  const tree = growTree(page.content);
  const data = readStructuredData(tree);
  const blocks = collectBlocks(tree.root);
  const url = page.url ?? '';
  const site = readSite(data, url, page.site ?? '');
  const title = readTitle(tree, data, blocks, site ?? '') ?? page.title ?? null;
  return { tree, data, blocks, url, site, title, rows: describeBlocks(tree, blocks, data, title ?? '') };
}

/** The article of a page whose blocks have been judged. @param chances for each block, 0 to 1, that it is body */
export function assembleArticle(page: IncomingPage, read: ReadPage, chances: ArrayLike<number>, threshold: number): Article {
  const { tree, data, blocks, url, site, title } = read;
  const notes: Note[] = [...page.notes];
  if (tree.truncated) notes.push({ room: 'article', message: 'the page is larger than the caps; its end was not read' });
  const { paragraphs, dropped } = gatherBody(blocks, read.rows, chances, threshold, title);
  refusePage({ tree, data, blocks, paragraphs, url });
  const kept = [...paragraphs];
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

function extractFromMarkup(page: IncomingPage, model: BlockModel): Article {
  const read = readPage(page);
  return assembleArticle(page, read, judgeBlocks(read.blocks, read.rows, model), model.threshold);
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

/** @param model weights other than the shipped ones, for measuring on sites that they have not seen */
export function extractArticle(page: IncomingPage, model: BlockModel = MODEL): Article {
  return page.format === 'text' ? extractFromText(page) : extractFromMarkup(page, model);
}
