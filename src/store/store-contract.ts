/**
 * What every engine under the store must do, as tests: `describeStore(name, open)` where `open` gives an empty store with a settable clock.
 * Nothing here knows SQLite; a second engine is put under the same tests.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../failure.ts';
import type { ArticleRecord, NewsEvent, StoryUpdate } from '../vocabulary.ts';
import { generateRecord } from './generated-record.ts';
import type { CaseUpdate, Store } from './store.ts';

export interface OpenedStore {
  readonly store: Store;
  /** sets the store's time */
  setTime(iso: string): void;
  discard(): Promise<void>;
}

const TEXT = `Gunmen attacked the central prison in Hasakah late on Thursday, killing 12 guards, an army spokesman said.

Residents of Raqqa fear a second raid. Officials in Qamishli urged a transfer of the inmates.`;

function spanOf(words: string, text = TEXT): { text: string; start: number; end: number } {
  const start = text.indexOf(words);
  assert.ok(start >= 0, `the test's text has no "${words}"`);
  return { text: words, start, end: start + words.length };
}

function eventOf(number: number, trigger: string, more: Partial<NewsEvent> = {}, text = TEXT): NewsEvent {
  const word = spanOf(trigger, text);
  return {
    id: `event:${number}`,
    type: 'prison-break',
    status: 'happened',
    hedged: false,
    disputed: false,
    background: false,
    source: null,
    mentions: [{ quote: word.text, start: word.start, end: word.end, trigger: word }],
    because: [],
    actors: [],
    targets: [],
    where: null,
    when: null,
    counts: [],
    weapons: [],
    confidence: 0.8,
    ...more,
  };
}

/** One article in our own words with three events and one statement. */
export function exampleRecord(id = 'a', text = TEXT): ArticleRecord {
  const cue = spanOf('said', text);
  const guards = spanOf('12 guards', text);
  return {
    article: {
      id: `article:${id}`,
      name: id,
      title: 'Prison attacked in Hasakah',
      text,
      published: '2022-01-21',
      updated: null,
      fetched: '2022-01-22T08:00:00.000Z',
      publishedFrom: 'input',
      authors: ['A. Writer'],
      publisher: null,
      site: 'euphrates-post.example',
      url: `https://euphrates-post.example/${id}`,
      language: 'en',
      dateline: null,
      dropped: [{ reason: 'caption', text: 'A photo' }],
      notes: [],
    },
    events: [
      eventOf(
        1,
        'attacked',
        {
          actors: [{ name: 'Gunmen', start: 0, end: 6 }],
          targets: [{ name: 'Central Prison', ...withoutText(spanOf('central prison', text)) }],
          source: 'army spokesman',
          where: {
            words: 'Hasakah',
            name: 'Al-Ḥasakah',
            country: 'SY',
            lat: 36.5,
            lon: 40.75,
            precision: 'town',
            ...withoutText(spanOf('Hasakah', text)),
          },
          when: { words: 'Thursday', from: '2022-01-20', to: '2022-01-20', precision: 'day', ...withoutText(spanOf('Thursday', text)) },
          counts: [{ kind: 'killed', low: 12, high: 12, words: guards.text, source: null, start: guards.start, end: guards.end }],
        },
        text,
      ),
      eventOf(
        2,
        'raid',
        {
          type: 'attack',
          status: 'feared',
          source: 'Residents of Raqqa',
          where: {
            words: 'Raqqa',
            name: 'Raqqa',
            country: 'SY',
            lat: 35.95,
            lon: 39.01,
            precision: 'town',
            ...withoutText(spanOf('Raqqa', text)),
          },
          confidence: 0.4,
        },
        text,
      ),
      eventOf(3, 'transfer', { type: 'release', status: 'called-for', background: true, confidence: 0.6 }, text),
    ],
    statements: [
      {
        id: 'statement:1',
        act: 'assert',
        speaker: 'army spokesman',
        cue: 'said',
        cueSpan: cue,
        direct: false,
        channel: null,
        via: null,
        content: [spanOf('killing 12 guards', text)],
      },
    ],
    entities: [
      { kind: 'organisation', name: 'Central Prison', acronym: null, description: null, mentions: [spanOf('central prison', text)] },
    ],
    places: [],
    notes: [{ room: 'article', message: 'the date was taken from the input' }],
  };
}

