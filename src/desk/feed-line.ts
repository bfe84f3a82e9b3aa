/** A feed and the hour in, its health in plain words out. The hour is given; there is no clock here. */
import type { Feed } from '../store/store.ts';
import { countOf } from './words.ts';

export interface FeedLine {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly health: Feed['health'];
  readonly words: string;
  readonly articles: number;
  readonly active: boolean;
  readonly everySeconds: number;
  readonly lastNew: string | null;
  readonly nextPoll: string | null;
}

/** "3 hours", "2 days": how long from one instant to another, in its largest whole unit. */
export function writeSpan(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 1) return 'a moment';
  if (minutes < 60) return countOf(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? countOf(hours, 'hour') : countOf(Math.round(hours / 24), 'day');
}

/** @param now milliseconds since 1970 */
export function writeFeedLine(feed: Feed, now: number): FeedLine {
  const since = (instant: string | null) => (instant === null ? null : writeSpan(now - Date.parse(instant)));
  const next =
    feed.nextPoll === null ? 'soon' : Date.parse(feed.nextPoll) <= now ? 'now' : `in ${writeSpan(Date.parse(feed.nextPoll) - now)}`;
  const words: Readonly<Record<Feed['health'], string>> = {
    new: feed.lastPoll === null ? 'Not asked yet.' : 'Just added.',
    well: feed.lastNew === null ? 'Answers well; nothing new yet.' : `Well: last new article ${since(feed.lastNew)} ago.`,
    quiet: feed.lastNew === null ? 'Answers, but has had nothing to read.' : `Quiet: nothing new for ${since(feed.lastNew)}.`,
    failing: `${countOf(feed.failures, 'failure')} in a row: ${feed.lastFailure ?? 'no reason given'} Asked again ${next}.`,
    stopped: feed.active ? `Given up: ${feed.lastFailure ?? 'no reason given'}` : 'Stopped by hand.',
  };
  return {
    id: feed.id,
    url: feed.url,
    title: feed.title ?? feed.site ?? feed.url,
    health: feed.active ? feed.health : 'stopped',
    words: feed.active ? words[feed.health] : words.stopped,
    articles: feed.articles,
    active: feed.active,
    everySeconds: feed.everySeconds,
    lastNew: feed.lastNew,
    nextPoll: feed.nextPoll,
  };
}
