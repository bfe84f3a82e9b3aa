/**
 * Sentences of the UDS-IH2 factuality set with their hand-made trees: each predicate with whether it is told as so.
 * In: ../shared/train/factuality/uds-ih2 and ../shared/train/ud-ewt. Out: examples for the general model of factuality.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCues } from '../../src/findings/events/read-cues.ts';
import { describeCues } from '../../src/findings/events/read-status.ts';
import { growTree, isVerbal } from '../../src/findings/grammar/tree.ts';
import type { AnalysedArticle, Token } from '../../src/vocabulary.ts';
import { SHARED } from './gold.ts';
import type { Example } from './log-linear.ts';

function readTrees(file: string): Map<string, Token[]> {
  const trees = new Map<string, Token[]>();
  for (const block of gunzipSync(readFileSync(file)).toString('utf8').split('\n\n')) {
    const rows = block
      .split('\n')
      .filter((l) => /^\d+\t/.test(l))
      .map((l) => l.split('\t'));
    let at = 0;
    const tokens = rows.map((r): Token => {
      const start = at;
      at += r[1]!.length + 1;
      return {
        text: r[1]!,
        start,
        end: start + r[1]!.length,
        lemma: r[2]!,
        upos: r[3]!,
        xpos: r[4]!,
        ...(r[5] === '_' ? {} : { feats: r[5]! }),
        head: Number(r[6]) - 1,
        deprel: r[7]!,
        sentence: 0,
      };
    });
    trees.set(rows.map((r) => r[1]).join(' '), tokens);
  }
  return trees;
}

export function readFactuality(): Example[] {
  const trees = new Map([
    ...readTrees(join(SHARED, 'train/ud-ewt/en_ewt-ud-train.conllu.gz')),
    ...readTrees(join(SHARED, 'train/ud-ewt/en_ewt-ud-dev.conllu.gz')),
  ]);
  const examples: Example[] = [];
  for (const file of ['train.jsonl', 'dev.jsonl']) {
    for (const line of readFileSync(join(SHARED, 'train/factuality/uds-ih2', file), 'utf8').split('\n')) {
      if (!line.trim()) continue;
      const row = JSON.parse(line) as { text: string; idx: number; targets: { span1: [number, number]; label: number }[] };
      const tokens = trees.get(row.text);
      if (!tokens) continue;
      const text = tokens.map((t) => t.text).join(' ');
      const analysed = {
        article: { text },
        language: 'en',
        tokens,
        sentences: [{ text, start: 0, end: text.length, firstToken: 0, endToken: tokens.length, paragraph: 0 }],
        quotations: [],
        entities: [],
        entityMentions: [],
        times: [],
        places: [],
        quantities: [],
        signals: [],
        notes: [],
      } as unknown as AnalysedArticle;
      const tree = growTree(analysed);
      for (const { span1, label } of row.targets) {
        if (Math.abs(label) < 0.5) continue;
        const head = span1[0];
        const features = describeCues(tree, head, isVerbal(tree.tokens[head]!) ? 'verb' : 'noun', readCues(tree, head));
        examples.push({ options: [[], features.map((f) => `any|${f}`)], right: label > 0 ? 1 : 0, group: `${file}${row.idx % 500}` });
      }
    }
  }
  return examples;
}
