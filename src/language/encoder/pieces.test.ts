/** Words, pieces and shapes: the TypeScript side must see what the training side saw (pieces-examples.json is written by it). */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createPieces, shapeOf } from './pieces.ts';
import { READER_FOLDER } from './read-files.ts';

const examples = JSON.parse(readFileSync(new URL('./pieces-examples.json', import.meta.url), 'utf8')) as [string, number[], number][];
const split = createPieces(readFileSync(join(READER_FOLDER, 'vocabulary.txt'), 'utf8'));

test('words fall into the pieces that training used', () => {
  for (const [word, pieces] of examples) assert.deepEqual(split(word), pieces, JSON.stringify(word));
});

test('words have the shapes that training used', () => {
  for (const [word, , shape] of examples) assert.equal(shapeOf(word), shape, JSON.stringify(word));
});

test('a word gives at least one piece and at most sixteen', () => {
  for (const word of ['', ' ', '\u0301', 'x'.repeat(5000), '.'.repeat(5000), '🙂'.repeat(3000)]) {
    const count = split(word).length;
    assert.ok(count >= 1 && count <= 16, `${JSON.stringify(word.slice(0, 10))} gave ${count}`);
  }
});
