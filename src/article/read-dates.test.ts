import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from './read-dates.ts';

const CASES: readonly (readonly [string, string | null])[] = [
  ['2024-05-03T15:47:42.389Z', '2024-05-03T15:47:42Z'],
  ['2024-05-03 15:47:42 +0200', '2024-05-03T15:47:42+02:00'],
  ['2024-05-03', '2024-05-03'],
  ['20240503', '2024-05-03'],
  ['3 May 2024', '2024-05-03'],
  ['May 3rd, 2024 4:45 p.m.', '2024-05-03T16:45:00'],
  ['3. Mai 2024, 07:39 Uhr', '2024-05-03T07:39:00'],
  ['le 3 mai 2024 à 09h15', '2024-05-03T09:15:00'],
  ['3 de mayo de 2024', '2024-05-03'],
  ['3 мая 2024, 10:00', '2024-05-03T10:00:00'],
  ['3 травня 2024', '2024-05-03'],
  ['3 Mayıs 2024', '2024-05-03'],
  ['٣ مايو ٢٠٢٤', '2024-05-03'],
  ['3 أيار 2024', '2024-05-03'],
  ['3 במאי 2024', '2024-05-03'],
  ['2024年5月3日 18:40', '2024-05-03T18:40:00'],
  ['2024년 5월 3일', '2024-05-03'],
  ['03.05.2024', '2024-05-03'],
  ['1714751262', '2024-05-03T15:47:42Z'],
  ['no date at all', null],
  ['2024-13-45', null],
];
for (const [text, expected] of CASES) test(`date: ${text}`, () => assert.equal(parseDate(text), expected));

test('American order only where the page is American', () => {
  assert.equal(parseDate('05/03/2024', true), '2024-05-03');
  assert.equal(parseDate('05/03/2024'), '2024-03-05');
  assert.equal(parseDate('05/23/2024'), '2024-05-23');
});
