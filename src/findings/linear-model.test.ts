import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, openModel, reasonsFor, scoreOf, softmax } from './linear-model.ts';

const model = openModel({ yes: { a: 2, b: -1 }, no: { a: -1 } });

test('scores are sums of known weights', () => {
  assert.equal(scoreOf(model, 'yes', ['a', 'b', 'unknown']), 1);
  assert.equal(scoreOf(model, 'neither', ['a']), 0);
});

test('probabilities sum to one, however large the scores', () => {
  const shares = softmax([1000, 1001]);
  assert.ok(Math.abs(shares[0]! + shares[1]! - 1) < 1e-12);
  assert.ok(classify(model, ['yes', 'no'], ['a'])[0]! > 0.9);
});

test('reasons come strongest first, only those that speak for it', () => {
  assert.deepEqual(reasonsFor(model, 'yes', ['b', 'a']), [{ feature: 'a', weight: 2 }]);
});
