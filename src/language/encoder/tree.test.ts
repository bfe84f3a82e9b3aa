/** The tree decoder against every tree there is, for small sentences. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeTree } from './tree.ts';

/** A fixed row of numbers that look random. */
function createNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function isTree(heads: readonly number[]): boolean {
  if (heads.filter((head) => head === 0).length !== 1) return false;
  return heads.every((_, i) => {
    let at = i + 1;
    for (let steps = 0; at !== 0; steps++) {
      if (steps > heads.length) return false;
      at = heads[at - 1] as number;
    }
    return true;
  });
}

/** The best score of any tree with one root word. */
function bestScore(scores: Float32Array, n: number): number {
  let best = Number.NEGATIVE_INFINITY;
  const heads: number[] = [];
  const extend = (word: number, total: number): void => {
    if (word > n) {
      if (isTree(heads)) best = Math.max(best, total);
      return;
    }
    for (let head = 0; head <= n; head++) {
      if (head === word) continue;
      heads.push(head);
      extend(word + 1, total + (scores[word * (n + 1) + head] as number));
      heads.pop();
    }
  };
  extend(1, 0);
  return best;
}

test('finds the best tree with one root', () => {
  const next = createNumbers(11);
  for (let round = 0; round < 300; round++) {
    const n = 1 + (round % 5);
    const scores = Float32Array.from({ length: (n + 1) * (n + 1) }, () => Math.round(next() * 200) / 10);
    const heads = [...decodeTree(scores, 0, n + 1, n)].slice(1);
    assert.ok(isTree(heads), `no tree: ${heads}`);
    const total = heads.reduce((sum, head, i) => sum + (scores[(i + 1) * (n + 1) + head] as number), 0);
    assert.ok(Math.abs(total - bestScore(scores, n)) < 1e-3, `round ${round}: ${total} is not the best`);
  }
});

test('a long sentence in which every word wants to be the root gives a tree', () => {
  const n = 250;
  const scores = new Float32Array((n + 1) * (n + 1));
  for (let d = 1; d <= n; d++) scores[d * (n + 1)] = 5;
  assert.ok(isTree([...decodeTree(scores, 0, n + 1, n)].slice(1)));
});
