/** Routes of watches and of the alerts that they raised, as JSON and as a feed. */
import { generateAtomFeed } from 'feedsmith';
import { z } from 'zod';
import { type WatchBody, writeTryout } from '../desk/watch.ts';
import type { StoredDocument } from '../store/store.ts';
import { mayDo } from './accounts.ts';
import { Refusal } from './answer-failure.ts';
import { makeRoute, notThere } from './route.ts';
import { EventQuery, PageQuery, WebAddress } from './schemas.ts';
import { judgeWatch } from './watch-round.ts';

const tag = 'watch';
/** A watch's query has the parameters of the events table, and is kept as it was written. */
const Query = z.record(z.string().max(40), z.string().max(500)).superRefine((query, context) => {
  const result = EventQuery.strict().safeParse(query);
  if (!result.success)
    context.addIssue({
      code: 'custom',
      message: result.error.issues[0]?.message ?? 'not usable',
      path: result.error.issues[0]?.path ?? [],
    });
});
const Threshold = z.object({ query: Query, minOrigins: z.number().int().min(1).max(50), days: z.number().int().min(1).max(366) });
const Watch = Threshold.extend({
  title: z.string().trim().min(1).max(200),
  active: z.boolean(),
  mail: z.email().nullable().default(null),
  webhook: WebAddress.nullable().default(null),
});
const params = z.object({ id: z.string().min(1).max(100) });

const splitReason = (reason: string) => {
  const [title = '', ...rest] = reason.split('\n');
  return { title, reason: rest.join(' ') };
};

export const watchRoutes = [
  makeRoute({
    method: 'post',
    path: '/api/watches/try',
    summary: 'Tries a watch out on the record: when it would have fired, and why',
    tag,
    role: 'reader',
    body: Threshold,
    run: async ({ house }, { body }) => {
      const firings = await judgeWatch(house.store, body);
      return { words: writeTryout(firings), firings: firings.slice(-100) };
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/watches',
    summary: 'All watches, with how often each has fired',
    tag,
    run: async ({ house }) => {
      const watches = (await house.store.documents.list('watch')) as readonly StoredDocument<WatchBody>[];
      const { rows } = await house.store.alerts.list({}, { limit: 1000 });
      return watches.map(({ id, title, body: { known: _, ...body }, changed }) => ({
        id,
        title,
        ...body,
        changed,
        fired: rows.filter((alert) => alert.watch === id).length,
      }));
    },
  }),
  makeRoute({
    method: 'put',
    path: '/api/watches/{id}',
    summary: 'Saves a watch (id “new” makes one); switched on, it looks at what comes from then on',
    tag,
    params,
    body: Watch,
    run: async ({ house, who, role }, { params, body: { title, ...body } }) => {
      const before =
        params.id === 'new' ? undefined : ((await house.store.documents.get('watch', params.id)) as StoredDocument<WatchBody> | undefined);
      if (params.id !== 'new' && !before) throw notThere('This watch');
      if ((body.webhook !== null || body.mail !== null) && !mayDo(role, 'editor'))
        throw new Refusal(403, 'Sending alerts out of the desk needs the role ‘editor’.');
      // What stands in the record already is the past: it was shown by the try-out and raises no alert.
      const known =
        body.active && !before?.body.active
          ? (await judgeWatch(house.store, body)).map((firing) => firing.subject)
          : (before?.body.known ?? []);
      return house.store.documents.save({ kind: 'watch', title, owner: who, body: { ...body, known }, ...(before && { id: before.id }) });
    },
  }),
  makeRoute({
    method: 'delete',
    path: '/api/watches/{id}',
    summary: 'Throws a watch away',
    tag,
    params,
    run: async ({ house }, { params }) => {
      if (!(await house.store.documents.remove('watch', params.id))) throw notThere('This watch');
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/alerts',
    summary: 'Alerts, newest first',
    tag,
    query: PageQuery.extend({ unseen: z.enum(['true', 'false']).optional() }),
    run: async ({ house }, { query }) => {
      const { rows, next } = await house.store.alerts.list(
        { unseenOnly: query.unseen === 'true' },
        { limit: query.limit ?? 50, ...(query.after !== undefined && { after: query.after }) },
      );
      return { rows: rows.map((alert) => ({ ...alert, ...splitReason(alert.reason) })), next };
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/alerts/{id}/seen',
    summary: 'An alert was seen',
    tag,
    params: z.object({ id: z.coerce.number().int() }),
    run: ({ house }, { params }) => house.store.alerts.mark(params.id, 'seen'),
  }),
  makeRoute({
    method: 'get',
    path: '/api/alerts.atom',
    summary: 'Alerts as an Atom feed',
    tag,
    answers: 'application/atom+xml',
    run: async ({ house, context }) => {
      const origin = new URL(context.req.url).origin;
      const { rows } = await house.store.alerts.list({}, { limit: 50 });
      const feed = generateAtomFeed({
        id: `${origin}/api/alerts.atom`,
        title: { value: 'Watchdesk alerts' },
        updated: new Date(rows[0]?.at ?? 0),
        links: [{ href: `${origin}/watch` }],
        entries: rows.map((alert) => {
          const { title, reason } = splitReason(alert.reason);
          const [first] = alert.evidence;
          return {
            id: `${origin}/api/alerts/${alert.id}`,
            title: { value: title },
            updated: new Date(alert.at),
            content: { value: reason },
            links: [
              {
                href: first
                  ? `${origin}/article/${encodeURIComponent(first.article)}?finding=${encodeURIComponent(first.event)}`
                  : `${origin}/watch`,
              },
            ],
          };
        }),
      });
      return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
    },
  }),
];
