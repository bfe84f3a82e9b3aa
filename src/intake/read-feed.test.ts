import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../failure.ts';
import { findFeedLinks } from './find-feed-links.ts';
import { readOpml } from './opml.ts';
import { readDate } from './read-date.ts';
import { readFeed } from './read-feed.ts';

const URL_OF_FEED = 'https://courier.example/feeds/news.xml';
const WANTED = {
  url: 'https://courier.example/fire',
  title: 'Fire & smoke',
  published: '2022-01-20T10:00:00.000Z',
  authors: ['Rima Haddo'],
  html: '<p>A fire.</p>',
};

const RSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Courier</title><link>https://courier.example/</link>
<item><title>Fire &amp; smoke</title><link>/fire#top</link><pubDate>Thu, 20 Jan 2022 10:00:00 GMT</pubDate>
<dc:creator>Rima Haddo</dc:creator><description>teaser</description><content:encoded><![CDATA[<p>A fire.</p>]]></content:encoded></item>
<item><title>Twice</title><link>https://courier.example/fire</link></item>
<item><title>No address</title><guid isPermaLink="false">77</guid></item>
<item><guid isPermaLink="true">https://courier.example/guid</guid></item>
</channel></rss>`;

const ATOM = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title type="html">&lt;b&gt;Courier&lt;/b&gt;</title>
<link rel="self" href="${URL_OF_FEED}"/><link href="https://courier.example/"/>
<entry><id>tag:courier.example,2022:1</id><title>Fire &amp; smoke</title><link rel="alternate" href="/fire"/><link rel="enclosure" href="/a.mp3"/>
<published>2022-01-20T10:00:00.000Z</published><updated>2022-01-21T10:00:00Z</updated><author><name>Rima Haddo</name></author>
<content type="html">&lt;p&gt;A fire.&lt;/p&gt;</content></entry></feed>`;

const RDF = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://courier.example/"><title>Courier</title><link>https://courier.example/</link></channel>
<item rdf:about="https://courier.example/fire"><title>Fire &amp; smoke</title><link>https://courier.example/fire</link>
<dc:date>2022-01-20T10:00:00.000Z</dc:date><dc:creator>Rima Haddo</dc:creator><description>&lt;p&gt;A fire.&lt;/p&gt;</description></item></rdf:RDF>`;

const JSON_FEED = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Courier',
  home_page_url: 'https://courier.example/',
  items: [
    {
      id: '1',
      url: 'https://courier.example/fire',
      title: 'Fire & smoke',
      content_html: '<p>A fire.</p>',
      date_published: '2022-01-20T10:00:00.000Z',
      authors: [{ name: 'Rima Haddo' }],
    },
  ],
});

for (const [format, content] of Object.entries({ RSS, ATOM, RDF, JSON_FEED })) {
  test(`${format}: title, home page and entries`, () => {
    const feed = readFeed(Buffer.from(content), URL_OF_FEED);
    assert.deepEqual([feed.title, feed.siteUrl, feed.entries[0]], ['Courier', 'https://courier.example/', WANTED]);
  });
}

test('an entry told twice is one, one without an address is counted', () => {
  const feed = readFeed(RSS, URL_OF_FEED);
  assert.deepEqual(
    feed.entries.map((entry) => entry.url),
    ['https://courier.example/fire', 'https://courier.example/guid'],
  );
  assert.equal(feed.skipped, 1);
});

test('a feed in another charset', () => {
  const feed = readFeed(
    Buffer.from(RSS.replace('utf-8', 'iso-8859-1').replace('Courier', 'Nouvelles d’été'.replace('’', "'")), 'latin1'),
    URL_OF_FEED,
  );
  assert.equal(feed.title, "Nouvelles d'été");
});

for (const [content, what] of [
  ['<!doctype html><html><body><p>Welcome</p></body></html>', /a web page/],
  ['{"items": []}', /JSON that is no JSON Feed/],
  ['Just some words.', /plain text/],
  ['<opml version="2.0"><body/></opml>', /OPML/],
  ['%PDF-1.7', /a PDF/],
  ['', /empty/],
] as const) {
  test(`no feed: ${what.source}`, () => {
    assert.throws(
      () => readFeed(Buffer.from(content), URL_OF_FEED),
      (error) => error instanceof Failure && error.code === 'not-a-feed' && what.test(error.message),
    );
  });
}

test('feeds that a page names, comment feeds last', () => {
  const html = `<html><head><base href="https://courier.example/en/"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel="alternate" hreflang="ar" href="/ar"><link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="news.atom" title="News"></head></html>`;
  assert.deepEqual(findFeedLinks(html, 'https://courier.example/'), [
    { url: 'https://courier.example/en/news.atom', title: 'News' },
    { url: 'https://courier.example/comments/feed', title: 'Comments' },
  ]);
});

test('a list of feeds: folders flattened, each feed once, what is no feed left out', () => {
  const opml = `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
    <outline text="Syria"><outline text="x" title="Courier &amp; Sons" xmlUrl="https://courier.example/feed?a=1&amp;b=2" htmlUrl="https://courier.example/"/></outline>
    <outline text="Northgate" xmlUrl="https://northgate.example/rss"/><outline text="Again" xmlUrl="https://northgate.example/rss"/>
    <outline text="A note"/><outline text="Odd" xmlUrl="feed:nonsense"/></body></opml>`;
  assert.deepEqual(readOpml(opml, 'list'), [
    { url: 'https://courier.example/feed?a=1&b=2', title: 'Courier & Sons', siteUrl: 'https://courier.example/' },
    { url: 'https://northgate.example/rss', title: 'Northgate' },
  ]);
  assert.throws(() => readOpml('<html></html>', 'list.opml'), /list\.opml is no list of feeds/);
});

for (const [words, date] of [
  ['2022-01-20', '2022-01-20'],
  ['2022-01-20T10:00:00+03:00', '2022-01-20T10:00:00+03:00'],
  ['2022-01-20 10:00:00', '2022-01-20T10:00:00'],
  ['Thu, 20 Jan 2022 10:00:00 +0300', '2022-01-20T07:00:00.000Z'],
  ['Thu, 20 Jan 2022 10:00:00 CET', '2022-01-20T09:00:00.000Z'],
  ['20 January 2022', '2022-01-20T00:00:00.000Z'],
  ['2022-02-31', null],
  ['yesterday', null],
  ['12', null],
  ['', null],
  [undefined, null],
] as const) {
  test(`the date ${JSON.stringify(words)}`, () => assert.equal(readDate(words), date));
}
