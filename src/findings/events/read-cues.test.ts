import assert from 'node:assert/strict';
import { test } from 'node:test';
import examples from '../../../lexicon/en/parsed-examples.json' with { type: 'json' };
import cueTable from '../../../lexicon/en/status-cues.json' with { type: 'json' };
import type { AnalysedArticle } from '../../vocabulary.ts';
import { growTree } from '../grammar/tree.ts';
import { readCues } from './read-cues.ts';

const analysedOf = (text: string): AnalysedArticle => (examples as unknown as Record<string, AnalysedArticle>)[text]!;

for (const [table, rows] of Object.entries(cueTable)) {
  for (const { kind, example, trigger } of rows) {
    test(`${table}, ${kind}: ${example}`, () => {
      const tree = growTree(analysedOf(example));
      const at = tree.tokens.findLastIndex((token) => token.text === trigger);
      assert.notEqual(at, -1, `no '${trigger}' in the example`);
      const kinds = readCues(tree, at).cues.map((cue) => cue.kind);
      assert.ok(kinds.includes(kind), `read ${kinds.join(', ') || 'nothing'}`);
    });
  }
}

test('tense comes from the clause that carries the deed', () => {
  const tree = growTree(analysedOf('The army launched an offensive at dawn.'));
  const at = tree.tokens.findIndex((token) => token.text === 'offensive');
  assert.equal(readCues(tree, at).tense, 'light-past');
});
