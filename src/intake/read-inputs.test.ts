import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Failure } from '../failure.ts';
import { hashBytes } from './hash-bytes.ts';
import { type InputOptions, type IntakeEdges, readInputs } from './read-inputs.ts';
import type { FailedItem, IntakeItem, PageItem } from './read-page.ts';

const folder = await mkdtemp(join(tmpdir(), 'watchdesk-intake-'));
after(() => rm(folder, { recursive: true }));

const NOW = '2022-01-21T08:00:00.000Z';
const HTML = '<!DOCTYPE html><html><head><title>Fire</title></head><body><p>A fire broke out in the market.</p></body></html>';

function edges(
  parts: { stdin?: Uint8Array | string; pages?: Record<string, { type: string; body: string | Uint8Array }> } = {},
): IntakeEdges {
  return {
    clock: () => new Date(NOW),
    stdin: async function* () {
      const bytes = Buffer.from(parts.stdin ?? '');
      // In small pieces, as a pipe gives them.
      for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
    },
    fetchPage: async (url) => {
      const page = parts.pages?.[url];
      if (!page) throw new Failure('intake', 'not-found', `${url} is not there (404)`);
      const bytes = Buffer.from(page.body);
      const headers = { 'content-type': page.type };
      return {
        url,
        status: 200,
        unchanged: false,
        bytes,
        sha256: hashBytes(bytes),
        mediaType: page.type.split(';')[0]!,
        headers,
        fetched: NOW,
      };
    },
  };
}

async function read(inputs: readonly string[], options: InputOptions = {}, given = edges()): Promise<IntakeItem[]> {
  return Array.fromAsync(readInputs(inputs, options, given));
}

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

function pageOf(item: IntakeItem | undefined): PageItem {
  assert.ok(item && 'page' in item, item && 'failure' in item ? item.failure.message : 'no item');
  return item;
}

function failureOf(item: IntakeItem | undefined): Failure {
  assert.ok(item && 'failure' in item, 'expected a failure');
  return (item as FailedItem).failure;
}

test('a page from a file: name without endings, its bytes and their hash', async () => {
  const path = await put('market.fire.html', HTML);
  const item = pageOf((await read([path], { site: 'The Courier', published: '2022-01-20' }))[0]);
  assert.equal(item.page.name, 'market.fire');
  assert.equal(item.page.format, 'html');
  assert.equal(item.page.content, HTML);
  assert.equal(item.page.site, 'The Courier');
  assert.equal(item.page.published, '2022-01-20');
  assert.equal(item.page.fetched, NOW);
  assert.equal(item.original.sha256, hashBytes(Buffer.from(HTML)));
  assert.deepEqual(Buffer.from(item.original.bytes), Buffer.from(HTML));
});

test('a packed file is the same page, with the same hash', async () => {
  const plain = pageOf((await read([await put('same.html', HTML)]))[0]);
  const packed = pageOf((await read([await put('same.html.gz', gzipSync(HTML))]))[0]);
  assert.deepEqual(packed.page, plain.page);
});

test('text, JSON and mail', async () => {
  const text = pageOf((await read([await put('a.txt', 'Two men were arrested.')]))[0]);
  assert.deepEqual([text.page.format, text.page.content], ['text', 'Two men were arrested.']);
  const json = await put(
    'b.json',
    JSON.stringify({
      id: 'other',
      text: 'Body.',
      title: 'T',
      published: null,
      events: [],
      url: 'https://courier.example/b',
      site: 'Courier',
    }),
  );
  const page = pageOf((await read([json], { published: '2020-02-02', site: 'Elsewhere' }))[0]).page;
  assert.deepEqual([page.name, page.content, page.title, page.published, page.site], ['b', 'Body.', 'T', '2020-02-02', 'Courier']);
  const mail =
    'From: Desk <desk@courier.example>\r\nSubject: Fire in the market\r\nDate: Thu, 20 Jan 2022 10:00:00 +0300\r\n\r\nA fire broke out.\r\n';
  const message = pageOf((await read([await put('c.eml', mail)]))[0]).page;
  assert.deepEqual([message.title, message.published, message.format], ['Fire in the market', '2022-01-20T07:00:00.000Z', 'text']);
  assert.match(message.content, /A fire broke out\./);
});

