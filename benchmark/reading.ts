/**
 * The whole reading as a user meets it: `watchdesk read --json` run as a process of its own.
 * Start-up, speed in articles of 5 kB per CPU-second, peak memory; CPU-seconds are the child's own, so other work beside it does not count.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figures } from './floors.ts';

const root = resolve(import.meta.dirname, '..');
const gold = resolve(root, '../shared/bench/gold-dev');
const MEASURED = `
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('\\nMEASURED ' + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 }) + '\\n');
});
`;

interface Measured {
  readonly cpu: number;
  readonly rss: number;
  readonly wall: number;
  readonly lines: number;
}

function runRead(inputs: readonly string[], folder: string): Promise<Measured> {
  const preload = join(folder, 'measure.mjs');
  writeFileSync(preload, MEASURED);
  const started = performance.now();
  return new Promise((done, failed) => {
    const child = spawn(join(root, 'bin/watchdesk'), ['read', '--json', ...inputs], {
      env: { ...process.env, NODE_OPTIONS: `--import ${preload}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let lines = 0;
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) lines++;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString('utf8');
    });
    child.on('close', () => {
      const found = /MEASURED (\{.*\})/.exec(errors)?.[1];
      if (!found) return failed(new Error(`watchdesk read did not end well: ${errors.slice(-500)}`));
      done({ ...(JSON.parse(found) as { cpu: number; rss: number }), wall: performance.now() - started, lines });
    });
  });
}

/** Figures: `startMs` (wall, median of 5, one tiny article), `articlesPerCpuSecond` (of 5 kB, start-up left out), `peakMegabytes`. */
export async function measureReading(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'watchdesk-reading-'));
  try {
    const tiny = join(folder, 'tiny.txt');
    writeFileSync(tiny, 'Gunmen killed three policemen in Baghdad on Monday, officials said.\n');
    const starts: Measured[] = [];
    for (let index = 0; index < 5; index++) starts.push(await runRead([tiny], folder));
    const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
    const texts = readdirSync(gold).map((name) => (JSON.parse(readFileSync(join(gold, name), 'utf8')) as { text: string }).text);
    const batch = join(folder, 'batch.jsonl');
    writeFileSync(batch, texts.map((text, index) => JSON.stringify({ id: `a${index}`, text, published: '2020-01-15' })).join('\n'));
    const whole = await runRead([batch], folder);
    const kilobytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1000;
    return {
      startMs: middle(starts.map(({ wall }) => wall)),
      startCpuMs: middle(starts.map(({ cpu }) => cpu * 1000)),
      articlesPerCpuSecond: kilobytes / 5 / (whole.cpu - middle(starts.map(({ cpu }) => cpu))),
      peakMegabytes: whole.rss,
      articlesRead: whole.lines / texts.length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await measureReading());
