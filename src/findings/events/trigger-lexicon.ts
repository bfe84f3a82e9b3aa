/**
 * The words that may tell an event, from lexicon/en/triggers.json, made fast to look up.
 * A word under "…Weak" is an event only with evidence around it; several types may claim one word. Decides nothing itself.
 */
import triggers from '../../../lexicon/en/triggers.json' with { type: 'json' };
import { EVENT_TYPES, type EventType, GROUP_OF_TYPE } from '../../vocabulary.ts';

/** strong: nearly always an event; weak: only in the right company. */
export type Strength = 'strong' | 'weak';
export type Offers = ReadonlyMap<EventType, Strength>;
export type WordClass = 'verb' | 'noun';

export interface Phrase {
  /** lower case lemmas, the key joined by blanks */
  readonly words: readonly string[];
  readonly key: string;
  readonly offers: Map<EventType, Strength>;
}

interface TypeWords {
  readonly verbs?: readonly string[];
  readonly verbsWeak?: readonly string[];
  readonly nouns?: readonly string[];
  readonly nounsWeak?: readonly string[];
  readonly phrases?: readonly string[];
  readonly phrasesWeak?: readonly string[];
}

const words: Record<WordClass, Map<string, Map<EventType, Strength>>> = { verb: new Map(), noun: new Map() };
const phrasesByFirst = new Map<string, Phrase[]>();

function offer(into: Map<string, Map<EventType, Strength>>, key: string, type: EventType, strength: Strength): void {
  const offers = into.get(key) ?? new Map<EventType, Strength>();
  if (offers.get(type) !== 'strong') offers.set(type, strength);
  into.set(key, offers);
}

const phraseOffers = new Map<string, Map<EventType, Strength>>();
for (const type of EVENT_TYPES) {
  const entry = (triggers as Partial<Record<EventType, TypeWords>>)[type];
  for (const w of entry?.verbs ?? []) offer(words.verb, w, type, 'strong');
  for (const w of entry?.verbsWeak ?? []) offer(words.verb, w, type, 'weak');
  for (const w of entry?.nouns ?? []) offer(words.noun, w, type, 'strong');
  for (const w of entry?.nounsWeak ?? []) offer(words.noun, w, type, 'weak');
  for (const w of entry?.phrases ?? []) offer(phraseOffers, w, type, 'strong');
  for (const w of entry?.phrasesWeak ?? []) offer(phraseOffers, w, type, 'weak');
}
for (const [key, offers] of phraseOffers) {
  const phrase: Phrase = { words: key.split(' '), key, offers };
  const first = phrase.words[0]!;
  phrasesByFirst.set(first, [...(phrasesByFirst.get(first) ?? []), phrase]);
}

export function offersOf(word: string, wordClass: WordClass): Offers | undefined {
  return words[wordClass].get(word);
}

/** Phrases of the lexicon that begin with this lemma. */
export function phrasesFrom(lemma: string): readonly Phrase[] {
  return phrasesByFirst.get(lemma) ?? [];
}

const HARMFUL = new Set(['battle', 'remote-violence', 'against-people']);

/** Does the word, as verb or noun, first of all tell violence? */
export function isHarm(lemma: string): boolean {
  for (const offers of [words.verb.get(lemma), words.noun.get(lemma)])
    for (const [type, strength] of offers ?? []) if (strength === 'strong' && HARMFUL.has(GROUP_OF_TYPE[type])) return true;
  return lemma === 'kill' || lemma === 'destroy';
}
