/**
 * A desk for the browser tests: a real record in a folder of its own, filled from the hand-coded sample (sample/gold), behind the real server.
 * Independent of how well the rooms read today. Also runs by itself, to look at the pages: node test/browser/open-test-desk.ts 4848
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure } from '../../src/failure.ts';
import type { House } from '../../src/server/house.ts';
import { openServer } from '../../src/server/open-server.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { ArticleId, ArticleRecord, EventId, NewsEvent, Span, Statement, StatementId, StoryId } from '../../src/vocabulary.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'sample', 'gold');

/** Places whose coordinates the hand-coded record leaves to a gazetteer. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = { 'Qanus Island': [35.62, 43.29], 'north-east Syria': [36.5, 40.75] };

interface GoldEvent extends Omit<NewsEvent, 'id' | 'mentions' | 'actors' | 'targets' | 'where' | 'weapons' | 'because' | 'confidence'> {
  readonly mentions: readonly { readonly quote: string; readonly trigger: string }[];
  readonly actors: readonly string[];
  readonly targets: readonly string[];
  readonly where: (Omit<NonNullable<NewsEvent['where']>, 'name'> & { readonly place: string }) | null;
  readonly weapons: readonly string[];
}
interface Gold {
  readonly site: string;
  readonly title: string;
  readonly published: string;
  readonly text: string;
  readonly publisher: string;
  readonly events: readonly GoldEvent[];
  readonly statements: readonly (Omit<Statement, 'id' | 'content'> & { readonly content: readonly string[] })[];
}

const locate = (text: string, words: string, from = 0): Span | undefined => {
  const start = text.indexOf(words, from) === -1 ? text.indexOf(words) : text.indexOf(words, from);
  return start === -1 || words === '' ? undefined : { text: words, start, end: start + words.length };
};

/** The word before the trigger that speaks of it: enough to show lit deciding words. */
function decidingWords(text: string, event: GoldEvent, trigger: Span): NewsEvent['because'] {
  if (event.status === 'happened') return [];
  const before = /(\w+)\W+(?:to\W+)?$/.exec(text.slice(Math.max(0, trigger.start - 40), trigger.start));
  if (!before?.[1]) return [];
  const span = locate(text, before[1], trigger.start - before[0].length);
  return span ? [{ field: 'status', ...span, reason: `‘${span.text}’ stands over ‘${trigger.text}’` }] : [];
}

export function readGold(name: string): ArticleRecord {
  const gold = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Gold;
  const paragraphs = gold.text.split(/\n{2,}/);
  // The hand-coded text opens with the headline and its date line, which the record keeps apart.
  const text = paragraphs
    .filter((paragraph, at) => at > 1 || (paragraph !== gold.title && paragraph.length > 40))
    .join('\n\n')
    .trim();
  const events = gold.events.flatMap((event, at): NewsEvent[] => {
    const mentions = event.mentions.flatMap(({ quote, trigger }) => {
      const found = locate(text, quote);
      const inside = found && locate(text, trigger, found.start);
      return found && inside && inside.end <= found.end ? [{ quote, start: found.start, end: found.end, trigger: inside }] : [];
    });
    const [first, ...rest] = mentions;
    if (!first) return [];
    const spanOf = (words: string) => locate(text, words, first.start) ?? { start: first.trigger.start, end: first.trigger.end };
    const name = (words: string) => ({ name: words, start: spanOf(words).start, end: spanOf(words).end });
    const { where } = event;
    const known = where ? PLACES[where.place] : undefined;
    return [
      {
        ...event,
        id: `event:${at + 1}` as EventId,
        mentions: [first, ...rest],
        because: decidingWords(text, event, first.trigger),
        actors: event.actors.map(name),
        targets: event.targets.map(name),
        where: where && {
          words: where.words,
          name: where.place || null,
          country: where.country || null,
          lat: where.lat ?? known?.[0] ?? null,
          lon: where.lon ?? known?.[1] ?? null,
          precision: where.precision,
          start: spanOf(where.words).start,
          end: spanOf(where.words).end,
        },
        when: event.when && { ...event.when, start: spanOf(event.when.words).start, end: spanOf(event.when.words).end },
        counts: event.counts.map((count) => ({
          ...count,
          source: count.source ?? null,
          start: spanOf(count.words).start,
          end: spanOf(count.words).end,
        })),
        weapons: event.weapons.map((words) => ({ words, start: spanOf(words).start, end: spanOf(words).end })),
        confidence: 0.9,
      },
    ];
  });
  const statements = gold.statements.flatMap((statement, at): Statement[] => {
    const [first, ...rest] = statement.content.flatMap((words) => locate(text, words) ?? []);
    if (!first) return [];
    const speakerSpan = statement.speaker ? locate(text, statement.speaker) : undefined;
    return [{ ...statement, id: `statement:${at + 1}` as StatementId, content: [first, ...rest], ...(speakerSpan && { speakerSpan }) }];
  });
  const id = `article:${name.replace('.json', '')}` as ArticleId;
  return {
    article: {
      id,
      name: name.replace('.json', ''),
      title: gold.title,
      text,
      published: gold.published,
      updated: null,
      fetched: '2022-04-20T08:00:00.000Z',
      publishedFrom: 'meta',
      authors: [],
      publisher: gold.publisher,
      site: gold.site,
      url: `https://${gold.site.toLowerCase().replaceAll(' ', '')}.example/${name.replace('.json', '')}`,
      language: 'en',
      dateline: null,
      dropped: [{ reason: 'share links', text: 'Share · Print · Mail' }],
      notes: [],
    },
    events,
    statements,
    entities: events.flatMap((event) =>
      event.actors.map((actor) => ({
        kind: 'armed-group' as const,
        name: actor.name,
        acronym: null,
        description: null,
        mentions: [{ text: text.slice(actor.start, actor.end), start: actor.start, end: actor.end }],
      })),
    ),
    places: [],
    notes: [],
  };
}

