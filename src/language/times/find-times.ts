/**
 * An article's sentences in, its time expressions out: TIMEX3 value, first and last day against the publication date, precision. Ranges
 * ("from May 3 to 5") and open ends ("since 2014") set the days of both. Without a publication date only full dates are resolved.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { Article, Sentence, TimeExpression, Token } from '../../vocabulary.ts';
import { addMonths, type DayRange, dayNumber, dayOf, isDay, readIsoDay, writeDay, writeYear } from './calendar.ts';
import { matchTimes, type TimeMatch } from './match-times.ts';
import { isPerfect, listChildren, readTense } from './read-tense.ts';
import { resolveTime } from './resolve-time.ts';
import type { ResolvedTime } from './resolved-time.ts';

export interface TimeReading {
  readonly article: Article;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

/** One found time, before its text and ISO dates are written. */
interface Found extends ResolvedTime {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  /** hangs on "since": "since 2014", "since the war began in 2011" */
  readonly since: boolean;
  readonly sentence: number;
  readonly reference: number | null;
}

const MONTH_NAMES = lexicon.months.flat();
/** So many sentences on, "two days earlier" no longer hangs on a date. */
const ANCHOR_REACH = 3;
const NEIGHBOUR = 14;
/** Words that a clause between "since" and its date may have. */
const SINCE_REACH = 8;

/** Time expressions in the order of the text; they never overlap. */
export function findTimes({ article, tokens, sentences }: TimeReading): TimeExpression[] {
  const { text } = article;
  const children = listChildren(tokens);
  const referenceAt = readReferences(article);
  const found: Found[] = [];
  sentences.forEach((sentence, index) => {
    let at = sentence.firstToken;
    while (at < sentence.endToken) {
      const matches = matchTimes(text, tokens, sentence, at);
      const reference = referenceAt((tokens[at] as Token).start);
      const before = at > sentence.firstToken ? (tokens[at - 1] as Token).text.toLowerCase() : '';
      let next = at + 1;
      for (const match of matches) {
        const resolved = resolveTime(match, {
          reference,
          anchor: (unit) => findAnchor(found, index, unit),
          before,
          after: match.endToken < sentence.endToken ? (tokens[match.endToken] as Token).text.toLowerCase() : '',
          counts: isCounting(tokens, match),
          verb: /^(?:VERB|AUX)$/.test((tokens[match.endToken - 1] as Token).upos),
          perfect: () => isPerfect(tokens, children, match.firstToken, match.endToken),
          tense: () => readTense(tokens, children, sentence, match.firstToken, match.endToken),
        });
        if (resolved === null) continue;
        found.push({
          ...resolved,
          start: match.start,
          end: match.end,
          before,
          since: isSince(tokens, sentence, at),
          sentence: index,
          reference,
        });
        const second = readSecondDay(text, sentence, found.at(-1) as Found);
        if (second !== null) found.push(second);
        next = match.endToken;
        while (second !== null && next < sentence.endToken && (tokens[next] as Token).start < second.end) next += 1;
        break;
      }
      at = next;
    }
  });
  return joinRanges(text, setClocks(shareYears(text, found))).map((time) => writeTime(text, time));
}

/** The day of the report at a place in the text: in a live blog that of the post. */
function readReferences(article: Article): (offset: number) => number | null {
  const day = readIsoDay(article.published ?? '') ?? readDateLine(article.text);
  const posts = (article.posts ?? []).filter(({ published }) => published !== undefined && readIsoDay(published) !== null);
  if (posts.length === 0) return () => day;
  return (offset) => {
    const post = posts.find(({ start, end }) => offset >= start && offset < end);
    return post === undefined ? day : readIsoDay(post.published ?? '');
  };
}

const DATE_LINE = new RegExp(
  `^(?:\\p{L}+day,? )?(?:(?<month>${MONTH_NAMES.join('|')})\\.? (?<day>\\d{1,2})|(?<day2>\\d{1,2}) (?<month2>${MONTH_NAMES.join('|')})\\.?) ?,? (?<year>(?:19|20)\\d\\d)$`,
  'iu',
);

