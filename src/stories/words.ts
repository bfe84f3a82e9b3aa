/**
 * What two articles are compared by: the words of a text, folded and cut to a light stem, with capitals and numbers noted.
 * Text in, plain words out; no state, no rarity (see rarity.ts).
 */

export interface Word {
  /** folded light stem, or the digits of a number */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
  /** begins with a capital, and not only because a sentence begins */
  readonly capital: boolean;
  readonly number: boolean;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*|\d+(?:[.,]\d+)*/gu;
const MARKS = /\p{M}+/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;
const OPENS_SENTENCE = /(?:^|[.!?:;\n"“”'‘’`(\]–—-])\s*$/;

export function foldWord(word: string): string {
  const plain = BEYOND_ASCII.test(word) ? word.normalize('NFKD').replace(MARKS, '') : word;
  return plain
    .toLowerCase()
    .replace(/['’](?:s|re|ve|ll|d|m|t)?$/, '')
    .replace(/['’]/g, '');
}

const stemmed = new Map<string, string>();

/** Endings of number, tense and manner cut off: enough to bring "attacks", "attacked" and "attacking" together. */
export function lightStem(folded: string): string {
  const found = stemmed.get(folded);
  if (found !== undefined) return found;
  const result = cutEnding(folded);
  if (stemmed.size > 50_000) stemmed.clear();
  stemmed.set(folded, result);
  return result;
}

function cutEnding(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  let w = word;
  if (w.endsWith('ies') && w.length > 4) w = `${w.slice(0, -3)}y`;
  else if (/(?:ss|sh|ch|x|z)es$/.test(w)) w = w.slice(0, -2);
  else if (w.endsWith('s') && !/(?:ss|us|is)$/.test(w)) w = w.slice(0, -1);
  const past = /^(.*[aeiouy].*)(?:ed|ing)$/.exec(w);
  if (past && (past[1] as string).length >= 3) {
    w = past[1] as string;
    if (/([^aeioulsz])\1$/.test(w)) w = w.slice(0, -1);
  }
  if (w.endsWith('ly') && w.length > 5) w = w.slice(0, -2);
  if (w.endsWith('e') && w.length > 3) w = w.slice(0, -1);
  if (w.endsWith('i') && w.length > 3) w = `${w.slice(0, -1)}y`;
  return w;
}

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const written = match[0];
    const number = written.charCodeAt(0) < 58;
    const folded = number ? written.replace(/[.,](?=\d{3}(?!\d))/g, '') : foldWord(written);
    if (folded === '') continue;
    const first = written.charAt(0);
    const capital = !number && first !== first.toLowerCase() && !OPENS_SENTENCE.test(text.slice(Math.max(0, start - 4), start));
    words.push({ stem: number ? folded : lightStem(folded), start, end: start + written.length, capital, number });
  }
  return words;
}
