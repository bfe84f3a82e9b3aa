/** Routes of situation reports: drafted from accepted events, edited, checked against their citations, exported. */
import { z } from 'zod';
import { type AnnexEntry, draftSitrep, findDoubts, type Sitrep } from '../desk/sitrep.ts';
import { writeDocxParts, writeHtml, writeMarkdown } from '../desk/write-sitrep.ts';
import type { Store } from '../store/store.ts';
import { type ArticleId, EVENT_GROUPS } from '../vocabulary.ts';
import { gatherCases, gatherEvents } from './gather.ts';
import { packZip } from './pack-zip.ts';
import { makeRoute, notThere } from './route.ts';
import { ArticleIdText, EventIdText, EventQuery, readEventFilter } from './schemas.ts';

const tag = 'sitrep';
const BOUND = 2000;

const Text = z.string().max(5000);
const Citation = z.object({
  article: ArticleIdText,
  event: EventIdText,
  quote: z.string().max(20_000),
  site: Text.nullable(),
  title: Text.nullable(),
  published: Text.nullable(),
  facts: z.array(z.string().max(20_000)).max(500),
});
const Sentence = z.object({ id: z.string().max(500), text: Text, citations: z.array(Citation).max(200) });
const Report = z.object({
  title: z.string().trim().min(1).max(300),
  summary: Text,
  sections: z.array(z.object({ group: z.enum(EVENT_GROUPS), title: z.string().max(300), sentences: z.array(Sentence).max(1000) })).max(20),
  annex: z
    .array(
      z.object({
        article: z.string().max(300),
        title: Text.nullable(),
        site: Text.nullable(),
        url: Text.nullable(),
        published: Text.nullable(),
        fetched: z.string().max(40),
        sha256: z.string().max(64).nullable(),
      }),
    )
    .max(2000),
});
const params = z.object({ id: z.string().min(1).max(100) });

async function listAnnex(store: Store, articles: Iterable<ArticleId>): Promise<ReadonlyMap<string, AnnexEntry>> {
  const annex = new Map<string, AnnexEntry>();
  for (const id of new Set(articles)) {
    const stored = await store.articles.get(id);
    if (!stored) continue;
    const { title, site, url, published, fetched } = stored.record.article;
    annex.set(id, { article: id, title, site, url, published, fetched, sha256: stored.originalSha256 });
  }
  return annex;
}

const FORMATS = {
  html: { type: 'text/html; charset=utf-8', write: (sitrep: Sitrep) => writeHtml(sitrep) },
  md: { type: 'text/markdown; charset=utf-8', write: (sitrep: Sitrep) => writeMarkdown(sitrep) },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: (sitrep: Sitrep) => packZip(writeDocxParts(sitrep)),
  },
};

export const sitrepRoutes = [
  makeRoute({
    method: 'post',
    path: '/api/sitreps/draft',
    summary: 'Lays a report out from the accepted events of a choice, each sentence with its citations',
    tag,
    role: 'reader',
    body: z.object({ title: z.string().trim().min(1).max(300), query: z.record(z.string(), z.string()).default({}) }),
    run: async ({ house }, { body }) => {
      const filter = readEventFilter(EventQuery.parse(body.query));
      const tellings = await gatherEvents(house.store, { reviewed: ['accepted'], ...filter }, BOUND, 'oldest');
      const annex = await listAnnex(
        house.store,
        tellings.map((telling) => telling.article),
      );
      return draftSitrep(body.title, tellings, await gatherCases(house.store, tellings), annex);
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/sitreps/check',
    summary: 'Names and numbers of a sentence that its cited words do not hold',
    tag,
    role: 'reader',
    body: z.object({ text: Text, facts: z.array(z.string().max(20_000)).max(2000) }),
    run: async (_, { body }) => findDoubts(body.text, [{ facts: body.facts }]),
  }),
  makeRoute({
    method: 'get',
    path: '/api/sitreps',
    summary: 'Saved reports',
    tag,
    run: async ({ house }) =>
      (await house.store.documents.list('sitrep')).map(({ id, title, owner, changed }) => ({ id, title, owner, changed })),
  }),
  makeRoute({
    method: 'get',
    path: '/api/sitreps/{id}',
    summary: 'One saved report',
    tag,
    params,
    run: async ({ house }, { params }) => {
      const saved = await house.store.documents.get('sitrep', params.id);
      if (!saved) throw notThere('This report');
      return saved.body;
    },
  }),
  makeRoute({
    method: 'put',
    path: '/api/sitreps/{id}',
    summary: 'Saves a report (id “new” makes one)',
    tag,
    params,
    body: Report,
    run: async ({ house, who }, { params, body }) => {
      const { id } = await house.store.documents.save({
        kind: 'sitrep',
        title: body.title,
        owner: who,
        body,
        ...(params.id !== 'new' && { id: params.id }),
      });
      return { id };
    },
  }),
  makeRoute({
    method: 'delete',
    path: '/api/sitreps/{id}',
    summary: 'Throws a report away',
    tag,
    params,
    run: async ({ house }, { params }) => {
      if (!(await house.store.documents.remove('sitrep', params.id))) throw notThere('This report');
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/sitreps/{id}/file',
    summary: 'A saved report as HTML (print it for PDF), Markdown or DOCX',
    tag,
    params,
    query: z.object({
      format: z.enum(['html', 'md', 'docx']).default('html'),
      show: z.enum(['true', 'false']).default('false').describe('shown instead of downloaded'),
    }),
    answers: 'application/octet-stream',
    run: async ({ house }, { params, query }) => {
      const saved = await house.store.documents.get('sitrep', params.id);
      if (!saved) throw notThere('This report');
      const { type, write } = FORMATS[query.format];
      return new Response(write(Report.parse(saved.body)), {
        headers: {
          'content-type': type,
          'content-security-policy':
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-modals allow-popups",
          ...(query.show === 'false' && { 'content-disposition': `attachment; filename="sitrep.${query.format}"` }),
        },
      });
    },
  }),
];
