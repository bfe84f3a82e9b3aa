/**
 * Routes of double coding: two people code the same articles, each blind of the other and of the machine; then how far they agree.
 * A coder's work is kept in a document of its own, so that two can save at once; the other's is not given out before both are done.
 */
import { z } from 'zod';
import { compareCodings } from '../desk/agreement.ts';
import { diffTexts } from '../desk/diff-texts.ts';
import { markText } from '../desk/mark-text.ts';
import { Failure } from '../failure.ts';
import type { Store, StoredDocument } from '../store/store.ts';
import type { ArticleId, NewsEvent } from '../vocabulary.ts';
import { EVENT_TYPES, STATUSES } from '../vocabulary.ts';
import { makeRoute, notThere } from './route.ts';
import { ArticleIdText } from './schemas.ts';

const tag = 'coding';
const Name = z.string().trim().min(1).max(100);
const params = z.object({ id: z.string().min(1).max(100) });

interface TaskBody {
  readonly kind: 'task';
  readonly articles: readonly ArticleId[];
  readonly coders: readonly [string, string];
}
interface WorkBody {
  readonly kind: 'work';
  readonly task: string;
  readonly coder: string;
  readonly done: boolean;
  readonly events: readonly { readonly article: ArticleId; readonly event: NewsEvent }[];
}

/** Enough of an event that what is shown and compared is there; its words are checked against the text. */
const CodedEvent = z.looseObject({
  id: z.templateLiteral(['event:', z.string().max(100)]),
  type: z.enum(EVENT_TYPES),
  status: z.enum(STATUSES),
  mentions: z
    .array(
      z.object({
        quote: z.string().max(20_000),
        start: z.int().min(0),
        end: z.int().min(0),
        trigger: z.object({ text: z.string().max(2000), start: z.int().min(0), end: z.int().min(0) }),
      }),
    )
    .min(1)
    .max(50),
  actors: z.array(z.looseObject({ name: z.string().max(1000) })).max(100),
  targets: z.array(z.looseObject({ name: z.string().max(1000) })).max(100),
});

async function readTask(store: Store, id: string) {
  const task = (await store.documents.get('coding', id)) as StoredDocument<TaskBody> | undefined;
  if (task?.body.kind !== 'task') throw notThere('This coding');
  const all = (await store.documents.list('coding')) as readonly StoredDocument<WorkBody>[];
  const works = all.filter(({ body }) => body.kind === 'work' && body.task === id);
  return { task, workOf: (coder: string) => works.find(({ body }) => body.coder === coder) };
}

const mustBeCoder = (task: StoredDocument<TaskBody>, coder: string) => {
  if (!task.body.coders.includes(coder))
    throw new Failure('server', 'refused', `‘${coder}’ is no coder of this task; its coders are ${task.body.coders.join(' and ')}.`);
};

export const codingRoutes = [
  makeRoute({
    method: 'get',
    path: '/api/codings',
    summary: 'Double codings, and who is done',
    tag,
    run: async ({ house }) => {
      const all = (await house.store.documents.list('coding')) as readonly StoredDocument<TaskBody | WorkBody>[];
      return all.flatMap(({ id, title, body }) => {
        if (body.kind !== 'task') return [];
        const done = body.coders.filter((coder) =>
          all.some((one) => one.body.kind === 'work' && one.body.task === id && one.body.coder === coder && one.body.done),
        );
        return [{ id, title, coders: body.coders, articles: body.articles.length, done }];
      });
    },
  }),
  makeRoute({
    method: 'post',
    path: '/api/codings',
    summary: 'Begins a double coding of these articles by two people',
    tag,
    body: z.object({
      title: z.string().trim().min(1).max(200),
      coders: z.tuple([Name, Name]),
      articles: z.array(ArticleIdText).min(1).max(200),
    }),
    run: async ({ house, who }, { body }) => {
      if (body.coders[0] === body.coders[1]) throw new Failure('server', 'bad-input', 'Double coding needs two people.');
      const task: TaskBody = { kind: 'task', articles: [...new Set(body.articles)], coders: body.coders };
      const { id } = await house.store.documents.save({ kind: 'coding', title: body.title, owner: who, body: task });
      return { id };
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/codings/{id}/coders/{coder}',
    summary: 'What one coder sees: the plain texts and their own events, nothing of the machine or of the other',
    tag,
    params: params.extend({ coder: Name }),
    run: async ({ house }, { params }) => {
      const { task, workOf } = await readTask(house.store, params.id);
      mustBeCoder(task, params.coder);
      const work = workOf(params.coder)?.body;
      const articles = [];
      for (const id of task.body.articles) {
        const stored = await house.store.articles.get(id);
        if (!stored) continue;
        const { title, text, published, site, language } = stored.record.article;
        articles.push({ id, title, text, published, site, language, marked: markText(text, []) });
      }
      return { id: params.id, title: task.title, coder: params.coder, done: work?.done ?? false, events: work?.events ?? [], articles };
    },
  }),
  makeRoute({
    method: 'put',
    path: '/api/codings/{id}/coders/{coder}',
    summary: 'Keeps what a coder has coded; `done` ends it',
    tag,
    params: params.extend({ coder: Name }),
    body: z.object({ done: z.boolean(), events: z.array(z.object({ article: ArticleIdText, event: CodedEvent })).max(5000) }),
    run: async ({ house, who }, { params, body }) => {
      const { task, workOf } = await readTask(house.store, params.id);
      mustBeCoder(task, params.coder);
      const before = workOf(params.coder);
      if (before?.body.done) throw new Failure('server', 'refused', `${params.coder} has ended this coding; it is not changed any more.`);
      const kept: WorkBody = {
        kind: 'work',
        task: params.id,
        coder: params.coder,
        done: body.done,
        events: body.events as unknown as WorkBody['events'],
      };
      await house.store.documents.save({
        kind: 'coding',
        title: `${task.title}, ${params.coder}`,
        owner: who,
        body: kept,
        ...(before && { id: before.id }),
      });
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/codings/{id}/agreement',
    summary: 'How far the two agree (Krippendorff’s alpha for each field) and where they differ; only when both are done',
    tag,
    params,
    run: async ({ house }, { params }) => {
      const { task, workOf } = await readTask(house.store, params.id);
      const [one, other] = task.body.coders.map((coder) => workOf(coder)?.body);
      if (!one?.done || !other?.done) throw new Failure('server', 'refused', 'The coding is blind until both have ended it.');
      return { title: task.title, coders: task.body.coders, ...compareCodings(one.events, other.events) };
    },
  }),
  makeRoute({
    method: 'get',
    path: '/api/articles/{id}/changes',
    summary: 'What changed in the text since an earlier version',
    tag: 'articles',
    params: z.object({ id: ArticleIdText }),
    query: z.object({ from: z.coerce.number().int().min(1) }),
    run: async ({ house }, { params, query }) => {
      const versions = [...(await house.store.articles.versions(params.id))].sort((a, b) => a.version - b.version);
      const at = versions.findIndex(({ version }) => version === query.from);
      const stored = await house.store.articles.get(params.id);
      const before = versions[at];
      if (!before || !stored) throw notThere('This version');
      const after = versions[at + 1]?.record ?? stored.record;
      return {
        from: before.fetched,
        title: { before: before.record.article.title, after: after.article.title },
        pieces: diffTexts(before.record.article.text, after.article.text),
      };
    },
  }),
];
