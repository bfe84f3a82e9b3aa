/**
 * Makes models/findings/acts.json: what somebody does by saying something, learnt from the gold statements that the room finds.
 * Prints the accuracy out of fold (../shared/bench/gold-folds.json); the weights that are written come from all articles.
 *   node training/findings/train-acts.ts ANALYSED_FOLDER [--folds OUT.json]   the second writes the out-of-fold weights, too
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHarm } from '../../src/findings/events/trigger-lexicon.ts';
import { growTree } from '../../src/findings/grammar/tree.ts';
import { describeSaid } from '../../src/findings/statements/decide-act.ts';
import { findStatements } from '../../src/findings/statements/find-statements.ts';
import { indexNames } from '../../src/findings/word-classes.ts';
import { ACTS, type Act, type AnalysedArticle } from '../../src/vocabulary.ts';
import { readFolds, SHARED } from './gold.ts';
import { type Example, learnWeights } from './log-linear.ts';

interface Labelled {
  readonly article: string;
  readonly fold: number;
  readonly features: readonly string[];
  readonly act: Act;
}

const PRIOR = Number(process.env.L2 ?? 3);
const optionsOf = (features: readonly string[]) => ACTS.map((act) => features.map((feature) => `${act}\t${feature}`));

/** Found statements with the act of the gold statement whose content they share at least half of. */
async function readLabelled(folder: string): Promise<Labelled[]> {
  const core = await import(join(SHARED, 'score/core.mjs'));
  const folds = readFolds();
  const labelled: Labelled[] = [];
  for (const file of readdirSync(folder).sort()) {
    const article = file.slice(0, -5);
    const gold = JSON.parse(readFileSync(join(SHARED, 'bench/gold-dev', file), 'utf8'));
    const analysed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as AnalysedArticle;
    const tree = growTree(analysed);
    const found = findStatements(tree, { names: indexNames(analysed), isHarm });
    const pair = new core.Pair(gold.text, analysed.article.text, gold.junk ?? []);
    const taken = new Set<string>();
    const goldSpans = gold.statements.map((statement: unknown) =>
      core.unite(core.goldContent(pair, statement, taken).map((at: { s: number; e: number }) => pair.goldSpan(at.s, at.e))),
    );
    for (const { statement, said } of found) {
      const span = core.unite(statement.content.map((content) => pair.predSpan(content)).filter(Boolean));
      const shares = goldSpans.map((goldSpan: unknown) => core.iou(goldSpan, span) as number);
      const best = shares.indexOf(Math.max(...shares));
      if (best < 0 || shares[best] < 0.5) continue;
      labelled.push({ article, fold: folds.get(article) ?? 0, features: describeSaid(tree, said), act: gold.statements[best].act });
    }
  }
  return labelled;
}

function learn(rows: readonly Labelled[]): Record<string, Record<string, number>> {
  const examples: Example[] = rows.map(({ article, features, act }) => ({
    group: article,
    options: optionsOf(features),
    right: ACTS.indexOf(act),
  }));
  const { weights } = learnWeights(examples, { l2: PRIOR, minGroups: 2 });
  const byAct: Record<string, Record<string, number>> = {};
  for (const [name, weight] of weights) {
    const [act = '', feature = ''] = name.split('\t');
    const row = byAct[act] ?? {};
    row[feature] = Math.round(weight * 1000) / 1000;
    byAct[act] = row;
  }
  return byAct;
}

const best = (weights: Record<string, Record<string, number>>, features: readonly string[]): Act => {
  const scores = ACTS.map((act) => features.reduce((sum, feature) => sum + (weights[act]?.[feature] ?? 0), 0));
  return ACTS[scores.indexOf(Math.max(...scores))]!;
};

const folder = process.argv[2] ?? '';
const rows = await readLabelled(folder);
const foldNumbers = [...new Set(rows.map(({ fold }) => fold))].sort();
let right = 0;
const missed = new Map<string, number>();
const outOfFold: Record<number, ReturnType<typeof learn>> = {};
for (const fold of foldNumbers) {
  const weights = learn(rows.filter((row) => row.fold !== fold));
  outOfFold[fold] = weights;
  for (const row of rows) {
    if (row.fold !== fold) continue;
    const act = best(weights, row.features);
    if (act === row.act) right++;
    else missed.set(`${row.act} read as ${act}`, (missed.get(`${row.act} read as ${act}`) ?? 0) + 1);
  }
}
console.log(`acts right out of fold: ${(right / rows.length).toFixed(4)} of ${rows.length}`);
console.log([...missed].sort((a, b) => b[1] - a[1]).slice(0, 16));
writeFileSync(new URL('../../models/findings/acts.json', import.meta.url), `${JSON.stringify(learn(rows))}\n`);
const out = process.argv.indexOf('--folds');
if (out > 0) writeFileSync(process.argv[out + 1] ?? '', JSON.stringify(outOfFold));
