import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPage, STORIES } from '../../test/article-pages.ts';
import { Failure } from '../failure.ts';
import type { IncomingPage } from '../vocabulary.ts';
import { extractArticle, nameArticle } from './extract-article.ts';

function page(content: string, more: Partial<IncomingPage> = {}): IncomingPage {
  return {
    name: 'page',
    format: 'html',
    content,
    url: 'https://islander.example/news/ferry-resumes',
    fetched: '2026-03-03T00:00:00Z',
    sha256: 'ab'.repeat(32),
    notes: [],
    ...more,
  };
}

function codeOf(content: string, more: Partial<IncomingPage> = {}): string {
  try {
    extractArticle(page(content, more));
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.room, 'article');
    return error.code;
  }
  return 'none';
}

for (const story of STORIES) {
  test(`reads a page in ${story.language}`, () => {
    const article = extractArticle(page(buildPage(story)));
    for (const paragraph of story.paragraphs) assert.ok(article.text.includes(paragraph), `lost: ${paragraph}`);
    for (const left of [story.caption, ...story.related, story.prompt, '© 2026']) assert.ok(!article.text.includes(left), `kept: ${left}`);
    assert.equal(article.title, story.title);
    assert.deepEqual(article.authors, [story.author]);
    assert.equal(article.published, '2026-03-02T08:15:00+01:00');
    assert.equal(article.updated, '2026-03-02T11:40:00+01:00');
    assert.equal(article.publishedFrom, 'meta');
    assert.equal(article.site, 'The Islander');
    assert.equal(article.canonicalUrl, 'https://islander.example/news/ferry-resumes');
    assert.equal(article.language, story.language);
  });
}

const english = STORIES[0]!;

test('keeps what it drops, with a reason', () => {
  const { dropped } = extractArticle(page(buildPage(english)));
  const reasonOf = (text: string): string | undefined => dropped.find((one) => one.text === text)?.reason;
  assert.equal(reasonOf(english.caption), 'caption');
  assert.equal(reasonOf(english.prompt), 'newsletter');
  assert.equal(reasonOf('Privacy'), 'footer');
  assert.ok(dropped.every((one) => one.reason !== '' && one.text !== ''));
});

test('the same page gives the same article, and two lines of one file do not share an id', () => {
  const one = page(buildPage(english));
  assert.deepEqual(extractArticle(one), extractArticle(one));
  assert.notEqual(nameArticle(one), nameArticle({ ...one, name: 'other' }));
  assert.match(nameArticle(one), /^article:[0-9a-f]{16}-[0-9a-f]{8}$/);
  assert.deepEqual(JSON.parse(JSON.stringify(extractArticle(one))), extractArticle(one));
});

test('takes the dateline off the text and names the agency', () => {
  const [first, ...rest] = english.paragraphs;
  const article = extractArticle(page(buildPage({ ...english, paragraphs: [`NORDHAVN, March 2 (Reuters) - ${first}`, ...rest] })));
  assert.equal(article.dateline, 'NORDHAVN, March 2 (Reuters) -');
  assert.ok(article.text.startsWith('The ferry between'));
  assert.equal(article.publisher, 'Reuters');
});

test('finds a body that lives in JSON-LD alone, and says so', () => {
  const data = JSON.stringify({
    '@type': 'NewsArticle',
    headline: english.title,
    datePublished: '2026-03-02',
    articleBody: english.paragraphs.join('\n\n'),
  });
  const article = extractArticle(
    page(
      `<html><head><title>${english.title}</title><script type="application/ld+json">${data}</script></head><body><div id="app"></div></body></html>`,
    ),
  );
  assert.equal(article.text, english.paragraphs.join('\n\n'));
  assert.ok(article.notes.some((note) => note.message.includes('articleBody')));
});

test('finds a body that lives in the state of a script alone', () => {
  const state = JSON.stringify({
    props: { story: { blocks: english.paragraphs.map((text) => ({ type: 'paragraph', text: `<p>${text}</p>` })) } },
  });
  const article = extractArticle(
    page(
      `<html><head><title>${english.title}</title></head><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${state}</script></body></html>`,
    ),
  );
  for (const paragraph of english.paragraphs) assert.ok(article.text.includes(paragraph));
});

