/**
 * Word pieces and word shapes: how the encoder sees one word. Comes in: a surface word. Goes out: piece numbers and a shape number.
 * training/reader/wordpiece.py is the same in Python; pieces.test.ts holds both to one list of examples.
 */

export const CLS = 101;
export const SEP = 102;
const UNKNOWN = 100;
/** code points of a word that are looked at; the rest of a longer one is not read, so that any text takes linear time */
const LONGEST_WORD = 64;
const MOST_PIECES = 16;
/** kinds of shape beside that of [CLS] and [SEP]; a word that opens its sentence has its kind plus this */
export const SHAPE_KINDS = 10;

const UPPER = /^[\p{Lu}\p{Lt}]$/u;
const LOWER = /^\p{Ll}$/u;
const LETTER = /^\p{L}$/u;
const NUMBER = /^\p{N}$/u;
const MARK = /^\p{Mn}$/u;
const CONTROL = /^[\p{Cc}\p{Cf}]$/u;
const SPACE = /^\p{Zs}$/u;
const PUNCTUATION = /^\p{P}$/u;

/** Shape number 1–10: lower, title, upper, single letter, mixed, digits, alphanumeric, number, mark, other script. */
export function shapeOf(word: string): number {
  let upper = 0;
  let lower = 0;
  let digits = 0;
  let letters = 0;
  let marks = 0;
  let startsUpper = false;
  let at = 0;
  for (const char of word) {
    if (at === LONGEST_WORD) break;
    const code = char.charCodeAt(0);
    if (code >= 97 && code <= 122) {
      lower++;
      letters++;
    } else if ((code >= 65 && code <= 90) || (code > 127 && UPPER.test(char))) {
      upper++;
      letters++;
      if (letters === 1 && at <= 1) startsUpper = true;
    } else if (code >= 48 && code <= 57) digits++;
    else if (code < 128) marks++;
    else if (LOWER.test(char)) {
      lower++;
      letters++;
    } else if (LETTER.test(char)) letters++;
    else if (NUMBER.test(char)) digits++;
    else marks++;
    at++;
  }
  if (letters > 0 && digits > 0) return 7;
  if (digits > 0) return marks > 0 ? 8 : 6;
  if (letters === 0) return 9;
  if (upper === 0) return lower > 0 ? 1 : 10;
  if (lower === 0) return letters === 1 ? 4 : 3;
  return startsUpper && upper === 1 ? 2 : 5;
}

function splitsAlone(char: string): boolean {
  const code = char.codePointAt(0) as number;
  if (code < 128) return (code >= 33 && code <= 47) || (code >= 58 && code <= 64) || (code >= 91 && code <= 96) || code >= 123;
  if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xf900 && code <= 0xfaff)) return true;
  return PUNCTUATION.test(char);
}

/** Splits words into pieces of the vocabulary; keeps what it has seen. */
export function createPieces(vocabulary: string): (word: string) => readonly number[] {
  const numbers = new Map<string, number>();
  for (const [number, piece] of vocabulary.split('\n').entries()) if (piece !== '') numbers.set(piece, number);
  const seen = new Map<string, readonly number[]>();

  function splitPart(part: string, into: number[]): void {
    const before = into.length;
    let start = 0;
    while (start < part.length) {
      let end = part.length;
      let number: number | undefined;
      for (; end > start; end--) {
        number = numbers.get(start === 0 ? part.slice(0, end) : `##${part.slice(start, end)}`);
        if (number !== undefined) break;
      }
      if (number === undefined) {
        into.length = before;
        into.push(UNKNOWN);
        return;
      }
      into.push(number);
      start = end;
    }
  }

  return (word) => {
    const known = seen.get(word);
    if (known !== undefined) return known;
    const letters = [
      ...(word.length > LONGEST_WORD ? [...word.slice(0, 2 * LONGEST_WORD)].slice(0, LONGEST_WORD).join('') : word)
        .toLowerCase()
        .normalize('NFD'),
    ];
    const pieces: number[] = [];
    let part = '';
    const flush = () => {
      if (part !== '' && pieces.length < MOST_PIECES) splitPart(part, pieces);
      part = '';
    };
    for (const char of letters) {
      if (char > '~' || char < ' ') {
        if (MARK.test(char) || CONTROL.test(char)) continue;
        if (SPACE.test(char)) {
          flush();
          continue;
        }
      } else if (char === ' ') {
        flush();
        continue;
      }
      if (splitsAlone(char)) {
        flush();
        if (pieces.length < MOST_PIECES) splitPart(char, pieces);
      } else part += char;
    }
    flush();
    const found = pieces.length === 0 ? [UNKNOWN] : pieces.slice(0, MOST_PIECES);
    if (seen.size > 50_000) seen.clear();
    seen.set(word, found);
    return found;
  };
}
