/**
 * Nouns that report: "his warning that …", "calls from residents for …", "an ultimatum to Russia". Only where the sentence names who
 * speaks: an owner, a "by" or "from", the subject of the verb that carries the noun. Reading and token in, a cue out.
 */
import { subjectOf } from '../grammar/arguments.ts';
import { childBy, childrenBy, prepositionOf, relationOf, type Tree } from '../grammar/tree.ts';
import { cueNoun, isUtteringVerb } from './cue-lexicon.ts';
import type { Cue } from './find-cues.ts';
import { findNounContent } from './phrase-said.ts';
import type { TokenRange } from './read-frames.ts';
import type { Reading } from './reading.ts';

/** Who utters what the noun names, and how far their phrase reaches after it. */
function findUtterer({ tree, names }: Reading, noun: number): number | undefined {
  const owner = childBy(tree, noun, 'nmod:poss');
  if (owner !== undefined)
    return tree.tokens[owner]!.upos === 'PRON' && names.mentionAt[owner] === undefined ? (subjectAbove(tree, noun) ?? owner) : owner;
  const by = childrenBy(tree, noun, 'nmod', 'obl').find((c) => ['by', 'from'].includes(prepositionOf(tree, c)));
  if (by !== undefined) return by;
  const { head } = tree.tokens[noun]!;
  if (relationOf(tree.tokens[noun]!) !== 'obj' || head < 0 || !isUtteringVerb(tree.tokens[head]!.lemma)) return undefined;
  return subjectOf(tree, head);
}

/** "Residents repeated their calls": the subject of the clause that the noun stands in. */
function subjectAbove(tree: Tree, noun: number): number | undefined {
  for (let at = tree.tokens[noun]!.head, n = 0; at >= 0 && n < 4; at = tree.tokens[at]!.head, n++)
    if (tree.tokens[at]!.upos === 'VERB') {
      const subject = subjectOf(tree, at);
      return subject === noun ? undefined : subject;
    }
  return undefined;
}

export function readNounCue(reading: Reading, noun: number): Cue | undefined {
  const { tree } = reading;
  const token = tree.tokens[noun]!;
  const entry = token.upos === 'NOUN' ? cueNoun(token.lemma.toLowerCase()) : undefined;
  if (!entry) return undefined;
  const speaker = findUtterer(reading, noun);
  if (speaker === undefined) return undefined;
  const range: TokenRange | undefined = findNounContent(reading, noun, entry.prepositions);
  if (!range || (speaker >= range.first && speaker <= range.last)) return undefined;
  return { token: noun, words: { first: noun, last: noun }, entry, speaker, addressee: undefined, content: [range], clause: undefined };
}
