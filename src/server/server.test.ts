import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestDesk } from '../../test/browser/open-test-desk.ts';
import { isLoopback, nameOfHost } from './guard.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
});
after(() => desk.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${desk.url}${path}`, { headers });
const read = async (path: string) => {
  const response = await get(`/api${path}`);
  assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
  return response.json();
};
const post = (path: string, body: unknown, headers: Record<string, string> = { 'x-watchdesk': '1' }) =>
  fetch(`${desk.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('a request under a foreign name is turned away', async () => {
  const { request } = await import('node:http');
  const ask = (host: string) =>
    new Promise<number | undefined>((done) => {
      const url = new URL(`${desk.url}/api/status`);
      request({ host: url.hostname, port: url.port, path: url.pathname, headers: { host } }, (response) => {
        response.resume();
        done(response.statusCode);
      }).end();
    });
  assert.equal(await ask('evil.example'), 421);
  assert.equal(await ask('127.0.0.1.evil.example:4747'), 421);
  assert.equal(await ask('localhost:4747'), 200);
  assert.equal(nameOfHost('[::1]:80'), '[::1]');
  assert.ok(isLoopback('127.0.0.9') && !isLoopback('0.0.0.0'));
});

test('a change from a foreign page or without our header is turned away', async () => {
  const body = { state: 'accepted', refs: [] };
  assert.equal((await post('/reviews', body, {})).status, 403);
  assert.equal((await post('/reviews', body, { 'x-watchdesk': '1', origin: 'https://evil.example' })).status, 403);
  assert.equal((await post('/reviews', body)).status, 204);
});

test('every answer forbids sniffing and foreign script', async () => {
  const response = await get('/api/status');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
});

test('the events table: filters, sort, pages', async () => {
  const all = await read('/events?limit=1000');
  assert.ok(all.rows.length > 50);
  const calls = await read('/events?status=called-for,threatened&limit=1000');
  assert.deepEqual([...new Set(calls.rows.map((row: { status: string }) => row.status))].sort(), ['called-for', 'threatened']);
  const first = await read('/events?limit=10');
  const second = await read(`/events?limit=10&after=${encodeURIComponent(first.next)}`);
  const key = (row: { article: string; event: string }) => `${row.article} ${row.event}`;
  assert.deepEqual([...first.rows, ...second.rows].map(key), all.rows.slice(0, 20).map(key));
  assert.equal((await read('/events/count?status=called-for,threatened')).count, calls.rows.length);
  assert.ok((await read('/events/facets')).find((facet: { facet: string }) => facet.facet === 'status').counts.length > 3);
});

test('bad input gets a status and one clear sentence', async () => {
  const bad = await get('/api/events?status=exploded');
  assert.equal(bad.status, 400);
  assert.match((await bad.json()).error, /^status/);
  assert.equal((await get('/api/articles/article%3Anone')).status, 404);
  assert.equal((await get('/api/nothing')).status, 404);
  assert.equal((await post('/feeds', { url: 'ftp://x.example' })).status, 400);
  assert.equal((await post('/feeds', { url: 'https://x.example/page' })).status, 422);
  const broken = await fetch(`${desk.url}/api/links`, { method: 'POST', headers: { 'x-watchdesk': '1' }, body: '{' });
  assert.equal(broken.status, 400);
});

test('an upload larger than allowed is refused, a small one goes in', async () => {
  const send = (bytes: number) =>
    fetch(`${desk.url}/api/files?name=a.html`, { method: 'POST', headers: { 'x-watchdesk': '1' }, body: 'x'.repeat(bytes) });
  assert.equal((await send(6_000_000)).status, 413);
  assert.equal((await send(100)).status, 200);
  assert.ok(desk.taken.includes('a.html'));
  assert.equal((await send(0)).status, 400);
});

test('an article page holds its text, its findings and its stored original', async () => {
  const { rows } = await read('/articles?limit=1');
  const page = await read(`/articles/${encodeURIComponent(rows[0].id)}`);
  const joined = page.marked.paragraphs.map((paragraph: { pieces: { start: number; end: number }[] }) =>
    paragraph.pieces.map((piece) => page.text.slice(piece.start, piece.end)).join(''),
  );
  assert.equal(joined.join('\n\n'), page.text);
  const original = await get(`/api/originals/${page.original}`);
  assert.equal(original.status, 200);
  assert.match(original.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
});

test('a correction changes the record, and its undoing changes it back', async () => {
  const { rows } = await read('/events?status=feared&limit=1');
  const [row] = rows;
  const path = `/events/${encodeURIComponent(row.article)}/${encodeURIComponent(row.event)}`;
  const corrected = await post('/corrections', { article: row.article, finding: row.event, field: 'status', after: 'planned' });
  assert.equal(corrected.status, 200);
  const { id } = await corrected.json();
  assert.equal((await read(path)).event.status, 'planned');
  assert.equal((await post(`/corrections/${id}/undo`, {})).status, 200);
  assert.equal((await read(path)).event.status, 'feared');
  const wrong = await post('/corrections', { article: row.article, finding: row.event, field: 'status', after: 'exploded' });
  assert.equal(wrong.status, 400);
});

test('triage gives the pile, and a verdict takes a line from it', async () => {
  const pile = await read('/triage');
  const line = pile.groups[0].cases[0];
  assert.equal((await post('/reviews', { state: 'accepted', refs: line.refs })).status, 204);
  const next = await read('/triage');
  assert.equal(next.events.open.count, pile.events.open.count - line.refs.length);
  await post('/reviews', { state: 'open', refs: line.refs });
});

test('exports are whole files of the selection', async () => {
  const { count } = await read('/events/count?status=happened');
  const lines = (await (await get('/api/export?format=jsonl&status=happened')).text()).trim().split('\n');
  assert.equal(lines.length, count);
  const map = await (await get('/api/export?format=geojson')).json();
  assert.equal(map.type, 'FeatureCollection');
});

test('the OpenAPI description names every route with its input', async () => {
  const api = await read('/openapi.json');
  assert.equal(api.openapi, '3.1.0');
  assert.ok(Object.keys(api.paths).length > 25);
  assert.ok(api.paths['/api/events'].get.parameters.some((parameter: { name: string }) => parameter.name === 'status'));
  assert.ok(api.paths['/api/reviews'].post.requestBody.content['application/json'].schema.properties.state);
});

test('what happened while nobody listened is not told to who comes later', async () => {
  const { openLive } = await import('./live.ts');
  const listens: ((change: { kind: 'article' | 'case'; id: string }) => void)[] = [];
  const store = {
    onChange: (listen: (typeof listens)[number]) => {
      listens.push(listen);
      return () => {};
    },
  };
  const live = openLive({ store, onProgress: () => () => {}, progress: () => ({}) } as unknown as TestDesk['house']);
  for (const listen of listens) listen({ kind: 'article', id: 'article:a' });
  const reader = (live.answer().body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  for (const listen of listens) listen({ kind: 'case', id: 'case:a' });
  assert.equal(new TextDecoder().decode((await reader.read()).value), 'event: change\ndata: {"case":1}\n\n');
  live.close();
});

test('live events tell the progress at once and changes as they come', async () => {
  const abort = new AbortController();
  const response = await fetch(`${desk.url}/api/live`, { signal: abort.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let heard = '';
  const until = async (words: string) => {
    while (!heard.includes(words)) heard += decoder.decode((await reader.read()).value, { stream: true });
  };
  await until('event: progress');
  const { rows } = await read('/events?limit=1');
  await post('/reviews', { state: 'accepted', refs: [{ article: rows[0].article, event: rows[0].event }] });
  await until('event: change');
  abort.abort();
  await post('/reviews', { state: 'open', refs: [{ article: rows[0].article, event: rows[0].event }] });
});

test('page addresses give the one page; files outside the folder are not given', async () => {
  for (const path of ['/record', '/article/article%3Ax']) {
    const response = await get(path);
    assert.ok([200, 503].includes(response.status));
    assert.notEqual(response.headers.get('content-type'), 'application/json');
  }
  assert.equal((await get('/assets/none.js')).status, 404);
  const outside = await get('/..%2f..%2fpackage.json');
  assert.notEqual(outside.status, 200);
});

test('a watch is tried out on the past, raises no alert for it, and one for what is new', async () => {
  const watch = { title: 'Prisons', query: { type: 'prison-break', status: 'threatened,called-for' }, minOrigins: 1, days: 7 };
  const tried = await (await post('/watches/try', { query: watch.query, minOrigins: 1, days: 7 })).json();
  assert.match(tried.words, /^On the record as it is, this would have fired/);
  assert.ok(tried.firings.length > 1);
  const put = (id: string, body: unknown) =>
    fetch(`${desk.url}/api/watches/${id}`, {
      method: 'PUT',
      headers: { 'x-watchdesk': '1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const saved = await (await put('new', { ...watch, active: true })).json();
  assert.equal(saved.body.known.length, tried.firings.length);
  assert.equal((await put('new', { ...watch, query: { kind: 'x' }, active: true })).status, 400);
  const { openWatchRound } = await import('./watch-round.ts');
  const sent: string[] = [];
  const delivery = { webhook: async () => {}, mail: async (to: string) => void sent.push(to) };
  const round = openWatchRound(desk.house.store, delivery, assert.ifError);
  assert.equal(await round.go(), 0);
  await put(saved.id, {
    ...watch,
    query: { ...watch.query, status: 'threatened,called-for,feared' },
    mail: 'desk@watch.example',
    active: true,
  });
  const raised = await round.go();
  assert.ok(raised > 0);
  assert.equal(await round.go(), 0, 'never twice for one deed');
  assert.equal(sent.length, raised);
  round.close();
  assert.equal((await read('/alerts')).rows.length, raised);
  assert.match(await (await get('/api/alerts.atom')).text(), /<entry>/);
});

test('a report is drafted from accepted events, kept, and given out in three formats', async () => {
  const { rows } = await read('/events?type=prison-break&status=happened&limit=5');
  const refs = rows.map(({ article, event }: { article: string; event: string }) => ({ article, event }));
  await post('/reviews', { state: 'accepted', refs });
  const draft = await (await post('/sitreps/draft', { title: 'Prisons', query: {} })).json();
  assert.equal(draft.sections[0].group, 'custody');
  assert.ok(draft.annex.every((entry: { sha256: string }) => entry.sha256.length === 64));
  const saved = await fetch(`${desk.url}/api/sitreps/new`, { method: 'PUT', headers: { 'x-watchdesk': '1' }, body: JSON.stringify(draft) });
  const { id } = await saved.json();
  for (const [format, opening] of [
    ['html', '<!doctype'],
    ['md', '# Prisons'],
    ['docx', 'PK'],
  ] as const) {
    const file = await get(`/api/sitreps/${id}/file?format=${format}`);
    assert.equal(file.status, 200);
    assert.ok((await file.text()).startsWith(opening));
  }
  const doubts = await (await post('/sitreps/check', { text: 'In Freedonia 12 fled.', facts: ['12 fled'] })).json();
  assert.deepEqual(
    doubts.map((doubt: { words: string }) => doubt.words),
    ['Freedonia'],
  );
  await post('/reviews', { state: 'open', refs });
});

test('bound to another address the desk asks for accounts, and gives each role its due', async () => {
  const open = { host: '0.0.0.0', port: 0, user: 'analyst', maxMegabytes: 5, smtp: undefined };
  const { openServer } = await import('./open-server.ts');
  await assert.rejects(openServer(desk.house, open), /no account yet/);
  const put = (name: string, body: unknown) =>
    fetch(`${desk.url}/api/people/${name}`, { method: 'PUT', headers: { 'x-watchdesk': '1' }, body: JSON.stringify(body) });
  assert.equal((await put('ada', { role: 'admin', password: 'short' })).status, 400);
  assert.equal((await put('ada', { role: 'admin', password: 'a long enough one' })).status, 200);
  assert.equal((await put('rea', { role: 'reader', password: 'another long one' })).status, 200);
  assert.equal((await put('ada', { role: 'reader' })).status, 403, 'the last admin stays');
  const server = await openServer(desk.house, open);
  const base = `http://127.0.0.1:${new URL(server.url).port}/api`;
  try {
    assert.equal((await fetch(`${base}/events`)).status, 401);
    assert.equal((await fetch(`${base}/live`)).status, 401);
    const signIn = (name: string, password: string) =>
      fetch(`${base}/session`, { method: 'POST', headers: { 'x-watchdesk': '1' }, body: JSON.stringify({ name, password }) });
    assert.equal((await signIn('rea', 'wrong')).status, 401);
    const answer = await signIn('rea', 'another long one');
    assert.equal(answer.status, 200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    assert.match(cookie, /HttpOnly; SameSite=Strict/);
    const headers = { cookie: cookie.split(';')[0] as string, 'x-watchdesk': '1' };
    assert.equal((await fetch(`${base}/events`, { headers })).status, 200);
    const change = { method: 'POST', headers, body: JSON.stringify({ state: 'accepted', refs: [] }) };
    assert.equal((await fetch(`${base}/reviews`, change)).status, 403);
    assert.equal((await fetch(`${base}/people`, { headers })).status, 403);
    await fetch(`${base}/session`, { method: 'DELETE', headers });
    assert.equal((await fetch(`${base}/events`, { headers })).status, 401);
    for (let attempt = 0; attempt < 8; attempt++) await signIn('nobody', 'guess');
    assert.equal((await signIn('nobody', 'guess')).status, 429);
    const { rows } = await read('/audit');
    assert.ok(rows.some((entry: { what: string }) => entry.what === 'sign-in refused'));
  } finally {
    await server.close();
  }
});

test('double coding is blind until both are done, and then tells how far they agree', async () => {
  const { rows } = await read('/articles?limit=2');
  const stored = await desk.house.store.articles.get(rows[0].id);
  const [event] = stored?.record.events ?? [];
  const { id } = await (
    await post('/codings', { title: 'Two', coders: ['ada', 'bo'], articles: rows.map((row: { id: string }) => row.id) })
  ).json();
  const seen = await read(`/codings/${id}/coders/ada`);
  assert.deepEqual([seen.events.length, seen.articles.length], [0, 2]);
  assert.ok(!JSON.stringify(seen).includes('trigger'), 'nothing of the machine is shown');
  const keep = (coder: string, body: unknown) =>
    fetch(`${desk.url}/api/codings/${id}/coders/${coder}`, { method: 'PUT', headers: { 'x-watchdesk': '1' }, body: JSON.stringify(body) });
  assert.equal((await keep('ada', { done: true, events: [{ article: rows[0].id, event }] })).status, 204);
  assert.equal((await get(`/api/codings/${id}/agreement`)).status, 403);
  assert.equal((await keep('eve', { done: true, events: [] })).status, 403);
  assert.equal((await keep('bo', { done: true, events: [{ article: rows[0].id, event: { ...event, status: 'denied' } }] })).status, 204);
  assert.equal((await keep('bo', { done: false, events: [] })).status, 403);
  const agreement = await read(`/codings/${id}/agreement`);
  assert.equal(agreement.both, 1);
  assert.deepEqual(
    agreement.differences[0].fields.map((one: { field: string }) => one.field),
    ['status'],
  );
});
