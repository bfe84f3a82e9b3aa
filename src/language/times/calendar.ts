/**
 * Days as numbers (days since 1970-01-01, proleptic Gregorian) and back to ISO 8601: months, ISO weeks, Easter. No clock, no time zone.
 */

export interface Day {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** 1 to 31 */
  readonly day: number;
}

/** First and last day of a stretch of time, as day numbers. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

export function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.floor(date.getTime() / 86_400_000);
}

export function dayOf(number: number): Day {
  const date = new Date(number * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function writeDay(number: number): string {
  const { year, month, day } = dayOf(number);
  return `${writeYear(year)}-${two(month)}-${two(day)}`;
}

export function writeMonth(year: number, month: number): string {
  return `${writeYear(year)}-${two(month)}`;
}

export const writeYear = (year: number): string => String(year).padStart(4, '0');

/** "2019-W38" */
export function writeWeek(number: number): string {
  const thursday = number - weekdayOf(number) + 3;
  const { year } = dayOf(thursday);
  const week = Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1;
  return `${writeYear(year)}-W${two(week)}`;
}

/** 0 Monday to 6 Sunday */
export function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

export function weekRange(number: number): DayRange {
  const first = number - weekdayOf(number);
  return { first, last: first + 6 };
}

export function monthRange(year: number, month: number): DayRange {
  return { first: dayNumber(year, month, 1), last: dayNumber(year, month + 1, 0) };
}

export function yearRange(year: number): DayRange {
  return { first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) };
}

/** The same day so many months on; the last of the month where it has no such day. */
export function addMonths(number: number, months: number): number {
  const { year, month, day } = dayOf(number);
  const { last } = monthRange(year, month + months);
  return Math.min(dayNumber(year, month + months, day), last);
}

export function isDay(year: number, month: number, day: number): boolean {
  const back = dayOf(dayNumber(year, month, day));
  return month >= 1 && month <= 12 && back.month === month && back.day === day;
}

/** Western Easter Sunday (Meeus, Jones and Butcher). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayNumber(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The day of an ISO 8601 date or date-time as written there, in its own zone; null where it is none. */
export function readIsoDay(text: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
  if (found === null) return null;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  return isDay(year, month, day) ? dayNumber(year, month, day) : null;
}

const two = (number: number) => String(number).padStart(2, '0');
