import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findQuotations } from './find-quotations.ts';
import { findParagraphs } from './split-text.ts';

const quoted = (text: string) => findQuotations(text, findParagraphs(text));
const texts = (text: string) => quoted(text).map((quotation) => quotation.text);

test('finds straight, curly, low, angled and doubled marks', () => {
  assert.deepEqual(texts('"We left," he said. "Now."'), ['We left,', 'Now.']);
  assert.deepEqual(texts('“We left,” he said. „Wir auch“, »ja«, «non».'), ['We left,', 'Wir auch', 'ja', 'non']);
  assert.deepEqual(texts("He said, ``It is over.''"), ['It is over.']);
});

test('keeps the outermost quotation', () => {
  assert.deepEqual(texts('“He told me ‘go’ and “run” then,” she said.'), ['He told me ‘go’ and “run” then,']);
  assert.deepEqual(texts('"They said \'never\' again," she said.'), ["They said 'never' again,"]);
});

test('tells single marks from apostrophes', () => {
  assert.deepEqual(texts("'We don't fear the rebels' guns,' he said of the soldiers' base."), ["We don't fear the rebels' guns,"]);
  assert.deepEqual(texts("the rebels' camp and the soldiers' base in the '90s, tell 'em"), []);
  assert.deepEqual(texts('the so-called ‘safe zone’ there'), ['safe zone']);
});

test('follows a quotation over paragraphs that each open with a mark', () => {
  const found = quoted('He said: “One.\n\n“Two.\n\n“Three,” he added. “Four.”');
  assert.deepEqual(
    found.map(({ text, continues, open }) => [text, continues, open]),
    [
      ['One.', false, false],
      ['Two.', true, false],
      ['Three,', true, false],
      ['Four.', false, false],
    ],
  );
});

test('an unclosed quotation ends with its paragraph', () => {
  assert.deepEqual(
    quoted('He said "we go\n\nThey went.').map(({ text, continues, open }) => [text, continues, open]),
    [['we go', false, true]],
  );
});

test('inches and stray marks open nothing', () => {
  assert.deepEqual(texts('A man of 6\'2" came. "Hello," he said.'), ['Hello,']);
});

test('offsets give the words', () => {
  const text = 'A “b c” d "e".';
  for (const { text: words, start, end } of quoted(text)) assert.equal(text.slice(start, end), words);
});

test('reads many marks in linear time', () => {
  for (const mark of ['"', '“', '‘a ', "'a ", '«', "''"]) quoted(mark.repeat(100_000));
});
