/**
 * An article and its findings in, its text as paragraphs of pieces out, each piece with the marks that lie on it.
 * Pieces never overlap and joined give the text again; offsets are UTF-16 code units. No markup is made here.
 */
import type { NewsEvent, Span, Statement } from '../vocabulary.ts';

export const MARK_ROLES = [
  'trigger',
  'quote',
  'actor',
  'target',
  'where',
  'when',
  'count',
  'weapon',
  'because',
  'speaker',
  'cue',
  'content',
] as const;
export type MarkRole = (typeof MARK_ROLES)[number];

export interface Mark {
  /** id of the event or statement */
  readonly finding: string;
  readonly role: MarkRole;
  readonly start: number;
  readonly end: number;
  /** what a deciding word decided, or the kind of a count */
  readonly note?: string;
}

export interface TextPiece {
  readonly start: number;
  readonly end: number;
  /** indexes into `MarkedText.marks` */
  readonly marks: readonly number[];
}

export interface MarkedText {
  readonly marks: readonly Mark[];
  readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly pieces: readonly TextPiece[] }[];
}

const placed = (thing: { readonly start?: number; readonly end?: number } | null): thing is { start: number; end: number } =>
  thing?.start !== undefined && thing.end !== undefined;

/** Every span that a finding stands on. */
export function markFindings(events: readonly NewsEvent[], statements: readonly Statement[]): Mark[] {
  const marks: Mark[] = [];
  const add = (
    finding: string,
    role: MarkRole,
    span: { readonly start?: number; readonly end?: number } | null | undefined,
    note?: string,
  ) => {
    if (span && placed(span)) marks.push({ finding, role, start: span.start, end: span.end, ...(note !== undefined && { note }) });
  };
  for (const event of events) {
    for (const mention of event.mentions) {
      add(event.id, 'quote', mention);
      add(event.id, 'trigger', mention.trigger);
    }
    for (const actor of event.actors) add(event.id, 'actor', actor);
    for (const target of event.targets) add(event.id, 'target', target);
    add(event.id, 'where', event.where);
    add(event.id, 'when', event.when);
    for (const count of event.counts) add(event.id, 'count', count, count.kind);
    for (const weapon of event.weapons) add(event.id, 'weapon', weapon);
    for (const because of event.because) add(event.id, 'because', because, because.field);
  }
  for (const statement of statements) {
    add(statement.id, 'speaker', statement.speakerSpan);
    add(statement.id, 'cue', statement.cueSpan);
    for (const content of statement.content) add(statement.id, 'content', content);
  }
  return marks;
}

/** Breaks the text at blank lines and at every edge of a mark. Marks outside the text are left out. */
export function markText(text: string, findings: readonly Mark[]): MarkedText {
  const marks = findings.filter((mark) => mark.start >= 0 && mark.end <= text.length && mark.start < mark.end);
  const edges = new Set<number>();
  for (const mark of marks) edges.add(mark.start).add(mark.end);
  const sorted = [...edges].sort((a, b) => a - b);
  const byStart = marks.map((_, index) => index).sort((a, b) => (marks[a] as Mark).start - (marks[b] as Mark).start);
  const paragraphs: { start: number; end: number; pieces: TextPiece[] }[] = [];
  let open: number[] = [];
  let nextMark = 0;
  let nextEdge = 0;
  for (const { start, end } of splitParagraphs(text)) {
    const pieces: TextPiece[] = [];
    while (nextEdge < sorted.length && (sorted[nextEdge] as number) <= start) nextEdge++;
    let at = start;
    while (at < end) {
      const edge = nextEdge < sorted.length ? (sorted[nextEdge] as number) : end;
      const until = Math.min(edge, end);
      while (nextMark < byStart.length && (marks[byStart[nextMark] as number] as Mark).start <= at)
        open.push(byStart[nextMark++] as number);
      open = open.filter((index) => (marks[index] as Mark).end > at);
      pieces.push({ start: at, end: until, marks: open.filter((index) => (marks[index] as Mark).start <= at).sort((a, b) => a - b) });
      at = until;
      if (at === edge) nextEdge++;
    }
    paragraphs.push({ start, end, pieces });
  }
  return { marks, paragraphs };
}

function splitParagraphs(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let start = 0;
  for (const gap of text.matchAll(/\n{2,}/g)) {
    if (gap.index > start) spans.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** True where a span still says what it said when it was written down. */
export const spanHolds = (text: string, span: Span) => text.slice(span.start, span.end) === span.text;
