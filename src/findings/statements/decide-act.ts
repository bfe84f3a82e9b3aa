/**
 * Cue and content in, the act out: what the speaker does by saying it. "Said" is an act by its content only (a promise, a denial,
 * a demand, a judgement), other cues mostly by themselves: a log-linear model over named features weighs both
 * (models/findings/acts.json, made by training/findings/train-acts.ts).
 */
import weights from '../../../models/findings/acts.json' with { type: 'json' };
import { ACTS, type Act } from '../../vocabulary.ts';
import { childBy, childrenBy, isVerbal, relationOf, type Tree } from '../grammar/tree.ts';
import { classify, openModel, type WeightFile } from '../linear-model.ts';
import { actsOfWord } from './cue-lexicon.ts';
import type { TokenRange } from './find-cues.ts';

export interface Said {
  readonly act: Act;
  readonly cue: string;
  readonly content: readonly TokenRange[];
  readonly clause: number | undefined;
  readonly direct: boolean;
  /** tells whether a token names the speaker */
  readonly isSpeaker: (token: number) => boolean;
  /** tells whether a token names the speaker's own state, army or party */
  readonly isOwnSide: (token: number) => boolean;
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
      if (isNegated(tree, i)) continue;
      for (const act of actsOfWord(tree.tokens[i]!.lemma.toLowerCase()))
        if (wanted.includes(act)) votes.set(act, (votes.get(act) ?? 0) + 1);
    }
  const sorted = [...votes].sort((a, b) => b[1] - a[1]);
  return sorted[0] && sorted[0][1] > (sorted[1]?.[1] ?? 0) ? sorted[0][0] : undefined;
}

