import assert from 'node:assert/strict';
import { test } from 'node:test';
import languages from '../../lexicon/languages.json' with { type: 'json' };
import { detectLanguage } from './detect-language.ts';

for (const { language, example } of [...languages.commonWords, ...languages.ownLetters, ...languages.byPackage]) {
  test(`tells ${language}: ${example.slice(0, 30)}…`, async () => assert.equal(await detectLanguage(example), language));
}

test('does not guess at short or wordless texts', async () => {
  for (const text of ['', 'OK', 'Kabul', 'Photo: Reuters', '12:30 — 14 — 5,000', '🔥🔥🔥', '北京'])
    assert.equal(await detectLanguage(text), null, text);
});

test('tells a long text by a sample of it', async () => {
  assert.equal(await detectLanguage('The troops left the town in the night. '.repeat(30_000)), 'en');
});

test('reads capitals', async () => {
  assert.equal(await detectLanguage('TWO OF THE SOLDIERS WERE KILLED IN AN ATTACK NEAR THE BORDER, SAYS THE ARMY'), 'en');
});