/** A date that is a paragraph of its own at the top of a text without a publication date: "March 5, 2007". */
function readDateLine(text: string): number | null {
  for (const line of text.slice(0, 600).split(/\n\s*\n/, 3)) {
    const { month, month2, day, day2, year } = DATE_LINE.exec(line.trim())?.groups ?? {};
    const name = (month ?? month2)?.toLowerCase();
    if (name === undefined) continue;
    const number = lexicon.months.findIndex((forms) => forms.includes(name)) + 1;
    if (isDay(Number(year), number, Number(day ?? day2))) return dayNumber(Number(year), number, Number(day ?? day2));
  }
  return null;
}

/** Is this number the amount of what follows it: "2014 men"? */
function isCounting(tokens: readonly Token[], { firstToken, endToken }: TimeMatch): boolean {
  if (endToken !== firstToken + 1) return false;
  const token = tokens[firstToken] as Token;
  const next = tokens[endToken];
  if (next === undefined || next.sentence !== token.sentence || next.start === token.end) return false;
  if (token.upos !== 'X')
    return token.deprel === 'nummod' && token.head === endToken && (next.xpos === 'NNS' || /Number=Plur/.test(next.feats ?? ''));
  return /^\p{Ll}+s$/u.test(next.text) && !/^(?:as|is|was|has|its|this|his|us|against|towards)$/.test(next.text);
}

/** Units that a time of this precision can be counted from. */
const COUNTS_FROM: Readonly<Record<string, RegExp>> = {
  day: /./,
  week: /^(?:week|month|year|decade)/i,
  month: /^(?:month|year|decade)/i,
  year: /^(?:year|decade)/i,
};

function isSince(tokens: readonly Token[], { firstToken }: Sentence, time: number): boolean {
  for (let at = time - 1; at >= Math.max(firstToken, time - SINCE_REACH); at -= 1) {
    const word = (tokens[at] as Token).text.toLowerCase();
    if (word === 'since') return true;
    if (/^[^\p{L}\p{N}]/u.test(word)) return false;
  }
  return false;
}

function findAnchor(found: readonly Found[], sentence: number, unit: string): number | null {
  for (let at = found.length - 1; at >= 0; at -= 1) {
    const time = found[at] as Found;
    if (sentence - time.sentence > ANCHOR_REACH) return null;
    const dated = time.range !== null && (time.kind === 'date' || time.kind === 'time');
    if (dated && COUNTS_FROM[time.precision]?.test(unit)) return time.range?.first ?? null;
  }
  return null;
}

