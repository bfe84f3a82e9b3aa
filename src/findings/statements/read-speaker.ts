/**
 * The token that speaks in, its name out: the fullest name of the article where it is somebody named, else its noun phrase.
 * Pronouns are followed to whom they stand for; one that cannot be followed gives nothing.
 */
import type { AnalysedArticle, Span } from '../../vocabulary.ts';
import { childrenBy, nounPhrase, prepositionOf, spanOf, type Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';

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
export function readSpeaker(tree: Tree, names: NameIndex, head: number): Speaker | undefined {
  const { analysed } = tree;
  const token = tree.tokens[head];
  if (!token) return undefined;
  const conjuncts = childrenBy(tree, head, 'conj').filter((c) => ['NOUN', 'PROPN'].includes(tree.tokens[c]?.upos ?? ''));
  if (conjuncts.length > 0 && token.upos !== 'PRON') {
    const last = conjuncts.at(-1) ?? head;
    const phrase = spanOf(tree, nounPhrase(tree, head).first, nounPhrase(tree, last).last);
    if (phrase.text.length < 120) return { name: phrase.text, span: phrase };
  }
  const own = entityAt(analysed, names, head);
  const titled = nameBeside(tree, names, head);
  if (titled !== undefined) return { ...titled, span: phraseOf(tree, head) };
  if (own) return { name: own.name, span: phraseOf(tree, head), entity: own.entity };
  if (token.upos === 'PRON') return undefined;
  const after = nameAfter(tree, names, nounPhrase(tree, head).last);
  if (after) return { ...after, span: phraseOf(tree, head) };
  const span = phraseOf(tree, head);
  return { name: cleanName(span.text), span };
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
  !['NOUN', 'PROPN', 'PRON', 'NUM', 'ADJ', 'DET'].includes(tree.tokens[speaker]!.upos);
