import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Feed, StoredCase } from '../store/store.ts';
import { cutEvidence, writeEventLine, writePlace, writeToll } from './event-line.ts';
import { explainEvent } from './explain-event.ts';
import { exportEvents, writeCell, writeFeature } from './export-record.ts';
import { writeFailures } from './failures-in-words.ts';
import { writeFeedLine } from './feed-line.ts';
import { makeTelling } from './made-up-events.ts';
import { markFindings, markText } from './mark-text.ts';
import { layOutTriage, spanTolls, writeCaseTolls } from './triage.ts';
import { writeCount, writeNames, writeOrigins, writeWhen } from './words.ts';

test('counts are written low to high and never surer than the text', () => {
  const say = (low: number | null, high: number | null) => writeCount({ kind: 'killed', low, high });
  assert.equal(say(12, 12), '12 killed');
  assert.equal(say(24, 99), '24–99 killed');
  assert.equal(say(12, null), 'at least 12 killed');
  assert.equal(say(null, 12), 'up to 12 killed');
  assert.equal(say(0, 0), 'nobody killed');
  assert.equal(say(null, null), 'number killed unknown');
  assert.equal(say(20_000, 99_999), '20,000–99,999 killed');
});

test('time is written as precisely as it is known', () => {
  const say = (from: string, to: string, precision: 'day' | 'week' | 'month' | 'year') => writeWhen({ words: '', from, to, precision });
  assert.equal(say('2022-01-20', '2022-01-20', 'day'), '20 Jan 2022');
  assert.equal(say('2022-01-20', '2022-01-26', 'day'), '20–26 Jan 2022');
  assert.equal(say('2022-01-30', '2022-02-02', 'day'), '30 Jan 2022 – 2 Feb 2022');
  assert.equal(say('2022-01-01', '2022-01-31', 'month'), 'Jan 2022');
  assert.equal(say('2022-01-01', '2022-12-31', 'year'), '2022');
  assert.equal(writeWhen(null), '');
});

test('names and origins in words', () => {
  assert.equal(writeNames(['army', 'police', 'navy', 'militia']), 'army, police and 2 others');
  assert.equal(writeNames([]), '');
  assert.equal(writeOrigins(3, 2), '3 articles · 2 origins');
  assert.equal(writeOrigins(1, 1), '1 article · 1 origin');
});

test('a country is no place with a country behind it, and rival tolls stand side by side', () => {
  const where = { words: 'Syria', name: 'Syria', country: 'SY', lat: 35, lon: 38, precision: 'country' as const };
  assert.equal(writePlace(where), 'Syria');
  assert.equal(writePlace({ ...where, name: 'Hasakah', precision: 'town' }), 'Hasakah, SY');
  assert.equal(
    writeToll([
      { kind: 'killed', low: 20, high: 20, words: '20', source: 'rescuers' },
      { kind: 'killed', low: 35, high: 35, words: '35', source: null },
      { kind: 'killed', low: 4, high: null, words: 'at least 4', source: 'rescuers' },
      { kind: 'injured', low: 4, high: 4, words: 'four', source: null },
    ]),
    '20, at least 4 killed (rescuers) / 35 killed · 4 injured',
  );
});

test('evidence always shows its trigger', () => {
  const quote = `${'word '.repeat(60)}struck ${'tail '.repeat(60)}end`;
  const start = quote.indexOf('struck');
  const cut = cutEvidence(quote, 100, { text: 'struck', start: 100 + start, end: 106 + start }, 60);
  assert.equal(cut.trigger, 'struck');
  assert.ok(cut.before.startsWith('… ') && cut.after.endsWith(' …'));
  assert.ok(cut.before.length + cut.trigger.length + cut.after.length < 80);
  assert.deepEqual(cutEvidence('He ran.', 0, { text: 'ran', start: 3, end: 6 }), { before: 'He ', trigger: 'ran', after: '.' });
});

