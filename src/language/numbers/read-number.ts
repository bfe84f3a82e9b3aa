/**
 * Words in, one cardinal number out: digits ("1,200", "1.2 million") and words ("two hundred and twelve", "three-and-a-half thousand",
 * "a dozen"). Knows nothing of bounds or of what is counted.
 */

import lexicon from '../../../lexicon/en/numbers.json' with { type: 'json' };

const UNITS = new Map(Object.entries(lexicon.units));
const TENS = new Map(Object.entries(lexicon.tens));
const MULTIPLIERS = new Map(Object.entries(lexicon.multipliers));
const ARTICLES = new Map(Object.entries(lexicon.articles));
const DIGITS = /^(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?$/;

/** Words in small letters, and whether white space stands before each. */
export interface NumberWords {
  readonly lower: readonly string[];
  readonly gapBefore: readonly boolean[];
}

export interface ReadNumber {
  readonly value: number;
  /** index after its last word */
  readonly end: number;
  readonly digits: boolean;
  /** the last multiplier, 1 where there is none: "3 million" 1000000 */
  readonly multiplier: number;
}

/** The number that begins at word `at`, or null. */
export function readNumber(words: NumberWords, at: number): ReadNumber | null {
  const { lower } = words;
  const first = lower[at] ?? '';
  if (first === 'a' || first === 'an') {
    const value = ARTICLES.get(lower[at + 1] ?? '');
    if (value === undefined) return null;
    const rest = value >= 100 ? readTail(lower, at + 2, value) : { value, end: at + 2 };
    return { ...rest, digits: false, multiplier: value };
  }
  if (DIGITS.test(first)) {
    let value = Number(first.replaceAll(',', ''));
    let end = at + 1;
    let multiplier = 1;
    for (;;) {
      const skip = lower[end] === '-' && MULTIPLIERS.has(lower[end + 1] ?? '') ? 1 : 0;
      const factor = MULTIPLIERS.get(lower[end + skip] ?? '');
      // "12 m" with a blank is twelve metres
      if (factor === undefined || ((lower[end + skip] as string).length < 3 && words.gapBefore[end + skip])) break;
      value = round(value * factor);
      multiplier *= factor;
      end += 1 + skip;
    }
    return { value, end, digits: true, multiplier };
  }
  return readWords(lower, at);
}

function readWords(lower: readonly string[], at: number): ReadNumber | null {
  let total = 0;
  let group = 0;
  let end = at;
  let multiplier = 1;
  let open = true;
  for (let next = at; next < lower.length; ) {
    const word = lower[next] as string;
    const linked = next > end;
    const unit = UNITS.get(word);
    const ten = TENS.get(word);
    const factor = MULTIPLIERS.get(word);
    if (unit !== undefined && (open || (group % 10 === 0 && group % 100 !== 10 && unit < 10) || (group >= 100 && group % 100 === 0))) {
      if (end > at && group % 100 !== 0 && !(TENS.has(lower[end - 1] as string) && unit > 0 && unit < 10)) break;
      group += unit;
      open = false;
    } else if (ten !== undefined && (open || (group >= 100 && group % 100 === 0))) {
      group += ten;
      open = false;
    } else if (factor !== undefined && word.length > 3 && end > at) {
      if (factor === 100) group *= 100;
      else if (factor === 12) group *= 12;
      else {
        total += round((group || 1) * factor);
        group = 0;
        open = true;
      }
      multiplier = factor;
    } else if (word === 'a' && lower[next + 1] === 'half' && linked && end > at) {
      group += 0.5;
      next += 1;
    } else if (word === 'half' && linked && (lower[next - 1] === 'a' || lower[next - 2] === 'a')) {
      group += 0.5;
    } else break;
    end = next + 1;
    next = skipLinks(lower, end);
  }
  if (end === at) return null;
  return { value: round(total + group), end, digits: false, multiplier };
}

/** Over hyphens, "and", and "and a" within a number: "twenty-five", "hundred and two", "three-and-a-half" */
function skipLinks(lower: readonly string[], from: number): number {
  let at = from;
  if (lower[at] === '-') at += 1;
  if (lower[at] === 'and') at += 1;
  if (lower[at] === '-') at += 1;
  if (lower[at] === 'a' && lower[at + 1] === '-' && lower[at + 2] === 'half') at += 2;
  return at;
}

/** "a hundred and twenty", "a million and a half" */
function readTail(lower: readonly string[], from: number, value: number): { value: number; end: number } {
  if (lower[from] === 'and' && lower[from + 1] === 'a' && lower[from + 2] === 'half') return { value: value * 1.5, end: from + 3 };
  const factor = MULTIPLIERS.get(lower[from] ?? '') ?? 1;
  const start = factor > 100 ? from + 1 : from;
  const raised = factor > 100 ? value * factor : value;
  const rest = readWords(lower, lower[start] === 'and' ? start + 1 : start);
  return rest !== null && rest.value < raised && Number.isInteger(rest.value) && rest.multiplier === 1
    ? { value: raised + rest.value, end: rest.end }
    : { value: raised, end: start };
}

const round = (value: number) => Math.round(value * 1e6) / 1e6;
