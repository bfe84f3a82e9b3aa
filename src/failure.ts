/**
 * The one expected error: this item cannot go on, and this is why.
 * Thrown in the rooms, caught once in the hallway (pipeline.ts), stored and shown at the desk.
 * A bug is never a Failure: it throws a built-in error and is not caught.
 */
import type { Room } from './vocabulary.ts';

/** Why an item could not go on. The desk groups failures by this word; docs/using.md says what to do about each. */
export const FAILURE_CODES = [
  'bad-input', // the input is not of a kind that can be read (binary, empty, malformed JSON)
  'too-large', // larger than the cap that the message names
  'not-found', // the file, the folder or the page is not there
  'unreachable', // no answer: name unknown, refused, reset, time-out
  'refused', // the site says no: robots.txt, 401, 403, 429
  'not-public', // the address is not a public one and no setting allows it
  'server-error', // the site answered 5xx
  'not-a-feed', // a feed was expected and something else came
  'empty-page', // no article text on the page
  'index-page', // a list of links to articles
  'paywall', // only the beginning is there
  'cookie-wall', // the page asks for consent or a log-in and shows nothing else
  'video-page', // a player with a caption and no article
  'data-locked', // another process holds the data folder
  'data-newer', // the record was written by a newer Watchdesk
  'data-damaged', // the file fails its integrity check
  'disk-full',
  'model-missing', // weights or gazetteer are not where they should be
  'crashed', // a fault of Watchdesk itself while it read this item: kept, so that it can be reported
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly room: Room;
  readonly code: FailureCode;

  /** @param message one clear sentence: what, where, why, and what to do */
  constructor(room: Room, code: FailureCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.room = room;
    this.code = code;
  }
}
