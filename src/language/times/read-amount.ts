/**
 * Amounts of time: "two and a half years" as a number, as an ISO 8601 period, and as steps over days.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import { readNumber } from '../numbers/read-number.ts';
import { addMonths } from './calendar.ts';

const UNITS = new Map(Object.entries(lexicon.units));
/** half an hour, a day, a year, a decade, a century */
const HALVES: Readonly<Record<string, string>> = { H: 'PT30M', D: 'PT12H', Y: 'P6M', DE: 'P5Y', CE: 'P50Y' };

/** First day of the so many units that end on a day: "the past three days" are that day and two before it. */
export function stepBack(day: number, unit: string, amount: number): number {
  const exact = Math.ceil(amount);
  if (/^(?:day|night)/i.test(unit)) return day - Math.max(exact - 1, 1);
  return stepAhead(day, unit, -exact);
}

export function stepAhead(day: number, unit: string, amount: number): number {
  const exact = Math.ceil(amount);
  const days = daysIn(unit, exact);
  if (days !== null) return day + days;
  const months = /^month/i.test(unit) ? 1 : /^quarter/i.test(unit) ? 3 : /^decade/i.test(unit) ? 120 : /^centur/i.test(unit) ? 1200 : 12;
  return addMonths(day, exact * months);
}

/** Days in so many units where that is exact; hours round up. */
export function daysIn(unit: string, amount: number): number | null {
  if (/^minute/i.test(unit)) return 0;
  if (/^hour/i.test(unit)) return Math.sign(amount) * Math.ceil(Math.abs(amount) / 24);
  if (/^(?:day|night|morning|evening|afternoon)/i.test(unit)) return Math.round(amount);
  if (/^(?:week|weekend)$|^weeks/i.test(unit)) return Math.round(amount * 7);
  return /^fortnight/i.test(unit) ? Math.round(amount * 14) : null;
}

/** The amount that words name; null for "several", "a few" and none at all. */
export function amountOf(num: string | undefined): number | null {
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
export function periodOf(num: string | undefined, unit: string, half: boolean, plural = false): string {
  const name = unit.toLowerCase().replace(/ies?$/, 'y').replace(/s$/, '');
  const code = UNITS.get(name) ?? 'D';
  const amount = num === undefined ? (plural ? null : 1) : amountOf(num);
  const halved = amount === 0.5 && !half ? HALVES[code] : undefined;
  if (halved !== undefined) return halved;
  const count = amount === null ? 'X' : String((amount + (half ? 0.5 : 0)) * (name === 'fortnight' ? 2 : 1));
  return `${code === 'H' || (code === 'M' && name === 'minute') ? 'PT' : 'P'}${count}${code}`;
}
