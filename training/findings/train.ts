/**
 * Makes models/findings/events.json from all gold articles: `node training/findings/train.ts FOLDER` with FOLDER holding
 * one AnalysedArticle per gold article (training/findings/analyse-gold.ts writes them).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readGoldArticles } from './gold.ts';
import { judgeUnseen, learnFactual, learnModels } from './learn-models.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: train.ts FOLDER_OF_ANALYSED_ARTICLES');
const articles = await readGoldArticles(folder);
const file = learnModels(articles, judgeUnseen(articles), learnFactual());
const out = resolve(import.meta.dirname, '../../models/findings');
mkdirSync(out, { recursive: true });
writeFileSync(resolve(out, 'events.json'), `${JSON.stringify(file)}\n`);
console.log(
  `${articles.length} articles, ${Object.values(file.judge).reduce((n, w) => n + Object.keys(w).length, 0)} weights of the judge`,
);
