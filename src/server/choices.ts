/**
 * Closed lists of the store that the API offers, written again because the server takes only types from the store.
 * The types make sure that nothing stands here that the store does not know.
 */
import type { DocumentKind, EventFacet, EventSort, ReviewState } from '../store/store.ts';

const listAll =
  <Choice extends string>() =>
  <const List extends readonly [Choice, ...Choice[]]>(list: List) =>
    list;

export const EVENT_SORTS_ASKED = listAll<EventSort>()(['newest', 'oldest', 'added', 'confidence', 'killed', 'type', 'place']);
export const EVENT_FACETS_ASKED = listAll<EventFacet>()([
  'type',
  'status',
  'group',
  'country',
  'place',
  'actor',
  'target',
  'source',
  'site',
  'weapon',
  'reviewed',
  'background',
  'hedged',
  'disputed',
]);
export const VERDICTS = listAll<ReviewState>()(['accepted', 'discarded', 'open']);
/** Kinds that have no routes of their own. */
export const DESK_DOCUMENTS = listAll<DocumentKind>()(['view', 'shift', 'setting']);
