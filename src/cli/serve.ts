/**
 * `watchdesk serve`: the desk, with the newsroom at work behind it, until a signal ends it. Progress is one line in the terminal.
 */
import { readConfig } from '../config.ts';
import { openNewsroom, takeSample } from '../newsroom.ts';
import { openServer } from '../server/open-server.ts';
import { buildWeb, isWebStale } from '../server/web-folder.ts';
import type { ParsedCommand } from './commands.ts';
import type { Console } from './console.ts';

/** Resolves when the process is asked to end. */
const untilAsked = () =>
  new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });

export async function serve({ values }: ParsedCommand, console: Console): Promise<number> {
  const config = readConfig({ host: values.host, port: values.port, data: values.data });
  const asked = untilAsked();
  if (await isWebStale()) {
    console.tell('Building the desk for the browser (once) …');
    await buildWeb();
  }
  const newsroom = await openNewsroom(config);
  try {
    const server = await openServer(newsroom, config);
    console.tell(`Watchdesk is open at ${server.url}  (record: ${config.data}; Ctrl-C closes it)`);
    newsroom.onProgress(({ done, failed, total, now }) => {
      const read = done + failed;
      if (now !== null) console.progress(`reading ${Math.min(read + 1, total)} of ${total}: ${now}`);
      else if (total > 0 && read >= total)
        console.tell(`read ${done} ${done === 1 ? 'page' : 'pages'}${failed > 0 ? `, ${failed} could not be read (see Sources)` : ''}`);
    });
    newsroom.start();
    if (values.sample && (await takeSample(newsroom)))
      console.tell('The sample newsroom is in the record: articles of our own about real events.');
    await asked;
    console.tell('Closing …');
    await server.close();
  } finally {
    await newsroom.close();
  }
  return 0;
}
