import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareCodings, reckonAlpha } from './agreement.ts';
import { diffTexts } from './diff-texts.ts';
import { makeTelling } from './made-up-events.ts';

test('alpha for names is that of the worked example of two coders', () => {
  // Krippendorff 2011, part B: twelve units, nominal data, two observers: alpha = 0.692
  const one = 'a a b b d c c c e d d a'.split(' ');
  const other = 'b a b b b c c c e d d d'.split(' ');
  const alpha = reckonAlpha(one.map((value, at) => [value, other[at] as string]));
  assert.equal(alpha?.toFixed(3), '0.692');
});

test('full agreement is 1, systematic disagreement below 0, and nothing to vary is no figure', () => {
  assert.equal(
    reckonAlpha([
      ['x', 'x'],
      ['y', 'y'],
    ]),
    1,
  );
  assert.ok(
    (reckonAlpha([
      ['x', 'y'],
      ['y', 'x'],
    ]) ?? 0) < 0,
  );
  assert.equal(reckonAlpha([['x', 'x']]), null);
  assert.equal(reckonAlpha([]), null);
});

test('events pair by their triggers; what differs is listed field by field', () => {
  const { event } = makeTelling();
  const later = makeTelling({ mentions: [{ quote: 'q', start: 50, end: 60, trigger: { text: 'q', start: 50, end: 51 } }] }).event;
  const agreement = compareCodings(
    [
      { article: 'article:a', event },
      { article: 'article:a', event: later },
    ],
    [{ article: 'article:a', event: { ...event, status: 'feared' } }],
  );
  assert.deepEqual([agreement.both, agreement.onlyOne, agreement.onlyOther], [1, 1, 0]);
  assert.equal(agreement.found, 2 / 3);
  assert.deepEqual(agreement.differences[0]?.fields, [{ field: 'status', one: 'happened', other: 'feared' }]);
  assert.equal(agreement.differences[1]?.other, null);
});

test('a diff says what went and came, and joins to both texts', () => {
  const before = 'At least 20 people died.\n\nThe army denied it.\n\nNight fell.';
  const after = 'At least 35 people died.\n\nNight fell.\n\nRescuers came.';
  const pieces = diffTexts(before, after);
  const join = (kinds: readonly string[]) =>
    pieces
      .filter((piece) => kinds.includes(piece.kind))
      .map((piece) => piece.text)
      .join('');
  assert.equal(join(['same', 'new']), after);
  assert.equal(join(['same', 'gone']), before);
  assert.ok(
    pieces.some((piece) => piece.kind === 'gone' && piece.text.includes('20')) &&
      pieces.some((piece) => piece.kind === 'new' && piece.text.includes('35')),
  );
  assert.deepEqual(diffTexts('same', 'same'), [{ kind: 'same', text: 'same' }]);
});
