/**
 * Phrases of a lexicon, found at a place in a list of small-letter words: the longest that fits. A hyphen within a phrase is a word of
 * its own, as the tokens have it.
 */

export interface PhraseTable<Value> {
  readonly longest: number;
  readonly first: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly value: Value }[]>;
}

export function buildPhraseTable<Value>(entries: readonly (readonly [string, Value])[]): PhraseTable<Value> {
  const first = new Map<string, { words: string[]; value: Value }[]>();
  let longest = 0;
  for (const [phrase, value] of entries) {
    const words = phrase.replaceAll('-', ' - ').split(' ');
    longest = Math.max(longest, words.length);
    const known = first.get(words[0] as string);
    if (known) known.push({ words, value });
    else first.set(words[0] as string, [{ words, value }]);
  }
  for (const list of first.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { longest, first };
}

export function matchPhrase<Value>(table: PhraseTable<Value>, lower: readonly string[], at: number): { value: Value; end: number } | null {
  for (const { words, value } of table.first.get(lower[at] ?? '') ?? []) {
    if (words.every((word, offset) => lower[at + offset] === word)) return { value, end: at + words.length };
  }
  return null;
}
