/**
 * Made-up records for tests and benchmarks: a number in, the same ArticleRecord out every time, with every span on its words.
 * Words, names and places fall off in frequency as they do in the news, so that indexes meet both the common and the rare.
 */
import type {
  ArticleRecord,
  Because,
  EntityOfRecord,
  EventMention,
  NewsEvent,
  Original,
  Participant,
  Span,
  Statement,
  StoryUpdate,
} from '../vocabulary.ts';
import { EVENT_TYPES, STATUSES } from '../vocabulary.ts';

/** A small generator of numbers between 0 and 1 (mulberry32): the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ONSETS = ['b', 'd', 'k', 'l', 'm', 'n', 'r', 's', 't', 'z', 'sh', 'kh', 'gr', 'tr', 'st', 'fl'];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai'];
const ENDS = ['', 'n', 'r', 's', 'd', 'k', 'm', 'sh'];

function coin(number: number): string {
  const random = seededRandom(number + 17);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  let word = '';
  const syllables = 2 + Math.floor(random() * 2);
  for (let at = 0; at < syllables; at++) word += pick(ONSETS) + pick(VOWELS) + (at === syllables - 1 ? pick(ENDS) : '');
  return word;
}

const COMMON =
  'the of and to in a said that on for was by were with killed attack police army government forces people city after security officials group military from region local president state troops official war two three reported border near day fighters told statement including'.split(
    ' ',
  );
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const RARE = Array.from({ length: 20_000 }, (_, at) => coin(at));
const PEOPLE = Array.from({ length: 6000 }, (_, at) => `${capital(coin(at + 30_000))} ${capital(coin(at + 50_000))}`);
const PLACES = Array.from({ length: 3000 }, (_, at) => {
  const random = seededRandom(at + 99);
  return {
    name: capital(coin(at + 70_000)),
    lat: random() * 120 - 50,
    lon: random() * 340 - 170,
    country: COUNTRIES(Math.floor(random() ** 2 * 60)),
  };
});
const SITES = Array.from({ length: 800 }, (_, at) => `${coin(at + 90_000)}.example`);

function COUNTRIES(at: number): string {
  return String.fromCharCode(65 + (at % 26)) + String.fromCharCode(65 + ((at * 7) % 26));
}

/** Falls off like 1/rank: index 0 the most often. */
const falling = (random: () => number, length: number) => Math.min(length - 1, Math.floor(Math.exp(random() * Math.log(length + 1)) - 1));

const isoDay = (days: number) => new Date(Date.UTC(2019, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);

export interface Generated {
  readonly record: ArticleRecord;
  readonly original: Original;
  readonly story: StoryUpdate;
}

/** @param words length of the text; about 800 words are 5 kB */
export function generateRecord(number: number, { words = 160, events: most = 6, days = 1500 } = {}): Generated {
  const random = seededRandom(number + 1);
  const pick = <Item>(list: readonly Item[]) => list[Math.floor(random() * list.length)] as Item;
  const often = <Item>(list: readonly Item[]) => list[falling(random, list.length)] as Item;
  const id = `article:${number}` as const;
  const published = isoDay(Math.floor(random() * days));
  let text = '';
  const say = (piece: string): Span => {
    const start = text.length;
    text += piece;
    return { text: piece, start, end: text.length };
  };
  const fill = (count: number) => {
    for (let at = 0; at < count; at++) say(`${random() < 0.55 ? often(COMMON) : often(RARE)} `);
  };
  const count = 1 + Math.floor(random() * most);
  const events: NewsEvent[] = [];
  const entities: EntityOfRecord[] = [];
  for (let at = 0; at < count; at++) {
    fill(Math.max(0, Math.floor(words / count) - 12));
    const start = text.length;
    const name = (list: readonly string[]): Participant => {
      const span = say(often(list));
      entities.push({ kind: 'person', name: span.text, acronym: null, description: null, mentions: [span] });
      return { name: span.text, start: span.start, end: span.end };
    };
    const actor = name(PEOPLE);
    say(' ');
    const trigger = say(pick(['attacked', 'shelled', 'seized', 'urged', 'feared', 'raided']));
    say(' ');
    const target = name(PEOPLE);
    say(' in ');
    const place = often(PLACES);
    const where = say(place.name);
    say(', killing ');
    const killed = Math.floor(random() ** 3 * 60);
    const toll = say(`${killed} people`);
    say('.');
    const mention: EventMention = { quote: text.slice(start), start, end: text.length, trigger };
    say(at % 2 === 0 ? '\n\n' : ' ');
    const because: Because = { ...trigger, field: 'status', reason: `"${trigger.text}"` };
    const dated = random() < 0.4;
    const day = isoDay(Math.floor(random() * days));
    events.push({
      id: `event:${at + 1}`,
      type: often(EVENT_TYPES),
      status: often(STATUSES),
      hedged: random() < 0.2,
      disputed: random() < 0.05,
      background: random() < 0.25,
      source: random() < 0.5 ? often(PEOPLE) : null,
      mentions: [mention],
      because: [because],
      actors: [actor],
      targets: [target],
      where: {
        words: where.text,
        name: place.name,
        country: place.country,
        lat: place.lat,
        lon: place.lon,
        precision: random() < 0.8 ? 'town' : 'country',
        start: where.start,
        end: where.end,
      },
      when: dated ? { words: '', from: day, to: day, precision: 'day' } : null,
      counts: [{ kind: 'killed', low: killed, high: killed, words: toll.text, source: null, start: toll.start, end: toll.end }],
      weapons: [],
      confidence: Math.round(random() * 100) / 100,
    });
  }
  const speaker = say(often(PEOPLE));
  say(' ');
  const cue = say('said');
  say(' ');
  const content = say('that the road was closed');
  say('.');
  const statement: Statement = {
    id: 'statement:1',
    act: 'assert',
    speaker: speaker.text,
    speakerSpan: speaker,
    cue: cue.text,
    cueSpan: cue,
    direct: false,
    channel: null,
    via: null,
    content: [content],
  };
  const site = often(SITES);
  const bytes = new TextEncoder().encode(text);
  return {
    record: {
      article: {
        id,
        name: String(number),
        title: `${capital(often(RARE))} ${often(COMMON)} ${often(RARE)}`,
        text,
        published,
        updated: null,
        fetched: `${published}T12:00:00.000Z`,
        publishedFrom: 'input',
        authors: [],
        publisher: null,
        site,
        url: `https://${site}/${number}`,
        language: 'en',
        dateline: null,
        dropped: [],
        notes: [],
      },
      events,
      statements: [statement],
      entities,
      places: [],
      notes: [],
    },
    original: { sha256: number.toString(16).padStart(64, '0'), bytes, mediaType: 'text/plain', url: `https://${site}/${number}` },
    story: {
      article: id,
      kind: random() < 0.1 ? 'copy' : 'original',
      copyOf: null,
      revisionOf: null,
      story: `story:${Math.floor(number / 3)}`,
      reasons: [],
    },
  };
}
