import assert from 'node:assert/strict';
import { test } from 'node:test';
import furniture from '../../lexicon/article/furniture.json' with { type: 'json' };
import { cleanPlainText, cutPieces, nameFurniture } from './clean-plain-text.ts';

const BODY = 'The council met on Tuesday evening and agreed to repair the northern pier before the winter storms return.';

for (const rule of furniture.rules) {
  test(`furniture: ${rule.reason}: ${rule.example.slice(0, 60)}`, () => {
    if (rule.part === 'paragraph') assert.equal(nameFurniture(rule.example), rule.reason);
    else {
      const before = 'exampleBefore' in rule && rule.exampleBefore ? rule.exampleBefore : rule.part === 'inside' ? 'He said so.' : '';
      const { rest, cut } = cutPieces(`${before}${rule.reason === 'name card' ? ' ' : ''}${rule.example}`);
      assert.equal(rest, before);
      assert.deepEqual(
        cut.map((piece) => piece.reason),
        [rule.reason],
      );
    }
  });
}

test('sentences are no furniture', () => {
  for (const sentence of [
    BODY,
    'Read the statement in full: the minister said the bridge would be closed.',
    'Watch and wait was the order of the day, the captain told his crew.',
    '“More than 40 people were hurt,” the mayor said.',
    'The photo (taken on Monday) shows the pier.',
    'Source of the fire was a cable in the engine room, investigators said.',
    'Updated figures show that 31 people have died.',
    'Follow-up talks are planned for Friday in the capital.',
  ]) {
    assert.equal(nameFurniture(sentence), '', sentence);
    assert.equal(cutPieces(sentence).rest, sentence);
  }
});

test('a caption that closes with the name of an agency', () => {
  assert.equal(nameFurniture('Passengers wait at the repaired pier on Monday. AFP'), 'caption');
  assert.equal(nameFurniture('승객들이 수리된 부두에서 기다리고 있다. 연합뉴스'), 'caption');
  assert.equal(nameFurniture('The pier is open again, the harbour office told Reuters.'), '');
});

test('a passage told twice, a pull quote and a lone headline go; a crosshead stays', () => {
  const second = 'He added that “nobody on the island should have to wait for bread again” and thanked the coast guard for its help.';
  const text = [
    BODY,
    'Bread runs out',
    second,
    '“Nobody on the island should have to wait for bread again”',
    'Fishermen count the cost of a hard winter',
    BODY,
  ].join('\n\n');
  const { paragraphs, dropped } = cleanPlainText(text, null);
  assert.deepEqual(paragraphs, [BODY, 'Bread runs out', second]);
  assert.deepEqual(
    dropped.map((one) => one.reason),
    ['pull quote', 'headline of another story', 'repeated'],
  );
});

test('a byline and a date line on top go, and the names are kept', () => {
  const { paragraphs, authors } = cleanPlainText(`Jane Roe and John Doe\n\nThe Example\n\nFriday, July 21, 2017\n\n${BODY}`, null);
  assert.deepEqual(paragraphs, [BODY]);
  assert.deepEqual(authors, ['Jane Roe', 'John Doe']);
});

test('lines within a paragraph stay', () => {
  assert.deepEqual(cleanPlainText(`${BODY}\n${BODY.replace('Tuesday', 'Friday')}`, null).paragraphs, [
    `${BODY}\n${BODY.replace('Tuesday', 'Friday')}`,
  ]);
});

test('a date line under the title dates the text, with or without a weekday', () => {
  for (const line of ['September 12, 2019', 'Thursday, September 12, 2019', '12 September 2019']) {
    const { published, paragraphs } = cleanPlainText(
      `A bridge reopens\n\n${line}\n\nThe bridge over the river was opened again on Thursday.`,
      'A bridge reopens',
    );
    assert.equal(published, '2019-09-12', line);
    assert.deepEqual(paragraphs, ['The bridge over the river was opened again on Thursday.']);
  }
});
