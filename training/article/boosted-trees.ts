/**
 * Rows and labels in, boosted decision trees out (logistic loss, histograms of 64 bins, second-order splits).
 * Deterministic: chance comes from a seed. Writes nothing.
 */
import type { StageWeights } from '../../src/article/block-model.ts';

export interface Settings {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** share of the groups of rows (sites) and of the columns that each tree sees */
  readonly rowShare: number;
  readonly columnShare: number;
  readonly minimumWeight: number;
  readonly ridge: number;
  readonly seed: number;
}

const BINS = 64;

export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Cut points of one column: quantiles of its distinct values, weighted by nothing. */
function findCuts(values: Float32Array, columns: number, column: number, rows: number, random: () => number): Float32Array {
  const sample = new Float32Array(Math.min(rows, 20_000));
  for (let index = 0; index < sample.length; index++) {
    const row = sample.length === rows ? index : Math.floor(random() * rows);
    sample[index] = values[row * columns + column]!;
  }
  sample.sort();
  const distinct = [...new Set(sample)];
  const cuts: number[] = [];
  if (distinct.length <= BINS)
    for (let index = 0; index + 1 < distinct.length; index++) cuts.push((distinct[index]! + distinct[index + 1]!) / 2);
  else {
    for (let bin = 1; bin < BINS; bin++) {
      const cut = sample[Math.floor((bin * sample.length) / BINS)]!;
      if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut);
    }
  }
  return Float32Array.from(cuts);
}

export interface BinnedRows {
  /** row-major: bin b of a column holds values above its cut b-1 and up to its cut b */
  readonly bins: Uint8Array;
  readonly cuts: readonly Float32Array[];
  readonly rows: number;
  readonly columns: number;
}

export function binRows(values: Float32Array, columns: number, seed = 1): BinnedRows {
  const rows = values.length / columns;
  const random = makeRandom(seed);
  const bins = new Uint8Array(values.length);
  const cuts: Float32Array[] = [];
  for (let column = 0; column < columns; column++) {
    const own = findCuts(values, columns, column, rows, random);
    cuts.push(own);
    for (let at = column; at < values.length; at += columns) {
      const value = values[at]!;
      let low = 0;
      let high = own.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= own[middle]!) high = middle;
        else low = middle + 1;
      }
      bins[at] = low;
    }
  }
  return { bins, cuts, rows, columns };
}

interface Node {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** gradient and curvature by chosen column and bin, side by side */
  readonly histogram: Float64Array;
  readonly sumG: number;
  readonly sumH: number;
}

interface Split {
  readonly column: number;
  readonly bin: number;
}

/** One training: holds the growing forest and the buffers that all trees share. */
class Forest {
  readonly roots: number[] = [];
  readonly feature: number[] = [];
  readonly split: number[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly leaves: number[] = [];
  private readonly binOf: number[] = [];
  private readonly gradient: Float64Array;
  private readonly curvature: Float64Array;
  private readonly list: Int32Array;
  private chosen: Int32Array = new Int32Array(0);
  private readonly data: BinnedRows;
  private readonly settings: Settings;

  constructor(data: BinnedRows, settings: Settings) {
    this.data = data;
    this.settings = settings;
    this.gradient = new Float64Array(data.rows);
    this.curvature = new Float64Array(data.rows);
    this.list = new Int32Array(data.rows);
  }

  /** Grows one tree against the present scores and adds its say to them. */
  growTree(scores: Float64Array, labels: Float32Array, weights: Float32Array, groups: Int32Array, random: () => number): void {
    const open = new Map<number, boolean>();
    const { bins, rows, columns, cuts } = this.data;
    let taken = 0;
    let sumG = 0;
    let sumH = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weights[row]!;
      let taking = open.get(groups[row]!);
      if (taking === undefined) {
        taking = random() < this.settings.rowShare;
        open.set(groups[row]!, taking);
      }
      if (weight <= 0 || !taking) continue;
      const chance = 1 / (1 + Math.exp(-scores[row]!));
      this.gradient[row] = weight * (chance - labels[row]!);
      this.curvature[row] = Math.max(1e-6, weight * chance * (1 - chance));
      sumG += this.gradient[row]!;
      sumH += this.curvature[row]!;
      this.list[taken++] = row;
    }
    const chosen: number[] = [];
    for (let column = 0; column < columns; column++)
      if (cuts[column]!.length > 0 && random() < this.settings.columnShare) chosen.push(column);
    this.chosen = Int32Array.from(chosen);
    const root = this.growNode({ from: 0, to: taken, depth: 0, histogram: this.countRows(0, taken), sumG, sumH });
    this.roots.push(root);
    for (let row = 0; row < rows; row++) {
      let node = root;
      const at = row * columns;
      while (node >= 0) node = bins[at + this.feature[node]!]! <= this.binOf[node]! ? this.left[node]! : this.right[node]!;
      scores[row] = scores[row]! + this.leaves[-node - 1]!;
    }
  }

