/**
 * What is known of a feed and the time in, the instant of its next visit out: by the feed's own rhythm, backing off while it fails.
 * Pure: the clock and the chance are passed in.
 */
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
  const times = entryTimes
    .map((time) => Date.parse(time))
    .filter((time) => !Number.isNaN(time) && time <= now)
    .sort((a, b) => b - a)
    .slice(0, 30);
  if (times.length < 2) return null;
  const gaps = times
    .slice(1)
    .map((time, index) => times[index]! - time)
    .sort((a, b) => a - b);
  return Math.max(gaps[gaps.length >> 1]!, (now - times[0]!) / 4);
}

function clamp(wait: number): number {
  return Math.min(Math.max(wait, SHORTEST_WAIT), LONGEST_WAIT);
}
