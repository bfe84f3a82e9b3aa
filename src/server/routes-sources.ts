/** Routes of what comes in: feeds, links, files, failures, and the grades that people give to sources. */
import { generateOpml } from 'feedsmith';
import { z } from 'zod';
import { FAILURE_WORDS, writeFailures } from '../desk/failures-in-words.ts';
import { writeFeedLine } from '../desk/feed-line.ts';
import { Failure } from '../failure.ts';
import type { Store } from '../store/store.ts';
import type { FeedId } from '../vocabulary.ts';
import { badInput, makeRoute, notThere } from './route.ts';
import { FeedIdText, PageQuery, WebAddress } from './schemas.ts';

const tag = 'sources';
const params = z.object({ id: FeedIdText });

const findFeed = async (store: Store, id: FeedId) => {
  const feed = await store.feeds.get(id);
  if (!feed) throw notThere('This feed');
  return feed;
};

export const sourceRoutes = [
  makeRoute({
    method: 'get',
    path: '/api/feeds',
    summary: 'Feeds with their health in plain words',
    tag,
    run: async ({ house, now }) => (await house.store.feeds.list()).map((feed) => writeFeedLine(feed, now())),
  }),
  makeRoute({
    method: 'post',
    path: '/api/feeds',
    summary: 'Follows a feed, or the feed that a page names',
    tag,
    body: z.object({ url: WebAddress }),
    run: async ({ house, now }, { body }) => writeFeedLine(await house.addFeed(body.url), now()),
  }),
  makeRoute({
    method: 'post',
    path: '/api/feeds/{id}/poll',
    summary: 'Asks a feed now',
    tag,
    params,
    run: async ({ house, now }, { params }) => {
      await findFeed(house.store, params.id);
      await house.pollFeed(params.id);
      return writeFeedLine(await findFeed(house.store, params.id), now());
    },
  }),
  makeRoute({
    method: 'put',
    path: '/api/feeds/{id}',
    summary: 'Renames, stops or starts a feed, or changes how often it is asked',
    tag,
    params,
    body: z.object({
      title: z.string().trim().min(1).max(200).optional(),
      active: z.boolean().optional(),
      everySeconds: z.number().int().min(60).max(604_800).optional(),
    }),
    run: async ({ house, now }, { params, body }) => {
      const to = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const feed = await house.store.feeds.change(params.id, to);
      if (!feed) throw notThere('This feed');
      return writeFeedLine(feed, now());
    },
  }),
  makeRoute({
    method: 'delete',
    path: '/api/feeds/{id}',
    summary: 'Stops following a feed; its articles stay',
    tag,
    params,
    run: async ({ house }, { params }) => {
      if (!(await house.store.feeds.remove(params.id))) throw notThere('This feed');
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/feeds.opml',
    summary: 'All feeds as OPML',
    tag,
    answers: 'text/x-opml',
    run: async ({ house }) => {
      const outlines = (await house.store.feeds.list()).map((feed) => ({
        type: 'rss',
        text: feed.title ?? feed.url,
        title: feed.title ?? feed.url,
        xmlUrl: feed.url,
      }));
      return new Response(generateOpml({ head: { title: 'Watchdesk feeds' }, body: { outlines } }), {
        headers: { 'content-type': 'text/x-opml; charset=utf-8', 'content-disposition': 'attachment; filename="watchdesk-feeds.opml"' },
      });
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/links',
    summary: 'Reads the pages behind these links',
    tag,
    body: z.object({ links: z.array(WebAddress).min(1).max(500) }),
    run: ({ house }, { body }) => house.addLinks([...new Set(body.links)]),
  }),
  makeRoute({
    method: 'post',
    path: '/api/files',
    summary: 'Reads one dropped file; the body is the file as it is',
    tag,
    query: z.object({ name: z.string().min(1).max(255).describe('file name with its ending') }),
    run: async ({ house, settings, context }, { query }) => {
      const bytes = await readBounded(context.req.raw, settings.maxMegabytes * 1e6, query.name);
      if (bytes.length === 0) throw badInput(`${query.name} is empty.`);
      return house.addUpload(query.name, bytes);
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/failures',
    summary: 'What could not be read, and why, in plain words',
    tag,
    query: PageQuery,
    run: async ({ house }, { query }) => {
      const [counts, { rows, next }] = await Promise.all([
        house.store.failures.counts(),
        house.store.failures.list({}, { limit: query.limit ?? 100, ...(query.after !== undefined && { after: query.after }) }),
      ]);
      return { ...writeFailures(counts), rows: rows.map((row) => ({ ...row, advice: FAILURE_WORDS[row.code].advice })), next };
    },
  }),
  makeRoute({
    method: 'delete',
    path: '/api/failures/{id}',
    summary: 'Takes a failure off the list',
    tag,
    params: z.object({ id: z.coerce.number().int() }),
    run: async ({ house }, { params }) => {
      if (!(await house.store.failures.dismiss(params.id))) throw notThere('This failure');
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/sites',
    summary: 'Sites of the record with their yield and the grade that people gave them',
    tag,
    run: async ({ house }) => {
      const [sites, grades] = await Promise.all([house.store.articles.sites(), house.store.sources.list()]);
      const gradeOf = new Map(grades.map((grade) => [grade.source, grade]));
      return sites.map((site) => ({ ...site, grade: gradeOf.get(site.site) ?? null }));
    },
  }),
  makeRoute({
    method: 'put',
    path: '/api/sites/{site}/grade',
    summary: 'Grades how reliable a source is, A to F (Admiralty code)',
    tag,
    params: z.object({ site: z.string().min(1).max(200) }),
    body: z.object({ reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).nullable(), note: z.string().max(500).nullable().default(null) }),
    run: async ({ house, who }, { params, body }) => {
      if (body.reliability === null) {
        await house.store.sources.remove(params.site);
        return undefined;
      }
      return house.store.sources.grade({ source: params.site, reliability: body.reliability, note: body.note, who });
    },
  }),
];

/** The whole body, or a Failure when it is larger than allowed. A little too much is read to its end, so that the sender hears why. */
async function readBounded(request: Request, most: number, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size <= most) pieces.push(piece);
    if (size > 2 * most) break;
  }
  if (size > most) {
    throw new Failure('server', 'too-large', `${name} is larger than ${Math.round(most / 1e6)} MB, the most that is read.`);
  }
  return Buffer.concat(pieces);
}
