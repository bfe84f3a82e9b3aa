/**
 * A cue in, where it was said ("in a speech", "on Twitter") and through whom it reaches us ("told AFP") out.
 */
import { subjectOf } from '../grammar/arguments.ts';
import { childrenBy, nounPhrase, prepositionOf, spanOf, type Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';
import { CHANNEL_NAMES, CHANNEL_NOUNS, CHANNEL_OF_VERB, CHANNEL_PREPOSITIONS, isMedia } from './cue-lexicon.ts';
import type { Cue } from './find-cues.ts';
import { readSpeaker } from './read-speaker.ts';

export interface Told {
  readonly channel?: string;
  readonly via?: string;
}

const phrase = (tree: Tree, token: number): string => {
  const { first, last } = nounPhrase(tree, token);
  return spanOf(tree, first, last).text.replace(/\s+/g, ' ');
};

/** Those who are told, and stations that only carry the words. */
const NO_OUTLETS = /^(?:the )?(?:press|media|reporters|journalists)$|\b(?:TV|television|radio)$/i;

export function readChannel(tree: Tree, names: NameIndex, cue: Cue): Told {
  let channel: string | undefined = CHANNEL_OF_VERB[cue.entry.lemma];
  let via: string | undefined;
  const passesOn = (token: number) => {
    const named = readSpeaker(tree, names, token)?.name ?? phrase(tree, token);
    if (CHANNEL_NOUNS.has(tree.tokens[token]!.lemma.toLowerCase()) || NO_OUTLETS.test(named)) return undefined;
    return isMedia(named) || isMedia(phrase(tree, token)) ? named : undefined;
  };
  if (cue.addressee !== undefined) via = passesOn(cue.addressee);
  if (cue.quoter !== undefined) via ??= readSpeaker(tree, names, cue.quoter)?.name;
  for (const oblique of [...childrenBy(tree, cue.token, 'obl'), ...ofGovernor(tree, cue.token)]) {
    const token = tree.tokens[oblique]!;
    if (!CHANNEL_PREPOSITIONS.has(prepositionOf(tree, oblique))) continue;
    const named = phrase(tree, oblique);
    if (
      CHANNEL_NOUNS.has(token.lemma.toLowerCase()) ||
      CHANNEL_NAMES.has(named.toLowerCase()) ||
      CHANNEL_NAMES.has(token.text.toLowerCase())
    ) {
      channel ??= named;
      const to = childrenBy(tree, oblique, 'nmod').find((c) => ['with', 'to'].includes(prepositionOf(tree, c)));
      if (to !== undefined) via ??= passesOn(to);
    }
  }
  if (cue.paper !== undefined) channel ??= phrase(tree, cue.paper);
  return { ...(channel !== undefined && { channel }), ...(via !== undefined && { via }) };
}

/** "announced it in a speech, calling on …": a participle is uttered where its governor is. */
function ofGovernor(tree: Tree, cue: number): number[] {
  const { xpos, deprel, head } = tree.tokens[cue]!;
  return xpos === 'VBG' && deprel.startsWith('advcl') && head >= 0 && head < cue ? childrenBy(tree, head, 'obl') : [];
}

/** Lemmas of the papers that a cue's speaker speaks through: "said in a statement", "the letter from the army says". */
export function findPapers(tree: Tree, cue: Cue): string[] {
  const obliques = childrenBy(tree, cue.token, 'obl').filter((oblique) => CHANNEL_PREPOSITIONS.has(prepositionOf(tree, oblique)));
  return [...obliques, ...(cue.paper === undefined ? [] : [cue.paper])]
    .map((token) => tree.tokens[token]!.lemma.toLowerCase())
    .filter((lemma) => CHANNEL_NOUNS.has(lemma));
}

/** Who stands behind a paper that "says": "a statement by the army", "the group issued a video saying". */
export function findIssuer(tree: Tree, paper: number): number | undefined {
  const token = tree.tokens[paper]!;
  if (!CHANNEL_NOUNS.has(token.lemma.toLowerCase())) return undefined;
  if (['by', 'from'].includes(tree.tokens[paper + 1]?.text.toLowerCase() ?? '')) {
    // the name right after it, wherever the tree hangs it
    const first = paper + 2;
    const head = tree.tokens.findIndex(({ upos }, i) => i >= first && i < first + 8 && ['NOUN', 'PROPN'].includes(upos));
    const last = head < 0 ? head : nounPhrase(tree, head).last;
    let end = head;
    while (end >= 0 && end < Math.max(last, head + 8) && ['NOUN', 'PROPN'].includes(tree.tokens[end + 1]?.upos ?? '')) end++;
    if (end >= 0) return end;
  }
  const by = childrenBy(tree, paper, 'nmod', 'nmod:poss', 'acl').find(
    (c) => tree.tokens[c]!.deprel === 'nmod:poss' || ['by', 'from'].includes(prepositionOf(tree, c)),
  );
  if (by !== undefined && tree.tokens[by]!.upos !== 'VERB') return by;
  const verb = token.deprel === 'obj' ? token.head : issuingBefore(tree, paper);
  return verb >= 0 && tree.tokens[verb]!.upos === 'VERB' ? subjectOf(tree, verb) : undefined;
}

/** "issued a brief statement": the verb right before the paper's own phrase. */
function issuingBefore(tree: Tree, paper: number): number {
  let i = paper - 1;
  while (['ADJ', 'DET', 'NUM', 'NOUN'].includes(tree.tokens[i]?.upos ?? '')) i--;
  return ['issue', 'release', 'publish', 'post', 'circulate', 'send', 'sign', 'write', 'deliver', 'make', 'broadcast'].includes(
    tree.tokens[i]?.lemma ?? '',
  )
    ? i
    : -1;
}
