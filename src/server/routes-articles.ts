/** Routes of articles, their originals, statements and stories. */
import { z } from 'zod';
import { layOutArticle, writeStatementLine } from '../desk/article-page.ts';
import { layOutStory } from '../desk/story-page.ts';
import type { CaseId } from '../vocabulary.ts';
import { ACTS } from '../vocabulary.ts';
import { gatherCases, gatherEvents, gatherLinkedCases } from './gather.ts';
import { ORIGINAL_POLICY } from './guard.ts';
import { badInput, makeRoute, notThere } from './route.ts';
import { ArticleIdText, Day, FeedIdText, PageQuery, StoryIdText } from './schemas.ts';

const tag = 'articles';
const Flag = z.enum(['true', 'false']).transform((word) => word === 'true');

export const articleRoutes = [
  makeRoute({
    method: 'get',
    path: '/api/articles',
    summary: 'Articles, found by words or newest first',
    tag,
    query: PageQuery.extend({
      words: z.string().trim().min(1).max(300).optional(),
      from: Day.optional(),
      to: Day.optional(),
      site: z.string().max(200).optional(),
      language: z.string().max(10).optional(),
      story: StoryIdText.optional(),
      feed: FeedIdText.optional(),
      originals: Flag.optional(),
    }),
    run: async ({ house }, { query: { limit, after, originals, ...filter } }) => {
      const asked = Object.fromEntries(Object.entries({ ...filter, originalsOnly: originals }).filter(([, value]) => value !== undefined));
      return house.store.articles.search(asked, { limit: limit ?? 50, ...(after !== undefined && { after }) });
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/articles/{id}',
    summary: 'One article with its marked text and all its findings',
    tag,
    params: z.object({ id: ArticleIdText }),
    run: async ({ house }, { params }) => {
      const stored = await house.store.articles.get(params.id);
      if (!stored) throw notThere('This article');
      const [versions, corrections] = await Promise.all([
        house.store.articles.versions(params.id),
        house.store.reviews.corrections({ article: params.id }, { limit: 200 }),
      ]);
      return layOutArticle(stored, versions, corrections.rows);
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/articles/{id}/versions',
    summary: 'The texts that this article had before',
    tag,
    params: z.object({ id: ArticleIdText }),
    run: async ({ house }, { params }) =>
      (await house.store.articles.versions(params.id)).map(({ version, fetched, originalSha256, record }) => ({
        version,
        fetched,
        original: originalSha256,
        title: record.article.title,
        text: record.article.text,
      })),
  }),
  makeRoute({
    method: 'delete',
    path: '/api/articles/{id}',
    summary: 'Takes an article and all that was read from it out of the record',
    tag,
    role: 'editor',
    params: z.object({ id: ArticleIdText }),
    run: async ({ house, who }, { params }) => {
      if (!(await house.store.articles.remove(params.id, who))) throw notThere('This article');
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/articles/{id}/reread',
    summary: 'Reads the stored original again; corrections stay',
    tag,
    params: z.object({ id: ArticleIdText }),
    run: async ({ house }, { params }) => {
      await house.reread(params.id);
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/originals/{sha256}',
    summary: 'The stored bytes of a page, without script and network',
    tag,
    answers: 'text/html',
    params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    run: async ({ house }, { params }) => {
      const original = await house.store.articles.original(params.sha256);
      if (!original) throw notThere('This original');
      const shown = /^(text\/html|application\/xhtml\+xml|text\/plain)/i.test(original.mediaType);
      const type = /html/i.test(original.mediaType) ? original.mediaType : 'text/plain; charset=utf-8';
      return new Response(original.bytes as Uint8Array<ArrayBuffer>, {
        headers: {
          'content-type': shown ? type : 'application/octet-stream',
          'content-security-policy': ORIGINAL_POLICY,
          ...(shown ? {} : { 'content-disposition': `attachment; filename="${params.sha256.slice(0, 16)}"` }),
          'cache-control': 'private, max-age=3600',
        },
      });
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/statements',
    summary: 'Who said what',
    tag: 'statements',
    query: PageQuery.extend({
      speaker: z.string().trim().min(1).max(200).optional(),
      act: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(z.enum(ACTS)))
        .optional(),
      article: ArticleIdText.optional(),
      story: StoryIdText.optional(),
      from: Day.optional(),
      to: Day.optional(),
    }),
    run: async ({ house }, { query: { limit, after, act, ...filter } }) => {
      const asked = Object.fromEntries(Object.entries({ ...filter, acts: act }).filter(([, value]) => value !== undefined));
      const { rows, next } = await house.store.events.statements(asked, { limit: limit ?? 50, ...(after !== undefined && { after }) });
      return { rows: rows.map(({ statement, ...row }) => ({ ...row, line: writeStatementLine(statement) })), next };
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/stories',
    summary: 'Stories, newest or largest first',
    tag: 'stories',
    query: PageQuery.extend({ from: Day.optional(), to: Day.optional(), sort: z.enum(['newest', 'largest']).optional() }),
    run: ({ house }, { query: { limit, after, ...filter } }) =>
      house.store.stories.list(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)), {
        limit: limit ?? 50,
        ...(after !== undefined && { after }),
      }),
  }),
  makeRoute({
    method: 'get',
    path: '/api/stories/{id}',
    summary: 'One story: its deeds told side by side, tolls, articles in order',
    tag: 'stories',
    params: z.object({ id: StoryIdText }),
    run: async ({ house }, { params }) => {
      const found = await house.store.stories.get(params.id);
      if (!found) throw notThere('This story');
      const tellings = await gatherEvents(house.store, { story: params.id }, 2000);
      const cases = await gatherCases(house.store, tellings);
      return layOutStory(found.story, found.articles, tellings, cases, await gatherLinkedCases(house.store, cases));
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/stories/merge',
    summary: 'Makes two stories one',
    tag: 'stories',
    body: z.object({ into: StoryIdText, from: StoryIdText }),
    run: async ({ house, who }, { body }) => {
      if (body.into === body.from) throw badInput('A story cannot be merged with itself.');
      await house.store.stories.merge(body.into, body.from, who);
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/stories/split',
    summary: 'Makes these articles a story of their own',
    tag: 'stories',
    body: z.object({ story: StoryIdText, articles: z.array(ArticleIdText).min(1).max(500) }),
    run: async ({ house, who }, { body }) => ({ story: await house.store.stories.split(body.story, body.articles, who) }),
  }),
  makeRoute({
    method: 'get',
    path: '/api/cases/{id}',
    summary: 'One real event told by many: its tellings, origins, tolls and what links to it',
    tag: 'stories',
    params: z.object({ id: z.templateLiteral(['case:', z.string()]) }),
    run: async ({ house }, { params }) => {
      const stored = await house.store.cases.get(params.id as CaseId);
      if (!stored) throw notThere('This case');
      return stored;
    },
  }),
];
