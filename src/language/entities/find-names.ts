/**
 * Collects the names of an article as spans of tokens with a kind: what the tables know, what the encoder saw, what the places
 * step settled. Out: spans in text order, without overlap. Groups nothing.
 */
import people from '../../../lexicon/en/people.json' with { type: 'json' };
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { NameKind, PlaceMention, Sentence, Token } from '../../vocabulary.ts';
import type { NameSpan } from '../name-span.ts';
import { armsReachOf, lookUpArms, lookUpName, reachOf } from './known-names.ts';

export interface NamedSpan {
  readonly firstToken: number;
  readonly endToken: number;
  readonly kind: NameKind;
  readonly text: string;
  /** the same for all names of one thing, where a table says so: "armed-group:Islamic State", "place:SY" */
  readonly known: string | null;
  /** the name that the table gives */
  readonly knownName: string | null;
}

interface Draft extends NamedSpan {
  /** higher wins where spans overlap */
  readonly rank: number;
}

const CAPITAL = /^[\p{Lu}\p{Lt}]/u;
const TITLES = new Set(people.titles);
const NO_PERSON =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|(?:septem|octo|novem|decem)ber)$/i;
const RANK =
  /^(?:gen|lt|col|maj|capt|sgt|cpl|brig|adm|cmdr|sen|rep|gov|general|lieutenant|colonel|major|captain|sergeant|brigadier|admiral|commander|senator|governor|president|mr|mrs|ms|dr|minister)\.?$/i;
const PEOPLES = new Set(words.peoples);
const arms = (kind: NameKind) => kind === 'weapon' || kind === 'platform';
const LEAST_SCORE = 0.3;

export function findNames(
  text: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  names: readonly NameSpan[],
  places: readonly PlaceMention[],
): NamedSpan[] {
  const drafts = [
    ...findKnown(text, tokens, sentences, names),
    ...names.flatMap((name) => fromEncoder(text, tokens, name)),
    ...fromPlaces(text, tokens, names, places),
    ...findArms(text, tokens, sentences),
  ].sort((a, b) => b.rank - a.rank || b.endToken - b.firstToken - (a.endToken - a.firstToken) || a.firstToken - b.firstToken);
  const taken = new Uint8Array(tokens.length);
  const kept: NamedSpan[] = [];
  for (const { rank: _, ...draft } of drafts) {
    if (taken.subarray(draft.firstToken, draft.endToken).some((used) => used === 1)) continue;
    taken.fill(1, draft.firstToken, draft.endToken);
    kept.push(draft);
  }
  return kept.sort((a, b) => a.firstToken - b.firstToken);
}

const textOf = (text: string, tokens: readonly Token[], first: number, end: number) =>
  text.slice(tokens[first]!.start, tokens[end - 1]!.end);

/** Armed groups and organisations of our tables; a known name inside a longer one ("Hamas" in "Hamas Political Bureau") gives way to it. */
function findKnown(text: string, tokens: readonly Token[], sentences: readonly Sentence[], names: readonly NameSpan[]): Draft[] {
  const found: Draft[] = [];
  const told = readToldAcronyms(text);
  const covering = coverTokens(names);
  for (const sentence of sentences) {
    const shouted = sentence.text.length > 12 && sentence.text === sentence.text.toUpperCase();
    for (let first = sentence.firstToken; first < sentence.endToken; first++) {
      if (!CAPITAL.test(tokens[first]!.text) && !/^(?:al|an|anti|pesh)$/i.test(tokens[first]!.text)) continue;
      // Hyphens are tokens of their own, so a name of n words may have 2n - 1 tokens.
      const most = reachOf(tokens[first]!.text);
      for (let end = Math.min(first + 2 * most, sentence.endToken); most > 0 && end > first; end--) {
        const spelling = textOf(text, tokens, first, end);
        if (
          spelling.length > 70 ||
          /[,;:!?()]/.test(spelling) ||
          !/[\p{L}\p{N}]/u.test(tokens[end - 1]!.text) ||
          /^the$/i.test(tokens[first]!.text)
        )
          continue;
        const known = lookUpName(spelling);
        if (
          known === null ||
          (known.acronym && spelling.length < 4 && (shouted || !isSafeAcronym(spelling, first, end, told, covering[first] ?? [])))
        )
          continue;
        found.push({
          firstToken: first,
          endToken: end,
          kind: known.kind,
          text: spelling,
          known: `${known.kind}:${known.name}`,
          knownName: known.name,
          rank: 5,
        });
        first = end - 1;
        break;
      }
    }
  }
  return found;
}

/** For each token the encoder's names over it. */
function coverTokens(names: readonly NameSpan[]): NameSpan[][] {
  const covering: NameSpan[][] = [];
  for (const name of names) {
    for (let at = name.firstToken; at < name.endToken; at++) {
      const there = covering[at];
      if (there) there.push(name);
      else covering[at] = [name];
    }
  }
  return covering;
}

/** Two letters may be anything ("IS", "PA", "AA"): the encoder has to see a name there, or the text must use its longer form. */
function isSafeAcronym(spelling: string, first: number, end: number, told: ReadonlySet<string>, names: readonly NameSpan[]): boolean {
  if (spelling.replaceAll('.', '').length > 2 || /^(?:UN|U\.N\.|EU|E\.U\.)$/.test(spelling)) return true;
  if (names.some((name) => name.firstToken <= first && name.endToken >= end && name.kind !== 'person')) return true;
  return told.has(spelling);
}

