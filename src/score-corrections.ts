/**
 * Corrections and a fresh reading of the same article in, how many the machine now gets right out. An event of the fresh reading is
 * the corrected one when their triggers share a character. Pure; the newsroom does the reading.
 */
import type { Correction } from './store/store.ts';
import type { ArticleRecord, NewsEvent } from './vocabulary.ts';

export interface CorrectionScore {
  readonly corrections: number;
  readonly right: number;
  readonly fields: Readonly<Record<string, { readonly right: number; readonly all: number }>>;
}

const overlap = (one: NewsEvent, other: NewsEvent) =>
  one.mentions.some((a) => other.mentions.some((b) => a.trigger.start < b.trigger.end && b.trigger.start < a.trigger.end));

/** Names, words and figures count; offsets and confidence do not. */
function simplify(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(simplify);
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? value.trim().toLowerCase() : value;
  const kept = Object.entries(value).filter(([key]) => !['start', 'end', 'entity', 'key', 'words', 'province'].includes(key));
  return Object.fromEntries(kept.sort(([a], [b]) => a.localeCompare(b)).map(([key, inner]) => [key, simplify(inner)]));
}
const same = (one: unknown, other: unknown) => JSON.stringify(simplify(one)) === JSON.stringify(simplify(other));

/** @param corrected the record as people left it, @param fresh the machine's own reading */
export function judgeCorrection(correction: Correction, corrected: ArticleRecord, fresh: ArticleRecord): boolean {
  const { field, finding, before, after } = correction;
  if (field === 'event') {
    const subject = (after ?? before) as NewsEvent | null;
    const found = subject !== null && fresh.events.some((event) => overlap(event, subject));
    return after === null ? !found : found;
  }
  const event = corrected.events.find(({ id }) => id === finding);
  const again = event && fresh.events.find((other) => overlap(other, event));
  return again !== undefined && same(again[field as keyof NewsEvent], after);
}

export function scoreCorrections(judged: readonly { readonly field: string; readonly right: boolean }[]): CorrectionScore {
  const fields: Record<string, { right: number; all: number }> = {};
  for (const { field, right } of judged) {
    const row = fields[field] ?? { right: 0, all: 0 };
    fields[field] = { right: row.right + Number(right), all: row.all + 1 };
  }
  return { corrections: judged.length, right: judged.filter(({ right }) => right).length, fields };
}
