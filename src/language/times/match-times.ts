/**
 * Sentences in, stretches of text that look like times out, each with its rule and named groups; the longest first. The rules and
 * words stand in lexicon/en/times.json. Resolves nothing.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { Sentence, Token } from '../../vocabulary.ts';

export interface TimeRule {
  readonly as: string;
  readonly pattern: string;
  readonly value?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly shift?: number;
  readonly tod?: string;
  readonly half?: boolean;
  /** words that must stand before */
  readonly cues?: readonly string[];
}

export interface TimeMatch {
  readonly rule: TimeRule;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly start: number;
  readonly end: number;
  readonly firstToken: number;
  readonly endToken: number;
  /** begins with a capital within its sentence, as a name does */
  readonly named: boolean;
}

/** By ranges: a property class within a pattern that ignores case takes five times as long to compile, and there are hundreds. */
const LETTER_OR_DIGIT = '[A-Za-z0-9\\u00C0-\\u1FFF\\u2C00-\\uD7FF]';

const either = (words: readonly string[]) =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[’']/g, "['’]"))
    .join('|');
const named = (names: readonly (readonly string[])[]) => {
  const full = names.map((forms) => forms[0] as string);
  const short = names.flatMap((forms) => forms.slice(1));
  return `(?:${either(full)})|(?:${either(short)})(?!${LETTER_OR_DIGIT})\\.?`;
};
const NUMBER_WORD =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen';
const NUMBER = `(?:\\d{1,3}(?:,\\d{3})?(?:\\.\\d{1,2})?½?|(?:half-)?(?:${NUMBER_WORD})(?:[- ](?:${NUMBER_WORD})){0,3}|several|(?:a )?few|(?:a )?couple of|(?:a )?couple|many|a dozen|a hundred|a thousand)(?:[- ](?:and[- ]a[- ]half|and a half))?`;
const UNIT = 'minute|hour|day|night|week|fortnight|weekend|month|quarter|year|decade|century';

const MACROS: Readonly<Record<string, string>> = {
  $month: `(?<mon>${named(lexicon.months)})`,
  $wds: `(?<wds>(?:${either(lexicon.weekdays.map(([full]) => full as string))})s)`,
  $wd: `(?<wd>${named(lexicon.weekdays)})`,
  $year: '(?<year>1[5-9]\\d\\d|20\\d\\d)(?!,\\d|\\.\\d|-\\d{3})',
  $day: '(?<day>3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?(?![\\d%]|[.,:]\\d)',
  $season: `(?<season>${either(Object.keys(lexicon.seasons))})`,
  $holiday: `(?<holiday>${either(Object.keys(lexicon.holidays).filter((name) => !name.includes('’')))})`,
  $tod: `(?<tod>${either(Object.keys(lexicon.partsOfDay))})`,
  $part: '(?<part>early|mid|late)',
  $edge: '(?<edge>beginning|start|end|middle|close|turn|opening|last days|first days|last weeks|first weeks)',
  $which: '(?<which>last|this past|this coming|this|next|past|coming|previous)',
  $approx:
    '(?:about|around|nearly|almost|more than|less than|fewer than|at least|roughly|approximately|some|up to|just over|just under|over|under|well over|only|just|another|exactly|as many as|an estimated|the better part of|barely|(?:the )?(?:entire|whole))',
  $units: `(?<units>minutes|hours|days|nights|weeks|weekends|months|years|decades|centuries)`,
  $unit: `(?<unit>${UNIT}|centurie)s?`,
  $num: `(?<num>${NUMBER}|an?)`,
  $n: NUMBER,
};
const MACRO_ORDER = Object.keys(MACROS).sort((a, b) => b.length - a.length);

function expand(pattern: string): string {
  let expanded = pattern;
  for (const macro of MACRO_ORDER) expanded = expanded.replaceAll(macro, MACROS[macro] as string);
  // a comma may stand apart, as in texts that were tokenized before
  expanded = expanded.replaceAll(',?', '\\s?,?');
  return expanded.replaceAll('~', '(?:\\s{1,2}|[-–‑])').replaceAll(' ?', '\\s?').replaceAll(' ', '\\s{1,2}');
}

const END = `(?!${LETTER_OR_DIGIT}|[.,]\\d)`;
const RULES: readonly { rule: TimeRule; regex: RegExp }[] = (lexicon.rules as readonly TimeRule[]).map((rule) => ({
  rule,
  regex: new RegExp(`(?:${expand(rule.pattern)})${END}`, 'iy'),
}));
/** One look that tells most words from the beginning of a time. */
const ANY = new RegExp(RULES.map(({ rule }) => `(?:${expand(rule.pattern).replaceAll(/\(\?<\w+>/g, '(?:')})`).join('|'), 'iy');

/** All readings of the text at token `at`, the longest first; readings end where a token ends. */
export function matchTimes(text: string, tokens: readonly Token[], sentence: Sentence, at: number): TimeMatch[] {
  const { start } = tokens[at] as Token;
  ANY.lastIndex = start;
  if (!ANY.test(text)) return [];
  const matches: TimeMatch[] = [];
  for (const { rule, regex } of RULES) {
    regex.lastIndex = start;
    const found = regex.exec(text);
    if (found === null) continue;
    const end = start + found[0].length;
    if (end > sentence.end) continue;
    let endToken = at + 1;
    while (endToken < sentence.endToken && (tokens[endToken] as Token).start < end) endToken += 1;
    const named = at > sentence.firstToken && /^\p{Lu}/u.test(found[0]) && !/^\P{L}+$/u.test((tokens[at - 1] as Token).text);
    matches.push({ rule, groups: found.groups ?? {}, start, end, firstToken: at, endToken, named });
  }
  return matches.sort((a, b) => b.end - a.end);
}
