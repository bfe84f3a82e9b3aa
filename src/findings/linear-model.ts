/**
 * A log-linear model over named features: the score of a class is the sum of its weights. Weights come from models/findings
 * (training/findings makes them). Says also which features decided. Pure arithmetic.
 */

/** class → feature → weight, as the file holds it; the class "any" is shared by all but the empty class */
export type WeightFile = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface LinearModel {
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export function openModel(file: WeightFile): LinearModel {
  return { classes: new Map(Object.entries(file).map(([name, weights]) => [name, new Map(Object.entries(weights))])) };
}

export function scoreOf(model: LinearModel, name: string, features: readonly string[]): number {
  const weights = model.classes.get(name);
  if (!weights) return 0;
  let sum = 0;
  for (const f of features) sum += weights.get(f) ?? 0;
  return sum;
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
  return softmax(names.map((name) => scoreOf(model, name, features)));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Features that spoke most for a class, strongest first. */
export function reasonsFor(model: LinearModel, name: string, features: readonly string[]): { feature: string; weight: number }[] {
  const weights = model.classes.get(name);
  return features
    .map((feature) => ({ feature, weight: weights?.get(feature) ?? 0 }))
    .filter((r) => r.weight > 0)
    .sort((a, b) => b.weight - a.weight);
}
