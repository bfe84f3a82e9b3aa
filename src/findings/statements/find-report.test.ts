import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalysedArticle, Token } from '../../vocabulary.ts';
import { growTree, spanOf } from '../grammar/tree.ts';
import { indexNames } from '../word-classes.ts';
import { aroundReport, findBeginning } from './clause-said.ts';
import { findReport } from './find-report.ts';
import { findOrder } from './phrase-said.ts';
import { indexReading, type Reading } from './reading.ts';

/** A sentence of "word/TAG" pairs without a tree: what word order alone has to go by. */
function readWords(tagged: string): Reading {
  const POS: Record<string, string> = {
    NN: 'NOUN',
    NNS: 'NOUN',
    NNP: 'PROPN',
    DT: 'DET',
    PRP: 'PRON',
    IN: 'ADP',
    JJ: 'ADJ',
    RB: 'ADV',
    TO: 'PART',
    ',': 'PUNCT',
    '.': 'PUNCT',
  };
  let at = 0;
  const tokens = tagged.split(' ').map((pair): Token => {
    const [text = '', xpos = ''] = pair.split('/');
    const token: Token = {
      text,
      start: at,
      end: at + text.length,
      lemma: text === 'said' ? 'say' : text === 'told' ? 'tell' : text,
      upos: xpos === 'THAT' ? 'SCONJ' : (POS[xpos] ?? 'VERB'),
      xpos,
      head: -1,
      deprel: 'dep',
      sentence: 0,
    };
    at += text.length + 1;
    return token;
  });
  const text = tokens.map((token) => token.text).join(' ');
  const sentences = [{ text, start: 0, end: text.length, firstToken: 0, endToken: tokens.length, paragraph: 0 }];
  const analysed = {
    article: { text },
    tokens,
    sentences,
    quotations: [],
    entities: [],
    entityMentions: [],
    times: [],
    places: [],
  } as unknown as AnalysedArticle;
  const tree = growTree(analysed);
  return indexReading(tree, indexNames(analysed));
}

const wordAt = ({ tree }: Reading, text: string) => tree.tokens.findIndex((token) => token.text === text);
const textOf = ({ tree }: Reading, ranges: readonly { first: number; last: number }[]) =>
  ranges.map(({ first, last }) => spanOf(tree, first, last).text);

test('a report that closes its sentence reports what stands before its comma', () => {
  const reading = readWords('Two/DT bridges/NNS fell/VBD ,/, the/DT mayor/NN said/VBD ./.');
  const report = findReport(reading, wordAt(reading, 'said'));
  assert.equal(reading.tree.tokens[report?.speaker ?? -1]?.text, 'mayor');
  assert.deepEqual(report && textOf(reading, aroundReport(reading, wordAt(reading, 'said'), report)), ['Two bridges fell']);
});

test('an apposition belongs to the name before it', () => {
  const reading = readWords('Two/DT bridges/NNS fell/VBD ,/, Kovac/NNP ,/, a/DT nurse/NN ,/, said/VBD ./.');
  assert.equal(reading.tree.tokens[findReport(reading, wordAt(reading, 'said'))?.speaker ?? -1]?.text, 'Kovac');
});

test('a clause begins after the hearer and "that"', () => {
  const reading = readWords('She/PRP told/VBD reporters/NNS that/THAT bridges/NNS fell/VBD ./.');
  const beginning = findBeginning(reading, wordAt(reading, 'told'), 'tell');
  assert.equal(reading.tree.tokens[beginning?.at ?? -1]?.text, 'bridges');
  assert.equal(reading.tree.tokens[beginning?.addressee ?? -1]?.text, 'reporters');
});

test('an order is a noun phrase and an infinitive', () => {
  const reading = readWords('She/PRP told/VBD the/DT guards/NNS to/TO leave/VB ./.');
  const order = findOrder(reading, wordAt(reading, 'told'));
  assert.deepEqual(order && textOf(reading, [order]), ['the guards to leave']);
  assert.equal(findBeginning(reading, wordAt(reading, 'told'), 'tell'), undefined);
});
