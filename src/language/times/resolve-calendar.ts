/**
 * Times that name a place in the calendar: dates, weekdays, months, quarters, seasons, years, holidays. What they leave out (the year
 * of "March 5", the week of "Friday") is set by the day of the report and the tense of their verb.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import { type DayRange, dayNumber, dayOf, easter, isDay, monthRange, weekdayOf, writeMonth, writeYear, yearRange } from './calendar.ts';
import { clean, type Groups, ofDay, type Resolver, type TimeContext, UNKNOWN_DAY, WEEKDAYS, writeDate } from './resolved-time.ts';

const MONTHS = new Map(lexicon.months.flatMap((forms, index) => forms.map((form) => [form, index + 1] as const)));
const SEASONS = new Map(Object.entries(lexicon.seasons));
const HOLIDAYS = new Map(Object.entries(lexicon.holidays));
const ONLY_AFTER = new Set(lexicon.onlyAfter.words);
const CUES = new Set(lexicon.onlyAfter.before);
const SHORT_DAY_CUES = new Set(lexicon.shortDays.before);

const monthOf = (name: string | undefined) => (name === undefined ? undefined : MONTHS.get(clean(name)));

export const CALENDAR_RESOLVERS: Readonly<Record<string, Resolver>> = {
  date(groups, _match, context) {
    const month = monthOf(groups.mon) ?? Number(groups.mon2);
    const day = Number(groups.day);
    if (groups.year !== undefined) {
      const year = Number(groups.year);
      return isDay(year, month, day) ? ofDay(dayNumber(year, month, day), groups.tod) : null;
    }
    if (!isDay(2000, month, day)) return null;
    return ofDay(nearestDay(month, day, context), groups.tod, `XXXX-${writeMonth(0, month).slice(5)}-${String(day).padStart(2, '0')}`);
  },

  dates(groups, match, context) {
    const first = CALENDAR_RESOLVERS.date?.(groups, match, context);
    if (!first?.range) return first ?? null;
    const { year, month } = dayOf(first.range.first);
    const last = Number(groups.day2);
    if (last <= Number(groups.day) || !isDay(year, month, last)) return null;
    return { ...first, range: { first: first.range.first, last: dayNumber(year, month, last) } };
  },

  slashed({ a, b, y }) {
    const year = (y ?? '').length === 2 ? 2000 + Number(y) : Number(y);
    const [month, day] = Number(a) > 12 ? [Number(b), Number(a)] : [Number(a), Number(b)];
    return isDay(year, month, day) ? ofDay(dayNumber(year, month, day), undefined) : null;
  },

  month(groups, _match, context) {
    const month = monthOf(groups.mon) as number;
    const lone = !groups.year && !groups.part && !groups.edge && !groups.which && !groups.same;
    if (lone && ONLY_AFTER.has(clean(groups.mon as string)) && !CUES.has(context.before)) return null;
    const year = groups.year === undefined ? yearOfMonth(month, groups, context) : Number(groups.year);
    if (year === null) return writeDate(`XXXX-${writeMonth(0, month).slice(5)}`, null, 'month');
    return writeDate(writeMonth(year, month), partOfMonth(monthRange(year, month), groups.part, groups.edge), 'month');
  },

  weekday(groups, _match, context) {
    const weekday = WEEKDAYS.get(clean(groups.wd as string)) as number;
    const short = clean(groups.wd as string);
    if (short.length < 5 && groups.which === undefined && !SHORT_DAY_CUES.has(context.before)) return null;
    return ofDay(dayOfWeekday(weekday, groups, context), groups.tod, `XXXX-WXX-${weekday + 1}`);
  },

  year(groups, _match, context) {
    const year = Number(groups.year);
    if (context.counts || /^[$£€#]$/.test(context.before)) return null;
    const cued = CUES.has(context.before) || groups.part !== undefined || groups.edge !== undefined;
    const present = context.reference === null ? 2030 : dayOf(context.reference).year + 30;
    if (!cued && (year < 1900 || year > present)) return null;
    const range = partOfYear(year, groups.part, groups.edge);
    return writeDate(writeYear(year), range, 'year');
  },

  years({ year, year2 }) {
    const first = Number(year);
    const last = year2?.length === 2 ? Math.floor(first / 100) * 100 + Number(year2) : Number(year2);
    if (last <= first || last - first > 100) return null;
    return writeDate(writeYear(first), { first: dayNumber(first, 1, 1), last: dayNumber(last, 12, 31) }, 'year');
  },

  decade({ decade, part }) {
    const first = (decade ?? '').length === 2 ? 1900 + Number(decade) : Number(decade);
    const [from, to] = part === 'early' ? [0, 3] : part === 'mid' ? [4, 6] : part === 'late' ? [7, 9] : [0, 9];
    return writeDate(String(first).slice(0, 3), { first: dayNumber(first + from, 1, 1), last: dayNumber(first + to, 12, 31) }, 'year');
  },

  century({ century }) {
    const number = Number(century);
    if (number < 1 || number > 22) return null;
    const first = (number - 1) * 100 + 1;
    return writeDate(String(number - 1).padStart(2, '0'), { first: dayNumber(first, 1, 1), last: dayNumber(first + 99, 12, 31) }, 'year');
  },

  quarter(groups, _match, context) {
    const quarter = { first: 1, second: 2, third: 3, fourth: 4, final: 4, last: 4 }[groups.quarter?.toLowerCase() ?? ''] as number;
    const year = groups.year === undefined ? yearOfPart(quarter * 3 - 2, groups, context) : Number(groups.year);
    if (year === null) return writeDate(`XXXX-Q${quarter}`, null, 'month');
    const first = dayNumber(year, quarter * 3 - 2, 1);
    return writeDate(`${writeYear(year)}-Q${quarter}`, { first, last: dayNumber(year, quarter * 3 + 1, 0) }, 'month');
  },

  half(groups, _match, context) {
    const half = groups.half?.toLowerCase() === 'first' ? 1 : 2;
    const year = groups.year === undefined ? shiftedYear(groups.same ?? 'this', context) : Number(groups.year);
    if (year === null) return writeDate(`XXXX-H${half}`, null, 'year');
    return writeDate(
      `${writeYear(year)}-H${half}`,
      { first: dayNumber(year, half * 6 - 5, 1), last: dayNumber(year, half * 6 + 1, 0) },
      'month',
    );
  },

  season(groups, _match, context) {
    const name = clean(groups.season as string);
    const season = SEASONS.get(name) as { value: string; from: number };
    const bare = !groups.year && !groups.which && !groups.part;
    const capital = /^\p{Lu}/u.test(groups.season as string);
    if (bare && (capital || (ONLY_AFTER.has(name) && !CUES.has(context.before)))) return null;
    const year = groups.year === undefined ? yearOfSeason(season.from, groups, context) : Number(groups.year);
    if (year === null) return writeDate(`XXXX-${season.value}`, null, 'month');
    const range = { first: dayNumber(year, season.from, 1), last: dayNumber(year, season.from + 3, 0) };
    const { reference } = context;
    const running = groups.which?.toLowerCase() === 'this' && reference !== null && reference >= range.first && reference <= range.last;
    if (running && context.tense() !== 'future') range.last = reference;
    return writeDate(`${writeYear(year)}-${season.value}`, range, 'month');
  },

  holiday(groups, _match, context) {
    const rule = HOLIDAYS.get(clean(groups.holiday as string));
    if (rule === undefined) return null;
    const dayIn = (year: number) =>
      typeof rule === 'string'
        ? easter(year) + Number(rule.slice('easter'.length) || 0)
        : dayNumber(year, rule[0] as number, rule[1] as number);
    if (groups.year !== undefined) return ofDay(dayIn(Number(groups.year)), undefined);
    if (context.reference === null) return writeDate(UNKNOWN_DAY, null, 'day');
    const { year } = dayOf(context.reference);
    const days = [year - 1, year, year + 1].map(dayIn);
    return ofDay(chooseDay(days, groups.which, context), undefined);
  },
};

/** "March 5" of the year that the tense asks for, else of the nearest. */
function nearestDay(month: number, day: number, context: TimeContext): number | null {
  if (context.reference === null) return null;
  const { year } = dayOf(context.reference);
  return chooseDay(
    [year - 1, year, year + 1].filter((candidate) => isDay(candidate, month, day)).map((candidate) => dayNumber(candidate, month, day)),
    undefined,
    context,
  );
}