test('a mail with an HTML part gives that part', async () => {
  const mail = [
    'MIME-Version: 1.0',
    'Subject: =?utf-8?q?Caf=C3=A9?=',
    'Content-Type: multipart/alternative; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain',
    '',
    'plain',
    '--x',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>caf=C3=A9</p>',
    '--x--',
  ].join('\r\n');
  const page = pageOf((await read([await put('d.eml', mail)]))[0]).page;
  assert.deepEqual([page.format, page.title], ['html', 'Café']);
  assert.match(page.content, /<p>café<\/p>/);
});

test('JSON lines: each line its own page, name and hash; a bad line does not stop the next', async () => {
  const lines = ['{"id":"one","text":"First."}', '', '{"text":"Second."}', '{broken', '{"id":4,"html":"<p>Fourth.</p>"}'];
  const items = await read([await put('many.jsonl', lines.join('\r\n'))]);
  assert.deepEqual(
    items.map((item) => ('page' in item ? item.page.name : item.failure.code)),
    ['one', 'many-3', 'bad-input', '4'],
  );
  assert.equal(pageOf(items[0]).original.sha256, hashBytes(Buffer.from(lines[0]!)));
  assert.match(failureOf(items[2]).message, /many\.jsonl, line 4 is not valid JSON/);
  assert.equal(pageOf(items[3]).page.format, 'html');
});

test('a .json file may hold an array; its elements are told apart', async () => {
  const items = await read([await put('list.json', JSON.stringify([{ id: 'x', text: 'One.' }, { title: 'no text' }, { text: 'Three.' }]))]);
  assert.deepEqual(
    items.map((item) => ('page' in item ? item.page.name : item.failure.message)),
    ['x', `${join(folder, 'list.json')}, element 2 cannot be read as an article: has neither "text" nor "html"`, 'list-3'],
  );
});

test('elements of an array are read one by one, each with the bytes that it has in the file', async () => {
  const elements = [' {"text":"One, [two] and \\"three\\" {.","id":"a"}', '{"text":"b","tags":["x",{"y":[]}]}', '{"text":"é"} ', '7'];
  const path = await put('elements.json', `\ufeff [${elements.join(',')}]\n`);
  const openFile = async function* () {
    for (const byte of Buffer.from(`\ufeff [${elements.join(',')}]\n`)) yield Uint8Array.of(byte);
  };
  for (const given of [edges(), { ...edges(), openFile }]) {
    const items = await read([path], {}, given);
    assert.deepEqual(
      items.map((item) => ('page' in item ? [item.page.name, item.page.content] : item.failure.code)),
      [['a', 'One, [two] and "three" {.'], ['elements-2', 'b'], ['elements-3', 'é'], 'bad-input'],
    );
    assert.equal(pageOf(items[1]).original.sha256, hashBytes(Buffer.from(elements[1]!)));
  }
  const cut = await read([await put('cut.json', '[{"text":"a"},{"text":"b'), await put('more.json', '[{"text":"a"}] x')]);
  assert.deepEqual(
    cut.map((item) => ('page' in item ? item.page.name : item.failure.message.slice(folder.length + 1))),
    [
      'cut-1',
      'cut.json is cut short: its array has no end',
      'more-1',
      'more.json is not valid JSON: something follows the end of the array',
    ],
  );
});

test('a wrong field is named', async () => {
  const [item] = await read([await put('wrong.json', '{"text":"a","title":7}')]);
  assert.match(failureOf(item).message, /its "title" is wrong/);
});

test('a date that is none is left out with a note', async () => {
  const { page } = pageOf((await read([await put('date.json', '{"text":"a","published":"last week"}')]))[0]);
  assert.equal(page.published, undefined);
  assert.match(page.notes[0]!.message, /"last week" is no date/);
});

