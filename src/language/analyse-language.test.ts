import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Article } from '../vocabulary.ts';
import { analyseLanguage, type Language } from './analyse-language.ts';
import type { EncodedSentence } from './encoder/open-encoder.ts';

/** An encoder that calls capitalised words but the first names, and hangs every word on the first. */
const language = {
  encoder: {
    width: 0,
    read: async (sentences: readonly (readonly string[])[]): Promise<EncodedSentence[]> =>
      sentences.map((words) => ({
        tokens: words.map((word, index) => ({
          upos: 'X',
          xpos: 'XX',
          lemma: word.toLowerCase(),
          head: index === 0 ? -1 : 0,
          deprel: index === 0 ? 'root' : 'dep',
        })),
        names: words.flatMap((word, index) =>
          index > 0 && /^[A-Z]/.test(word) ? [{ start: index, end: index + 1, kind: 'person', score: 1 }] : [],
        ),
        mentions: [],
        innerMentions: [],
        vectors: new Float32Array(),
      })),
  },
  gazetteer: {
    lookUp: () => [],
    lookUpDemonym: () => null,
    country: () => null,
    capitalOf: () => null,
    partOf: () => null,
    borderOf: () => null,
  },
} as unknown as Language;

const articleOf = (text: string, declared: string | null = null): Article => ({
  id: 'article:1',
  name: 'page',
  title: null,
  text,
  published: '2019-09-18',
  updated: null,
  fetched: '2019-09-18T12:00:00Z',
  publishedFrom: null,
  authors: [],
  publisher: null,
  site: null,
  url: null,
  language: declared,
  dateline: null,
  dropped: [],
  notes: [],
});

test('reads English in full: sentences, heads in numbers of the article, times, counts, quotations', async () => {
  const text = 'The army said that at least 12 men were killed on Monday.\n\n“They left,” the general said of the rebels in the town.';
  const analysed = await analyseLanguage(articleOf(text), language);
  assert.equal(analysed.language, 'en');
  assert.equal(analysed.sentences.length, 2);
  for (const token of analysed.tokens) {
    assert.equal(token.text, text.slice(token.start, token.end));
    const { firstToken } = analysed.sentences[token.sentence]!;
    assert.equal(token.head, token === analysed.tokens[firstToken] ? -1 : firstToken);
  }
  assert.deepEqual(
    analysed.quantities.map((quantity) => [quantity.text, quantity.low, quantity.high]),
    [['at least 12', 12, null]],
  );
  assert.deepEqual(
    analysed.times.map((time) => time.from),
    ['2019-09-16'],
  );
  assert.deepEqual(
    analysed.quotations.map((quotation) => quotation.text),
    ['They left,'],
  );
  assert.deepEqual(analysed.notes, []);
});

test('survives JSON', async () => {
  const analysed = await analyseLanguage(articleOf('The army left the town on Monday, said John Roe of the Red Guard.'), language);
  assert.deepEqual(JSON.parse(JSON.stringify(analysed)), analysed);
});

test('does not read events in other languages, and says so', async () => {
  const analysed = await analyseLanguage(articleOf('قال الجيش يوم الثلاثاء إن جنديين قتلا عندما انفجرت قنبلة قرب الحدود.'), language);
  assert.equal(analysed.language, 'ar');
  assert.deepEqual(analysed.notes, [{ room: 'language', message: 'Events are not read in Arabic yet.' }]);
  assert.ok(analysed.tokens.length > 5);
  assert.deepEqual(analysed.quantities, []);
});

test('takes a text too short to tell by what its page declares, else as English', async () => {
  assert.equal((await analyseLanguage(articleOf('Kabul', 'fa-AF'), language)).language, 'fa');
  const short = await analyseLanguage(articleOf('Two dead in Kabul'), language);
  assert.equal(short.language, 'en');
  assert.match(short.notes[0]?.message ?? '', /too short/);
  assert.equal((await analyseLanguage(articleOf('كابل'), language)).language, 'und');
});

test('reads an empty text', async () => {
  const analysed = await analyseLanguage(articleOf(''), language);
  assert.deepEqual([analysed.tokens, analysed.sentences, analysed.times], [[], [], []]);
});
