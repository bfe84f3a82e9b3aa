/**
 * What a resolved time is, what decides it, and the pieces that both kinds of resolvers build with: single days, and the week, month or
 * year around a day.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { TimeExpression, WhenPrecision } from '../../vocabulary.ts';
import {
  addMonths,
  type DayRange,
  dayNumber,
  dayOf,
  monthRange,
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

export type Groups = TimeMatch['groups'];
export type Resolver = (groups: Groups, match: TimeMatch, context: TimeContext) => ResolvedTime | null;

export const UNKNOWN_DAY = 'XXXX-XX-XX';
export const PARTS_OF_DAY: ReadonlyMap<string, string> = new Map(Object.entries(lexicon.partsOfDay));
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  lexicon.weekdays.flatMap((forms, index) => forms.map((form) => [form, index] as const)),
);

export const writeDate = (value: string, range: DayRange | null, precision: WhenPrecision): ResolvedTime => ({
  kind: 'date',
  value,
  range,
  precision,
});

/** A name of the lexicon as its tables have it. */
export const clean = (name: string) => name.toLowerCase().replace(/\.$/, '').replaceAll('’', "'").replaceAll(/\s+/g, ' ');

/** A single day, with its part of the day where one is named. */
export function ofDay(day: number | null, tod: string | undefined, unknown = UNKNOWN_DAY): ResolvedTime {
  const value = day === null ? unknown : writeDay(day);
  const part = tod === undefined ? '' : (PARTS_OF_DAY.get(clean(tod)) ?? '');
  return {
    kind: part === '' ? 'date' : 'time',
    value: value + part,
    range: day === null ? null : { first: day, last: day },
    precision: 'day',
  };
}

/** The week, month, year … `shift` units from a day. */
export function unitAround(day: number, unit: string, shift: number): ResolvedTime | null {
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
      return writeDate(writeWeek(day + 7 * shift), weekRange(day + 7 * shift), 'week');
    case 'fortnight':
      return writeDate(writeWeek(day + 14 * shift), weekRange(day + 14 * shift), 'week');
    case 'weekend': {
      const { last } = weekRange(day + 7 * shift);
      return writeDate(`${writeWeek(last)}-WE`, { first: last - 1, last }, 'day');
    }
    case 'month': {
      const month = dayOf(addMonths(day, shift));
      return writeDate(writeMonth(month.year, month.month), monthRange(month.year, month.month), 'month');
    }
    case 'quarter': {
      const at = dayOf(addMonths(day, 3 * shift));
      const quarter = Math.ceil(at.month / 3);
      return writeDate(
        `${writeYear(at.year)}-Q${quarter}`,
        { first: dayNumber(at.year, quarter * 3 - 2, 1), last: dayNumber(at.year, quarter * 3 + 1, 0) },
        'month',
      );
    }
    case 'year':
      return writeDate(writeYear(year + shift), yearRange(year + shift), 'year');
    case 'decade': {
      const first = Math.floor(year / 10) * 10 + 10 * shift;
      return writeDate(String(first).slice(0, 3), { first: dayNumber(first, 1, 1), last: dayNumber(first + 9, 12, 31) }, 'year');
    }
    case 'century': {
      const first = Math.floor((year - 1) / 100) * 100 + 1 + 100 * shift;
      return writeDate(
        String(Math.floor(first / 100)).padStart(2, '0'),
        { first: dayNumber(first, 1, 1), last: dayNumber(first + 99, 12, 31) },
        'year',
      );
    }
  }
  return null;
}

export function unitPrecision(unit: string): WhenPrecision {
  const name = unit.toLowerCase();
  if (/^(?:minute|hour|day|night|morning|evening|afternoon|weekend)/.test(name)) return 'day';
  if (/^(?:week|fortnight)/.test(name)) return 'week';
  return /^(?:month|quarter)/.test(name) ? 'month' : 'year';
}
