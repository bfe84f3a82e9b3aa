/**
 * `npm test`: runs every *.test.ts of src, web, benchmark, training and test, and ends with one line "N passed, N failed, N skipped".
 * Browser tests lie in test/browser and are skipped, loudly, where no Chromium is found.
 * Arguments: parts of file names, to run only those.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'benchmark/**/*.test.ts', 'training/**/*.test.ts', 'web/**/*.test.ts'], {
  cwd: root,
  exclude: (name) => name === 'node_modules',
}).sort();
const chosen = all.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));

const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chromium = CHROMIUM.find((path) => path && existsSync(path));
const isBrowserTest = (file: string) => file.startsWith('test/browser/');
const browserTests = chosen.filter(isBrowserTest);
if (browserTests.length > 0 && !chromium) {
  console.log(
    `\n*** NO CHROMIUM FOUND: ${browserTests.length} browser test files are SKIPPED. Install it ('apt-get install chromium') or set CHROMIUM. ***\n`,
  );
}

const totals = { passed: 0, failed: 0, skipped: 0 };

function runFiles(files: readonly string[], concurrency: number): Promise<void> {
  if (files.length === 0) return Promise.resolve();
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--test', `--test-concurrency=${concurrency}`, '--test-reporter=spec', ...files],
      { cwd: root, env: { ...process.env, ...(chromium && { CHROMIUM: chromium }) }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let tail = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      tail = (tail + chunk.toString('utf8')).slice(-200_000);
    });
    child.on('close', (code) => {
      const last = (word: string) => Number([...tail.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
      totals.passed += last('pass');
      totals.skipped += last('skipped') + last('todo');
      const failed = last('fail') + last('cancelled');
      // A runner that dies without a word is a failure too.
      totals.failed += failed === 0 && code !== 0 ? 1 : failed;
      done();
    });
  });
}

await runFiles(
  chosen.filter((file) => !isBrowserTest(file)),
  2,
);
if (chromium) await runFiles(browserTests, 1);
else totals.skipped += browserTests.length;

console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
