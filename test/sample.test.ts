/**
 * The sample newsroom passes intake and the article room, and its gold records say only what stands in its texts.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { extractArticle } from '../src/article/extract-article.ts';
import { readFeed } from '../src/intake/read-feed.ts';
import { readInputs } from '../src/intake/read-inputs.ts';
import type { PageItem } from '../src/intake/read-page.ts';
import { ACTS, COUNT_KINDS, EVENT_TYPES, STATUSES } from '../src/vocabulary.ts';

const folder = join(import.meta.dirname, '..', 'sample');
const nowhere = () => {
  throw new Error('the sample needs neither network nor standard input');
};
const edges = { clock: () => new Date('2022-05-01T00:00:00Z'), fetchPage: nowhere, stdin: nowhere };
const items = await Array.fromAsync(readInputs([join(folder, 'articles')], {}, edges));
const pages = items.filter((item): item is PageItem => 'page' in item);

test('every file is one page, without a note, in the order of its date', () => {
  assert.deepEqual(
    items.filter((item) => 'failure' in item),
    [],
  );
  assert.equal(pages.length, 46);
  const days = pages.map(({ page }) => page.name.slice(0, 10));
  assert.deepEqual(days, days.toSorted());
  assert.deepEqual(
    pages.flatMap(({ page }) => page.notes),
    [],
  );
  assert.deepEqual(new Set(pages.map(({ input }) => input.split('.').at(-1))), new Set(['html', 'txt', 'json', 'eml']));
});

for (const { page } of pages) {
  test(`${page.name} is an article with a title and the day of its name`, () => {
    const article = extractArticle(page);
    assert.ok(article.title);
    assert.ok(article.text.split(/\s+/).length > 110, article.text);
    if (page.format === 'html') assert.equal(article.published?.slice(0, 10), page.name.slice(0, 10), String(article.publishedFrom));
  });
}

interface Gold {
  readonly text: string;
  readonly junk: readonly string[];
  readonly events: readonly {
    readonly type: string;
    readonly status: string;
    readonly counts: readonly { readonly kind: string; readonly words: string }[];
    readonly mentions: readonly { readonly quote: string; readonly trigger: string }[];
  }[];
  readonly statements: readonly { readonly act: string; readonly content: readonly string[] }[];
}

for (const file of readdirSync(join(folder, 'gold'))) {
  test(`gold ${file} belongs to an article and quotes it`, () => {
    const gold = JSON.parse(readFileSync(join(folder, 'gold', file), 'utf8')) as Gold;
    const page = pages.find((item) => `${item.page.name}.json` === file)?.page;
    assert.ok(page);
    const text = extractArticle(page).text.replace(/\s+/g, ' ');
    const junk = gold.junk.join('\n');
    for (const paragraph of gold.text.split('\n\n').slice(1)) {
      if (!junk.includes(paragraph.trim())) assert.ok(text.includes(paragraph.trim().slice(-80)), `lost: ${paragraph}`);
    }
    for (const words of gold.junk) assert.ok(gold.text.includes(words), words);
    for (const event of gold.events) {
      assert.ok((EVENT_TYPES as readonly string[]).includes(event.type), event.type);
      assert.ok((STATUSES as readonly string[]).includes(event.status), event.status);
      for (const count of event.counts)
        assert.ok((COUNT_KINDS as readonly string[]).includes(count.kind) && gold.text.includes(count.words), count.words);
      for (const { quote, trigger } of event.mentions) assert.ok(gold.text.includes(quote) && quote.includes(trigger), quote);
    }
    for (const statement of gold.statements) {
      assert.ok((ACTS as readonly string[]).includes(statement.act), statement.act);
      for (const words of statement.content) assert.ok(gold.text.includes(words), words);
    }
  });
}

test('the feed of the agency names its reports', () => {
  const feed = readFeed(readFileSync(join(folder, 'feed.xml')), 'https://northgatewire.example/world/rss.xml');
  assert.equal(feed.title, 'Northgate Wire: World');
  assert.equal(feed.entries.length, 13);
  assert.ok(feed.entries.every((entry) => entry.published && entry.authors.length === 1));
});
