/**
 * The field's scores for groupings: B³ (Bagga and Baldwin 1998), MUC (Vilain 1995), CEAF with entity similarity (Luo 2005), and their mean.
 * Two maps from item to group go in, true and found; items of one map alone count against precision or recall.
 */

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

type Grouping = ReadonlyMap<string, string>;

function scoreOf(precision: number, recall: number): Score {
  return { precision, recall, f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0 };
}

function groupsOf(grouping: Grouping): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [item, group] of grouping) groups.set(group, (groups.get(group) ?? new Set()).add(item));
  return groups;
}

function overlap(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  let common = 0;
  for (const item of first) if (second.has(item)) common++;
  return common;
}

export function scoreBCubed(gold: Grouping, found: Grouping): Score {
  const half = (of: Grouping, against: Grouping) => {
    const own = groupsOf(of);
    const other = groupsOf(against);
    let sum = 0;
    for (const [item, group] of of) {
      const its = other.get(against.get(item) ?? '');
      if (its?.has(item)) sum += overlap(own.get(group) as Set<string>, its) / (own.get(group) as Set<string>).size;
    }
    return of.size > 0 ? sum / of.size : 0;
  };
  return scoreOf(half(found, gold), half(gold, found));
}

export function scoreMuc(gold: Grouping, found: Grouping): Score {
  const half = (of: Grouping, against: Grouping) => {
    let links = 0;
    let all = 0;
    for (const group of groupsOf(of).values()) {
      const parts = new Set([...group].map((item) => against.get(item) ?? `alone ${item}`));
      links += group.size - parts.size;
      all += group.size - 1;
    }
    return all > 0 ? links / all : 0;
  };
  return scoreOf(half(found, gold), half(gold, found));
}

/** Each true group is matched with at most one found group so that the sum of their likeness (2·common / sizes) is largest. */
export function scoreCeaf(gold: Grouping, found: Grouping): Score {
  const golden = [...groupsOf(gold).values()];
  const others = [...groupsOf(found).values()];
  const holder = new Map<string, number>();
  others.forEach((group, at) => {
    for (const item of group) holder.set(item, at);
  });
  const edges: { a: number; b: number; weight: number }[] = [];
  golden.forEach((group, a) => {
    for (const b of new Set([...group].map((item) => holder.get(item)).filter((at) => at !== undefined))) {
      const its = others[b] as Set<string>;
      edges.push({ a, b, weight: (2 * overlap(group, its)) / (group.size + its.size) });
    }
  });
  const best = matchBest(edges);
  return scoreOf(others.length > 0 ? best / others.length : 0, golden.length > 0 ? best / golden.length : 0);
}

/** Weight of the best matching of a sparse two-sided graph, connected part by connected part. */
function matchBest(edges: readonly { readonly a: number; readonly b: number; readonly weight: number }[]): number {
  const parts = new Map<string, string>();
  const root = (node: string): string => {
    const up = parts.get(node) ?? node;
    if (up === node) return node;
    const top = root(up);
    parts.set(node, top);
    return top;
  };
  for (const { a, b } of edges) parts.set(root(`a${a}`), root(`b${b}`));
  const ofPart = new Map<string, { a: number; b: number; weight: number }[]>();
  for (const edge of edges) ofPart.set(root(`a${edge.a}`), [...(ofPart.get(root(`a${edge.a}`)) ?? []), edge]);
  let total = 0;
  for (const part of ofPart.values()) {
    const rows = [...new Set(part.map((edge) => edge.a))];
    const columns = [...new Set(part.map((edge) => edge.b))];
    const weights = rows.map((a) => columns.map((b) => part.find((edge) => edge.a === a && edge.b === b)?.weight ?? 0));
    total += assign(rows.length <= columns.length ? weights : columns.map((_, at) => weights.map((row) => row[at] as number)));
  }
  return total;
}

/** Hungarian method (Kuhn 1955, with potentials): the largest sum of one weight per row, no column twice; at least as many columns as rows. */
function assign(weights: readonly (readonly number[])[]): number {
  const rows = weights.length;
  const columns = weights[0]?.length ?? 0;
  const ofRow = new Float64Array(rows + 1);
  const ofColumn = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    const way = new Int32Array(columns + 1);
    do {
      used[column] = 1;
      const at = rowOf[column] as number;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let other = 1; other <= columns; other++) {
        if (used[other]) continue;
        const cost = -(weights[at - 1]?.[other - 1] as number) - (ofRow[at] as number) - (ofColumn[other] as number);
        if (cost < (least[other] as number)) {
          least[other] = cost;
          way[other] = column;
        }
        if ((least[other] as number) < delta) {
          delta = least[other] as number;
          next = other;
        }
      }
      for (let other = 0; other <= columns; other++) {
        if (used[other]) {
          ofRow[rowOf[other] as number] = (ofRow[rowOf[other] as number] as number) + delta;
          ofColumn[other] = (ofColumn[other] as number) - delta;
        } else least[other] = (least[other] as number) - delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    do {
      const before = way[column] as number;
      rowOf[column] = rowOf[before] as number;
      column = before;
    } while (column !== 0);
  }
  let sum = 0;
  for (let column = 1; column <= columns; column++)
    if (rowOf[column]) sum += weights[(rowOf[column] as number) - 1]?.[column - 1] as number;
  return sum;
}

export function scoreConll(
  gold: Grouping,
  found: Grouping,
): { readonly muc: number; readonly bCubed: number; readonly ceaf: number; readonly conll: number } {
  const muc = scoreMuc(gold, found).f1;
  const bCubed = scoreBCubed(gold, found).f1;
  const ceaf = scoreCeaf(gold, found).f1;
  return { muc, bCubed, ceaf, conll: (muc + bCubed + ceaf) / 3 };
}
