import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentText } from './segment-text.ts';

test('cuts scripts with and without blanks into words and sentences', () => {
  const { sentences, tokens } = segmentText('قتل جنديان في حلب. وقال الجيش ذلك.\n\nثم عادوا.', 'ar');
  assert.deepEqual(
    sentences.map(({ text, paragraph }) => [text, paragraph]),
    [
      ['قتل جنديان في حلب.', 0],
      ['وقال الجيش ذلك.', 0],
      ['ثم عادوا.', 1],
    ],
  );
  assert.equal(tokens[0]?.text, 'قتل');
  const chinese = segmentText('军方周二表示，两名士兵死亡。', 'zh');
  assert.ok(chinese.tokens.length > 5);
});

test('offsets and token ranges hold, whatever the text and the language', () => {
  for (const [text, language] of [
    ['Привет! 🔥 مرحبا', 'ru'],
    ['x'.repeat(50_000), 'und'],
    [`a${'🔥'.repeat(20_000)}`, 'ar'],
    ['a b. '.repeat(9000), 'not a language'],
    ['', 'ar'],
  ] as const) {
    const { sentences, tokens } = segmentText(text, language);
    for (const token of tokens) assert.ok(token.text === text.slice(token.start, token.end) && token.text.isWellFormed());
    for (const sentence of sentences) {
      assert.equal(sentence.text, text.slice(sentence.start, sentence.end));
      for (let at = sentence.firstToken; at < sentence.endToken; at += 1) assert.equal(sentences[tokens[at]!.sentence], sentence);
    }
    assert.equal(sentences.at(-1)?.endToken ?? 0, tokens.length);
  }
});
