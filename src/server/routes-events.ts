/** Routes of the events table: the selection as rows, counts, facets, days, map cells and files. */
import { z } from 'zod';
import { writeEventLine } from '../desk/event-line.ts';
import { EXPORT_FORMATS, exportEvents, MEDIA_TYPE_OF_FORMAT } from '../desk/export-record.ts';
import { EVENT_FACETS_ASKED, EVENT_SORTS_ASKED } from './choices.ts';
import { makeRoute, notThere } from './route.ts';
import { ArticleIdText, EventIdText, EventQuery, PageQuery, readEventFilter } from './schemas.ts';

const tag = 'events';

export const eventRoutes = [
  makeRoute({
    method: 'get',
    path: '/api/events',
    summary: 'Events of the selection, one page',
    tag,
    query: EventQuery.extend(PageQuery.shape).extend({ sort: z.enum(EVENT_SORTS_ASKED).optional() }),
    run: async ({ house }, { query }) => {
      const { rows, next } = await house.store.events.find(readEventFilter(query), {
        limit: query.limit ?? 100,
        ...(query.after !== undefined && { after: query.after }),
        sort: query.sort ?? 'newest',
      });
      return { rows: rows.map(writeEventLine), next };
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/events/count',
    summary: 'How many events match; `exact` false: at least that many',
    tag,
    query: EventQuery,
    run: ({ house }, { query }) => house.store.events.count(readEventFilter(query)),
  }),
  makeRoute({
    method: 'get',
    path: '/api/events/facets',
    summary: 'How the selection falls by type, status, place, actor …',
    tag,
    query: EventQuery.extend({
      facets: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(z.enum(EVENT_FACETS_ASKED)))
        .default(['status', 'type', 'country', 'place', 'actor', 'target', 'source', 'site', 'weapon', 'reviewed']),
    }),
    run: ({ house }, { query }) => house.store.events.facets(readEventFilter(query), query.facets),
  }),
  makeRoute({
    method: 'get',
    path: '/api/events/timeline',
    summary: 'Events a day, by type, status or group',
    tag,
    query: EventQuery.extend({ by: z.enum(['type', 'status', 'group']).default('status') }),
    run: ({ house }, { query }) => house.store.events.timeline(readEventFilter(query), query.by),
  }),
  makeRoute({
    method: 'get',
    path: '/api/events/map',
    summary: 'Events gathered by place, each with how precisely the place is known',
    tag,
    query: EventQuery.extend({ cells: z.coerce.number().int().min(4).max(256).optional() }),
    run: ({ house }, { query }) => house.store.events.map(readEventFilter(query), query.cells),
  }),
  makeRoute({
    method: 'get',
    path: '/api/events/{article}/{event}',
    summary: 'One event in full, with its line',
    tag,
    params: z.object({ article: ArticleIdText, event: EventIdText }),
    run: async ({ house }, { params }) => {
      const row = await house.store.events.get(params);
      if (!row) throw notThere('This event');
      return { line: writeEventLine(row), event: row.event };
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/export',
    summary: 'The selection as a file: JSON lines, CSV or GeoJSON',
    tag,
    query: EventQuery.extend({ format: z.enum(EXPORT_FORMATS).default('jsonl') }),
    answers: 'application/octet-stream',
    run: async ({ house }, { query }) => {
      const lines = exportEvents(house.store.events.each(readEventFilter(query)), query.format);
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await lines.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        },
        async cancel() {
          await lines.return(undefined);
        },
      });
      return new Response(body, {
        headers: {
          'content-type': MEDIA_TYPE_OF_FORMAT[query.format],
          'content-disposition': `attachment; filename="watchdesk-events.${query.format}"`,
        },
      });
    },
  }),
];
