import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planPoll } from './plan-poll.ts';

const NOW = '2022-01-21T12:00:00.000Z';
const MINUTES = 60_000;

/** `count` entries, the newest `ago` minutes old, one every `gap` minutes. */
const entries = (count: number, gap: number, ago = 0): string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse(NOW) - (ago + index * gap) * MINUTES).toISOString());
const waits = (history: Parameters<typeof planPoll>[0], chance = 0.5): number =>
  (Date.parse(planPoll(history, NOW, chance)) - Date.parse(NOW)) / MINUTES;

test('the wait is half the gap between entries, between ten minutes and a day', () => {
  assert.equal(waits({ entryTimes: entries(20, 60), failures: 0 }), 30);
  assert.equal(waits({ entryTimes: entries(20, 2), failures: 0 }), 10);
  assert.equal(waits({ entryTimes: entries(20, 60 * 24 * 9), failures: 0 }), 24 * 60);
  assert.equal(waits({ entryTimes: [], failures: 0 }), 60);
  assert.equal(waits({ entryTimes: ['nonsense', '2022-01-20'], failures: 0 }), 60);
});

test('a feed that has fallen silent is asked less often', () => {
  assert.equal(waits({ entryTimes: entries(20, 5, 60 * 24), failures: 0 }), 180);
});

test('entries dated in the future do not count', () => {
  assert.equal(waits({ entryTimes: [...entries(20, 60), '2032-01-01T00:00:00Z'], failures: 0 }), 30);
});

test('each failure doubles the wait, up to a day', () => {
  const entryTimes = entries(20, 60);
  assert.deepEqual(
    [1, 2, 3, 9, 500].map((failures) => waits({ entryTimes, failures })),
    [60, 120, 240, 24 * 60, 24 * 60],
  );
});

test('chance spreads the visits; a site that asks for later gets later', () => {
  assert.deepEqual(
    [waits({ entryTimes: entries(20, 60), failures: 0 }, 0), waits({ entryTimes: entries(20, 60), failures: 0 }, 1)],
    [28.5, 31.5],
  );
  assert.equal(planPoll({ entryTimes: [], failures: 1, notBefore: '2022-01-22T12:00:00Z' }, NOW, 0), '2022-01-22T12:00:00.000Z');
  assert.equal(waits({ entryTimes: [], failures: 0, notBefore: '2022-01-20T00:00:00Z' }), 60);
});
