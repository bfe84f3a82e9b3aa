/**
 * Cases: one real deed with all its tellings, as the stories room made them; the verdicts of people stay with them.
 */
import type { CaseId } from '../vocabulary.ts';
import type { StoreContext } from './context.ts';
import { limitOf, marks, parseJson, startAfter, toPage } from './context.ts';
import type { Value } from './database.ts';
import { readStoredEvents } from './event-rows.ts';
import type { CaseTable, CaseUpdate, ReviewState, StoredCase } from './store.ts';

interface CaseData {
  readonly id: CaseId;
  readonly killed: number;
  readonly origins: number;
  readonly reviewed: ReviewState;
  readonly reviewed_by: string | null;
  readonly added: string;
  readonly changed: string;
  readonly body: string;
}

function storedCase(data: CaseData): StoredCase {
  return {
    ...parseJson<CaseUpdate>(data.body),
    reviewed: data.reviewed,
    reviewedBy: data.reviewed_by,
    added: data.added,
    changed: data.changed,
  };
}

/** Writes cases inside a transaction of the caller. A telling belongs to one case: the latest that claims it. */
export function putCases({ db, now }: StoreContext, cases: readonly CaseUpdate[], removed: readonly CaseId[] = []): void {
  for (const id of removed) {
    db.run('UPDATE event SET case_id = NULL WHERE case_id = ?', id);
    db.run('DELETE FROM story_case WHERE id = ?', id);
  }
  for (const update of cases) {
    const toll = update.tolls.find((one) => one.kind === 'killed');
    const body = JSON.stringify(update);
    const before = db.get<{ body: string }>('SELECT body FROM story_case WHERE id = ?', update.id);
    if (before?.body === body) continue;
    db.run(
      `INSERT INTO story_case (id, story, type, status, day, country, killed, origins, added, changed, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET story = excluded.story, type = excluded.type, status = excluded.status, day = excluded.day,
         country = excluded.country, killed = excluded.killed, origins = excluded.origins, changed = excluded.changed, body = excluded.body`,
      update.id,
      update.story,
      update.type,
      update.status,
      update.day,
      update.country,
      toll?.best ?? toll?.low ?? 0,
      update.origins.length,
      now(),
      now(),
      body,
    );
    db.run('UPDATE event SET case_id = NULL WHERE case_id = ?', update.id);
    for (const { article, event } of update.tellings) {
      db.run('UPDATE event SET case_id = ? WHERE id = ? AND article = (SELECT key FROM article WHERE id = ?)', update.id, event, article);
    }
  }
}

export function openCases(context: StoreContext): CaseTable {
  const { db, ring } = context;
  return {
    save: async (cases, removed = []) => {
      db.transaction(() => putCases(context, cases, removed));
      for (const id of [...cases.map((update) => update.id), ...removed]) ring('case', id);
    },
    get: async (id) => {
      const data = db.get<CaseData>('SELECT * FROM story_case WHERE id = ?', id);
      return data && storedCase(data);
    },
    of: async ({ article, event }) => {
      const data = db.get<CaseData>(
        'SELECT c.* FROM event e JOIN story_case c ON c.id = e.case_id WHERE e.article = (SELECT key FROM article WHERE id = ?) AND e.id = ?',
        article,
        event,
      );
      return data && storedCase(data);
    },
    list: async (filter, page) => {
      const limit = limitOf(page);
      const tests = ['1 = 1'];
      const values: Value[] = [];
      const test = (sql: string, ...of: Value[]) => {
        tests.push(sql);
        values.push(...of);
      };
      if (filter.from) test('day >= ?', filter.from);
      if (filter.to) test('day <= ?', filter.to);
      if (filter.story) test('story = ?', filter.story);
      if (filter.changedAfter) test('changed > ?', filter.changedAfter);
      if (filter.minOrigins !== undefined) test('origins >= ?', filter.minOrigins);
      for (const [column, of] of [
        ['type', filter.types],
        ['status', filter.statuses],
        ['country', filter.countries],
        ['reviewed', filter.reviewed],
      ] as const) {
        if (of && of.length > 0) test(`${column} IN (${marks(of)})`, ...of);
      }
      const start = startAfter(page);
      if (start) test('(killed, origins, id) < (?, ?, ?)', ...start);
      const rows = db.all<CaseData>(
        `SELECT * FROM story_case WHERE ${tests.join(' AND ')} ORDER BY killed DESC, origins DESC, id DESC LIMIT ${limit + 1}`,
        ...values,
      );
      return toPage(rows, limit, (data) => [data.killed, data.origins, data.id], storedCase);
    },
    tellings: async (id) => readStoredEvents(db, 'e.case_id = ? ORDER BY a.published, e.key', [id]),
  };
}
