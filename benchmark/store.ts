/**
 * Times the events table, its facets and the search on a record of made-up articles: `node benchmark/store.ts [ARTICLES] [--json] [--keep FILE]`.
 * Prints CPU milliseconds p50 and p95 of each question asked; writes to a temporary folder only.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateRecord } from '../src/store/generated-record.ts';
import { openStore } from '../src/store/open-store.ts';
import { EVENT_FACETS, type EventFilter, type Store } from '../src/store/store.ts';

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export interface Timing {
  readonly question: string;
  readonly p50: number;
  readonly p95: number;
}

async function time(question: string, repeat: number, ask: (turn: number) => Promise<unknown>): Promise<Timing> {
  const times: number[] = [];
  for (let turn = 0; turn < repeat; turn++) {
    const start = cpu();
    await ask(turn);
    times.push(cpu() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] as number) * 10) / 10;
  return { question, p50: at(0.5), p95: at(0.95) };
}

const BATCH = 500;

/** Fills a store with made-up articles; gives the CPU seconds it took. */
export async function fillStore(store: Store, articles: number): Promise<number> {
  const start = cpu();
  for (let number = 0; number < articles; number += BATCH) {
    await store.articles.saveAll(Array.from({ length: Math.min(BATCH, articles - number) }, (_, at) => generateRecord(number + at)));
  }
  return (cpu() - start) / 1000;
}

export async function timeStore(store: Store): Promise<Timing[]> {
  const some = (await store.events.find({}, { limit: 200 })).rows;
  const of = (turn: number) => some[(turn * 7) % some.length] as (typeof some)[number];
  const actor = (turn: number) => of(turn).event.actors[0]?.name ?? 'a';
  const filters: readonly (readonly [string, (turn: number) => EventFilter])[] = [
    ['all', () => ({})],
    ['one type', (turn) => ({ types: [of(turn).event.type] })],
    ['three types', (turn) => ({ types: [of(turn).event.type, 'riot', 'prison-break'] })],
    ['status and type', (turn) => ({ types: [of(turn).event.type], statuses: ['feared'] })],
    ['a month', (turn) => ({ from: `20${20 + (turn % 3)}-0${1 + (turn % 9)}-01`, to: `20${20 + (turn % 3)}-0${1 + (turn % 9)}-31` })],
    ['country', (turn) => ({ countries: [of(turn).event.where?.country ?? 'AA'] })],
    ['place', (turn) => ({ place: of(turn).event.where?.name ?? 'a' })],
    ['box', (turn) => ({ box: [turn, turn - 20, turn + 8, turn - 12] })],
    ['actor', (turn) => ({ actor: actor(turn) })],
    ['two letters of an actor', (turn) => ({ actor: actor(turn).slice(0, 2) })],
    ['source', (turn) => ({ source: of(turn).event.source ?? 'own-voice' })],
    ['site', (turn) => ({ sites: [of(turn).site ?? ''] })],
    ['common word', () => ({ words: 'killed' })],
    ['rare word', (turn) => ({ words: of(turn).title?.split(' ')[2] ?? 'x' })],
    ['open, confident, no background', () => ({ reviewed: ['open'], minConfidence: 0.6, background: false })],
    ['deadly', () => ({ killedAtLeast: 20, statuses: ['happened'] })],
  ];
  const timings: Timing[] = [];
  for (const [name, filter] of filters) {
    timings.push(await time(`events, ${name}`, 20, (turn) => store.events.find(filter(turn), { limit: 100 })));
  }
  for (const sort of ['confidence', 'killed', 'type', 'place'] as const) {
    timings.push(await time(`events by ${sort}`, 10, () => store.events.find({}, { sort, limit: 100 })));
    timings.push(
      await time(`events of a country by ${sort}`, 10, (turn) => store.events.find(filters[5]?.[1](turn) ?? {}, { sort, limit: 100 })),
    );
  }
  for (const at of [0, 1, 8, 12, 13]) {
    const [name, filter] = filters[at] as (typeof filters)[number];
    timings.push(await time(`count, ${name}`, 10, (turn) => store.events.count(filter(turn))));
    timings.push(await time(`facets, ${name}`, 10, (turn) => store.events.facets(filter(turn), EVENT_FACETS)));
    timings.push(await time(`timeline, ${name}`, 10, (turn) => store.events.timeline(filter(turn), 'type')));
    timings.push(await time(`map, ${name}`, 10, (turn) => store.events.map(filter(turn))));
  }
  const searches: readonly (readonly [string, (turn: number) => string])[] = [
    ['common word', () => 'killed'],
    ['two common words', () => 'police attack'],
    ['rare word', (turn) => of(turn).title?.split(' ')[2] ?? 'x'],
    ['phrase', () => '"the army"'],
    ['beginning', (turn) => `${(of(turn).title ?? 'ab').slice(0, 3)}*`],
  ];
  for (const [name, words] of searches) {
    timings.push(await time(`search, ${name}`, 20, (turn) => store.articles.search({ words: words(turn) })));
    timings.push(
      await time(`search, ${name}, one site`, 10, (turn) => store.articles.search({ words: words(turn), site: of(turn).site ?? '' })),
    );
  }
  return timings;
}

/** Fills a record in a temporary folder (or finds one in `keep`) and times it; the figures are milliseconds of CPU. */
export async function measureStore({
  articles = 100_000,
  keep,
  say = () => {},
}: {
  readonly articles?: number;
  readonly keep?: string | undefined;
  readonly say?: (timing: Timing) => void;
} = {}): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'watchdesk-store-'));
  try {
    const file = keep ?? join(folder, 'record.db');
    const there = existsSync(file);
    const store = openStore({ file, clock: () => Date.UTC(2024, 0, 1), durable: false });
    const seconds = there ? 0 : await fillStore(store, articles);
    const { events, bytes } = await store.status();
    const timings = await timeStore(store);
    await store.close();
    for (const timing of timings) say(timing);
    const worst = (part: string) => Math.max(...timings.filter((timing) => timing.question.startsWith(part)).map((timing) => timing.p95));
    return {
      events,
      megabytes: Math.round(bytes / 1e6),
      'fill-ms-per-article': Math.round((seconds / articles) * 10_000) / 10,
      'events-p95-ms': worst('events'),
      'facets-p95-ms': worst('facets'),
      'timeline-p95-ms': worst('timeline'),
      'map-p95-ms': worst('map'),
      'search-p95-ms': worst('search'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' }, keep: { type: 'string' } }, allowPositionals: true });
  const say = ({ question, p50, p95 }: Timing) => {
    if (!values.json) console.log(`${question.padEnd(44)} p50 ${p50.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms`);
  };
  const figures = await measureStore({ articles: Number(positionals[0] ?? 100_000), keep: values.keep, say });
  console.log(values.json ? JSON.stringify(figures) : figures);
}
