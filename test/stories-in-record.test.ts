/** The stories room over the record and over memory: the same grouping from both, moves and cases written with the article. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateRecord } from '../src/store/generated-record.ts';
import { openStore } from '../src/store/open-store.ts';
import { groupArticle } from '../src/stories/group-stories.ts';
import { linkCases } from '../src/stories/link-cases.ts';
import { openMemoryIndex } from '../src/stories/memory-index.ts';
import type { ArticleRecord } from '../src/vocabulary.ts';

const clock = () => Date.parse('2022-02-01T00:00:00.000Z');

/** Articles of which every third copies the one before, with dates a day apart. */
function makeRecords(count: number): ArticleRecord[] {
  return Array.from({ length: count }, (_, number) => {
    const { record } = generateRecord(number % 3 === 2 ? number - 1 : number, { days: 30 });
    const id = `article:${number}` as const;
    return { ...record, article: { ...record.article, id, name: String(number), site: null, url: null } };
  });
}

test('the record groups as memory does', async () => {
  const store = openStore({ file: ':memory:', clock });
  const memory = openMemoryIndex();
  for (const record of makeRecords(30)) {
    const kept = await groupArticle(record, store.storyIndex);
    const held = await groupArticle(record, memory);
    assert.deepEqual([kept.kind, kept.copyOf, kept.story], [held.kind, held.copyOf, held.story]);
    const moves = ({ changes = [], merged = [] }: typeof kept) =>
      [...changes.map(({ article, story }) => `${article} ${story}`), ...merged.map(({ from, into }) => `${from} ${into}`)].sort();
    assert.deepEqual(moves(kept), moves(held));
    await store.articles.saveRecord(record, null, kept);
    memory.add(record, held);
  }
  for (const entry of memory.all()) {
    const stored = await store.articles.get(entry.id);
    assert.deepEqual([stored?.row.story, stored?.row.copyOf], [entry.story, entry.copyOf]);
  }
  assert.equal((await store.articles.get('article:2'))?.row.kind, 'copy');
  await store.close();
});

test('cases are saved, keep their ids, and say who tells them', async () => {
  const store = openStore({ file: ':memory:', clock });
  const [, original, copy] = makeRecords(3) as [ArticleRecord, ArticleRecord, ArticleRecord];
  const ids: string[][] = [];
  for (const record of [original, copy]) {
    const saved = await store.articles.saveRecord(record, null, await groupArticle(record, store.storyIndex));
    const { changed, removed } = await linkCases(saved.story, record.article.published, store.storyIndex);
    await store.cases.save(changed, removed);
    ids.push(changed.map((one) => one.id).sort());
  }
  assert.deepEqual(ids[0], ids[1]);
  const cases = (await store.cases.list({})).rows;
  assert.equal(cases.length, original.events.length);
  for (const one of cases) {
    assert.equal(one.tellings.length, 2);
    assert.equal(one.origins.length, 1, 'a copy is no origin of its own');
    assert.equal((await store.cases.tellings(one.id)).length, 2);
  }
  await store.close();
});

test('what people pinned stays where they put it', async () => {
  const store = openStore({ file: ':memory:', clock });
  const [, original, copy] = makeRecords(3) as [ArticleRecord, ArticleRecord, ArticleRecord];
  await store.articles.saveRecord(original, null, await groupArticle(original, store.storyIndex));
  const apart = await store.stories.split(
    (await store.articles.get(original.article.id))?.row.story as `story:${string}`,
    [original.article.id],
    'Ada',
  );
  await store.articles.saveRecord(copy, null, await groupArticle(copy, store.storyIndex));
  assert.equal((await store.articles.get(original.article.id))?.row.story, apart);
  assert.equal((await store.articles.get(copy.article.id))?.row.story, apart, 'a copy follows its original');
  await store.close();
});

test('a revision takes the place of the page and keeps its story', async () => {
  const store = openStore({ file: ':memory:', clock });
  const { record } = generateRecord(1);
  await store.articles.saveRecord(record, null, await groupArticle(record, store.storyIndex));
  const text = `${record.article.text} The toll has risen since.`;
  const later: ArticleRecord = { ...record, article: { ...record.article, id: 'article:later', text, updated: '2025-01-01' } };
  const update = await groupArticle(later, store.storyIndex);
  assert.deepEqual([update.kind, update.revisionOf], ['revision', record.article.id]);
  const saved = await store.articles.saveRecord(later, null, update);
  assert.deepEqual([saved.id, saved.outcome], [record.article.id, 'revision']);
  assert.equal((await store.status()).articles, 1);
  assert.equal((await store.articles.versions(record.article.id)).length, 2);
  await store.close();
});

test('an original that is read again stays the original of its copies', async () => {
  const store = openStore({ file: ':memory:', clock });
  const [, original, copy] = makeRecords(3) as [ArticleRecord, ArticleRecord, ArticleRecord];
  for (const record of [original, copy, original])
    await store.articles.saveRecord(record, null, await groupArticle(record, store.storyIndex));
  const kinds = [(await store.articles.get(original.article.id))?.row, (await store.articles.get(copy.article.id))?.row];
  assert.deepEqual(
    kinds.map((row) => [row?.kind, row?.copyOf]),
    [
      ['original', null],
      ['copy', original.article.id],
    ],
  );
  await store.close();
});
