/**
 * The words that report speech, from lexicon/en/speech-cues.json, indexed by lemma. Data in, look-ups out; decides nothing.
 */
import cues from '../../../lexicon/en/speech-cues.json' with { type: 'json' };
import type { Act, Token } from '../../vocabulary.ts';
import { basesOf } from '../grammar/mend-lemma.ts';

/** What may stand for the content of the utterance, seen from the cue. */
export type ContentFrame =
  | 'clause' // said (that) the town fell
  | 'that' // recalled that the town fell; never without "that"
  | 'quote' // "The town fell," he said
  | 'object' // denied the attack; accused them of murder
  | 'description' // called it barbaric; described it as a crime
  | 'infinitive' // vowed to fight
  | 'order' // urged them to leave
  | 'prepositions' // warned of war
  | 'responsibility'; // claimed responsibility for the blast

export interface CueEntry {
  readonly lemma: string;
  /** what must follow the verb: particle, preposition or object ("call for", "claim responsibility") */
  readonly second?: string;
  readonly act: Act;
  readonly takes: readonly ContentFrame[];
  readonly prepositions: readonly string[];
  readonly notObject: readonly string[];
  readonly onlyObject?: readonly string[];
  readonly onlySpeakers?: 'authority' | 'willed';
}

interface VerbRow {
  readonly lemmas: readonly string[];
  readonly act: string;
  readonly takes: readonly string[];
  readonly prepositions?: readonly string[];
  readonly notObject?: readonly string[];
  readonly onlyObject?: readonly string[];
  readonly onlySpeakers?: string;
}

const byLemma = new Map<string, CueEntry[]>();
for (const row of cues.verbs as readonly VerbRow[]) {
  for (const words of row.lemmas) {
    const [lemma = '', ...rest] = words.split(' ');
    const entry: CueEntry = {
      lemma,
      act: row.act as Act,
      takes: row.takes as readonly ContentFrame[],
      prepositions: row.prepositions ?? [],
      notObject: row.notObject ?? [],
      ...(row.onlyObject && { onlyObject: row.onlyObject }),
      ...(rest.length > 0 && { second: rest.join(' ') }),
      ...(row.onlySpeakers && { onlySpeakers: row.onlySpeakers as 'authority' | 'willed' }),
    };
    byLemma.set(lemma, [...(byLemma.get(lemma) ?? []), entry]);
  }
}

/** All entries of a verb; the more special ones (with a second word) first. */
export function cueEntries(lemma: string): readonly CueEntry[] {
  return byLemma.get(lemma) ?? [];
}
for (const [lemma, entries] of byLemma)
  byLemma.set(
    lemma,
    entries.toSorted((a, b) => Number(b.second !== undefined) - Number(a.second !== undefined)),
  );

/** Entries of a verb token: by its lemma, else (a lemma that the reader could only guess) by what it may be an inflection of. */
export function cueEntriesOf({ lemma, text, upos }: Token): readonly CueEntry[] {
  const entries = cueEntries(lemma.toLowerCase());
  if (entries.length > 0 || upos !== 'VERB') return entries;
  for (const base of basesOf(text.toLowerCase())) {
    const found = cueEntries(base);
    if (found.length > 0) return found;
  }
  return entries;
}

/** Prepositional phrases that report: first word → whole phrases, longest first. */
export const REPORTING_PHRASES: readonly { readonly words: readonly string[]; readonly act: Act }[] = cues.phrases.flatMap(
  ({ phrases, act }) => phrases.map((phrase) => ({ words: phrase.split(' '), act: act as Act })),
);

const nounEntries = new Map<string, CueEntry>();
for (const { lemmas, act, prepositions } of cues.utterances)
  for (const lemma of lemmas) nounEntries.set(lemma, { lemma, act: act as Act, takes: ['object'], prepositions, notObject: [] });
/** Entry of a noun that reports. */
export const cueNoun = (lemma: string): CueEntry | undefined => nounEntries.get(lemma);

const uttering = new Set(cues.utteringVerbs);
/** Verbs whose subject utters the noun that is their object: "issued a warning". */
export const isUtteringVerb = (lemma: string): boolean => uttering.has(lemma.toLowerCase());

const authorities = new Set(cues.authorities);
/** Heads of speakers whose "found", "believe" or "show" is a statement of record. */
export const isAuthority = (lemma: string): boolean => authorities.has(lemma.toLowerCase());

const mediaWords = new Set(cues.media.flatMap((name) => (name.includes(' ') ? [] : [name.toLowerCase()])));
const mediaNames = cues.media.filter((name) => name.includes(' ')).map((name) => name.toLowerCase());
/** Whether a name or noun phrase is a news outlet or somebody of one: those that pass on what others say. */
export function isMedia(name: string): boolean {
  const lower = name.toLowerCase();
  return mediaNames.some((media) => lower.includes(media)) || lower.split(/[^\p{L}]+/u).some((word) => mediaWords.has(word));
}

const titles = new Set(cues.titles);
/** Nouns that name what a person is, by office or trade. */
export const isTitle = (lemma: string): boolean => titles.has(lemma.toLowerCase());

const groupNouns = new Set(cues.groups);
/** Nouns that take up an organisation or armed group named before: "the group said". */
export const isGroupNoun = (lemma: string): boolean => groupNouns.has(lemma);

export const CHANNEL_NOUNS: ReadonlySet<string> = new Set(cues.channels.nouns);
export const CHANNEL_NAMES: ReadonlySet<string> = new Set(cues.channels.names.map((name) => name.toLowerCase()));
export const CHANNEL_PREPOSITIONS: ReadonlySet<string> = new Set(cues.channels.prepositions);
export const CHANNEL_OF_VERB: Readonly<Record<string, string>> = cues.channels.verbs;

const actWords = new Map<string, Act[]>();
for (const [act, words] of Object.entries(cues.words))
  for (const word of words) actWords.set(word, [...(actWords.get(word) ?? []), act as Act]);
const NO_ACTS: readonly Act[] = [];
/** The acts that a word within the content speaks for. */
export const actsOfWord = (lemma: string): readonly Act[] => actWords.get(lemma) ?? NO_ACTS;
