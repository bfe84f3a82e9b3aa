/**
 * What the stories room asks of the record: articles by sketch, by telling words, by address, and the members of stories.
 * Also writes what the arrival of an article changes among the others. The room itself is not known here.
 */
import type {
  ArticleId,
  CaseId,
  CaseUpdate,
  IndexedArticle,
  NewsEvent,
  StoryId,
  StoryIndex,
  StoryProfile,
  StoryUpdate,
  Telling,
} from '../vocabulary.ts';
import { findArticle } from './articles.ts';
import { flag, marks, parseJson } from './context.ts';
import type { Database, Value } from './database.ts';
import { moveArticle, refreshStory } from './stories.ts';

/** Postings read per word and side of the day: the nearest in time. */
const NEAREST = 80;

const dayNumber = (day: string | null): number => {
  const time = day === null ? Number.NaN : Date.parse(day);
  return Number.isNaN(time) ? 0 : Math.floor(time / 86_400_000);
};

/** FNV-1a, 32 bits. */
function hashTerm(stem: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < stem.length; at++) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const KINDS = ['word', 'name', 'number'] as const;

/** Profiles are read by the dozen for each arriving article: terms as bare rows are parsed in half the time. */
function packProfile({ terms, lookup: _kept, ...rest }: StoryProfile): string {
  return JSON.stringify({
    ...rest,
    terms: terms.map(({ stem, weight, kind, lead }) => [stem, weight, KINDS.indexOf(kind) * 2 + (lead ? 1 : 0)]),
  });
}

/** The words to look it up by stand in story_term and are not given back. */
function unpackProfile(json: string): StoryProfile {
  const packed = parseJson<Omit<StoryProfile, 'terms' | 'lookup'> & { readonly terms: readonly [string, number, number][] }>(json);
  const terms = packed.terms.map(([stem, weight, code]) => ({ stem, weight, kind: KINDS[code >> 1] ?? 'word', lead: (code & 1) === 1 }));
  return { ...packed, terms, lookup: [] };
}

/** Profiles held parsed; the neighbours of today's articles are today's and yesterday's. */
const HELD = 1500;
const held = new WeakMap<Database, Map<number, StoryProfile>>();

function readProfile(db: Database, article: number): StoryProfile | undefined {
  let profiles = held.get(db);
  if (!profiles) {
    profiles = new Map();
    held.set(db, profiles);
  }
  const known = profiles.get(article);
  if (known) return known;
  const row = db.get<{ profile: string }>('SELECT profile FROM story_profile WHERE article = ?', article);
  if (!row) return undefined;
  const profile = unpackProfile(row.profile);
  if (profiles.size >= HELD) profiles.delete(profiles.keys().next().value as number);
  profiles.set(article, profile);
  return profile;
}

/** A removed or rolled-back article may leave its number to another: what is held of it goes. */
export function forgetProfile(db: Database, article: number): void {
  held.get(db)?.delete(article);
}

export function putProfile(db: Database, article: number, profile: StoryProfile): void {
  forgetProfile(db, article);
  db.run('DELETE FROM story_sketch WHERE article = ?', article);
  db.run('DELETE FROM story_term WHERE article = ?', article);
  db.run(
    'INSERT INTO story_profile (article, profile) VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET profile = excluded.profile',
    article,
    packProfile(profile),
  );
  for (const hash of profile.sketch) db.run('INSERT INTO story_sketch (hash, article) VALUES (?, ?) ON CONFLICT DO NOTHING', hash, article);
  const day = dayNumber(profile.day);
  for (const { stem, weight } of profile.lookup) {
    db.run(
      'INSERT INTO story_term (term, day, article, weight) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      hashTerm(stem),
      day,
      article,
      weight,
    );
  }
}

/** Moves the articles that stand in another story now, and those that turned out to be copies; pinned ones stay. @returns stories touched */
export function applyChanges(db: Database, update: StoryUpdate): Set<string> {
  const touched = new Set<string>();
  for (const { from, into } of update.merged ?? []) {
    const members = db.all<{ key: number; story_reasons: string }>(
      'SELECT key, story_reasons FROM article WHERE story = ? AND story_pinned = 0',
      from,
    );
    for (const member of members) moveArticle(db, member.key, into, parseJson(member.story_reasons), false);
    touched.add(from).add(into);
  }
  for (const change of update.changes ?? []) {
    const data = findArticle(db, change.article);
    if (!data) continue;
    if (data.story_pinned === 0 && data.story !== change.story) {
      moveArticle(db, data.key, change.story, change.reasons, false);
      touched.add(data.story).add(change.story);
    }
    if (change.kind !== undefined) {
      db.run('UPDATE article SET kind = ?, copy_of = ? WHERE key = ?', change.kind, change.copyOf ?? null, data.key);
      db.run('UPDATE event SET is_copy = ? WHERE article = ?', flag(change.kind === 'copy'), data.key);
    }
  }
  for (const story of touched) refreshStory(db, story);
  return touched;
}

function readTellings(db: Database, where: string, values: readonly Value[]): Telling[] {
  return db
    .all<Omit<Telling, 'event' | 'case'> & { body: string; case_id: CaseId | null }>(
      `SELECT a.id AS article, a.title AS title, a.site AS site, a.publisher AS publisher, a.published AS published, a.story AS story,
         a.copy_of AS copyOf, e.case_id AS case_id, b.body AS body
       FROM article a JOIN event e ON e.article = a.key JOIN event_body b ON b.event = e.key WHERE ${where}`,
      ...values,
    )
    .map(({ body, case_id, ...telling }) => ({ ...telling, event: parseJson<NewsEvent>(body), case: case_id }));
}

