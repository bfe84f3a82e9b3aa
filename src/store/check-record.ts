/**
 * Looks whether the record still holds: every original against its hash, every quote against its text, the file against itself.
 * Nothing is changed; what is wrong comes out in plain words.
 */
import { createHash } from 'node:crypto';
import type { ArticleRecord } from '../vocabulary.ts';
import { readRecord } from './articles.ts';
import type { StoreContext } from './context.ts';
import { fileProblems } from './dialect.ts';
import { unpackOriginal } from './originals.ts';
import type { CheckReport } from './store.ts';

const CHUNK = 200;

/** Quotes of a record that do not stand where they say they stand. */
export function checkQuotes(record: ArticleRecord): { readonly quotes: number; readonly wrong: readonly string[] } {
  const { text } = record.article;
  const wrong: string[] = [];
  let quotes = 0;
  const check = (of: string, words: string, start: number | undefined, end: number | undefined) => {
    if (start === undefined || end === undefined) return;
    quotes++;
    if (text.slice(start, end) !== words)
      wrong.push(`${record.article.id}, ${of}: "${words.slice(0, 60)}" does not stand at ${start}–${end}`);
  };
  for (const event of record.events) {
    for (const mention of event.mentions) {
      check(event.id, mention.quote, mention.start, mention.end);
      check(event.id, mention.trigger.text, mention.trigger.start, mention.trigger.end);
    }
    for (const span of event.because) check(event.id, span.text, span.start, span.end);
    for (const part of [event.where, event.when, ...event.counts, ...event.weapons]) {
      if (part) check(event.id, part.words, part.start, part.end);
    }
  }
  for (const statement of record.statements) {
    for (const span of [statement.speakerSpan, statement.cueSpan, ...statement.content]) {
      if (span) check(statement.id, span.text, span.start, span.end);
    }
  }
  return { quotes, wrong };
}

export async function checkRecord({ db }: StoreContext, onProgress: (done: number, all: number) => void): Promise<CheckReport> {
  const problems: string[] = fileProblems(db).map((problem) => `the file: ${problem}`);
  const count = (table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
  const originals = count('original');
  const articles = count('article');
  let done = 0;
  let quotes = 0;
  let last = '';
  for (;;) {
    const rows = db.all<{ sha256: string; bytes: Uint8Array; encoding: string; url: string | null }>(
      'SELECT sha256, bytes, encoding, url FROM original WHERE sha256 > ? ORDER BY sha256 LIMIT ?',
      last,
      CHUNK,
    );
    for (const row of rows) {
      const problem = originalProblem(row);
      if (problem) problems.push(`original ${row.sha256.slice(0, 12)}… (${row.url ?? 'no address'}): ${problem}`);
    }
    done += rows.length;
    last = rows.at(-1)?.sha256 ?? last;
    onProgress(done, originals + articles);
    if (rows.length < CHUNK) break;
    await new Promise((resume) => setImmediate(resume));
  }
  let key = 0;
  for (;;) {
    const rows = db.all<{ key: number; id: string }>('SELECT key, id FROM article WHERE key > ? ORDER BY key LIMIT ?', key, CHUNK);
    for (const row of rows) {
      const record = readRecord(db, row.key);
      if (!record) {
        problems.push(`${row.id}: its text is missing`);
        continue;
      }
      const checked = checkQuotes(record);
      quotes += checked.quotes;
      problems.push(...checked.wrong);
    }
    done += rows.length;
    key = rows.at(-1)?.key ?? key;
    onProgress(done, originals + articles);
    if (rows.length < CHUNK) break;
    await new Promise((resume) => setImmediate(resume));
  }
  return { articles, originals, quotes, problems };
}

function originalProblem(row: { readonly sha256: string; readonly bytes: Uint8Array; readonly encoding: string }): string | undefined {
  try {
    const hash = createHash('sha256').update(unpackOriginal(row)).digest('hex');
    return hash === row.sha256 ? undefined : `its bytes have another hash (${hash.slice(0, 12)}…)`;
  } catch (error) {
    return `its bytes cannot be unpacked (${(error as Error).message})`;
  }
}
