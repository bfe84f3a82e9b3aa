/**
 * A real browser for the tests: the machine's Chromium through playwright-core. Where there is none the tests are skipped, loudly.
 * Pictures go to artefacts/, to be looked at.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { buildWeb, isWebStale } from '../../src/server/web-folder.ts';

export const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
export const skip = CHROMIUM ? false : 'NO CHROMIUM FOUND: install it (apt-get install chromium) or set CHROMIUM';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const artefacts = resolve(import.meta.dirname, '../../artefacts');

export interface Size {
  readonly width: number;
  readonly height: number;
}
export const DESKTOP: Size = { width: 1440, height: 900 };
export const PHONE: Size = { width: 360, height: 740 };

export interface Browsing {
  /** a fresh page; what it logs as an error is gathered in `faults` */
  open(url: string, size?: Size, scheme?: 'light' | 'dark'): Promise<Page>;
  readonly faults: string[];
  close(): Promise<void>;
}

export async function openBrowser(): Promise<Browsing> {
  if (isWebStale()) await buildWeb();
  const browser = await chromium.launch({ executablePath: CHROMIUM as string, args: FLAGS });
  const faults: string[] = [];
  return {
    faults,
    async open(url, size = DESKTOP, scheme = 'light') {
      const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // Logged though all is well: answers of 400 and above that a test wants, and the blocked script of a stored original.
        const asked = /^(Failed to load resource|Blocked script execution in .*originals)/.test(message.text());
        if (message.type() === 'error' && !asked) faults.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await page.screenshot({ path: join(artefacts, `${name}.png`) });
}
