/** The reader with its real weights: what it must always give, whatever the words are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EncodedSentence, openEncoder } from './open-encoder.ts';
import { readEncoderFiles } from './read-files.ts';

const encoder = await openEncoder(await readEncoderFiles());
const words = (text: string) => text.split(' ');
const SENTENCE = words('Government forces shelled the town of Maaret on Tuesday , killing three people , a rescue worker said .');

function checkTree({ tokens }: EncodedSentence): void {
  assert.equal(tokens.filter((token) => token.head === -1).length, tokens.length === 0 ? 0 : 1);
  for (const [i, token] of tokens.entries()) {
    assert.equal(token.deprel === 'root', token.head === -1);
    let at = i;
    for (let steps = 0; at !== -1; steps++) {
      assert.ok(steps <= tokens.length, 'a cycle');
      at = tokens[at]?.head as number;
    }
  }
}

test('reads grammar', async () => {
  const [read] = await encoder.read([SENTENCE]);
  const { tokens } = read as EncodedSentence;
  const at = (word: string) => tokens[SENTENCE.indexOf(word)];
  assert.equal(at('shelled')?.upos, 'VERB');
  assert.equal(at('shelled')?.lemma, 'shell');
  assert.match(at('shelled')?.feats ?? '', /Tense=Past/);
  assert.equal(at('forces')?.deprel, 'nsubj');
  assert.equal(at('forces')?.head, SENTENCE.indexOf('shelled'));
  assert.equal(at('town')?.deprel, 'obj');
  assert.equal(at('forces')?.lemma, 'force');
  assert.equal(at('people')?.head, SENTENCE.indexOf('killing'));
});

test('finds names', async () => {
  const [read] = await encoder.read([words('Maria Silva of the World Food Programme flew from Nairobi to Mogadishu .')]);
  const names = (read as EncodedSentence).names.map(({ start, end, kind }) => `${kind} ${start}-${end}`);
  assert.ok(names.includes('person 0-2'), names.join());
  assert.ok(names.includes('place 9-10'), names.join());
  assert.ok(names.includes('place 11-12'), names.join());
});

test('a sentence reads the same in any company', async () => {
  const others = Array.from({ length: 60 }, (_, i) => words('They met again near the border in May .').slice(0, 1 + (i % 9)));
  const [alone] = await encoder.read([SENTENCE]);
  const together = await encoder.read([...others, SENTENCE, ...others]);
  assert.deepEqual(together[60], alone);
});

test('gives one result per sentence and one token per word', async () => {
  const sentences = [[], ['Yes'], SENTENCE, ['', '\u200b', '🙂🙂', '.', 'ᚠᛇᚻ']];
  const read = await encoder.read(sentences);
  assert.deepEqual(
    read.map((sentence) => sentence.tokens.length),
    sentences.map((sentence) => sentence.length),
  );
  for (const sentence of read) {
    checkTree(sentence);
    assert.equal(sentence.vectors.length, sentence.tokens.length * encoder.width);
    assert.ok(sentence.vectors.every(Number.isFinite));
  }
});

test('a sentence of thousands of words is read in windows, as one tree', async () => {
  const long = Array.from({ length: 3000 }, (_, i) => SENTENCE[i % SENTENCE.length] as string);
  const [read] = await encoder.read([long]);
  checkTree(read as EncodedSentence);
  assert.equal(read?.tokens.length, 3000);
  assert.ok(read?.names.every((name) => name.end <= 3000 && name.start < name.end));
});

test('ten thousand capital letters in one word are read', async () => {
  const [read] = await encoder.read([['A'.repeat(10_000)]]);
  assert.equal(read?.tokens.length, 1);
});
