/**
 * What the desk keeps for people: named documents, alerts, grades of sources, accounts with sessions, the audit log.
 * Bodies are JSON that the desk checks; passwords and tokens come in hashed.
 */
import { randomUUID } from 'node:crypto';
import type { StoreContext } from './context.ts';
import { flag, limitOf, parseJson, plain, startAfter, toPage } from './context.ts';
import type { Value } from './database.ts';
import type {
  Alert,
  AlertTable,
  AuditTable,
  DocumentKind,
  DocumentTable,
  PeopleTable,
  Person,
  Role,
  SourceGrade,
  SourceTable,
  StoredDocument,
} from './store.ts';

interface DocumentData extends Omit<StoredDocument, 'body'> {
  readonly body: string;
}

const documentOf = (data: DocumentData): StoredDocument => ({ ...data, body: parseJson(data.body) });

export function openDocuments({ db, now }: StoreContext): DocumentTable {
  const one = (kind: DocumentKind, id: string) => {
    const data = db.get<DocumentData>('SELECT * FROM document WHERE kind = ? AND id = ?', kind, id);
    return data && documentOf(data);
  };
  return {
    save: async ({ kind, id = randomUUID(), title, owner = null, body }) => {
      db.run(
        `INSERT INTO document (kind, id, title, owner, body, added, changed) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET title = excluded.title, owner = excluded.owner, body = excluded.body, changed = excluded.changed`,
        kind,
        id,
        title,
        owner,
        JSON.stringify(body ?? null),
        now(),
        now(),
      );
      return one(kind, id) as StoredDocument;
    },
    get: async (kind, id) => one(kind, id),
    list: async (kind, owner) =>
      (owner === undefined
        ? db.all<DocumentData>('SELECT * FROM document WHERE kind = ? ORDER BY title, id', kind)
        : db.all<DocumentData>('SELECT * FROM document WHERE kind = ? AND owner = ? ORDER BY title, id', kind, owner)
      ).map(documentOf),
    remove: async (kind, id) => db.run('DELETE FROM document WHERE kind = ? AND id = ?', kind, id) > 0,
  };
}

interface AlertData extends Omit<Alert, 'evidence'> {
  readonly evidence: string;
}

const alertOf = (data: AlertData): Alert => ({ ...data, evidence: parseJson(data.evidence) });

export function openAlerts({ db, now, ring }: StoreContext): AlertTable {
  return {
    raise: async ({ watch, subject, reason, evidence }) => {
      const added = db.run(
        'INSERT INTO alert (watch, subject, reason, evidence, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (watch, subject) DO NOTHING',
        watch,
        subject,
        reason,
        JSON.stringify(evidence),
        now(),
      );
      if (added === 0) return undefined;
      const data = db.get<AlertData>('SELECT * FROM alert WHERE watch = ? AND subject = ?', watch, subject) as AlertData;
      ring('alert', String(data.id));
      return alertOf(data);
    },
    list: async (filter = {}, page) => {
      const limit = limitOf(page);
      const tests = ['1 = 1'];
      const values: Value[] = [];
      if (filter.watch) {
        tests.push('watch = ?');
        values.push(filter.watch);
      }
      if (filter.unseenOnly) tests.push('seen IS NULL');
      if (filter.unsentOnly) tests.push('sent IS NULL');
      const start = startAfter(page);
      if (start) {
        tests.push('id < ?');
        values.push(...start);
      }
      const rows = db.all<AlertData>(`SELECT * FROM alert WHERE ${tests.join(' AND ')} ORDER BY id DESC LIMIT ${limit + 1}`, ...values);
      return toPage(rows, limit, (data) => [data.id], alertOf);
    },
    mark: async (id, what) => {
      db.run(`UPDATE alert SET ${what === 'seen' ? 'seen' : 'sent'} = ? WHERE id = ?`, now(), id);
      ring('alert', String(id));
    },
  };
}

export function openSources({ db, now }: StoreContext): SourceTable {
  const GRADES = 'SELECT source, reliability, note, who, at AS "when" FROM source_grade';
  return {
    grade: async ({ source, reliability, note, who }) => {
      db.run(
        `INSERT INTO source_grade (source, reliability, note, who, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (source) DO UPDATE SET reliability = excluded.reliability, note = excluded.note, who = excluded.who, at = excluded.at`,
        source,
        reliability,
        note,
        who,
        now(),
      );
      return { ...(db.get<SourceGrade>(`${GRADES} WHERE source = ?`, source) as SourceGrade) };
    },
    list: async () => plain(db.all<SourceGrade>(`${GRADES} ORDER BY source`)),
    remove: async (source) => db.run('DELETE FROM source_grade WHERE source = ?', source) > 0,
  };
}

interface PersonData {
  readonly name: string;
  readonly role: Role;
  readonly active: number;
  readonly password_hash: string | null;
  readonly added: string;
}

const personOf = ({ name, role, active, added }: PersonData): Person => ({ name, role, active: active === 1, added });

export function openPeople({ db, now }: StoreContext): PeopleTable {
  return {
    save: async ({ name, role, active = true, passwordHash = null }) => {
      db.run(
        `INSERT INTO person (name, role, active, password_hash, added) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET role = excluded.role, active = excluded.active,
           password_hash = coalesce(excluded.password_hash, person.password_hash)`,
        name,
        role,
        flag(active),
        passwordHash,
        now(),
      );
      if (!active) db.run('DELETE FROM session WHERE person = ?', name);
      return personOf(db.get<PersonData>('SELECT * FROM person WHERE name = ?', name) as PersonData);
    },
    list: async () => db.all<PersonData>('SELECT * FROM person ORDER BY name').map(personOf),
    get: async (name) => {
      const data = db.get<PersonData>('SELECT * FROM person WHERE name = ?', name);
      return data && { ...personOf(data), passwordHash: data.password_hash };
    },
    openSession: async ({ tokenHash, person, until }) => {
      db.run('DELETE FROM session WHERE until < ?', now());
      db.run('INSERT INTO session (token_hash, person, until) VALUES (?, ?, ?)', tokenHash, person, until);
    },
    session: async (tokenHash) => {
      const data = db.get<PersonData>(
        'SELECT p.* FROM session s JOIN person p ON p.name = s.person WHERE s.token_hash = ? AND s.until >= ? AND p.active = 1',
        tokenHash,
        now(),
      );
      return data && personOf(data);
    },
    closeSession: async (tokenHash) => {
      db.run('DELETE FROM session WHERE token_hash = ?', tokenHash);
    },
  };
}

export function openAudit({ db, now }: StoreContext): AuditTable {
  return {
    write: async ({ who, what, subject = null, detail }) => {
      const json = detail === undefined ? null : JSON.stringify(detail);
      db.run('INSERT INTO audit (who, what, subject, detail, at) VALUES (?, ?, ?, ?, ?)', who, what, subject, json, now());
    },
    list: async (page) => {
      const limit = limitOf(page);
      const start = startAfter(page);
      const rows = db.all<{ id: number; who: string; what: string; subject: string | null; detail: string | null; at: string }>(
        `SELECT * FROM audit ${start ? 'WHERE id < ?' : ''} ORDER BY id DESC LIMIT ${limit + 1}`,
        ...(start ?? []),
      );
      return toPage(
        rows,
        limit,
        (row) => [row.id],
        (row) => ({ ...row, detail: row.detail === null ? null : parseJson(row.detail) }),
      );
    },
  };
}
