/**
 * Near-verbatim likeness of two texts: hashes of runs of words, a sketch of the smallest of them to look copies up by,
 * and how much of one text stands in the other. The sketch of a trimmed copy keeps the share of the original that is left.
 */
import { wordsOf } from './words.ts';

/** Words in a run: a light edit breaks four runs, chance does not make four words meet. */
const RUN = 4;
/** Hashes in a sketch (bottom-k MinHash: Broder 1997). */
export const SKETCH = 24;

/** Distinct 48-bit hashes of all runs of four words; a shorter text is one run. */
export function shinglesOf(text: string): Set<number> {
  const stems = wordsOf(text).map((word) => hashWord(word.stem));
  const shingles = new Set<number>();
  const last = Math.max(0, stems.length - RUN);
  for (let at = 0; at <= last && stems.length > 0; at++) {
    let high = 0x811c9dc5;
    let low = 0x9747b28c;
    for (let step = 0; step < RUN; step++) {
      const word = stems[at + step] ?? 0;
      high = Math.imul(high ^ word, 0x01000193) ^ (word >>> 15);
      low = Math.imul(low ^ (word >>> 3), 0x5bd1e995) ^ (low >>> 13);
    }
    shingles.add(mix(high) * 65_536 + (mix(low) & 0xffff));
  }
  return shingles;
}

export function sketchOf(shingles: ReadonlySet<number>): number[] {
  return [...shingles].sort((a, b) => a - b).slice(0, SKETCH);
}

export interface Overlap {
  /** share of the first text's runs that stand in the second, and the other way round */
  readonly ofFirst: number;
  readonly ofSecond: number;
}

export function overlapOf(first: ReadonlySet<number>, second: ReadonlySet<number>): Overlap {
  const [small, large] = first.size <= second.size ? [first, second] : [second, first];
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  return { ofFirst: first.size === 0 ? 0 : common / first.size, ofSecond: second.size === 0 ? 0 : common / second.size };
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Murmur3's last step: spreads every bit of the input over the output. */
function mix(hash: number): number {
  let h = hash >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
