/**
 * Who does it and to whom, read off the tree: subject, object and prepositional arguments of a verb or of a noun of action,
 * through passives, coordination, control, relative clauses and participles. In: Tree and token. Out: token indexes.
 */
import { childBy, childrenBy, hasFeature, isVerbal, prepositionOf, relationOf, type Tree } from './tree.ts';

export interface Oblique {
  readonly token: number;
  readonly preposition: string;
}

export interface Arguments {
  /** the doer in grammar: subject of the active, "by" of the passive */
  readonly agent?: number;
  /** the one affected: object of the active, subject of the passive */
  readonly patient?: number;
  readonly recipient?: number;
  readonly obliques: readonly Oblique[];
  readonly passive: boolean;
}

/** Verbs whose infinitive is done by their own subject even though they have an object. */
const SUBJECT_CONTROL = new Set(['promise', 'vow', 'threaten', 'use', 'take', 'need', 'pledge', 'swear', 'agree', 'spend']);
const RELATIVE = new Set(['who', 'which', 'that', 'whom']);

export function isPassive(tree: Tree, verb: number): boolean {
  const token = tree.tokens[verb]!;
  if (childrenBy(tree, verb, 'aux:pass', 'nsubj:pass', 'csubj:pass').length > 0) return true;
  const participle = token.xpos === 'VBN' || (hasFeature(token, 'VerbForm=Part') && hasFeature(token, 'Tense=Past'));
  if (!participle) return false;
  if (childrenBy(tree, verb, 'aux').some((c) => tree.tokens[c]!.lemma === 'have')) return false;
  const relation = relationOf(token);
  if (relation === 'acl' || relation === 'amod') return true;
  if (relation === 'advcl' && childBy(tree, verb, 'nsubj', 'obj') === undefined) return true;
  if (relation === 'conj' && token.head >= 0 && childBy(tree, verb, 'nsubj', 'aux', 'obj') === undefined)
    return isPassive(tree, token.head);
  if (relation === 'xcomp' || relation === 'ccomp') return childBy(tree, verb, 'obj') === undefined;
  return false;
}

function resolveRelative(tree: Tree, subject: number, verb: number): number {
  const token = tree.tokens[subject]!;
  if (token.upos !== 'PRON' || !RELATIVE.has(token.lemma)) return subject;
  let clause = verb;
  for (let n = 0; n < 6; n++) {
    const head = tree.tokens[clause]!;
    if (head.deprel.startsWith('acl') && head.head >= 0) return head.head;
    if (head.head < 0) break;
    clause = head.head;
  }
  return subject;
}

/** The grammatical subject of a verb, its own or one it shares; undefined where there is none. */
export function subjectOf(tree: Tree, verb: number, depth = 0): number | undefined {
  const own = childBy(tree, verb, 'nsubj');
  if (own !== undefined) return resolveRelative(tree, own, verb);
  const token = tree.tokens[verb]!;
  const head = token.head;
  if (head < 0 || depth > 6) return undefined;
  const relation = relationOf(token);
  const governor = tree.tokens[head]!;
  if (relation === 'conj')
    return isVerbal(governor) || childBy(tree, head, 'nsubj') !== undefined ? subjectOf(tree, head, depth + 1) : undefined;
  if (relation === 'xcomp') {
    const object = childBy(tree, head, 'obj', 'iobj');
    if (object !== undefined && !SUBJECT_CONTROL.has(governor.lemma)) return object;
    if (governor.upos === 'VERB' || governor.upos === 'ADJ' || governor.upos === 'AUX') {
      const called = childrenBy(tree, head, 'obl').find((o) => ['on', 'upon', 'for', 'to'].includes(prepositionOf(tree, o)));
      if (called !== undefined && ['call', 'appeal', 'plead', 'shout', 'wait', 'press', 'push'].includes(governor.lemma)) return called;
      return subjectOf(tree, head, depth + 1);
    }
    return undefined;
  }
  if (relation === 'advcl') {
    if (!isVerbal(governor)) return undefined;
    if (['call', 'appeal', 'plead'].includes(governor.lemma)) {
      const called = childrenBy(tree, head, 'obl').find((o) => ['on', 'upon', 'for', 'to'].includes(prepositionOf(tree, o)));
      if (called !== undefined) return called;
    }
    return subjectOf(tree, head, depth + 1);
  }
  if (relation === 'acl') {
    if (token.deprel === 'acl:relcl') return undefined;
    const participle = token.xpos === 'VBG' || (hasFeature(token, 'VerbForm=Ger') && childBy(tree, verb, 'mark') === undefined);
    if (participle) return head;
    if (isPassive(tree, verb)) return head;
    const owner = childBy(tree, head, 'nmod:poss');
    if (owner !== undefined) return owner;
    const by = childrenBy(tree, head, 'nmod').find((n) => ['by', 'of', 'for'].includes(prepositionOf(tree, n)));
    if (by !== undefined) return by;
    const up = tree.tokens[head]!;
    if (up.head >= 0 && isVerbal(tree.tokens[up.head]!)) {
      const relationUp = relationOf(up);
      if (relationUp === 'obj' || relationUp === 'obl') return subjectOf(tree, up.head, depth + 1);
    }
    return undefined;
  }
  if (
    (relation === 'ccomp' || relation === 'csubj') &&
    isVerbal(governor) &&
    childBy(tree, verb, 'nsubj') === undefined &&
    token.xpos !== 'VBD'
  )
    return relation === 'ccomp' ? subjectOf(tree, head, depth + 1) : undefined;
  return undefined;
}

