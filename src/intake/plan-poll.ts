/**
 * What is known of a feed and the time in, the instant of its next visit out: by the feed's own rhythm, backing off while it fails.
 * Pure: the clock and the chance are passed in. Also the plain facts of a feed's health; the desk puts them into words.
 */
import type { FailureCode } from '../failure.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const SHORTEST_WAIT = 10 * MINUTE;
export const LONGEST_WAIT = DAY;
/** for a feed whose rhythm is not known yet */
const FIRST_WAIT = HOUR;
/** visits are spread by up to this share of the wait, so that feeds added together do not stay together */
const SPREAD = 0.1;

export interface FeedHistory {
  /** ISO dates of the entries last seen, in any order */
  readonly entryTimes: readonly string[];
  /** failures in a row since the last success */
  readonly failures: number;
  /** the site asked not to be visited before this instant (Retry-After), ISO */
  readonly notBefore?: string;
}

/**
 * @param now ISO instant of the visit that just ended
 * @param chance a number in [0, 1)
 * @returns ISO instant of the next visit
 */
export function planPoll(history: FeedHistory, now: string, chance: number): string {
  const at = Date.parse(now);
  const rhythm = measureRhythm(history.entryTimes, at);
  const wait = Math.min(clamp(rhythm === null ? FIRST_WAIT : rhythm / 2) * 2 ** Math.min(history.failures, 20), LONGEST_WAIT);
  const next = at + clamp(wait * (1 - SPREAD / 2 + SPREAD * chance));
  const notBefore = history.notBefore === undefined ? Number.NaN : Date.parse(history.notBefore);
  return new Date(Number.isNaN(notBefore) ? next : Math.max(next, notBefore)).toISOString();
}

/** Middle gap between entries in milliseconds; longer where the feed has fallen silent; null where nothing is known. */
function measureRhythm(entryTimes: readonly string[], now: number): number | null {
  const times = readTimes(entryTimes, now)
    .sort((a, b) => b - a)
    .slice(0, 30);
  if (times.length < 2) return null;
  const gaps = times
    .slice(1)
    .map((time, index) => times[index]! - time)
    .sort((a, b) => a - b);
  return Math.max(gaps[gaps.length >> 1]!, (now - times[0]!) / 4);
}

function readTimes(entryTimes: readonly string[], now: number): number[] {
  return entryTimes.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time) && time <= now);
}

function clamp(wait: number): number {
  return Math.min(Math.max(wait, SHORTEST_WAIT), LONGEST_WAIT);
}

export interface FeedVisit {
  readonly at: string;
  /** undefined: the visit went well */
  readonly error?: FailureCode;
}

export interface FeedHealth {
  readonly lastSuccess: string | null;
  /** the error of the last visit; null where it went well */
  readonly lastError: FailureCode | null;
  readonly failures: number;
  /** null where fewer than two dated entries are known */
  readonly entriesPerWeek: number | null;
}

/** @param visits oldest first */
export function measureHealth(visits: readonly FeedVisit[], entryTimes: readonly string[], now: string): FeedHealth {
  const lastGood = visits.findLastIndex((visit) => visit.error === undefined);
  const times = readTimes(entryTimes, Date.parse(now));
  const oldest = Math.min(...times);
  const weeks = Math.max((Date.parse(now) - oldest) / (7 * DAY), 1 / 7);
  return {
    lastSuccess: visits[lastGood]?.at ?? null,
    lastError: visits.at(-1)?.error ?? null,
    failures: visits.length - 1 - lastGood,
    entriesPerWeek: times.length < 2 ? null : Math.round((times.length / weeks) * 10) / 10,
  };
}
