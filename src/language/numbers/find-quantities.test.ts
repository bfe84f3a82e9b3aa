import assert from 'node:assert/strict';
import { test } from 'node:test';
import lexicon from '../../../lexicon/en/numbers.json' with { type: 'json' };
import type { Token } from '../../vocabulary.ts';
import { splitText } from '../tokens/split-text.ts';
import { findQuantities } from './find-quantities.ts';

/** Tokens without grammar, save the nouns that "no" looks for. */
function tokensOf(text: string): Token[] {
  const { sentences, tokens } = splitText(text);
  return sentences.flatMap((sentence, index) =>
    Array.from({ length: sentence.endToken - sentence.firstToken }, (_, offset) => {
      const start = tokens.starts[sentence.firstToken + offset] as number;
      const end = tokens.ends[sentence.firstToken + offset] as number;
      const word = text.slice(start, end);
      const upos = /^(?:casualties|men|injuries)$/.test(word) ? 'NOUN' : 'X';
      return { text: word, start, end, lemma: word, upos, head: -1, deprel: 'dep', sentence: index };
    }),
  );
}
const quantitiesOf = (text: string) => findQuantities(text, tokensOf(text), []).map(({ text: words, low, high }) => [words, low, high]);
const boundsOf = (text: string) => findQuantities(text, tokensOf(text), []).map(({ low, high }) => [low, high]);

for (const { low, high, example } of lexicon.vague) test(example, () => assert.deepEqual(boundsOf(example), [[low, high]]));
for (const { example } of [...lexicon.before, ...lexicon.after])
  test(example.text, () => assert.deepEqual(boundsOf(example.text), [[example.low, example.high]]));
for (const { text, low, high } of lexicon.numbers) test(text, () => assert.deepEqual(boundsOf(text), [[low, high]]));
for (const example of lexicon.notCounted.examples)
  test(`no count: ${example}`, () => assert.deepEqual(boundsOf(`Then ${example} came.`), []));

test('gives the words with their bounds', () => {
  assert.deepEqual(quantitiesOf('At least 12 soldiers and two rebels died; dozens fled.'), [
    ['At least 12', 12, null],
    ['two', 2, 2],
    ['dozens', 24, 99],
  ]);
});

test('leaves out what is part of a time', () => {
  const text = 'In 2014 some 300 men came.';
  assert.deepEqual(
    findQuantities(text, tokensOf(text), [{ start: 3, end: 7 }]).map(({ low }) => low),
    [300],
  );
});

test('reads a long run of numbers in linear time', () => {
  for (const run of ['one ', 'a ', '12 ', 'at least ', 'twenty - ', 'hundred and ', '1-', 'between ']) boundsOf(run.repeat(20_000));
});
