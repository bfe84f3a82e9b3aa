/**
 * Posts of a live blog, each with its time: from JSON-LD's liveBlogUpdate where the page has it, else from elements of one kind that
 * each begin with a time of their own. In: the page and its body. Out: posts as ranges of paragraphs. A page that is no live blog gives none.
 */
import type { Post } from '../vocabulary.ts';
import type { ReadPage } from './extract-article.ts';
import type { Body } from './gather-body.ts';
import type { LeanElement } from './lean-tree.ts';
import { parseDate } from './read-dates.ts';
import { foldWords } from './read-title.ts';
import { isObject, readString, readTypes, stripMarkup } from './structured-data.ts';

export interface PostRange {
  readonly firstParagraph: number;
  readonly endParagraph: number;
  readonly published?: string;
}

const LEAST_POSTS = 3;
const LIVE = /live-?(?:blog|ticker|update|post|entry|event)|liveblog|ticker/i;

export function findPosts(read: ReadPage, body: Body): PostRange[] {
  const blog = read.data.articles.find((article) => readTypes(article).includes('LiveBlogPosting'));
  const declared = blog ? postsFromData(blog.liveBlogUpdate, body) : [];
  if (declared.length >= LEAST_POSTS) return declared;
  const marked = postsFromMarkup(read, body, blog !== undefined || LIVE.test(read.url));
  return marked.length >= LEAST_POSTS ? marked : [];
}

function postsFromData(value: unknown, body: Body): PostRange[] {
  const updates = (Array.isArray(value) ? value : [value]).filter(isObject);
  const starts: { at: number; published: string }[] = [];
  const folded = body.paragraphs.map(foldWords);
  for (const update of updates) {
    const published = parseDate(readString(update.datePublished ?? update.dateModified));
    if (!published) continue;
    const headline = foldWords(readString(update.headline));
    const text = typeof update.articleBody === 'string' ? foldWords(stripMarkup(update.articleBody)) : '';
    const at = folded.findIndex(
      (paragraph) => paragraph.length > 0 && (paragraph === headline || (paragraph.length > 30 && text.startsWith(paragraph.slice(0, 60)))),
    );
    if (at >= 0 && !starts.some((start) => start.at === at)) starts.push({ at, published });
  }
  starts.sort((a, b) => a.at - b.at);
  return starts.map(({ at, published }, index) => ({
    firstParagraph: at,
    endParagraph: starts[index + 1]?.at ?? body.paragraphs.length,
    published,
  }));
}

/** Siblings of one kind that each hold a time element and a paragraph of the body. */
function postsFromMarkup(read: ReadPage, body: Body, live: boolean): PostRange[] {
  const timeOf = new Map<LeanElement, string>();
  for (const time of read.tree.times) {
    const published = parseDate(time.read('datetime'));
    if (!published?.includes('T')) continue;
    for (let up: LeanElement | null = time, steps = 0; up?.parent && steps < 6; up = up.parent, steps++)
      if (!timeOf.has(up)) timeOf.set(up, published);
  }
  if (timeOf.size === 0) return [];
  const groups = new Map<LeanElement, { holders: Map<LeanElement, number[]>; named: boolean }>();
  for (const [paragraph, [index]] of body.kept.entries()) {
    for (let up: LeanElement | null = read.blocks[index!]!.element; up?.parent; up = up.parent) {
      if (!timeOf.has(up)) continue;
      const group = groups.get(up.parent) ?? { holders: new Map<LeanElement, number[]>(), named: false };
      groups.set(up.parent, group);
      const list = group.holders.get(up);
      if (list) list.push(paragraph);
      else group.holders.set(up, [paragraph]);
      if (LIVE.test(`${up.read('class')} ${up.read('id')} ${up.parent.read('class')} ${up.parent.read('id')}`)) group.named = true;
    }
  }
  let best: PostRange[] = [];
  for (const { holders, named } of groups.values()) {
    if (holders.size < LEAST_POSTS || !(named || live)) continue;
    const ranges = [...holders].map(([holder, list]) => ({
      firstParagraph: list[0]!,
      endParagraph: list.at(-1)! + 1,
      published: timeOf.get(holder)!,
    }));
    if (ranges.length > best.length) best = ranges;
  }
  return best;
}

/** Ranges of paragraphs as ranges of characters of the text that they are joined to. */
export function placePosts(ranges: readonly PostRange[], paragraphs: readonly string[]): Post[] {
  const starts: number[] = [];
  let at = 0;
  for (const paragraph of paragraphs) {
    starts.push(at);
    at += paragraph.length + 2;
  }
  return ranges.map(({ firstParagraph, endParagraph, published }) => ({
    start: starts[firstParagraph]!,
    end: starts[endParagraph - 1]! + paragraphs[endParagraph - 1]!.length,
    ...(published ? { published } : {}),
  }));
}
