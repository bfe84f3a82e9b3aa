import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { Article, NameKind, PlaceMention, Token } from '../../vocabulary.ts';
import { splitText } from '../tokens/split-text.ts';
import { findPlaces } from './find-places.ts';
import { openGazetteer } from './open-gazetteer.ts';

const gazetteer = openGazetteer(readFileSync(new URL('../../../models/gazetteer/gazetteer.bin', import.meta.url)));

/** Reads a text without an encoder: capitalised words are proper nouns; [words, kind] pairs stand for its names. */
function read(text: string, named: [string, NameKind][] = [], language = 'en'): PlaceMention[] {
  const split = splitText(text);
  const tokens: Token[] = split.sentences.flatMap((sentence, number) =>
    Array.from({ length: sentence.endToken - sentence.firstToken }, (_, i): Token => {
      const at = sentence.firstToken + i;
      const [start, end] = [split.tokens.starts[at]!, split.tokens.ends[at]!];
      const word = text.slice(start, end);
      const upos = /^\p{Lu}/u.test(word) && i > 0 ? 'PROPN' : /^\w/.test(word) ? 'NOUN' : 'PUNCT';
      return { text: word, start, end, lemma: word.toLowerCase(), upos, head: -1, deprel: 'dep', sentence: number };
    }),
  );
  const names = named.map(([name, kind]) => {
    const start = text.indexOf(name);
    const firstToken = tokens.findIndex((token) => token.start === start);
    const endToken = tokens.findIndex((token) => token.end === start + name.length) + 1;
    return { firstToken, endToken, kind, score: 0.9 };
  });
  const article = { text, title: null, dateline: null } as Article;
  return findPlaces({ article, tokens, sentences: split.sentences, names, gazetteer, language });
}

const show = (places: PlaceMention[]) => places.map((place) => `${place.text}=${place.name},${place.country},${place.precision}`);

test('what stands beside a name decides between namesakes', () => {
  assert.equal(read('The shooting took place in Portland, Maine, on Friday.')[0]?.province, 'Maine');
  assert.equal(read('Police in Portland said so. The march in Seattle, Washington, was calm.')[0]?.province, 'Oregon');
  assert.equal(read('A bomb went off in Tripoli, Lebanon, on Monday.')[0]?.country, 'LB');
  assert.equal(read('Fighting raged around Tripoli as Libya slid into war.')[0]?.country, 'LY');
  assert.equal(
    read('Troops left the Georgian capital. Shells fell near Georgia and Abkhazia.').find((place) => place.text === 'Georgia')?.country,
    'GE',
  );
  assert.equal(read('A storm hit Georgia, the US state, and Atlanta lost power.').find((place) => place.text === 'Georgia')?.country, 'US');
});

test('one name means one place throughout an article', () => {
  const places = read('The blast hit Alexandria, Va., at noon. By night Alexandria was calm.');
  assert.deepEqual(
    places.filter((place) => place.text === 'Alexandria').map((place) => place.province),
    ['Virginia', 'Virginia'],
  );
});

test('abbreviations of states after a comma', () => {
  for (const [short, state] of Object.entries(words.abbreviations)) {
    const [, found] = read(`The man was held in Springfield, ${short}, on Tuesday.`);
    assert.equal(found?.name.replace(' state', ''), state.replace(' state', ''), short);
  }
});

test('persons, newspapers and groups are no places', () => {
  assert.deepEqual(
    read('Paris Hilton met Michael Jordan there.', [
      ['Paris Hilton', 'person'],
      ['Michael Jordan', 'person'],
    ]),
    [],
  );
  assert.deepEqual(read('The report in the Washington Post was wrong.', [['Washington Post', 'organisation']]), []);
  assert.deepEqual(read('In March the Police took a Reading of it.'), []);
});

