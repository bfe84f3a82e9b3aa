import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Floor, hashCorpus, judgeFigures, raiseFloors } from './floors.ts';

const floors: Record<string, Floor> = { f1: { floor: 0.7, better: 'higher' }, leaked: { floor: 0.02, better: 'lower' } };

test('a figure below its floor fails, and so does one that was not measured', () => {
  assert.deepEqual(
    judgeFigures({ f1: 0.69 }, floors).map(({ passed }) => passed),
    [false, false],
  );
  assert.deepEqual(
    judgeFigures({ f1: 0.7, leaked: 0.02 }, floors).map(({ passed }) => passed),
    [true, true],
  );
  assert.equal(judgeFigures({ f1: Number.NaN, leaked: 0 }, floors)[0]?.passed, false);
});

test('floors only rise, unless it is asked for', () => {
  assert.deepEqual(raiseFloors({ f1: 0.7519, leaked: 0.0301 }, floors, false), {
    f1: { floor: 0.751, better: 'higher' },
    leaked: floors.leaked,
  });
  assert.equal(raiseFloors({ f1: 0.5 }, floors, true).f1?.floor, 0.5);
});

test('the corpus hash changes with any byte and any name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'floors-'));
  writeFileSync(join(folder, 'a'), 'one');
  const before = hashCorpus([folder]);
  writeFileSync(join(folder, 'a'), 'two');
  const after = hashCorpus([folder]);
  assert.notEqual(before, after);
  writeFileSync(join(folder, 'b'), '');
  assert.notEqual(hashCorpus([folder]), after);
});
