/** Lemmas by edit script and spans from label scores. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyScript, chooseLemma, createSpanDecoder } from './labels.ts';

test('edit scripts change the end of a word', () => {
  assert.equal(applyScript('Shelled', 'ed>'), 'shell');
  assert.equal(applyScript('striking', 'ing>e'), 'strike');
  assert.equal(applyScript('Damascus', '^>'), 'Damascus');
  assert.equal(applyScript('was', 'was>be'), 'be');
  assert.equal(applyScript('army', 'ies>y'), undefined);
});

test('the best script that fits gives the lemma, attested ones first', () => {
  const scripts = ['>', 'ed>', 'ied>y', 'ing>e', 'was>be'];
  const scores = Float32Array.of(1, 4, 3, 9, 8);
  const none = new Set<string>();
  assert.equal(chooseLemma('shelled', scripts, scores, 0, none), 'shell');
  assert.equal(chooseLemma('fire', scripts, scores, 0, none), 'fire');
  assert.equal(chooseLemma('denied', scripts, scores, 0, none), 'deni');
  assert.equal(chooseLemma('denied', scripts, scores, 0, new Set(['deny'])), 'deny');
});

const labels = ['O', 'B-person', 'I-person', 'E-person', 'S-person', 'B-place', 'I-place', 'E-place', 'S-place'];
const decode = createSpanDecoder(labels);
const scoresOf = (...best: string[]) => {
  const scores = new Float32Array(best.length * labels.length);
  for (const [word, label] of best.entries()) scores[word * labels.length + labels.indexOf(label)] = 6;
  return scores;
};

test('well-formed labels give their spans', () => {
  const spans = decode(scoresOf('B-person', 'E-person', 'O', 'S-place'), 0, labels.length, 4);
  assert.deepEqual(
    spans.map(({ start, end, kind }) => [start, end, kind]),
    [
      [0, 2, 'person'],
      [3, 4, 'place'],
    ],
  );
  assert.ok(spans.every((span) => span.score > 0.9 && span.score <= 1));
});

test('labels that do not fit together are put right', () => {
  const spans = decode(scoresOf('B-person', 'I-person', 'O', 'E-place'), 0, labels.length, 4);
  for (const span of spans) assert.ok(span.end > span.start);
  const open = decode(scoresOf('O', 'B-person'), 0, labels.length, 2);
  assert.ok(open.every((span) => span.end <= 2));
});

test('no name, no span', () => {
  assert.deepEqual(decode(scoresOf('O', 'O'), 0, labels.length, 2), []);
});
