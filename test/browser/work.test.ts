import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Browsing, openBrowser, skip, takePicture } from './open-browser.ts';
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

test('watch: tried out on the past, switched on, and listed', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/watch`);
  await page.click('text=New watch');
  await page.waitForSelector('text=On the record as it is, this would never have fired');
  await page.fill('[aria-label="independent origins"]', '1');
  await page.waitForSelector('text=/would have fired (once|\\d+ times)/');
  await takePicture(page, 'watch');
  await page.click('button[type=submit]');
  await page.waitForSelector('text=The watch is on');
  await page.waitForSelector('li.one >> text=● on');
  assert.equal((await desk.house.store.documents.list('watch')).length, 1);
});

test('sitrep: drafted from what was accepted; a name of nobody’s is marked, kept and told in the file', { skip }, async () => {
  const { rows } = await desk.house.store.events.find({ types: ['prison-break'], statuses: ['happened'] }, { limit: 6 });
  for (const row of rows) await desk.house.store.reviews.review({ article: row.article, event: row.event.id }, 'accepted', 'test');
  const page = await browsing.open(`${desk.url}/sitrep`);
  await page.fill('aside label:has-text("Title") input', 'Prisons of the north-east');
  await page.click('text=Lay out a draft');
  await page.waitForSelector('.sentences li');
  assert.equal(await page.locator('mark').count(), 0, 'the draft itself is never doubted');
  await page.hover('.sentences li >> nth=0');
  await page.click('.sentences li >> nth=0 >> text=Edit');
  await page.fill('textarea', 'In Freedonia 77 men escaped.');
  await page.press('textarea', 'Enter');
  await page.waitForSelector('mark:has-text("Freedonia")');
  await page.waitForSelector('text=1 sentence names something that the cited words do not hold');
  await takePicture(page, 'sitrep');
  await page.click('button:has-text("Keep")');
  await page.waitForSelector('a:has-text("DOCX")');
  const file = await fetch(`${desk.url}${await page.getAttribute('a:has-text("Markdown")', 'href')}`);
  assert.match(await file.text(), /\*\*Freedonia⁇\*\*/);
});

test('names: what a group did, and another name merged into it and split off again', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/names`);
  await page.fill('#beginning', 'islamic');
  await page.click('.list a:has-text("Islamic State") >> nth=0');
  await page.waitForSelector('text=What they did');
  await page.waitForSelector('.deed .chip');
  await page.fill('form input', 'The cells');
  await page.click('button:has-text("Merge")');
  await page.waitForSelector('aside >> text=The cells');
  await takePicture(page, 'name');
  await page.click('button:has-text("Split off")');
  await page.waitForSelector('text=stands for itself again');
});

test('double coding: begun, coded blind from chosen words, compared', { skip }, async () => {
  const page = await browsing.open(`${desk.url}/coding`);
  await page.fill('label:has-text("Name") input', 'January');
  await page.fill('label:has-text("First coder") input', 'ada');
  await page.fill('label:has-text("Second coder") input', 'bo');
  await page.fill('label:has-text("How many") input', '1');
  await page.click('button:has-text("Begin")');
  for (const coder of ['ada', 'bo']) {
    await page.goto(`${desk.url}/coding`);
    await page.click(`a:has-text("${coder} codes")`);
    await page.waitForSelector('.text .piece');
    assert.equal(await page.locator('.text .trigger').count(), 0, 'blind');
    await page.evaluate(() => {
      const node = document.querySelector('.text .piece')?.firstChild as Text;
      getSelection()?.setBaseAndExtent(node, 0, node, 20);
    });
    await page.waitForSelector('text=New event');
    await page.keyboard.press('n');
    await page.selectOption('.editor select >> nth=1', coder === 'ada' ? 'happened' : 'feared');
    await page.click('.editor button[type=submit]');
    await page.waitForSelector('.pick');
    await page.click('text=End the coding');
    await page.waitForSelector('text=This coding is ended');
  }
  await page.goto(`${desk.url}/coding`);
  await page.click('a:has-text("Agreement")');
  await page.waitForSelector('text=Agreement by field');
  await page.waitForSelector('.difference >> text=status');
  await takePicture(page, 'coding');
  assert.deepEqual(browsing.faults, []);
});