test('a live blog keeps its posts and their times', () => {
  const posts = english.paragraphs.map(
    (text, index) =>
      `<div class="liveblog-post"><time datetime="2026-03-02T0${9 - index}:00:00Z">0${9 - index}:00</time><h2>Post number ${index + 1} of the day</h2><p>${text}</p><p>More is expected within the hour, the harbour office said in a short message.</p></div>`,
  );
  const article = extractArticle(
    page(buildPage({ ...english, paragraphs: [] }).replace('<div class="article-body">', `<div class="article-body">${posts.join('')}`)),
  );
  assert.equal(article.posts?.length, english.paragraphs.length);
  for (const [index, post] of (article.posts ?? []).entries()) {
    assert.equal(post.published, `2026-03-02T0${9 - index}:00:00Z`);
    assert.ok(article.text.slice(post.start, post.end).includes(english.paragraphs[index]!));
  }
});

test('refuses an index page', () => {
  const teasers = Array.from(
    { length: 30 },
    (_, index) => `<li><h3><a href="/news/${index}">Headline number ${index} of what went on at the harbour</a></h3></li>`,
  );
  assert.equal(
    codeOf(`<html><head><title>News</title></head><body><h1>News</h1><ul>${teasers.join('')}</ul></body></html>`, {
      url: 'https://islander.example/',
    }),
    'index-page',
  );
});

test('refuses the stub before a paywall', () => {
  const stub = `<p>${english.paragraphs[0]}</p><div class="paywall"><p>Subscribe to continue reading this article.</p><p>Already a subscriber? Sign in</p></div>`;
  assert.equal(
    codeOf(`<html><head><title>${english.title}</title></head><body><article><h1>${english.title}</h1>${stub}</article></body></html>`),
    'paywall',
  );
});

test('refuses a cookie wall', () => {
  const wall =
    '<h1>Before you continue to The Islander</h1><p>We and our partners use cookies and process personal data to show you content and measure its reach.</p><button>Accept all cookies</button>';
  assert.equal(codeOf(`<html><head><title>The Islander</title></head><body><main>${wall}</main></body></html>`), 'cookie-wall');
});

test('refuses a video page', () => {
  const data = JSON.stringify({ '@type': 'VideoObject', name: english.title, uploadDate: '2026-03-02' });
  const head = `<meta property="og:type" content="video.other"><script type="application/ld+json">${data}</script>`;
  assert.equal(
    codeOf(
      `<html><head><title>${english.title}</title>${head}</head><body><h1>${english.title}</h1><div class="player"><video src="x"></video></div><p>01:32</p></body></html>`,
    ),
    'video-page',
  );
});

test('refuses an empty page', () => {
  assert.equal(codeOf(''), 'empty-page');
  assert.equal(codeOf('<html><body></body></html>'), 'empty-page');
  assert.equal(codeOf('   ', { format: 'text' }), 'empty-page');
});

test('reads plain text with an aggregator around it', () => {
  const text = `${english.title}\n\nLast Update: 2026-03-02 00:00:00 - Source: Island News\n\n${english.paragraphs[0]}\n\n"/>\nThe repaired pier on Monday\n \n\n${english.paragraphs[1]}\n\nRead More\n\nTop news stories from The Islander Online\n\n${english.paragraphs[2]}`;
  const article = extractArticle({
    name: 'x',
    format: 'text',
    content: text,
    fetched: '2026-03-03T00:00:00Z',
    sha256: '0'.repeat(64),
    notes: [],
  });
  assert.equal(article.text, english.paragraphs.slice(0, 3).join('\n\n'));
  assert.equal(article.title, english.title);
  assert.equal(article.site, 'Island News');
  assert.equal(article.publisher, 'The Islander Online');
  assert.equal(article.published?.slice(0, 10), '2026-03-02');
});

test('a date in the future is a note, not a fact', () => {
  const article = extractArticle(page(buildPage(english).replaceAll('2026-03-02T08', '2031-03-02T08')));
  assert.notEqual(article.published?.slice(0, 4), '2031');
  assert.ok(article.notes.some((note) => note.message.includes('future')));
});
