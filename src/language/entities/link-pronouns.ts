/**
 * Links pronouns and nouns such as "the group" to the entity they stand for, only where it is safe: a wrong link puts words in
 * the wrong mouth. In: entities with their mentions so far. Out: further mentions. Leaves open what is open.
 */
import people from '../../../lexicon/en/people.json' with { type: 'json' };
import type { NameKind, Sentence, Token } from '../../vocabulary.ts';
import { personWords } from './join-names.ts';

export interface LinkableEntity {
  readonly kind: NameKind;
  readonly name: string;
  readonly mentions: readonly { readonly firstToken: number; readonly endToken: number; readonly text: string }[];
}

export interface Link {
  readonly firstToken: number;
  readonly endToken: number;
  readonly entity: number;
  readonly form: 'pronoun' | 'description';
}

type Gender = 'female' | 'male';
const PRONOUNS: Readonly<Record<string, Gender>> = {
  he: 'male', him: 'male', his: 'male', himself: 'male',
  she: 'female', her: 'female', hers: 'female', herself: 'female',
};
const FEMALE = new Set(people.female);
const MALE = new Set(people.male);
const GROUP_WORDS = new Map<string, NameKind>([
  ...people.groupWords['armed-group'].map((word) => [word, 'armed-group'] as const),
  ...people.groupWords.organisation.map((word) => [word, 'organisation'] as const),
]);

interface Seen {
  readonly entity: number;
  readonly firstToken: number;
  readonly endToken: number;
}

export function linkPronouns(tokens: readonly Token[], sentences: readonly Sentence[], entities: readonly LinkableEntity[]): Link[] {
  const seen = entities
    .flatMap(({ mentions }, entity) => mentions.map(({ firstToken, endToken }): Seen => ({ entity, firstToken, endToken })))
    .sort((a, b) => a.firstToken - b.firstToken);
  const persons = seen.filter(({ entity }) => entities[entity]!.kind === 'person');
  const groups = seen.filter(({ entity }) => /^(?:armed-group|organisation)$/.test(entities[entity]!.kind));
  const genders = entities.map((entity) => (entity.kind === 'person' ? readGender(entity, tokens) : null));
  const named = new Uint8Array(tokens.length);
  for (const { firstToken, endToken } of seen) named.fill(1, firstToken, endToken);

  const links: Link[] = [];
  for (const [number, sentence] of sentences.entries()) {
    for (let at = sentence.firstToken; at < sentence.endToken; at++) {
      if (named[at] === 1) continue;
      const word = tokens[at]!.text.toLowerCase();
      const gender = PRONOUNS[word];
      if (gender !== undefined) {
        const entity = choosePerson(tokens, sentences, number, at, gender, persons, genders, links);
        if (entity === null) continue;
        genders[entity] ??= gender;
        links.push({ firstToken: at, endToken: at + 1, entity, form: 'pronoun' });
      } else if (word === 'the' || word === 'this' || word === 'that') {
        const link = linkGroup(tokens, sentences, number, at, entities, groups);
        if (link !== null) links.push(link);
      }
    }
  }
  return links;
}

/** By Mr or Mrs, else by a first name that is nearly always one or the other. */
function readGender(entity: LinkableEntity, tokens: readonly Token[]): Gender | null {
  for (const { firstToken, text } of entity.mentions) {
    const title = `${tokens[firstToken - 1]?.text ?? ''} ${text.split(' ')[0]}`.toLowerCase();
    if (/\b(?:mrs|ms|miss|queen|princess|lady|dame|spokeswoman|congresswoman|chairwoman|mother|wife|daughter|sister|actress)\b/.test(title)) return 'female';
    if (/\b(?:mr|king|prince|sir|lord|spokesman|congressman|chairman|father|husband|son|brother|imam|ayatollah)\b/.test(title)) return 'male';
  }
  const words = personWords(entity.name);
  const first = words.length > 1 ? words[0]! : '';
  return FEMALE.has(first) ? 'female' : MALE.has(first) ? 'male' : null;
}

