/**
 * All routes behind one guard: API under /api, everything else the desk's page. Errors become status codes here, and only here;
 * a bug is told to `onFault` and answered with 500, so that one bad request never stops the desk.
 */
import { type Context, Hono } from 'hono';
import { Failure } from '../failure.ts';
import { ROLES_IN_ORDER } from './accounts.ts';
import { answerFailure, Refusal } from './answer-failure.ts';
import { guardRequests, isLoopback } from './guard.ts';
import type { House, ServerSettings } from './house.ts';
import type { Live } from './live.ts';
import { type Asking, describeApi, mountRoute } from './route.ts';
import { articleRoutes } from './routes-articles.ts';
import { eventRoutes } from './routes-events.ts';
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
  const ask = async (context: Context, least: Asking['role']): Promise<Asking> => {
    const asking = { house, settings, now: edges.now, context };
    if (singleUser) return { ...asking, who: settings.user, role: 'admin' };
    const { who, role } = { who: '', role: 'reader' as const };
    if (ROLES_IN_ORDER.indexOf(role) < ROLES_IN_ORDER.indexOf(least)) throw new Refusal(403, `This needs the role ‘${least}’.`);
    return { ...asking, who, role };
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
  for (const route of ROUTES) mountRoute(app, route, ask);
  app.all('/api/*', () =>
    answerFailure(new Failure('server', 'not-found', 'There is no such address in the API; /api/openapi.json lists them.')),
  );
  app.get('*', edges.web);
  return app;
}
