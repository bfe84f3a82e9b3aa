/**
 * The commands that open a record: add, status, export, check, backup.
 */
import { createWriteStream } from 'node:fs';
import { readConfig } from '../config.ts';
import { Failure } from '../failure.ts';
import { backupRecord, exportCodebook, exportEvents, type Newsroom, openNewsroom } from '../newsroom.ts';
import type { ParsedCommand } from './commands.ts';
import { type Console, nameInput } from './console.ts';
import { describeRecord } from './print-record.ts';

async function withNewsroom(values: ParsedCommand['values'], work: (newsroom: Newsroom) => Promise<number>): Promise<number> {
  const newsroom = await openNewsroom(readConfig({ data: values.data }));
  try {
    return await work(newsroom);
  } finally {
    await newsroom.close();
  }
}

const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);
const counted = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

export function add({ values, inputs }: ParsedCommand, console: Console): Promise<number> {
  return withNewsroom(values, async (newsroom) => {
    newsroom.onProgress(({ done, failed, total, now }) => {
      if (now !== null) console.progress(`reading ${Math.min(done + failed + 1, total)} of ${total}: ${now}`);
    });
    const { read, failures, feeds } = await newsroom.addInputs(inputs, { published: text(values.published), site: text(values.site) });
    for (const { input, failure } of failures) console.complain(nameInput(input, failure));
    const followed = feeds.length > 0 ? `, ${counted(feeds.length, 'feed')} followed` : '';
    await console.print(`${counted(read, 'page')} read${followed}${failures.length > 0 ? `, ${failures.length} could not be read` : ''}\n`);
    return failures.length > 0 ? 1 : 0;
  });
}

export function status({ values }: ParsedCommand, console: Console): Promise<number> {
  return withNewsroom(values, async ({ store }) => {
    const status = await store.status();
    if (values.json) {
      await console.print(`${JSON.stringify(status)}\n`);
      return 0;
    }
    const { waiting, leased, dead } = status.jobs;
    const lines = [
      `${status.file}  (${(status.bytes / 1e6).toFixed(1)} MB, schema ${status.schemaVersion})`,
      `${counted(status.articles, 'article')}, ${counted(status.originals, 'original')}${status.firstDay ? `, ${status.firstDay} to ${status.lastDay}` : ''}`,
      `${counted(status.events, 'event')}, ${counted(status.statements, 'statement')}, ${counted(status.cases, 'case')}, ${counted(status.stories, 'story', 'stories')}`,
      `${counted(status.corrections, 'correction')}, ${status.reviewed.toLocaleString('en-US')} reviewed`,
      `${counted(status.feeds, 'feed')}, ${counted(status.failures, 'page')} could not be read, ${waiting + leased} waiting${dead > 0 ? `, ${dead} given up` : ''}`,
    ];
    await console.print(`${lines.join('\n')}\n`);
    return 0;
  });
}

const EXPORT_FORMATS = ['jsonl', 'csv', 'geojson', 'acled', 'ucdp', 'plover'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** jsonl: the records as `watchdesk read --json` prints them; csv and geojson: their events; the codebooks: rows of the deeds that are so. */
async function* exportLines({ store }: Newsroom, format: ExportFormat): AsyncGenerator<string> {
  if (format === 'csv' || format === 'geojson') yield* exportEvents(store, format);
  else if (format !== 'jsonl') yield* exportCodebook(store, format);
  else for await (const record of store.articles.each()) yield `${JSON.stringify(describeRecord(record))}\n`;
}

const isFormat = (format: string | undefined): format is ExportFormat => EXPORT_FORMATS.some((known) => known === format);

export function exportRecord({ values }: ParsedCommand, console: Console): Promise<number> {
  const format = text(values.format);
  if (!isFormat(format))
    throw new Failure('cli', 'bad-input', `--format is one of ${EXPORT_FORMATS.join(', ')}${format ? `, not '${format}'` : ''}`);
  return withNewsroom(values, async (newsroom) => {
    const file = text(values.output);
    const out = file ? createWriteStream(file, { flags: 'wx' }) : undefined;
    const opened = out && new Promise<void>((done, failed) => out.once('open', () => done()).once('error', failed));
    try {
      await opened;
    } catch (error) {
      throw new Failure(
        'cli',
        'bad-input',
        `${file} cannot be written: ${(error as NodeJS.ErrnoException).code === 'EEXIST' ? 'it is there already' : (error as Error).message}`,
        {
          cause: error,
        },
      );
    }
    for await (const piece of exportLines(newsroom, format)) {
      if (!out) await console.print(piece);
      else if (!out.write(piece)) await new Promise<void>((done) => out.once('drain', () => done()));
    }
    await new Promise<void>((done) => (out ? out.end(() => done()) : done()));
    return 0;
  });
}

export function check({ values }: ParsedCommand, console: Console): Promise<number> {
  return withNewsroom(values, async ({ store }) => {
    const report = await store.check((done, all) => console.progress(`checking ${done} of ${all}`));
    for (const problem of report.problems) console.complain(problem);
    const size = `${counted(report.articles, 'article')}, ${counted(report.originals, 'original')} and ${counted(report.quotes, 'quote')} checked`;
    await console.print(`${size}: ${report.problems.length === 0 ? 'all is well' : counted(report.problems.length, 'problem')}\n`);
    return report.problems.length > 0 ? 1 : 0;
  });
}

/** Needs no lock: a copy may be made while the desk is open. */
export async function backup({ values, inputs: [file = ''] }: ParsedCommand, console: Console): Promise<number> {
  await backupRecord(readConfig({ data: values.data }), file);
  await console.print(`the record is copied to ${file}\n`);
  return 0;
}
