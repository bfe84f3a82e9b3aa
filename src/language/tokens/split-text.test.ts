import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitText } from './split-text.ts';

const sentencesOf = (text: string) => splitText(text).sentences.map((sentence) => sentence.text);

test('parts sentences at full stops but not at abbreviations', () => {
  assert.deepEqual(sentencesOf('Gen. Roe of the U.S. Army spoke at 5 p.m. in Doeville. "We left," he said. Did they stay? No.'), [
    'Gen. Roe of the U.S. Army spoke at 5 p.m. in Doeville.',
    '"We left," he said.',
    'Did they stay?',
    'No.',
  ]);
  assert.deepEqual(sentencesOf('They flew to the U.S. The minister stayed.'), ['They flew to the U.S.', 'The minister stayed.']);
  assert.deepEqual(sentencesOf('The crew at sea Image: J. Roe.'), ['The crew at sea', 'Image: J. Roe.']);
  assert.deepEqual(sentencesOf('"It is over." The crowd went home.'), ['"It is over."', 'The crowd went home.']);
});

test('keeps paragraphs apart and numbers them', () => {
  const { sentences, paragraphs } = splitText('  A headline without a stop\n\nThe body. More of it.\n \n\nLast ');
  assert.deepEqual(
    sentences.map((sentence) => [sentence.text, sentence.paragraph]),
    [
      ['A headline without a stop', 0],
      ['The body.', 1],
      ['More of it.', 1],
      ['Last', 2],
    ],
  );
  assert.equal(paragraphs.length, 3);
});

test('a short line ends a sentence, a wrapped one does not', () => {
  assert.deepEqual(sentencesOf('What happened\nTroops came'), ['What happened', 'Troops came']);
  const wrapped = 'The troops that had held the northern bank of the river for eleven\nweeks left it at dawn.';
  assert.deepEqual(sentencesOf(wrapped), [wrapped]);
});

test('every token lies in its sentence, whatever the text', () => {
  for (const text of [
    '',
    ' \n\n ',
    'A'.repeat(10_000),
    'WORD '.repeat(3000),
    '🔥 '.repeat(500),
    'مرحبا. Hello. 你好。 Привет! '.repeat(40),
    '"'.repeat(999),
  ]) {
    const { sentences, tokens } = splitText(text);
    let token = 0;
    for (const sentence of sentences) {
      assert.equal(sentence.text, text.slice(sentence.start, sentence.end));
      assert.equal(sentence.firstToken, token);
      assert.equal(tokens.starts[sentence.firstToken], sentence.start);
      assert.equal(tokens.ends[sentence.endToken - 1], sentence.end);
      token = sentence.endToken;
    }
    assert.equal(token, tokens.starts.length);
  }
});
