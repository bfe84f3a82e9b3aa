/**
 * A consistent copy of a record's file, also while another process works on it: SQLite's own online backup, read-only on this side.
 */
import { existsSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { Failure } from '../failure.ts';
import { asFailure } from './database.ts';

/** @throws Failure bad-input when the target is there already, not-found when there is no record, disk-full */
export async function backupRecord(file: string, target: string): Promise<void> {
  if (!existsSync(file)) throw new Failure('store', 'not-found', `there is no record at ${file}; nothing was copied`);
  if (existsSync(target)) throw new Failure('store', 'bad-input', `${target} is there already; name a new file, nothing was copied`);
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, target);
  } catch (error) {
    rmSync(target, { force: true });
    throw asFailure(error, target);
  } finally {
    source.close();
  }
}
