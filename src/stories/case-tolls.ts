/**
 * The toll of a case: low, best and high for each kind of count, by one named rule and with its reason.
 * Rule: each origin counts once, with its latest figure. Low and high are the furthest figures; best is the figure that most origins
 * give, among equals the latest told.
 */
import type { CaseToll, Count, CountKind, Telling } from '../vocabulary.ts';
import { COUNT_KINDS } from '../vocabulary.ts';
import { findOrigins } from './case-origins.ts';

interface Figure {
  readonly count: Count;
  readonly by: string;
  readonly at: string;
}

/** @param tellings in order of time */
export function reckonTolls(tellings: readonly Telling[]): CaseToll[] {
  const origins = findOrigins(tellings);
  const tolls: CaseToll[] = [];
  for (const kind of COUNT_KINDS) {
    const latest = new Map<string, Figure>();
    for (const telling of tellings) {
      const own = origins.find((origin) => origin.articles.includes(telling.article))?.name ?? '';
      for (const count of telling.event.counts) {
        // A figure with a source of its own is that source's, whoever passes it on.
        if (count.kind === kind && (count.low !== null || count.high !== null)) {
          const by = count.source ?? own;
          latest.set(by, { count, by, at: telling.published ?? '' });
        }
      }
    }
    if (latest.size > 0) tolls.push(sumUp(kind, [...latest.values()]));
  }
  return tolls;
}

const latestOf = (first: string, second: string): string => (second > first ? second : first);

function sumUp(kind: CountKind, figures: readonly Figure[]): CaseToll {
  const lows = figures.map(({ count }) => count.low).filter((low) => low !== null);
  const highs = figures.map(({ count }) => count.high ?? count.low).filter((high) => high !== null);
  const votes = new Map<number, { votes: number; at: string; by: string[] }>();
  for (const { count, by, at } of figures) {
    const value = count.low ?? count.high;
    if (value === null) continue;
    const vote = votes.get(value) ?? { votes: 0, at: '', by: [] };
    votes.set(value, { votes: vote.votes + 1, at: latestOf(vote.at, at), by: [...vote.by, by] });
  }
  const [best] = [...votes].sort((a, b) => b[1].votes - a[1].votes || (a[1].at < b[1].at ? 1 : a[1].at > b[1].at ? -1 : b[0] - a[0]));
  const low = lows.length > 0 ? Math.min(...lows) : null;
  // "at least 12" has no upper end: the high figure stays open when nobody gives one.
  const high = highs.length > 0 && figures.some(({ count }) => count.high !== null) ? Math.max(...highs) : null;
  const all = figures.length;
  const reason =
    all === 1
      ? `one origin: ${figures[0]?.by}`
      : `${best?.[1].votes} of ${all} origins say ${best?.[0]} (${best?.[1].by.join(', ')}); each origin's latest figure, most origins first`;
  return { kind, low, best: best?.[0] ?? null, high, reason };
}