const storyOf = (name: string): StoryId => `story:${name.slice(0, 7) === '2022-01' ? 'hasakah-prison' : name.slice(0, 7)}`;

export interface TestDesk {
  readonly url: string;
  readonly house: House;
  /** links and files that the page handed in */
  readonly taken: string[];
  close(): Promise<void>;
}

/** @param options `empty`: a record with nothing in it */
export async function openTestDesk({ port = 0, empty = false }: { port?: number; empty?: boolean } = {}): Promise<TestDesk> {
  const data = mkdtempSync(join(tmpdir(), 'watchdesk-desk-'));
  const store = await openStore({ file: join(data, 'record.sqlite'), clock: () => Date.parse('2022-04-20T09:00:00Z'), durable: false });
  const taken: string[] = [];
  const idle = { done: 0, failed: 0, total: 0, now: null, paused: false };
  if (!empty) {
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()) {
      const record = readGold(name);
      const bytes = Buffer.from(
        `<!doctype html><title>${record.article.title}</title><p>${record.article.text}</p><script>document.title='ran'</script>`,
      );
      await store.articles.saveRecord(
        record,
        { sha256: createHash('sha256').update(bytes).digest('hex'), bytes, mediaType: 'text/html; charset=utf-8' },
        {
          article: record.article.id,
          kind: 'original',
          copyOf: null,
          revisionOf: null,
          story: storyOf(name),
          reasons: ['same place and same days'],
        },
      );
    }
    const feed = await store.feeds.add({
      url: 'https://northgatewire.example/world/rss.xml',
      title: 'Northgate Wire: World',
      site: 'northgatewire.example',
    });
    await store.feeds.polled(feed.id, { ok: true, nextPoll: '2022-04-20T09:30:00.000Z', newArticles: 6 });
    await store.failures.note({
      input: 'https://gate.example/paid',
      room: 'article',
      code: 'paywall',
      message: 'only the first paragraph of https://gate.example/paid is there',
    });
    await store.failures.note({
      input: 'https://slow.example/',
      room: 'intake',
      code: 'unreachable',
      message: 'https://slow.example/ did not answer within 30 seconds',
    });
  }
  const house: House = {
    store,
    addUpload: async (name) => {
      taken.push(name);
      return { queued: 1 };
    },
    addLinks: async (links) => {
      taken.push(...links);
      return { queued: links.length };
    },
    addFeed: async (url) => {
      if (!url.includes('feed')) throw new Failure('intake', 'not-a-feed', `${url} is a page, not a feed, and names none`);
      return store.feeds.add({ url });
    },
    pollFeed: async () => {},
    reread: async () => {},
    pause: () => {},
    progress: () => idle,
    onProgress: () => () => {},
  };
  const server = await openServer(
    house,
    { host: '127.0.0.1', port, user: 'analyst', maxMegabytes: 5, smtp: undefined },
    { onFault: (error) => console.error(error) },
  );
  return {
    url: server.url,
    house,
    taken,
    async close() {
      await server.close();
      await store.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const desk = await openTestDesk({ port: Number(process.argv[2] ?? 4848), empty: process.argv[3] === 'empty' });
  console.log(desk.url);
}