test('why an event stands as it does, in one line', () => {
  const { event } = makeTelling({
    status: 'called-for',
    source: 'the envoy',
    because: [
      { field: 'source', text: 'urged', start: 0, end: 5 },
      { field: 'status', text: 'urged', start: 0, end: 5, reason: '‘urged’ governs ‘to free’' },
    ],
  });
  assert.equal(explainEvent(event), 'called for: ‘urged’ governs ‘to free’ · word of the envoy: ‘urged’');
  assert.equal(explainEvent(makeTelling().event), 'happened: told plainly by ‘struck’');
});

test('failures in one plain line', () => {
  const said = writeFailures([
    { code: 'unreachable', count: 1 },
    { code: 'paywall', count: 2 },
  ]);
  assert.equal(said.line, '3 pages could not be read: 2 paywalls, 1 no answer');
  assert.equal(writeFailures([]).line, '');
});

test('feed health in plain words', () => {
  const feed: Feed = {
    id: 'feed:1',
    url: 'https://harbour-post.example/rss',
    title: null,
    site: 'harbour-post.example',
    added: '2022-01-20T00:00:00Z',
    active: true,
    everySeconds: 900,
    nextPoll: '2022-01-21T14:00:00Z',
    lastPoll: '2022-01-21T10:00:00Z',
    lastSuccess: '2022-01-21T10:00:00Z',
    lastNew: '2022-01-21T10:00:00Z',
    etag: null,
    lastModified: null,
    failures: 0,
    lastFailure: null,
    health: 'well',
    articles: 12,
  };
  const now = Date.parse('2022-01-21T12:00:00Z');
  assert.equal(writeFeedLine(feed, now).words, 'Well: last new article 2 hours ago.');
  assert.equal(
    writeFeedLine({ ...feed, health: 'failing', failures: 3, lastFailure: 'no answer.' }, now).words,
    '3 failures in a row: no answer. Asked again in 2 hours.',
  );
  assert.equal(writeFeedLine({ ...feed, active: false }, now).words, 'Stopped by hand.');
});

test('marked pieces join to the text again and carry every mark', () => {
  const text = 'The army said planes struck the depot.\n\nTwo people died.\n\n\nNobody spoke.';
  const { event } = makeTelling({
    mentions: [{ quote: text.slice(0, 38), start: 0, end: 38, trigger: { text: 'struck', start: 21, end: 27 } }],
    actors: [{ name: 'army', start: 4, end: 8 }],
    because: [{ field: 'source', text: 'said', start: 9, end: 13 }],
    counts: [{ kind: 'killed', low: 2, high: 2, words: 'Two people', source: null, start: 40, end: 50 }],
  });
  const marks = markFindings([event], []);
  const marked = markText(text, [...marks, { finding: 'event:9', role: 'trigger', start: 500, end: 510 }]);
  assert.equal(marked.marks.length, 5);
  assert.deepEqual(
    marked.paragraphs.map(({ start, end }) => text.slice(start, end)),
    ['The army said planes struck the depot.', 'Two people died.', 'Nobody spoke.'],
  );
  for (const paragraph of marked.paragraphs) {
    assert.equal(paragraph.pieces.map((piece) => text.slice(piece.start, piece.end)).join(''), text.slice(paragraph.start, paragraph.end));
  }
  for (const [index, mark] of marked.marks.entries()) {
    const covered = marked.paragraphs.flatMap((paragraph) => paragraph.pieces).filter((piece) => piece.marks.includes(index));
    assert.equal(covered.map((piece) => text.slice(piece.start, piece.end)).join(''), text.slice(mark.start, mark.end), mark.role);
  }
});