test('a folder: all known files, folders within too, in name order; hidden and unknown ones left out', async () => {
  for (const name of ['b.html', 'a.txt', 'c/d.html.gz', 'c/a.json', '.hidden.html', 'picture.png', 'README.md']) {
    const content = name.endsWith('.gz') ? gzipSync(HTML) : name.endsWith('.json') ? '{"text":"a"}' : HTML;
    await put(`order/${name}`, content);
  }
  const items = await read([join(folder, 'order')]);
  assert.deepEqual(
    items.map((item) => pageOf(item).input.slice(folder.length + 7)),
    ['a.txt', 'b.html', 'c/a.json', 'c/d.html.gz'],
  );
});

test('bad inputs: a clear sentence each, in their place, and the others are still read', async () => {
  await mkdir(join(folder, 'nothing-here'), { recursive: true });
  const whole = gzipSync(HTML.repeat(500));
  const inputs = [
    await put('empty.html', ''),
    await put('good.html', HTML),
    join(folder, 'missing.html'),
    await put('paper.pdf', '%PDF-1.7\n%âãÏÓ'),
    await put('cut.html.gz', whole.subarray(0, whole.length - 200)),
    await put('damaged.html.gz', Buffer.concat([whole.subarray(0, 20), Buffer.alloc(40, 0xff), whole.subarray(60)])),
    await put('noise.html', Buffer.from([1, 0, 2, 0, 0, 3, 255, 254, 9, 0, 0, 0, 7, 7, 7, 0, 0, 0, 1, 1])),
    join(folder, 'nothing-here'),
    await put('array.json', '[]'),
    'ftp://courier.example/a',
    ' ',
    await put('last.txt', 'Still read.'),
  ];
  const items = await read(inputs);
  const expected = [
    /is empty/,
    null,
    /is not there/,
    /is a PDF/,
    /is cut short/,
    /is damaged/,
    /is binary data/,
    /holds nothing to read/,
    /is empty: an array/,
    /only http and https/,
    /without a name/,
    null,
  ];
  assert.deepEqual(
    items.map((item) => item.input),
    inputs,
  );
  for (const [index, words] of expected.entries()) {
    if (words === null) pageOf(items[index]);
    else assert.match(failureOf(items[index]).message, words);
  }
});

test('what is too large is refused without being held', async () => {
  const bomb = await put('bomb.html.gz', gzipSync(Buffer.alloc(3_000_000, 0x20)));
  const large = await put('large.txt', 'word '.repeat(50_000));
  const lines = await put('large.jsonl', `{"text":"${'a'.repeat(200_000)}"}\n{"id":"small","text":"b"}\n`);
  const object = await put('large.json', `{"text":"${'a'.repeat(200_000)}"}`);
  const items = await read([bomb, large, lines, object], { maxPageBytes: 100_000 });
  assert.deepEqual(
    items.map((item) => ('failure' in item ? item.failure.code : item.page.name)),
    ['too-large', 'too-large', 'too-large', 'small', 'too-large'],
  );
});

test('standard input is told by its beginning', async () => {
  const cases = [
    [HTML, 'html', ['stdin']],
    ['Two men were arrested.\nA third fled.', 'text', ['stdin']],
    ['{"text":"a",\n"title":"b"}', 'text', ['stdin']],
    ['{"id":"one","text":"a"}\n{"text":"b"}\n', 'text', ['one', 'stdin-2']],
    ['[{"id":"x","html":"<p>a</p>"}]', 'html', ['x']],
    ['From: a@courier.example\nSubject: Fire\nDate: Thu, 20 Jan 2022 10:00:00 +0000\n\nA fire.', 'text', ['stdin']],
  ] as const;
  for (const [stdin, format, names] of cases) {
    const items = await read(['-'], {}, edges({ stdin }));
    assert.deepEqual(
      items.map((item) => pageOf(item).page.name),
      names,
    );
    assert.equal(pageOf(items[0]).page.format, format, stdin);
  }
  assert.equal(pageOf((await read(['-'], {}, edges({ stdin: gzipSync(HTML) })))[0]).page.content, HTML);
  assert.match(failureOf((await read(['-']))[0]).message, /standard input is empty/);
});

