/**
 * The record under a user's hands: add, search, a killed run that goes on, a second process, backup and check.
 * Runs `bin/watchdesk` as processes of their own, with the shipped weights.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'watchdesk-newsroom-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function start(args: readonly string[], environment: Record<string, string> = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(join(root, 'bin/watchdesk'), args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  return { child, ended: new Promise((done) => child.on('close', (status) => done({ status, out, err }))) };
}
const run = (...args: string[]) => start(args).ended;

/** Short reports that have nothing in common, so that none is taken for a copy or a revision of another. */
const REPORTS = [
  'Warplanes bombed a fuel depot outside Hudaydah on Sunday, killing four drivers. The coalition said that the depot had served the rebels, a claim that port workers rejected.',
  'A car bomb exploded near the central market of Kirkuk on Tuesday and wounded nine shoppers. Nobody had claimed the blast by nightfall, and the mayor closed the bridge.',
  'Police arrested two brothers in Marseille over a plot to attack a train. Prosecutors said that the pair had bought knives and filmed the station for a month.',
  'Thousands of teachers marched through Lima to demand higher wages. The march ended peacefully, and the minister promised to receive a delegation on Friday.',
  'Rebels released thirty prisoners in eastern Congo after weeks of talks in Nairobi. Aid workers took the men to a clinic in Goma, where families were waiting.',
  'The defence ministry in Manila said that it would send two battalions to Mindanao next week. A bishop warned that more soldiers could mean more displaced villagers.',
  'Gunmen attacked a convoy of the electricity company in Helmand, shooting dead an engineer. Elders urged the Taliban to let the repairs go on before winter.',
  'Shells fired from across the river hit the village of Vovchansk on Thursday night. An old woman was injured, and the school lost its roof, the governor said.',
  'Kidnappers freed a Polish climber in northern Chad after a ransom was paid, her brother said. The government denied that any money had changed hands.',
  'A court in Dhaka sentenced five smugglers to life for moving rifles through the hills. Their lawyer called the trial a farce and announced an appeal.',
  'Rioters burned the customs office in Port Moresby after police killed a street vendor. Shops stayed shut, and the prime minister appealed for calm on the radio.',
  'Border guards seized a lorry with mortar rounds near Edirne. The driver told them that he had loaded tiles in Varna and knew nothing of the crates.',
];
const articleText = (n: number) => REPORTS[n % REPORTS.length] ?? '';
const inputs = join(folder, 'inputs');
mkdirSync(inputs);
for (let n = 0; n < 12; n++) writeFileSync(join(inputs, `${String(n).padStart(2, '0')}.txt`), articleText(n));

const status = async (data: string) =>
  JSON.parse((await run('status', '--json', '--data', data)).out) as { articles: number; events: number; jobs: Record<string, number> };

test('add, status, check, export and backup', async () => {
  const data = join(folder, 'plain');
  const added = await run('add', '--data', data, '--published', '2020-03-04', inputs);
  assert.equal(added.status, 0, added.err);
  assert.match(added.out, /^12 pages read/);
  const held = await status(data);
  assert.equal(held.articles, 12);
  assert.ok(held.events >= 12);
  assert.match((await run('check', '--data', data)).out, /all is well/);
  const csv = await run('export', '--format', 'csv', '--data', data);
  assert.match(csv.out, /^\uFEFF?article,event,type/);
  assert.equal((await run('export', '--format', 'jsonl', '--data', data)).out.trim().split('\n').length, 12);
  const copy = join(folder, 'copy.sqlite');
  assert.equal((await run('backup', '--data', data, copy)).status, 0);
  const again = await run('backup', '--data', data, copy);
  assert.equal(again.status, 1);
  assert.match(again.err, /there already/);
});

test('a run that is killed goes on where it stopped, and loses nothing', async () => {
  const data = join(folder, 'killed');
  const { child, ended } = start(['add', '--data', data, '--published', '2020-03-04', inputs]);
  await new Promise((done) => setTimeout(done, 2500));
  child.kill('SIGKILL');
  await ended;
  const more = join(folder, 'one-more.txt');
  writeFileSync(
    more,
    'Soldiers fought militants in the dunes south of Nouakchott for a second day. A colonel said that six attackers had been killed and their camp taken.',
  );
  const again = await run('add', '--data', data, '--published', '2020-03-04', inputs, more);
  assert.equal(again.status, 0, again.err);
  const held = await status(data);
  assert.equal(held.articles, 13);
  assert.match((await run('check', '--data', data)).out, /all is well/);
});

test('a second process on the same folder is refused in one line', async () => {
  const data = join(folder, 'locked');
  const { child, ended } = start(['serve', '--data', data, '--port', '0']);
  const opened = new Promise<string>((done) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('is open at')) done(text);
    });
  });
  const url = /http:\/\/\S+/.exec(await opened)?.[0] ?? '';
  const second = await run('status', '--data', data);
  assert.equal(second.status, 1);
  assert.match(second.err, /Another Watchdesk/);
  const answer = await fetch(new URL('/api/status', url));
  assert.equal(answer.status, 200);
  child.kill('SIGTERM');
  assert.equal((await ended).status, 0);
});

test('a feed is followed: its entries become articles, and what fails is kept with its reason', async () => {
  const page = (n: number) =>
    `<html><head><title>Report ${n}: ${articleText(n).slice(0, 30)}</title><meta property="article:published_time" content="2020-03-0${n + 1}T10:00:00Z"></head><body><article><h1>Report ${n}</h1><p>${articleText(n)}</p><p>${articleText(n + 4)}</p></article></body></html>`;
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === '/robots.txt') response.writeHead(404).end();
    else if (url === '/feed.xml') {
      const items = [0, 1, 2].map(
        (n) =>
          `<item><title>Raid ${n}</title><link>http://127.0.0.1:${(server.address() as AddressInfo).port}/${n === 2 ? 'gone' : n}</link></item>`,
      );
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Raids</title>${items.join('')}</channel></rss>`);
    } else if (url === '/gone') response.writeHead(404).end('gone');
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page(Number(url.slice(1))));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const data = join(folder, 'feed');
    const { ended } = start(['add', '--data', data, `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`], {
      WATCHDESK_ALLOW_PRIVATE: 'yes',
      WATCHDESK_HOST_DELAY: '0',
    });
    const { status: code, out, err } = await ended;
    assert.equal(code, 1, out + err);
    assert.match(out, /2 pages read, 1 feed followed, 1 could not be read/);
    assert.match(err, /\/gone/);
    assert.equal((await status(data)).articles, 2);
  } finally {
    server.close();
  }
});
