/**
 * The events table: lists, counts, facets, timeline and map of one selection. Filters in, plain rows out.
 * Facets of a large selection are counted on its newest part, so that they answer while somebody waits.
 */
import type { EventType, PlacePrecision, Statement } from '../vocabulary.ts';
import type { StoreContext } from './context.ts';
import { limitOf, marks, parseJson, plain, startAfter, toPage } from './context.ts';
import type { Database, Value } from './database.ts';
import { eventCondition, ORDERS } from './event-query.ts';
import { readEventData, readStoredEvents, storedEvent } from './event-rows.ts';
import { namesBeginning } from './names.ts';
import type {
  EventFacet,
  EventFilter,
  EventTable,
  FacetCount,
  FacetCounts,
  MapCell,
  StatementFilter,
  StoredEvent,
  StoredStatement,
  TimelineDay,
} from './store.ts';
import { MOST_ON_MAP } from './store.ts';

/** Facets are counted on at most this many events of the selection. */
const FACET_SAMPLE = 5000;
const MOST_VALUES = 50;

const COLUMN_OF: Partial<Record<EventFacet, string>> = {
  type: 'type',
  status: 'status',
  group: 'type_group',
  country: 'country',
  place: 'place',
  site: 'site',
  reviewed: 'reviewed',
  background: 'background',
  hedged: 'hedged',
  disputed: 'disputed',
};
/** The filter field that a facet sets: left out when that facet is counted, so that its other values stay in sight. */
const FIELD_OF: Readonly<Record<EventFacet, keyof EventFilter>> = {
  type: 'types',
  status: 'statuses',
  group: 'groups',
  country: 'countries',
  place: 'place',
  actor: 'actor',
  target: 'target',
  source: 'source',
  site: 'sites',
  weapon: 'weapon',
  reviewed: 'reviewed',
  background: 'background',
  hedged: 'hedged',
  disputed: 'disputed',
};
const FLAGS: readonly EventFacet[] = ['background', 'hedged', 'disputed'];

export function openEvents({ db }: StoreContext): EventTable {
  return {
    get: async ({ article, event }) =>
      readStoredEvents(db, 'e.article = (SELECT key FROM article WHERE id = ?) AND e.id = ?', [article, event])[0],
    find: async (filter, page) => {
      const limit = limitOf(page);
      const order = ORDERS[page?.sort ?? 'newest'];
      const where = eventCondition(db, filter);
      const start = startAfter(page);
      const after = start ? order.after(start) : { sql: '1 = 1', values: [] };
      // The keys first and alone: the sort then moves no article texts about.
      const keys = db.all<{ key: number }>(
        `SELECT e.key AS key FROM event e WHERE ${where.sql} AND ${after.sql} ORDER BY ${order.by} LIMIT ${limit + 1}`,
        ...where.values,
        ...after.values,
      );
      const rows = readEventData(db, `e.key IN (${keys.map((row) => row.key).join(', ')}) ORDER BY ${order.by}`, []);
      return toPage(rows, limit, order.mark, storedEvent);
    },
    count: async (filter, cap = 100_000) => {
      const where = eventCondition(db, filter);
      const count =
        db.get<{ n: number }>(
          `SELECT count(*) AS n FROM (SELECT 1 FROM event e WHERE ${where.sql} LIMIT ${cap + 1}) AS counted`,
          ...where.values,
        )?.n ?? 0;
      return { count: Math.min(count, cap), exact: count <= cap };
    },
    facets: async (filter, facets) => countFacets(db, filter, facets),
    timeline: async (filter, by) => {
      const column = by === 'group' ? 'type_group' : by;
      const where = eventCondition(db, filter);
      return plain(
        db.all<TimelineDay>(
          `SELECT e.day AS day, e.${column} AS key, count(*) AS count FROM event e WHERE ${where.sql} GROUP BY e.day, e.${column} ORDER BY e.day`,
          ...where.values,
        ),
      );
    },
    map: async (filter, cells = 48) => mapOf(db, filter, cells),
    each: (filter) => eachEvent(db, filter),
    statements: async (filter, page) => {
      const limit = limitOf(page);
      const where = statementCondition(db, filter);
      const start = startAfter(page);
      const rows = db.all<{
        key: number;
        day: string;
        body: string;
        article: StoredStatement['article'];
        title: string | null;
        site: string | null;
        published: string | null;
      }>(
        `SELECT s.key AS key, s.day AS day, s.body AS body, a.id AS article, a.title AS title, a.site AS site, a.published AS published
         FROM statement s JOIN article a ON a.key = s.article WHERE ${where.sql} ${start ? 'AND (s.day, s.key) < (?, ?)' : ''}
         ORDER BY s.day DESC, s.key DESC LIMIT ${limit + 1}`,
        ...where.values,
        ...(start ?? []),
      );
      return toPage(
        rows,
        limit,
        (row) => [row.day, row.key],
        (row): StoredStatement => ({
          article: row.article,
          statement: parseJson<Statement>(row.body),
          title: row.title,
          site: row.site,
          published: row.published,
        }),
      );
    },
  };
}

