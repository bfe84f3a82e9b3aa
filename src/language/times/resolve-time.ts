/**
 * One matched time and the day of the report in, its TIMEX3 value, first and last day, and precision out; null where the match is no time
 * after all ("Theresa May"). A date without its year is set by the tense of its verb.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { TimeExpression, WhenPrecision } from '../../vocabulary.ts';
import { readNumber } from '../numbers/read-number.ts';
import {
  addMonths,
  type DayRange,
  dayNumber,
  dayOf,
  easter,
  isDay,
  monthRange,
  readIsoDay,
  weekdayOf,
  weekRange,
  writeDay,
  writeMonth,
  writeWeek,
  writeYear,
  yearRange,
} from './calendar.ts';
import type { TimeMatch } from './match-times.ts';
import type { Tense } from './read-tense.ts';

export interface ResolvedTime {
  readonly kind: TimeExpression['kind'];
  readonly value: string;
  readonly range: DayRange | null;
  readonly precision: WhenPrecision;
  readonly offsetDays?: number;
  /** the day is not said and comes from a neighbour or the report */
  readonly clock?: string;
}

export interface TimeContext {
  /** day of the report; null where the article has no date */
  readonly reference: number | null;
  /** last day that the text has spoken of to that precision, for "two days earlier", "the following year" */
  anchor(unit: string): number | null;
  /** words before and after, in small letters */
  readonly before: string;
  readonly after: string;
  /** the match counts what follows: "2014 men" */
  readonly counts: boolean;
  /** its word is a verb: "prices fall", "they may" */
  readonly verb: boolean;
  tense(): Tense;
  /** "has held it for three weeks" */
  perfect(): boolean;
}

type Groups = TimeMatch['groups'];
type Resolver = (groups: Groups, match: TimeMatch, context: TimeContext) => ResolvedTime | null;

const MONTHS = new Map(lexicon.months.flatMap((forms, index) => forms.map((form) => [form, index + 1] as const)));
const WEEKDAYS = new Map(lexicon.weekdays.flatMap((forms, index) => forms.map((form) => [form, index] as const)));
const SEASONS = new Map(Object.entries(lexicon.seasons));
const PARTS_OF_DAY = new Map(Object.entries(lexicon.partsOfDay));
const UNITS = new Map(Object.entries(lexicon.units));
const HOLIDAYS = new Map(Object.entries(lexicon.holidays));
const ONLY_AFTER = new Set(lexicon.onlyAfter.words);
const CUES = new Set(lexicon.onlyAfter.before);
const SHORT_DAY_CUES = new Set(lexicon.shortDays.before);
const UNKNOWN_DAY = 'XXXX-XX-XX';

/** Resolves a match by its rule. */
export function resolveTime(match: TimeMatch, context: TimeContext): ResolvedTime | null {
  const { mon, wd, wds } = match.groups;
  for (const name of [mon, wd, wds]) if (name !== undefined && !/^\p{Lu}/u.test(name)) return null;
  if (context.verb && (mon ?? match.groups.season) !== undefined) return null;
  return RESOLVERS[match.rule.as]?.(match.groups, match, context) ?? null;
}

const date = (value: string, range: DayRange | null, precision: WhenPrecision): ResolvedTime => ({ kind: 'date', value, range, precision });
const clean = (name: string) => name.toLowerCase().replace(/\.$/, '').replaceAll('’', "'").replaceAll(/\s+/g, ' ');
const monthOf = (name: string | undefined) => (name === undefined ? undefined : MONTHS.get(clean(name)));
const oneDay = (day: number): DayRange => ({ first: day, last: day });

/** A single day, with its part of the day where one is named. */
function ofDay(day: number | null, tod: string | undefined, unknown = UNKNOWN_DAY): ResolvedTime {
  const value = day === null ? unknown : writeDay(day);
  const part = tod === undefined ? '' : (PARTS_OF_DAY.get(clean(tod)) ?? '');
  return { kind: part === '' ? 'date' : 'time', value: value + part, range: day === null ? null : oneDay(day), precision: 'day' };
}