test('an address: the page as fetched, named by its address', async () => {
  const url = 'https://courier.example/fire';
  const items = await read(
    [url, 'https://courier.example/gone'],
    {},
    edges({ pages: { [url]: { type: 'text/html; charset=utf-8', body: HTML } } }),
  );
  const { page, original } = pageOf(items[0]);
  assert.deepEqual([page.name, page.url, page.format], [url, url, 'html']);
  assert.equal(original.headers?.['content-type'], 'text/html; charset=utf-8');
  assert.equal(failureOf(items[1]).code, 'not-found');
});

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title><link>https://courier.example/</link>
<item><title>Fire</title><link>/fire</link><pubDate>Thu, 20 Jan 2022 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>/gone</link></item></channel></rss>`;
const PAGES = {
  'https://courier.example/feed': { type: 'application/rss+xml', body: RSS },
  'https://courier.example/fire': { type: 'text/html', body: HTML },
};

test('a feed: its entries are read, with what the feed says of them; or it is handed over', async () => {
  const items = await read(['https://courier.example/feed'], {}, edges({ pages: PAGES }));
  const { page } = pageOf(items[0]);
  assert.deepEqual([page.url, page.title, page.published], ['https://courier.example/fire', 'Fire', '2022-01-20T10:00:00.000Z']);
  assert.equal(failureOf(items[1]).code, 'not-found');
  const taken: unknown[] = [];
  const none = await read(['https://courier.example/feed'], { takeFeed: (feed) => taken.push(feed) }, edges({ pages: PAGES }));
  assert.deepEqual([none, taken], [[], [{ url: 'https://courier.example/feed', title: 'Courier' }]]);
});

test("a site's front page hands over the feed that it names; an article that names one is an article", async () => {
  const body = `<html><head><link rel="alternate" type="application/rss+xml" title="News" href="/feed"></head><body><p>Hello.</p></body></html>`;
  const pages = { 'https://courier.example/en/': { type: 'text/html', body }, 'https://courier.example/fire': { type: 'text/html', body } };
  const taken: unknown[] = [];
  const items = await read(Object.keys(pages), { takeFeed: (feed) => taken.push(feed) }, edges({ pages }));
  assert.deepEqual(taken, [{ url: 'https://courier.example/feed', title: 'News' }]);
  assert.deepEqual(
    items.map((item) => pageOf(item).page.url),
    ['https://courier.example/fire'],
  );
  assert.equal((await read(['https://courier.example/en/'], {}, edges({ pages }))).length, 1);
});

test('a list of feeds (OPML) hands over each feed', async () => {
  const opml =
    '<opml version="2.0"><body><outline text="G"><outline text="Courier" xmlUrl="https://courier.example/feed"/></outline></body></opml>';
  const taken: unknown[] = [];
  await read([await put('feeds.opml', opml)], { takeFeed: (feed) => taken.push(feed) });
  assert.deepEqual(taken, [{ url: 'https://courier.example/feed', title: 'Courier' }]);
});

function warc(url: string, type: string, body: string | Uint8Array, status = '200 OK', extra = ''): Buffer {
  const http = Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n${extra}\r\n`), Buffer.from(body)]);
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${url}\r\nWARC-Date: 2022-01-20T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${http.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), http, Buffer.from('\r\n\r\n')]);
}

test('a web archive: its pages in order, pictures and errors passed over, packed or not', async () => {
  const records = [
    warc('https://courier.example/a', 'text/html', HTML),
    warc('https://courier.example/p.png', 'image/png', 'x'),
    warc('https://courier.example/gone', 'text/html', HTML, '404 Not Found'),
    warc('https://courier.example/b', 'text/html; charset=utf-8', gzipSync(HTML), '200 OK', 'Content-Encoding: gzip\r\n'),
  ];
  const plain = await put('crawl.warc', Buffer.concat(records));
  const packed = await put('crawl.warc.gz', Buffer.concat(records.map((record) => gzipSync(record))));
  for (const path of [plain, packed]) {
    const items = await read([path]);
    assert.deepEqual(
      items.map((item) => pageOf(item).page.url),
      ['https://courier.example/a', 'https://courier.example/b'],
    );
    assert.equal(pageOf(items[1]).page.content, HTML);
    assert.equal(pageOf(items[0]).page.fetched, '2022-01-20T09:00:00Z');
  }
  assert.match(failureOf((await read([await put('no.warc', 'no archive at all\n')]))[0]).message, /no\.warc/);
});
