/**
 * The token that speaks in, its name out: the fullest name of the article where it is somebody named, else its noun phrase.
 * Pronouns are followed to whom they stand for; one that cannot be followed gives nothing.
 */
import type { AnalysedArticle, Entity, Span } from '../../vocabulary.ts';
import { childrenBy, nounPhrase, prepositionOf, relationOf, spanOf, type Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';
import { isTitle } from './cue-lexicon.ts';
import type { Cue } from './find-cues.ts';
import { isFiniteVerb } from './reading.ts';

export interface Speaker {
  readonly name: string;
  readonly span: Span;
  /** index into the article's entities, where it is one */
  readonly entity?: number;
}

function entityAt(analysed: AnalysedArticle, names: NameIndex, token: number): { entity: number; name: string } | undefined {
  const mention = names.mentionAt[token];
  if (mention === undefined) return undefined;
  const found = analysed.entityMentions[mention];
  const entity = found && analysed.entities[found.entity];
  return found && entity ? { entity: found.entity, name: entity.name } : undefined;
}

/** Tokens of a name phrase with its complement ("a spokesman for the army"), without relative clauses and appositions. */
function phraseOf(tree: Tree, head: number): Span {
  const { first, last } = nounPhrase(tree, head);
  return spanOf(tree, first, last);
}

/** @returns undefined for a pronoun that stands for nobody known */
export function readSpeaker(tree: Tree, names: NameIndex, head: number, cue?: Pick<Cue, 'token' | 'speakers'>): Speaker | undefined {
  const { analysed } = tree;
  const token = tree.tokens[head];
  if (!token) return undefined;
  if (cue?.speakers) {
    const span = spanOf(tree, cue.speakers.first, cue.speakers.last);
    return { name: cleanName(span.text), span };
  }
  const person = cue && personBeside(tree, names, head, cue.token);
  if (person) return { entity: person.entity, name: withTitle(tree, person), span: person.span };
  const conjuncts = childrenBy(tree, head, 'conj').filter((c) => ['NOUN', 'PROPN'].includes(tree.tokens[c]?.upos ?? ''));
  if (conjuncts.length > 0 && token.upos !== 'PRON') {
    const last = conjuncts.at(-1) ?? head;
    const phrase = spanOf(tree, nounPhrase(tree, head).first, nounPhrase(tree, last).last);
    if (phrase.text.length < 120) return { name: phrase.text, span: phrase };
  }
  const own = entityAt(analysed, names, head);
  const titled = nameBeside(tree, names, head);
  if (titled !== undefined) return { entity: titled.entity, name: withTitle(tree, titled), span: phraseOf(tree, head) };
  if (own) return { name: withTitle(tree, own), span: phraseOf(tree, head), entity: own.entity };
  if (token.upos === 'PRON') return undefined;
  const after = nameAfter(tree, names, nounPhrase(tree, head).last) ?? followDescription(tree, head);
  if (after) return { entity: after.entity, name: withTitle(tree, after), span: phraseOf(tree, head) };
  const span = (cue && describedBefore(tree, names, head, cue.token)) ?? phraseOf(tree, head);
  return { name: cleanName(span.text), span };
}

/** "Pentagon spokesman Ann Day said": the person whose name stands right before the cue, in one phrase with the subject. */
function personBeside(tree: Tree, names: NameIndex, head: number, cue: number): { entity: number; name: string; span: Span } | undefined {
  if (head >= cue || tree.tokens[head]!.upos === 'PRON') return undefined;
  const last = wordBefore(tree, names, cue);
  const mention = last > head - 8 ? names.mentionAt[last] : undefined;
  const found = mention === undefined ? undefined : tree.analysed.entityMentions[mention];
  const entity = found && tree.analysed.entities[found.entity];
  if (!found || entity?.kind !== 'person' || found.form !== 'name' || found.endToken !== last + 1) return undefined;
  const first = Math.min(head, found.firstToken);
  const between = tree.tokens.slice(first, found.firstToken);
  if (
    between.some(({ upos, text }) => !['NOUN', 'PROPN', 'ADJ', 'DET', 'NUM'].includes(upos) && !['of', '-', '.', "'s", '’s'].includes(text))
  )
    return undefined;
  return { entity: found.entity, name: entity.name, span: spanOf(tree, Math.min(nounPhrase(tree, head).first, first), last) };
}

/** Last word before a cue that is no adverb, auxiliary or time. */
function wordBefore(tree: Tree, names: NameIndex, cue: number): number {
  let i = cue - 1;
  while (i > 0 && (['ADV', 'AUX'].includes(tree.tokens[i]!.upos) || names.timeAt[i] !== undefined)) i--;
  return i;
}

/** "a person briefed on the meeting said": a common noun with all that describes it up to the cue. */
function describedBefore(tree: Tree, names: NameIndex, head: number, cue: number): Span | undefined {
  const phrase = nounPhrase(tree, head);
  const last = wordBefore(tree, names, cue);
  const token = tree.tokens[head]!;
  if (token.upos !== 'NOUN' || last <= phrase.last || last - phrase.first > 16) return undefined;
  const rest = tree.tokens.slice(phrase.last + 1, last + 1);
  const opens = rest[0]!.xpos === 'VBN' || rest[0]!.xpos === 'VBG' || rest[0]!.upos === 'ADP' || rest[0]!.text === 'who';
  if (!opens || rest.some(({ upos, text }) => (upos === 'PUNCT' && text !== '-') || ['and', 'but', 'that'].includes(text)))
    return undefined;
  return spanOf(tree, phrase.first, last);
}

/** Words of a title, with their short forms before names. */
const TITLE_FORMS: Readonly<Record<string, string>> = {
  gov: 'governor',
  gen: 'general',
  sen: 'senator',
  rep: 'representative',
  lt: 'lieutenant',
  col: 'colonel',
  adm: 'admiral',
  capt: 'captain',
  sgt: 'sergeant',
  dr: 'doctor',
  prof: 'professor',
  pm: 'minister',
};

/** First token of the title that stands right before a name: "Secretary of State", "Ambassador to the United States", "army chief Gen.". */
function titleBefore(tree: Tree, first: number): number {
  let at = first;
  for (let i = first - 1; i >= 0 && first - i <= 9 && tree.tokens[i]!.sentence === tree.tokens[first]!.sentence; i--) {
    const token = tree.tokens[i]!;
    if (['NOUN', 'PROPN', 'ADJ'].includes(token.upos)) at = i;
    else if (token.text === 'the' && ['of', 'to', 'for'].includes(tree.tokens[i - 1]?.text ?? '')) continue;
    else if (!(['of', 'to', 'for'].includes(token.text) && i < first - 1 && isTitle(tree.tokens[i - 1]?.lemma ?? ''))) break;
  }
  return at;
}

/** A person by the fullest name and title of the article, where the title has an "of" of its own ("Secretary of State Ann Day"). */
function withTitle(tree: Tree, { entity, name }: { entity: number; name: string }): string {
  const { entities, entityMentions, article } = tree.analysed;
  if (entities[entity]?.kind !== 'person') return name;
  for (const mention of entities[entity].mentions) {
    const { firstToken, endToken, form, end } = entityMentions[mention]!;
    if (form !== 'name' || endToken - firstToken < 2) continue;
    const first = titleBefore(tree, firstToken);
    const title = tree.tokens.slice(first, firstToken);
    if (title.some(({ text }) => ['of', 'to', 'for'].includes(text))) return cleanName(article.text.slice(title[0]!.start, end));
  }
  return name;
}

/** "the governor", "the group": the one spoken of last before whose title or description has that word. */
function followDescription(tree: Tree, head: number): { entity: number; name: string } | undefined {
  const token = tree.tokens[head]!;
  const before = childrenBy(tree, head, 'det', 'compound');
  const determined = before.some((c) => ['the', 'this'].includes(tree.tokens[c]!.text.toLowerCase()));
  const further = (tree.children[head] ?? []).some((c) => tree.tokens[c]!.upos !== 'PUNCT' && !before.includes(c));
  if (!['NOUN', 'PROPN'].includes(token.upos) || token.xpos === 'NNS' || !determined || further) return undefined;
  const words = [...before.filter((c) => relationOf(tree.tokens[c]!) === 'compound'), head].map((c) => tree.tokens[c]!.lemma.toLowerCase());
  let best: { entity: number; name: string } | undefined;
  let nearest = -1;
  tree.analysed.entities.forEach((found, entity) => {
    if (!['person', 'organisation', 'armed-group'].includes(found.kind)) return;
    const last = found.mentions.map((m) => tree.analysed.entityMentions[m]!.firstToken).findLast((first) => first < head);
    if (last === undefined || last <= nearest || !isDescribed(tree, found, words)) return;
    nearest = last;
    best = { entity, name: found.name };
  });
  return best;
}

function isDescribed(tree: Tree, { description, mentions, kind, name }: Entity, wanted: readonly string[]): boolean {
  if (wanted.length === 1 && isTitle(wanted[0]!) && name.toLowerCase().startsWith(`${wanted[0]} `)) return true;
  if (kind === 'person' && !isTitle(wanted.at(-1) ?? '')) return false;
  const plain = (word: string) => {
    const low = word.toLowerCase().replace(/\.$/, '');
    return TITLE_FORMS[low] ?? low;
  };
  const holds = (words: readonly string[]) => wanted.every((word) => words.includes(word));
  if (description && holds(description.text.split(/[\s,]+/).map(plain))) return true;
  return (
    kind === 'person' &&
    mentions.some((m) => {
      const { firstToken, form } = tree.analysed.entityMentions[m]!;
      return form === 'name' && holds(tree.tokens.slice(titleBefore(tree, firstToken), firstToken).map(({ text }) => plain(text)));
    })
  );
}

/** "a spokeswoman, Jen Psaki" and "Prime Minister Ann Day": the name stands beside the common noun that grammar takes for the head. */
function nameBeside(tree: Tree, names: NameIndex, head: number): { name: string; entity: number } | undefined {
  const { analysed } = tree;
  if (tree.tokens[head]?.upos === 'PRON') return undefined;
  for (const beside of tree.children[head] ?? []) {
    const relation = tree.tokens[beside]!.deprel;
    const titled =
      beside > head &&
      ['flat', 'nmod:desc', 'nmod', 'compound', 'dep', 'flat:name'].includes(relation) &&
      prepositionOf(tree, beside) === '';
    if (!titled && relation !== 'appos') continue;
    const named = entityAt(analysed, names, beside);
    if (
      named &&
      tree.tokens[beside]?.upos === 'PROPN' &&
      ['person', 'organisation', 'armed-group'].includes(analysed.entities[named.entity]?.kind ?? '')
    )
      return named;
  }
  return undefined;
}

/** The name of a person that begins right after the phrase of a title: "Iraqi Gen Abdul Karim". */
function nameAfter(tree: Tree, names: NameIndex, last: number): { name: string; entity: number } | undefined {
  const mention = names.mentionAt[last + 1];
  const found = mention === undefined ? undefined : tree.analysed.entityMentions[mention];
  if (!found || found.firstToken !== last + 1 || tree.tokens[last + 1]?.sentence !== tree.tokens[last]?.sentence) return undefined;
  const named = entityAt(tree.analysed, names, last + 1);
  return named && tree.analysed.entities[named.entity]?.kind === 'person' ? named : undefined;
}

function cleanName(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Words that a parser sometimes takes for who speaks: days and months. */
const isTimeWord = (tree: Tree, names: NameIndex, token: number) =>
  names.timeAt[token] !== undefined && tree.tokens[token]?.upos !== 'PRON';

const inQuotation = (tree: Tree, token: number) => {
  const { start } = tree.tokens[token]!;
  return tree.analysed.quotations.some((quotation) => quotation.start <= start && start < quotation.end);
};

/**
 * Who speaks by the order of words alone: the nominal beside the cue on its own side of the quotation marks and commas.
 * For cues whose subject in the tree cannot be right (a time, or a word inside what was said).
 */
export function findSpeakerBeside(tree: Tree, names: NameIndex, cue: number): number | undefined {
  const { sentence } = tree.tokens[cue]!;
  const isNominal = (token: number) => ['NOUN', 'PROPN', 'PRON'].includes(tree.tokens[token]!.upos) && !isTimeWord(tree, names, token);
  for (let i = cue - 1; i >= 0 && cue - i < 14 && tree.tokens[i]!.sentence === sentence && !inQuotation(tree, i); i--) {
    if (!isNominal(i)) continue;
    const top = topOfPhrase(tree, i, cue);
    if (tree.tokens[i]!.upos !== 'PRON' || cue - i < 4) return top;
  }
  for (let i = cue + 1; i < tree.tokens.length && i - cue < 6 && tree.tokens[i]!.sentence === sentence && !inQuotation(tree, i); i++)
    if (isNominal(i)) return topOfPhrase(tree, i, cue);
  return undefined;
}

/** The head of the phrase that a word belongs to, without leaving the side of the cue. */
function topOfPhrase(tree: Tree, token: number, cue: number): number {
  let at = token;
  for (let n = 0; n < 6; n++) {
    const { head, deprel } = tree.tokens[at]!;
    if (head < 0 || head < cue !== at < cue || inQuotation(tree, head) || !['NOUN', 'PROPN'].includes(tree.tokens[head]!.upos)) break;
    if (!/^(flat|compound|appos|nmod)/.test(deprel)) break;
    at = head;
  }
  return at;
}

/** Whether the tree's subject of a cue cannot be who speaks. */
export const isUnlikelySpeaker = (tree: Tree, names: NameIndex, cue: number, speaker: number): boolean =>
  isTimeWord(tree, names, speaker) ||
  (inQuotation(tree, speaker) && !inQuotation(tree, cue)) ||
  !['NOUN', 'PROPN', 'PRON', 'NUM', 'ADJ', 'DET'].includes(tree.tokens[speaker]!.upos) ||
  crossesVerb(tree, names, cue, speaker);

/** "The threat comes as Turkey claims": another noun stands right before the cue, and another verb between it and the subject. */
function crossesVerb(tree: Tree, names: NameIndex, cue: number, speaker: number): boolean {
  if (speaker >= cue) return false;
  let before = cue - 1;
  while (
    before > speaker &&
    (tree.tokens[before]!.upos === 'ADV' || tree.tokens[before]!.upos === 'AUX' || names.timeAt[before] !== undefined)
  )
    before--;
  if (
    before <= speaker ||
    !['NOUN', 'PROPN', 'PRON'].includes(tree.tokens[before]!.upos) ||
    ['who', 'which', 'that'].includes(tree.tokens[before]!.text.toLowerCase())
  )
    return false;
  const between = tree.tokens.slice(speaker + 1, before);
  return between.some(isFiniteVerb) && !between.some(({ text }) => ['who', 'which', 'that', 'whose'].includes(text.toLowerCase()));
}