  private countRows(from: number, to: number): Float64Array {
    const { bins, columns } = this.data;
    const { chosen, list, gradient, curvature } = this;
    const count = chosen.length;
    const histogram = new Float64Array(count * BINS * 2);
    for (let index = from; index < to; index++) {
      const row = list[index]!;
      const g = gradient[row]!;
      const h = curvature[row]!;
      const at = row * columns;
      for (let column = 0; column < count; column++) {
        const cell = (column * BINS + bins[at + chosen[column]!]!) * 2;
        histogram[cell] = histogram[cell]! + g;
        histogram[cell + 1] = histogram[cell + 1]! + h;
      }
    }
    return histogram;
  }

  private findSplit(node: Node): Split | null {
    const { minimumWeight, ridge } = this.settings;
    let bestGain = 1e-3;
    let best: Split | null = null;
    const whole = (node.sumG * node.sumG) / (node.sumH + ridge);
    for (let index = 0; index < this.chosen.length; index++) {
      const column = this.chosen[index]!;
      const last = this.data.cuts[column]!.length;
      let leftG = 0;
      let leftH = 0;
      for (let bin = 0; bin < last; bin++) {
        const cell = (index * BINS + bin) * 2;
        leftG += node.histogram[cell]!;
        leftH += node.histogram[cell + 1]!;
        const rightH = node.sumH - leftH;
        if (leftH < minimumWeight || rightH < minimumWeight) continue;
        const rightG = node.sumG - leftG;
        const gain = (leftG * leftG) / (leftH + ridge) + (rightG * rightG) / (rightH + ridge) - whole;
        if (gain > bestGain) {
          bestGain = gain;
          best = { column, bin };
        }
      }
    }
    return best;
  }

  /** @returns the number of the node, or the number of its leaf below zero */
  private growNode(node: Node): number {
    const { settings, list } = this;
    const small = node.depth >= settings.depth || node.to - node.from < 20 || node.sumH < settings.minimumWeight * 2;
    const best = small ? null : this.findSplit(node);
    if (!best) {
      this.leaves.push((-settings.rate * node.sumG) / (node.sumH + settings.ridge));
      return -this.leaves.length;
    }
    const { bins, columns, cuts } = this.data;
    let middle = node.from;
    let leftG = 0;
    let leftH = 0;
    for (let index = node.from; index < node.to; index++) {
      const row = list[index]!;
      if (bins[row * columns + best.column]! <= best.bin) {
        list[index] = list[middle]!;
        list[middle++] = row;
        leftG += this.gradient[row]!;
        leftH += this.curvature[row]!;
      }
    }
    const number = this.feature.length;
    this.feature.push(best.column);
    this.split.push(cuts[best.column]![best.bin]!);
    this.binOf[number] = best.bin;
    this.left.push(0);
    this.right.push(0);
    const depth = node.depth + 1;
    const leaf = depth >= settings.depth;
    const none = new Float64Array(0);
    // Count the smaller side; the larger is what remains.
    const leftIsSmaller = middle - node.from <= node.to - middle;
    const smaller = leaf ? none : leftIsSmaller ? this.countRows(node.from, middle) : this.countRows(middle, node.to);
    const larger = leaf ? none : node.histogram;
    if (!leaf) for (let cell = 0; cell < larger.length; cell++) larger[cell] = larger[cell]! - smaller[cell]!;
    const rightG = node.sumG - leftG;
    const rightH = node.sumH - leftH;
    this.left[number] = this.growNode({
      from: node.from,
      to: middle,
      depth,
      histogram: leftIsSmaller ? smaller : larger,
      sumG: leftG,
      sumH: leftH,
    });
    this.right[number] = this.growNode({
      from: middle,
      to: node.to,
      depth,
      histogram: leftIsSmaller ? larger : smaller,
      sumG: rightG,
      sumH: rightH,
    });
    return number;
  }
}

/** @param groups number of the site of each row: a tree sees all rows of a site or none */
export function trainStage(
  data: BinnedRows,
  labels: Float32Array,
  weights: Float32Array,
  groups: Int32Array,
  settings: Settings,
): StageWeights {
  const random = makeRandom(settings.seed);
  let positive = 0;
  let total = 0;
  for (let row = 0; row < data.rows; row++) {
    positive += weights[row]! * labels[row]!;
    total += weights[row]!;
  }
  const scaled = weights.map((weight) => (weight * data.rows) / Math.max(1e-9, total));
  const base = Math.log(positive / Math.max(1e-9, total - positive));
  const scores = new Float64Array(data.rows).fill(base);
  const forest = new Forest(data, settings);
  for (let tree = 0; tree < settings.trees; tree++) forest.growTree(scores, labels, scaled, groups, random);
  const { roots, feature, split, left, right, leaves } = forest;
  return { base, roots, feature, split, left, right, leaves };
}
