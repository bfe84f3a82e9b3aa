/**
 * A stored article in, everything its page shows out: head, marked text, each finding as a line with what it stands on,
 * what was dropped, and the doubts of the reading.
 */
import type { ArticleVersion, Correction, StoredArticle } from '../store/store.ts';
import type { NewsEvent, Statement } from '../vocabulary.ts';
import { type EventLine, writeEventLine } from './event-line.ts';
import { type MarkedText, markFindings, markText } from './mark-text.ts';
import { ACT_WORDS, countOf, writeDay } from './words.ts';

export interface StatementLine {
  readonly id: Statement['id'];
  readonly act: Statement['act'];
  readonly actWords: string;
  readonly speaker: string | null;
  readonly via: string | null;
  readonly channel: string | null;
  readonly direct: boolean;
  readonly words: string;
  readonly start: number;
}

export interface ArticlePage {
  readonly id: string;
  readonly title: string;
  readonly site: string | null;
  readonly publisher: string | null;
  readonly authors: readonly string[];
  readonly published: string | null;
  readonly publishedFrom: string | null;
  readonly updated: string | null;
  readonly fetched: string;
  readonly url: string | null;
  readonly language: string | null;
  readonly direction: 'ltr' | 'rtl';
  readonly dateline: string | null;
  readonly text: string;
  readonly marked: MarkedText;
  readonly events: readonly { readonly line: EventLine; readonly event: NewsEvent }[];
  readonly statements: readonly StatementLine[];
  readonly statementsInFull: readonly Statement[];
  readonly dropped: readonly { readonly reason: string; readonly text: string }[];
  readonly droppedWords: string;
  readonly notes: readonly string[];
  readonly original: string | null;
  readonly story: string;
  readonly storyReasons: readonly string[];
  readonly kind: string;
  readonly copyOf: string | null;
  readonly versions: readonly { readonly version: number; readonly fetched: string; readonly original: string | null }[];
  readonly corrections: readonly Correction[];
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'sd', 'ug', 'yi', 'dv']);

/** "4 pieces set aside: 2 captions, 1 promotion, 1 share links" */
export function writeDropped(dropped: readonly { readonly reason: string }[]): string {
  if (dropped.length === 0) return 'Nothing was set aside.';
  const reasons = new Map<string, number>();
  for (const { reason } of dropped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const said = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  return `${countOf(dropped.length, 'piece')} set aside: ${said.join(', ')}`;
}

export function writeStatementLine(statement: Statement): StatementLine {
  return {
    id: statement.id,
    act: statement.act,
    actWords: ACT_WORDS[statement.act],
    speaker: statement.speaker,
    via: statement.via,
    channel: statement.channel,
    direct: statement.direct,
    words: statement.content.map((span) => span.text).join(' … '),
    start: statement.content[0].start,
  };
}

export function layOutArticle(stored: StoredArticle, versions: readonly ArticleVersion[], corrections: readonly Correction[]): ArticlePage {
  const { article, statements } = stored.record;
  const events = stored.events.map((row) => ({ line: writeEventLine(row), event: row.event }));
  events.sort((a, b) => a.event.mentions[0].trigger.start - b.event.mentions[0].trigger.start);
  return {
    id: stored.row.id,
    title: article.title ?? 'Untitled',
    site: article.site,
    publisher: article.publisher,
    authors: article.authors,
    published: article.published === null ? null : writeDay(article.published),
    publishedFrom: article.publishedFrom,
    updated: article.updated === null ? null : writeDay(article.updated),
    fetched: article.fetched,
    url: article.url,
    language: article.language,
    direction: article.language !== null && RIGHT_TO_LEFT.has(article.language.slice(0, 3).replace(/-.*/, '')) ? 'rtl' : 'ltr',
    dateline: article.dateline,
    text: article.text,
    marked: markText(
      article.text,
      markFindings(
        events.map(({ event }) => event),
        statements,
      ),
    ),
    events,
    statements: statements.map(writeStatementLine).sort((a, b) => a.start - b.start),
    statementsInFull: statements,
    dropped: article.dropped,
    droppedWords: writeDropped(article.dropped),
    notes: stored.record.notes.map((note) => note.message),
    original: stored.originalSha256,
    story: stored.row.story,
    storyReasons: stored.storyReasons,
    kind: stored.row.kind,
    copyOf: stored.row.copyOf,
    versions: versions.map(({ version, fetched, originalSha256 }) => ({ version, fetched, original: originalSha256 })),
    corrections,
  };
}
