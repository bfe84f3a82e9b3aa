/**
 * Names of people, groups, places, weapons: each once, folded, found by the beginning of any of its words, merged and split by people.
 */
import type { StoreContext } from './context.ts';
import { marks, plain } from './context.ts';
import type { Database, Value } from './database.ts';
import { fold } from './fold.ts';
import type { NameRow, NameTable } from './store.ts';

/** Most names that one beginning may stand for in a filter. */
const MOST_NAMES = 2000;
/** Without a beginning, names are those of so many newest articles. */
const NEWEST = 3000;

/** Key of the name, made when new; null for a name without a letter or digit. */
export function nameKey(db: Database, name: string, kind: string | null): number | null {
  const folded = fold(name);
  if (folded === '') return null;
  const found = db.get<{ key: number; kind: string | null }>('SELECT key, kind FROM name WHERE folded = ?', folded);
  if (found) {
    if (kind !== null && (found.kind === null || found.kind === 'other') && found.kind !== kind) {
      db.run('UPDATE name SET kind = ? WHERE key = ?', kind, found.key);
    }
    return found.key;
  }
  const key = db.insert('INSERT INTO name (folded, name, kind) VALUES (?, ?, ?)', folded, name, kind);
  for (const word of new Set(folded.split(' '))) db.run('INSERT INTO name_word (word, name) VALUES (?, ?)', word, key);
  return key;
}

/** Keys of all names that begin with these letters or have words that do, with those merged into one with them. */
export function namesBeginning(db: Database, beginning: string): number[] {
  const words = fold(beginning).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  const tests = words.map(() => 'key IN (SELECT name FROM name_word WHERE word >= ? AND word < ?)').join(' AND ');
  const values: Value[] = words.flatMap((word) => [word, `${word}\uffff`]);
  const keys = db.all<{ key: number }>(`SELECT key FROM name WHERE ${tests} LIMIT ${MOST_NAMES}`, ...values).map((row) => row.key);
  return withMerged(db, keys);
}

function withMerged(db: Database, keys: readonly number[]): number[] {
  if (keys.length === 0) return [];
  const all = new Set(keys);
  const list = JSON.stringify(keys).slice(1, -1);
  const rows = db.all<{ key: number; shown_as: number | null }>(
    `SELECT key, shown_as FROM name WHERE shown_as IS NOT NULL AND (shown_as IN (${list}) OR key IN (${list})
       OR shown_as IN (SELECT shown_as FROM name WHERE key IN (${list}) AND shown_as IS NOT NULL))`,
  );
  for (const row of rows) {
    all.add(row.key);
    if (row.shown_as !== null) all.add(row.shown_as);
  }
  return [...all];
}

const NAME_ROWS = `SELECT shown.name AS name, shown.kind AS kind, count(DISTINCT an.article) AS articles, min(an.day) AS firstDay, max(an.day) AS lastDay
  FROM article_name an JOIN name n ON n.key = an.name JOIN name shown ON shown.key = coalesce(n.shown_as, n.key)`;

export function openNames({ db, ring, now }: StoreContext): NameTable {
  const keysOf = (name: string): number[] => {
    const found = db.get<{ key: number }>('SELECT key FROM name WHERE folded = ?', fold(name));
    return found ? withMerged(db, [found.key]) : [];
  };
  return {
    find: async (beginning, options = {}) => {
      const everyone = beginning.trim() === '';
      const keys = everyone ? [] : namesBeginning(db, beginning);
      if (keys.length === 0 && !everyone) return [];
      const kinds = options.kinds ?? [];
      const nameTest = everyone
        ? `an.article IN (SELECT key FROM article ORDER BY key DESC LIMIT ${NEWEST})`
        : `an.name IN (${marks(keys)})`;
      const kindTest = kinds.length > 0 ? `AND shown.kind IN (${marks(kinds)})` : '';
      return plain(
        db.all<NameRow>(
          `${NAME_ROWS} WHERE ${nameTest} ${kindTest} GROUP BY shown.key ORDER BY articles DESC, shown.name LIMIT ?`,
          ...keys,
          ...kinds,
          options.limit ?? 20,
        ),
      );
    },
    together: async (name, limit = 20) => {
      const keys = keysOf(name);
      if (keys.length === 0) return [];
      return plain(
        db.all<NameRow>(
          `${NAME_ROWS} WHERE an.article IN (SELECT article FROM article_name WHERE name IN (${marks(keys)})) AND an.name NOT IN (${marks(keys)})
         GROUP BY shown.key ORDER BY articles DESC, shown.name LIMIT ?`,
          ...keys,
          ...keys,
          limit,
        ),
      );
    },
    merge: async (name, alias, who) => {
      db.transaction(() => {
        const into = nameKey(db, name, null);
        const from = nameKey(db, alias, null);
        if (into === null || from === null || into === from) return;
        const target = db.get<{ shown_as: number | null }>('SELECT shown_as FROM name WHERE key = ?', into)?.shown_as ?? into;
        if (target === from) db.run('UPDATE name SET shown_as = NULL WHERE key = ?', into);
        const kept = target === from ? into : target;
        db.run('UPDATE name SET shown_as = ? WHERE key = ? OR shown_as = ?', kept, from, from);
        db.run('UPDATE name SET shown_as = NULL WHERE key = ?', kept);
        db.run(
          "INSERT INTO audit (who, what, subject, detail, at) VALUES (?, 'merge names', ?, ?, ?)",
          who,
          name,
          JSON.stringify({ alias }),
          now(),
        );
      });
      ring('events', name);
    },
    split: async (alias, who) => {
      db.transaction(() => {
        db.run('UPDATE name SET shown_as = NULL WHERE folded = ?', fold(alias));
        db.run("INSERT INTO audit (who, what, subject, detail, at) VALUES (?, 'split names', ?, NULL, ?)", who, alias, now());
      });
      ring('events', alias);
    },
    aliases: async (name) => {
      const keys = keysOf(name);
      if (keys.length === 0) return [];
      const folded = fold(name);
      return db
        .all<{ name: string; folded: string }>(`SELECT name, folded FROM name WHERE key IN (${marks(keys)}) ORDER BY name`, ...keys)
        .filter((row) => row.folded !== folded)
        .map((row) => row.name);
    },
  };
}
