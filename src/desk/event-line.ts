/**
 * A stored event in, the line that the desk shows of it out: who → whom, where, when, toll, source, and its evidence cut for one line.
 * Nothing is added up over sources; what the text does not say stays empty.
 */
import type { EventRef, ReviewState, StoredEvent } from '../store/store.ts';
import type { CaseId, CopyKind, Count, EventGroup, EventType, Span, Status, StoryId, When, Where } from '../vocabulary.ts';
import { GROUP_OF_TYPE } from '../vocabulary.ts';
import { explainEvent } from './explain-event.ts';
import { STATUS_WORDS, TYPE_WORDS, writeCount, writeDay, writeNames, writeWhen } from './words.ts';

export interface EvidenceLine {
  readonly before: string;
  readonly trigger: string;
  readonly after: string;
}

export interface EventLine extends EventRef {
  readonly type: EventType;
  readonly typeWords: string;
  readonly group: EventGroup;
  readonly status: Status;
  readonly statusWords: string;
  readonly hedged: boolean;
  readonly disputed: boolean;
  readonly background: boolean;
  readonly who: string;
  readonly whom: string;
  readonly place: string;
  readonly where: Where | null;
  readonly time: string;
  readonly when: When | null;
  readonly day: string | null;
  readonly toll: string;
  readonly counts: readonly Count[];
  readonly weapons: readonly string[];
  readonly source: string | null;
  readonly tellings: number;
  readonly evidence: EvidenceLine;
  readonly why: string;
  readonly title: string | null;
  readonly site: string | null;
  readonly published: string | null;
  readonly kind: CopyKind;
  readonly story: StoryId;
  readonly case: CaseId | null;
  readonly reviewed: ReviewState;
  readonly corrected: readonly string[];
  readonly confidence: number;
}

const EVIDENCE_LENGTH = 180;

/** Cuts a quote around its trigger so that the trigger is always seen. */
export function cutEvidence(quote: string, quoteStart: number, trigger: Span, length = EVIDENCE_LENGTH): EvidenceLine {
  const from = Math.max(0, trigger.start - quoteStart);
  const to = Math.min(quote.length, Math.max(from, trigger.end - quoteStart));
  const room = Math.max(0, length - (to - from));
  const half = Math.floor(room / 2);
  const spareAfter = Math.max(0, half - (quote.length - to));
  const spareBefore = Math.max(0, half - from);
  const start = from <= half + spareAfter ? 0 : quote.indexOf(' ', from - half - spareAfter) + 1 || from;
  let end = quote.length - to <= half + spareBefore ? quote.length : quote.lastIndexOf(' ', to + half + spareBefore);
  if (end < to) end = to;
  const before = quote.slice(Math.min(start, from), from);
  return {
    before: `${start > 0 ? '… ' : ''}${before}`.replace(/\s+/g, ' '),
    trigger: quote.slice(from, to),
    after: `${quote.slice(to, end)}${end < quote.length ? ' …' : ''}`.replace(/\s+/g, ' '),
  };
}

/** "Hasakah, SY"; the words of the text where no gazetteer place is known. */
export function writePlace(where: Where | null): string {
  if (!where) return '';
  const name = where.name ?? where.words;
  return where.country && where.precision !== 'country' ? `${name}, ${where.country}` : name;
}

/** The figures of one kind side by side, by who gives them: "20 killed (rescuers) / 35, 4 killed (army)". Never a sum. */
export function writeToll(counts: readonly Count[]): string {
  const kinds = [...new Set(counts.map((count) => count.kind))];
  return kinds
    .map((kind) => {
      const rival = counts.filter((count) => count.kind === kind);
      if (rival.length === 1) return writeCount(rival[0] as Count);
      return [...new Set(rival.map((count) => count.source))]
        .map((source) => {
          const figures = rival.filter((count) => count.source === source).map(writeCount);
          const said = figures.map((figure, at) => (at < figures.length - 1 ? figure.replace(` ${kind}`, '') : figure)).join(', ');
          return source ? `${said} (${source})` : said;
        })
        .join(' / ');
    })
    .join(' · ');
}

export function writeEventLine(row: StoredEvent): EventLine {
  const { event } = row;
  const [mention] = event.mentions;
  return {
    article: row.article,
    event: event.id,
    type: event.type,
    typeWords: TYPE_WORDS[event.type],
    group: GROUP_OF_TYPE[event.type],
    status: event.status,
    statusWords: STATUS_WORDS[event.status],
    hedged: event.hedged,
    disputed: event.disputed,
    background: event.background,
    who: writeNames(event.actors.map((actor) => actor.name)),
    whom: writeNames(event.targets.map((target) => target.name)),
    place: writePlace(event.where),
    where: event.where,
    time: writeWhen(event.when),
    when: event.when,
    day: row.day,
    toll: writeToll(event.counts),
    counts: event.counts,
    weapons: event.weapons.map((weapon) => weapon.words),
    source: event.source,
    tellings: event.mentions.length,
    evidence: cutEvidence(mention.quote, mention.start, mention.trigger),
    why: explainEvent(event),
    title: row.title,
    site: row.site,
    published: row.published === null ? null : writeDay(row.published),
    kind: row.kind,
    story: row.story,
    case: row.case,
    reviewed: row.reviewed,
    corrected: row.corrected,
    confidence: event.confidence,
  };
}
