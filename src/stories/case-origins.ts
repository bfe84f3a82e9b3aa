/**
 * How many independent origins a case has: copies of one text, articles of one agency and tellers who name one source are one.
 * Tellings in order of time go in, origins in plain words come out.
 */
import type { ArticleId, CaseOrigin, Telling } from '../vocabulary.ts';
import { wordsOf } from './words.ts';

interface Origin {
  name: string;
  readonly words: ReadonlySet<string>;
  readonly kind: 'source' | 'publisher' | 'text';
  readonly articles: Set<ArticleId>;
}

/** Words that say nothing about who it is. */
const EMPTY = new Set(['the', 'a', 'an', 'of', 'for', 'in', 'its', 'his', 'her', 'their', 'and']);

export function findOrigins(tellings: readonly Telling[]): CaseOrigin[] {
  const origins: Origin[] = [];
  const ofText = new Map<ArticleId, Origin>();
  for (const telling of tellings) {
    const text = telling.copyOf ?? telling.article;
    const kind =
      telling.event.source !== null ? 'source' : telling.publisher !== null && telling.publisher !== telling.site ? 'publisher' : 'text';
    const name = telling.event.source ?? telling.publisher ?? telling.site ?? telling.title ?? 'an article without a name';
    const words = new Set(
      wordsOf(name)
        .map((word) => word.stem)
        .filter((word) => !EMPTY.has(word)),
    );
    const origin =
      ofText.get(text) ??
      origins.find((known) =>
        kind === 'text' ? known.kind !== 'source' && same(known.words, words) : known.kind === kind && sameSource(known.words, words),
      ) ??
      addTo(origins, { name, words, kind, articles: new Set() });
    if (name.length > origin.name.length && origin.kind === 'source' && kind === 'source') origin.name = name;
    origin.articles.add(telling.article);
    ofText.set(text, origin);
  }
  return origins.map(({ name, articles }) => ({ name, articles: [...articles] }));
}

function addTo(origins: Origin[], origin: Origin): Origin {
  origins.push(origin);
  return origin;
}

function same(first: ReadonlySet<string>, second: ReadonlySet<string>): boolean {
  return first.size === second.size && [...first].every((word) => second.has(word));
}

/** "Mostafa Bali" and "SDF spokesman Mostafa Bali" are one; "police" and "police in Raqqa" may be two. */
function sameSource(first: ReadonlySet<string>, second: ReadonlySet<string>): boolean {
  const [small, large] = first.size <= second.size ? [first, second] : [second, first];
  if (small.size === 0) return large.size === 0;
  return (small.size >= 2 || large.size === small.size) && [...small].every((word) => large.has(word));
}
