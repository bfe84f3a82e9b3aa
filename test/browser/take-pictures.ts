/**
 * Takes the pictures of docs/pictures from a desk that has read the sample newsroom: node test/browser/take-pictures.ts http://127.0.0.1:4747
 * Changes nothing in the record.
 */
import { join, resolve } from 'node:path';
import { openBrowser } from './open-browser.ts';

const folder = resolve(import.meta.dirname, '../../docs/pictures');
const [url = 'http://127.0.0.1:4747'] = process.argv.slice(2);
const browsing = await openBrowser();
const found = await fetch(`${url}/api/events?type=prison-break&status=called-for&limit=1`);
const { rows } = (await found.json()) as { rows: { article: string; event: string }[] };
const [called] = rows;
if (!called) throw new Error(`${url} holds no call for a prison break: has it read the sample?`);

const shoot = async (name: string, path: string, scheme: 'light' | 'dark', ready: string, press: readonly string[] = [], wait = 1500) => {
  const page = await browsing.open(url + path, undefined, scheme);
  await page.waitForSelector(ready);
  await page.waitForTimeout(wait);
  for (const key of press) {
    if (key.startsWith('.')) await page.click(key);
    else await page.keyboard.press(key);
  }
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.context().close();
};
await shoot('triage', '/triage', 'dark', '.case.active', ['j', 'j']);
await shoot('record', '/record?words=Baghdadi', 'light', '.all .line', ['.all .line:has(.chip.called-for):has-text("prison break")']);
const article = `/article/${encodeURIComponent(called.article)}?finding=${encodeURIComponent(called.event)}`;
await shoot('article', article, 'light', '.text .lit');
await shoot('map', '/record?view=map&country=SY', 'light', '.maplibregl-canvas', [], 12_000);
await browsing.close();