function statementCondition(db: Database, filter: StatementFilter): { sql: string; values: Value[] } {
  const tests = ['1 = 1'];
  const values: Value[] = [];
  if (filter.speaker) tests.push(`s.speaker IN (${namesBeginning(db, filter.speaker).join(', ')})`);
  if (filter.acts && filter.acts.length > 0) {
    tests.push(`s.act IN (${marks(filter.acts)})`);
    values.push(...filter.acts);
  }
  for (const [test, value] of [
    ['s.article = (SELECT key FROM article WHERE id = ?)', filter.article],
    ['s.story = ?', filter.story],
    ['s.day >= ?', filter.from],
    ['s.day <= ?', filter.to],
  ] as const) {
    if (value === undefined) continue;
    tests.push(test);
    values.push(value);
  }
  return { sql: tests.join(' AND '), values };
}

function countFacets(db: Database, filter: EventFilter, facets: readonly EventFacet[]): FacetCounts[] {
  const together: EventFacet[] = [];
  const counted = new Map<EventFacet, FacetCounts>();
  for (const facet of facets) {
    if (filter[FIELD_OF[facet]] === undefined) together.push(facet);
    else for (const counts of countOn(db, { ...filter, [FIELD_OF[facet]]: undefined }, [facet])) counted.set(facet, counts);
  }
  if (together.length > 0) for (const counts of countOn(db, filter, together)) counted.set(counts.facet, counts);
  return facets.map((facet) => counted.get(facet)).filter((counts) => counts !== undefined);
}

function countOn(db: Database, filter: EventFilter, facets: readonly EventFacet[]): FacetCounts[] {
  const where = eventCondition(db, filter);
  const columns = facets.map((facet) => COLUMN_OF[facet]).filter((column) => column !== undefined);
  const rows = db.all<Record<string, string | number | null>>(
    `SELECT ${['e.key AS key', ...columns.map((column) => `e.${column} AS ${column}`)].join(', ')} FROM event e WHERE ${where.sql}
     ORDER BY e.day DESC, e.key DESC LIMIT ${FACET_SAMPLE + 1}`,
    ...where.values,
  );
  const exact = rows.length <= FACET_SAMPLE;
  if (!exact) rows.pop();
  const roles = facets.filter((facet) => COLUMN_OF[facet] === undefined);
  const names = roles.length > 0 ? countNames(db, rows as { key: number }[], roles) : new Map<string, FacetCount[]>();
  return facets.map((facet) => {
    const column = COLUMN_OF[facet];
    const counts = column === undefined ? (names.get(facet) ?? []) : countColumn(rows, column, FLAGS.includes(facet));
    return { facet, counts: counts.slice(0, MOST_VALUES), exact, counted: rows.length };
  });
}

function countColumn(rows: readonly Record<string, string | number | null>[], column: string, isFlag: boolean): FacetCount[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    const shown = isFlag ? (value === 1 ? 'yes' : 'no') : String(value);
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  return byCount(counts);
}

