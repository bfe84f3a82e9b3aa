import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Token } from '../../vocabulary.ts';
import { basesOf, mendLemma } from './mend-lemma.ts';

const token = (text: string, lemma: string, upos: string, xpos: string): Token => ({
  text,
  lemma,
  upos,
  xpos,
  start: 0,
  end: text.length,
  head: -1,
  deprel: 'root',
  sentence: 0,
});

test('a guess that is no known word gives way to the base of the form', () => {
  assert.equal(mendLemma(token('seized', 'seiz', 'VERB', 'VBD')), 'seize');
  assert.equal(mendLemma(token('banning', 'bann', 'VERB', 'VBG')), 'ban');
  assert.equal(mendLemma(token('clashes', 'clashe', 'NOUN', 'NNS')), 'clash');
  assert.equal(mendLemma(token('fled', 'fl', 'VERB', 'VBD')), 'flee');
});

test('a known guess and a name stay', () => {
  assert.equal(mendLemma(token('killed', 'kill', 'VERB', 'VBD')), 'kill');
  assert.equal(mendLemma(token('Raids', 'Raids', 'PROPN', 'NNP')), 'Raids');
});

test('bases of an inflected form', () => {
  assert.deepEqual(basesOf('denied').slice(0, 1), ['deny']);
  assert.ok(basesOf('attacking').includes('attack'));
});