const RESOLVERS: Readonly<Record<string, Resolver>> = {
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
    const first = RESOLVERS.date?.(groups, match, context);
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
    if (year === null) return date(`XXXX-${writeMonth(0, month).slice(5)}`, null, 'month');
    return date(writeMonth(year, month), partOfMonth(monthRange(year, month), groups.part, groups.edge), 'month');
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
    return date(writeYear(year), range, 'year');
  },

  years({ year, year2 }) {
    const first = Number(year);
    const last = year2?.length === 2 ? Math.floor(first / 100) * 100 + Number(year2) : Number(year2);
    if (last <= first || last - first > 100) return null;
    return date(writeYear(first), { first: dayNumber(first, 1, 1), last: dayNumber(last, 12, 31) }, 'year');
  },

  decade({ decade, part }) {
    const first = (decade ?? '').length === 2 ? 1900 + Number(decade) : Number(decade);
    const [from, to] = part === 'early' ? [0, 3] : part === 'mid' ? [4, 6] : part === 'late' ? [7, 9] : [0, 9];
    return date(String(first).slice(0, 3), { first: dayNumber(first + from, 1, 1), last: dayNumber(first + to, 12, 31) }, 'year');
  },

  century({ century }) {
    const number = Number(century);
    if (number < 1 || number > 22) return null;
    const first = (number - 1) * 100 + 1;
    return date(String(number - 1).padStart(2, '0'), { first: dayNumber(first, 1, 1), last: dayNumber(first + 99, 12, 31) }, 'year');
  },

  quarter(groups, _match, context) {
    const quarter = { first: 1, second: 2, third: 3, fourth: 4, final: 4, last: 4 }[groups.quarter?.toLowerCase() ?? ''] as number;
    const year = groups.year === undefined ? yearOfPart(quarter * 3 - 2, groups, context) : Number(groups.year);
    if (year === null) return date(`XXXX-Q${quarter}`, null, 'month');
    const first = dayNumber(year, quarter * 3 - 2, 1);
    return date(`${writeYear(year)}-Q${quarter}`, { first, last: dayNumber(year, quarter * 3 + 1, 0) }, 'month');
  },

  half(groups, _match, context) {
    const half = groups.half?.toLowerCase() === 'first' ? 1 : 2;
    const year = groups.year === undefined ? shiftedYear(groups.same ?? 'this', context) : Number(groups.year);
    if (year === null) return date(`XXXX-H${half}`, null, 'year');
    return date(
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
    if (year === null) return date(`XXXX-${season.value}`, null, 'month');
    const range = { first: dayNumber(year, season.from, 1), last: dayNumber(year, season.from + 3, 0) };
    const { reference } = context;
    const running = groups.which?.toLowerCase() === 'this' && reference !== null && reference >= range.first && reference <= range.last;
    if (running && context.tense() !== 'future') range.last = reference;
    return date(`${writeYear(year)}-${season.value}`, range, 'month');
  },

  deictic({ tod }, { rule }, { reference }) {
    const day = reference === null ? null : reference + (rule.shift ?? 0);
    const found = ofDay(day, tod);
    return rule.tod === undefined ? found : { ...found, kind: 'time', value: found.value + rule.tod };
  },

  overnight(_groups, _match, { reference }) {
    if (reference === null) return { kind: 'time', value: `${UNKNOWN_DAY}TNI`, range: null, precision: 'day' };
    return { kind: 'time', value: `${writeDay(reference - 1)}TNI`, range: { first: reference - 1, last: reference }, precision: 'day' };
  },

  relative: resolveRelative,
  ago: resolveAgo,
  apart: resolveApart,
  window: resolveWindow,

  same({ unit, tod }, _match, { anchor, reference }) {
    const day = anchor(unit ?? 'day') ?? reference;
    if (unit === undefined || unit.toLowerCase() === 'day') return ofDay(day, tod);
    return day === null ? null : unitAround(day, unit, 0);
  },

  set(groups, { rule }) {
    const weekday = groups.wds?.slice(0, -1) ?? groups.wd;
    if (weekday !== undefined && rule.value !== undefined) {
      const number = (WEEKDAYS.get(clean(weekday)) as number) + 1;
      return { kind: 'set', value: rule.value.replace('$wd', String(number)), range: null, precision: 'none' };
    }
    return { kind: 'set', value: periodOf(groups.num, groups.unit as string, false), range: null, precision: 'none' };
  },

  duration(groups, { rule }, { before, after, reference, perfect }) {
    const unit = (groups.units ?? groups.unit) as string;
    if (
      groups.units !== undefined &&
      !/^(?:for|in|over|after|within|of|take|took|many|several|some|last|lasted|throughout|by|during)$/.test(before)
    )
      return null;
    if (/^(?:night|weekend|quarter)/i.test(unit) && groups.num === undefined) return null;
    if (/^an?$/i.test(groups.num ?? '') && (/^quarter|^night|^weekend/i.test(unit) || /^(?:such|per|quite|once|twice|times)$/.test(before)))
      return null;
    if (/^one$/i.test(groups.num ?? '') && /^day$/i.test(unit) && !/^(?:for|in|within|after|before|of|only|just)$/.test(before))
      return null;
    if (/^old|^-old/.test(after)) return null;
    const value = periodOf(groups.num, unit, rule.half === true, groups.units !== undefined);
    const amount = groups.units === undefined ? amountOf(groups.num ?? '1') : null;
    if (before !== 'for' || amount === null || reference === null || !perfect())
      return { kind: 'duration', value, range: null, precision: 'none' };
    return {
      kind: 'duration',
      value,
      range: { first: stepBack(reference, unit, amount), last: reference },
      precision: unitPrecision(unit),
    };
  },

  clock({ h, m, ap, word }) {
    if (word !== undefined) {
      const clock = PARTS_OF_DAY.get(word.toLowerCase()) as string;
      return { kind: 'time', value: UNKNOWN_DAY + clock, range: null, precision: 'day', clock };
    }
    let hour = Number(h);
    if (ap !== undefined) {
      const late = /^p|afternoon|evening/i.test(ap);
      hour = (hour % 12) + (late ? 12 : 0);
    }
    const clock = `T${String(hour).padStart(2, '0')}:${m ?? '00'}`;
    return { kind: 'time', value: UNKNOWN_DAY + clock, range: null, precision: 'day', clock };
  },

  holiday(groups, _match, context) {
    const rule = HOLIDAYS.get(clean(groups.holiday as string));
    if (rule === undefined) return null;
    const dayIn = (year: number) =>
      typeof rule === 'string'
        ? easter(year) + Number(rule.slice('easter'.length) || 0)
        : dayNumber(year, rule[0] as number, rule[1] as number);
    if (groups.year !== undefined) return ofDay(dayIn(Number(groups.year)), undefined);
    if (context.reference === null) return date(UNKNOWN_DAY, null, 'day');
    const { year } = dayOf(context.reference);
    const days = [year - 1, year, year + 1].map(dayIn);
    return ofDay(chooseDay(days, groups.which, context), undefined);
  },

  fixed(_groups, { rule, named }) {
    if (named) return null;
    const first = readIsoDay(rule.from ?? '');
    const last = readIsoDay(rule.to ?? '');
    const range = first === null || last === null ? null : { first, last };
    return { kind: rule.kind === 'set' ? 'set' : 'date', value: rule.value as string, range, precision: range === null ? 'none' : 'day' };
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

function partOfMonth(range: DayRange, part: string | undefined, edge: string | undefined): DayRange {
  const { first, last } = range;
  if (/^early$/i.test(part ?? '') || /^(?:beginning|start|opening|first)/i.test(edge ?? '')) return { first, last: first + 9 };
  if (/^mid$/i.test(part ?? '') || /^middle/i.test(edge ?? '')) return { first: first + 9, last: first + 19 };
  if (part !== undefined || edge !== undefined) return { first: first + 19, last };
  return range;
}

function partOfYear(year: number, part: string | undefined, edge: string | undefined): DayRange {
  if (/^early$/i.test(part ?? '') || /^(?:beginning|start|opening|first|turn)/i.test(edge ?? ''))
    return { first: dayNumber(year, 1, 1), last: dayNumber(year, 4, 30) };
  if (/^mid$/i.test(part ?? '') || /^middle/i.test(edge ?? '')) return { first: dayNumber(year, 5, 1), last: dayNumber(year, 8, 31) };
  if (part !== undefined || edge !== undefined) return { first: dayNumber(year, 10, 1), last: dayNumber(year, 12, 31) };
  return yearRange(year);
}

/** The week, month, year … `shift` units from a day. */
function unitAround(day: number, unit: string, shift: number): ResolvedTime | null {
  const { year } = dayOf(day);
  switch (unit.toLowerCase().replace(/ies?$/, 'y').replace(/s$/, '')) {
    case 'day':
    case 'night':
      return ofDay(day + shift, unit.toLowerCase() === 'night' ? 'night' : undefined);
    case 'morning':
    case 'evening':
    case 'afternoon':
      return ofDay(day + shift, unit);
    case 'week':
      return date(writeWeek(day + 7 * shift), weekRange(day + 7 * shift), 'week');
    case 'fortnight':
      return date(writeWeek(day + 14 * shift), weekRange(day + 14 * shift), 'week');
    case 'weekend': {
      const { last } = weekRange(day + 7 * shift);
      return date(`${writeWeek(last)}-WE`, { first: last - 1, last }, 'day');
    }
    case 'month': {
      const month = dayOf(addMonths(day, shift));
      return date(writeMonth(month.year, month.month), monthRange(month.year, month.month), 'month');
    }
    case 'quarter': {
      const at = dayOf(addMonths(day, 3 * shift));
      const quarter = Math.ceil(at.month / 3);
      return date(
        `${writeYear(at.year)}-Q${quarter}`,
        { first: dayNumber(at.year, quarter * 3 - 2, 1), last: dayNumber(at.year, quarter * 3 + 1, 0) },
        'month',
      );
    }
    case 'year':
      return date(writeYear(year + shift), yearRange(year + shift), 'year');
    case 'decade': {
      const first = Math.floor(year / 10) * 10 + 10 * shift;
      return date(String(first).slice(0, 3), { first: dayNumber(first, 1, 1), last: dayNumber(first + 9, 12, 31) }, 'year');
    }
    case 'century': {
      const first = Math.floor((year - 1) / 100) * 100 + 1 + 100 * shift;
      return date(
        String(Math.floor(first / 100)).padStart(2, '0'),
        { first: dayNumber(first, 1, 1), last: dayNumber(first + 99, 12, 31) },
        'year',
      );
    }
  }
  return null;
}

function resolveRelative(groups: Groups, _match: TimeMatch, context: TimeContext): ResolvedTime | null {
  const { reference } = context;
  const unit = (groups.unit as string).toLowerCase();
  const which = groups.which?.toLowerCase() ?? 'the';
  const tense = context.tense();
  if (reference === null)
    return date(unit === 'week' ? 'XXXX-WXX' : UNKNOWN_DAY.slice(0, unit === 'month' ? 7 : 4), null, unitPrecision(unit));
  let shift = which === 'last' || which === 'the last' || which === 'the past' ? -1 : which === 'next' || which === 'the next' ? 1 : 0;
  if (which === 'this past') shift = -1;
  if (unit === 'weekend') {
    const today = weekdayOf(reference);
    if (which === 'the' || which === 'this')
      shift = today >= 5 || tense === 'future' || (which === 'this' && tense !== 'past' && today > 1) ? 0 : -1;
    else if ((which === 'last' || which === 'the last') && today < 5) shift = -1;
    else if (which === 'the coming') shift = today >= 5 ? 1 : 0;
    else if (which === 'next' || which === 'the next') shift = 1;
  }
  const found = unitAround(reference, unit, shift);
  if (found?.range == null) return found;
  // on a Sunday, the last week is the one that ends
  const range = unit === 'week' && weekdayOf(reference) === 6 && shift === -1 ? { first: reference - 7, last: reference - 1 } : found.range;
  const edge = groups.edge2?.toLowerCase();
  if (groups.edge !== undefined || edge === 'early' || edge === 'late' || edge === 'mid') {
    const part = edge === undefined || edge === 'later' ? undefined : edge;
    if (unit === 'year') return { ...found, range: partOfYear(dayOf(range.first).year, part, groups.edge) };
    if (unit === 'month') return { ...found, range: partOfMonth(range, part, groups.edge) };
    return { ...found, range };
  }
  if (shift === 0 && unit !== 'weekend') {
    // "this year" of what happened ends with the report, of what will happen begins with it
    if (edge === 'later' || tense === 'future') return { ...found, range: { first: reference, last: range.last } };
    return { ...found, range: { first: range.first, last: reference } };
  }
  return { ...found, range };
}

function unitPrecision(unit: string): WhenPrecision {
  const name = unit.toLowerCase();
  if (/^(?:minute|hour|day|night|morning|evening|afternoon|weekend)/.test(name)) return 'day';
  if (/^(?:week|fortnight)/.test(name)) return 'week';
  return /^(?:month|quarter)/.test(name) ? 'month' : 'year';
}

function resolveAgo({ num, unit, units, dir }: Groups, _match: TimeMatch, { reference }: TimeContext): ResolvedTime | null {
  const amount = unit === undefined ? null : amountOf(num);
  const name = (unit ?? units) as string;
  const sign = dir?.toLowerCase() === 'ago' ? -1 : 1;
  if (amount === null || reference === null)
    return date(sign < 0 ? 'PAST_REF' : 'FUTURE_REF', null, amount === null ? 'none' : unitPrecision(name));
  if (/^(?:minute|hour)/i.test(name)) {
    const day = reference + sign * (/^h/i.test(name) ? Math.floor(amount / 24) : 0);
    return ofDay(day, undefined);
  }
  if (/^half|\.5/.test(String(num)) || !Number.isInteger(amount)) {
    const months = Math.round(amount * (/^y/i.test(name) ? 12 : /^d/i.test(name) ? 120 : 1));
    return unitAround(reference, /^[yd]/i.test(name) && !/^day/i.test(name) ? 'month' : 'day', sign * (/^m/i.test(name) ? months : months));
  }
  if (/^decade/i.test(name)) return unitAround(reference, 'year', sign * amount * 10);
  if (/^centur/i.test(name)) return unitAround(reference, 'year', sign * amount * 100);
  return unitAround(reference, name, sign * amount);
}

/** "two days earlier" hangs on the last day that the text named, "two days after the raid" on the raid. */
function resolveApart({ num, unit, dir }: Groups, _match: TimeMatch, context: TimeContext): ResolvedTime | null {
  const name = unit as string;
  const word = dir?.toLowerCase() ?? '';
  const sign = /^(?:earlier|before|previously|previous|preceding|prior)$/.test(word) ? -1 : 1;
  const amount = amountOf(num);
  const days = amount === null ? null : daysIn(name, amount);
  const offset = days === null ? {} : { offsetDays: sign * days };
  const toEvent = /^(?:before|after|prior)$/.test(word) && !/^(?:[.,;:!?)"”’]|'|—|–|)$/.test(context.after);
  if (toEvent) {
    const value = /^the$/i.test(num ?? '') ? periodOf('1', name, false) : periodOf(num, name, false);
    return { kind: 'duration', value, range: null, precision: 'none', ...offset };
  }
  const anchor = context.anchor(name) ?? context.reference;
  if (anchor === null || amount === null || !Number.isInteger(amount) || /^(?:minute|hour)/i.test(name)) {
    const day = anchor !== null && /^(?:minute|hour)/i.test(name) ? ofDay(anchor, undefined) : null;
    return day ?? { ...date(sign < 0 ? 'PAST_REF' : 'FUTURE_REF', null, 'none'), ...offset };
  }
  const found = unitAround(
    anchor,
    /^(?:decade|centur)/i.test(name) ? 'year' : name,
    sign * amount * (/^decade/i.test(name) ? 10 : /^centur/i.test(name) ? 100 : 1),
  );
  return found === null ? null : { ...found, ...offset };
}

function resolveWindow(groups: Groups, _match: TimeMatch, { reference }: TimeContext): ResolvedTime | null {
  const which = groups.which2?.toLowerCase() as string;
  const back = /^(?:past|last|recent|latest|previous|preceding)$/.test(which);
  const ahead = /^(?:next|coming|upcoming)$/.test(which);
  if (groups.units !== undefined) {
    if (!back && !ahead) return null;
    const precision =
      { days: 'week', nights: 'week', hours: 'day', minutes: 'day', weeks: 'month', months: 'year' }[groups.units.toLowerCase()] ?? 'none';
    return date(back ? 'PAST_REF' : 'FUTURE_REF', null, precision as WhenPrecision);
  }
  const unit = groups.unit as string;
  const amount = amountOf(groups.num ?? '1');
  const value = periodOf(groups.num ?? '1', unit, false);
  const precision = unitPrecision(unit);
  if (amount === null || reference === null || which === 'previous' || which === 'preceding' || !(back || ahead))
    return { kind: 'duration', value, range: null, precision: amount === null ? precision : 'none' };
  const edge = back ? stepBack(reference, unit, amount) : stepAhead(reference, unit, amount);
  return { kind: 'duration', value, range: back ? { first: edge, last: reference } : { first: reference, last: edge }, precision };
}

/** First day of the so many units that end on a day: "the past three days" are that day and two before it. */
function stepBack(day: number, unit: string, amount: number): number {
  const exact = Math.ceil(amount);
  if (/^(?:day|night)/i.test(unit)) return day - Math.max(exact - 1, 1);
  return stepAhead(day, unit, -exact);
}

function stepAhead(day: number, unit: string, amount: number): number {
  const exact = Math.ceil(amount);
  const days = daysIn(unit, exact);
  if (days !== null) return day + days;
  const months = /^month/i.test(unit) ? 1 : /^quarter/i.test(unit) ? 3 : /^decade/i.test(unit) ? 120 : /^centur/i.test(unit) ? 1200 : 12;
  return addMonths(day, exact * months);
}

/** Days in so many units where that is exact; hours round up. */
function daysIn(unit: string, amount: number): number | null {
  if (/^minute/i.test(unit)) return 0;
  if (/^hour/i.test(unit)) return Math.sign(amount) * Math.ceil(Math.abs(amount) / 24);
  if (/^(?:day|night|morning|evening|afternoon)/i.test(unit)) return Math.round(amount);
  if (/^(?:week|weekend)$|^weeks/i.test(unit)) return Math.round(amount * 7);
  return /^fortnight/i.test(unit) ? Math.round(amount * 14) : null;
}

/** The amount that words name; null for "several", "a few" and none at all. */
function amountOf(num: string | undefined): number | null {
  const words = (num ?? '').toLowerCase();
  if (words === '' || /several|few|many|some/.test(words)) return null;
  if (/^(?:an?|the|one)$/.test(words)) return 1;
  if (/^half$/.test(words)) return 0.5;
  if (/^half-dozen/.test(words)) return 6;
  if (/couple/.test(words)) return 2;
  const half = /½|and[- ]a[- ]half/.test(words) ? 0.5 : 0;
  const lower = words.replace(/½|[- ]and[- ]a[- ]half/, '').match(/[a-z]+|\d[\d,]*(?:\.\d+)?|-/g) ?? [];
  const number = readNumber({ lower, gapBefore: lower.map(() => true) }, 0);
  return number === null ? null : number.value + half;
}

/** ISO 8601 duration: "P3D", "PT0.5H", "PXY" */
function periodOf(num: string | undefined, unit: string, half: boolean, plural = false): string {
  const name = unit.toLowerCase().replace(/ies?$/, 'y').replace(/s$/, '');
  const code = UNITS.get(name) ?? 'D';
  const amount = num === undefined ? (plural ? null : 1) : amountOf(num);
  const count = amount === null ? 'X' : String((amount + (half ? 0.5 : 0)) * (name === 'fortnight' ? 2 : 1));
  return `${code === 'H' || (code === 'M' && name === 'minute') ? 'PT' : 'P'}${count}${code}`;
}