function byCount(counts: ReadonlyMap<string, number>): FacetCount[] {
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function countNames(db: Database, rows: readonly { key: number }[], roles: readonly EventFacet[]): Map<string, FacetCount[]> {
  const counted = new Map<string, FacetCount[]>();
  if (rows.length === 0) return counted;
  const found = db.all<{ role: string; name: string; count: number }>(
    `SELECT c.role AS role, shown.name AS name, sum(c.times) AS count FROM
       (SELECT role, name, count(*) AS times FROM event_name WHERE event IN (${rows.map((row) => row.key).join(', ')})
         AND role IN (${marks(roles)}) GROUP BY role, name) AS c
     JOIN name n ON n.key = c.name JOIN name shown ON shown.key = coalesce(n.shown_as, n.key)
     GROUP BY c.role, shown.key ORDER BY count DESC, shown.name`,
    ...roles,
  );
  for (const row of found) {
    const list = counted.get(row.role) ?? [];
    list.push({ value: row.name, count: row.count });
    counted.set(row.role, list);
  }
  return counted;
}

const PINNED: readonly PlacePrecision[] = ['site', 'town', 'district'];

/** Pins gathered on a grid over the box (or the world); provinces and countries one cell for each name, since their point is not where it happened. */
function mapOf(db: Database, filter: EventFilter, cells: number): MapCell[] {
  const where = eventCondition(db, filter);
  const rows = db.all<{
    lat: number;
    lon: number;
    precision: PlacePrecision;
    name: string | null;
    country: string | null;
    type: EventType;
    count: number;
  }>(
    `SELECT e.lat AS lat, e.lon AS lon, e.place_precision AS precision, e.place AS name, e.country AS country, e.type AS type, count(*) AS count
     FROM (SELECT * FROM event e WHERE e.lat IS NOT NULL AND ${where.sql} ORDER BY e.day DESC, e.key DESC LIMIT ${MOST_ON_MAP}) AS e
     GROUP BY e.lat, e.lon, e.place_precision, e.place, e.country, e.type`,
    ...where.values,
  );
  const [west, south, east, north] = filter.box ?? [-180, -90, 180, 90];
  const stepLon = (east < west ? east + 360 - west : east - west) / cells || 1;
  const stepLat = (north - south) / cells || 1;
  const gathered = new Map<string, { rows: typeof rows; count: number }>();
  for (const row of rows) {
    const pinned = PINNED.includes(row.precision);
    const key = pinned
      ? `${Math.floor((row.lon - west) / stepLon)} ${Math.floor((row.lat - south) / stepLat)}`
      : `${row.precision} ${row.name ?? ''} ${row.country ?? ''}`;
    const cell = gathered.get(key) ?? { rows: [], count: 0 };
    cell.rows.push(row);
    cell.count += row.count;
    gathered.set(key, cell);
  }
  return [...gathered.values()].map(({ rows: inside, count }) => {
    const types = new Map<EventType, number>();
    const places = new Map<string | null, number>();
    let [lat, lon] = [0, 0];
    for (const row of inside) {
      types.set(row.type, (types.get(row.type) ?? 0) + row.count);
      places.set(row.name, (places.get(row.name) ?? 0) + row.count);
      lat += row.lat * row.count;
      lon += row.lon * row.count;
    }
    const most = <Key>(of: ReadonlyMap<Key, number>) => [...of].sort((a, b) => b[1] - a[1])[0]?.[0] as Key;
    const [first] = inside as [(typeof inside)[number]];
    return {
      lat: lat / count,
      lon: lon / count,
      precision: first.precision,
      name: most(places),
      country: first.country,
      count,
      type: most(types),
    };
  });
}

async function* eachEvent(db: Database, filter: EventFilter): AsyncGenerator<StoredEvent> {
  const where = eventCondition(db, filter);
  let start: { day: string; key: number } | undefined;
  for (;;) {
    const keys = db.all<{ key: number }>(
      `SELECT e.key AS key FROM event e WHERE ${where.sql} ${start ? 'AND (e.day, e.key) > (?, ?)' : ''} ORDER BY e.day, e.key LIMIT 500`,
      ...where.values,
      ...(start ? [start.day, start.key] : []),
    );
    const rows = readEventData(db, `e.key IN (${keys.map((row) => row.key).join(', ')}) ORDER BY e.day, e.key`, []);
    for (const row of rows) yield storedEvent(row);
    start = rows.at(-1);
    if (rows.length < 500) return;
  }
}
