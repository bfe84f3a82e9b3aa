import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Failure, type FailureCode } from '../failure.ts';
import { decodeText } from './decode-text.ts';
import { FETCH_DEFAULTS, type FetchEdges, type FetchSettings, openFetcher } from './fetch-page.ts';

const PAGE = '<html><body><p>A fire broke out in the market of Hasakah.</p></body></html>';
const closers: (() => unknown)[] = [];
after(async () => {
  for (const close of closers) await close();
});

interface Site {
  readonly at: string;
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
}

/** A server on this machine; paths that are not named answer 404, robots.txt too. */
async function openSite(pages: Record<string, RequestListener>): Promise<Site> {
  const requests: Site['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url!, headers: request.headers });
    const page = pages[request.url!];
    if (page) page(request, response);
    else response.writeHead(404).end('no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { at: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const send =
  (
    body: string | Uint8Array,
    headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8' },
    status = 200,
  ): RequestListener =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
const sendTo = (location: string, status = 302): RequestListener => send('', { location }, status);

function open(settings: Partial<FetchSettings> = {}, edges: Partial<FetchEdges> = {}) {
  const slept: number[] = [];
  let now = Date.parse('2022-01-21T08:00:00Z');
  const fetcher = openFetcher(
    { ...FETCH_DEFAULTS, allowPrivate: true, perHostDelayMs: 0, connectTimeoutMs: 2_000, ...settings },
    {
      clock: () => now,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        now += milliseconds;
      },
      ...edges,
    },
  );
  closers.push(fetcher.close);
  return { ...fetcher, slept, pass: (milliseconds: number) => (now += milliseconds) };
}

async function fails(visit: Promise<unknown>, code: FailureCode, words: RegExp): Promise<void> {
  await assert.rejects(visit, (error) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  });
}

test('a page with its headers, hash and time; the user agent is honest', async () => {
  const site = await openSite({ '/a': send(PAGE) });
  const page = await open().fetchPage(`${site.at}/a#part`);
  assert.equal(Buffer.from(page.bytes).toString(), PAGE);
  assert.deepEqual([page.url, page.status, page.mediaType, page.fetched], [`${site.at}/a`, 200, 'text/html', '2022-01-21T08:00:00.000Z']);
  assert.equal(page.sha256.length, 64);
  assert.deepEqual(
    site.requests.map((request) => [request.path, request.headers['user-agent']]),
    [
      ['/robots.txt', 'Watchdesk/0.1'],
      ['/a', 'Watchdesk/0.1'],
    ],
  );
});

test('gzip, brotli and both', async () => {
  const site = await openSite({
    '/gzip': send(gzipSync(PAGE), { 'content-encoding': 'gzip' }),
    '/br': send(brotliCompressSync(PAGE), { 'content-encoding': 'br' }),
    '/both': send(brotliCompressSync(gzipSync(PAGE)), { 'content-encoding': 'gzip, br' }),
    '/odd': send(PAGE, { 'content-encoding': 'zip9' }),
    '/cut': send(gzipSync(PAGE).subarray(0, 40), { 'content-encoding': 'gzip' }),
    '/false': send(PAGE, { 'content-encoding': 'br' }),
  });
  const { fetchPage } = open();
  for (const path of ['/gzip', '/br', '/both']) assert.equal(Buffer.from((await fetchPage(site.at + path)).bytes).toString(), PAGE, path);
  await fails(fetchPage(`${site.at}/odd`), 'bad-input', /packing that is not known/);
  await fails(fetchPage(`${site.at}/cut`), 'bad-input', /cut short/);
  await fails(fetchPage(`${site.at}/false`), 'bad-input', /damaged|cut short/);
});

test('a bomb, an endless page and an announced size over the cap all stop at the cap', async () => {
  const site = await openSite({
    '/bomb': send(gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' }),
    '/brotli': send(brotliCompressSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'br' }),
    '/endless': (_request, response) => {
      const more = (): void => {
        while (response.write('a'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    },
    '/announced': (_request, response) => response.writeHead(200, { 'content-length': '5000000' }).write('a'),
  });
  const { fetchPage } = open({ maxBytes: 100_000 });
  for (const path of ['/bomb', '/brotli', '/endless', '/announced']) await fails(fetchPage(site.at + path), 'too-large', /larger than/);
});

test('a charset that only the header names', async () => {
  const site = await openSite({ '/a': send(Buffer.from('<p>café</p>', 'latin1'), { 'content-type': 'text/html; charset=ISO-8859-1' }) });
  const page = await open().fetchPage(`${site.at}/a`);
  assert.equal(decodeText(page.bytes, 'a', page.headers['content-type']).text, '<p>café</p>');
});

test('redirects: followed, counted, and never in a circle', async () => {
  const site = await openSite({
    '/a': send(PAGE),
    '/moved': sendTo('/a', 301),
    '/for-now': sendTo('/moved'),
    '/round': sendTo('/and-round'),
    '/and-round': sendTo('/round'),
    '/0': sendTo('/1'),
    '/1': sendTo('/2'),
    '/2': sendTo('/3'),
    '/3': sendTo('/4'),
    '/4': sendTo('/5'),
    '/5': sendTo('/a'),
    '/out': sendTo('file:///etc/passwd'),
    '/nowhere': send('', {}, 302),
  });
  const { fetchPage } = open();
  assert.equal((await fetchPage(`${site.at}/moved`)).movedTo, `${site.at}/a`);
  const temporary = await fetchPage(`${site.at}/for-now`);
  assert.deepEqual([temporary.url, temporary.movedTo], [`${site.at}/a`, undefined]);
  assert.equal((await fetchPage(`${site.at}/1`)).url, `${site.at}/a`);
  await fails(fetchPage(`${site.at}/0`), 'unreachable', /more than 5 times/);
  await fails(fetchPage(`${site.at}/round`), 'unreachable', /in a circle/);
  await fails(fetchPage(`${site.at}/out`), 'bad-input', /only http and https/);
  await fails(fetchPage(`${site.at}/nowhere`), 'server-error', /without saying where/);
});

test('an unchanged page is not sent again', async () => {
  const site = await openSite({
    '/a': (request, response) =>
      request.headers['if-none-match'] === '"1"' ? response.writeHead(304).end() : response.writeHead(200, { etag: '"1"' }).end(PAGE),
  });
  const { fetchPage } = open();
  const first = await fetchPage(`${site.at}/a`);
  const second = await fetchPage(`${site.at}/a`, { etag: first.headers.etag });
  assert.deepEqual([first.unchanged, second.unchanged, second.bytes.length], [false, true, 0]);
});

test('robots.txt is obeyed, asked for once, and its pause is kept', async () => {
  const site = await openSite({
    '/robots.txt': send('User-agent: *\nDisallow: /private\nCrawl-delay: 7\n', { 'content-type': 'text/plain' }),
    '/a': send(PAGE),
    '/private/a': send(PAGE),
    '/sly': sendTo('/private/a'),
  });
  const { fetchPage, slept } = open();
  await fetchPage(`${site.at}/a`);
  await fails(fetchPage(`${site.at}/private/a`), 'refused', /robots\.txt says so/);
  await fails(fetchPage(`${site.at}/sly`), 'refused', /robots\.txt says so/);
  assert.equal(site.requests.filter((request) => request.path === '/robots.txt').length, 1);
  assert.equal(site.requests.filter((request) => request.path === '/private/a').length, 0);
  assert.deepEqual(new Set(slept), new Set([7_000]));
  assert.equal((await open({ obeyRobots: false }).fetchPage(`${site.at}/private/a`)).status, 200);
});

test('a robots.txt that the server cannot give keeps us away for now', async () => {
  const site = await openSite({ '/robots.txt': send('', {}, 500), '/a': send(PAGE) });
  const { fetchPage, pass } = open();
  await fails(fetchPage(`${site.at}/a`), 'server-error', /says what may be read, answered 500/);
  await fails(fetchPage(`${site.at}/a`), 'server-error', /answered 500/);
  assert.equal(site.requests.length, 1);
  pass(3_600_000);
  await fails(fetchPage(`${site.at}/a`), 'server-error', /answered 500/);
  assert.equal(site.requests.length, 2);
});

test('what the site says no to', async () => {
  const site = await openSite({
    '/401': send('', {}, 401),
    '/403': send('', {}, 403),
    '/410': send('', {}, 410),
    '/500': send('', {}, 500),
    '/empty': send(''),
    '/pdf': send('%PDF', { 'content-type': 'application/pdf' }),
  });
  const { fetchPage } = open();
  await fails(fetchPage(`${site.at}/401`), 'refused', /answered 401/);
  await fails(fetchPage(`${site.at}/403`), 'refused', /answered 403/);
  await fails(fetchPage(`${site.at}/404`), 'not-found', /404/);
  await fails(fetchPage(`${site.at}/410`), 'not-found', /410/);
  await fails(fetchPage(`${site.at}/500`), 'server-error', /answered 500/);
  await fails(fetchPage(`${site.at}/empty`), 'bad-input', /is empty/);
  await fails(fetchPage(`${site.at}/pdf`), 'bad-input', /application\/pdf/);
  await fails(fetchPage('nonsense'), 'bad-input', /no web address/);
  await fails(fetchPage('gopher://a.example/'), 'bad-input', /only http and https/);
});

test('Retry-After: a short one is waited out, a long one keeps us away from the host', async () => {
  let visits = 0;
  const site = await openSite({
    '/short': (_request, response) =>
      ++visits === 1 ? response.writeHead(429, { 'retry-after': '3' }).end() : response.writeHead(200).end(PAGE),
    '/long': send('', { 'retry-after': 'Fri, 21 Jan 2022 09:00:00 GMT' }, 503),
    '/a': send(PAGE),
  });
  const { fetchPage, slept, pass } = open();
  assert.equal((await fetchPage(`${site.at}/short`)).status, 200);
  assert.deepEqual(slept, [3_000]);
  await fails(fetchPage(`${site.at}/long`), 'server-error', /answered 503/);
  const before = site.requests.length;
  await fails(fetchPage(`${site.at}/a`), 'refused', /not to be visited before 2022-01-21T09:00:00/);
  assert.equal(site.requests.length, before);
  pass(3_600_000);
  assert.equal((await fetchPage(`${site.at}/a`)).status, 200);
});

test('one request at a time to a host, with the pause between them', async () => {
  let inside = 0;
  let most = 0;
  const slow: RequestListener = (_request, response) => {
    most = Math.max(most, ++inside);
    setTimeout(() => {
      inside--;
      response.end(PAGE);
    }, 10);
  };
  const site = await openSite({ '/a': slow, '/b': slow, '/c': slow });
  const { fetchPage, slept } = open({ perHostDelayMs: 1_500, obeyRobots: false });
  await Promise.all(['/a', '/b', '/c'].map((path) => fetchPage(site.at + path)));
  assert.equal(most, 1);
  assert.deepEqual(slept, [1_500, 1_500]);
});

test('a page that never answers, one that stops coming and one that drips end by time-out', async () => {
  const site = await openSite({
    '/silent': () => undefined,
    '/stops': (_request, response) => void response.writeHead(200).write('<p>The first'),
    '/drips': (_request, response) => {
      const timer = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(timer));
    },
  });
  const short = { headersTimeoutMs: 150, bodyTimeoutMs: 150, obeyRobots: false };
  await Promise.all([
    fails(open(short).fetchPage(`${site.at}/silent`), 'unreachable', /did not answer in time \(no answer/),
    fails(open(short).fetchPage(`${site.at}/stops`), 'unreachable', /did not answer in time \(the page stopped/),
    fails(open({ ...short, totalTimeoutMs: 200 }).fetchPage(`${site.at}/drips`), 'unreachable', /took too long/),
  ]);
});

test('a broken connection, a closed port, an unknown name', async () => {
  const site = await openSite({ '/a': (request) => request.socket.destroy() });
  const gone = ((_host: string, _options: object, callback: (error: Error) => void) =>
    callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))) as unknown as LookupFunction;
  await fails(open({ obeyRobots: false }).fetchPage(`${site.at}/a`), 'unreachable', /broken off/);
  await fails(open().fetchPage('http://127.0.0.1:1/'), 'unreachable', /connection was refused/);
  await fails(open({}, { lookup: gone }).fetchPage('http://courier.example/'), 'unreachable', /name is not known/);
});

test('addresses that are not public are refused, however they are written', async () => {
  const site = await openSite({ '/a': send(PAGE) });
  const { port } = new URL(site.at);
  const { fetchPage } = open({ allowPrivate: false });
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
  ];
  for (const host of hosts) await fails(fetchPage(`http://${host}:${port}/a`), 'not-public', /not a public address/);
  await fails(fetchPage('http://169.254.169.254/latest/meta-data/'), 'not-public', /169\.254\.169\.254/);
  assert.equal(site.requests.length, 0);
});

test('a name that leads to a private address is refused, also when it changes its answer', async () => {
  const site = await openSite({ '/a': send(PAGE) });
  const { port } = new URL(site.at);
  let asked = 0;
  const rebinding = ((_host: string, options: { all?: boolean }, callback: (...result: unknown[]) => void) => {
    asked++;
    callback(null, [{ address: '127.0.0.1', family: 4 }], options);
  }) as unknown as LookupFunction;
  await fails(
    open({ allowPrivate: false }, { lookup: rebinding }).fetchPage(`http://rebind.example:${port}/a`),
    'not-public',
    /127\.0\.0\.1/,
  );
  assert.equal(asked, 1);
  assert.equal(site.requests.length, 0);
});

test('a redirect to another host is looked up and checked again', async () => {
  const site = await openSite({ '/a': send(PAGE) });
  const { port } = new URL(site.at);
  const open1 = await openSite({ '/jump': sendTo(`http://inner.example:${port}/a`) });
  const lookup = ((host: string, _options: object, callback: (...result: unknown[]) => void) =>
    host === 'inner.example'
      ? callback(Object.assign(new Error('asked'), { code: 'ENOTFOUND' }))
      : callback(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as LookupFunction;
  await fails(
    open({}, { lookup }).fetchPage(`http://outer.example:${new URL(open1.at).port}/jump`),
    'unreachable',
    /inner\.example.*name is not known/,
  );
});
