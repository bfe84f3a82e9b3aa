/**
 * One process per record: an exclusive lock on a small file beside it, held by the operating system and so gone with the process, also after kill -9.
 * The record itself stays open to further connections of this process.
 */
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../failure.ts';
import { asFailure } from './database.ts';

/** @returns how to let go of the lock. @throws Failure('store', 'data-locked') when another process holds it */
export function lockRecord(file: string): () => void {
  if (file === ':memory:') return () => {};
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock?.close();
    const failure = asFailure(error, file);
    if (failure instanceof Failure && failure.code === 'data-locked') {
      throw new Failure('store', 'data-locked', `Another Watchdesk is working on ${file}. Stop it first, or name another data folder.`, {
        cause: error,
      });
    }
    throw failure;
  }
  const held = lock;
  return () => held.close();
}
