/**
 * The annotated page sets of ../shared/bench/articles in, pages ready for training out: blocks, feature rows, labels, and the fold of their site.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FeatureRows } from '../../src/article/block-features.ts';
import { type ReadPage, readPage } from '../../src/article/extract-article.ts';
import type { IncomingPage } from '../../src/vocabulary.ts';
import { type Label, labelBlocks, type Truth } from './label-blocks.ts';

export const SETS = ['scrapinghub', 'fundus', 'fundus_eval', 'wcxb_dev'] as const;
export const FOLDS = 5;
const root = resolve(import.meta.dirname, '../../../shared/bench/articles');

export interface TrainingPage {
  readonly set: (typeof SETS)[number];
  readonly id: string;
  readonly truth: Truth;
  readonly page: IncomingPage;
  readonly site: string;
  readonly fold: number;
  readonly read: ReadPage;
  readonly rows: FeatureRows;
  readonly labels: readonly Label[];
  readonly bodyWords: number;
}

/** Registered domain, near enough: the last two labels, three under "co.uk" and its like. All pages of one site fall into one fold. */
export function siteOf(url: string): string {
  const labels = (/^https?:\/\/([^/:]+)/i.exec(url)?.[1] ?? url).toLowerCase().split('.');
  const take = labels.length > 2 && labels.at(-1)!.length === 2 && labels.at(-2)!.length <= 3 ? 3 : 2;
  return labels.slice(-take).join('.');
}

/** Number of the fold that a site and all its pages belong to. */
export function foldOf(site: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < site.length; index++) hash = Math.imul(hash ^ site.charCodeAt(index), 0x01000193);
  return (hash >>> 8) % FOLDS;
}

export function readTruth(set: string): Record<string, Truth> {
  return JSON.parse(readFileSync(join(root, set, 'truth.json'), 'utf8'));
}

export function readIncomingPage(set: string, id: string, url: string): IncomingPage {
  const content = gunzipSync(readFileSync(join(root, set, 'pages', `${id}.html.gz`))).toString('utf8');
  return { name: id, format: 'html', content, url, fetched: '2026-11-23T00:00:00Z', sha256: '0'.repeat(64), notes: [] };
}

export function loadCorpus(sets: readonly (typeof SETS)[number][] = SETS): TrainingPage[] {
  const pages: TrainingPage[] = [];
  for (const set of sets) {
    for (const [id, truth] of Object.entries(readTruth(set))) {
      const page = readIncomingPage(set, id, truth.url);
      const read = readPage(page);
      const { rows } = read;
      const labels = labelBlocks(read.blocks, rows.shapes, truth);
      const site = siteOf(truth.url);
      const bodyWords = labels.reduce((sum, label, index) => sum + label.body * rows.shapes[index]!.words.length, 0);
      pages.push({ set, id, truth, page, site, fold: foldOf(site), read, rows, labels, bodyWords });
    }
  }
  return pages;
}
