/**
 * Rows of numbers in, for each block the chance that it is body out. Two stages of boosted trees: the second sees what the first
 * thought of the block's neighbours and containers. Weights come from models/article/blocks.json; `npm run train:article` makes them.
 */
import type { FeatureRows } from './block-features.ts';
import { FEATURE_COUNT } from './feature-names.ts';
import type { LeanElement } from './lean-tree.ts';
import { fillNameColumns, fillWordColumns, type NameScores, type WordScores } from './learned-words.ts';
import type { TextBlock } from './text-blocks.ts';

/** Trees laid end to end. A child below zero is a leaf: its value stands at `-child - 1`. */
export interface StageWeights {
  readonly base: number;
  readonly roots: readonly number[];
  readonly feature: readonly number[];
  readonly split: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly leaves: readonly number[];
}

export interface BlockModelWeights {
  readonly near: Readonly<Record<string, number>>;
  readonly far: Readonly<Record<string, number>>;
  /** word number in base 36 → chance that a short block with it is body */
  readonly words: Readonly<Record<string, number>>;
  readonly stages: readonly [StageWeights, StageWeights];
}

export type Stage = (values: Float32Array, at: number) => number;

export interface BlockModel {
  readonly names: NameScores;
  readonly words: WordScores;
  readonly first: Stage;
  readonly second: Stage;
}

export const AROUND_FEATURES =
  'p pBefore1 pBefore2 pBefore3 pAfter1 pAfter2 pAfter3 pWindow pParent pGrand pSignature pPage sinceFirst untilLast bodyBefore bodyAfter parentOfBody grandOfBody keptTwin'.split(
    ' ',
  );
export const SECOND_COUNT = FEATURE_COUNT + AROUND_FEATURES.length;

/**
 * Weights made ready to run: chance between 0 and 1 for the row that starts at `at`.
 * A node is a record of four (feature, split, left, right), so that a step touches one line of memory.
 */
export function loadStage(weights: StageWeights): Stage {
  const { base, feature, split, left, right } = weights;
  const records = new ArrayBuffer(feature.length * 16);
  const whole = new Int32Array(records);
  const fraction = new Float32Array(records);
  const place = (child: number): number => (child < 0 ? child : child * 4);
  for (let node = 0; node < feature.length; node++) {
    whole[node * 4] = feature[node]!;
    fraction[node * 4 + 1] = split[node]!;
    whole[node * 4 + 2] = place(left[node]!);
    whole[node * 4 + 3] = place(right[node]!);
  }
  const roots = Int32Array.from(weights.roots, place);
  const leaves = Float32Array.from(weights.leaves);
  return (values, at) => {
    let sum = base;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree]!;
      while (node >= 0) node = values[at + whole[node]!]! <= fraction[node + 1]! ? whole[node + 2]! : whole[node + 3]!;
      sum += leaves[-node - 1]!;
    }
    return 1 / (1 + Math.exp(-sum));
  };
}

export function loadModel(weights: BlockModelWeights): BlockModel {
  const near = new Map(Object.entries(weights.near));
  const far = new Map(Object.entries(weights.far));
  const words = new Map(Object.entries(weights.words).map(([word, score]) => [Number.parseInt(word, 36), score]));
  return {
    names: (name, isNear) => (isNear ? near : far).get(name),
    words: (word) => words.get(word),
    first: loadStage(weights.stages[0]),
    second: loadStage(weights.stages[1]),
  };
}

