/**
 * Links pronouns and nouns such as "the group" to the entity they stand for, only where it is safe: a wrong link puts words in
 * the wrong mouth. In: entities with their mentions so far. Out: further mentions. Leaves open what is open.
 */
import people from '../../../lexicon/en/people.json' with { type: 'json' };
import places from '../../../lexicon/en/places-words.json' with { type: 'json' };
import learned from '../../../lexicon/en/pronoun-weights.json' with { type: 'json' };
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

export type Gender = 'female' | 'male';
const PRONOUNS: Readonly<Record<string, Gender>> = {
  he: 'male',
  him: 'male',
  his: 'male',
  himself: 'male',
  she: 'female',
  her: 'female',
  hers: 'female',
  herself: 'female',
};
const FEMALE = new Set(people.female);
const MALE = new Set(people.male);
const GROUP_WORDS = new Map<string, NameKind>([
  ...people.groupWords['armed-group'].map((word) => [word, 'armed-group'] as const),
  ...people.groupWords.organisation.map((word) => [word, 'organisation'] as const),
]);

export interface Seen {
  readonly entity: number;
  readonly firstToken: number;
  readonly endToken: number;
}

export function linkPronouns(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  entities: readonly LinkableEntity[],
  choose: (candidates: readonly PronounCandidate[], at: number) => number | null = choosePerson,
): Link[] {
  const seen = entities
    .flatMap(({ mentions }, entity) => mentions.map(({ firstToken, endToken }): Seen => ({ entity, firstToken, endToken })))
    .sort((a, b) => a.firstToken - b.firstToken);
  const persons = seen.filter(({ entity }) => entities[entity]!.kind === 'person');
  const groups = seen.filter(({ entity }) => /^(?:armed-group|organisation)$/.test(entities[entity]!.kind));
  const genders = entities.map((entity) => (entity.kind === 'person' ? readGender(entity, tokens) : null));
  const named = new Uint8Array(tokens.length);
  for (const { firstToken, endToken } of seen) named.fill(1, firstToken, endToken);

  const quoted = markQuoted(tokens, sentences);

  const links: Link[] = [];
  for (const [number, sentence] of sentences.entries()) {
    for (let at = sentence.firstToken; at < sentence.endToken; at++) {
      if (named[at] === 1) continue;
      const { text } = tokens[at]!;
      if (text.length > 7) continue;
      const word = text.toLowerCase();
      const gender = PRONOUNS[word];
      if (gender !== undefined) {
        const entity = choose(rankPersons(tokens, sentences, at, gender, persons, genders, links, quoted), at);
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
    if (/\b(?:mrs|ms|miss|queen|princess|lady|dame|spokeswoman|congresswoman|chairwoman|mother|wife|daughter|sister|actress)\b/.test(title))
      return 'female';
    if (/\b(?:mr|king|prince|sir|lord|spokesman|congressman|chairman|father|husband|son|brother|imam|ayatollah)\b/.test(title))
      return 'male';
  }
  const words = personWords(entity.name);
  const first = words.length > 1 ? words[0]! : '';
  return FEMALE.has(first) ? 'female' : MALE.has(first) ? 'male' : null;
}

const MOST_BEFORE = 200;

/** The mentions that end before a token, the last few hundred of them: a long text takes no more than its length in time. */
function lastBefore(seen: readonly Seen[], at: number): readonly Seen[] {
  let [low, high] = [0, seen.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seen[middle]!.firstToken < at) low = middle + 1;
    else high = middle;
  }
  return seen.slice(Math.max(0, low - MOST_BEFORE), low);
}

/** What speaks for one person as the one a pronoun means. The weights in lexicon/en/pronoun-weights.json stand in this order. */
export const PRONOUN_FEATURES = [
  'bias',
  'subject',
  'object',
  'within',
  'sameSentence',
  'sentenceBefore',
  'twoBefore',
  'ownSubject',
  'salience',
  'gender',
  'carriesOn',
  'latest',
  'parallel',
  'only',
  'first',
  'speaks',
] as const;

export interface PronounCandidate {
  readonly entity: number;
  readonly features: readonly number[];
}

/** Persons that a pronoun may mean, with what speaks for each; those whose gender is known to differ are left out. */
export function rankPersons(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  at: number,
  gender: Gender,
  persons: readonly Seen[],
  genders: readonly (Gender | null)[],
  links: readonly Link[],
  quoted: Uint8Array,
): PronounCandidate[] {
  const sentence = tokens[at]!.sentence;
  const start = sentences[Math.max(0, sentence - 2)]!.firstToken;
  // Who is only spoken of within a quotation is not the one who goes on speaking outside it.
  const before = lastBefore(persons, at).filter(
    ({ firstToken, endToken, entity }) =>
      endToken <= at && (quoted[at] === 1 || quoted[firstToken] === 0) && (genders[entity] === null || genders[entity] === gender),
  );
  const pronounRole = roleOf(tokens, { firstToken: at, endToken: at + 1 });
  const last = links
    .slice(-MOST_BEFORE)
    .findLast(
      (link) =>
        link.form === 'pronoun' &&
        PRONOUNS[tokens[link.firstToken]!.text.toLowerCase()] === gender &&
        link.firstToken >= start &&
        (quoted[at] === 1 || quoted[link.firstToken] === 0),
    );
  // "he said" goes back over a long quotation to who spoke last.
  const far = sentences[Math.max(0, sentence - 8)]!.firstToken;
  const speaking = speaks(tokens, { firstToken: at, endToken: at + 1 });
  const speaker = speaking
    ? before
        .filter((seen) => seen.firstToken >= far && speaks(tokens, seen))
        .slice(-1)
        .map(({ entity }) => entity)
    : [];
  const near = [
    ...new Set([
      ...before.filter(({ firstToken }) => firstToken >= start).map(({ entity }) => entity),
      ...(last === undefined ? [] : [last.entity]),
      ...speaker,
    ]),
  ];
  const latest = before.at(-1)?.entity;
  const first = before[0]?.entity;
  return near.map((entity) => {
    const own = before.filter((seen) => seen.entity === entity);
    const pronouns = links.slice(-MOST_BEFORE).filter((link) => link.entity === entity && link.form === 'pronoun');
    const mention = own.at(-1);
    const lately = last !== undefined && last.entity === entity && last.firstToken > (mention?.firstToken ?? -1) ? last : mention!;
    const role = roleOf(tokens, lately);
    const away = sentence - tokens[lately.firstToken]!.sentence;
    const is = (truth: boolean) => (truth ? 1 : 0);
    const features = [
      1,
      is(role === 'subject'),
      is(role === 'object'),
      is(role === 'within'),
      is(away === 0),
      is(away === 1),
      is(away >= 2),
      is(isOwnSubject(tokens, at, own, entity)),
      Math.log2(1 + own.length + pronouns.length),
      is(genders[entity] === gender),
      is(last?.entity === entity),
      is(latest === entity),
      is(role === pronounRole),
      is(near.length === 1),
      is(first === entity),
      is(speaking && (own.some((seen) => speaks(tokens, seen)) || pronouns.some((link) => speaks(tokens, link)))),
    ];
    return { entity, features };
  });
}

/** The person who is clearly meant, or nobody. */
export function choosePerson(candidates: readonly PronounCandidate[]): number | null {
  const scored = candidates
    .map(({ entity, features }) => ({ entity, score: features.reduce((sum, value, i) => sum + value * learned.weights[i]!, 0) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (best === undefined || best.score < learned.least) return null;
  return second === undefined || best.score - second.score >= learned.margin ? best.entity : null;
}

/** Tokens within quotation marks; a quotation ends with its paragraph. */
function markQuoted(tokens: readonly Token[], sentences: readonly Sentence[]): Uint8Array {
  const quoted = new Uint8Array(tokens.length);
  let open = false;
  let paragraph = -1;
  for (const sentence of sentences) {
    if (sentence.paragraph !== paragraph) [open, paragraph] = [false, sentence.paragraph];
    for (let at = sentence.firstToken; at < sentence.endToken; at++) {
      const { text } = tokens[at]!;
      if (text === '“' || text === '``') open = true;
      else if (text === '”' || text === "''") open = false;
      else if (text === '"') open = !open;
      quoted[at] = open ? 1 : 0;
    }
  }
  return quoted;
}

const SPEAKING = new Set(places.sayers);
function speaks(tokens: readonly Token[], range: { firstToken: number; endToken: number }): boolean {
  const head = headAt(tokens, range);
  return head.deprel === 'nsubj' && head.head >= 0 && SPEAKING.has(tokens[head.head]!.lemma);
}

type Role = 'subject' | 'object' | 'within';

function roleOf(tokens: readonly Token[], range: { firstToken: number; endToken: number }): Role {
  const { deprel } = headAt(tokens, range);
  return deprel.startsWith('nsubj') ? 'subject' : /^(?:obj|iobj|obl|root|conj|parataxis)/.test(deprel) ? 'object' : 'within';
}

function headAt(tokens: readonly Token[], { firstToken, endToken }: { firstToken: number; endToken: number }): Token {
  for (let at = firstToken; at < endToken; at++) if (tokens[at]!.head < firstToken || tokens[at]!.head >= endToken) return tokens[at]!;
  return tokens[firstToken]!;
}

/** "Bali praised him": an object pronoun does not mean the subject of its own clause. */
function isOwnSubject(tokens: readonly Token[], at: number, seen: readonly Seen[], entity: number): boolean {
  const pronoun = tokens[at]!;
  if (!/^(?:obj|iobj|obl)/.test(pronoun.deprel) || /self$/i.test(pronoun.text)) return false;
  return seen.some((one) => {
    const head = headAt(tokens, one);
    return one.entity === entity && head.head === pronoun.head && head.deprel.startsWith('nsubj');
  });
}

/** Any armed group is "the group" or "the militants"; an organisation only by a word of its own name ("the ministry", "the Party"). */
function mayBeCalled(entity: LinkableEntity, noun: string, kind: NameKind): boolean {
  if (entity.kind === 'armed-group') return kind === 'armed-group';
  if (/^(?:group|organi[sz]ation)$/.test(noun)) return true;
  return kind === 'organisation' && entity.name.toLowerCase().includes(noun);
}

/** "the group", "the militants", "the agency": the only one of its kind in this and the two sentences before. */
function linkGroup(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  sentence: number,
  at: number,
  entities: readonly LinkableEntity[],
  groups: readonly Seen[],
): Link | null {
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
    const near = lastBefore(groups, at).filter(
      ({ entity, firstToken, endToken }) => firstToken >= start && endToken <= at && mayBeCalled(entities[entity]!, noun, kind),
    );
    const distinct = [...new Set(near.map(({ entity }) => entity))];
    return distinct.length === 1 ? { firstToken: at, endToken: at + 1 + length, entity: distinct[0]!, form: 'description' } : null;
  }
  return null;
}
