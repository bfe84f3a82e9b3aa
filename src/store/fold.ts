/**
 * How the record compares words: folded (no case, accents, punctuation) and, for full text, stemmed with Porter's algorithm (1980).
 * Reckoned in code, so that every engine finds the same articles. Text in, plain words out.
 */

const MARKS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** "Al-Ḥasakah's" → "al hasakah s" */
export function fold(text: string): string {
  const plain = BEYOND_ASCII.test(text) ? text.normalize('NFKD').replace(MARKS, '') : text;
  return plain.toLowerCase().replace(NOT_WORD, ' ').trim();
}

export function foldedWords(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
}

export interface PlacedWord {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text with their stems and offsets, for marking what a search found. */
export function placedStems(text: string): PlacedWord[] {
  const placed: PlacedWord[] = [];
  for (const match of text.matchAll(WORD)) {
    for (const word of foldedWords(match[0])) placed.push({ stem: stem(word), start: match.index, end: match.index + match[0].length });
  }
  return placed;
}

/** The stems of a text in order, for the full-text index. */
export function stems(text: string): string {
  return foldedWords(text).map(stem).join(' ');
}

const known = new Map<string, string>();

/** Porter's stem of a folded word; words that are not plain English letters stay as they are. */
export function stem(word: string): string {
  const found = known.get(word);
  if (found !== undefined) return found;
  const result = word.length < 3 || !/^[a-z]+$/.test(word) ? word : porter(word);
  if (known.size > 100_000) known.clear();
  known.set(word, result);
  return result;
}

const C = '[^aeiou][^aeiouy]*';
const V = '[aeiouy][aeiou]*';
const MEASURE_0 = new RegExp(`^(?:${C})?${V}${C}`);
const MEASURE_1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
const MEASURE_2 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
const HAS_VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
const SHORT_END = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);

const STEP_2: Readonly<Record<string, string>> = {
  ational: 'ate',
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  izer: 'ize',
  bli: 'ble',
  alli: 'al',
  entli: 'ent',
  eli: 'e',
  ousli: 'ous',
  ization: 'ize',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  iveness: 'ive',
  fulness: 'ful',
  ousness: 'ous',
  aliti: 'al',
  iviti: 'ive',
  biliti: 'ble',
  logi: 'log',
};
const STEP_3: Readonly<Record<string, string>> = { icate: 'ic', ative: '', alize: 'al', iciti: 'ic', ical: 'ic', ful: '', ness: '' };
const ENDS_2 = new RegExp(`^(.+?)(${Object.keys(STEP_2).join('|')})$`);
const ENDS_3 = new RegExp(`^(.+?)(${Object.keys(STEP_3).join('|')})$`);
const ENDS_4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

function porter(word: string): string {
  // A leading y is a consonant: written large so that the vowel patterns pass it by.
  let w = word.startsWith('y') ? `Y${word.slice(1)}` : word;
  w = w.replace(/^(.+?)(ss|i)es$/, '$1$2').replace(/^(.+?)([^s])s$/, '$1$2');
  const eed = /^(.+?)eed$/.exec(w);
  const past = /^(.+?)(ed|ing)$/.exec(w);
  if (eed) {
    if (MEASURE_0.test(eed[1] as string)) w = w.slice(0, -1);
  } else if (past && HAS_VOWEL.test(past[1] as string)) {
    w = past[1] as string;
    if (/(at|bl|iz)$/.test(w)) w += 'e';
    else if (/([^aeiouylsz])\1$/.test(w)) w = w.slice(0, -1);
    else if (SHORT_END.test(w)) w += 'e';
  }
  const y = /^(.+?)y$/.exec(w);
  if (y && HAS_VOWEL.test(y[1] as string)) w = `${y[1]}i`;
  w = replaceEnd(w, ENDS_2, STEP_2);
  w = replaceEnd(w, ENDS_3, STEP_3);
  const fourth = ENDS_4.exec(w);
  const ion = /^(.+?[st])ion$/.exec(w);
  if (fourth) {
    if (MEASURE_2.test(fourth[1] as string)) w = fourth[1] as string;
  } else if (ion && MEASURE_2.test(ion[1] as string)) w = ion[1] as string;
  const e = /^(.+?)e$/.exec(w);
  if (e) {
    const base = e[1] as string;
    if (MEASURE_2.test(base) || (MEASURE_0.test(base) && !(MEASURE_1.test(base) && SHORT_END.test(base)))) w = base;
    else if (MEASURE_1.test(base) && !SHORT_END.test(base)) w = base;
  }
  if (w.endsWith('ll') && MEASURE_2.test(w)) w = w.slice(0, -1);
  return w.startsWith('Y') ? `y${w.slice(1)}` : w;
}

function replaceEnd(word: string, ends: RegExp, table: Readonly<Record<string, string>>): string {
  const match = ends.exec(word);
  return match && MEASURE_0.test(match[1] as string) ? (match[1] as string) + table[match[2] as string] : word;
}

/** A search as people type it, taken apart. */
export interface Query {
  /** each a row of stems that must stand side by side; a single word is a row of one */
  readonly all: readonly (readonly string[])[];
  readonly none: readonly (readonly string[])[];
  /** beginnings of words (typed with a trailing *) */
  readonly beginnings: readonly string[];
}

/** `"jail break" hasak* -drill` → phrases, beginnings and what must not occur. Undefined when no word is asked for. */
export function readQuery(words: string): Query | undefined {
  const all: string[][] = [];
  const none: string[][] = [];
  const beginnings: string[] = [];
  for (const [, minus, phrase, plain] of words.matchAll(/(?<![^\s])(-?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    const asked = phrase ?? plain ?? '';
    const row = foldedWords(asked);
    if (row.length === 0) continue;
    if (minus) none.push(row.map(stem));
    else if (phrase === undefined && asked.endsWith('*')) {
      beginnings.push(row.at(-1) as string);
      if (row.length > 1) all.push(row.slice(0, -1).map(stem));
    } else all.push(row.map(stem));
  }
  return all.length + beginnings.length === 0 ? undefined : { all, none, beginnings };
}
