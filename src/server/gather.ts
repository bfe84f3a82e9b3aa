/** Gathers what a page needs from the store beyond one table: all events of a selection up to a bound, and their cases. */
import type { EventFilter, EventSort, Store, StoredCase, StoredEvent } from '../store/store.ts';
import type { CaseId } from '../vocabulary.ts';

/** At most `bound` events of the selection, page by page. */
export async function gatherEvents(
  store: Store,
  filter: EventFilter,
  bound: number,
  sort: EventSort = 'newest',
): Promise<readonly StoredEvent[]> {
  const rows: StoredEvent[] = [];
  let after: string | null = null;
  do {
    const page: { readonly rows: readonly StoredEvent[]; readonly next: string | null } = await store.events.find(filter, {
      limit: Math.min(1000, bound - rows.length),
      after,
      sort,
    });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < bound);
  return rows;
}

export async function gatherCases(store: Store, tellings: readonly StoredEvent[]): Promise<ReadonlyMap<CaseId, StoredCase>> {
  const cases = new Map<CaseId, StoredCase>();
  for (const id of new Set(tellings.map((telling) => telling.case))) {
    if (id === null) continue;
    const stored = await store.cases.get(id);
    if (stored) cases.set(id, stored);
  }
  return cases;
}

/** The cases that these point to: threats and forecasts that came true, and what foretold them. */
export async function gatherLinkedCases(store: Store, cases: ReadonlyMap<CaseId, StoredCase>): Promise<ReadonlyMap<CaseId, StoredCase>> {
  const linked = new Map<CaseId, StoredCase>();
  for (const id of new Set([...cases.values()].flatMap(({ links }) => links.map((link) => link.case)))) {
    const stored = cases.get(id) ?? (await store.cases.get(id));
    if (stored) linked.set(id, stored);
  }
  return linked;
}
