/**
 * Times that hang on the report or on another time: "yesterday", "last week", "two days ago", "two days earlier", "the past three weeks";
 * and durations, sets and clock times, which name no day.
 */

import type { WhenPrecision } from '../../vocabulary.ts';
import { dayOf, readIsoDay, weekdayOf, writeDay } from './calendar.ts';
import type { TimeMatch } from './match-times.ts';
import { amountOf, daysIn, periodOf, stepAhead, stepBack } from './read-amount.ts';
import { partOfMonth, partOfYear } from './resolve-calendar.ts';
import {
  clean,
  type Groups,
  ofDay,
  PARTS_OF_DAY,
  type ResolvedTime,
  type Resolver,
  type TimeContext,
  UNKNOWN_DAY,
  unitAround,
  unitPrecision,
  WEEKDAYS,
  writeDate,
} from './resolved-time.ts';

export const RELATIVE_RESOLVERS: Readonly<Record<string, Resolver>> = {
  relative: resolveRelative,
  ago: resolveAgo,
  apart: resolveApart,
  window: resolveWindow,

  deictic({ tod }, { rule }, { reference }) {
    const day = reference === null ? null : reference + (rule.shift ?? 0);
    const found = ofDay(day, tod);
    return rule.tod === undefined ? found : { ...found, kind: 'time', value: found.value + rule.tod };
  },

  overnight(_groups, _match, { reference }) {
    if (reference === null) return { kind: 'time', value: `${UNKNOWN_DAY}TNI`, range: null, precision: 'day' };
    return { kind: 'time', value: `${writeDay(reference - 1)}TNI`, range: { first: reference - 1, last: reference }, precision: 'day' };
  },

  same({ unit, tod }, { rule }, { anchor, reference }) {
    if (rule.cues !== undefined && /^\p{Lu}/u.test(unit ?? '')) return null;
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

  fixed(_groups, { rule, named }) {
    if (named) return null;
    const first = readIsoDay(rule.from ?? '');
    const last = readIsoDay(rule.to ?? '');
    const range = first === null || last === null ? null : { first, last };
    return { kind: rule.kind === 'set' ? 'set' : 'date', value: rule.value as string, range, precision: range === null ? 'none' : 'day' };
  },
};

function resolveRelative(groups: Groups, _match: TimeMatch, context: TimeContext): ResolvedTime | null {
  const { reference } = context;
  const unit = (groups.unit as string).toLowerCase();
  const which = groups.which?.toLowerCase() ?? 'the';
  const tense = context.tense();
  if (reference === null)
    return writeDate(unit === 'week' ? 'XXXX-WXX' : UNKNOWN_DAY.slice(0, unit === 'month' ? 7 : 4), null, unitPrecision(unit));
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

function resolveAgo({ num, unit, units, dir }: Groups, _match: TimeMatch, { reference }: TimeContext): ResolvedTime | null {
  const amount = unit === undefined ? null : amountOf(num);
  const name = (unit ?? units) as string;
  const sign = dir?.toLowerCase() === 'ago' ? -1 : 1;
  if (amount === null || reference === null)
    return writeDate(sign < 0 ? 'PAST_REF' : 'FUTURE_REF', null, amount === null ? 'none' : unitPrecision(name));
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
    return day ?? { ...writeDate(sign < 0 ? 'PAST_REF' : 'FUTURE_REF', null, 'none'), ...offset };
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
    return writeDate(back ? 'PAST_REF' : 'FUTURE_REF', null, precision as WhenPrecision);
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