test('triage joins tellings of one deed, and never a call with the deed', () => {
  const hasakah = { words: 'Hasakah', name: 'Hasakah', country: 'SY', lat: 36.5, lon: 40.7, precision: 'town' as const };
  const killed = (low: number, high: number | null) => [{ kind: 'killed' as const, low, high, words: '', source: null }];
  const rows = [
    makeTelling({ where: hasakah, counts: killed(20, 20) }, { article: 'article:a' }),
    makeTelling({ where: hasakah, counts: killed(35, null), status: 'ongoing' }, { article: 'article:b' }),
    makeTelling({ where: hasakah, status: 'called-for' }, { article: 'article:c' }),
    makeTelling({ type: 'talks' }, { article: 'article:d', story: 'story:talks' }),
  ];
  const groups = layOutTriage(rows, new Map(), new Map());
  assert.deepEqual(
    groups.map((group) => [group.story, group.cases.map((line) => [line.status, line.refs.length])]),
    [
      [
        'story:depot',
        [
          ['happened', 2],
          ['called-for', 1],
        ],
      ],
      ['story:talks', [['happened', 1]]],
    ],
  );
  assert.equal(groups[0]?.cases[0]?.toll, '20–35 killed or more, by teller');
  assert.equal(groups[0]?.cases[0]?.sources, '2 articles · 2 origins');
  assert.equal(spanTolls(rows.slice(0, 1)), '20 killed');
});

test('the best figure of a case is told only where it says more than its range', () => {
  const toll = (low: number | null, best: number, high: number | null) => writeCaseTolls([{ kind: 'killed', low, best, high, reason: '' }]);
  assert.equal(toll(60, 123, 134), '60–134 killed, best 123');
  assert.equal(toll(120, 120, null), 'at least 120 killed');
  assert.equal(toll(7, 7, 7), '7 killed');
});

test('a line of a case says what the case says, with a telling that says it too', () => {
  const tellings = [
    makeTelling({ status: 'ongoing', confidence: 1 }, { article: 'article:a', case: 'case:1' }),
    makeTelling({}, { article: 'article:b', case: 'case:1', kind: 'copy' }),
  ];
  const stored = {
    id: 'case:1',
    type: 'air-strike',
    status: 'happened',
    origins: [],
    tolls: [],
    disputed: false,
    reviewed: 'open',
  } as unknown as StoredCase;
  const line = layOutTriage(tellings, new Map([['case:1', stored]]), new Map())[0]?.cases[0];
  assert.deepEqual([line?.status, line?.statusWords, line?.article], ['happened', 'happened', 'article:b']);
});

test('two tellings within one article stay two lines', () => {
  const groups = layOutTriage([makeTelling(), makeTelling({ id: 'event:2' })], new Map(), new Map());
  assert.equal(groups[0]?.cases.length, 2);
});

test('a copy is no origin of its own', () => {
  const groups = layOutTriage(
    [makeTelling({}, { article: 'article:a' }), makeTelling({}, { article: 'article:b', kind: 'copy' })],
    new Map(),
    new Map(),
  );
  assert.equal(groups[0]?.cases[0]?.sources, '2 articles · 1 origin');
});

test('cells that a spreadsheet could reckon are disarmed', () => {
  assert.equal(writeCell('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
  assert.equal(writeCell('@cmd'), "'@cmd");
  assert.equal(writeCell(-3.5), '-3.5');
  assert.equal(writeCell('a, b'), '"a, b"');
  assert.equal(writeCell(null), '');
});

test('exports are whole files, with no pin for a country', async () => {
  const row = makeTelling({ where: { words: 'Syria', name: 'Syria', country: 'SY', lat: 35, lon: 38, precision: 'country' } });
  const town = makeTelling({ where: { words: 'Raqqa', name: 'Raqqa', country: 'SY', lat: 35.9, lon: 39, precision: 'town' } });
  const write = async (format: 'csv' | 'jsonl' | 'geojson', rows: (typeof row)[]) => {
    let file = '';
    for await (const piece of exportEvents(rows, format)) file += piece;
    return file;
  };
  const json = JSON.parse(await write('geojson', [row, town]));
  assert.deepEqual(
    json.features.map((feature: { geometry: unknown }) => feature.geometry),
    [null, { type: 'Point', coordinates: [39, 35.9] }],
  );
  assert.deepEqual(JSON.parse(await write('geojson', [])).features, []);
  const csv = (await write('csv', [row])).split('\r\n');
  assert.equal(csv.length, 3);
  assert.equal(csv[0]?.split(',').length, csv[1]?.split(',').length);
  assert.equal((await write('jsonl', [row, town])).trim().split('\n').length, 2);
  assert.equal((writeFeature(row) as { geometry: unknown }).geometry, null);
  assert.equal(writeEventLine(row).place, 'Syria');
});