/** The act by rules alone, in order; the first that holds wins. One voice among the model's features. */
function ruleAct(tree: Tree, said: Said): Act {
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

/** Everything that speaks for one act or another, as named features of the model; the same words are the reasons it can give. */
export function describeSaid(tree: Tree, said: Said): string[] {
  const rule = ruleAct(tree, said);
  const features = [
    'bias',
    `rule=${rule}`,
    `rule=${rule}|${said.act}`,
    `cue=${said.cue}`,
    `act=${said.act}`,
    `direct=${said.direct}`,
    `act=${said.act}|direct=${said.direct}`,
  ];
  const main = mainOf(tree, said);
  const lemmas = new Set<string>();
  for (const { first, last } of said.content)
    for (let i = first; i <= last; i++) {
      const token = tree.tokens[i]!;
      const lemma = token.lemma.toLowerCase();
      if (['NOUN', 'VERB', 'ADJ', 'ADV', 'AUX', 'INTJ'].includes(token.upos)) lemmas.add(lemma);
      for (const act of actsOfWord(lemma)) lemmas.add(`~${act}`);
      if (said.isHarm(lemma)) lemmas.add('~harm');
      if (token.upos === 'PRON' && said.direct && ['I', 'we', 'you'].includes(token.lemma)) lemmas.add(`pron:${token.lemma}`);
      if (token.text === '!' || token.text === '?') lemmas.add(token.text);
      if (token.upos === 'AUX') lemmas.add(`aux:${token.text.toLowerCase()}`);
      if (i > first && token.upos !== 'PUNCT' && tree.tokens[i - 1]!.upos !== 'PUNCT')
        lemmas.add(`${tree.tokens[i - 1]!.lemma.toLowerCase()}_${lemma}`);
    }
  for (const lemma of lemmas) {
    features.push(`w=${lemma}`);
    if (lemma.startsWith('~')) features.push(`w=${lemma}|${said.act}`);
  }
  for (const clause of describeClauses(tree, said)) features.push(`any:${clause}`, `any:${clause}|${said.act}`);
  if (main === undefined) return [...features, 'no-clause'];
  const verb = tree.tokens[main]!;
  const subject = childBy(tree, main, 'nsubj');
  const own = subject !== undefined && (said.isSpeaker(subject) || (said.direct && OWN.has(lower(tree, subject))));
  const passive = childBy(tree, main, 'nsubj:pass', 'aux:pass') !== undefined;
  const auxiliaries = auxOf(tree, main);
  const mood = auxiliaries.some((aux) => FUTURE.has(aux))
    ? 'future'
    : auxiliaries.some((aux) => DUTY.has(aux))
      ? 'duty'
      : auxiliaries.some((aux) => POSSIBLE.has(aux))
        ? 'possible'
        : auxiliaries.includes('can')
          ? 'can'
          : (verb.xpos ?? verb.upos);
  const who = own
    ? 'own'
    : subject !== undefined && said.isOwnSide(subject)
      ? 'side'
      : subject === undefined
        ? 'none'
        : tree.tokens[subject]!.upos === 'PRON'
          ? lower(tree, subject)
          : 'other';
  const negated = isNegated(tree, main) ? 'not' : 'yes';
  const harm = said.isHarm(verb.lemma) ? 'harm' : 'mild';
  features.push(
    `main=${verb.lemma}`,
    `mood=${mood}`,
    `who=${who}`,
    `neg=${negated}`,
    `mood=${mood}|who=${who}`,
    `mood=${mood}|who=${who}|neg=${negated}`,
    `who=${who}|neg=${negated}`,
    `who=${who}|${harm}|${mood}`,
  );
  features.push(`${said.act}|mood=${mood}|who=${who}`, `passive=${passive}|${mood}`);
  if (!said.direct && isDenial(tree, main)) features.push('denial');
  if (subject === undefined && verb.xpos === 'VB' && auxiliaries.length === 0) features.push(`imperative|direct=${said.direct}`);
  const modifier = childrenBy(tree, main, 'cop').length > 0 ? `is=${verb.lemma}` : undefined;
  if (modifier) features.push(modifier);
  return features;
}

const moodOf = (tree: Tree, verb: number): string => {
  const auxiliaries = auxOf(tree, verb);
  if (auxiliaries.some((aux) => FUTURE.has(aux))) return 'future';
  if (auxiliaries.some((aux) => DUTY.has(aux))) return 'duty';
  if (auxiliaries.some((aux) => POSSIBLE.has(aux))) return 'possible';
  return auxiliaries.includes('can') ? 'can' : (tree.tokens[verb]!.xpos ?? '');
};

/** Every clause of the content by its subject, mood and harm: "own|future", "other|VBD|harm", "order" for an imperative. */
function describeClauses(tree: Tree, said: Said): Set<string> {
  const found = new Set<string>();
  for (const { first, last } of said.content)
    for (let i = first; i <= last; i++) {
      if (!isPredicate(tree, i)) continue;
      const subject = childBy(tree, i, 'nsubj');
      const harm = said.isHarm(tree.tokens[i]!.lemma) ? '|harm' : '';
      const mood = moodOf(tree, i);
      const relation = relationOf(tree.tokens[i]!);
      if (subject === undefined) {
        if (
          tree.tokens[i]!.xpos === 'VB' &&
          ['root', 'ccomp', 'parataxis'].includes(relation) &&
          !childrenBy(tree, i, 'mark').length &&
          mood === 'VB'
        )
          found.add('order');
        continue;
      }
      const own = said.isSpeaker(subject) || (said.direct && OWN.has(lower(tree, subject)));
      const side = own ? 'own' : said.isOwnSide(subject) ? 'side' : lower(tree, subject) === 'you' ? 'you' : 'other';
      const negated = isNegated(tree, i) ? '|not' : '';
      found.add(`${side}|${mood}`).add(`${side}|${mood}${negated}${harm}`);
      if (negated) found.add(`${side}|not`);
      if (childrenBy(tree, i, 'mark').some((c) => ['if', 'unless'].includes(lower(tree, c)))) found.add('condition');
    }
  return found;
}

const model = openModel(weights as WeightFile);

/** @returns the act of one utterance: the model's best choice */
export function decideAct(tree: Tree, said: Said): Act {
  const chances = classify(model, ACTS, describeSaid(tree, said));
  let best = 0;
  for (let i = 1; i < chances.length; i++) if (chances[i]! > chances[best]!) best = i;
  return ACTS[best]!;
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
