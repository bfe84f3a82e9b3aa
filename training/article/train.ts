/**
 * `npm run train:article`: makes models/article/blocks.json from the annotated page sets in ../shared/bench/articles.
 *   --cross-validate   also trains without each fold of sites in turn and prints the score of the pages held out
 *   --only FOLD        with --cross-validate: one fold
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
    'no-save': { type: 'boolean' },
  },
});
const folder = resolve(import.meta.dirname, '../../models/article');
const pages = loadCorpus();
console.log(`${pages.length} pages, ${pages.reduce((sum, page) => sum + page.read.blocks.length, 0)} blocks`);

if (values['cross-validate']) {
  const folds = values.only?.map(Number) ?? [0, 1, 2, 3, 4];
  const chances = (values.first ? crossValidateFirst : crossValidate)(pages, folds, (line) => console.log(line));
  const seen = pages.map((page, index) => ({ page, chances: chances[index]! })).filter((one) => one.chances.length > 0);
  for (const threshold of [0.4, 0.5]) console.log(`threshold ${threshold}`, await scorePages(seen, threshold));
  writeFileSync(
    '/tmp/wd/article-chances.json',
    JSON.stringify(
      Object.fromEntries(
        seen.map((one) => [`${one.page.set}/${one.page.id}`, [...one.chances].map((chance) => Math.round(chance * 1000) / 1000)]),
      ),
    ),
  );
}
if (!values['no-save']) {
  const weights: BlockModelWeights = trainOn(pages, (line) => console.log(line));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'blocks.json'), `${JSON.stringify(weights)}\n`);
}