function chooseDay(days: readonly number[], which: string | undefined, context: TimeContext): number | null {
  const reference = context.reference as number;
  const past = days.filter((day) => day <= reference);
  const ahead = days.filter((day) => day >= reference);
  if (which !== undefined) return /^(?:last|past|this past|previous)$/i.test(which) ? (past.at(-1) ?? null) : (ahead[0] ?? null);
  const tense = context.tense();
  if (tense === 'past') return past.at(-1) ?? null;
  if (tense === 'future') return ahead[0] ?? null;
  return days.reduce((best, day) => (Math.abs(day - reference) < Math.abs(best - reference) ? day : best), days[0] as number);
}

function yearOfMonth(month: number, { which, same }: Groups, context: TimeContext): number | null {
  if (context.reference === null) return null;
  if (same !== undefined) return shiftedYear(same, context);
  const now = dayOf(context.reference);
  const chosen = which?.toLowerCase();
  if (chosen === 'next' || chosen === 'coming' || chosen === 'this coming') return month > now.month ? now.year : now.year + 1;
  if (chosen === 'last' || chosen === 'past' || chosen === 'this past' || chosen === 'previous')
    return month < now.month ? now.year : now.year - 1;
  if (chosen === 'this') return now.year;
  const tense = context.tense();
  if (tense === 'future' || (tense === 'unknown' && /^(?:until|till)$/.test(context.before)))
    return month >= now.month ? now.year : now.year + 1;
  return month <= now.month ? now.year : now.year - 1;
}

