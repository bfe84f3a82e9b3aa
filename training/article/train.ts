/**
 * `npm run train:article`: makes models/article/blocks.json from the annotated page sets in ../shared/bench/articles.
 *   --cross-validate   also trains without each fold of sites in turn and prints the score of the pages held out
 *   --only FOLD        with --cross-validate: one fold
 *   --first            the first stage alone, for trying features
 *   --chances FILE     writes what was thought of every block held out, for looking at errors
 *   --no-save          leaves the weights as they are
 * No page is ever scored by a model that has seen its site; the shipped weights are trained on all pages.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BlockModelWeights } from '../../src/article/block-model.ts';
import { loadCorpus } from './corpus.ts';
import { crossValidate, crossValidateFirst, trainOn } from './fit-model.ts';
import { scorePages } from './score-pages.ts';

const { values } = parseArgs({
  options: {
    'cross-validate': { type: 'boolean' },
    only: { type: 'string', multiple: true },
    first: { type: 'boolean' },
    chances: { type: 'string' },
    'no-save': { type: 'boolean' },
  },
});
const folder = resolve(import.meta.dirname, '../../models/article');
const pages = loadCorpus();
console.log(`${pages.length} pages, ${pages.reduce((sum, page) => sum + page.read.blocks.length, 0)} blocks`);

if (values['cross-validate']) {
  const folds = values.only?.map(Number) ?? [0, 1, 2, 3, 4];
  const say = (line: string): void => console.log(line);
  const keep = (fold: number, weights: BlockModelWeights): void => {
    if (!values['no-save']) writeFileSync(join(folder, `held-out-${fold}.json`), `${JSON.stringify(weights)}\n`);
  };
  const chances = values.first ? crossValidateFirst(pages, folds, say) : crossValidate(pages, folds, say, keep);
  const seen = pages.map((page, index) => ({ page, chances: chances[index]! })).filter((one) => one.chances.length > 0);
  console.log(await scorePages(seen));
  if (values.chances) {
    const named = seen.map((one) => [
      `${one.page.set}/${one.page.id}`,
      Array.from(one.chances, (chance) => Math.round(chance * 1000) / 1000),
    ]);
    writeFileSync(values.chances, JSON.stringify(Object.fromEntries(named)));
  }
}
if (!values['no-save']) {
  const weights: BlockModelWeights = trainOn(pages, (line) => console.log(line));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'blocks.json'), `${JSON.stringify(weights)}\n`);
}
