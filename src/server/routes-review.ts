/** Routes of people's work: the pile of the morning, verdicts, corrections and their undoing, names, the desk's own documents. */
import { z } from 'zod';
import { layOutTriage } from '../desk/triage.ts';
import type { StoryRow } from '../store/store.ts';
import { NAME_KINDS, type StoryId } from '../vocabulary.ts';
import { DESK_DOCUMENTS, VERDICTS } from './choices.ts';
import { gatherCases, gatherEvents } from './gather.ts';
import { makeRoute, notThere } from './route.ts';
import { ArticleIdText, CaseIdText, EventIdText, EventQuery, PageQuery, readEventFilter, StatementIdText } from './schemas.ts';

/** events that one pile is laid out from: more than a shift can look at */
const PILE = 3000;

const Ref = z.object({ article: ArticleIdText, event: EventIdText });

export const reviewRoutes = [
  makeRoute({
    method: 'get',
    path: '/api/triage',
    summary: 'What is still to be looked at, grouped by story, the most consequential first',
    tag: 'review',
    query: EventQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(100).describe('stories') }),
    run: async ({ house }, { query }) => {
      const { limit, ...asked } = query;
      const filter = { background: false, reviewed: ['open' as const], ...readEventFilter(asked) };
      const tellings = await gatherEvents(house.store, filter, PILE, 'added');
      const stories = new Map<StoryId, StoryRow>();
      for (const id of new Set(tellings.map((telling) => telling.story))) {
        const found = await house.store.stories.get(id);
        if (found) stories.set(id, found.story);
      }
      const groups = layOutTriage(tellings, await gatherCases(house.store, tellings), stories);
      const shifts = (await house.store.documents.list('shift')) as readonly { readonly body: { readonly ended?: string } }[];
      const since = shifts
        .flatMap(({ body }) => body.ended ?? [])
        .sort()
        .at(-1);
      const [open, accepted, discarded] = await Promise.all(
        (['open', 'accepted', 'discarded'] as const).map((state) => house.store.events.count({ ...filter, reviewed: [state] }, PILE)),
      );
      return {
        groups: groups.slice(0, limit),
        stories: groups.length,
        whole: tellings.length < PILE,
        since: since ?? null,
        events: { open, accepted, discarded },
      };
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/reviews',
    summary: 'Accepts, discards or opens again: a case with all its tellings, or single events',
    tag: 'review',
    body: z.object({ state: z.enum(VERDICTS), case: CaseIdText.nullable().optional(), refs: z.array(Ref).max(500).default([]) }),
    run: async ({ house, who }, { body }) => {
      if (body.case) await house.store.reviews.review(body.case, body.state, who);
      for (const ref of body.refs) await house.store.reviews.review(ref, body.state, who);
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/corrections',
    summary: 'Changes one field of a finding, adds an event (`finding` null) or deletes one (`after` null)',
    tag: 'review',
    body: z.object({
      article: ArticleIdText,
      finding: z.union([EventIdText, StatementIdText]).nullable(),
      field: z.string().regex(/^[a-zA-Z]{1,30}$/),
      after: z.json(),
    }),
    run: ({ house, who }, { body }) => house.store.reviews.correct({ ...body, who }),
  }),
  makeRoute({
    method: 'get',
    path: '/api/corrections',
    summary: 'What people changed, newest first',
    tag: 'review',
    query: PageQuery.extend({ article: ArticleIdText.optional(), who: z.string().max(100).optional() }),
    run: ({ house }, { query: { limit, after, ...filter } }) =>
      house.store.reviews.corrections(Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)), {
        limit: limit ?? 50,
        ...(after !== undefined && { after }),
      }),
  }),
  makeRoute({
    method: 'post',
    path: '/api/corrections/{id}/undo',
    summary: 'Takes a correction back',
    tag: 'review',
    params: z.object({ id: z.coerce.number().int() }),
    run: async ({ house, who }, { params }) => {
      const undone = await house.store.reviews.undo(params.id, who);
      if (!undone) throw notThere('This correction');
      return undone;
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/names',
    summary: 'People, groups and places by the beginning of their names',
    tag: 'names',
    query: z.object({
      beginning: z.string().max(100).default(''),
      kind: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(z.enum(NAME_KINDS)))
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    run: ({ house }, { query }) =>
      house.store.names.find(query.beginning, { ...(query.kind && { kinds: query.kind }), limit: query.limit }),
  }),
  makeRoute({
    method: 'get',
    path: '/api/names/{name}',
    summary: 'With whom a name is named, and what else it is called',
    tag: 'names',
    params: z.object({ name: z.string().min(1).max(200) }),
    run: async ({ house }, { params }) => {
      const [together, aliases, found] = await Promise.all([
        house.store.names.together(params.name, 20),
        house.store.names.aliases(params.name),
        house.store.names.find(params.name, { limit: 20 }),
      ]);
      return { name: found.find((row) => row.name === params.name) ?? null, together, aliases };
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/names/merge',
    summary: 'Two names are one: `alias` is found under `name` from now on',
    tag: 'names',
    body: z.object({ name: z.string().min(1).max(200), alias: z.string().min(1).max(200) }),
    run: ({ house, who }, { body }) => house.store.names.merge(body.name, body.alias, who),
  }),
  makeRoute({
    method: 'post',
    path: '/api/names/split',
    summary: 'A name stands for itself again',
    tag: 'names',
    body: z.object({ alias: z.string().min(1).max(200) }),
    run: ({ house, who }, { body }) => house.store.names.split(body.alias, who),
  }),
  makeRoute({
    method: 'get',
    path: '/api/documents/{kind}',
    summary: 'Saved views, ended shifts and settings of the desk',
    tag: 'documents',
    params: z.object({ kind: z.enum(DESK_DOCUMENTS) }),
    run: ({ house }, { params }) => house.store.documents.list(params.kind),
  }),
  makeRoute({
    method: 'post',
    path: '/api/documents/{kind}',
    summary: 'Saves one; with an id it replaces',
    tag: 'documents',
    params: z.object({ kind: z.enum(DESK_DOCUMENTS) }),
    body: z.object({ id: z.string().max(100).optional(), title: z.string().trim().min(1).max(200), body: z.json() }),
    run: ({ house, who }, { params, body }) =>
      house.store.documents.save({
        kind: params.kind,
        title: body.title,
        owner: who,
        body: body.body,
        ...(body.id !== undefined && { id: body.id }),
      }),
  }),
  makeRoute({
    method: 'delete',
    path: '/api/documents/{kind}/{id}',
    summary: 'Throws one away',
    tag: 'documents',
    params: z.object({ kind: z.enum(DESK_DOCUMENTS), id: z.string().max(100) }),
    run: async ({ house }, { params }) => {
      if (!(await house.store.documents.remove(params.kind, params.id))) throw notThere('This document');
    },
  }),
];