const SECOND_DAY =
  /\s?(?:to|through|until|till|and|[-–—])\s?(?<day>(?<number>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)(?![\p{L}\p{N}%]|[.,:]\d|\s\p{Ll}+s\b)/uy;

/** The bare second day of "from May 3 to 5". */
function readSecondDay(text: string, sentence: Sentence, first: Found): Found | null {
  if (first.kind !== 'date' || first.precision !== 'day' || first.range === null || first.range.first !== first.range.last) return null;
  if (!/\d(?:st|nd|rd|th)?$/.test(text.slice(first.start, first.end)) || /\d{4}$/.test(text.slice(first.start, first.end))) return null;
  SECOND_DAY.lastIndex = first.end;
  const match = SECOND_DAY.exec(text);
  if (match === null || SECOND_DAY.lastIndex > sentence.end) return null;
  if (/and/.test(match[0]) && first.before !== 'between') return null;
  const { year, month, day } = dayOf(first.range.first);
  const last = Number(match.groups?.number);
  if (last <= day || !isDay(year, month, last)) return null;
  const number = dayNumber(year, month, last);
  const end = SECOND_DAY.lastIndex;
  const start = end - (match.groups?.day?.length ?? 0);
  return { ...first, value: writeDay(number), range: { first: number, last: number }, start, end, before: 'to' };
}

const PAIRED = /^\s*(?:to|until|till|through|and|or|[-–—])\s*(?:the\s)?$/;

/** "September and October 2007": the year is said once, after the second. */
function shareYears(text: string, found: readonly Found[]): Found[] {
  return found.map((time, index) => {
    const next = found[index + 1];
    if (time.range === null || next?.range == null || next.sentence !== time.sentence || !PAIRED.test(text.slice(time.end, next.start)))
      return time;
    const words = text.slice(time.start, time.end);
    if (!/^\d{4}-\d\d/.test(time.value) || /\d{4}/.test(words) || !/\d{4}$/.test(text.slice(next.start, next.end))) return time;
    if (!/\p{L}{3}/u.test(words) || isWeekdayName(words)) return time;
    const { year, month } = dayOf(time.range.first);
    const other = dayOf(next.range.first);
    const shift = other.year - (month > other.month ? 1 : 0) - year;
    const first = addMonths(time.range.first, 12 * shift);
    const last = addMonths(time.range.last, 12 * shift);
    return { ...time, value: writeYear(year + shift) + time.value.slice(4), range: { first, last } };
  });
}

const isWeekdayName = (words: string) => /day$|yesterday|today|tomorrow/i.test(words) && !/\d/.test(words);

/** A clock time takes its day from the date beside it, else from the report. */
function setClocks(found: readonly Found[]): Found[] {
  return found.map((time, index) => {
    if (time.clock === undefined) return time;
    const beside = [found[index + 1], found[index - 1]].find(
      (other) =>
        other?.range != null &&
        other.precision === 'day' &&
        other.sentence === time.sentence &&
        other.range.first === other.range.last &&
        Math.max(other.start - time.end, time.start - other.end) <= NEIGHBOUR,
    );
    const day = beside?.range?.first ?? time.reference;
    return day === null ? time : { ...time, value: writeDay(day) + time.clock, range: { first: day, last: day } };
  });
}

const BETWEEN = /^\s*(?:to|until|till|through|and|[-–—])\s*(?:the\s)?$/;

function joinRanges(text: string, found: readonly Found[]): Found[] {
  const times: Found[] = found.map((time) => ({ ...time }));
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] as Found;
    const next = times[at + 1];
    const dated = time.kind === 'date' || time.kind === 'time';
    if (!dated || time.range === null) continue;
    if (time.since && time.reference !== null && time.reference >= time.range.first) {
      times[at] = { ...time, range: { first: time.range.first, last: time.reference } };
    } else if (next?.range != null && next.sentence === time.sentence && next.start - time.end < 12) {
      const link = text.slice(time.end, next.start);
      const joined = BETWEEN.test(link) && (!/and/.test(link) || time.before === 'between');
      if (!joined) continue;
      const second = isWeekday(next) && next.range.last < time.range.first ? moveDays(next, 7) : next;
      const range: DayRange = { first: time.range.first, last: second.range?.last ?? next.range.last };
      if (range.last <= range.first) continue;
      times[at] = { ...time, range };
      times[at + 1] = { ...second, range };
      at += 1;
    }
  }
  return times;
}

const isWeekday = (time: Found) => time.kind === 'date' && time.precision === 'day' && time.range?.first === time.range?.last;

function moveDays(time: Found, days: number): Found {
  const { first } = time.range as DayRange;
  return { ...time, value: writeDay(first + days), range: { first: first + days, last: first + days } };
}

function writeTime(text: string, time: Found): TimeExpression {
  const { start, end, kind, value, range, precision, offsetDays } = time;
  return {
    text: text.slice(start, end),
    start,
    end,
    kind,
    value,
    from: range === null ? null : writeDay(range.first),
    to: range === null ? null : writeDay(range.last),
    precision,
    ...(offsetDays === undefined ? {} : { offsetDays }),
  };
}
