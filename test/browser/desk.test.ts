import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Browsing, openBrowser, PHONE, skip, takePicture } from './open-browser.ts';
import { openTestDesk, type TestDesk } from './open-test-desk.ts';

let desk: TestDesk;
let browsing: Browsing;
before(async () => {
  if (skip) return;
  desk = await openTestDesk();
  browsing = await openBrowser();
});
after(async () => {
  await browsing?.close();
  await desk?.close();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe finds against WCAG 2.2 AA, serious and critical, as "rule: element". */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      }
    ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`),
      );
  });
}
const article = (name: string) => `/article/${encodeURIComponent(`article:${name}`)}`;
const HASAKAH = article('2022-01-21-northgate-prison-attack');

test('triage by keyboard: down the pile, accept, discard, take back, end of shift', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/triage`);
  await page.waitForSelector('.case.active');
  const left = async () => Number(await page.textContent('header [role=status] b'));
  const before = await left();
  const first = await page.textContent('.case.active .type');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  assert.equal(await page.textContent('.case.active .type'), first);
  await page.keyboard.press('a');
  await page.waitForSelector('.case.accepted');
  await page.keyboard.press('d');
  await page.waitForSelector('.case.discarded');
  assert.equal(await left(), before - 2);
  await page.keyboard.press('u');
  await page.waitForFunction(() => !document.querySelector('.case.discarded'));
  assert.equal(await left(), before - 1);
  await takePicture(page, 'triage');
  await page.click('text=End of shift');
  await page.waitForSelector('text=The pile is closed: 1 accepted, 0 discarded');
  assert.equal((await desk.house.store.events.count({ reviewed: ['accepted'] })).count > 0, true);
});

test('record: facets, words and days narrow the selection and stand in the address', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/record`);
  await page.waitForSelector('[role=row] >> text=feared');
  const count = async () => Number.parseInt((await page.textContent('.sum [role=status]')) ?? '', 10);
  await page.waitForFunction(() => /^\d+ event/.test(document.querySelector('.sum [role=status]')?.textContent ?? ''));
  const all = await count();
  await page.click('section[aria-labelledby=facet-status] button:has-text("threatened")');
  await page.waitForURL(/status=threatened/);
  await page.waitForFunction((most) => Number.parseInt(document.querySelector('.sum [role=status]')?.textContent ?? '', 10) < most, all);
  const threatened = await count();
  const rows = await page.locator('.all [role=row]').count();
  assert.equal(rows, threatened);
  await page.fill('#words', 'Euphrates');
  await page.press('#words', 'Enter');
  await page.waitForURL(/words=Euphrates/);
  await page.waitForFunction(() => document.querySelector('.sum .chip'));
  const rowsAgain = page.waitForResponse((response) => /\/api\/events\?(?!.*words)/.test(response.url()));
  await page.goBack();
  await rowsAgain;
  await page.waitForSelector('.middle[aria-busy=false]');
  await page.waitForFunction(
    (wanted) => Number.parseInt(document.querySelector('.sum [role=status]')?.textContent ?? '', 10) === wanted,
    threatened,
  );
  await page.keyboard.press('j');
  await page.waitForSelector('.panel blockquote .trigger.threatened');
  await takePicture(page, 'record');
});

test('timeline: a stretch drawn with the pointer becomes the time filter', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/record?view=timeline`);
  const chart = page.locator('.timeline svg[role=img]');
  await chart.waitFor();
  const box = await chart.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 45, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 75, box.y + 60);
  await page.mouse.up();
  await page.waitForURL(/from=2019-09-01.*to=2019-/);
  await takePicture(page, 'timeline');
});