test('two countries are two mentions, with the middle that atlases give', () => {
  const places = read('Jails in Syria and Iraq were attacked.');
  assert.deepEqual(
    places.map(({ country, lat, lon, precision }) => [country, lat, lon, precision]),
    [
      ['SY', 35, 38, 'country'],
      ['IQ', 33, 44, 'country'],
    ],
  );
});

test('a people is marked, and tells where its town lies', () => {
  const places = read('Shells struck the Syrian town of Tripoli and the Lebanese city of Tyre.');
  assert.equal(places[0]?.demonym, true);
  assert.equal(places.find((place) => place.text === 'Tyre')?.country, 'LB');
});

test('parts of countries and of towns', () => {
  const [north] = read('Convoys crossed northern Syria on Sunday.');
  assert.equal(north?.text, 'northern Syria');
  assert.equal(north?.precision, 'province');
  assert.ok(north!.lat! > 35.5);
  const [part] = read('Clashes broke out in eastern Aleppo overnight.');
  assert.deepEqual([part?.name, part?.precision], ['eastern Aleppo', 'district']);
  assert.equal(read("Rebels hold Mali's north.").find((place) => place.text === 'north')?.name, 'northern Mali');
});

test('sites stand in the town beside them', () => {
  const embassy = read('Guards fired at the US Embassy in Baghdad.').find((place) => place.precision === 'site');
  assert.deepEqual([embassy?.text, embassy?.country], ['US Embassy', 'IQ']);
  const airport = read('A rocket hit Benghazi International Airport.');
  assert.deepEqual(show(airport), ['Benghazi International Airport=Benghazi International Airport,LY,site']);
  const hotel = read('Gunmen stormed the Sahara Hotel in Bamako. Guests fled the hotel.');
  assert.deepEqual(
    hotel.filter((place) => place.precision === 'site').map((place) => [place.text, place.description ?? false]),
    [
      ['Sahara Hotel', false],
      ['the hotel', true],
    ],
  );
});

test('descriptions are resolved by what was named before', () => {
  const places = read("Mortars hit Aleppo. The army left the city. Talks go on in Lebanon's capital.");
  assert.equal(places.find((place) => place.text === 'the city')?.name, 'Aleppo');
  assert.equal(places.find((place) => place.text === 'capital')?.name, 'Beirut');
  const border = read('Tanks massed on the Turkish-Syrian border.').find((place) => place.text === 'border');
  assert.ok(border!.lat! > 36 && border!.lat! < 37.5);
  const country = read('Nigeria has called an election. Polls opened across the country.').find((place) => place.description);
  assert.equal(country?.country, 'NG');
});

test('a village that no list knows lies by the place it is told with', () => {
  const places = read('Three men died in the village of Qarnabush near Idlib.');
  const village = places.find((place) => place.text === 'Qarnabush');
  assert.deepEqual([village?.country, village?.precision], ['SY', 'district']);
});

test('names in other languages', () => {
  const arabic = read('قتل ثلاثة في الرقة وحلب في سوريا', [], 'ar').map((place) => place.name);
  assert.deepEqual(arabic, ['Raqqa', 'Aleppo', 'Syria']);
  assert.deepEqual(
    read('Взрыв произошёл в Донецке, сообщили в Киеве.', [], 'ru').map((place) => place.name),
    ['Donetsk', 'Kyiv'],
  );
  assert.ok(read('巴格达发生爆炸', [], 'zh').some((place) => place.name === 'Baghdad'));
});

test('offsets give the words, in order, without overlap', () => {
  const text = 'From Mosul, Iraq, to Raqqa, Syria, the U.S. Embassy in Amman and the Jordanian capital saw it across the border.';
  let end = 0;
  for (const place of read(text)) {
    assert.equal(text.slice(place.start, place.end), place.text);
    assert.ok(place.start >= end);
    end = place.end;
  }
});

test('long runs of capitals and emoji are read in linear time', () => {
  assert.ok(Array.isArray(read('MOSUL '.repeat(2000))));
  assert.ok(Array.isArray(read('😀'.repeat(2000))));
});
