import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Article, Count, NewsEvent } from '../../vocabulary.ts';
import { acled, countFatalities } from './acled.ts';
import { rangeOfDeaths } from './codebook.ts';
import { plover } from './plover.ts';
import { ucdp } from './ucdp.ts';

const text = 'A car bomb killed at least 12 civilians in Raqqa on Monday, the army said.';
const article: Article = {
  id: 'article:a1',
  name: 'a1',
  title: 'Bomb in Raqqa',
  text,
  published: '2020-03-04',
  updated: null,
  fetched: '2020-03-05T00:00:00Z',
  publishedFrom: 'meta',
  authors: [],
  publisher: null,
  site: 'Our Paper',
  url: 'https://our.example/a1',
  language: 'en',
  dateline: null,
  dropped: [],
  notes: [],
};
const killed = (low: number | null, high: number | null, words: string, source: string | null = null): Count => ({
  kind: 'killed',
  low,
  high,
  words,
  source,
});
const bomb: NewsEvent = {
  id: 'event:e1',
  type: 'explosion',
  status: 'happened',
  hedged: false,
  disputed: false,
  background: false,
  source: 'the army',
  mentions: [{ quote: text, start: 0, end: text.length, trigger: { text: 'car bomb', start: 2, end: 10 } }],
  because: [],
  actors: [],
  targets: [{ name: 'civilians', start: 31, end: 40 }],
  where: { words: 'Raqqa', name: 'Raqqa', country: 'SY', lat: 35.95, lon: 39.01, precision: 'town', province: 'Raqqa' },
  when: { words: 'Monday', from: '2020-03-02', to: '2020-03-02', precision: 'day' },
  counts: [killed(12, null, 'at least 12 civilians')],
  weapons: [{ words: 'car bomb' }],
  confidence: 0.9,
};

test('a car bomb by each codebook', () => {
  const row = acled.code(bomb, article);
  assert.deepEqual(
    [row?.event_type, row?.sub_event_type, row?.fatalities, row?.time_precision, row?.geo_precision, row?.event_date],
    ['Explosions/Remote violence', 'Remote explosive/landmine/IED', 12, 1, 1, '2020-03-02'],
  );
  assert.equal(row?.source, 'the army; Our Paper');
  const ged = ucdp.code(bomb, article);
  assert.deepEqual(
    [ged?.type_of_violence, ged?.best, ged?.low, ged?.high, ged?.where_prec, ged?.date_prec, ged?.source_original],
    [3, 12, 12, 12, 1, 1, 'the army'],
  );
  assert.deepEqual([plover.code(bomb, article)?.event_type, plover.code(bomb, article)?.event_mode], ['ASSAULT', 'explosives']);
  for (const codebook of [acled, ucdp, plover]) assert.deepEqual(Object.keys(codebook.code(bomb, article) ?? {}), codebook.columns);
});

test('what is only threatened is no row of ACLED or UCDP, and a future one of PLOVER', () => {
  const threat: NewsEvent = { ...bomb, status: 'threatened' };
  assert.equal(acled.code(threat, article), undefined);
  assert.equal(ucdp.code(threat, article), undefined);
  assert.equal(plover.code(threat, article)?.auxiliary_mode, 'future');
});

test("fatalities by ACLED's rules: reported only, most conservative, dozens 12, hundreds 100, unknown 3", () => {
  const of = (...counts: Count[]) => countFatalities({ ...bomb, counts });
  assert.equal(of(), 0);
  assert.equal(of(killed(24, 99, 'dozens')), 12);
  assert.equal(of(killed(200, 999, 'hundreds of people')), 100);
  assert.equal(of(killed(null, null, 'an unknown number')), 3);
  assert.equal(of(killed(20, 20, '20', 'the army'), killed(35, 35, '35', 'residents')), 20);
});

test('rival tolls give low, best and high', () => {
  const counts = [killed(20, 20, '20', 'the army'), killed(35, 35, '35', 'residents'), killed(35, 35, '35', 'the UN')];
  assert.deepEqual(rangeOfDeaths({ ...bomb, counts }), { low: 20, best: 35, high: 35 });
});

test('a place no closer than the country has no coordinates, and a disaster no row in ACLED', () => {
  const somewhere: NewsEvent = { ...bomb, where: { words: 'Syria', name: 'Syria', country: 'SY', lat: 35, lon: 38, precision: 'country' } };
  assert.deepEqual(
    [acled.code(somewhere, article)?.latitude, acled.code(somewhere, article)?.geo_precision, ucdp.code(somewhere, article)?.where_prec],
    [null, null, 6],
  );
  assert.equal(acled.code({ ...bomb, type: 'disaster' }, article), undefined);
});

test('territory taken by a state is regained, by a group overtaken', () => {
  const by = (name: string) =>
    acled.code({ ...bomb, type: 'territory-taken', actors: [{ name, start: 0, end: 1 }] }, article)?.sub_event_type;
  assert.equal(by('the Syrian army'), 'Government regains territory');
  assert.equal(by('Islamic State'), 'Non-state actor overtakes territory');
});
