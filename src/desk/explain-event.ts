/**
 * One line of plain words for why an event stands as it does: "called for: ‘urged’ governs ‘to free’ · word of security experts".
 * Built from the deciding words alone (`because`); adds nothing that the reading did not say.
 */
import type { Because, NewsEvent } from '../vocabulary.ts';
import { STATUS_WORDS } from './words.ts';

const FIELD_WORDS: Readonly<Record<Because['field'], (event: NewsEvent) => string>> = {
  type: (event) => event.type.replaceAll('-', ' '),
  status: (event) => STATUS_WORDS[event.status],
  source: (event) => (event.source === null ? 'in the article’s own voice' : `word of ${event.source}`),
  hedged: () => 'hedged',
  disputed: () => 'disputed',
  background: () => 'background',
  where: (event) => event.where?.name ?? event.where?.words ?? 'place',
  when: (event) => event.when?.words ?? 'time',
};
const ORDER: readonly Because['field'][] = ['status', 'source', 'hedged', 'disputed', 'background', 'type', 'where', 'when'];

/** @returns at most one clause per field, in the order of importance; never empty */
export function explainEvent(event: NewsEvent): string {
  const clauses: string[] = [];
  for (const field of ORDER) {
    const deciding = event.because.filter((because) => because.field === field);
    const head = FIELD_WORDS[field](event);
    // The reading names the type in its own spelling; here the head says it already.
    const reason = deciding.find((because) => because.reason)?.reason?.replace(new RegExp(`^(${event.type}|${event.status}): `), '');
    const words = deciding.map((because) => `‘${because.text}’`).join(', ');
    if (reason) clauses.push(reason.toLowerCase().startsWith(head.toLowerCase()) ? reason : `${head}: ${reason}`);
    else if (words) clauses.push(`${head}: ${words}`);
    else if (field === 'status') clauses.push(`${head}: told plainly by ‘${event.mentions[0].trigger.text}’`);
    else if (field === 'source' && event.source !== null) clauses.push(head);
  }
  return clauses.join(' · ');
}
