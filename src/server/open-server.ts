/**
 * The desk's front door: listens, answers, and closes without leaving anyone hanging.
 * Port 0 takes a free one. On an address other than loopback it opens only when there is an account that can look after it.
 */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Failure } from '../failure.ts';
import { hasAdmin } from './accounts.ts';
import { isLoopback } from './guard.ts';
import type { House, ServerSettings } from './house.ts';
import { openLive } from './live.ts';
import { makeApp } from './make-app.ts';
import { openDelivery, openWatchRound } from './watch-round.ts';
import { openWebFolder } from './web-folder.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };

export interface OpenServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerEdges {
  readonly now?: () => number;
  /** folder of the built pages */
  readonly web?: string;
  /** told of every fault of our own */
  readonly onFault?: (error: unknown) => void;
}

/** @throws Failure when the address is taken or may not be listened on */
export async function openServer(house: House, settings: ServerSettings, edges: ServerEdges = {}): Promise<OpenServer> {
  if (!isLoopback(settings.host) && !(await hasAdmin(house.store))) {
    throw new Failure(
      'server',
      'refused',
      `the desk is not opened on ${settings.host}: others could reach it, and there is no account yet; open it on 127.0.0.1 first and make an admin under Settings`,
    );
  }
  const live = openLive(house);
  const onFault = edges.onFault ?? (() => {});
  const round = openWatchRound(house.store, openDelivery(settings.smtp), onFault);
  const app = makeApp(house, settings, {
    now: edges.now ?? Date.now,
    live,
    web: openWebFolder(edges.web),
    version,
    onFault,
  });
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { requestTimeout: 120_000, headersTimeout: 20_000 } }) as Server;
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is taken by another program; give another with --port' : `cannot be listened on (${error.code})`;
      fail(new Failure('server', 'refused', `port ${settings.port} on ${settings.host} ${why}`, { cause: error }));
    });
    server.listen(settings.port, settings.host, done);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  const name = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    url: `http://${name}:${port}`,
    async close() {
      live.close();
      round.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
      await closed;
    },
  };
}
