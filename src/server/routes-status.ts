/** Routes on the record as a whole: figures, progress of the reading, a pause for it. */
import { z } from 'zod';
import { writeFailures } from '../desk/failures-in-words.ts';
import { makeRoute } from './route.ts';

export const statusRoutes = [
  makeRoute({
    method: 'get',
    path: '/api/status',
    summary: 'Figures of the record, how far the reading is, who is asking',
    tag: 'status',
    run: async ({ house, who, role }) => {
      const [status, failures] = await Promise.all([house.store.status(), house.store.failures.counts()]);
      const { file: _, ...record } = status;
      return { record, progress: house.progress(), failures: writeFailures(failures).line, who, role };
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/reading',
    summary: 'Pauses the reading after the page at hand, or goes on',
    tag: 'status',
    body: z.object({ paused: z.boolean() }),
    run: async ({ house }, { body }) => {
      house.pause(body.paused);
      return house.progress();
    },
  }),
];
