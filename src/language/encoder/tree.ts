/**
 * From arc scores to a tree. Comes in: for each word the score of every possible head (0 stands for the root). Goes out: one head per word,
 * always a tree with a single root word. The best head of each word is taken; only where that is no tree, Chu-Liu/Edmonds finds the best one.
 */

/**
 * Heads of words 1..n (index 0 is unused, head 0 is the root).
 * `scores[d * stride + h]` is the score of h as the head of d, for d and h from 0 to n.
 */
export function decodeTree(scores: Float32Array, offset: number, stride: number, n: number): Int32Array {
  const heads = new Int32Array(n + 1);
  let roots = 0;
  for (let d = 1; d <= n; d++) {
    const row = offset + d * stride;
    let best = -1;
    for (let h = 0; h <= n; h++) {
      if (h !== d && (best < 0 || (scores[row + h] as number) > (scores[row + best] as number))) best = h;
    }
    heads[d] = best;
    if (best === 0) roots++;
  }
  if (roots === 1 && findCycle(heads, n) === undefined) return heads;

  // a second root word costs more than any other change
  const size = n + 1;
  const matrix = new Float64Array(size * size).fill(Number.NEGATIVE_INFINITY);
  for (let d = 1; d <= n; d++) {
    for (let h = 0; h <= n; h++) if (h !== d) matrix[d * size + h] = (scores[offset + d * stride + h] as number) - (h === 0 ? 1e5 : 0);
  }
  return findBestTree(matrix, size);
}

/** The words of one cycle among the heads, if there is one. */
function findCycle(heads: ArrayLike<number>, n: number): number[] | undefined {
  const colour = new Uint32Array(n + 1);
  for (let start = 1; start <= n; start++) {
    let at = start;
    while (at > 0 && colour[at] === 0) {
      colour[at] = start;
      at = heads[at] as number;
    }
    if (at > 0 && colour[at] === start) {
      const cycle = [at];
      for (let next = heads[at] as number; next !== at; next = heads[next] as number) cycle.push(next);
      return cycle;
    }
  }
  return undefined;
}

/** Chu-Liu/Edmonds over a dense matrix: cycles are contracted into one node until the best heads form a tree, then unfolded. */
function findBestTree(first: Float64Array, size: number): Int32Array {
  const heads = new Int32Array(size);
  for (let d = 1; d < size; d++) {
    let best = d === 1 ? 0 : 1;
    best = 0;
    for (let h = 1; h < size; h++) if ((first[d * size + h] as number) > (first[d * size + best] as number)) best = h;
    heads[d] = best;
  }
  const cycle = findCycle(heads, size - 1);
  if (cycle === undefined) return heads;

  const inside = new Uint8Array(size);
  for (const word of cycle) inside[word] = 1;
  const outer: number[] = [];
  for (let i = 0; i < size; i++) if (inside[i] === 0) outer.push(i);
  const small = outer.length + 1;
  const joint = outer.length;
  const matrix = new Float64Array(small * small).fill(Number.NEGATIVE_INFINITY);
  const entry = new Int32Array(small); // for a head outside: the word of the cycle that it would govern
  const exit = new Int32Array(small); // for a word outside: the word of the cycle that would govern it
  let whole = 0;
  for (const word of cycle) whole += first[word * size + (heads[word] as number)] as number;
  for (let a = 0; a < outer.length; a++) {
    const node = outer[a] as number;
    if (node !== 0) {
      for (let b = 0; b < outer.length; b++) matrix[a * small + b] = first[node * size + (outer[b] as number)] as number;
      let best = cycle[0] as number;
      for (const word of cycle) if ((first[node * size + word] as number) > (first[node * size + best] as number)) best = word;
      exit[a] = best;
      matrix[a * small + joint] = first[node * size + best] as number;
    }
    let best = Number.NEGATIVE_INFINITY;
    for (const word of cycle) {
      const score = whole - (first[word * size + (heads[word] as number)] as number) + (first[word * size + node] as number);
      if (score > best) {
        best = score;
        entry[a] = word;
      }
    }
    matrix[joint * small + a] = best;
  }
  const folded = findBestTree(matrix, small);
  for (let a = 1; a < outer.length; a++) {
    const head = folded[a] as number;
    heads[outer[a] as number] = head === joint ? (exit[a] as number) : (outer[head] as number);
  }
  const governor = folded[joint] as number;
  heads[entry[governor] as number] = outer[governor] as number;
  return heads;
}
