/** SQLite under the store's contract, and what only a file can suffer: a lock, a newer schema, a full disk, damage, kill -9. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Failure } from '../failure.ts';
import { generateRecord } from './generated-record.ts';
import { openStore } from './open-store.ts';
import { alone, describeStore, exampleRecord } from './store-contract.ts';

const START = '2022-02-01T00:00:00.000Z';

describeStore('sqlite', async () => {
  let time = Date.parse(START);
  const store = openStore({ file: ':memory:', clock: () => time });
  return {
    store,
    setTime: (iso) => {
      time = Date.parse(iso);
    },
    discard: () => store.close(),
  };
});

const clock = () => Date.parse(START);

function inFolder(title: string, run: (folder: string) => Promise<void>): void {
  test(title, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchdesk-'));
    try {
      await run(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const failsWith = (code: string) => (error: unknown) => error instanceof Failure && error.room === 'store' && error.code === code;

inFolder('a record is held by one store at a time and opens again with all it had', async (folder) => {
  const file = join(folder, 'deep', 'record.db');
  const store = openStore({ file, clock });
  const record = exampleRecord();
  await store.articles.saveRecord(record, null, alone(record));
  assert.throws(() => openStore({ file, clock }), failsWith('data-locked'));
  await store.close();
  const again = openStore({ file, clock });
  assert.deepEqual((await again.articles.get('article:a'))?.record, record);
  await again.close();
});

inFolder('another process that holds the record is told apart, and its death sets the record free', async (folder) => {
  const file = join(folder, 'record.db');
  const child = startWriter(file);
  await child.line();
  assert.throws(() => openStore({ file, clock }), failsWith('data-locked'));
  await child.kill();
  await openStore({ file, clock }).close();
});

inFolder('kill -9 loses no acknowledged article', async (folder) => {
  const file = join(folder, 'record.db');
  const child = startWriter(file);
  let acknowledged = -1;
  for (let lines = 0; lines < 15; lines++) acknowledged = Number(await child.line());
  for (const late of await child.kill()) acknowledged = Number(late);
  const store = openStore({ file, clock });
  for (let number = 0; number <= acknowledged; number++) {
    assert.deepEqual((await store.articles.get(`article:${number}`))?.record, generateRecord(number).record);
  }
  assert.deepEqual(
    (await store.check()).problems.filter((problem) => !problem.includes('hash')),
    [],
  );
  await store.close();
});

inFolder('a record of a newer version is left alone', async (folder) => {
  const file = join(folder, 'record.db');
  await openStore({ file, clock }).close();
  const raw = new DatabaseSync(file);
  raw.exec("INSERT INTO schema_version (version, title) VALUES (9999, 'from-tomorrow')");
  raw.close();
  assert.throws(() => openStore({ file, clock }), failsWith('data-newer'));
});

inFolder('a file that is no record is said to be damaged, and not touched', async (folder) => {
  const file = join(folder, 'record.db');
  writeFileSync(file, 'This is no database. '.repeat(500));
  assert.throws(() => openStore({ file, clock }), failsWith('data-damaged'));
});

inFolder('a full disk fails the one article and leaves nothing of it', async (folder) => {
  const file = join(folder, 'record.db');
  const store = openStore({ file, clock, maxPages: 260 });
  let saved = 0;
  await assert.rejects(async () => {
    for (; saved < 500; saved++) {
      const { record, original, story } = generateRecord(saved);
      await store.articles.saveRecord(record, original, story);
    }
  }, failsWith('disk-full'));
  assert.ok(saved > 0);
  const status = await store.status();
  assert.equal(status.articles, saved);
  assert.equal(status.originals, saved);
  assert.equal(await store.articles.get(`article:${saved}`), undefined);
  assert.equal((await store.articles.search({ limit: 1000 } as object, { limit: 1000 })).rows.length, saved);
  await store.close();
});

inFolder('a backup is a whole record of its own and never writes over a file', async (folder) => {
  const store = openStore({ file: join(folder, 'record.db'), clock });
  const record = exampleRecord();
  await store.articles.saveRecord(record, null, alone(record));
  const copy = join(folder, 'copy.db');
  await store.backup(copy);
  await assert.rejects(store.backup(copy), failsWith('bad-input'));
  const opened = openStore({ file: copy, clock });
  assert.deepEqual((await opened.articles.get('article:a'))?.record, record);
  assert.equal((await opened.articles.search({ words: 'prison' })).rows.length, 1);
  await opened.close();
  await store.close();
});

/** A process that saves articles and writes a line for each one that is acknowledged. */
function startWriter(file: string) {
  const code = `
    const { openStore } = await import(${JSON.stringify(new URL('./open-store.ts', import.meta.url).href)});
    const { generateRecord } = await import(${JSON.stringify(new URL('./generated-record.ts', import.meta.url).href)});
    const store = openStore({ file: ${JSON.stringify(file)}, clock: Date.now });
    for (let number = 0; ; number++) {
      const { record, original, story } = generateRecord(number);
      await store.articles.saveRecord(record, original, story);
      process.stdout.write(number + '\\n');
      await new Promise(setImmediate);
    }`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  const lines: string[] = [];
  let wake = () => {};
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() as string;
    lines.push(...parts);
    wake();
  });
  const ended = new Promise<void>((resolve) => child.stdout.on('close', resolve));
  return {
    line: async (): Promise<string> => {
      while (lines.length === 0) {
        await Promise.race([
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          ended.then(() => assert.fail('the writing process ended')),
        ]);
      }
      return lines.shift() as string;
    },
    /** kills it and gives the lines it had still written */
    kill: async (): Promise<string[]> => {
      child.kill('SIGKILL');
      await ended;
      return lines;
    },
  };
}
