/**
 * What a run of text looks like, in one pass: counts of words, capitals, digits, marks, and the words as numbers.
 * Every script is read alike; a Chinese, Japanese, Korean or Thai sign counts as a word of its own.
 */

export interface TextShape {
  /** hashes of the lower-case words, in order */
  readonly words: readonly number[];
  readonly letters: number;
  readonly capitals: number;
  readonly digits: number;
  readonly commas: number;
  /** full stops, question and exclamation marks of any script */
  readonly stops: number;
  readonly quotes: number;
  /** other marks: | / @ © … */
  readonly signs: number;
  /** words that start with a capital */
  readonly capitalised: number;
  /** words written in capitals only, of two letters and more */
  readonly shouted: number;
  /** signs of scripts without spaces */
  readonly unspaced: number;
  readonly endsSentence: boolean;
  readonly startsCapital: boolean;
  readonly startsSign: boolean;
}

/** The shape of a block that nobody looks at. */
export const NO_SHAPE: TextShape = {
  words: [],
  letters: 0,
  capitals: 0,
  digits: 0,
  commas: 0,
  stops: 0,
  quotes: 0,
  signs: 0,
  capitalised: 0,
  shouted: 0,
  unspaced: 0,
  endsSentence: false,
  startsCapital: false,
  startsSign: false,
};

const STOPS = new Set([...'.!?…。！？؟।։'].map((sign) => sign.charCodeAt(0)));
const COMMAS = new Set([...',،、，;；'].map((sign) => sign.charCodeAt(0)));
const QUOTES = new Set([...'"\'“”„«»‘’「」『』'].map((sign) => sign.charCodeAt(0)));
const CLOSERS = new Set([...'"”’»)]」』\''].map((sign) => sign.charCodeAt(0)));

function isUnspaced(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7af) ||
    (code >= 0x0e00 && code <= 0x0e7f)
  );
}

function isLetter(code: number): boolean {
  if (code < 0x80) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code === 0xd7 || code === 0xf7 || (code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x3020)) return false;
  if (code >= 0x0600 && code <= 0x061f) return false;
  return (
    code !== 0x06d4 &&
    !(code >= 0x0660 && code <= 0x066d) &&
    !(code >= 0x06f0 && code <= 0x06f9) &&
    !(code >= 0xff00 && code <= 0xff20) &&
    code !== 0x0964
  );
}

export function measureText(text: string): TextShape {
  const lower = text.toLowerCase();
  const sameLength = lower.length === text.length;
  const words: number[] = [];
  let letters = 0;
  let capitals = 0;
  let digits = 0;
  let commas = 0;
  let stops = 0;
  let quotes = 0;
  let signs = 0;
  let capitalised = 0;
  let shouted = 0;
  let unspaced = 0;
  let hash = 0;
  let length = 0;
  let capitalsInWord = 0;
  let startsWithCapital = false;
  const endWord = (): void => {
    if (length === 0) return;
    words.push(hash);
    if (startsWithCapital) capitalised++;
    if (capitalsInWord >= 2 && capitalsInWord === length) shouted++;
    length = 0;
  };
  for (let index = 0; index < lower.length; index++) {
    const code = lower.charCodeAt(index);
    const digit = (code >= 48 && code <= 57) || (code >= 0x0660 && code <= 0x0669) || (code >= 0x06f0 && code <= 0x06f9);
    if (digit || isLetter(code)) {
      if (isUnspaced(code)) {
        endWord();
        words.push(code);
        unspaced++;
        letters++;
        continue;
      }
      const capital = sameLength && text.charCodeAt(index) !== code;
      if (length === 0) {
        hash = 0x811c9dc5;
        capitalsInWord = 0;
        startsWithCapital = capital;
      }
      hash = Math.imul(hash ^ code, 0x01000193);
      length++;
      if (digit) digits++;
      else letters++;
      if (capital) {
        capitals++;
        capitalsInWord++;
      }
      continue;
    }
    // An apostrophe inside a word does not part it.
    if ((code === 39 || code === 0x2019) && length > 0 && index + 1 < lower.length && isLetter(lower.charCodeAt(index + 1))) continue;
    endWord();
    if (code === 32 || code === 10) continue;
    if (STOPS.has(code)) stops++;
    else if (COMMAS.has(code)) commas++;
    else if (QUOTES.has(code)) quotes++;
    else signs++;
  }
  endWord();
  let last = text.length - 1;
  while (last > 0 && CLOSERS.has(text.charCodeAt(last))) last--;
  const first = text.charCodeAt(0);
  return {
    words,
    letters,
    capitals,
    digits,
    commas,
    stops,
    quotes,
    signs,
    capitalised,
    shouted,
    unspaced,
    endsSentence: STOPS.has(text.charCodeAt(last)),
    startsCapital: sameLength && text.length > 0 && lower.charCodeAt(0) !== first,
    startsSign: text.length > 0 && !isLetter(first) && !(first >= 48 && first <= 57) && !QUOTES.has(first),
  };
}

/** Runs of n words as numbers; a shorter text is one run. */
export function hashRuns(words: readonly number[], n: number): number[] {
  if (words.length === 0) return [];
  const runs: number[] = [];
  const last = Math.max(1, words.length - n + 1);
  for (let index = 0; index < last; index++) {
    let hash = 17;
    for (let word = index; word < Math.min(index + n, words.length); word++) hash = Math.imul(hash, 31) + words[word]!;
    runs.push(hash | 0);
  }
  return runs;
}
