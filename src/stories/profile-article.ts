/**
 * What an article is compared by: its telling words, names and numbers, its years, the deeds that are its news, the sketch of its text.
 * A record goes in, a small StoryProfile comes out; nothing is looked up.
 */
import type { ArticleRecord, ProfileTerm, StoryDeed, StoryProfile } from '../vocabulary.ts';
import { rarityOf } from './rarity.ts';
import { shinglesOf, sketchOf } from './shingles.ts';
import { foldWord, wordsOf } from './words.ts';

const MOST_TERMS = 70;
/** Words less telling than this stand in one text out of three. */
const LEAST_RARITY = 1.2;
const LEAD = 300;
const NAME_WEIGHT = 1.5;
const NUMBER_WEIGHT = 0.7;
const URL = /\b(?:https?|ftp) ?: ?\/ ?\/[^\n]*|\bwww\.\S+/g;
const DAYS_AND_MONTHS = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);
const YEAR = /^(?:19|20)\d\d$/;

export function profileArticle({ article, events }: ArticleRecord): StoryProfile {
  const text = article.text.replace(URL, '');
  const seen = new Map<string, { times: number; capitals: number; number: boolean; lead: boolean }>();
  const take = (from: string, leadUntil: number) => {
    for (const word of wordsOf(from)) {
      const term = seen.get(word.stem) ?? { times: 0, capitals: 0, number: word.number, lead: false };
      term.times++;
      if (word.capital) term.capitals++;
      if (word.start < leadUntil) term.lead = true;
      seen.set(word.stem, term);
    }
  };
  // In a headline capitals may stand on every word: it tells what the article is about, not what is a name.
  take((article.title ?? '').toLowerCase(), Number.POSITIVE_INFINITY);
  take(text, LEAD);
  const terms: ProfileTerm[] = [];
  const years: string[] = [];
  for (const [stem, { times, capitals, number, lead }] of seen) {
    if (number) {
      if (YEAR.test(stem)) years.push(stem);
      if (stem.length < 2) continue;
    }
    const rarity = rarityOf(stem);
    if (rarity < LEAST_RARITY || stem.length < 2 || DAYS_AND_MONTHS.has(stem)) continue;
    const kind = number ? 'number' : capitals * 2 >= times && capitals > 0 ? 'name' : 'word';
    const weight = (1 + Math.log(times)) * rarity * (kind === 'name' ? NAME_WEIGHT : kind === 'number' ? NUMBER_WEIGHT : 1);
    terms.push({ stem, weight: Math.round(weight * 100) / 100, kind, lead });
  }
  const kept = terms.sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1)).slice(0, MOST_TERMS);
  return {
    article: article.id,
    title: article.title,
    day: article.published?.slice(0, 10) ?? null,
    site: article.site,
    urls: [...new Set([article.url, article.canonicalUrl].filter((url) => typeof url === 'string' && url !== ''))] as string[],
    terms: kept,
    lookup: chooseLookup(kept),
    years: years.sort(),
    sketch: sketchOf(shinglesOf(text)),
    deeds: deedsOf(events),
  };
}

const MOST_LOOKUP = 20;

/** Its heaviest, those of the first lines before the rest, numbers last. */
function chooseLookup(terms: readonly ProfileTerm[]): ProfileTerm[] {
  const rank = (term: ProfileTerm) => term.weight * (term.lead ? 1.3 : 1) * (term.kind === 'number' ? 0.5 : 1);
  return [...terms].sort((a, b) => rank(b) - rank(a) || (a.stem < b.stem ? -1 : 1)).slice(0, MOST_LOOKUP);
}

/** The events that are the news, not its background, with their day only where the text gives one. */
function deedsOf(events: ArticleRecord['events']): StoryDeed[] {
  const deeds = events
    .filter((event) => !event.background && (event.status === 'happened' || event.status === 'ongoing' || event.status === 'attempted'))
    .map(
      ({ type, when, where }): StoryDeed => ({
        type,
        day: when?.precision === 'day' ? (when.from?.slice(0, 10) ?? null) : null,
        place: where?.name ? foldWord(where.name) : null,
      }),
    );
  const once = new Map(deeds.map((deed) => [`${deed.type} ${deed.day} ${deed.place}`, deed]));
  return [...once.values()].slice(0, 12);
}
