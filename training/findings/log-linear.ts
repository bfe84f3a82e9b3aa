/**
 * Learns the weights of a log-linear choice between options: exact, by L-BFGS, with a Gaussian prior on every weight.
 * In: examples with the features of each option and the right one. Out: weight by feature name.
 */

export interface Example {
  /** features of each option; an option without features scores 0 */
  readonly options: readonly (readonly string[])[];
  readonly right: number;
  readonly weight?: number;
  /** features seen in fewer groups (articles) than asked are left out */
  readonly group: string;
}

export interface Learned {
  readonly weights: ReadonlyMap<string, number>;
  readonly loss: number;
}

export interface Settings {
  /** strength of the prior */
  readonly l2: number;
  /** features must occur in as many groups */
  readonly minGroups: number;
  readonly rounds?: number;
  /** strength of the prior by feature, times l2 */
  readonly shrink?: (feature: string) => number;
  /** what a weight is drawn to, where that is not 0: knowledge put in before the examples */
  readonly mean?: (feature: string) => number;
}

export function learnWeights(examples: readonly Example[], settings: Settings): Learned {
  const groups = new Map<string, Set<string>>();
  for (const e of examples)
    for (const o of e.options)
      for (const f of o) {
        const set = groups.get(f) ?? new Set<string>();
        if (set.size === 0) groups.set(f, set);
        if (set.size < settings.minGroups) set.add(e.group);
      }
  const ids = new Map<string, number>();
  for (const [f, set] of groups) if (set.size >= settings.minGroups) ids.set(f, ids.size);
  const size = ids.size;
  const prior = new Float64Array(size).fill(settings.l2);
  if (settings.shrink) for (const [f, i] of ids) prior[i] = settings.l2 * settings.shrink(f);
  const mean = new Float64Array(size);
  if (settings.mean) for (const [f, i] of ids) mean[i] = settings.mean(f);
  const data = examples.map((e) => ({
    options: e.options.map((o) => Int32Array.from(o.flatMap((f) => ids.get(f) ?? []))),
    right: e.right,
    weight: e.weight ?? 1,
  }));

  const evaluate = (w: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let i = 0; i < size; i++) {
      const off = w[i]! - mean[i]!;
      loss += 0.5 * prior[i]! * off * off;
      gradient[i] = prior[i]! * off;
    }
    for (const { options, right, weight } of data) {
      const scores = new Float64Array(options.length);
      let top = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < options.length; k++) {
        let s = 0;
        const o = options[k]!;
        for (let j = 0; j < o.length; j++) s += w[o[j]!]!;
        scores[k] = s;
        if (s > top) top = s;
      }
      let sum = 0;
      for (let k = 0; k < scores.length; k++) sum += Math.exp(scores[k]! - top);
      loss += weight * (top + Math.log(sum) - scores[right]!);
      for (let k = 0; k < options.length; k++) {
        const p = weight * (Math.exp(scores[k]! - top) / sum - (k === right ? 1 : 0));
        if (Math.abs(p) < 1e-9) continue;
        const o = options[k]!;
        for (let j = 0; j < o.length; j++) gradient[o[j]!]! += p;
      }
    }
    return loss;
  };

  const { point, value } = minimise(evaluate, mean, settings.rounds ?? 120);
  const weights = new Map<string, number>();
  for (const [f, i] of ids) if (Math.abs(point[i]!) > 0.005) weights.set(f, point[i]!);
  return { weights, loss: value };
}

/** L-BFGS with ten pairs and backtracking. */
function minimise(
  evaluate: (w: Float64Array, g: Float64Array) => number,
  start: Float64Array,
  rounds: number,
): { point: Float64Array; value: number } {
  const size = start.length;
  let point = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let value = evaluate(point, gradient);
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += a[i]! * b[i]!;
    return sum;
  };
  for (let round = 0; round < rounds; round++) {
    const direction = Float64Array.from(gradient, (g) => -g);
    const alphas: number[] = [];
    for (let k = pairs.length - 1; k >= 0; k--) {
      const { s, y, rho } = pairs[k]!;
      const alpha = rho * dot(s, direction);
      alphas[k] = alpha;
      for (let i = 0; i < size; i++) direction[i]! -= alpha * y[i]!;
    }
    const last = pairs.at(-1);
    if (last) {
      const scale = 1 / (last.rho * dot(last.y, last.y));
      for (let i = 0; i < size; i++) direction[i]! *= scale;
    }
    pairs.forEach(({ s, y, rho }, k) => {
      const beta = rho * dot(y, direction);
      for (let i = 0; i < size; i++) direction[i]! += s[i]! * (alphas[k]! - beta);
    });
    const slope = dot(gradient, direction);
    if (slope > -1e-9) break;
    let step = round === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const nextGradient = new Float64Array(size);
    let next = point;
    let nextValue = value;
    let found = false;
    for (let tries = 0; tries < 25; tries++, step /= 2) {
      next = Float64Array.from(point, (p, i) => p + step * direction[i]!);
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + 1e-4 * step * slope) {
        found = true;
        break;
      }
    }
    if (!found) break;
    const s = Float64Array.from(next, (n, i) => n - point[i]!);
    const y = Float64Array.from(nextGradient, (n, i) => n - gradient[i]!);
    const sy = dot(s, y);
    if (sy > 1e-10) {
      pairs.push({ s, y, rho: 1 / sy });
      if (pairs.length > 10) pairs.shift();
    }
    const gain = value - nextValue;
    point = next;
    gradient = Float64Array.from(nextGradient);
    value = nextValue;
    if (gain < 1e-5 * Math.abs(value)) break;
  }
  return { point, value };
}
