/**
 * What people changed, put over what the machine read: corrections and anchors in, corrected findings out. No SQL, no clock.
 * A correction finds its finding again after a new reading by id and trigger words; spans move along when the text moved.
 */
import type { NewsEvent, Statement } from '../vocabulary.ts';

export interface Change {
  readonly id: number;
  /** the finding's id when the change was made */
  readonly finding: string;
  readonly anchor: Anchor | null;
  /** 'event' or 'statement' for the whole finding, else the field's name */
  readonly field: string;
  readonly after: unknown;
}

/** By what a finding is known again. */
export interface Anchor {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

export interface Reading {
  readonly events: readonly NewsEvent[];
  readonly statements: readonly Statement[];
}

export interface Corrected extends Reading {
  /** fields changed by people, by id of the finding as it is now */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** changes that speak of nothing in this reading */
  readonly idle: ReadonlySet<number>;
}

export function eventAnchor(event: NewsEvent): Anchor {
  const [mention] = event.mentions;
  return { kind: event.type, start: mention.trigger.start, end: mention.trigger.end, words: mention.trigger.text };
}

export function statementAnchor(statement: Statement): Anchor {
  const [content] = statement.content;
  const span = statement.cueSpan ?? content;
  return { kind: statement.act, start: span.start, end: span.end, words: span.text };
}

interface Anchored {
  readonly id: string;
  readonly anchors: readonly Anchor[];
}

const eventAnchors = (event: NewsEvent): Anchored => ({
  id: event.id,
  anchors: event.mentions.map(({ trigger }) => ({ kind: event.type, start: trigger.start, end: trigger.end, words: trigger.text })),
});
const statementAnchors = (statement: Statement): Anchored => ({ id: statement.id, anchors: [statementAnchor(statement)] });

/** The finding that stands now where the anchor stood: same words and overlapping or nearest, same kind before another. */
function findAgain(anchor: Anchor, id: string, findings: readonly Anchored[]): string | undefined {
  let best: { id: string; score: number } | undefined;
  for (const finding of findings) {
    for (const candidate of finding.anchors) {
      const overlaps = candidate.start < anchor.end && anchor.start < candidate.end;
      const sameWords = candidate.words === anchor.words;
      const near = Math.abs(candidate.start - anchor.start) <= 400;
      const sameKind = candidate.kind === anchor.kind;
      if (!(overlaps || (sameWords && near && sameKind))) continue;
      const score = (overlaps ? 4 : 0) + (sameWords ? 4 : 0) + (sameKind ? 2 : 0) + (finding.id === id ? 1 : 0);
      if (!best || score > best.score) best = { id: finding.id, score };
    }
  }
  return best?.id;
}

/** Old event id → id of the same event in the new reading, for what hangs on events: reviews and cases. */
export function matchEvents(before: readonly NewsEvent[], after: readonly NewsEvent[]): Map<string, string> {
  const now = after.map(eventAnchors);
  const taken = new Set<string>();
  const matched = new Map<string, string>();
  for (const event of before) {
    const id = findAgain(
      eventAnchor(event),
      event.id,
      now.filter((candidate) => !taken.has(candidate.id)),
    );
    if (id === undefined) continue;
    taken.add(id);
    matched.set(event.id, id);
  }
  return matched;
}

/** The reading with all changes in their order. Changes whose finding or whose words are gone stay idle. */
export function applyCorrections(reading: Reading, changes: readonly Change[], text: string): Corrected {
  const events = new Map<string, NewsEvent>(reading.events.map((event) => [event.id, event]));
  const statements = new Map<string, Statement>(reading.statements.map((statement) => [statement.id, statement]));
  const fields = new Map<string, string[]>();
  const idle = new Set<number>();
  for (const change of changes) {
    const whole = change.field === 'event' || change.field === 'statement';
    const ofEvent = change.field === 'event' || (change.field !== 'statement' && change.finding.startsWith('event:'));
    const after = relocateSpans(change.after, text);
    if (after === undefined) {
      idle.add(change.id);
      continue;
    }
    if (whole && after !== null && change.anchor === null) {
      if (ofEvent) events.set(change.finding, { ...(after as NewsEvent), id: change.finding as NewsEvent['id'] });
      else statements.set(change.finding, { ...(after as Statement), id: change.finding as Statement['id'] });
      fields.set(change.finding, [change.field]);
      continue;
    }
    const findings = ofEvent ? [...events.values()].map(eventAnchors) : [...statements.values()].map(statementAnchors);
    const id = change.anchor === null ? change.finding : findAgain(change.anchor, change.finding, findings);
    const event = ofEvent && id !== undefined ? events.get(id) : undefined;
    const statement = !ofEvent && id !== undefined ? statements.get(id) : undefined;
    if (id === undefined || (event === undefined && statement === undefined)) {
      idle.add(change.id);
      continue;
    }
    if (whole && after === null) {
      events.delete(id);
      statements.delete(id);
      continue;
    }
    if (event) events.set(id, whole ? { ...(after as NewsEvent), id: event.id } : { ...event, [change.field]: after });
    if (statement) statements.set(id, whole ? { ...(after as Statement), id: statement.id } : { ...statement, [change.field]: after });
    const changed = fields.get(id) ?? [];
    if (!changed.includes(change.field)) changed.push(change.field);
    fields.set(id, changed);
  }
  return { events: [...events.values()], statements: [...statements.values()], fields, idle };
}

/**
 * The same value with every span standing on its words again; undefined when words are no longer in the text.
 * A span is any object with start, end and its words as `text`, `quote` or `words`.
 */
export function relocateSpans(value: unknown, text: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => relocateSpans(item, text));
    return items.includes(undefined) ? undefined : items;
  }
  if (value === null || typeof value !== 'object') return value === undefined ? null : value;
  const given = value as Record<string, unknown>;
  const moved: Record<string, unknown> = {};
  for (const [field, inner] of Object.entries(given)) {
    const put = relocateSpans(inner, text);
    if (put === undefined) return undefined;
    moved[field] = put;
  }
  const { start, end } = given;
  if (typeof start !== 'number' || typeof end !== 'number') return moved;
  const words = [given.text, given.quote, given.words].find((candidate) => typeof candidate === 'string');
  if (typeof words !== 'string') return start >= 0 && start <= end && end <= text.length ? moved : undefined;
  if (text.slice(start, end) === words) return moved;
  const at = nearest(text, words, start);
  return at === undefined ? undefined : { ...moved, start: at, end: at + words.length };
}

function nearest(text: string, words: string, start: number): number | undefined {
  let best: number | undefined;
  for (let at = text.indexOf(words); at >= 0 && words !== ''; at = text.indexOf(words, at + 1)) {
    if (best === undefined || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
}
