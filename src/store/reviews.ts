/**
 * The work of people on findings: corrections with before, after, who and when, each undone with one call; verdicts on events and cases.
 * Every change is laid over the machine's reading again (corrections.ts), so that the reading itself is never lost.
 */
import { Failure } from '../failure.ts';
import type { EventId, NewsEvent, Statement, StatementId } from '../vocabulary.ts';
import { EVENT_TYPES, STATUSES } from '../vocabulary.ts';
import { type ArticleData, findArticle, newId, putReading, readEvents, readStatements } from './articles.ts';
import type { StoreContext } from './context.ts';
import { limitOf, parseJson, startAfter, toPage } from './context.ts';
import { type Anchor, eventAnchor, type Reading, relocateSpans, statementAnchor } from './corrections.ts';
import type { Value } from './database.ts';
import type { Correction, ReviewTable } from './store.ts';
import { refreshStory } from './stories.ts';

interface CorrectionData {
  readonly id: number;
  readonly article_id: Correction['article'];
  readonly finding: Correction['finding'];
  readonly field: string;
  readonly before_value: string | null;
  readonly after_value: string | null;
  readonly who: string;
  readonly at: string;
  readonly undone: string | null;
  readonly applies: number;
}

const COLUMNS = 'SELECT c.*, a.id AS article_id FROM correction c JOIN article a ON a.key = c.article';

function correctionOf(data: CorrectionData): Correction {
  return {
    id: data.id,
    article: data.article_id,
    finding: data.finding,
    field: data.field,
    before: data.before_value === null ? null : parseJson(data.before_value),
    after: data.after_value === null ? null : parseJson(data.after_value),
    who: data.who,
    when: data.at,
    undone: data.undone,
    applies: data.applies === 1,
  };
}

const EVENT_FIELDS = [
  'type',
  'status',
  'hedged',
  'disputed',
  'background',
  'source',
  'mentions',
  'because',
  'actors',
  'targets',
  'where',
  'when',
  'counts',
  'weapons',
  'confidence',
];
const STATEMENT_FIELDS = ['act', 'speaker', 'speakerSpan', 'cue', 'cueSpan', 'direct', 'channel', 'via', 'content'];

/** @throws Failure('store', 'bad-input') for what would break the record */
function checkChange(field: string, after: unknown, ofEvent: boolean, text: string): void {
  const fault = (what: string) => new Failure('store', 'bad-input', `This correction cannot be kept: ${what}.`);
  const whole = field === 'event' || field === 'statement';
  if (!whole && !(ofEvent ? EVENT_FIELDS : STATEMENT_FIELDS).includes(field)) throw fault(`there is no field "${field}"`);
  const parts = whole && after !== null ? (after as Record<string, unknown>) : { [field]: after };
  if ('type' in parts && !EVENT_TYPES.includes(parts.type as NewsEvent['type'])) throw fault(`"${parts.type}" is no event type`);
  if ('status' in parts && !STATUSES.includes(parts.status as NewsEvent['status'])) throw fault(`"${parts.status}" is no status`);
  for (const list of ['mentions', 'content']) {
    if (list in parts && !(Array.isArray(parts[list]) && parts[list].length > 0))
      throw fault(`without words of the text (${list}) there is no proof`);
  }
  if (whole && after !== null && !('mentions' in parts) && !('content' in parts))
    throw fault('without words of the text there is no proof');
  const moved = relocateSpans(after, text);
  if (moved === undefined) throw fault('it quotes words that are not in the text');
  if (JSON.stringify(moved) !== JSON.stringify(after ?? null)) throw fault('an offset does not stand on its words');
}

