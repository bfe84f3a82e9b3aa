/**
 * Labelled pages in, weights of both stages out; and the cross-validation over folds of sites that says what they are worth.
 * The first stage's opinion that the second is trained on always comes from a model that has not seen the site.
 */

import { addSurroundings, type BlockModelWeights, loadStage, SECOND_COUNT, type StageWeights } from '../../src/article/block-model.ts';
import { FEATURE_COUNT } from '../../src/article/feature-names.ts';
import {
  fillNameColumns,
  fillWordColumns,
  listNames,
  listTellingWords,
  type NameScores,
  type WordScores,
} from '../../src/article/learned-words.ts';
import { binRows, type Settings, trainStage } from './boosted-trees.ts';
import { FOLDS, type TrainingPage } from './corpus.ts';

const FIRST: Settings = { trees: 150, depth: 6, rate: 0.1, rowShare: 0.7, columnShare: 0.3, minimumWeight: 6, ridge: 2, seed: 7 };
const SECOND: Settings = { trees: 120, depth: 5, rate: 0.1, rowShare: 0.7, columnShare: 0.4, minimumWeight: 4, ridge: 2, seed: 11 };
const LEAST_SITES = 4;
const LEAST_SITES_OF_WORD = 8;
const PRIOR = 0.3;
const PRIOR_SITES = 2;

type Say = (line: string) => void;

/** How much a block counts: by its words, each page alike; short furniture a little. */
function weighBlock(page: TrainingPage, index: number): number {
  const words = page.rows.shapes[index]!.words.length;
  return (page.labels[index]!.trust * (Math.min(words, 150) + 4)) / (Math.min(page.bodyWords, 1500) + 100);
}

interface NameTable {
  /** key → sum over sites of the share of its text that is body, and the number of sites */
  readonly sums: ReadonlyMap<string | number, readonly [sum: number, sites: number]>;
  readonly bySite: ReadonlyMap<string, ReadonlyMap<string | number, number>>;
}

/** What class names ("n article-body" near, "f sidebar" far) and the words of short blocks (numbers) have meant, site by site. */
function countNames(pages: readonly TrainingPage[]): NameTable {
  const sites = new Map<string, Map<string | number, [body: number, all: number]>>();
  for (const page of pages) {
    let table = sites.get(page.site);
    if (!table) {
      table = new Map();
      sites.set(page.site, table);
    }
    for (let index = 0; index < page.read.blocks.length; index++) {
      if (page.rows.pruned[index]) continue;
      const names = listNames(page.rows, index);
      const { words } = page.rows.shapes[index]!;
      const weight = Math.min(words.length, 60);
      const body = weight * page.labels[index]!.body;
      const keys = new Set<string | number>([
        ...names.near.map((name) => `n ${name}`),
        ...names.far.map((name) => `f ${name}`),
        ...listTellingWords(words),
      ]);
      for (const key of keys) {
        const sum = table.get(key);
        if (sum) {
          sum[0] += body;
          sum[1] += weight;
        } else table.set(key, [body, weight]);
      }
    }
  }
  const sums = new Map<string | number, [number, number]>();
  const bySite = new Map<string, Map<string | number, number>>();
  for (const [site, table] of sites) {
    const shares = new Map<string | number, number>();
    for (const [key, [body, all]] of table) {
      if (all === 0) continue;
      shares.set(key, body / all);
      const sum = sums.get(key);
      if (sum) {
        sum[0] += body / all;
        sum[1]++;
      } else sums.set(key, [body / all, 1]);
    }
    bySite.set(site, shares);
  }
  return { sums, bySite };
}

/** Scores as a page of this site may see them: without what the site itself has taught. */
function scoresWithout(table: NameTable, site: string): { names: NameScores; words: WordScores } {
  const own = table.bySite.get(site);
  const read = (key: string | number, least: number): number | undefined => {
    const sum = table.sums.get(key);
    if (!sum) return undefined;
    const mine = own?.get(key);
    const sites = sum[1] - (mine === undefined ? 0 : 1);
    if (sites < least) return undefined;
    return (sum[0] - (mine ?? 0) + PRIOR * PRIOR_SITES) / (sites + PRIOR_SITES);
  };
  return { names: (name, near) => read(`${near ? 'n' : 'f'} ${name}`, LEAST_SITES), words: (word) => read(word, LEAST_SITES_OF_WORD) };
}

