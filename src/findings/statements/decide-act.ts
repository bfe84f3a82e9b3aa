/**
 * Cue and content in, the act out: what the speaker does by saying it. The cue's own act stands unless it is a plain
 * "said": then the content decides (a promise, a denial, a demand, a judgement). Rules in order; the first that holds wins.
 */
import type { Act } from '../../vocabulary.ts';
import { childBy, childrenBy, isVerbal, type Tree } from '../grammar/tree.ts';
import { actOfWord } from './cue-lexicon.ts';
import type { TokenRange } from './find-cues.ts';

export interface Said {
  readonly act: Act;
  readonly cue: string;
  readonly content: readonly TokenRange[];
  readonly clause: number | undefined;
  readonly direct: boolean;
  /** tells whether a token names the speaker */
  readonly isSpeaker: (token: number) => boolean;
  /** lemmas of deeds that harm */
  readonly isHarm: (lemma: string) => boolean;
}

const OWN = new Set(['i', 'we']);
const DUTY = new Set(['must', 'should', 'ought', 'need']);
const FUTURE = new Set(['will', 'would', 'shall', "'ll", '’ll', 'wo']);
const POSSIBLE = new Set(['could', 'may', 'might']);

/** The main clause of what was said: its verb (or predicate) inside the content that hangs on nothing inside. */
function mainOf(tree: Tree, said: Said): number | undefined {
  if (said.clause !== undefined && isPredicate(tree, said.clause)) return said.clause;
  for (const { first, last } of said.content) {
    for (let i = first; i <= last; i++) {
      const { head } = tree.tokens[i]!;
      if ((head < first || head > last) && isPredicate(tree, i)) return i;
    }
  }
  return said.clause;
}

const isPredicate = (tree: Tree, i: number) => isVerbal(tree.tokens[i]!) || childBy(tree, i, 'cop', 'nsubj') !== undefined;
const lower = (tree: Tree, i: number) => tree.tokens[i]!.text.toLowerCase();
const auxOf = (tree: Tree, i: number) => childrenBy(tree, i, 'aux').flatMap((c) => [tree.tokens[c]!.lemma.toLowerCase(), lower(tree, c)]);
const isNegated = (tree: Tree, i: number) =>
  childrenBy(tree, i, 'advmod', 'det', 'neg').some((c) => ['not', 'never', "n't", 'no'].includes(tree.tokens[c]!.lemma.toLowerCase()));

/** What the words of the content, one by one, speak for most; a tie gives nothing. */
function weighWords(tree: Tree, said: Said, wanted: readonly Act[]): Act | undefined {
  const votes = new Map<Act, number>();
  for (const { first, last } of said.content)
    for (let i = first; i <= last; i++) {
      const act = actOfWord(tree.tokens[i]!.lemma.toLowerCase());
      if (act && wanted.includes(act) && !isNegated(tree, i)) votes.set(act, (votes.get(act) ?? 0) + 1);
    }
  const sorted = [...votes].sort((a, b) => b[1] - a[1]);
  return sorted[0] && sorted[0][1] > (sorted[1]?.[1] ?? 0) ? sorted[0][0] : undefined;
}

/** @returns the act of one utterance */
export function decideAct(tree: Tree, said: Said): Act {
  const main = mainOf(tree, said);
  const harmful = said.content.some(({ first, last }) => {
    for (let i = first; i <= last; i++) if (said.isHarm(tree.tokens[i]!.lemma)) return true;
    return false;
  });
  if (said.act === 'vow' || said.act === 'threaten')
    return said.act === 'vow' && harmful && main !== undefined && said.isHarm(tree.tokens[main]!.lemma) ? 'threaten' : said.act;
  if (said.act !== 'assert') return said.act;
  if (main === undefined) return weighWords(tree, said, ['condemn', 'praise']) ?? 'assert';

  const subject = childBy(tree, main, 'nsubj');
  const ownDeed = subject !== undefined && (said.isSpeaker(subject) || (said.direct && OWN.has(lower(tree, subject))));
  const auxiliaries = auxOf(tree, main);
  const inducing = subject === undefined && said.direct && tree.tokens[main]!.xpos === 'VB' && auxiliaries.length === 0;

  if (ownDeed && auxiliaries.some((aux) => FUTURE.has(aux)))
    return said.isHarm(tree.tokens[main]!.lemma) && !isNegated(tree, main) ? 'threaten' : 'vow';
  if (ownDeed && isNegated(tree, main) && !said.direct) return 'deny';
  if (ownDeed && said.isHarm(tree.tokens[main]!.lemma) && tree.tokens[main]!.xpos === 'VBD') return 'claim-responsibility';
  if (inducing || auxiliaries.some((aux) => DUTY.has(aux)) || (DUTY.has(tree.tokens[main]!.lemma) && !ownDeed)) return 'call';
  if (!said.direct && isDenial(tree, main)) return 'deny';
  const judged = weighWords(tree, said, said.direct ? ['condemn', 'praise', 'accuse'] : ['condemn', 'praise', 'accuse']);
  if (judged) return judged;
  if (auxiliaries.some((aux) => POSSIBLE.has(aux)) && (harmful || weighWords(tree, said, ['warn']) === 'warn')) return 'warn';
  return 'assert';
}

/** "there were no plans", "it was not behind the attack". */
function isDenial(tree: Tree, main: number): boolean {
  const there = childBy(tree, main, 'expl') !== undefined;
  const nothing = childrenBy(tree, main, 'nsubj', 'obj').some((c) => childrenBy(tree, c, 'det').some((d) => lower(tree, d) === 'no'));
  return (
    (there && nothing) ||
    (childBy(tree, main, 'cop') !== undefined && isNegated(tree, main)) ||
    (nothing && tree.tokens[main]!.lemma === 'have')
  );
}
