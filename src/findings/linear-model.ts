/**
 * A log-linear model over named features: the score of a class is the sum of its weights. Weights come from models/findings
 * (training/findings makes them). Says also which features decided. Pure arithmetic.
 */

/** class → feature → weight, as the file holds it; the class "any" is shared by all but the empty class */
export type WeightFile = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface LinearModel {
  readonly classes: ReadonlyMap<string, number>;
  /** feature → its weight for each class, in the order of `classes` */
  readonly rows: ReadonlyMap<string, Float64Array>;
}

export function openModel(file: WeightFile): LinearModel {
  const classes = new Map(Object.keys(file).map((name, k) => [name, k]));
  const rows = new Map<string, Float64Array>();
  for (const [name, weights] of Object.entries(file)) {
    for (const [feature, weight] of Object.entries(weights)) {
      const row = rows.get(feature) ?? new Float64Array(classes.size);
      row[classes.get(name)!] = weight;
      rows.set(feature, row);
    }
  }
  return { classes, rows };
}

export function scoreOf(model: LinearModel, name: string, features: readonly string[]): number {
  const k = model.classes.get(name);
  if (k === undefined) return 0;
  let sum = 0;
  for (const f of features) {
    const row = model.rows.get(f);
    if (row) sum += row[k]!;
  }
  return sum;
}

/** The scores of all classes at once, in the order of `classes`. */
export function scoresOf(model: LinearModel, features: readonly string[]): Float64Array {
  const sums = new Float64Array(model.classes.size);
  for (const f of features) {
    const row = model.rows.get(f);
    if (row) for (let k = 0; k < row.length; k++) sums[k]! += row[k]!;
  }
  return sums;
}

export function softmax(scores: readonly number[]): number[] {
  let top = Number.NEGATIVE_INFINITY;
  for (const s of scores) top = Math.max(top, s);
  const raised = scores.map((s) => Math.exp(s - top));
  let sum = 0;
  for (const r of raised) sum += r;
  return raised.map((r) => r / sum);
}

/** Probability of each class, in the order asked. */
export function classify(model: LinearModel, names: readonly string[], features: readonly string[]): number[] {
  const sums = scoresOf(model, features);
  return softmax(names.map((name) => sums[model.classes.get(name) ?? -1] ?? 0));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Features that spoke most for a class, strongest first. */
export function reasonsFor(model: LinearModel, name: string, features: readonly string[]): { feature: string; weight: number }[] {
  const k = model.classes.get(name);
  if (k === undefined) return [];
  return features
    .map((feature) => ({ feature, weight: model.rows.get(feature)?.[k] ?? 0 }))
    .filter((r) => r.weight > 0)
    .sort((a, b) => b.weight - a.weight);
}
