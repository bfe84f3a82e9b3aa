/**
 * Finds what may name a place: stretches of capitalised tokens that the gazetteer knows, people's words ("Syrian"), and
 * abbreviations ("Va."). In: tokens and the encoder's names. Out: candidates with their namesakes, in text order, without
 * overlap. Does not choose between namesakes.
 */
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { NameKind, Sentence, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';
import type { Gazetteer, GazetteerPlace, NamedPlace } from './open-gazetteer.ts';

export interface PlaceCandidate {
  readonly firstToken: number;
  readonly endToken: number;
  readonly text: string;
  readonly namesakes: readonly NamedPlace[];
  /** the word is a people's ("Syrian"), not a place's own name */
  readonly people: boolean;
  /** stands inside a longer name of somebody or something ("Baghdad" in "Baghdad Operations Command") */
  readonly inside: NameKind | null;
  /** the encoder, a preposition or its own fame say that it is a place; else a small namesake needs a sign beside it */
  readonly sure: boolean;
}

const LONGEST = 6;
const ABBREVIATIONS = new Map(Object.entries(words.abbreviations));
const POSTAL = new Map(Object.entries(words.postal));
/** words that name small places too but mostly mean something else */
const COMMON = new Set(words.commonWords);
const FACILITIES = new Set(words.facilities);
/** "City", "Hall", "Camp": never a place by themselves */
const GENERIC = new Set([
  ...words.facilities,
  ...words.facilities.flatMap((phrase) => phrase.split(' ')),
  ...Object.values(words.types).flat(),
  ...words.parts,
]);
const OWNERS = new Set(words.owners);
const CUES = new Set(words.cues);
const ARTICLE = /^(?:al|ar|as|ash|ad|an|at|az|el|es|ez|ed|en|er)$/i;
const JOINER =
  /^(?:-|–|’|'|'s|’s|of|the|de|del|la|le|les|des|du|el|al|ar|as|ash|ad|an|at|az|es|ez|ed|en|er|e|i|and|y|do|da|dos|am|on|upon|sur|sous|bei|an|der|den|ul|ou|\.)$/i;
const CAPITAL = /^[\p{Lu}\p{Lt}]/u;

export function findCandidates(
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  names: readonly NameSpan[],
  gazetteer: Gazetteer,
): PlaceCandidate[] {
  const covering = coverTokens(tokens.length, names);
  const lookUp = (name: string) => gazetteer.lookUp(name);
  const candidates: PlaceCandidate[] = [];
  for (const sentence of sentences) {
    for (let at = sentence.firstToken; at < sentence.endToken; at++) {
      const token = tokens[at]!;
      if (/^the$/i.test(token.text)) continue;
      if (!CAPITAL.test(token.text) && !(ARTICLE.test(token.text) && CAPITAL.test(tokens[at + 2]?.text ?? ''))) continue;
      const found =
        readAbbreviation(tokens, at, lookUp) ??
        readLongest(text, tokens, sentence, at, 2, covering, lookUp) ??
        readPeople(tokens, at, covering, gazetteer) ??
        readLongest(text, tokens, sentence, at, 1, covering, lookUp);
      if (found === null) continue;
      candidates.push(found);
      at = found.endToken - 1;
    }
  }
  return candidates;
}

/** For each token the name that covers it: the surest of those that overlap. */
function coverTokens(count: number, names: readonly NameSpan[]): (NameSpan | undefined)[] {
  const covering: (NameSpan | undefined)[] = new Array(count);
  for (const name of names) {
    if (name.kind === 'weapon' || name.kind === 'platform') continue;
    for (let at = name.firstToken; at < name.endToken; at++)
      if (covering[at] === undefined || covering[at]!.score < name.score) covering[at] = name;
  }
  return covering;
}

type LookUp = (name: string) => readonly NamedPlace[];

/** "Va.", "N.Y." anywhere after a comma; "TX" likewise. */
function readAbbreviation(tokens: readonly Token[], at: number, lookUp: LookUp): PlaceCandidate | null {
  if (tokens[at - 1]?.text !== ',') return null;
  const token = tokens[at]!;
  const pair = ABBREVIATIONS.get(`${token.text} ${tokens[at + 1]?.text ?? ''}`);
  const dotted = token.text.endsWith('.') || tokens[at + 1]?.text !== '.' ? token.text : `${token.text}.`;
  const full = pair ?? ABBREVIATIONS.get(dotted) ?? POSTAL.get(token.text);
  if (full === undefined) return null;
  const namesakes = lookUp(full).filter(({ place }) => place.precision === 'province');
  return namesakes.length === 0
    ? null
    : { firstToken: at, endToken: pair === undefined ? at + 1 : at + 2, text: full, namesakes, people: false, inside: null, sure: true };
}

function readLongest(
  text: string,
  tokens: readonly Token[],
  sentence: Sentence,
  at: number,
  least: 1 | 2,
  covering: readonly (NameSpan | undefined)[],
  lookUp: LookUp,
): PlaceCandidate | null {
  let end = at + 1;
  while (
    least > 1 &&
    end < sentence.endToken &&
    end - at < LONGEST &&
    (CAPITAL.test(tokens[end]!.text) || JOINER.test(tokens[end]!.text) || /^\d+$/.test(tokens[end]!.text))
  )
    end++;
  for (; end >= at + least; end--) {
    const last = tokens[end - 1]!;
    if (
      !CAPITAL.test(last.text) &&
      !/^\d+$/.test(last.text) &&
      !(last.text === '.' && /^(?:U\.S|D\.C|U\.K)$/.test(tokens[end - 2]?.text ?? ''))
    )
      continue;
    const name = text.slice(tokens[at]!.start, last.end).replace(/[‘’']s$/, '');
    if (name.length < 2 || name.includes('\n')) continue;
    const namesakes = lookUp(name);
    if (namesakes.length === 0) continue;
    const judged = judgeName(tokens, sentence, at, end, name, namesakes, covering);
    if (judged !== null) return judged;
  }
  return null;
}

/** Whether a stretch that the gazetteer knows is meant as a place here. */
function judgeName(
  tokens: readonly Token[],
  sentence: Sentence,
  at: number,
  end: number,
  name: string,
  namesakes: readonly NamedPlace[],
  covering: readonly (NameSpan | undefined)[],
): PlaceCandidate | null {
  const cover = covering[at];
  const whole =
    cover !== undefined &&
    cover.endToken <= end &&
    (cover.firstToken === at || (cover.firstToken === at - 1 && /^the$/i.test(tokens[at - 1]!.text)));
  const best = namesakes.reduce<GazetteerPlace>((top, { place }) => (weigh(place) > weigh(top) ? place : top), namesakes[0]!.place);
  const exact = namesakes.some(({ match }) => match !== 'loose');
  // Under one of its other names ("Molotov" for Perm) only what our own tables hold is taken without further signs.
  const strong = namesakes.some(
    ({ place, match }) =>
      (match !== 'loose' && (place.precision === 'country' || place.noted)) || (match === 'main' && place.population >= 100_000),
  );
  const lower = name.toLowerCase().replace(/\.$/, '');
  const single = end - at === 1;
  if (single && (GENERIC.has(lower) || ARTICLE.test(name))) return null;
  const known =
    best.precision === 'country' ||
    ((best.noted ? tokens[at]!.upos === 'PROPN' : best.population >= 1_000_000) &&
      namesakes.some(({ place, match }) => place === best && match === 'main'));
  const ordinary = COMMON.has(single ? lower : lower.replace(/^(?:al|el)[ -]/, '')) && !known;
  const candidate = (inside: NameKind | null): PlaceCandidate => ({
    firstToken: at,
    endToken: end,
    text: name,
    namesakes,
    people: false,
    inside,
    sure: strong || followsCue(tokens, at) || (cover?.kind === 'place' && cover.score >= 0.5),
  });
  if (isShouted(name) && !(strong || whole)) return null;
  if (/^(?:[A-Z]\.?){2,3}$/.test(name) && !(best.precision === 'country' || best.noted)) return null;
  if (name === 'Us' || (name === 'US' && !exact)) return null;
  if (OWNERS.has(tokens[end]?.text.toLowerCase() ?? '') && CAPITAL.test(tokens[end]!.text) && best.precision !== 'country') return null;

  if (cover?.kind === 'person') {
    // The encoder takes a lone country for a person only where it is unsure.
    // Nor is somebody "in" or "near" a person.
    const located = /^(?:in|at|near|from|outside)$/i.test(tokens[at - 1]?.text ?? '');
    return whole && !ordinary && (located ? strong || namesakes.some(({ place }) => place.noted) : strong && cover.score < 0.6)
      ? candidate(null)
      : null;
  }
  if (cover?.kind === 'place') {
    // A part of a longer name is no place of its own ("York" in "New York"), unless the rest only says where or what it is.
    if (whole || strong || followsCue(tokens, at) || cover.firstToken === at) return ordinary && !whole ? null : candidate(null);
    return null;
  }
  if (cover?.kind === 'nationality') return strong && !ordinary ? candidate(null) : null;
  if (cover !== undefined) {
    if (whole) return strong && !ordinary ? candidate(cover.kind) : null;
    if (ordinary || !strong) return null;
    return candidate(/^(?:in|near|at)$/i.test(tokens[at - 1]?.text ?? '') ? null : cover.kind);
  }
  if (ordinary) return null;
  if (strong)
    return besideName(tokens, sentence, at, end) && best.precision !== 'country' && !followsCue(tokens, at) ? null : candidate(null);
  const properNoun = tokens[end - 1]!.upos === 'PROPN' || tokens[end - 1]!.upos === '';
  if (!properNoun || besideName(tokens, sentence, at, end)) return null;
  return followsCue(tokens, at) && (exact || end - at > 1 || name.includes('-')) ? candidate(null) : null;
}

const weigh = (place: GazetteerPlace) => (place.precision === 'country' ? 1e9 : place.noted ? 1e8 : 0) + place.population;
const isShouted = (name: string) => name.length > 3 && name === name.toUpperCase();
const followsCue = (tokens: readonly Token[], at: number) => {
  const before = tokens[at - 1]?.text.toLowerCase() ?? '';
  return CUES.has(before === 'the' ? (tokens[at - 2]?.text.toLowerCase() ?? '') : before);
};

/** Part of a run of capitalised words that is no place: "Paris Hilton", "Michael Jordan". */
function besideName(tokens: readonly Token[], sentence: Sentence, at: number, end: number): boolean {
  const after = end < sentence.endToken ? tokens[end]! : undefined;
  if (after !== undefined && after.upos === 'PROPN' && CAPITAL.test(after.text)) {
    // "Benghazi International Airport" is a ground of that place.
    let last = end;
    while (last + 1 < sentence.endToken && last - end < 3 && CAPITAL.test(tokens[last + 1]!.text)) last++;
    return !FACILITIES.has(tokens[last]!.text.toLowerCase());
  }
  const before = at > sentence.firstToken ? tokens[at - 1]! : undefined;
  return before !== undefined && before.upos === 'PROPN' && CAPITAL.test(before.text) && at - 1 > sentence.firstToken;
}

function readPeople(
  tokens: readonly Token[],
  at: number,
  covering: readonly (NameSpan | undefined)[],
  gazetteer: Gazetteer,
): PlaceCandidate | null {
  const cover = covering[at];
  if (cover?.kind === 'person' && cover.score > 0.6) return null;
  for (const length of [2, 1]) {
    if (at + length > tokens.length || (length === 2 && !CAPITAL.test(tokens[at + 1]!.text))) continue;
    const text = tokens
      .slice(at, at + length)
      .map((token) => token.text)
      .join(' ');
    const place = gazetteer.lookUpDemonym(text);
    if (place === null) continue;
    const inside = cover !== undefined && cover.kind !== 'nationality' && cover.endToken - cover.firstToken > length ? cover.kind : null;
    return { firstToken: at, endToken: at + length, text, namesakes: [{ place, match: 'main' }], people: true, inside, sure: true };
  }
  return null;
}
