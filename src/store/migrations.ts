/**
 * Brings a record up to the schema of this version: numbered files of schema/, each in one transaction, in order, never twice.
 * A record that knows a higher number was written by a newer Watchdesk and is left alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import { CREATE_SEARCH } from './dialect.ts';

const FOLDER = fileURLToPath(new URL('../../schema/', import.meta.url));

/** @returns the version that the record has now. @throws Failure('store', 'data-newer') */
export function migrate(db: Database, file: string): number {
  const steps = readdirSync(FOLDER)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort();
  db.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, title TEXT NOT NULL)');
  const have = db.get<{ version: number | null }>('SELECT max(version) AS version FROM schema_version')?.version ?? 0;
  const newest = Number(steps.at(-1)?.slice(0, 4) ?? 0);
  if (have > newest) {
    throw new Failure(
      'store',
      'data-newer',
      `${file} was written by a newer Watchdesk (schema ${have}; this one knows ${newest}). Update Watchdesk, or name another data folder.`,
    );
  }
  for (const step of steps) {
    const version = Number(step.slice(0, 4));
    if (version <= have) continue;
    db.transaction(() => {
      db.exec(readFileSync(`${FOLDER}${step}`, 'utf8'));
      if (version === 1) db.exec(CREATE_SEARCH);
      db.run('INSERT INTO schema_version (version, title) VALUES (?, ?)', version, step.slice(5, -4));
    });
  }
  return newest;
}
