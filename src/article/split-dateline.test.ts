import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitDateline } from './split-dateline.ts';

const REST = 'a ferry sailed again on Monday morning after a week in port.';
for (const dateline of [
  'NORDHAVN (Reuters) -',
  'NORDHAVN, Denmark (AP) —',
  'NORDHAVN —',
  'NORDHAVN --',
  'NORDHAVN/SUNDBY (Reuters) -',
  'NORDHAVN, March 2 (Xinhua) --',
  '(AFP) -',
]) {
  test(`dateline: ${dateline}`, () =>
    assert.deepEqual(splitDateline(`${dateline} A${REST.slice(1)}`), { dateline, rest: `A${REST.slice(1)}` }));
}
for (const sentence of [
  'The harbour (closed since Monday) - a place of ferries - opened again on Monday morning after the storm.',
  'A man (32) – known to the police – was arrested on the pier on Monday morning, the harbour office said.',
]) {
  test(`no dateline: ${sentence.slice(0, 30)}`, () => {
    assert.equal(splitDateline(sentence).dateline, null);
  });
}
