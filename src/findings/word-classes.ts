/**
 * What kind of thing a word names: armed people, civilians, buildings, weapons … from lexicon/en/noun-classes.json,
 * from the names and places that the language room found, and from the shape of the token. Reads only.
 */
import classes from '../../lexicon/en/noun-classes.json' with { type: 'json' };
import type { AnalysedArticle, NameKind, PlaceMention } from '../vocabulary.ts';

export type NounClass = keyof typeof classes;

const classesByLemma = new Map<string, NounClass[]>();
for (const [name, list] of Object.entries(classes) as [NounClass, string[]][]) {
  for (const lemma of list) classesByLemma.set(lemma, [...(classesByLemma.get(lemma) ?? []), name]);
}

export function classesOfLemma(lemma: string): readonly NounClass[] {
  return classesByLemma.get(lemma) ?? [];
}

export function isOfClass(lemma: string, noun: NounClass): boolean {
  return classesByLemma.get(lemma)?.includes(noun) ?? false;
}

/** Names and places of an article by token. */
export interface NameIndex {
  /** index of the entity mention that covers the token; the longest wins */
  readonly mentionAt: readonly (number | undefined)[];
  readonly placeAt: readonly (PlaceMention | undefined)[];
  readonly timeAt: readonly (number | undefined)[];
}

export function indexNames(analysed: AnalysedArticle): NameIndex {
  const size = analysed.tokens.length;
  const mentionAt: (number | undefined)[] = new Array(size).fill(undefined);
  const placeAt: (PlaceMention | undefined)[] = new Array(size).fill(undefined);
  const timeAt: (number | undefined)[] = new Array(size).fill(undefined);
  analysed.entityMentions.forEach((mention, m) => {
    for (let t = mention.firstToken; t < mention.endToken && t < size; t++) {
      const before = mentionAt[t];
      const old = before === undefined ? undefined : analysed.entityMentions[before];
      if (!old || old.end - old.start < mention.end - mention.start) mentionAt[t] = m;
    }
  });
  let at = 0;
  const tokensWithin = (start: number, end: number, put: (t: number) => void): void => {
    while (at > 0 && (analysed.tokens[at]?.start ?? 0) > start) at--;
    while (at < size && analysed.tokens[at]!.end <= start) at++;
    for (let t = at; t < size && analysed.tokens[t]!.start < end; t++) put(t);
  };
  for (const place of analysed.places)
    tokensWithin(place.start, place.end, (t) => {
      placeAt[t] = place;
    });
  for (const [n, time] of analysed.times.entries())
    tokensWithin(time.start, time.end, (t) => {
      timeAt[t] ??= n;
    });
  return { mentionAt, placeAt, timeAt };
}

/** All classes of the thing that a token names: of its lemma, of its name ("is:armed-group"), of its place ("is:place"). */
export function classesAt(analysed: AnalysedArticle, names: NameIndex, token: number): string[] {
  const it = analysed.tokens[token]!;
  const found: string[] = [...classesOfLemma(it.lemma.toLowerCase())];
  const mention = names.mentionAt[token];
  const kind: NameKind | undefined = mention === undefined ? undefined : analysed.entities[analysed.entityMentions[mention]!.entity]?.kind;
  const place = names.placeAt[token];
  if (kind && analysed.entityMentions[mention!]!.form !== 'pronoun') found.push(`is:${kind}`);
  if (place) found.push(place.demonym ? 'is:people' : 'is:spot');
  if (it.upos === 'PRON') found.push('is:pronoun');
  if (found.length === 0) found.push(it.upos === 'PROPN' ? 'is:name' : 'is:thing');
  return found;
}