/** What the first stage thought of the block, its neighbours and its containers; appended to the block's own row. */
export function addSurroundings(blocks: readonly TextBlock[], { values, pruned }: FeatureRows, chances: Float32Array): Float32Array {
  const count = blocks.length;
  const rows = new Float32Array(count * SECOND_COUNT);
  const byElement = new Map<LeanElement | null, [body: number, chars: number]>();
  const bySignature = new Map<string, [body: number, chars: number]>();
  const bodyUpTo = new Float64Array(count + 1);
  const kept = new Set<string>();
  let chars = 0;
  let first = -1;
  let last = -1;
  const add = <K>(map: Map<K, [number, number]>, key: K, body: number, length: number): void => {
    const sum = map.get(key);
    if (sum) {
      sum[0] += body;
      sum[1] += length;
    } else map.set(key, [body, length]);
  };
  const signatures = blocks.map(
    (block) => `${block.element.tag}.${block.element.read('class')}<${block.element.parent?.read('class') ?? ''}`,
  );
  for (const [index, block] of blocks.entries()) {
    const chance = chances[index]!;
    const { length } = block.text;
    const body = chance * length;
    bodyUpTo[index + 1] = bodyUpTo[index]! + (chance > 0.5 ? length : 0);
    chars += length;
    const parent = block.element.parent;
    add(byElement, parent, body, length);
    if (parent?.parent && parent.parent !== parent) add(byElement, parent.parent, body, length);
    add(bySignature, signatures[index]!, body, length);
    if (chance > 0.5 && length > 60) {
      if (first < 0) first = index;
      last = index;
    }
  }
  const bodyTotal = Math.max(1, bodyUpTo[count]!);
  const chanceAt = (index: number): number => (index < 0 || index >= count ? -1 : chances[index]!);
  for (const [index, block] of blocks.entries()) {
    if (pruned[index]) continue;
    const at = index * SECOND_COUNT;
    rows.set(values.subarray(index * FEATURE_COUNT, (index + 1) * FEATURE_COUNT), at);
    let column = at + FEATURE_COUNT;
    const put = (value: number): void => {
      rows[column++] = value;
    };
    put(chances[index]!);
    for (const step of [-1, -2, -3, 1, 2, 3]) put(chanceAt(index + step));
    let window = 0;
    let windowChars = 1;
    for (let step = -6; step <= 6; step++) {
      const other = blocks[index + step];
      if (!other || step === 0) continue;
      window += chances[index + step]! * other.text.length;
      windowChars += other.text.length;
    }
    put(window / windowChars);
    const parent = block.element.parent;
    const parentSum = byElement.get(parent) ?? [0, 1];
    const grandSum = byElement.get(parent?.parent ?? null) ?? parentSum;
    const { length } = block.text;
    const own = chances[index]! * length;
    // Leave the block itself out, so that its containers are a second opinion.
    put(parentSum[1] > length ? (parentSum[0] - own) / (parentSum[1] - length) : -1);
    put(grandSum[1] > length ? (grandSum[0] - own) / (grandSum[1] - length) : -1);
    const signature = bySignature.get(signatures[index]!)!;
    put(signature[1] > length ? (signature[0] - own) / (signature[1] - length) : -1);
    put(bodyTotal / Math.max(1, chars));
    put(first < 0 ? -999 : index - first);
    put(last < 0 ? -999 : last - index);
    put(bodyUpTo[index]! / bodyTotal);
    put((bodyTotal - bodyUpTo[index + 1]!) / bodyTotal);
    put(parentSum[0] / bodyTotal);
    put(grandSum[0] / bodyTotal);
    put(kept.has(block.text) ? 1 : 0);
    if (chances[index]! > 0.5) kept.add(block.text);
  }
  return rows;
}

/** Below this the second stage has never changed its mind by enough to matter. */
const HOPELESS = 0.008;

/** @returns for each block the chance, 0 to 1, that it belongs to the body; 0 where it was pruned */
export function judgeBlocks(blocks: readonly TextBlock[], rows: FeatureRows, model: BlockModel): Float32Array {
  fillNameColumns(rows, model.names);
  fillWordColumns(rows, model.words);
  const chances = new Float32Array(blocks.length);
  for (let index = 0; index < blocks.length; index++)
    if (!rows.pruned[index]) chances[index] = model.first(rows.values, index * FEATURE_COUNT);
  const around = addSurroundings(blocks, rows, chances);
  const judged = new Float32Array(blocks.length);
  for (let index = 0; index < blocks.length; index++) {
    if (chances[index]! > HOPELESS) judged[index] = model.second(around, index * SECOND_COUNT);
  }
  return judged;
}
