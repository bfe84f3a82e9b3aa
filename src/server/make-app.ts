/**
 * All routes behind one guard: API under /api, everything else the desk's page. Errors become status codes here, and only here;
 * a bug is told to `onFault` and answered with 500, so that one bad request never stops the desk.
 */
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { Failure } from '../failure.ts';
import { countWithin, mayDo, openAccounts } from './accounts.ts';
import { answerFailure, Refusal } from './answer-failure.ts';
import { guardRequests, isLoopback } from './guard.ts';
import type { House, ServerSettings } from './house.ts';
import type { Live } from './live.ts';
import { type Asking, describeApi, mountRoute, type Route } from './route.ts';
import { articleRoutes } from './routes-articles.ts';
import { codingRoutes } from './routes-coding.ts';
import { eventRoutes } from './routes-events.ts';
import { peopleRoutes } from './routes-people.ts';
import { reviewRoutes } from './routes-review.ts';
import { sitrepRoutes } from './routes-sitrep.ts';
import { sourceRoutes } from './routes-sources.ts';
import { statusRoutes } from './routes-status.ts';
import { watchRoutes } from './routes-watch.ts';

export const ROUTES = [
  ...eventRoutes,
  ...articleRoutes,
  ...sourceRoutes,
  ...reviewRoutes,
  ...watchRoutes,
  ...sitrepRoutes,
  ...codingRoutes,
  ...peopleRoutes,
  ...statusRoutes,
];

export interface AppEdges {
  readonly now: () => number;
  readonly live: Live;
  /** gives the files of the built web folder */
  readonly web: (context: Context) => Response;
  readonly version: string;
  readonly onFault: (error: unknown) => void;
}

export function makeApp(house: House, settings: ServerSettings, edges: AppEdges): Hono {
  const app = new Hono();
  const singleUser = isLoopback(settings.host);
  const accounts = openAccounts(house.store, edges.now);
  const requests = countWithin(60_000, 1500, edges.now);
  const ask = async (context: Context, least: Route['role']): Promise<Asking> => {
    const from = (context.env as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? 'unknown';
    const asking = { house, settings, now: edges.now, accounts, from, context };
    if (singleUser) return { ...asking, who: settings.user, role: 'admin' };
    requests.count(from, 'Too many requests: wait a minute.');
    const person = await accounts.whoIs(context.req.header('cookie'));
    if (least === 'nobody') return { ...asking, who: person?.name ?? '', role: person?.role ?? 'reader' };
    if (!person) throw new Refusal(401, 'Sign in first.');
    if (!mayDo(person.role, least)) throw new Refusal(403, `This needs the role ‘${least}’; yours is ‘${person.role}’.`);
    return { ...asking, who: person.name, role: person.role };
  };
  // With several people every change is written down; alone, the record's own history says it.
  const noteChange = async (route: Route, { who, context }: Asking) => {
    if (singleUser || route.method === 'get' || route.path === '/api/session') return;
    await house.store.audit.write({
      who,
      what: `${route.method.toUpperCase()} ${route.path}`,
      subject: new URL(context.req.url).pathname.slice(0, 300),
    });
  };
  app.use('*', guardRequests(settings.host));
  app.onError((error) => {
    if (!(error instanceof Failure || error instanceof Refusal)) edges.onFault(error);
    return answerFailure(error);
  });
  app.get('/api/openapi.json', (context) => context.json(describeApi(ROUTES, edges.version)));
  app.get('/api/live', async (context) => {
    await ask(context, 'reader');
    return edges.live.answer();
  });
  for (const route of ROUTES) mountRoute(app, route, ask, noteChange);
  app.all('/api/*', () =>
    answerFailure(new Failure('server', 'not-found', 'There is no such address in the API; /api/openapi.json lists them.')),
  );
  app.get('*', edges.web);
  return app;
}
