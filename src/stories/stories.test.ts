/** Copies, stories, cases: on made-up reports in our own words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArticleRecord, NewsEvent } from '../vocabulary.ts';
import { clusterItems } from './cluster.ts';
import { describeStories } from './describe-stories.ts';
import { groupArticle } from './group-stories.ts';
import { linkCases } from './link-cases.ts';
import { openMemoryIndex } from './memory-index.ts';
import { overlapOf, shinglesOf } from './shingles.ts';
import { lightStem, wordsOf } from './words.ts';

const RAID = `Gunmen stormed the Ghweiran prison in Hasakah late on Thursday and freed dozens of inmates, the Syrian Democratic Forces said.

A car bomb went off at the gate before the fighters broke in. Farhad Shami, a spokesman, said that 12 guards were killed and that the clashes went on in the nearby Zuhour district.

Coalition aircraft flew over the city through the night while families left their homes on foot.`;

const RAID_RETOLD = `The Syrian Democratic Forces fought fugitives from Ghweiran prison for a second day in Hasakah on Friday.

Farhad Shami told reporters that the bombing at the gate and the assault that followed had cost the lives of 12 guards. Fighters were still holding out in Zuhour, he said, and dozens of inmates were free.`;

const OTHER_RAID = `Inmates at a jail in Kandara, on the coast of Maresia, overpowered their warders on Sunday and 40 of them fled into the hills.

Governor Ilse Brandt blamed crowding in the colonial-era building and promised an inquiry. Police dogs searched the banana farms around Port Lucan.`;

const WITNESSES = `People who fled Zuhour, a quarter of Hasakah, counted more bodies than the officials did.

They said on Sunday that 20 warders had died when the prison was overrun, and that nobody had warned them.`;

const STRIKE = `Dock workers in Port Lucan laid down their tools on Monday over unpaid wages, and eleven ships waited outside the harbour.

The union leader Tomas Okello said the walkout would last until the ministry signed the pay deal of last spring.`;

interface Given {
  readonly published?: string | null;
  readonly site?: string | null;
  readonly url?: string | null;
  readonly publisher?: string | null;
  readonly events?: readonly NewsEvent[];
}

function recordOf(name: string, text: string, given: Given = {}): ArticleRecord {
  return {
    article: {
      id: `article:${name}`,
      name,
      title: null,
      text,
      published: given.published ?? null,
      updated: null,
      fetched: '2022-01-25T00:00:00.000Z',
      publishedFrom: null,
      authors: [],
      publisher: given.publisher ?? null,
      site: given.site ?? null,
      url: given.url ?? null,
      language: 'en',
      dateline: null,
      dropped: [],
      notes: [],
    },
    events: given.events ?? [],
    statements: [],
    entities: [],
    places: [],
    notes: [],
  };
}

function eventOf(number: number, text: string, trigger: string, more: Partial<NewsEvent> = {}): NewsEvent {
  const start = text.indexOf(trigger);
  assert.ok(start >= 0, trigger);
  const span = { text: trigger, start, end: start + trigger.length };
  return {
    id: `event:${number}`,
    type: 'prison-break',
    status: 'happened',
    hedged: false,
    disputed: false,
    background: false,
    source: null,
    mentions: [{ quote: trigger, start, end: span.end, trigger: span }],
    because: [],
    actors: [],
    targets: [],
    where: null,
    when: null,
    counts: [],
    weapons: [],
    confidence: 0.9,
    ...more,
  };
}

const hasakah = { words: 'Hasakah', name: 'Hasakah', country: 'SY', lat: 36.5, lon: 40.7, precision: 'town' as const };
const thursday = { words: 'Thursday', from: '2022-01-20', to: '2022-01-20', precision: 'day' as const };
const killed = (low: number, source: string | null = null) => ({ kind: 'killed' as const, low, high: low, words: String(low), source });

test('words: number, tense and capitals are seen through', () => {
  assert.equal(new Set(['attack', 'attacks', 'attacked', 'attacking'].map(lightStem)).size, 1);
  assert.equal(new Set(['city', 'cities'].map(lightStem)).size, 1);
  const words = wordsOf("The Army's 1,200 men left Raqqa.");
  assert.deepEqual(
    words.map((word) => [word.stem, word.capital]),
    [
      ['the', false],
      ['army', true],
      ['1200', false],
      ['men', false],
      ['left', false],
      ['raqqa', true],
    ],
  );
});

test('shingles: a trimmed text stands whole in its original', () => {
  const trimmed = RAID.slice(0, RAID.lastIndexOf('\n\n'));
  const { ofFirst, ofSecond } = overlapOf(shinglesOf(trimmed), shinglesOf(RAID));
  assert.equal(ofFirst, 1);
  assert.ok(ofSecond > 0.6 && ofSecond < 1);
  assert.equal(overlapOf(shinglesOf(RAID), shinglesOf(STRIKE)).ofFirst, 0);
});

test('clusters: bonds hold whatever the likeness, and the order of items does not matter', () => {
  const odds = [
    [0, 2, -1, -3],
    [2, 0, -1, -3],
    [-1, -1, 0, -3],
    [-3, -3, -3, 0],
  ];
  const of = (order: number[], bonds = {}) => {
    const groups = clusterItems(4, (i, j) => odds[order[i] as number]?.[order[j] as number] ?? 0, bonds);
    return order.map((_, item) => groups[order.indexOf(item)]).map((group, _, all) => all.indexOf(group));
  };
  assert.deepEqual(of([0, 1, 2, 3]), [0, 0, 2, 3]);
  assert.deepEqual(of([3, 1, 0, 2]), [0, 0, 2, 3]);
  assert.deepEqual(
    of([0, 1, 2, 3], { together: [[0, 3]], apart: [[0, 1]] }),
    [0, 1, 1, 0].map((group, _, all) => all.indexOf(group)).map((group, at) => (at === 2 ? 2 : group)),
  );
});

test('copies: another headline, trimmed, with a paragraph of its own; a rewrite and another story are none', async () => {
  const paragraphs = RAID.split('\n\n');
  const told = await describeStories([
    recordOf('first', RAID),
    recordOf('exact', RAID),
    recordOf('trimmed', paragraphs.slice(0, 2).join('\n\n')),
    recordOf('local', `Readers of this paper in Qamishli heard the blast.\n\n${RAID}`),
    recordOf('edited', RAID.replace('late on Thursday', 'on Thursday night').replace('on foot', 'in haste')),
    recordOf('retold', RAID_RETOLD),
    recordOf('other', OTHER_RAID),
  ]);
  const kinds = Object.fromEntries(told.articles.map((article) => [article.id, [article.kind, article.copyOf]]));
  for (const copy of ['exact', 'trimmed', 'local', 'edited']) assert.deepEqual(kinds[copy], ['copy', 'first'], copy);
  assert.equal(kinds.retold?.[1], null);
  assert.deepEqual(kinds.other, ['original', null]);
});

test('copies: the one published earlier is the origin, also when it comes later', async () => {
  const told = await describeStories([
    recordOf('late', RAID, { published: '2022-01-22', site: 'b.example' }),
    recordOf('early', RAID, { published: '2022-01-21', site: 'a.example' }),
    recordOf('third', RAID, { published: '2022-01-23', site: 'c.example' }),
  ]);
  assert.deepEqual(
    told.articles.map((article) => [article.id, article.kind, article.copyOf]),
    [
      ['late', 'copy', 'early'],
      ['early', 'original', null],
      ['third', 'copy', 'early'],
    ],
  );
});

test('revisions: the same page again, with more in it', async () => {
  const url = 'https://a.example/raid';
  const told = await describeStories([
    recordOf('one', RAID, { url, site: 'a.example' }),
    recordOf('two', `${RAID}\n\nThe toll rose to 15 on Saturday.`, { url, site: 'a.example' }),
  ]);
  assert.deepEqual([told.articles[1]?.kind, told.articles[1]?.revisionOf, told.articles[1]?.copyOf], ['revision', 'one', null]);
  assert.equal(told.articles[0]?.story, told.articles[1]?.story);
});

test('stories: two reports of one raid go together, a jail-break elsewhere and a strike do not', async () => {
  const records = [recordOf('raid', RAID), recordOf('jail', OTHER_RAID), recordOf('strike', STRIKE), recordOf('retold', RAID_RETOLD)];
  for (const order of [records, [...records].reverse()]) {
    const told = await describeStories(order);
    const story = Object.fromEntries(told.articles.map((article) => [article.id, article.story]));
    assert.equal(story.raid, story.retold);
    assert.equal(new Set(Object.values(story)).size, 3);
  }
});

test('stories: the same place and words two months later are another story', async () => {
  const march = RAID_RETOLD.replace('Friday', 'Wednesday');
  const dated = (text: string, trigger: string, day: string) =>
    eventOf(1, text, trigger, { where: hasakah, when: { ...thursday, from: day, to: day } });
  const told = await describeStories([
    recordOf('january', RAID, { published: '2022-01-21', events: [dated(RAID, 'stormed', '2022-01-20')] }),
    recordOf('march', march, { published: '2022-03-30', events: [dated(march, 'assault', '2022-03-29')] }),
  ]);
  assert.notEqual(told.articles[0]?.story, told.articles[1]?.story);
});

test('stories: the reasons are in plain words', async () => {
  const index = openMemoryIndex();
  const first = recordOf('raid', RAID, { published: '2022-01-21' });
  const update = await groupArticle(first, index);
  assert.deepEqual(update.reasons, ['nothing like it in the record so far']);
  index.add(first, update);
  const { reasons, story } = await groupArticle(recordOf('retold', RAID_RETOLD, { published: '2022-01-21' }), index);
  assert.equal(story, update.story);
  assert.ok(reasons.includes('published on the same day'));
  assert.ok(
    reasons.some((reason) => /names in common: .*(ghweiran|hasakah)/.test(reason)),
    reasons.join('; '),
  );
});

async function linked(records: readonly ArticleRecord[]) {
  const index = openMemoryIndex();
  for (const record of records) index.add(record, { ...(await groupArticle(record, index)), story: 'story:one', changes: [], merged: [] });
  return (await linkCases('story:one', '2022-01-21', index)).changed;
}

test('cases: two tellings of one deed, with their origins and the toll', async () => {
  const first = eventOf(1, RAID, 'stormed', { where: hasakah, when: thursday, source: 'Farhad Shami', counts: [killed(12)] });
  const second = eventOf(1, RAID_RETOLD, 'assault', {
    where: hasakah,
    when: thursday,
    source: 'SDF spokesman Farhad Shami',
    counts: [killed(12)],
  });
  const third = eventOf(1, WITNESSES, 'overrun', { where: hasakah, when: thursday, source: 'residents', counts: [killed(20)] });
  const cases = await linked([
    recordOf('a', RAID, { published: '2022-01-21', site: 'a.example', events: [first] }),
    recordOf('b', RAID_RETOLD, { published: '2022-01-22', site: 'b.example', events: [second] }),
    recordOf('c', WITNESSES, {
      published: '2022-01-23',
      site: 'c.example',
      events: [third],
    }),
  ]);
  assert.equal(cases.length, 1);
  const [one] = cases;
  assert.equal(one?.tellings.length, 3);
  assert.deepEqual(
    one?.tolls.map(({ kind, low, best, high }) => [kind, low, best, high]),
    [['killed', 12, 20, 20]],
  );
  assert.deepEqual([one?.day, one?.place, one?.status], ['2022-01-20', 'Hasakah', 'happened']);
});

test('cases: one spokesman in two papers is one origin', async () => {
  const told = (text: string, trigger: string, source: string) => eventOf(1, text, trigger, { where: hasakah, when: thursday, source });
  const [one] = await linked([
    recordOf('a', RAID, { published: '2022-01-21', site: 'a.example', events: [told(RAID, 'stormed', 'Farhad Shami')] }),
    recordOf('b', RAID_RETOLD, {
      published: '2022-01-22',
      site: 'b.example',
      events: [told(RAID_RETOLD, 'assault', 'SDF spokesman Farhad Shami')],
    }),
  ]);
  assert.deepEqual(one?.origins, [{ name: 'SDF spokesman Farhad Shami', articles: ['article:a', 'article:b'] }]);
});

test('cases: a fear and the deed are two cases, linked; deeds on other days are two', async () => {
  const feared = eventOf(1, STRIKE, 'walkout', { status: 'feared', where: hasakah });
  const deed = eventOf(1, RAID, 'stormed', { where: hasakah, when: thursday });
  const later = eventOf(2, RAID, 'clashes', { where: hasakah, when: { ...thursday, from: '2022-01-25', to: '2022-01-25' } });
  const retold = eventOf(1, RAID_RETOLD, 'assault', { where: hasakah, when: thursday });
  const cases = await linked([
    recordOf('fear', STRIKE, { published: '2022-01-05', events: [feared] }),
    recordOf('raid', RAID, { published: '2022-01-21', events: [deed, later] }),
    recordOf('retold', RAID_RETOLD, { published: '2022-01-22', events: [retold] }),
  ]);
  assert.deepEqual(cases.map((one) => one.tellings.length).sort(), [1, 1, 2]);
  const raid = cases.find((one) => one.tellings.length === 2);
  const fear = cases.find((one) => one.status === 'feared');
  assert.deepEqual(
    raid?.links.map(({ kind, case: id }) => [kind, id]),
    [['foretold-by', fear?.id]],
  );
  assert.ok(fear?.links.some((link) => link.kind === 'later-happened' && link.case === raid?.id));
});

test('cases keep their ids as tellings come', async () => {
  const index = openMemoryIndex();
  const a = recordOf('a', RAID, { published: '2022-01-21', events: [eventOf(1, RAID, 'stormed', { where: hasakah, when: thursday })] });
  index.add(a, { ...(await groupArticle(a, index)), story: 'story:one', changes: [], merged: [] });
  const first = (await linkCases('story:one', null, index)).changed;
  index.putCases(first);
  const b = recordOf('b', RAID_RETOLD, {
    published: '2022-01-20',
    events: [eventOf(1, RAID_RETOLD, 'assault', { where: hasakah, when: thursday })],
  });
  index.add(b, { ...(await groupArticle(b, index)), story: 'story:one', changes: [], merged: [] });
  const second = (await linkCases('story:one', null, index)).changed;
  assert.deepEqual(
    second.map((one) => [one.id, one.tellings.length]),
    [[first[0]?.id, 2]],
  );
});
