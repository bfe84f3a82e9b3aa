/**
 * What two people coded in the same articles, blind of each other, in; how far they agree and where they differ out.
 * Events are paired where their triggers overlap. Agreement is Krippendorff's alpha for names (Krippendorff 2011, "Computing
 * Krippendorff's Alpha-Reliability"): 1 is full agreement, 0 what chance would give.
 */
import type { ArticleId, NewsEvent } from '../vocabulary.ts';

export interface CodedEvent {
  readonly article: ArticleId;
  readonly event: NewsEvent;
}

export const COMPARED_FIELDS = [
  'type',
  'status',
  'source',
  'hedged',
  'disputed',
  'background',
  'where',
  'when',
  'actors',
  'targets',
] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** A value as it is compared and shown; names folded, days not words. */
function readField(event: NewsEvent, field: ComparedField): string {
  const fold = (name: string) =>
    name
      .toLowerCase()
      .replace(/^(the|a|an) /, '')
      .trim();
  switch (field) {
    case 'where':
      return event.where ? fold(event.where.name ?? event.where.words) : '';
    case 'when':
      return event.when?.from ? `${event.when.from} ${event.when.to ?? ''}`.trim() : '';
    case 'source':
      return event.source ? fold(event.source) : '';
    case 'actors':
    case 'targets':
      return event[field]
        .map((one) => fold(one.name))
        .sort()
        .join('; ');
    default:
      return String(event[field]);
  }
}

/**
 * Alpha for names of units that two coders judged; a unit judged by one only does not count.
 * @returns null where nothing varies or nothing was judged twice: then there is nothing to measure
 */
export function reckonAlpha(units: readonly (readonly [string, string])[]): number | null {
  if (units.length === 0) return null;
  const totals = new Map<string, number>();
  let disagreements = 0;
  for (const [one, other] of units) {
    totals.set(one, (totals.get(one) ?? 0) + 1);
    totals.set(other, (totals.get(other) ?? 0) + 1);
    if (one !== other) disagreements++;
  }
  const values = 2 * units.length;
  let expected = values * values;
  for (const count of totals.values()) expected -= count * count;
  // Observed: each unit gives two ordered pairs; expected: all pairs of unlike values.
  const observed = (2 * disagreements) / values;
  return expected === 0 ? null : 1 - observed / (expected / (values * (values - 1)));
}

export interface Difference {
  readonly article: ArticleId;
  readonly words: string;
  readonly start: number;
  readonly one: NewsEvent | null;
  readonly other: NewsEvent | null;
  readonly fields: readonly { readonly field: ComparedField; readonly one: string; readonly other: string }[];
}

export interface Agreement {
  /** events coded by both, by the first only, by the second only */
  readonly both: number;
  readonly onlyOne: number;
  readonly onlyOther: number;
  /** harmonic mean of how much each found of the other's events; null where nobody coded anything */
  readonly found: number | null;
  readonly fields: readonly { readonly field: ComparedField; readonly alpha: number | null; readonly same: number; readonly of: number }[];
  readonly differences: readonly Difference[];
}

const triggersOverlap = (one: NewsEvent, other: NewsEvent) =>
  one.mentions.some((a) => other.mentions.some((b) => a.trigger.start < b.trigger.end && b.trigger.start < a.trigger.end));

export function compareCodings(one: readonly CodedEvent[], other: readonly CodedEvent[]): Agreement {
  const taken = new Set<CodedEvent>();
  const pairs: [CodedEvent, CodedEvent][] = [];
  const lonely: CodedEvent[] = [];
  for (const mine of one) {
    const candidates = other.filter(
      (yours) => !taken.has(yours) && yours.article === mine.article && triggersOverlap(mine.event, yours.event),
    );
    const mate = candidates.find((yours) => yours.event.type === mine.event.type) ?? candidates[0];
    if (!mate) {
      lonely.push(mine);
      continue;
    }
    taken.add(mate);
    pairs.push([mine, mate]);
  }
  const left = other.filter((yours) => !taken.has(yours));
  const difference = (mine: CodedEvent | null, yours: CodedEvent | null, fields: Difference['fields']): Difference => {
    const shown = (mine ?? yours) as CodedEvent;
    const { trigger } = shown.event.mentions[0];
    return {
      article: shown.article,
      words: trigger.text,
      start: trigger.start,
      one: mine?.event ?? null,
      other: yours?.event ?? null,
      fields,
    };
  };
  const differences = [
    ...pairs.flatMap(([mine, yours]) => {
      const fields = COMPARED_FIELDS.map((field) => ({
        field,
        one: readField(mine.event, field),
        other: readField(yours.event, field),
      })).filter((values) => values.one !== values.other);
      return fields.length > 0 ? [difference(mine, yours, fields)] : [];
    }),
    ...lonely.map((mine) => difference(mine, null, [])),
    ...left.map((yours) => difference(null, yours, [])),
  ].sort((a, b) => a.article.localeCompare(b.article) || a.start - b.start);
  const all = one.length + other.length;
  return {
    both: pairs.length,
    onlyOne: lonely.length,
    onlyOther: left.length,
    found: all === 0 ? null : (2 * pairs.length) / all,
    fields: COMPARED_FIELDS.map((field) => {
      const units = pairs.map(([mine, yours]) => [readField(mine.event, field), readField(yours.event, field)] as const);
      return { field, alpha: reckonAlpha(units), same: units.filter(([a, b]) => a === b).length, of: units.length };
    }),
    differences,
  };
}
