/**
 * The labels of the network and what is made of their scores: best label, lemma by edit script, spans of names.
 * Comes in: raw scores of one sentence. Goes out: plain labels. Knows nothing of the network itself.
 */

/** models/reader/labels.json */
export interface ReaderLabels {
  /** label lists by head */
  readonly heads: Readonly<Record<string, readonly string[]>>;
  /** [from, to) of each head's scores within a word's row */
  readonly layout: Readonly<Record<string, readonly [number, number]>>;
  /** part of speech → numbers of the features seen with it */
  readonly features: Readonly<Record<string, readonly number[]>>;
  /** lemmas of nouns, verbs and adjectives in the treebanks, parted by blanks */
  readonly lemmas: string;
}

/** A named stretch of tokens [start, end) of the sentence; `score` is the geometric mean of its labels' probabilities. */
export interface NameSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly score: number;
}

/** Number of the best score in [from, to), counted from `from`. */
export function bestOf(scores: Float32Array, from: number, to: number): number {
  let best = from;
  for (let i = from + 1; i < to; i++) if ((scores[i] as number) > (scores[best] as number)) best = i;
  return best - from;
}

/** Applies "ing>e" to a word ("^" first: letters keep their case); undefined where it does not fit. */
export function applyScript(word: string, script: string): string | undefined {
  const keep = script.startsWith('^');
  const cut = script.indexOf('>');
  const off = script.slice(keep ? 1 : 0, cut);
  const base = keep ? word : word.toLowerCase();
  return base.endsWith(off) ? base.slice(0, base.length - off.length) + script.slice(cut + 1) : undefined;
}

/** Guesses that are looked at for a word whose best lemma is attested nowhere ("denied" as "deni" before "deny"). */
const MOST_GUESSES = 4;

/** The lemma by the best script that fits the word; where that changes the word into none of `attested`, by the next best that does not. */
export function chooseLemma(
  word: string,
  scripts: readonly string[],
  scores: Float32Array,
  from: number,
  attested: ReadonlySet<string>,
): string {
  const tried = new Set<number>();
  let first: string | undefined;
  for (let guesses = 0; guesses < MOST_GUESSES && tried.size < 12; ) {
    let best = -1;
    for (let i = 0; i < scripts.length; i++) {
      if (!tried.has(i) && (best < 0 || (scores[from + i] as number) > (scores[from + best] as number))) best = i;
    }
    if (best < 0) break;
    tried.add(best);
    const script = scripts[best] as string;
    const lemma = applyScript(word, script);
    if (lemma === undefined || lemma === '') continue;
    if (attested.has(lemma)) return lemma;
    if (first === undefined) {
      if (script.endsWith('>') && script.length <= 2) return lemma; // left as it stands
      if (script.startsWith('^')) return lemma; // a name
      first = lemma;
    }
    guesses++;
  }
  return first ?? word.toLowerCase();
}

/** Which label may follow which, for labels "O" and B-, I-, E-, S- with a kind. */
function follows(before: string, after: string): boolean {
  const open = before.startsWith('B-') || before.startsWith('I-');
  const inner = after.startsWith('I-') || after.startsWith('E-');
  return open ? inner && before.slice(2) === after.slice(2) : !inner;
}

/** A decoder of spans for one head: the best sequence of labels that is well formed (Viterbi). */
export function createSpanDecoder(
  labels: readonly string[],
): (scores: Float32Array, offset: number, stride: number, words: number) => NameSpan[] {
  const count = labels.length;
  const before = labels.map((after) => labels.flatMap((label, i) => (follows(label, after) ? [i] : [])));
  const opens = labels.map((label) => label === 'O' || label[0] === 'B' || label[0] === 'S');
  const closes = labels.map((label) => label === 'O' || label[0] === 'E' || label[0] === 'S');
  const outside = labels.indexOf('O');

  return (scores, offset, stride, words) => {
    // most sentences hold no name of a kind: nothing is worked out for them
    let named = false;
    for (let w = 0; w < words && !named; w++) {
      const row = offset + w * stride;
      if (bestOf(scores, row, row + count) !== outside) named = true;
    }
    if (!named) return [];
    let best = new Float64Array(count);
    for (let i = 0; i < count; i++) best[i] = opens[i] ? (scores[offset + i] as number) : Number.NEGATIVE_INFINITY;
    const back = new Int32Array(words * count);
    for (let w = 1; w < words; w++) {
      const next = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        let from = -1;
        for (const j of before[i] as number[]) if (from < 0 || (best[j] as number) > (best[from] as number)) from = j;
        back[w * count + i] = from;
        next[i] = (best[from] as number) + (scores[offset + w * stride + i] as number);
      }
      best = next;
    }
    let at = outside;
    for (let i = 0; i < count; i++) if (closes[i] && (best[i] as number) > (best[at] as number)) at = i;
    const path = new Int32Array(words);
    for (let w = words - 1; w >= 0; w--) {
      path[w] = at;
      at = back[w * count + at] as number;
    }
    const spans: NameSpan[] = [];
    let start = 0;
    let total = 0;
    for (let w = 0; w < words; w++) {
      const number = path[w] as number;
      const label = labels[number] as string;
      if (label === 'O') continue;
      if (opens[number]) {
        start = w;
        total = 0;
      }
      total += logShare(scores, offset + w * stride, count, number);
      if (closes[number]) spans.push({ start, end: w + 1, kind: label.slice(2), score: Math.exp(total / (w + 1 - start)) });
    }
    return spans;
  };
}

/** Log of a label's probability among `count` scores. */
function logShare(scores: Float32Array, from: number, count: number, label: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) top = Math.max(top, scores[from + i] as number);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp((scores[from + i] as number) - top);
  return (scores[from + label] as number) - top - Math.log(sum);
}
