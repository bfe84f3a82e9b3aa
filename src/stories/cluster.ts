/**
 * Parts a small set into groups: average-link clustering on log-odds, with pairs that must or must not go together.
 * The outcome does not depend on the order of the items (ties go to the smaller numbers).
 */

export interface Bonds {
  /** pairs of one group whatever their likeness */
  readonly together?: readonly (readonly [number, number])[];
  readonly apart?: readonly (readonly [number, number])[];
}

const FAR = -1e6;

/** @param logit likeness of two items; groups are joined while their mean is above `threshold`. @returns group number of each item */
export function clusterItems(size: number, logit: (i: number, j: number) => number, bonds: Bonds = {}, threshold = 0): number[] {
  const group = Array.from({ length: size }, (_, at) => at);
  const weight = new Array<number>(size).fill(1);
  const alive = new Array<boolean>(size).fill(true);
  const mean = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) mean[i * size + j] = mean[j * size + i] = logit(i, j);
  }
  for (const [i, j] of bonds.apart ?? []) mean[i * size + j] = mean[j * size + i] = FAR * size;
  const join = (into: number, from: number) => {
    for (let other = 0; other < size; other++) {
      if (!alive[other] || other === into || other === from) continue;
      const joined =
        ((mean[into * size + other] as number) * (weight[into] as number) +
          (mean[from * size + other] as number) * (weight[from] as number)) /
        ((weight[into] as number) + (weight[from] as number));
      mean[into * size + other] = mean[other * size + into] = joined;
    }
    weight[into] = (weight[into] as number) + (weight[from] as number);
    alive[from] = false;
    for (let at = 0; at < size; at++) if (group[at] === from) group[at] = into;
  };
  for (const [i, j] of bonds.together ?? []) {
    const [a, b] = [group[i] as number, group[j] as number];
    if (a !== b) join(Math.min(a, b), Math.max(a, b));
  }
  for (;;) {
    let best = threshold;
    let pair: [number, number] | undefined;
    for (let i = 0; i < size; i++) {
      if (!alive[i]) continue;
      for (let j = i + 1; j < size; j++) {
        if (alive[j] && (mean[i * size + j] as number) > best) {
          best = mean[i * size + j] as number;
          pair = [i, j];
        }
      }
    }
    if (!pair) return group;
    join(pair[0], pair[1]);
  }
}
