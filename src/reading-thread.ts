/**
 * Reads pages in a thread of its own, so that the desk answers while a text is being read.
 * One file for both ends: opened as a worker it answers pages with records; `openReadingThread` is the other end.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from './failure.ts';
import { openModels } from './models.ts';
import { readPage } from './pipeline.ts';
import type { ArticleRecord, IncomingPage, Room } from './vocabulary.ts';

interface Question {
  readonly id: number;
  readonly page: IncomingPage;
}
type Answer =
  | { readonly id: number; readonly record: ArticleRecord }
  | { readonly id: number; readonly failure: { readonly room: Room; readonly code: FailureCode; readonly message: string } };

export interface Reader {
  /** one page after the other, in the order asked */
  read(page: IncomingPage): Promise<ArticleRecord | Failure>;
  close(): Promise<void>;
}

/** A reader in this very thread: for `watchdesk read` and the benchmarks, where nobody waits for anything else. */
export async function openReader(): Promise<Reader> {
  const language = await openModels();
  return { read: (page) => readPage(page, language), close: async () => {} };
}

/** A reader in a thread of its own. A bug in a room ends that thread: the page becomes a `crashed` Failure, and the next one gets a new thread. */
export function openReadingThread(): Reader {
  const waiting = new Map<number, (outcome: ArticleRecord | Failure) => void>();
  let worker: Worker | undefined;
  let closing = false;
  let count = 0;

  const start = (): Worker => {
    const thread = new Worker(new URL(import.meta.url));
    thread.on('message', (answer: Answer) => {
      const settle = waiting.get(answer.id);
      waiting.delete(answer.id);
      settle?.('record' in answer ? answer.record : new Failure(answer.failure.room, answer.failure.code, answer.failure.message));
      if (waiting.size === 0) thread.unref();
    });
    thread.on('error', (error: Error) => {
      worker = undefined;
      for (const settle of waiting.values()) {
        settle(
          new Failure(
            'language',
            'crashed',
            `the reading of this page broke off by a fault of Watchdesk (${error.message}); please report it`,
            { cause: error },
          ),
        );
      }
      waiting.clear();
    });
    return thread;
  };

  return {
    read(page) {
      if (closing) return Promise.resolve(new Failure('language', 'crashed', 'Watchdesk is closing'));
      worker ??= start();
      const thread = worker;
      const id = ++count;
      return new Promise((settle) => {
        waiting.set(id, settle);
        thread.ref();
        thread.postMessage({ id, page } satisfies Question);
      });
    },
    async close() {
      closing = true;
      await worker?.terminate();
    },
  };
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  const language = openModels();
  let last: Promise<void> = Promise.resolve();
  port.on('message', ({ id, page }: Question) => {
    last = last.then(async () => {
      const outcome = await readPage(page, await language);
      const { room, code, message } = outcome instanceof Failure ? outcome : { room: undefined, code: undefined, message: undefined };
      port.postMessage(room ? { id, failure: { room, code, message } } : { id, record: outcome });
    });
    // A bug must end this thread loudly rather than leave the page without an answer.
    last.catch((error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    });
  });
}