/** Year of a quarter: the one that is said, else the latest in which it has begun. */
function yearOfPart(month: number, { same }: Groups, context: TimeContext): number | null {
  const year = shiftedYear(same ?? 'this', context);
  if (year === null || same !== undefined || context.tense() === 'future') return year;
  return dayNumber(year, month, 1) > (context.reference as number) ? year - 1 : year;
}

function yearOfSeason(from: number, { which }: Groups, context: TimeContext): number | null {
  if (context.reference === null) return null;
  const { reference } = context;
  const { year } = dayOf(reference);
  const chosen = which?.toLowerCase();
  const starts = [year - 2, year - 1, year, year + 1];
  if (chosen === 'last' || chosen === 'past' || chosen === 'this past' || chosen === 'previous')
    return starts.filter((candidate) => dayNumber(candidate, from + 3, 0) < reference).at(-1) ?? null;
  const future =
    chosen === 'next' || chosen === 'coming' || chosen === 'this coming' || (chosen === undefined && context.tense() === 'future');
  if (future) return starts.find((candidate) => dayNumber(candidate, from, 1) > reference) ?? null;
  if (chosen === 'this') return from === 12 && dayOf(reference).month < 3 ? year - 1 : year;
  return starts.filter((candidate) => dayNumber(candidate, from, 1) <= reference).at(-1) ?? null;
}

function dayOfWeekday(weekday: number, { which, of, part }: Groups, context: TimeContext): number | null {
  const { reference } = context;
  if (reference === null) return null;
  const today = weekdayOf(reference);
  const back = (today - weekday + 7) % 7;
  if (of !== undefined) return reference - today + weekday + ({ last: -7, this: 0, next: 7 }[of.toLowerCase()] ?? 0);
  switch (which?.toLowerCase()) {
    case 'last':
    case 'past':
    case 'this past':
    case 'previous':
      return reference - (back || 7);
    case 'next':
      return reference - today + weekday + 7;
    case 'this':
      return reference - today + weekday;
    case 'coming':
    case 'this coming':
      return reference + ((weekday - today + 7) % 7 || 7);
  }
  const tense = context.tense();
  // "early Thursday" in a report of Wednesday: it is Thursday already where it happened
  if (back === 6 && /^early$/i.test(part ?? '')) return reference + 1;
  const future = tense === 'future' || (tense === 'unknown' && /^(?:until|till)$/.test(context.before));
  return future ? reference + ((weekday - today + 7) % 7) : reference - back;
}

function shiftedYear(which: string, { reference }: TimeContext): number | null {
  if (reference === null) return null;
  return dayOf(reference).year + (which.toLowerCase() === 'last' ? -1 : which.toLowerCase() === 'next' ? 1 : 0);
}

export function partOfMonth(range: DayRange, part: string | undefined, edge: string | undefined): DayRange {
  const { first, last } = range;
  if (/^early$/i.test(part ?? '') || /^(?:beginning|start|opening|first)/i.test(edge ?? '')) return { first, last: first + 9 };
  if (/^mid$/i.test(part ?? '') || /^middle/i.test(edge ?? '')) return { first: first + 9, last: first + 19 };
  if (part !== undefined || edge !== undefined) return { first: first + 19, last };
  return range;
}

export function partOfYear(year: number, part: string | undefined, edge: string | undefined): DayRange {
  if (/^early$/i.test(part ?? '') || /^(?:beginning|start|opening|first|turn)/i.test(edge ?? ''))
    return { first: dayNumber(year, 1, 1), last: dayNumber(year, 4, 30) };
  if (/^mid$/i.test(part ?? '') || /^middle/i.test(edge ?? '')) return { first: dayNumber(year, 5, 1), last: dayNumber(year, 8, 31) };
  if (part !== undefined || edge !== undefined) return { first: dayNumber(year, 10, 1), last: dayNumber(year, 12, 31) };
  return yearRange(year);
}
