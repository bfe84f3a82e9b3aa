/**
 * `watchdesk read` as a user and as a program meet it: the JSON contract, exit status, bad inputs beside good ones.
 * Runs the real rooms with the shipped weights.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Console } from '../src/cli/console.ts';
import { runCommand } from '../src/cli/main.ts';
import { paintNothing } from '../src/cli/print-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchdesk-read-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs a command line in this process. */
async function run(...args: string[]) {
  let out = '';
  const complaints: string[] = [];
  const console: Console = {
    version: '0',
    width: 100,
    paint: paintNothing,
    print: async (text) => {
      out += text;
    },
    complain: (message) => complaints.push(message),
    progress: () => {},
    tell: () => {},
  };
  const status = await runCommand(args, console);
  return {
    status,
    out,
    complaints,
    lines: () =>
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const STRIKE = `Warplanes struck a rebel camp near Idlib on Monday, killing at least 12 fighters, the army said.

The interior minister urged residents to leave the town. "We will defend every street," a rebel commander told reporters.

Aid workers fear a new attack on the prison in Hasakah.`;

test('a record keeps the contract, and every span gives its words', async () => {
  const { status, lines } = await run('read', '--json', '--published', '2020-03-04', '--site', 'Our Paper', file('strike.txt', STRIKE));
  assert.equal(status, 0);
  const [record] = lines();
  assert.deepEqual(Object.keys(record), ['id', 'article', 'events', 'statements', 'notes']);
  assert.equal(record.id, 'strike');
  assert.equal(record.article.site, 'Our Paper');
  assert.match(record.article.published, /^2020-03-04/);
  assert.deepEqual(Object.keys(record.article), [
    'title',
    'text',
    'published',
    'updated',
    'authors',
    'publisher',
    'site',
    'language',
    'dropped',
  ]);
  const { text } = record.article;
  const gives = (span: { text?: string; quote?: string; start: number; end: number }) =>
    assert.equal(text.slice(span.start, span.end), span.text ?? span.quote);
  assert.ok(record.events.length > 0 && record.statements.length > 0);
  for (const event of record.events) {
    for (const mention of event.mentions) {
      gives(mention);
      gives(mention.trigger);
    }
    for (const because of event.because) gives(because);
    assert.ok(event.confidence >= 0 && event.confidence <= 1);
  }
  for (const statement of record.statements) for (const content of statement.content) gives(content);
});

test('what happened is told from what is feared', async () => {
  const { lines } = await run('read', '--json', '--published', '2020-03-04', file('said.txt', STRIKE));
  const [{ events }] = lines();
  const strike = events.find((event: { type: string }) => event.type === 'air-strike');
  assert.equal(strike?.status, 'happened');
  assert.deepEqual(
    strike.counts.map(({ kind, low, high }: Record<string, unknown>) => ({ kind, low, high })),
    [{ kind: 'killed', low: 12, high: null }],
  );
  assert.equal(strike.when?.from, '2020-03-02');
  assert.ok(
    !events.some(
      (event: { status: string; mentions: { quote: string }[] }) =>
        event.status === 'happened' && event.mentions.some(({ quote }) => quote.includes('fear')),
    ),
  );
});

test('an attack is no air strike where nothing that flies is spoken of', async () => {
  const text = 'Gunmen attacked a prison in the town of Hasakah on Friday, officials said. Three guards were wounded.';
  const { lines } = await run('read', '--json', '--published', '2022-01-23', file('attack.txt', text));
  const [{ events }] = lines();
  assert.ok(events.some((event: { type: string; status: string }) => event.type === 'attack' && event.status === 'happened'));
  assert.ok(!events.some((event: { type: string }) => event.type === 'air-strike' || event.type === 'shelling'));
});

test('inputs come out in the order they went in, each under its name', async () => {
  const { lines, status } = await run(
    'read',
    '--json',
    file('b.json', JSON.stringify({ id: 'ignored', text: STRIKE, title: 'B' })),
    file(
      'a.jsonl',
      `${JSON.stringify({ id: 'one', text: STRIKE })}\n${JSON.stringify({ id: 'two', html: `<html><body><article><h1>T</h1><p>${STRIKE}</p></article></body></html>` })}\n`,
    ),
    file('c.txt.gz', gzipSync(STRIKE)),
  );
  assert.equal(status, 0);
  assert.deepEqual(
    lines().map(({ id }) => id),
    ['b', 'one', 'two', 'c'],
  );
});

test('a bad input gets one clear line and status 1; the others are still read', async () => {
  const missing = join(folder, 'nowhere.txt');
  const { status, complaints, lines } = await run(
    'read',
    '--json',
    missing,
    file('empty.txt', ''),
    file('binary.txt', new Uint8Array([0, 1, 2, 255, 0, 3])),
    file('good.txt', STRIKE),
  );
  assert.equal(status, 1);
  assert.equal(lines().length, 1);
  assert.equal(complaints.length, 3);
  assert.ok(complaints.every((line) => !line.includes('\n') && line.length < 300));
  assert.match(complaints[0] ?? '', /nowhere\.txt/);
});

test('the page for people names status, source and the words that decided', async () => {
  const { out, status } = await run('read', file('page.txt', STRIKE));
  assert.equal(status, 0);
  assert.match(out, /Events \(\d+\)/);
  assert.match(out, /● happened {2}air-strike/);
  assert.match(out, /Statements \(\d+\)/);
});

test('unknown commands and options are refused in one line with what to do', async () => {
  for (const args of [['readd', 'x'], ['read'], ['read', '--jsonn', 'x'], ['export'], ['analyse', '--format', 'xml', 'x']]) {
    const { status, complaints } = await run(...args);
    assert.equal(status, 1, args.join(' '));
    assert.equal(complaints.length, 1);
  }
});

test('analyse prints CoNLL-U whose token ranges give the words', async () => {
  const { out, status } = await run('analyse', file('conllu.txt', STRIKE));
  assert.equal(status, 0);
  assert.match(out, /^# text = /m);
  const row = out.split('\n').find((line) => line.split('\t')[1] === 'Warplanes');
  assert.match(row ?? '', /TokenRange=0:9/);
});
