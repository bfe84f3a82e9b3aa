/**
 * The front door of the article room: one decoded page in, one Article out. Pure and synchronous.
 * Throws only Failure('article', …): empty-page, index-page, paywall, cookie-wall, video-page.
 */
import weights from '../../models/article/blocks.json' with { type: 'json' };
import { Failure } from '../failure.ts';
import type { Article, ArticleId, IncomingPage, Note } from '../vocabulary.ts';
import { describeBlocks, type FeatureRows } from './block-features.ts';
import { type BlockModel, type BlockModelWeights, judgeBlocks, loadModel } from './block-model.ts';
import { cleanPlainText } from './clean-plain-text.ts';
import { type Body, fallBackOnData, gatherBody } from './gather-body.ts';
import { growTree, type LeanTree, MAX_CHARACTERS } from './lean-tree.ts';
import { findPosts, placePosts } from './live-blog.ts';
import { readAuthors } from './read-authors.ts';
import { parseDate, readDates } from './read-dates.ts';
import { hostOf, readCanonical, readLanguage, readPublisher, readSite } from './read-publisher.ts';
import { readTitle } from './read-title.ts';
import { refusePage } from './refuse-page.ts';
import { splitDateline } from './split-dateline.ts';
import { NO_DATA, readStructuredData, type StructuredData } from './structured-data.ts';
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
export function assembleArticle(page: IncomingPage, read: ReadPage, chances: ArrayLike<number>): Article {
  const { tree, data, blocks, url, site, title } = read;
  const notes: Note[] = [...page.notes];
  if (tree.truncated) notes.push({ room: 'article', message: 'the page is larger than the caps; its end was not read' });
  const body = fallBackOnData(gatherBody(blocks, read.rows, chances, title), data, tree, notes);
  refusePage({ read, body }, notes);
  const { paragraphs, dateline } = cutDateline(body.paragraphs);
  const dates = readDates(tree, data, blocks, url, page.published ?? '', page.fetched);
  for (const doubt of dates.doubts) notes.push({ room: 'article', message: doubt });
  const authors = readAuthors(data, blocks, site ?? '', page.authors ?? [], listEdges(blocks, body));
  const posts = findPosts(read, body);
  return {
    id: nameArticle(page),
    name: page.name,
    title,
    text: paragraphs.join('\n\n'),
    published: dates.published,
    updated: dates.updated,
    fetched: page.fetched,
    publishedFrom: dates.publishedFrom,
    authors,
    publisher: readPublisher(data, site, dateline, authors, [...body.dropped.map((one) => one.text), ...paragraphs.slice(-2)]),
    site,
    url: url || null,
    canonicalUrl: readCanonical(tree, data, url),
    language: readLanguage(tree, data),
    dateline,
    ...(posts.length > 0 ? { posts: placePosts(posts, paragraphs) } : {}),
    dropped: body.dropped,
    notes,
  };
}

function cutDateline(all: readonly string[]): { paragraphs: readonly string[]; dateline: string | null } {
  const { dateline, rest } = splitDateline(all[0] ?? '');
  return { paragraphs: dateline ? [rest, ...all.slice(1)] : all, dateline };
}

/** The blocks around the beginning and the end of the body, where names stand alone. */
function listEdges(blocks: readonly TextBlock[], body: Body): TextBlock[] {
  const first = body.kept[0]?.[0];
  const last = body.kept.at(-1)?.at(-1);
  if (first === undefined || last === undefined) return [];
  return blocks.filter(({ index }) => (index >= first - 3 && index <= first + 1) || (index >= last && index <= last + 3));
}

function extractFromMarkup(page: IncomingPage, model: BlockModel): Article {
  const read = readPage(page);
  return assembleArticle(page, read, judgeBlocks(read.blocks, read.rows, model));
}

function extractFromText(page: IncomingPage): Article {
  const firstLine = page.content.trimStart().split('\n', 1)[0]?.trim() ?? '';
  const title = page.title ?? (firstLine.length > 0 && firstLine.length < 200 && !/[.!?:]$/.test(firstLine) ? firstLine : null);
  const clean = cleanPlainText(page.content.slice(0, MAX_CHARACTERS), title);
  if (clean.paragraphs.length === 0) throw new Failure('article', 'empty-page', 'The text holds no paragraph of an article.');
  const { paragraphs, dateline } = cutDateline(clean.paragraphs);
  const given = page.published ? parseDate(page.published) : null;
  const published = given ?? clean.published;
  const site = page.site ?? (page.url ? hostOf(page.url) : null) ?? clean.source;
  return {
    id: nameArticle(page),
    name: page.name,
    title,
    text: paragraphs.join('\n\n'),
    published,
    updated: null,
    fetched: page.fetched,
    publishedFrom: published ? (given ? 'input' : 'text') : null,
    authors: page.authors ?? clean.authors,
    publisher: readPublisher(
      NO_DATA,
      site,
      dateline,
      clean.authors,
      clean.dropped.map((one) => one.text),
    ),
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