function namesOf(table: NameTable): Pick<BlockModelWeights, 'near' | 'far' | 'words'> {
  const near: Record<string, number> = {};
  const far: Record<string, number> = {};
  const words: Record<string, number> = {};
  for (const [key, [sum, sites]] of [...table.sums].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))) {
    if (sites < (typeof key === 'number' ? LEAST_SITES_OF_WORD : LEAST_SITES)) continue;
    const score = Math.round(((sum + PRIOR * PRIOR_SITES) / (sites + PRIOR_SITES)) * 1000) / 1000;
    if (typeof key === 'number') words[key.toString(36)] = score;
    else (key.startsWith('n ') ? near : far)[key.slice(2)] = score;
  }
  return { near, far, words };
}

interface FirstModel {
  readonly weights: StageWeights;
  readonly table: NameTable;
}

function fillTables(pages: readonly TrainingPage[], table: NameTable): void {
  for (const page of pages) {
    const { names, words } = scoresWithout(table, page.site);
    fillNameColumns(page.rows, names);
    fillWordColumns(page.rows, words);
  }
}

/** Rows of all pages end to end, the pruned ones left out. */
function stack(pages: readonly TrainingPage[], columns: number, rowsOf: (page: TrainingPage) => Float32Array): Float32Array {
  const count = pages.reduce((sum, page) => sum + page.rows.pruned.reduce((open, pruned) => open + 1 - pruned, 0), 0);
  const all = new Float32Array(count * columns);
  let at = 0;
  for (const page of pages) {
    const rows = rowsOf(page);
    for (let index = 0; index < page.rows.pruned.length; index++) {
      if (page.rows.pruned[index]) continue;
      all.set(rows.subarray(index * columns, (index + 1) * columns), at);
      at += columns;
    }
  }
  return all;
}

function targets(pages: readonly TrainingPage[]): { labels: Float32Array; weights: Float32Array; groups: Int32Array } {
  const sites = new Map([...new Set(pages.map((page) => page.site))].map((site, index) => [site, index]));
  const open = pages.flatMap((page) =>
    page.labels.map((label, index) => ({ page, label, index })).filter(({ index }) => !page.rows.pruned[index]),
  );
  return {
    labels: Float32Array.from(open, ({ label }) => label.body),
    weights: Float32Array.from(open, ({ page, index }) => weighBlock(page, index)),
    groups: Int32Array.from(open, ({ page }) => sites.get(page.site)!),
  };
}

function trainFirst(pages: readonly TrainingPage[]): FirstModel {
  const table = countNames(pages);
  fillTables(pages, table);
  const { labels, weights, groups } = targets(pages);
  const binned = binRows(
    stack(pages, FEATURE_COUNT, (page) => page.rows.values),
    FEATURE_COUNT,
  );
  return { weights: trainStage(binned, labels, weights, groups, FIRST), table };
}

function applyFirst(model: FirstModel, pages: readonly TrainingPage[]): Map<TrainingPage, Float32Array> {
  fillTables(pages, model.table);
  const stage = loadStage(model.weights);
  return new Map(
    pages.map((page) => [
      page,
      Float32Array.from(page.read.blocks, (_, index) => (page.rows.pruned[index] ? 0 : stage(page.rows.values, index * FEATURE_COUNT))),
    ]),
  );
}

/** Second stage on pages whose first opinions are out of fold; name columns must stand as the first stage saw them. */
function trainSecond(pages: readonly TrainingPage[], opinions: ReadonlyMap<TrainingPage, Float32Array>, table: NameTable): StageWeights {
  fillTables(pages, table);
  const { labels, weights, groups } = targets(pages);
  const binned = binRows(
    stack(pages, SECOND_COUNT, (page) => addSurroundings(page.read.blocks, page.rows, opinions.get(page)!)),
    SECOND_COUNT,
  );
  return trainStage(binned, labels, weights, groups, SECOND);
}

