/**
 * One record as it is printed: a JSON line (a contract that does not change, see docs/using.md),
 * or a readable page for a terminal. Pure text in, text out; the caller writes it.
 */
import { styleText } from 'node:util';
import type { ArticleRecord, Because, Count, NewsEvent, Statement, Status } from '../vocabulary.ts';

const span = ({ text, start, end }: { text: string; start: number; end: number }) => ({ text, start, end });
const named = ({ name, start, end }: { name: string; start: number; end: number }) => ({ name, start, end });

/** The record as the JSON contract has it; key order is part of the contract. */
export function describeRecord({ article, events, statements, notes }: ArticleRecord) {
  return {
    id: article.name,
    article: {
      title: article.title,
      text: article.text,
      published: article.published,
      updated: article.updated,
      authors: article.authors,
      publisher: article.publisher,
      site: article.site,
      language: article.language,
      dropped: article.dropped.map(({ reason, text }) => ({ reason, text })),
    },
    events: events.map((event) => ({
      id: event.id,
      type: event.type,
      status: event.status,
      hedged: event.hedged,
      disputed: event.disputed,
      background: event.background,
      source: event.source,
      confidence: event.confidence,
      mentions: event.mentions.map(({ quote, start, end, trigger }) => ({ quote, start, end, trigger: span(trigger) })),
      because: event.because.map((because) => ({
        field: because.field,
        ...span(because),
        ...(because.reason && { reason: because.reason }),
      })),
      actors: event.actors.map(named),
      targets: event.targets.map(named),
      where: event.where && {
        words: event.where.words,
        name: event.where.name,
        country: event.where.country,
        lat: event.where.lat,
        lon: event.where.lon,
        precision: event.where.precision,
      },
      when: event.when && { words: event.when.words, from: event.when.from, to: event.when.to, precision: event.when.precision },
      counts: event.counts.map(({ kind, low, high, words, source }) => ({ kind, low, high, words, source })),
      weapons: event.weapons.map(({ words }) => ({ words })),
    })),
    statements: statements.map((statement) => ({
      id: statement.id,
      act: statement.act,
      speaker: statement.speaker,
      cue: statement.cue,
      direct: statement.direct,
      channel: statement.channel,
      via: statement.via,
      content: statement.content.map(span),
    })),
    notes: notes.map(({ room, message }) => ({ room, message })),
  };
}

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;
export const paintNothing: Paint = (_style, text) => text;
/** Colours where the stream is a terminal that wants them. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (style, text) =>
    styleText(style, text, { stream });

const MARKS: Readonly<Record<Status, readonly [string, Style]>> = {
  happened: ['●', 'bold'],
  ongoing: ['◐', 'blue'],
  attempted: ['⊘', 'gray'],
  planned: ['◇', 'cyan'],
  threatened: ['▲', 'red'],
  'called-for': ['▶', 'yellow'],
  feared: ['◌', 'magenta'],
  denied: ['✕', 'redBright'],
  hypothetical: ['?', 'gray'],
};

/** "at least 12", "2,000 to 9,999", "an unknown number". */
export function wordCount({ low, high }: Pick<Count, 'low' | 'high'>): string {
  const write = (value: number) => value.toLocaleString('en-US');
  if (low === null && high === null) return 'an unknown number';
  if (low === null) return `up to ${write(high ?? 0)}`;
  if (high === null) return `at least ${write(low)}`;
  return low === high ? write(low) : `${write(low)} to ${write(high)}`;
}

function wrap(text: string, indent: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    if (line && indent.length + line.length + word.length + 1 > width) {
      lines.push(indent + line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, indent + line].join('\n');
}

function whyLines(because: readonly Because[]): string[] {
  return because.flatMap(({ field, text, reason }) => (reason ? [`${field}: ${reason}`] : field === 'type' ? [] : [`${field}: “${text}”`]));
}

function printEvent(event: NewsEvent, paint: Paint, width: number): string {
  const [mark, style] = MARKS[event.status];
  const flags = [event.hedged && 'hedged', event.disputed && 'disputed', event.background && 'background'].filter(Boolean).join(', ');
  const who = event.actors.map(({ name }) => name).join(', ');
  const whom = event.targets.map(({ name }) => name).join(', ');
  const facts = [
    who || whom ? `${who || '…'}${whom ? ` → ${whom}` : ''}` : '',
    event.where ? `${event.where.name ?? event.where.words}${event.where.country ? ` (${event.where.country})` : ''}` : '',
    event.when
      ? event.when.from
        ? event.when.from === event.when.to
          ? event.when.from
          : `${event.when.from} to ${event.when.to ?? '…'}`
        : event.when.words
      : '',
    ...event.counts.map((count) => `${count.kind}: ${wordCount(count)}${count.source ? ` (${count.source})` : ''}`),
    event.weapons.length > 0 ? event.weapons.map(({ words }) => words).join(', ') : '',
  ].filter(Boolean);
  const head = `${paint(style, `${event.hedged ? '~' : ''}${mark} ${event.status}`)}  ${paint('bold', event.type)}${flags ? paint('gray', `  ${flags}`) : ''}`;
  const source = event.source ? `according to ${event.source}` : '';
  const lines = [`  ${head}`, ...[...facts, source].filter(Boolean).map((fact) => wrap(fact, '      ', width))];
  lines.push(
    paint(
      'gray',
      wrap(`“${event.mentions[0].quote}”${event.mentions.length > 1 ? ` (told ${event.mentions.length} times)` : ''}`, '      ', width),
    ),
  );
  for (const why of whyLines(event.because)) lines.push(paint('gray', wrap(`↳ ${why}`, '      ', width)));
  return lines.join('\n');
}

function printStatement(statement: Statement, paint: Paint, width: number): string {
  const via = [statement.via && `via ${statement.via}`, statement.channel && `on ${statement.channel}`].filter(Boolean).join(', ');
  const content = statement.content.map(({ text }) => (statement.direct ? `“${text}”` : text)).join(' … ');
  return `  ${paint('bold', statement.speaker ?? 'somebody')} ${paint('cyan', statement.act)}${statement.cue ? ` (“${statement.cue}”)` : ''}${via ? `, ${via}` : ''}\n${paint('gray', wrap(content, '      ', width))}`;
}

/** The record as a page for people. @param width columns of the terminal */
export function printRecord(record: ArticleRecord, paint: Paint = paintNothing, width = 100): string {
  const { article, events, statements, notes } = record;
  const by = [
    article.publisher,
    article.site && article.site !== article.publisher ? `on ${article.site}` : '',
    article.published ?? 'no date',
    article.authors.join(', '),
  ];
  const parts = [`${paint('bold', article.title ?? article.name)}\n${paint('gray', by.filter(Boolean).join(' · '))}`];
  parts.push(
    events.length > 0 ? `Events (${events.length})\n${events.map((event) => printEvent(event, paint, width)).join('\n')}` : 'No events.',
  );
  if (statements.length > 0)
    parts.push(`Statements (${statements.length})\n${statements.map((statement) => printStatement(statement, paint, width)).join('\n')}`);
  if (article.dropped.length > 0) {
    const reasons = Map.groupBy(article.dropped, ({ reason }) => reason);
    parts.push(paint('gray', `Left out: ${[...reasons].map(([reason, list]) => `${list.length} ${reason}`).join(', ')}`));
  }
  if (notes.length > 0) parts.push(paint('yellow', notes.map(({ room, message }) => `note (${room}): ${message}`).join('\n')));
  return `${parts.join('\n\n')}\n`;
}
