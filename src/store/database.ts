/**
 * The one place that touches node:sqlite: statements prepared once, transactions, and SQLite's error codes as Failures.
 * SQL comes in, rows go out; it knows no table.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Failure } from '../failure.ts';

export type Value = string | number | bigint | null | Uint8Array;

export interface Database {
  all<Row>(sql: string, ...values: Value[]): Row[];
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  /** gives the number of rows changed */
  run(sql: string, ...values: Value[]): number;
  /** as `run`, for an INSERT: gives the new row's key */
  insert(sql: string, ...values: Value[]): number;
  exec(sql: string): void;
  /** grows with every row written: what was reckoned from the record holds while it stays the same */
  writes(): number;
  /** all or nothing; inside another transaction it is part of that one */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

interface SqliteError extends Error {
  readonly errcode?: number;
}

const FULL = 13;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const BUSY = 5;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const IO_ERROR = 10;
/** SQLITE_IOERR_WRITE and SQLITE_IOERR_FSYNC: what a file system that runs full while writing may answer instead of FULL */
const WRITE_ERRORS = [778, 1034];

/** SQLite's complaint as the house's Failure; anything else comes back as it was. */
export function asFailure(error: unknown, file: string): unknown {
  const code = (error as SqliteError)?.errcode;
  if (typeof code !== 'number') return error;
  const kind = code & 0xff;
  if (kind === FULL || WRITE_ERRORS.includes(code)) {
    return new Failure(
      'store',
      'disk-full',
      `No room left on the disk for ${file}: nothing of this item was written. Free some space and try again.`,
      {
        cause: error,
      },
    );
  }
  if (kind === CORRUPT || kind === NOT_A_DATABASE) {
    return new Failure(
      'store',
      'data-damaged',
      `${file} is damaged or is no Watchdesk record (${(error as Error).message}). Restore it from a backup.`,
      {
        cause: error,
      },
    );
  }
  if (kind === BUSY) {
    return new Failure('store', 'data-locked', `Another process is writing to ${file}. Close it and try again.`, { cause: error });
  }
  if (kind === CANNOT_OPEN || kind === READ_ONLY || kind === IO_ERROR) {
    return new Failure('store', 'bad-input', `${file} cannot be opened or written (${(error as Error).message}).`, { cause: error });
  }
  return error;
}

/** @throws Failure('store', …) for a locked, damaged or unwritable file */
export function openDatabase(file: string): Database {
  const guard = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw asFailure(error, file);
    }
  };
  if (file !== ':memory:') makeFolder(dirname(file));
  const sqlite = guard(() => new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 }));
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    let found = prepared.get(sql);
    if (!found) {
      // Queries are put together from filters: bounded, so that a long day of clicking does not grow the memory.
      if (prepared.size > 400) prepared.clear();
      found = sqlite.prepare(sql);
      prepared.set(sql, found);
    }
    return found;
  };
  let depth = 0;
  let written = 0;
  return {
    all: <Row>(sql: string, ...values: Value[]) => guard(() => statement(sql).all(...values) as Row[]),
    get: <Row>(sql: string, ...values: Value[]) => guard(() => statement(sql).get(...values) as Row | undefined),
    run: (sql, ...values) => {
      written++;
      return guard(() => Number(statement(sql).run(...values).changes));
    },
    insert: (sql, ...values) => {
      written++;
      return guard(() => Number(statement(sql).run(...values).lastInsertRowid));
    },
    writes: () => written,
    exec: (sql) => guard(() => sqlite.exec(sql)),
    transaction: (work) => {
      if (depth > 0) return work();
      guard(() => sqlite.exec('BEGIN IMMEDIATE'));
      depth++;
      try {
        const result = work();
        guard(() => sqlite.exec('COMMIT'));
        return result;
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => {
      prepared.clear();
      sqlite.close();
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new Failure('store', full ? 'disk-full' : 'bad-input', `The data folder ${folder} cannot be made: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