export function openReviews(context: StoreContext): ReviewTable {
  const { db, now, ring } = context;
  /** the machine's reading: kept aside once corrected, else what stands */
  const readingOf = (data: ArticleData): Reading => {
    const kept = db.get<{ reading: string | null }>('SELECT reading FROM article_body WHERE article = ?', data.key)?.reading;
    return kept ? parseJson<Reading>(kept) : { events: readEvents(db, data.key), statements: readStatements(db, data.key) };
  };
  const textOf = (data: ArticleData) => db.get<{ text: string }>('SELECT text FROM article_body WHERE article = ?', data.key)?.text ?? '';
  const one = (id: number) => correctionOf(db.get<CorrectionData>(`${COLUMNS} WHERE c.id = ?`, id) as CorrectionData);
  return {
    correct: async ({ article, finding, field, after, who }) => {
      const data = findArticle(db, article);
      if (!data) throw new Failure('store', 'not-found', `There is no article ${article} in the record.`);
      const ofEvent = field === 'event' || (field !== 'statement' && finding?.startsWith('event:') === true);
      const text = textOf(data);
      checkChange(field, after, ofEvent, text);
      let before: unknown = null;
      let anchor: Anchor | null = null;
      if (finding !== null) {
        const event = ofEvent ? readEvents(db, data.key).find((candidate) => candidate.id === finding) : undefined;
        const statement = ofEvent ? undefined : readStatements(db, data.key).find((candidate) => candidate.id === finding);
        const found = event ?? statement;
        if (!found) throw new Failure('store', 'not-found', `There is no ${finding} in ${article}.`);
        anchor = event ? eventAnchor(event) : statementAnchor(statement as Statement);
        before = field === 'event' || field === 'statement' ? found : ((found as unknown as Record<string, unknown>)[field] ?? null);
      }
      const id: EventId | StatementId = finding ?? (ofEvent ? `event:${newId()}` : `statement:${newId()}`);
      const added = db.transaction(() => {
        const reading = readingOf(data);
        const row = db.insert(
          'INSERT INTO correction (article, finding, anchor, field, before_value, after_value, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          data.key,
          id,
          anchor === null ? null : JSON.stringify(anchor),
          field,
          before === null ? null : JSON.stringify(before),
          after === null || after === undefined ? null : JSON.stringify(after),
          who,
          now(),
        );
        putReading(db, data, reading, text);
        refreshStory(db, data.story);
        return row;
      });
      ring('events', data.id);
      return one(added);
    },
    undo: async (id, who) => {
      const row = db.get<{ article: number; undone: string | null }>('SELECT article, undone FROM correction WHERE id = ?', id);
      if (!row) return undefined;
      const data = db.get<ArticleData>('SELECT * FROM article WHERE key = ?', row.article) as ArticleData;
      if (row.undone === null) {
        db.transaction(() => {
          const reading = readingOf(data);
          db.run('UPDATE correction SET undone = ? WHERE id = ?', now(), id);
          db.run(
            'INSERT INTO audit (who, what, subject, detail, at) VALUES (?, ?, ?, ?, ?)',
            who,
            'undo correction',
            data.id,
            JSON.stringify(id),
            now(),
          );
          putReading(db, data, reading, textOf(data));
        });
        ring('events', data.id);
      }
      return one(id);
    },
    corrections: async (filter = {}, page) => {
      const limit = limitOf(page);
      const tests = ['1 = 1'];
      const values: Value[] = [];
      if (filter.article) {
        tests.push('a.id = ?');
        values.push(filter.article);
      }
      if (filter.who) {
        tests.push('c.who = ?');
        values.push(filter.who);
      }
      const start = startAfter(page);
      if (start) {
        tests.push('c.id < ?');
        values.push(...start);
      }
      const rows = db.all<CorrectionData>(`${COLUMNS} WHERE ${tests.join(' AND ')} ORDER BY c.id DESC LIMIT ${limit + 1}`, ...values);
      return toPage(rows, limit, (data) => [data.id], correctionOf);
    },
    review: async (what, state, who) => {
      const judge = (key: number, article: number, event: string) => {
        db.run('UPDATE event SET reviewed = ? WHERE key = ?', state, key);
        db.run(
          `INSERT INTO event_review (article, event, state, who, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (article, event) DO UPDATE SET state = excluded.state, who = excluded.who, at = excluded.at`,
          article,
          event,
          state,
          who,
          now(),
        );
      };
      type Row = { key: number; article: number; id: string };
      db.transaction(() => {
        const rows =
          typeof what === 'string'
            ? db.all<Row>('SELECT key, article, id FROM event WHERE case_id = ?', what)
            : db.all<Row>(
                'SELECT key, article, id FROM event WHERE article = (SELECT key FROM article WHERE id = ?) AND id = ?',
                what.article,
                what.event,
              );
        if (rows.length === 0)
          throw new Failure('store', 'not-found', `There is nothing to judge under ${typeof what === 'string' ? what : what.event}.`);
        for (const row of rows) judge(row.key, row.article, row.id);
        if (typeof what === 'string') db.run('UPDATE story_case SET reviewed = ?, reviewed_by = ? WHERE id = ?', state, who, what);
      });
      ring(typeof what === 'string' ? 'case' : 'events', typeof what === 'string' ? what : what.article);
    },
  };
}
