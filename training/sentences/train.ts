/**
 * Makes models/sentences/weights.json: logistic regression with AdaGrad over the features of src/language/tokens/find-sentences.ts,
 * on UD English-EWT train and the GUM documents that are not news (the news is what it is measured on).
 * `bin/node training/sentences/train.ts [--data ../shared/train] [--epochs N]`; a few seconds.
 */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConlluFile } from '../../benchmark/read-conllu.ts';
import { FEATURE_BITS, FEATURE_COUNT, shapeParagraph, writeFeatures } from '../../src/language/tokens/find-sentences.ts';
import { findParagraphs } from '../../src/language/tokens/split-text.ts';
import { splitWords, type TokenBorders } from '../../src/language/tokens/split-words.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/train' },
    epochs: { type: 'string', default: '2' },
    spoken: { type: 'boolean', default: false },
  },
});
/** Transcribed speech and chat have borders of their own that edited text lacks. */
const SPOKEN = /^GUM_(?:conversation|vlog)_/;

const files = [
  ...readdirSync(join(values.data, 'ud-ewt'))
    .filter((name) => name.includes('train'))
    .map((name) => join(values.data, 'ud-ewt', name)),
  ...readdirSync(join(values.data, 'gum'))
    .filter((name) => /^GUM_.*\.conllu\.gz$/.test(name) && !name.startsWith('GUM_news_') && (values.spoken || !SPOKEN.test(name)))
    .map((name) => join(values.data, 'gum', name)),
];

const rows: { features: Int32Array; label: number }[] = [];
for (const file of files) {
  for (const document of readConlluFile(file)) {
    const goldEnds = new Set(document.sentences.map((sentence) => sentence.end));
    for (const paragraph of findParagraphs(document.text)) {
      const tokens: TokenBorders = { starts: [], ends: [] };
      splitWords(document.text, paragraph.start, paragraph.end, tokens);
      const shape = shapeParagraph(document.text, tokens, 0, tokens.starts.length);
      let from = 0;
      for (let at = 0; at < shape.count - 1; at += 1) {
        const border = goldEnds.has(tokens.ends[at] as number);
        if (shape.candidate[at] === 1) {
          const features = new Int32Array(FEATURE_COUNT);
          writeFeatures(shape, at, from, features);
          rows.push({ features, label: border ? 1 : 0 });
        }
        if (border) from = at + 1;
      }
    }
  }
}

let seed = 20;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const weights = new Float64Array(1 << FEATURE_BITS);
const squares = new Float64Array(1 << FEATURE_BITS).fill(1e-6);
for (let epoch = 0; epoch < Number(values.epochs); epoch += 1) {
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [rows[at], rows[other]] = [rows[other] as (typeof rows)[0], rows[at] as (typeof rows)[0]];
  }
  let loss = 0;
  for (const { features, label } of rows) {
    let sum = 0;
    for (const feature of features) sum += weights[feature] as number;
    const probability = 1 / (1 + Math.exp(-sum));
    loss -= Math.log(Math.max(label === 1 ? probability : 1 - probability, 1e-9));
    const error = label - probability;
    for (const feature of features) {
      const gradient = error - 1e-5 * (weights[feature] as number);
      squares[feature] = (squares[feature] as number) + gradient * gradient;
      weights[feature] = (weights[feature] as number) + (0.1 * gradient) / Math.sqrt(squares[feature] as number);
    }
  }
  console.log(`epoch ${epoch + 1}: ${rows.length} borders, loss ${(loss / rows.length).toFixed(4)}`);
}

const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
const bytes = Int8Array.from(weights, (weight) => Math.round((weight / largest) * 127));
writeFileSync(
  'models/sentences/weights.json',
  `${JSON.stringify({ bits: FEATURE_BITS, weights: Buffer.from(bytes).toString('base64') })}\n`,
);