function withoutText({ start, end }: { start: number; end: number }) {
  return { start, end };
}

export function alone(record: ArticleRecord, story = `story:${record.article.name}`): StoryUpdate {
  return {
    article: record.article.id,
    kind: 'original',
    copyOf: null,
    revisionOf: null,
    story: story as StoryUpdate['story'],
    reasons: ['first of its story'],
  };
}

const A = 'article:a' as const;

export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  const withStore = (title: string, run: (store: Store, opened: OpenedStore) => Promise<void>) =>
    test(title, async () => {
      const opened = await open();
      try {
        await run(opened.store, opened);
      } finally {
        await opened.discard();
      }
    });

  describe(`${name}: articles`, () => {
    withStore('what is saved comes back the same', async (store) => {
      const record = exampleRecord();
      const bytes = new TextEncoder().encode('<html>page</html>'.repeat(50));
      const original = {
        sha256: 'ab'.repeat(32),
        bytes,
        mediaType: 'text/html',
        url: record.article.url as string,
        headers: { etag: '"1"' },
      };
      const saved = await store.articles.saveRecord(record, original, alone(record));
      assert.deepEqual(saved, { id: A, outcome: 'new', story: 'story:a' });
      const found = await store.articles.get(A);
      assert.deepEqual(found?.record, record);
      assert.equal(found?.events[0]?.day, '2022-01-20', 'the day of the deed, not of the article');
      assert.equal(found?.events[1]?.day, '2022-01-21');
      const kept = await store.articles.original(original.sha256);
      assert.deepEqual([...(kept?.bytes ?? [])], [...bytes]);
      assert.deepEqual(kept?.headers, { etag: '"1"' });
      assert.equal(await store.articles.find({ url: 'https://euphrates-post.example/a' }), A);
      assert.equal(await store.articles.find({ sha256: original.sha256 }), A);
      assert.equal(await store.articles.find({ url: 'https://elsewhere.example/' }), undefined);
      assert.deepEqual(await store.articles.sites(), [{ site: 'euphrates-post.example', articles: 1 }]);
    });

    withStore('reading again replaces the findings and makes no second article', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      const again = { ...record, events: record.events.slice(0, 1) };
      assert.equal((await store.articles.saveRecord(again, null, alone(again))).outcome, 'reread');
      assert.equal((await store.events.find({})).rows.length, 1);
      const status = await store.status();
      assert.deepEqual([status.articles, status.events, status.statements, status.stories], [1, 1, 1, 1]);
    });

    withStore('a revision is a new version of the article; an older one that comes late does not take its place', async (store) => {
      const first = exampleRecord();
      const text = `${TEXT}\n\nThe toll rose to 15 on Friday.`;
      const later = exampleRecord('a-updated', text);
      const second: ArticleRecord = { ...later, article: { ...later.article, updated: '2022-01-23' } };
      await store.articles.saveRecord(first, null, alone(first));
      const saved = await store.articles.saveRecord(second, null, { ...alone(second), kind: 'revision', revisionOf: A });
      assert.deepEqual([saved.id, saved.outcome], [A, 'revision']);
      const third: ArticleRecord = {
        ...exampleRecord('a-old', `${TEXT}\n\nEarly version.`),
        article: { ...first.article, id: 'article:a-old', text: `${TEXT}\n\nEarly version.`, updated: '2022-01-20' },
      };
      const old = await store.articles.saveRecord(third, null, { ...alone(third), kind: 'revision', revisionOf: A });
      assert.equal(old.outcome, 'older-version');
      const versions = await store.articles.versions('article:a-updated');
      assert.deepEqual(
        versions.map((version) => version.record.article.text.length),
        [TEXT.length, third.article.text.length, text.length],
      );
      assert.equal((await store.articles.get(A))?.record.article.text, text);
      assert.equal((await store.status()).articles, 1);
    });

    withStore('full text: all words, phrases, beginnings, exclusion, filters, marks', async (store) => {
      const record = exampleRecord();
      const other = exampleRecord('b', `${TEXT} Kobani was calm.`);
      const elsewhere = {
        ...other,
        article: { ...other.article, site: 'other.example', title: 'Fears after the raid', published: '2022-02-01' },
      };
      await store.articles.saveRecord(record, null, alone(record));
      await store.articles.saveRecord(elsewhere, null, alone(elsewhere));
      const ids = async (words: string, more = {}) => (await store.articles.search({ words, ...more })).rows.map((row) => row.name).sort();
      assert.deepEqual(await ids('attack prisons'), ['a', 'b'], 'stems match');
      assert.deepEqual(await ids('KOBANI'), ['b']);
      assert.deepEqual(await ids('prison -kobani'), ['a']);
      assert.deepEqual(await ids('"second raid"'), ['a', 'b']);
      assert.deepEqual(await ids('"raid second"'), []);
      assert.deepEqual(await ids('qamish*'), ['a', 'b']);
      assert.deepEqual(await ids('prison', { from: '2022-01-25' }), ['b']);
      assert.deepEqual(await ids('prison', { site: 'euphrates-post.example' }), ['a']);
      assert.deepEqual(await ids('"unclosed AND (nonsense* OR'), []);
      const [hit] = (await store.articles.search({ words: 'inmates' })).rows;
      const [mark] = hit?.marks ?? [];
      assert.equal(hit?.snippet.slice(mark?.[0], mark?.[1]), 'inmates');
      assert.equal(await store.articles.count({ words: 'prison' }), 2);
      assert.equal((await store.articles.search({})).rows[0]?.name, 'b', 'newest first without words');
    });

    withStore('pages follow each other without gap or repeat; each() gives all in order of time', async (store) => {
      for (let number = 0; number < 25; number++) {
        const { record, original, story } = generateRecord(number);
        await store.articles.saveRecord(record, original, story);
      }
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<Store['articles']['search']>> = await store.articles.search({}, { limit: 7, after });
        seen.push(...page.rows.map((row) => row.id));
        after = page.next;
      } while (after !== null);
      assert.equal(new Set(seen).size, 25);
      const days: string[] = [];
      for await (const record of store.articles.each()) days.push(record.article.published as string);
      assert.equal(days.length, 25);
      assert.deepEqual(days, [...days].sort());
      await assert.rejects(
        store.articles.search({}, { after: 'nonsense' }),
        (error) => error instanceof Failure && error.code === 'bad-input',
      );
    });

    withStore('a removed article leaves nothing behind', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      assert.equal(await store.articles.remove(A, 'Ada'), true);
      assert.equal(await store.articles.get(A), undefined);
      assert.equal((await store.articles.search({ words: 'prison' })).rows.length, 0);
      const { events, statements, stories } = await store.status();
      assert.deepEqual([events, statements, stories], [0, 0, 0]);
      assert.equal((await store.audit.list()).rows[0]?.what, 'remove article');
    });
  });

  describe(`${name}: events`, () => {
    const filled = async (store: Store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      const copy = exampleRecord('copy');
      await store.articles.saveRecord(copy, null, { ...alone(copy), kind: 'copy', copyOf: A, story: 'story:a' });
    };
    withStore('each filter keeps what it says', async (store) => {
      await filled(store);
      const ids = async (filter: Parameters<Store['events']['find']>[0]) =>
        (await store.events.find({ originalsOnly: true, ...filter })).rows.map((row) => row.event.id).sort();
      assert.deepEqual(await ids({}), ['event:1', 'event:2', 'event:3']);
      assert.equal((await store.events.find({})).rows.length, 6);
      assert.deepEqual(await ids({ types: ['attack', 'release'] }), ['event:2', 'event:3']);
      assert.deepEqual(await ids({ groups: ['custody'] }), ['event:1', 'event:3']);
      assert.deepEqual(await ids({ statuses: ['feared'] }), ['event:2']);
      assert.deepEqual(await ids({ from: '2022-01-21' }), ['event:2', 'event:3']);
      assert.deepEqual(await ids({ to: '2022-01-20' }), ['event:1']);
      assert.deepEqual(await ids({ place: 'hasak' }), ['event:1'], 'accents and the article of the name do not count');
      assert.deepEqual(await ids({ countries: ['SY'] }), ['event:1', 'event:2']);
      assert.deepEqual(await ids({ box: [40, 36, 41, 37] }), ['event:1']);
      assert.deepEqual(await ids({ box: [-170, -80, 170, 80] }), ['event:1', 'event:2']);
      assert.deepEqual(await ids({ actor: 'gunm' }), ['event:1']);
      assert.deepEqual(await ids({ target: 'prison' }), ['event:1']);
      assert.deepEqual(await ids({ anyone: 'central prison' }), ['event:1']);
      assert.deepEqual(await ids({ actor: 'nobody' }), []);
      assert.deepEqual(await ids({ source: 'spokesman' }), ['event:1']);
      assert.deepEqual(await ids({ source: 'own-voice' }), ['event:3']);
      assert.deepEqual(await ids({ words: 'kobani' }), []);
      assert.deepEqual(await ids({ words: 'inmates', background: false }), ['event:1', 'event:2']);
      assert.deepEqual(await ids({ minConfidence: 0.5 }), ['event:1', 'event:3']);
      assert.deepEqual(await ids({ killedAtLeast: 10 }), ['event:1']);
      assert.deepEqual(await ids({ sites: ['euphrates-post.example'], story: 'story:a', hedged: false, disputed: false }), [
        'event:1',
        'event:2',
        'event:3',
      ]);
      assert.deepEqual(await store.events.count({ statuses: ['feared'] }), { count: 2, exact: true });
    });

    withStore('sorts page through without gap or repeat', async (store) => {
      for (let number = 0; number < 30; number++) {
        const { record, original, story } = generateRecord(number);
        await store.articles.saveRecord(record, original, story);
      }
      const { events } = await store.status();
      for (const sort of ['newest', 'oldest', 'added', 'confidence', 'killed', 'type', 'place'] as const) {
        const seen: string[] = [];
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<Store['events']['find']>> = await store.events.find({}, { limit: 11, after, sort });
          seen.push(...page.rows.map((row) => `${row.article} ${row.event.id}`));
          after = page.next;
        } while (after !== null);
        assert.equal(seen.length, events, sort);
        assert.equal(new Set(seen).size, events, sort);
      }
      let each = 0;
      for await (const row of store.events.each({})) each += row.event.mentions.length > 0 ? 1 : 0;
      assert.equal(each, events);
    });

    withStore('facets count the selection and keep the other values of their own field', async (store) => {
      await filled(store);
      const facets = await store.events.facets({ originalsOnly: true, statuses: ['feared'] }, [
        'status',
        'type',
        'source',
        'background',
        'country',
      ]);
      const of = (facet: string) =>
        Object.fromEntries(facets.find((one) => one.facet === facet)?.counts.map(({ value, count }) => [value, count]) ?? []);
      assert.deepEqual(of('status'), { happened: 1, feared: 1, 'called-for': 1 });
      assert.deepEqual(of('type'), { attack: 1 });
      assert.deepEqual(of('source'), { 'Residents of Raqqa': 1 });
      assert.deepEqual(of('background'), { no: 1 });
      assert.deepEqual(of('country'), { SY: 1 });
    });

    withStore('timeline and map of the same selection', async (store) => {
      await filled(store);
      assert.deepEqual(await store.events.timeline({ originalsOnly: true }, 'status'), [
        { day: '2022-01-20', key: 'happened', count: 1 },
        { day: '2022-01-21', key: 'called-for', count: 1 },
        { day: '2022-01-21', key: 'feared', count: 1 },
      ]);
      const cells = await store.events.map({ originalsOnly: true }, 360);
      assert.deepEqual(cells.map((cell) => [cell.name, cell.count, cell.precision]).sort(), [
        ['Al-Ḥasakah', 1, 'town'],
        ['Raqqa', 1, 'town'],
      ]);
      assert.equal((await store.events.map({}, 4))[0]?.count, 4, 'gathered on a coarse grid');
    });

    withStore('statements by speaker', async (store) => {
      await filled(store);
      assert.equal((await store.events.statements({ speaker: 'army' })).rows.length, 2);
      assert.equal((await store.events.statements({ speaker: 'nobody' })).rows.length, 0);
      assert.equal((await store.events.statements({ acts: ['deny'] })).rows.length, 0);
    });

    withStore('names are found, merged and split', async (store) => {
      await filled(store);
      assert.equal((await store.names.find('cent'))[0]?.name, 'Central Prison');
      await store.names.merge('Central Prison', 'Gunmen', 'Ada');
      assert.deepEqual(await store.names.aliases('Central Prison'), ['Gunmen']);
      assert.equal(
        (await store.events.find({ actor: 'central', originalsOnly: true })).rows.length,
        1,
        'found under the name it is shown as',
      );
      const [actors] = await store.events.facets({}, ['actor']);
      assert.equal(actors?.counts[0]?.value, 'Central Prison');
      await store.names.split('Gunmen', 'Ada');
      assert.equal((await store.events.find({ actor: 'central' })).rows.length, 0);
    });
  });

  describe(`${name}: people's work`, () => {
    withStore('a correction shows everywhere, survives a new reading and is undone', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      const made = await store.reviews.correct({ article: A, finding: 'event:2', field: 'status', after: 'threatened', who: 'Ada' });
      assert.deepEqual([made.before, made.after, made.applies], ['feared', 'threatened', true]);
      assert.equal((await store.events.find({ statuses: ['threatened'] })).rows[0]?.corrected[0], 'status');
      const again = exampleRecord('a', `A new first line.\n\n${TEXT}`);
      const renumbered = { ...again, events: again.events.map((event, at): NewsEvent => ({ ...event, id: `event:${at + 10}` })) };
      await store.articles.saveRecord(renumbered, null, alone(renumbered));
      const after = await store.events.get({ article: A, event: 'event:11' });
      assert.equal(after?.event.status, 'threatened');
      await store.reviews.undo(made.id, 'Ben');
      assert.equal((await store.events.get({ article: A, event: 'event:11' }))?.event.status, 'feared');
      assert.deepEqual((await store.articles.get(A))?.record, renumbered);
    });

    withStore('events added and deleted by people stay so after a new reading', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      await store.reviews.correct({ article: A, finding: 'event:3', field: 'event', after: null, who: 'Ada' });
      const added = await store.reviews.correct({ article: A, finding: null, field: 'event', after: eventOf(9, 'killing'), who: 'Ada' });
      await store.articles.saveRecord(record, null, alone(record));
      const ids = (await store.articles.get(A))?.record.events.map((event) => event.id);
      assert.deepEqual(ids, ['event:1', 'event:2', added.finding]);
      assert.equal((await store.reviews.corrections({ article: A })).rows.length, 2);
    });

    withStore('a correction that would break the record is refused', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      const refused = (field: string, after: unknown, finding: `event:${string}` = 'event:1') =>
        assert.rejects(store.reviews.correct({ article: A, finding, field, after, who: 'Ada' }), Failure);
      await refused('status', 'maybe');
      await refused('colour', 'red');
      await refused('mentions', []);
      await refused('mentions', [{ quote: 'not in the text', start: 0, end: 15, trigger: { text: 'not', start: 0, end: 3 } }]);
      await refused('status', 'feared', 'event:99');
      assert.equal((await store.reviews.corrections()).rows.length, 0);
    });

    withStore('a correction whose words are gone from the text stays, idle', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      await store.reviews.correct({ article: A, finding: 'event:2', field: 'status', after: 'threatened', who: 'Ada' });
      const text = TEXT.replace('Residents of Raqqa fear a second raid. ', '');
      const full = exampleRecord();
      const shorter: ArticleRecord = {
        ...full,
        article: { ...full.article, text, updated: '2022-01-24' },
        events: [eventOf(1, 'attacked', {}, text)],
        statements: [],
      };
      await store.articles.saveRecord(shorter, null, alone(shorter));
      assert.equal((await store.reviews.corrections()).rows[0]?.applies, false);
      assert.equal((await store.events.find({})).rows[0]?.event.status, 'happened');
    });

    withStore('verdicts stay with their event and can be filtered', async (store) => {
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      await store.reviews.review({ article: A, event: 'event:1' }, 'accepted', 'Ada');
      await store.articles.saveRecord(record, null, alone(record));
      assert.deepEqual(
        (await store.events.find({ reviewed: ['accepted'] })).rows.map((row) => row.event.id),
        ['event:1'],
      );
      assert.equal((await store.status()).reviewed, 1);
    });
  });

  describe(`${name}: stories and cases`, () => {
    withStore('people merge, split and pin; the machine does not undo it', async (store) => {
      for (const id of ['a', 'b', 'c']) {
        const record = exampleRecord(id);
        await store.articles.saveRecord(record, null, alone(record));
      }
      await store.stories.merge('story:a', 'story:b', 'Ada');
      assert.deepEqual(
        (await store.stories.get('story:a'))?.articles.map((article) => article.name),
        ['a', 'b'],
      );
      assert.equal(await store.stories.get('story:b'), undefined);
      const again = exampleRecord('b');
      await store.articles.saveRecord(again, null, alone(again, 'story:b'));
      assert.equal((await store.articles.get('article:b'))?.row.story, 'story:a', 'pinned');
      const split = await store.stories.split('story:a', ['article:b'], 'Ada');
      assert.equal((await store.stories.get(split))?.story.articles, 1);
      await store.stories.pin('article:c', split, 'Ada');
      assert.equal((await store.stories.list({ sort: 'largest' })).rows[0]?.id, split);
      assert.equal((await store.events.find({ story: split })).rows.length, 6);
    });

    withStore('a case holds its tellings and its verdict', async (store) => {
      for (const id of ['a', 'b']) {
        const record = exampleRecord(id);
        await store.articles.saveRecord(record, null, alone(record, 'story:a'));
      }
      const update: CaseUpdate = {
        id: 'case:1',
        story: 'story:a',
        title: 'Prison attacked in Hasakah',
        type: 'prison-break',
        status: 'happened',
        day: '2022-01-20',
        place: 'Al-Ḥasakah',
        country: 'SY',
        tellings: [
          { article: 'article:a', event: 'event:1' },
          { article: 'article:b', event: 'event:1' },
        ],
        origins: [{ name: 'army spokesman', articles: ['article:a', 'article:b'] }],
        tolls: [{ kind: 'killed', low: 12, best: 12, high: 12, reason: 'all say 12' }],
        disputed: false,
        links: [],
        reasons: ['same type, same place, same day'],
      };
      await store.cases.save([update]);
      assert.equal((await store.cases.of({ article: 'article:b', event: 'event:1' }))?.id, 'case:1');
      assert.equal((await store.cases.tellings('case:1')).length, 2);
      await store.reviews.review('case:1', 'accepted', 'Ada');
      await store.cases.save([{ ...update, title: 'Jail attacked' }]);
      const [shown] = (await store.cases.list({ reviewed: ['accepted'] })).rows;
      assert.deepEqual([shown?.title, shown?.reviewedBy], ['Jail attacked', 'Ada']);
      assert.equal((await store.events.find({ case: 'case:1', reviewed: ['accepted'] })).rows.length, 2);
      await store.articles.saveRecord(exampleRecord('b'), null, alone(exampleRecord('b'), 'story:a'));
      assert.equal((await store.cases.tellings('case:1')).length, 2, 'a new reading stays in its case');
      await store.cases.save([], ['case:1']);
      assert.equal((await store.events.find({ case: 'case:1' })).rows.length, 0);
    });
  });

  describe(`${name}: intake's books`, () => {
    withStore('feeds: due, polled, back-off counted, health in one word', async (store, opened) => {
      const feed = await store.feeds.add({ url: 'https://a.example/rss', title: 'A' });
      assert.equal((await store.feeds.add({ url: 'https://a.example/rss' })).id, feed.id);
      assert.equal(feed.health, 'new');
      assert.equal((await store.feeds.due()).length, 1);
      await store.feeds.polled(feed.id, { ok: true, nextPoll: '2022-02-01T01:00:00.000Z', newArticles: 2, etag: '"x"' });
      assert.equal((await store.feeds.due()).length, 0);
      opened.setTime('2022-02-01T02:00:00.000Z');
      assert.equal((await store.feeds.due())[0]?.etag, '"x"');
      await store.feeds.polled(feed.id, { ok: false, nextPoll: '2022-02-01T03:00:00.000Z', newArticles: 0, message: 'time-out' });
      const failing = await store.feeds.get(feed.id);
      assert.deepEqual([failing?.health, failing?.failures, failing?.lastFailure, failing?.etag], ['failing', 1, 'time-out', '"x"']);
      await store.feeds.polled(feed.id, { ok: true, nextPoll: '2022-03-01T00:00:00.000Z', newArticles: 0 });
      opened.setTime('2022-02-25T00:00:00.000Z');
      assert.equal((await store.feeds.get(feed.id))?.health, 'quiet');
      assert.equal((await store.feeds.change(feed.id, { active: false }))?.health, 'stopped');
      assert.equal(await store.feeds.remove(feed.id), true);
    });

    withStore('failures: one line per input, gone when it is read after all', async (store) => {
      await store.failures.note({ input: 'https://euphrates-post.example/a', room: 'intake', code: 'unreachable', message: 'no answer' });
      const again = await store.failures.note({
        input: 'https://euphrates-post.example/a',
        room: 'intake',
        code: 'unreachable',
        message: 'no answer',
      });
      assert.equal(again.attempts, 2);
      assert.deepEqual(await store.failures.counts(), [{ code: 'unreachable', count: 1 }]);
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      assert.equal((await store.failures.list()).rows.length, 0);
    });

    withStore('jobs: once each, leased, back after the lease ran out, done with their article', async (store, opened) => {
      await store.jobs.addAll([
        { kind: 'read-input', key: 'a', payload: { url: 'a' } },
        { kind: 'read-input', key: 'b', payload: { url: 'b' }, runAt: '2022-02-01T00:05:00.000Z' },
        { kind: 'read-input', key: 'a', payload: { url: 'a' } },
      ]);
      const [job, ...more] = await store.jobs.lease(['read-input'], 10, 60);
      assert.deepEqual([job?.key, job?.attempts, more.length], ['a', 1, 0]);
      assert.equal((await store.jobs.lease(['read-input'], 10, 60)).length, 0);
      opened.setTime('2022-02-01T00:02:00.000Z');
      const [again] = await store.jobs.lease(['read-input'], 10, 60);
      assert.deepEqual([again?.key, again?.attempts], ['a', 2], 'its holder died');
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record), { job: again?.id as number });
      opened.setTime('2022-02-01T00:10:00.000Z');
      const [b] = await store.jobs.lease(['read-input', 'other'], 10, 60);
      await store.jobs.fail(b?.id as number, 'no answer', '2022-02-01T00:20:00.000Z');
      assert.deepEqual(await store.jobs.counts(), { waiting: 1, leased: 0, done: 1, dead: 0 });
      opened.setTime('2022-02-01T00:30:00.000Z');
      const [third] = await store.jobs.lease(['read-input'], 1, 60);
      assert.equal(third?.lastError, 'no answer');
      await store.jobs.fail(third?.id as number, 'gone', null);
      assert.equal((await store.jobs.counts()).dead, 1);
    });
  });

  describe(`${name}: the desk's books`, () => {
    withStore('documents, alerts once per subject, grades, people with sessions, audit', async (store, opened) => {
      const view = await store.documents.save({ kind: 'view', title: 'Prisons', body: { types: ['prison-break'] } });
      await store.documents.save({ ...view, title: 'Jails' });
      assert.deepEqual(
        (await store.documents.list('view')).map((one) => [one.title, one.body]),
        [['Jails', { types: ['prison-break'] }]],
      );
      assert.equal(await store.documents.remove('view', view.id), true);
      const evidence = [{ article: A, event: 'event:1' as const }];
      assert.ok(await store.alerts.raise({ watch: 'w', subject: 'case:1', reason: '2 origins', evidence }));
      assert.equal(await store.alerts.raise({ watch: 'w', subject: 'case:1', reason: '3 origins', evidence }), undefined);
      const [alert] = (await store.alerts.list({ unseenOnly: true })).rows;
      await store.alerts.mark(alert?.id as number, 'seen');
      assert.equal((await store.alerts.list({ unseenOnly: true })).rows.length, 0);
      await store.sources.grade({ source: 'euphrates-post.example', reliability: 'B', note: null, who: 'Ada' });
      assert.equal((await store.sources.list())[0]?.reliability, 'B');
      await store.people.save({ name: 'Ada', role: 'analyst', passwordHash: 'h' });
      await store.people.save({ name: 'Ada', role: 'editor' });
      assert.equal((await store.people.get('Ada'))?.passwordHash, 'h');
      await store.people.openSession({ tokenHash: 't', person: 'Ada', until: '2022-02-01T01:00:00.000Z' });
      assert.equal((await store.people.session('t'))?.role, 'editor');
      opened.setTime('2022-02-01T02:00:00.000Z');
      assert.equal(await store.people.session('t'), undefined);
      await store.audit.write({ who: 'Ada', what: 'sign in', detail: { from: 'here' } });
      assert.deepEqual((await store.audit.list()).rows[0]?.detail, { from: 'here' });
    });

    withStore('who listens is told', async (store) => {
      const told: string[] = [];
      const stop = store.onChange((change) => told.push(`${change.kind} ${change.id}`));
      const record = exampleRecord();
      await store.articles.saveRecord(record, null, alone(record));
      stop();
      await store.articles.saveRecord(record, null, alone(record));
      assert.deepEqual(told, ['article article:a']);
    });

    withStore('check finds a quote that does not stand in its text, and a wrong hash', async (store) => {
      const record = exampleRecord();
      const { createHash } = await import('node:crypto');
      const bytes = new TextEncoder().encode('the page');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await store.articles.saveRecord(record, { sha256, bytes, mediaType: 'text/plain' }, alone(record));
      const well = await store.check();
      assert.deepEqual([well.articles, well.originals, well.problems], [1, 1, []]);
      assert.ok(well.quotes >= 8);
      const broken = exampleRecord('b');
      const text = `x${broken.article.text}`;
      await store.articles.saveRecord(
        { ...broken, article: { ...broken.article, text } },
        { sha256: '00'.repeat(32), bytes, mediaType: 'text/plain' },
        alone(broken),
      );
      const ill = await store.check();
      assert.ok(ill.problems.some((problem) => problem.includes('event:1') && problem.includes('attacked')));
      assert.ok(ill.problems.some((problem) => problem.includes('another hash')));
    });
  });
}
