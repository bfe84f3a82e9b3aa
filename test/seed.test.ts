/**
 * The first article that Watchdesk was built for, read as a careful reader reads it. The article is a third party's and lies outside
 * the repository (../shared/seed); without it these tests are skipped.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { Failure } from '../src/failure.ts';
import { readInputsOnly } from '../src/newsroom.ts';
import type { ArticleRecord } from '../src/vocabulary.ts';

const file = resolve(import.meta.dirname, '../../shared/seed/article.txt');
const skip = existsSync(file) ? false : 'the seed article (../shared/seed) is not here';

async function readSeed(): Promise<ArticleRecord> {
  for await (const { outcome } of readInputsOnly([file], { published: '2019-09-26', site: 'Iraq News' })) {
    if (!(outcome instanceof Failure)) return outcome;
    throw outcome;
  }
  throw new Error('the seed article gave nothing');
}

const record = skip ? undefined : await readSeed();
const prisonBreaks = () => (record as ArticleRecord).events.filter(({ type }) => type === 'prison-break');

test('no scrape junk is left in the text', { skip }, () => {
  const { text } = (record as ArticleRecord).article;
  for (const junk of ['"/>', 'Read More', 'Top news stories', 'Last Update', 'fighter Jihadi Jack', 'prisoner Hamza Parvez'])
    assert.ok(!text.includes(junk), junk);
  assert.ok(text.startsWith('Islamic State chief'));
  assert.ok(text.endsWith('launched airstrikes this week.'));
});

test('the jail-breaks are called for, feared and planned, and never happened', { skip }, () => {
  const statuses = new Set(prisonBreaks().map(({ status }) => status));
  for (const status of ['called-for', 'feared', 'planned'] as const) assert.ok(statuses.has(status), status);
  assert.ok(!statuses.has('happened') && !statuses.has('ongoing'));
});

test('the air strike on Qanus Island happened', { skip }, () => {
  const strikes = (record as ArticleRecord).events.filter(({ type, status }) => type === 'air-strike' && status === 'happened');
  assert.ok(strikes.some(({ where }) => where?.name?.includes('Qanus')));
});

test('who says what: calls, fears and claims, each with its speaker', { skip }, () => {
  const told = (record as ArticleRecord).statements.map(({ speaker, cue, act, via }) => [speaker?.replace(/^the /, ''), cue, act, via]);
  const institute = 'Institute for the Study of War';
  for (const wanted of [
    ['Abu Bakr al-Baghdadi', 'urged', 'call', null],
    ['Security experts', 'fear', 'warn', null],
    [institute, 'claims', 'assert', null],
    ['Abu Bakr al-Baghdadi', 'calling on', 'call', institute],
    [institute, 'added', 'assert', null],
    ['US-led coalition', 'said', 'assert', null],
  ])
    assert.ok(
      told.some((statement) => JSON.stringify(statement) === JSON.stringify(wanted)),
      `${JSON.stringify(wanted)} is not among ${JSON.stringify(told)}`,
    );
});
