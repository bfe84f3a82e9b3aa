/** The scores on groupings small enough to reckon by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreBCubed, scoreCeaf, scoreConll, scoreMuc } from './coreference-scores.ts';

const of = (groups: string) => new Map(groups.split(' ').flatMap((group) => [...group].map((item): [string, string] => [item, group])));
const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) < 1e-9, `${value}, not ${wanted}`);

test('the same grouping scores 1 in all', () => {
  assert.deepEqual(scoreConll(of('abc de'), of('abc de')), { muc: 1, bCubed: 1, ceaf: 1, conll: 1 });
});

test("Vilain's example: one link missing, one too many", () => {
  // true {abc}{defg}; found {ab}{cd}{efgh}
  const gold = of('abc defg');
  const found = of('ab cd efgh');
  near(scoreMuc(gold, found).recall, 3 / 5);
  near(scoreMuc(gold, found).precision, 3 / 5);
});

test('B³ weighs each item by the share of its group', () => {
  near(scoreBCubed(of('ab cd'), of('abcd')).precision, 0.5);
  near(scoreBCubed(of('ab cd'), of('abcd')).recall, 1);
  near(scoreBCubed(of('ab'), of('a')).recall, 0.25);
});

test('CEAF matches each group once, the best way over all', () => {
  // {abc}~{ab}: 4/5, {de}~{cde}: 4/5; the greedy pairing {abc}~{cde} would spoil it
  near(scoreCeaf(of('abc de'), of('ab cde')).recall, 0.8);
  near(scoreCeaf(of('abcd'), of('ab cd')).precision, 2 / 3 / 2);
});