test('map: drawn without any other server, places listed beside it', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/record?view=map`);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.url) && !request.url().startsWith('blob:') && !request.url().startsWith('data:'))
      foreign.push(request.url());
  });
  await page.waitForSelector('.maplibregl-canvas');
  await page.waitForSelector('text=No closer than the country');
  await page.click('summary:has-text("Places as a list")');
  await page.click('.map details button:has-text("Hasakah")');
  await page.waitForURL(/place=Hasakah/);
  await takePicture(page, 'map');
  assert.deepEqual(foreign, []);
});

test('article: a finding in focus lights its words, and the list says why', { skip }, async () => {
  const page = await browsing.open(`${desk.url}${HASAKAH}`);
  await page.waitForSelector('.text .trigger');
  assert.equal(await page.locator('.text .lit').count(), 0);
  await page.keyboard.press('j');
  await page.waitForSelector('.text .lit.trigger');
  assert.ok(((await page.textContent('.finding.active .why')) ?? '').startsWith('happened'));
  const said = await page.textContent('.text');
  assert.ok(said?.includes('car bombs and gunfire'));
  await takePicture(page, 'article');
  await page.keyboard.press('o');
  const frame = page.frameLocator('iframe');
  await frame.locator('p').first().waitFor();
  assert.notEqual(await page.title(), 'ran', 'a script of the stored original ran');
});

test('correcting: a status changed, a missed event added from chosen words, both taken back with one key', { skip }, async () => {
  const page = await browsing.open(`${desk.url}${HASAKAH}`);
  await page.waitForSelector('.text .trigger');
  const events = async () => Number(await page.textContent('.tabs .figures'));
  const before = await events();
  await page.keyboard.press('j');
  await page.waitForSelector('.finding.active');
  await page.keyboard.press('e');
  await page.selectOption('.editor select >> nth=1', 'feared');
  await page.click('.editor button[type=submit]');
  await page.waitForSelector('text=Corrected: status');
  assert.equal(await page.locator('.finding.active .chip.feared').count(), 1);
  await page.keyboard.press('u');
  await page.waitForSelector('text=Taken back: status');
  assert.equal(await page.locator('.finding.active .chip.feared').count(), 0);
  await page.evaluate(() => {
    const piece = [...document.querySelectorAll('.text .piece')].find((one) => (one.textContent ?? '').includes('smoke')) as Element;
    const node = piece.firstChild as Text;
    const at = node.data.indexOf('smoke');
    getSelection()?.setBaseAndExtent(node, at, node, at + 5);
  });
  await page.waitForSelector('text=New event from these words');
  await page.keyboard.press('n');
  await page.selectOption('.editor select >> nth=0', 'destruction');
  await page.click('.editor button[type=submit]');
  await page.waitForSelector('text=Event added');
  const settled = (wanted: number) =>
    page.waitForFunction((count) => Number(document.querySelector('.tabs .figures')?.textContent) === count, wanted);
  await settled(before + 1);
  await takePicture(page, 'article-corrected');
  await page.keyboard.press('u');
  await page.waitForSelector('text=Taken back: event');
  await settled(before);
});

test('sources: a link and a file go in, a page that is no feed is told so, failures stand in plain words', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/sources`);
  await page.waitForSelector('text=2 pages could not be read: 1 paywall, 1 no answer');
  await page.fill('#link', 'harbour.example/a');
  await page.click('button:has-text("Read once")');
  await page.waitForSelector('text=1 link taken in');
  assert.ok(desk.taken.includes('https://harbour.example/a'));
  await page.setInputFiles('input[type=file]', { name: 'dropped.html', mimeType: 'text/html', buffer: Buffer.from('<p>words</p>') });
  await page.waitForSelector('text=1 page taken in');
  await page.fill('#link', 'https://harbour.example/page');
  await page.click('text=Follow as feed');
  await page.waitForSelector('[role=alert]:has-text("is a page, not a feed")');
  await takePicture(page, 'sources');
});

test('story: versions of one deed stand side by side', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/story/${encodeURIComponent('story:hasakah-prison')}`);
  await page.waitForSelector('text=People killed, as told');
  await page.keyboard.press('Enter');
  assert.ok((await page.locator('.versions article').count()) >= 2);
  await takePicture(page, 'story');
});

const PAGES = [
  '/triage',
  '/record',
  '/record?view=timeline',
  HASAKAH,
  '/story/story%3Ahasakah-prison',
  '/sources',
  '/watch',
  '/sitrep',
  '/names',
  '/name/Islamic%20State',
  '/coding',
  '/settings',
  '/start',
];
for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any page (${scheme})`, { skip }, async () => {
    const found: string[] = [];
    for (const path of scheme === 'light' ? PAGES : ['/triage', '/record', HASAKAH]) {
      const page = await browsing.open(`${desk.url}${path}`, undefined, scheme);
      await page.waitForSelector('#page h1, #page h2');
      await page.waitForTimeout(400);
      if (path === HASAKAH) await page.keyboard.press('j');
      for (const barrier of await findBarriers(page)) found.push(`${path} ${barrier}`);
      await page.context().close();
    }
    assert.deepEqual(found, []);
  });
}

test('every page fits a phone of 360 pixels', { skip }, async () => {
  for (const path of PAGES) {
    const page = await browsing.open(`${desk.url}${path}`, PHONE);
    await page.waitForSelector('#page h1, #page h2', { state: 'attached' });
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.getElementById('page')?.scrollWidth);
    assert.ok((wide ?? 0) <= PHONE.width, `${path} is ${wide} wide`);
    await takePicture(page, `phone-${path.slice(1).split(/[/?]/)[0]}`);
    await page.context().close();
  }
});

test('the first load is under 150 kB of script, and the desk logged no fault', { skip }, async () => {
  const page = await browsing.open('about:blank');
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') bytes += (await response.body()).length;
  });
  await page.goto(`${desk.url}/triage`);
  await page.waitForSelector('.case');
  assert.ok(bytes > 0 && bytes < 150_000, `${bytes} bytes of script`);
  assert.deepEqual(browsing.faults, []);
});

test('an empty record says what to do next', { skip }, async () => {
  const empty = await openTestDesk({ empty: true });
  try {
    const page = await browsing.open(`${empty.url}/triage`);
    await page.waitForSelector('text=Nothing has been read yet');
    await page.click('text=Add sources');
    await page.waitForSelector('text=No feeds are followed yet');
  } finally {
    await empty.close();
  }
});
