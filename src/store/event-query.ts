/**
 * A filter of the events table as SQL on `event e`: only plain columns, sub-selects and question marks, so that it runs on any engine.
 */
import { marks } from './context.ts';
import type { Database, Value } from './database.ts';
import { articleMatches, type Piece } from './dialect.ts';
import { fold, readQuery } from './fold.ts';
import { namesBeginning } from './names.ts';
import type { EventFilter, EventSort } from './store.ts';

/** Boxes of more one-degree cells than this are tested by coordinates alone. */
const MOST_CELLS = 400;

export function eventCondition(db: Database, filter: EventFilter): Piece {
  const tests: string[] = [];
  const values: Value[] = [];
  const test = (sql: string, ...of: Value[]) => {
    tests.push(sql);
    values.push(...of);
  };
  const anyOf = (column: string, of: readonly string[] | undefined) => {
    if (of?.length === 1) test(`${column} = ?`, of[0] as string);
    else if (of !== undefined && of.length > 1) test(`${column} IN (${marks(of)})`, ...of);
  };
  const yes = (column: string, wanted: boolean | undefined) => {
    if (wanted !== undefined) test(`${column} = ?`, wanted ? 1 : 0);
  };
  const named = (roles: readonly string[], beginning: string | undefined) => {
    if (beginning === undefined || beginning.trim() === '') return;
    const keys = namesBeginning(db, beginning);
    if (keys.length === 0) return test('1 = 0');
    test(`e.key IN (SELECT event FROM event_name WHERE role IN (${marks(roles)}) AND name IN (${keys.join(', ')}))`, ...roles);
  };
  if (filter.from) test('e.day >= ?', filter.from);
  if (filter.to) test('e.day <= ?', filter.to);
  anyOf('e.type', filter.types);
  anyOf('e.type_group', filter.groups);
  anyOf('e.status', filter.statuses);
  anyOf('e.country', filter.countries);
  anyOf('e.site', filter.sites);
  anyOf('e.reviewed', filter.reviewed);
  yes('e.background', filter.background);
  yes('e.hedged', filter.hedged);
  yes('e.disputed', filter.disputed);
  if (filter.originalsOnly) test('e.is_copy = 0');
  if (filter.minConfidence !== undefined) test('e.confidence >= ?', filter.minConfidence);
  if (filter.killedAtLeast !== undefined) test('e.killed >= ?', filter.killedAtLeast);
  if (filter.story) test('e.story = ?', filter.story);
  if (filter.case) test('e.case_id = ?', filter.case);
  if (filter.article) test('e.article = (SELECT key FROM article WHERE id = ?)', filter.article);
  named(['place'], filter.place);
  named(['actor'], filter.actor);
  named(['target'], filter.target);
  named(['actor', 'target'], filter.anyone);
  named(['weapon'], filter.weapon);
  if (filter.source && fold(filter.source) === 'own voice') test('e.own_voice = 1');
  else named(['source'], filter.source);
  if (filter.box) boxTest(filter.box, test);
  const query = filter.words ? readQuery(filter.words) : undefined;
  if (query) test(articleMatches(db, query, 'e.article'));
  return { sql: tests.length > 0 ? tests.join(' AND ') : '1 = 1', values };
}

function boxTest(box: readonly [number, number, number, number], test: (sql: string, ...of: Value[]) => void): void {
  const [west, south, east, north] = box;
  const over = east < west;
  const width = over ? east + 360 - west : east - west;
  if ((width + 1) * (north - south + 1) <= MOST_CELLS) {
    const cells: number[] = [];
    for (let lat = Math.max(-90, Math.floor(south)); lat <= Math.min(89, Math.floor(north)); lat++) {
      for (let step = 0; step <= Math.floor(width) + 1; step++) {
        cells.push((lat + 90) * 360 + ((((Math.floor(west) + step + 180) % 360) + 360) % 360));
      }
    }
    test(`e.cell IN (${[...new Set(cells)].join(', ')})`);
  }
  test('e.lat >= ? AND e.lat <= ?', south, north);
  if (over) test('(e.lon >= ? OR e.lon <= ?)', west, east);
  else test('e.lon >= ? AND e.lon <= ?', west, east);
}

export interface Order {
  readonly by: string;
  /** condition on what comes after a row with these sort values */
  readonly after: (values: readonly (string | number)[]) => Piece;
  readonly mark: (row: {
    day: string;
    key: number;
    type: string;
    confidence: number;
    killed: number;
    place_sort: string;
  }) => (string | number)[];
}

const withDay = (column: 'type' | 'place_sort'): Order => ({
  by: `e.${column}, e.day DESC, e.key DESC`,
  after: ([first, day, key]) => ({
    sql: `(e.${column} > ? OR (e.${column} = ? AND (e.day, e.key) < (?, ?)))`,
    values: [first as Value, first as Value, day as Value, key as Value],
  }),
  mark: (row) => [row[column], row.day, row.key],
});

const falling = (column: 'day' | 'confidence' | 'killed'): Order => ({
  by: `e.${column} DESC, e.key DESC`,
  after: ([first, key]) => ({ sql: `(e.${column}, e.key) < (?, ?)`, values: [first as Value, key as Value] }),
  mark: (row) => [row[column], row.key],
});

export const ORDERS: Readonly<Record<EventSort, Order>> = {
  newest: falling('day'),
  oldest: {
    by: 'e.day, e.key',
    after: ([day, key]) => ({ sql: '(e.day, e.key) > (?, ?)', values: [day as Value, key as Value] }),
    mark: (row) => [row.day, row.key],
  },
  added: { by: 'e.key DESC', after: ([key]) => ({ sql: 'e.key < ?', values: [key as Value] }), mark: (row) => [row.key] },
  confidence: falling('confidence'),
  killed: falling('killed'),
  type: withDay('type'),
  place: withDay('place_sort'),
};