export function openStoryIndex(db: Database): StoryIndex {
  return {
    findByUrl: async (urls) =>
      urls.length === 0
        ? []
        : db
            .all<{ id: ArticleId }>(
              `SELECT id FROM article WHERE url IN (${marks(urls)}) OR canonical_url IN (${marks(urls)})
               UNION SELECT a.id FROM article_alias l JOIN article a ON a.key = l.article WHERE l.alias IN (${marks(urls)})`,
              ...urls,
              ...urls,
              ...urls,
            )
            .map((row) => row.id),
    findBySketch: async (hashes, limit) =>
      hashes.length === 0
        ? []
        : db
            .all<{ id: ArticleId; shared: number }>(
              `SELECT a.id AS id, s.shared AS shared FROM
                 (SELECT article, count(*) AS shared FROM story_sketch WHERE hash IN (${marks(hashes)}) GROUP BY article HAVING count(*) >= 2
                  ORDER BY shared DESC, article LIMIT ?) AS s JOIN article a ON a.key = s.article ORDER BY s.shared DESC, a.key`,
              ...hashes,
              limit,
            )
            .map((row) => ({ article: row.id, shared: row.shared })),
    findByTerms: async (terms, from, to, limit) => {
      const sums = new Map<number, number>();
      const sum = (weight: number, rows: readonly { article: number; weight: number }[]) => {
        for (const row of rows) sums.set(row.article, (sums.get(row.article) ?? 0) + weight * row.weight);
      };
      const first = dayNumber(from);
      const last = dayNumber(to);
      const middle = Math.floor((first + last) / 2);
      const read = (condition: string, order: string, term: number, ...days: number[]) =>
        db.all<{ article: number; weight: number }>(
          `SELECT article, weight FROM story_term WHERE term = ? AND ${condition} ORDER BY day ${order}, article ${order} LIMIT ${NEAREST}`,
          term,
          ...days,
        );
      for (const { stem, weight } of terms) {
        const term = hashTerm(stem);
        if (from === null || to === null) sum(weight, read('day >= 0', 'DESC', term));
        else {
          sum(weight, read('day BETWEEN ? AND ?', '', term, middle, last));
          sum(weight, read('day BETWEEN ? AND ?', 'DESC', term, first, middle - 1));
          sum(weight, read('day = 0', 'DESC', term));
        }
      }
      const best = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit);
      return best.flatMap(([key, weight]) => {
        const row = db.get<{ id: ArticleId }>('SELECT id FROM article WHERE key = ?', key);
        return row ? [{ article: row.id, weight }] : [];
      });
    },
    articles: async (ids) =>
      ids.flatMap((id): IndexedArticle[] => {
        const row = db.get<{ key: number; story: StoryId; story_pinned: number; copy_of: ArticleId | null }>(
          'SELECT key, story, story_pinned, copy_of FROM article WHERE id = ?',
          id,
        );
        const profile = row && readProfile(db, row.key);
        if (!row || !profile) return [];
        return [
          {
            profile,
            story: row.story,
            pinned: row.story_pinned === 1,
            copyOf: row.copy_of,
            order: row.key,
          },
        ];
      }),
    members: async (story, day, limit) => {
      const read = (condition: string, order: string) =>
        db.all<{ id: ArticleId; day: string }>(
          `SELECT id, day FROM article WHERE story = ? AND day ${condition} ? ORDER BY day ${order}, key ${order} LIMIT ?`,
          story,
          day ?? '',
          limit,
        );
      const away = (other: string) => Math.abs(dayNumber(other) - dayNumber(day));
      return [...read('>=', ''), ...read('<', 'DESC')]
        .sort((a, b) => (day === null ? 0 : away(a.day) - away(b.day)))
        .slice(0, limit)
        .map((row) => row.id);
    },
    storySize: async (story) => db.get<{ articles: number }>('SELECT articles FROM story WHERE id = ?', story)?.articles ?? 0,
    tellings: async (story, day, limit) => {
      const read = (condition: string, order: string) =>
        readTellings(db, `a.story = ? AND a.day ${condition} ? ORDER BY a.day ${order}, a.key ${order}, e.ordinal LIMIT ${limit}`, [
          story,
          day ?? '',
        ]);
      const away = (telling: Telling) => (day === null ? 0 : Math.abs(dayNumber(telling.published) - dayNumber(day)));
      return [...read('>=', ''), ...read('<', 'DESC')].sort((a, b) => away(a) - away(b)).slice(0, limit);
    },
    toldBetween: async (types, countries, from, to, limit) =>
      readTellings(
        db,
        `e.type IN (${marks(types)}) AND e.country IN (${marks(countries)}) AND e.status NOT IN ('happened', 'ongoing', 'attempted', 'denied')
         AND a.day BETWEEN ? AND ? ORDER BY a.day DESC, e.key DESC LIMIT ${limit}`,
        [...types, ...countries, from, to],
      ),
    cases: async (ids) =>
      ids.flatMap((id) => {
        const row = db.get<{ body: string }>('SELECT body FROM story_case WHERE id = ?', id);
        return row ? [parseJson<CaseUpdate>(row.body)] : [];
      }),
    text: async (id) =>
      db.get<{ text: string }>('SELECT b.text AS text FROM article a JOIN article_body b ON b.article = a.key WHERE a.id = ?', id)?.text,
  };
}
