import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOriginal } from './read-original.ts';
import { makeJsonPage, makeMailPage, makePage, type Origin, type PageItem } from './read-page.ts';

const origin: Origin = { input: 'x', name: 'fire', fetched: '2022-01-21T08:00:00.000Z' };
const latin1 = { 'content-type': 'text/html; charset=iso-8859-1' };

const cases: Record<string, PageItem> = {
  'a page whose charset only its headers name': makePage(Buffer.from('<p>café</p>', 'latin1'), 'html', {
    ...origin,
    url: 'https://courier.example/fire',
    contentType: latin1['content-type'],
    headers: latin1,
  }),
  'a text': makePage(Buffer.from('Two men were arrested.'), 'text', origin),
  'a JSON file with an id of its own': makeJsonPage(Buffer.from('{"id":"other","title":"T","text":"Body."}'), origin, true),
  'a mail': await makeMailPage(Buffer.from('Subject: Fire\r\nDate: Thu, 20 Jan 2022 10:00:00 +0000\r\n\r\nA fire broke out.\r\n'), origin),
};

for (const [what, { page, original }] of Object.entries(cases)) {
  test(`${what} is the same page when its stored bytes are read anew`, async () => {
    const again = await readOriginal(original, { name: page.name, fetched: page.fetched, url: page.url ?? null });
    assert.deepEqual(again, page);
  });
}
