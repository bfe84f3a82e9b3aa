/**
 * What happens now, as server-sent events: progress of the reading, changes of the record gathered for a moment so that a hundred
 * new articles are one message. Each listener has a bounded queue; one that does not read is dropped.
 */
import type { StoreChange } from '../store/store.ts';
import type { House } from './house.ts';

const GATHER_MS = 300;
const KEEP_ALIVE_MS = 20_000;
const MOST_LISTENERS = 100;

export interface Live {
  /** a response that stays open */
  answer(): Response;
  close(): void;
}

export function openLive(house: House): Live {
  const encoder = new TextEncoder();
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const changed = new Map<StoreChange['kind'], number>();
  let progressTold = true;
  let timer: NodeJS.Timeout | undefined;

  const send = (name: string, data: unknown) => {
    const message = encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    for (const listener of listeners) {
      try {
        if ((listener.desiredSize ?? 0) < -64) throw new Error('does not read');
        listener.enqueue(message);
      } catch {
        listeners.delete(listener);
      }
    }
  };
  const flush = () => {
    timer = undefined;
    if (!progressTold) send('progress', house.progress());
    progressTold = true;
    if (changed.size > 0) send('change', Object.fromEntries(changed));
    changed.clear();
  };
  const soon = () => {
    timer ??= setTimeout(flush, GATHER_MS).unref();
  };
  const stops = [
    // What happens while nobody listens is in the record when somebody comes.
    house.onProgress(() => {
      if (listeners.size === 0) return;
      progressTold = false;
      soon();
    }),
    house.store.onChange(({ kind }) => {
      if (listeners.size === 0) return;
      changed.set(kind, (changed.get(kind) ?? 0) + 1);
      soon();
    }),
  ];
  const keepAlive = setInterval(() => send('still-here', null), KEEP_ALIVE_MS).unref();

  return {
    answer() {
      if (listeners.size >= MOST_LISTENERS) return new Response(null, { status: 503, headers: { 'retry-after': '30' } });
      let own: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller;
          listeners.add(controller);
          controller.enqueue(encoder.encode(`retry: 2000\nevent: progress\ndata: ${JSON.stringify(house.progress())}\n\n`));
        },
        cancel() {
          listeners.delete(own);
        },
      });
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      });
    },
    close() {
      clearInterval(keepAlive);
      clearTimeout(timer);
      for (const stop of stops) stop();
      for (const listener of listeners) {
        try {
          listener.close();
        } catch {
          // The browser has left already.
        }
      }
      listeners.clear();
    },
  };
}
