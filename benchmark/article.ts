/**
 * Measures the article room: the bodies, titles, dates and authors of the annotated page sets, and the junk of the coded plain texts.
 * Every page is read by weights that have not seen its site (models/article/held-out-N.json, made by `npm run train:article -- --cross-validate`);
 * speed and memory are measured with the shipped weights. Scorers: ../shared/score.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BlockModelWeights, loadModel } from '../src/article/block-model.ts';
import { extractArticle } from '../src/article/extract-article.ts';
import { Failure } from '../src/failure.ts';
import type { Article, IncomingPage } from '../src/vocabulary.ts';
import { FOLDS, foldOf, readIncomingPage, readTruth, SETS, siteOf } from '../training/article/corpus.ts';
import { loadScorer } from '../training/article/score-pages.ts';
import type { Figures } from './floors.ts';

const shared = resolve(import.meta.dirname, '../../shared');
const models = resolve(import.meta.dirname, '../models/article');

function readOrNothing(page: IncomingPage, model?: Parameters<typeof extractArticle>[1]): Article | null {
  try {
    return extractArticle(page, model);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

export async function scoreArticles(): Promise<Figures> {
  const { scoreArticles: score } = await loadScorer();
  const heldOut = Array.from({ length: FOLDS }, (_, fold) =>
    loadModel(JSON.parse(readFileSync(join(models, `held-out-${fold}.json`), 'utf8')) as BlockModelWeights),
  );
  const figures: Record<string, number> = {};
  const pages: IncomingPage[] = [];
  let refused = 0;
  for (const set of SETS) {
    const truth = readTruth(set);
    const predictions = new Map<string, object>();
    for (const [id, { url }] of Object.entries(truth)) {
      const page = readIncomingPage(set, id, url);
      pages.push(page);
      const article = readOrNothing(page, heldOut[foldOf(siteOf(url))]!);
      if (!article) refused++;
      predictions.set(id, { id, article: article ?? { text: '', title: null, published: null, authors: [] } });
    }
    for (const [name, { value }] of Object.entries(score(truth, predictions, { resamples: 2 }).figures)) {
      if (value !== null) figures[`${set}.${name}`] = value;
    }
    if (set === 'fundus') {
      const unspaced = Object.fromEntries(
        Object.entries(truth).filter(([, page]) => ['jp', 'cn', 'tw', 'kr'].includes(page.country ?? '')),
      );
      figures['fundus.cjk.body.F1'] = score(unspaced, predictions, { resamples: 2 }).figures['body.F1']?.value ?? 0;
    }
  }
  figures.pagesRefused = refused;
  return { ...figures, ...(await scorePlainTexts()), ...measureSpeed(pages) };
}

/** Junk kept and body lost of the coded texts, read as plain text. */
async function scorePlainTexts(): Promise<Figures> {
  const folder = join(shared, 'bench/gold-dev');
  const { score } = await import(join(shared, 'score/record.mjs'));
  const golds = new Map<string, object>();
  const predictions = new Map<string, object>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const gold = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const name = file.slice(0, -5);
    golds.set(name, gold);
    const page: IncomingPage = {
      name,
      format: 'text',
      content: gold.text ?? gold.content,
      title: gold.title,
      ...(gold.published ? { published: gold.published } : {}),
      ...(gold.site ? { site: gold.site } : {}),
      fetched: '2026-11-23T00:00:00Z',
      sha256: '0'.repeat(64),
      notes: [],
    };
    predictions.set(name, { id: name, article: readOrNothing(page) ?? { text: '' }, events: [], statements: [] });
  }
  const { figures } = score(golds, predictions, { resamples: 2 });
  return { 'text.junkKept': figures.junkKept.value, 'text.bodyLost': figures.bodyLost.value };
}

/** Pages per CPU-second, markup to Article, after one warm round over a part; the slowest page; memory at the end, corpus included. */
function measureSpeed(pages: readonly IncomingPage[]): Figures {
  for (const page of pages.slice(0, 150)) readOrNothing(page);
  const started = process.cpuUsage();
  let slowest = 0;
  for (const page of pages) {
    const before = process.cpuUsage();
    readOrNothing(page);
    const used = process.cpuUsage(before);
    slowest = Math.max(slowest, (used.user + used.system) / 1000);
  }
  const used = process.cpuUsage(started);
  return { pagesPerCpuSecond: pages.length / ((used.user + used.system) / 1e6), slowestPageMs: slowest };
}