/** Two-letter acronyms that the text itself explains. */
function readToldAcronyms(text: string): Set<string> {
  const told = new Set([...text.matchAll(/\((\p{Lu}\.?\p{Lu}\.?)\)/gu)].map((match) => match[1]!));
  if (/\bISIS\b|\bISIL\b|Islamic State|Daesh/.test(text)) told.add('IS');
  return told;
}

function fromEncoder(text: string, tokens: readonly Token[], { firstToken, endToken, kind, score }: NameSpan): Draft[] {
  let [first, end] = [firstToken, endToken];
  while (first < end - 1 && /^(?:the|a|an|[("“'‘])$/i.test(tokens[first]!.text)) first++;
  while (end - 1 > first && /^(?:['’]s?|[)"”,.])$/.test(tokens[end - 1]!.text)) end--;
  // Ranks are told as a description; with a single name they belong to it ("Gen. Sisi").
  while (kind === 'person' && end - first > 2 && RANK.test(tokens[first]!.text)) first++;
  const spelling = textOf(text, tokens, first, end);
  if (!/\p{L}/u.test(spelling)) return [];
  if (!arms(kind) && PEOPLES.has(spelling.toLowerCase())) {
    return [{ firstToken: first, endToken: end, kind: 'nationality', text: spelling, known: null, knownName: null, rank: 4.5 }];
  }
  // What is called by a small-letter word is a description, not a name, but for weapons.
  if (!arms(kind) && (score < LEAST_SCORE || !/\p{Lu}/u.test(spelling))) return [];
  if (kind === 'person' && (NO_PERSON.test(spelling) || TITLES.has(tokens[end - 1]!.text.toLowerCase()))) return [];
  if (kind === 'place' || kind === 'nationality')
    return [{ firstToken: first, endToken: end, kind, text: spelling, known: null, knownName: null, rank: 2 }];
  return [
    {
      firstToken: first,
      endToken: end,
      kind,
      text: spelling,
      known: null,
      knownName: null,
      rank: arms(kind) ? 1 : kind === 'person' || kind === 'organisation' ? 4 : 3,
    },
  ];
}

function fromPlaces(text: string, tokens: readonly Token[], names: readonly NameSpan[], places: readonly PlaceMention[]): Draft[] {
  const drafts: Draft[] = [];
  const covering = coverTokens(names);
  let at = 0;
  for (const place of places) {
    if (place.description) continue;
    while (at < tokens.length && tokens[at]!.start < place.start) at++;
    let end = at;
    while (end < tokens.length && tokens[end]!.end <= place.end) end++;
    if (end === at) continue;
    const people =
      place.demonym &&
      place.text !== place.name &&
      place.precision === 'country' &&
      /(?:n|ns|i|is|ese|ish|ch|k|ks|s)$/i.test(place.text) &&
      lookUpPeople(tokens, at);
    // A place inside a longer name ("Washington" in "Washington Post") is a part of that.
    const within = (covering[at] ?? []).some(
      (name) =>
        name.firstToken <= at &&
        name.endToken >= end &&
        name.endToken - name.firstToken > end - at &&
        name.kind !== 'place' &&
        name.score >= LEAST_SCORE,
    );
    const kind: NameKind = people ? 'nationality' : place.precision === 'site' ? 'facility' : 'place';
    drafts.push({
      firstToken: at,
      endToken: end,
      kind,
      text: textOf(text, tokens, at, end),
      known: `${people ? 'people' : 'place'}:${place.key}`,
      knownName: place.name,
      rank: within ? 2.5 : 4.5,
    });
  }
  return drafts;
}

/** "Syrian", "Afghans": adjectives and nouns for people, not "US" in "US forces". */
const lookUpPeople = (tokens: readonly Token[], at: number) =>
  /\p{Ll}{2}/u.test(tokens[at]!.text) && (tokens[at]!.upos === 'ADJ' || tokens[at]!.upos === 'NOUN' || tokens[at]!.upos === 'PROPN');

function findArms(text: string, tokens: readonly Token[], sentences: readonly Sentence[]): Draft[] {
  const found: Draft[] = [];
  for (const sentence of sentences) {
    for (let first = sentence.firstToken; first < sentence.endToken; first++) {
      const { upos } = tokens[first]!;
      if (upos !== 'NOUN' && upos !== 'PROPN' && upos !== 'ADJ' && upos !== 'NUM') continue;
      const most = armsReachOf(tokens[first]!.text, tokens[first + 1]?.text ?? '');
      for (let end = Math.min(first + 2 * most + 1, sentence.endToken); most > 0 && end > first; end--) {
        const last = tokens[end - 1]!;
        if (last.upos === 'VERB' || last.upos === 'PUNCT') continue;
        const spelling = textOf(text, tokens, first, end);
        const kind = spelling.includes('\n') ? null : lookUpArms(spelling);
        // A single small-letter word ("bomb", "shell", "tank") is told by the encoder, which sees how it is used.
        if (kind === null || (end - first === 1 && spelling === spelling.toLowerCase())) continue;
        found.push({
          firstToken: first,
          endToken: end,
          kind,
          text: spelling,
          known: null,
          knownName: null,
          rank: 1.5 + (end - first) / 10,
        });
        first = end - 1;
        break;
      }
    }
  }
  return found;
}
