import assert from 'node:assert/strict';
import { test } from 'node:test';
import examples from '../../lexicon/en/parsed-examples.json' with { type: 'json' };
import type { AnalysedArticle } from '../vocabulary.ts';
import { findFindings } from './find-findings.ts';

const TEXT =
  'Gunmen killed three policemen in Mosul on Tuesday, officials said.\n\nThe governor urged the army to deploy two brigades.\n\nThe army denied that it had shelled the market.';
const analysed = (examples as unknown as Record<string, AnalysedArticle>)[TEXT]!;
const findings = findFindings(analysed);
const told = (trigger: string) => findings.events.find((e) => e.mentions.some((m) => m.trigger.text === trigger));

test('a deed told as done, with who, to whom, how many', () => {
  const event = told('killed');
  assert.equal(event?.type, 'attack');
  assert.equal(event?.status, 'happened');
  assert.deepEqual(
    event?.actors.map((a) => a.name),
    ['Gunmen'],
  );
  assert.ok(event?.targets.some((t) => t.name.includes('policemen')));
  assert.deepEqual(
    event?.counts.map(({ kind, low, high }) => ({ kind, low, high })),
    [{ kind: 'killed', low: 3, high: 3 }],
  );
});

test('a deed only asked for is called for, by the one who asks', () => {
  const event = told('deploy');
  assert.equal(event?.type, 'troop-movement');
  assert.equal(event?.status, 'called-for');
  const status = event?.because.find((b) => b.field === 'status');
  assert.equal(status?.text, 'urged');
});

test('a deed denied is not told as done', () => {
  const event = told('shelled');
  assert.ok(event === undefined || (event.status !== 'happened' && event.status !== 'ongoing'), 'told as done');
});

test('every span gives its words, and all of it survives JSON', () => {
  const { text } = analysed.article;
  for (const event of findings.events) {
    for (const { quote, start, end, trigger } of event.mentions) {
      assert.equal(text.slice(start, end), quote);
      assert.equal(text.slice(trigger.start, trigger.end), trigger.text);
    }
    for (const b of event.because) assert.equal(text.slice(b.start, b.end), b.text);
    assert.ok(event.confidence >= 0 && event.confidence <= 1);
  }
  assert.deepEqual(JSON.parse(JSON.stringify(findings)), findings);
});

test('the same article gives the same findings', () => {
  assert.deepEqual(findFindings(analysed), findings);
});

test('a text in a language that is not read in full gives nothing', () => {
  assert.deepEqual(findFindings({ ...analysed, language: 'fr' }), { events: [], statements: [], notes: [] });
});
