/**
 * Indicators and warnings: a saved query and a threshold in, what would have fired and when out. A deed fires a watch once.
 * The days are those of publication, since a warning can come no earlier than the news. No clock.
 */
import type { EventRef, StoredCase, StoredEvent } from '../store/store.ts';
import type { CaseId } from '../vocabulary.ts';
import { listDeeds, originOf, writeCaseLine } from './triage.ts';
import { countOf, writeDay } from './words.ts';

/** What a watch waits for, as it is kept. `query` holds the parameters of the events table. */
export interface WatchBody {
  readonly query: Readonly<Record<string, string>>;
  readonly minOrigins: number;
  /** within so many days of publication */
  readonly days: number;
  readonly active: boolean;
  readonly mail: string | null;
  readonly webhook: string | null;
  /** deeds that stood in the record when the watch was switched on: they raise no alert */
  readonly known: readonly string[];
}

export interface Firing {
  /** the deed: fires a watch once */
  readonly subject: string;
  /** day on which the threshold was reached */
  readonly day: string;
  readonly title: string;
  readonly reason: string;
  readonly evidence: readonly EventRef[];
}

const DAY_MS = 86_400_000;

/** @returns firings in the order of their days; tellings without a day cannot fire */
export function findFirings(
  tellings: readonly StoredEvent[],
  cases: ReadonlyMap<CaseId, StoredCase>,
  { minOrigins, days }: Pick<WatchBody, 'minOrigins' | 'days'>,
): readonly Firing[] {
  const firings = new Map<string, Firing>();
  for (const deed of listDeeds(tellings, cases)) {
    const dated = deed.tellings
      .flatMap((telling) => {
        const day = (telling.published ?? telling.day)?.slice(0, 10);
        const origin = originOf(telling, deed.stored);
        return day && origin !== null ? [{ telling, day, origin }] : [];
      })
      .sort((a, b) => a.day.localeCompare(b.day));
    for (const [at, last] of dated.entries()) {
      const within = dated.slice(0, at + 1).filter(({ day }) => Date.parse(last.day) - Date.parse(day) < days * DAY_MS);
      const origins = new Set(within.map(({ origin }) => origin));
      if (origins.size < minOrigins) continue;
      const line = writeCaseLine(deed.tellings, deed.stored);
      const firing = {
        subject: deed.key,
        day: last.day,
        title: [`${line.statusWords}: ${line.typeWords}`, line.place].filter(Boolean).join(', '),
        reason: `${countOf(origins.size, 'origin')} within ${countOf(days, 'day')} by ${writeDay(last.day)}: ${[...within.map(({ telling }) => telling.site ?? 'unknown outlet')].filter((site, index, all) => all.indexOf(site) === index).join(', ')}`,
        evidence: within.map(({ telling }) => ({ article: telling.article, event: telling.event.id })),
      };
      const before = firings.get(deed.key);
      if (!before || firing.day < before.day) firings.set(deed.key, firing);
      break;
    }
  }
  return [...firings.values()].sort((a, b) => a.day.localeCompare(b.day) || a.subject.localeCompare(b.subject));
}

/** "would have fired 3 times: 21 Jan 2022 …" */
export function writeTryout(firings: readonly Firing[]): string {
  if (firings.length === 0) return 'On the record as it is, this would never have fired.';
  const times = firings.length === 1 ? 'once' : `${firings.length} times`;
  return `On the record as it is, this would have fired ${times}, first on ${writeDay(firings[0]?.day ?? '')}.`;
}
