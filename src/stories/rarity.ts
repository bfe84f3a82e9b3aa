/**
 * How much a word tells: rare words much, "the" nothing. The counts are fixed (lexicon/en/word-rarity.json), so that
 * the likeness of two articles does not hang on what else the record holds, nor on the order in which it came.
 */
import counts from '../../lexicon/en/word-rarity.json' with { type: 'json' };

const WORDS = new Map<string, number>(Object.entries(counts.words));

/** Natural logarithm of one over the share of texts with this stem: 0 for the commonest, about 7 for a word never counted. */
export function rarityOf(stem: string): number {
  return Math.max(0, Math.log((counts.texts + 1) / ((WORDS.get(stem) ?? 1) + 0.5)));
}
