import assert from 'node:assert/strict';
import { test } from 'node:test';
import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { Article, Token } from '../../vocabulary.ts';
import { splitText } from '../tokens/split-text.ts';
import { findTimes } from './find-times.ts';

function timesOf(text: string, published: string | null = lexicon.published, posts?: Article['posts']) {
  const split = splitText(text);
  const tokens: Token[] = split.sentences.flatMap((sentence, index) =>
    Array.from({ length: sentence.endToken - sentence.firstToken }, (_, offset) => {
      const start = split.tokens.starts[sentence.firstToken + offset] as number;
      const end = split.tokens.ends[sentence.firstToken + offset] as number;
      const word = text.slice(start, end);
      return { text: word, start, end, lemma: word, upos: 'X', head: -1, deprel: 'dep', sentence: index };
    }),
  );
  const article = { text, published, ...(posts ? { posts } : {}) } as Article;
  return findTimes({ article, tokens, sentences: split.sentences });
}

for (const { example } of [...lexicon.rules, ...lexicon.ranges, ...lexicon.tenses]) {
  const [text, words, value, from, to] = example as [string, string, string, string | null, string | null];
  test(`${text} → ${value}`, () => {
    const found = timesOf(text).find((time) => time.text === words);
    assert.deepEqual([found?.text, found?.value, found?.from, found?.to], [words, value, from, to], JSON.stringify(timesOf(text)));
  });
}

for (const text of lexicon.none.examples) {
  test(`no time: ${text}`, () =>
    assert.deepEqual(
      timesOf(text)
        .filter(({ kind }) => kind !== 'duration')
        .map((time) => time.text),
      [],
    ));
}

test('without a publication date only full dates are resolved', () => {
  const times = timesOf('On Tuesday and on 5 May 2011 they met.', null);
  assert.deepEqual(
    times.map(({ from, value }) => [from, value]),
    [
      [null, 'XXXX-WXX-2'],
      ['2011-05-05', '2011-05-05'],
    ],
  );
});

test('a date line stands in for a publication date that is missing', () => {
  const times = timesOf('Roe steps down\n\nSunday, March 5 , 2007\n\nHe left today.', null);
  assert.equal(times.at(-1)?.value, '2007-03-05');
  assert.equal(timesOf('On March 5, 2007\n\nHe left today.', null).at(-1)?.from, null);
});

test('days hang on the date before them', () => {
  const [, later] = timesOf('The raid was on 5 May 2011. Two weeks later they fled.');
  assert.deepEqual([later?.value, later?.offsetDays], ['2011-W20', 14]);
  const [after] = timesOf('Three days after the raid they fled.');
  assert.deepEqual([after?.kind, after?.value, after?.from, after?.offsetDays], ['duration', 'P3D', null, 3]);
});

test('a clock time takes the day beside it', () => {
  assert.equal(timesOf('It fell at 8 p.m. on Monday.')[0]?.value, '2019-09-16T20:00');
});

test('a post of a live blog is read against its own date', () => {
  const text = 'They left today.\n\nThey left today.';
  const times = timesOf(text, '2019-09-18', [{ start: 18, end: 34, published: '2019-09-17T10:00:00Z' }]);
  assert.deepEqual(
    times.map(({ value }) => value),
    ['2019-09-18', '2019-09-17'],
  );
});

test('offsets give the words, and times never overlap', () => {
  const text = 'On Monday, May 3, 2010, from 5 to 7 p.m., they met for the third year in two-and-a-half decades since late last year.';
  let end = 0;
  for (const time of timesOf(text)) {
    assert.equal(time.text, text.slice(time.start, time.end));
    assert.ok(time.start >= end);
    end = time.end;
  }
});

test('reads long runs in linear time', () => {
  for (const run of ['May ', '12 ', 'two ', 'the last ', 'early ', '12-', 'last week ', 'to May 5 ']) timesOf(run.repeat(10_000));
});