/** The object of a verb, its own, shared with a conjunct, or the noun its relative clause hangs on. */
export function objectOf(tree: Tree, verb: number): number | undefined {
  const own = childBy(tree, verb, 'obj');
  if (own !== undefined) return resolveRelative(tree, own, verb);
  const token = tree.tokens[verb]!;
  if (token.deprel === 'acl:relcl' && token.head >= 0) {
    const subject = childBy(tree, verb, 'nsubj');
    if (subject !== undefined && !RELATIVE.has(tree.tokens[subject]!.lemma) && !isPassive(tree, verb)) return token.head;
  }
  // "kidnapped and killed three men": the first verb shares the object of the second.
  for (const c of childrenBy(tree, verb, 'conj')) {
    if (isVerbal(tree.tokens[c]!) && childBy(tree, c, 'nsubj') === undefined && c - verb <= 4) {
      const shared = childBy(tree, c, 'obj');
      if (shared !== undefined) return shared;
    }
  }
  return undefined;
}

function obliquesOf(tree: Tree, i: number, ...relations: string[]): Oblique[] {
  return childrenBy(tree, i, ...relations)
    .filter(
      (o) =>
        !tree.tokens[o]!.deprel.endsWith(':tmod') &&
        !tree.tokens[o]!.deprel.endsWith(':npmod') &&
        !tree.tokens[o]!.deprel.endsWith(':unmarked'),
    )
    .map((token) => ({ token, preposition: prepositionOf(tree, token) }));
}

export function argumentsOfVerb(tree: Tree, verb: number): Arguments {
  const passive = isPassive(tree, verb);
  const obliques = obliquesOf(tree, verb, 'obl');
  const recipient = childBy(tree, verb, 'iobj');
  const subject = subjectOf(tree, verb);
  if (passive) {
    const by = obliques.find((o) => o.preposition === 'by' || tree.tokens[o.token]!.deprel === 'obl:agent');
    const relation = relationOf(tree.tokens[verb]!);
    const patient = relation === 'amod' ? tree.tokens[verb]!.head : subject;
    return {
      ...defined('agent', by?.token),
      ...defined('patient', patient),
      ...defined('recipient', recipient),
      obliques: obliques.filter((o) => o !== by),
      passive,
    };
  }
  return {
    ...defined('agent', subject),
    ...defined('patient', objectOf(tree, verb)),
    ...defined('recipient', recipient),
    obliques,
    passive,
  };
}

function defined<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: number });
}

export interface NounArguments {
  readonly possessor?: number;
  /** nouns and demonyms written before the noun: "rebel attack", "Iranian missile strike" */
  readonly before: readonly number[];
  readonly obliques: readonly Oblique[];
  /** the verb that carries the noun as its subject or object, with that relation */
  readonly carrier?: { readonly verb: number; readonly relation: string };
}

export function argumentsOfNoun(tree: Tree, noun: number): NounArguments {
  const token = tree.tokens[noun]!;
  const possessor = childBy(tree, noun, 'nmod:poss');
  const before = childrenBy(tree, noun, 'compound', 'amod', 'nmod').filter(
    (c) => c < noun && c !== possessor && prepositionOf(tree, c) === '',
  );
  const obliques = obliquesOf(tree, noun, 'nmod', 'obl').filter((o) => o.preposition !== '' && o.token !== possessor);
  const relation = relationOf(token);
  const carried = token.head >= 0 && isVerbal(tree.tokens[token.head]!) && ['obj', 'nsubj', 'obl', 'xcomp'].includes(relation);
  return {
    ...defined('possessor', possessor),
    before,
    obliques,
    ...(carried ? { carrier: { verb: token.head, relation: token.deprel } } : {}),
  };
}
