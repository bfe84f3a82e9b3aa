/**
 * One matched time and the day of the report in, its TIMEX3 value, first and last day, and precision out; null where the match is no time
 * after all ("Theresa May").
 */

import type { TimeMatch } from './match-times.ts';
import { CALENDAR_RESOLVERS } from './resolve-calendar.ts';
import { RELATIVE_RESOLVERS } from './resolve-relative.ts';
import type { ResolvedTime, Resolver, TimeContext } from './resolved-time.ts';

const RESOLVERS: Readonly<Record<string, Resolver>> = { ...CALENDAR_RESOLVERS, ...RELATIVE_RESOLVERS };

/** Resolves a match by its rule. */
export function resolveTime(match: TimeMatch, context: TimeContext): ResolvedTime | null {
  const { mon, wd, wds } = match.groups;
  for (const name of [mon, wd, wds]) if (name !== undefined && !/^\p{Lu}/u.test(name)) return null;
  if (match.rule.cues !== undefined && !match.rule.cues.includes(context.before)) return null;
  if (context.verb && (mon ?? match.groups.season) !== undefined) return null;
  return RESOLVERS[match.rule.as]?.(match.groups, match, context) ?? null;
}
