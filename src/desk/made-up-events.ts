/** Made-up tellings for the desk's tests: a complete stored event, of which a test names only what it is about. */
import type { StoredEvent } from '../store/store.ts';
import type { NewsEvent } from '../vocabulary.ts';

/** A telling of an air strike by one article; `event` and `row` override what matters to the test. */
export function makeTelling(event: Partial<NewsEvent> = {}, row: Partial<Omit<StoredEvent, 'event'>> = {}): StoredEvent {
  const quote = 'Planes struck the depot on Monday.';
  return {
    article: 'article:one',
    title: 'Depot hit',
    site: 'harbour-post.example',
    published: '2022-01-21',
    url: null,
    kind: 'original',
    fetched: '2022-01-22T06:00:00.000Z',
    story: 'story:depot',
    case: null,
    day: '2022-01-20',
    reviewed: 'open',
    corrected: [],
    ...row,
    event: {
      id: 'event:1',
      type: 'air-strike',
      status: 'happened',
      hedged: false,
      disputed: false,
      background: false,
      source: null,
      mentions: [{ quote, start: 0, end: quote.length, trigger: { text: 'struck', start: 7, end: 13 } }],
      because: [],
      actors: [],
      targets: [],
      where: null,
      when: null,
      counts: [],
      weapons: [],
      confidence: 0.9,
      ...event,
    },
  };
}
