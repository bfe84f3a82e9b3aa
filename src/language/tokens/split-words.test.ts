import assert from 'node:assert/strict';
import { test } from 'node:test';
import words from '../../../lexicon/en/tokens.json' with { type: 'json' };
import { splitWords, type TokenBorders } from './split-words.ts';

function tokensOf(text: string): string {
  const into: TokenBorders = { starts: [], ends: [] };
  splitWords(text, 0, text.length, into);
  return into.starts.map((start, index) => text.slice(start, into.ends[index])).join(' ');
}

interface Example {
  readonly text: string;
  readonly tokens: string;
}
const groups: readonly { example: Example }[] = [
  ...words.abbreviations,
  ...words.clitics,
  ...Object.values(words).filter((group): group is typeof words.units => !Array.isArray(group)),
];
for (const { example } of groups) {
  test(`tokens of “${example.text}”`, () => assert.equal(tokensOf(example.text), example.tokens));
}

const cases: readonly (readonly [string, string])[] = [
  ["He doesn’t know; it won't.", "He does n’t know ; it wo n't ."],
  ['U.S.-backed troops of the U.N. left.', 'U.S. - backed troops of the U.N. left .'],
  ['$1.2 million, US$3m, 40% and 2,000 men', '$ 1.2 million , US$ 3 m , 40 % and 2,000 men'],
  ['At 10:30 on 16/11/2004 call 713-853-3989.', 'At 10:30 on 16/11/2004 call 713-853-3989 .'],
  ['See https://example.org/a_(b)?x=1, or mail a.b@example.org.', 'See https://example.org/a_(b)?x=1 , or mail a.b@example.org .'],
  ['well... no!! “Ja?” (x).', 'well ... no !! “ Ja ? ” ( x ) .'],
  ["al-Qaeda, Shi'ite, Sana'a, O'Neill's", "al - Qaeda , Shi'ite , Sana'a , O'Neill 's"],
  ["the soldiers' base—there", "the soldiers ' base — there"],
  ['5-7 men, 1969-1970, F-16s', '5 - 7 men , 1969 - 1970 , F - 16s'],
  ['👩‍🚒🔥 ok', '👩‍🚒 🔥 ok'],
  ['zero\u200bwidth\u00a0blank', 'zero width blank'],
];
for (const [text, expected] of cases) test(`cuts “${text}”`, () => assert.equal(tokensOf(text), expected));

test('reads long runs without a blank in linear time', () => {
  for (const run of ['A', 'a.', '1,', '-', '.', "'", '#', '@', 'é', '👍', '“', 'www.', '7-']) {
    const text = run.repeat(50_000 / run.length);
    const into: TokenBorders = { starts: [], ends: [] };
    splitWords(text, 0, text.length, into);
    assert.equal(into.ends.at(-1), text.length, run);
  }
});