/** The first stage alone, held out: quick, for trying features. */
export function crossValidateFirst(pages: readonly TrainingPage[], folds: readonly number[], say: Say): Float32Array[] {
  const judged = new Map<TrainingPage, Float32Array>();
  for (const fold of folds) {
    const model = trainFirst(pages.filter((page) => page.fold !== fold));
    for (const [page, chances] of applyFirst(
      model,
      pages.filter((page) => page.fold === fold),
    )) {
      judged.set(page, chances);
    }
    say(`fold ${fold}: ${(process.cpuUsage().user / 1e6).toFixed(0)} CPU-seconds so far`);
  }
  return pages.map((page) => judged.get(page) ?? new Float32Array(0));
}

/** Chances of every page by models that have seen neither it nor its site; an empty list for folds that were not asked for. */
export function crossValidate(
  pages: readonly TrainingPage[],
  folds: readonly number[],
  say: Say,
  keep?: (fold: number, weights: BlockModelWeights) => void,
): Float32Array[] {
  const outside = (...left: readonly number[]): TrainingPage[] => pages.filter((page) => !left.includes(page.fold));
  const inside = (fold: number): TrainingPage[] => pages.filter((page) => page.fold === fold);
  const pairs = new Map<string, FirstModel>();
  const pairModel = (a: number, b: number): FirstModel => {
    const key = [a, b].sort().join();
    let model = pairs.get(key);
    if (!model) {
      model = trainFirst(outside(a, b));
      pairs.set(key, model);
    }
    return model;
  };
  const judged = new Map<TrainingPage, Float32Array>();
  for (const fold of folds) {
    const opinions = new Map<TrainingPage, Float32Array>();
    for (let other = 0; other < FOLDS; other++) {
      if (other === fold) continue;
      for (const [page, chances] of applyFirst(pairModel(fold, other), inside(other))) opinions.set(page, chances);
    }
    const first = trainFirst(outside(fold));
    const secondWeights = trainSecond(outside(fold), opinions, first.table);
    const second = loadStage(secondWeights);
    keep?.(fold, { ...namesOf(first.table), stages: [roundStage(first.weights), roundStage(secondWeights)] });
    const held = inside(fold);
    for (const [page, chances] of applyFirst(first, held)) {
      const rows = addSurroundings(page.read.blocks, page.rows, chances);
      judged.set(
        page,
        Float32Array.from(page.read.blocks, (_, index) => (page.rows.pruned[index] ? 0 : second(rows, index * SECOND_COUNT))),
      );
    }
    say(`fold ${fold}: ${held.length} pages held out, ${(process.cpuUsage().user / 1e6).toFixed(0)} CPU-seconds so far`);
  }
  return pages.map((page) => judged.get(page) ?? new Float32Array(0));
}

function roundStage(stage: StageWeights): StageWeights {
  const round = (list: readonly number[], digits: number): number[] => list.map((value) => Number(value.toPrecision(digits)));
  return { ...stage, split: round(stage.split, 7), leaves: round(stage.leaves, 4) };
}

/** The weights to ship: both stages on all pages, the second on first opinions that are out of fold. */
export function trainOn(pages: readonly TrainingPage[], say: Say): BlockModelWeights {
  const opinions = new Map<TrainingPage, Float32Array>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = trainFirst(pages.filter((page) => page.fold !== fold));
    for (const [page, chances] of applyFirst(
      model,
      pages.filter((one) => one.fold === fold),
    )) {
      opinions.set(page, chances);
    }
  }
  const first = trainFirst(pages);
  const second = trainSecond(pages, opinions, first.table);
  say(`trained in ${(process.cpuUsage().user / 1e6).toFixed(0)} CPU-seconds`);
  return { ...namesOf(first.table), stages: [roundStage(first.weights), roundStage(second)] };
}