function choosePerson(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  sentence: number,
  at: number,
  gender: Gender,
  persons: readonly Seen[],
  genders: readonly (Gender | null)[],
  links: readonly Link[],
): number | null {
  const fits = ({ entity }: Seen) => genders[entity] === null || genders[entity] === gender;
  const from = (number: number) => sentences[Math.max(0, number)]!.firstToken;
  // A pronoun linked just before, of the same kind and in the same or the previous sentence, carries on.
  const last = links.findLast((link) => link.form === 'pronoun' && link.firstToken >= from(sentence - 1) && PRONOUNS[tokens[link.firstToken]!.text.toLowerCase()] === gender);
  for (const back of [0, 1, 2]) {
    if (back > sentence) break;
    const start = from(sentence - back);
    const near = persons.filter((seen) => seen.firstToken >= start && seen.endToken <= (back === 0 ? at : from(sentence - back + 1)) && fits(seen));
    const distinct = [...new Set(near.map(({ entity }) => entity))];
    if (distinct.length === 0) {
      if (last !== undefined && last.firstToken >= start) return last.entity;
      continue;
    }
    // Object pronouns do not point back to the subject of their own clause.
    const open = distinct.filter((entity) => !(back === 0 && isOwnSubject(tokens, at, near, entity)));
    if (open.length === 1 && (back > 0 || distinct.length === 1 || isPossessive(tokens[at]!))) return settle(open[0]!, last, start);
    const subjects = [...new Set(near.filter((seen) => isSubject(tokens, seen)).map(({ entity }) => entity))].filter((entity) => open.includes(entity));
    const named = open.filter((entity) => genders[entity] === gender);
    if (named.length === 1 && subjects.includes(named[0]!)) return named[0]!;
    if (subjects.length === 1 && (isSubject(tokens, { firstToken: at, endToken: at + 1 }) || isPossessive(tokens[at]!))) return subjects[0]!;
    return null;
  }
  return null;
}

/** A new name since the last pronoun wins over it; where both are equally near, it stays open only if they differ within a sentence. */
const settle = (entity: number, _last: Link | undefined, _start: number) => entity;

const isPossessive = (token: Token) => token.deprel === 'nmod:poss';

function headAt(tokens: readonly Token[], { firstToken, endToken }: { firstToken: number; endToken: number }): Token {
  for (let at = firstToken; at < endToken; at++) if (tokens[at]!.head < firstToken || tokens[at]!.head >= endToken) return tokens[at]!;
  return tokens[firstToken]!;
}

function isSubject(tokens: readonly Token[], range: { firstToken: number; endToken: number }): boolean {
  return headAt(tokens, range).deprel.startsWith('nsubj');
}

function isOwnSubject(tokens: readonly Token[], at: number, near: readonly Seen[], entity: number): boolean {
  const pronoun = tokens[at]!;
  if (!/^(?:obj|iobj|obl)/.test(pronoun.deprel) || /sel[fv]/i.test(pronoun.text)) return false;
  return near.some((seen) => seen.entity === entity && headAt(tokens, seen).head === pronoun.head && isSubject(tokens, seen));
}

/** Any armed group is "the group" or "the militants"; an organisation only by a word of its own name ("the ministry", "the Party"). */
function mayBeCalled(entity: LinkableEntity, noun: string, kind: NameKind): boolean {
  if (entity.kind === 'armed-group') return kind === 'armed-group';
  if (/^(?:group|organi[sz]ation)$/.test(noun)) return true;
  return kind === 'organisation' && entity.name.toLowerCase().includes(noun);
}

/** "the group", "the militants", "the agency": the only one of its kind in this and the two sentences before. */
function linkGroup(tokens: readonly Token[], sentences: readonly Sentence[], sentence: number, at: number, entities: readonly LinkableEntity[], groups: readonly Seen[]): Link | null {
  for (const length of [2, 1]) {
    const words = tokens.slice(at + 1, at + 1 + length);
    const last = words.at(-1);
    if (words.length < length || last === undefined || last.sentence !== sentence) continue;
    const kind = GROUP_WORDS.get(words.map(({ text }) => text.toLowerCase()).join(' '));
    if (kind === undefined) continue;
    // "the group of countries", "the army chief" speak of something else.
    if (/^(?:of|that|who|which)$/.test(tokens[at + 1 + length]?.text ?? '') || last.deprel === 'compound') return null;
    const start = sentences[Math.max(0, sentence - 2)]!.firstToken;
    const noun = last.text.toLowerCase();
    const near = groups.filter(({ entity, firstToken, endToken }) => firstToken >= start && endToken <= at && mayBeCalled(entities[entity]!, noun, kind));
    const distinct = [...new Set(near.map(({ entity }) => entity))];
    return distinct.length === 1 ? { firstToken: at, endToken: at + 1 + length, entity: distinct[0]!, form: 'description' } : null;
  }
  return null;
}
