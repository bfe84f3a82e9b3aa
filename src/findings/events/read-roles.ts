/**
 * Who does the deed and to whom, as tokens of the tree: for verbs by voice, for nouns of action by "of", "by", "against",
 * possessor and the words before it, through the verb that carries them. In: Tree, candidate. Out: tokens of actors and targets.
 */
import frames from '../../../lexicon/en/role-frames.json' with { type: 'json' };
import { argumentsOfNoun, argumentsOfVerb, isPassive, type Oblique, objectOf, subjectOf } from '../grammar/arguments.ts';
import { childrenBy, isVerbal, relationOf, type Tree, withConjuncts } from '../grammar/tree.ts';
import { classesAt, type NameIndex } from '../word-classes.ts';
import type { Candidate } from './find-candidates.ts';

export interface Roles {
  readonly actors: readonly number[];
  readonly targets: readonly number[];
  /** token of the grammatical doer and of the one affected, before they are taken apart: for features */
  readonly doer?: number;
  readonly affected?: number;
  readonly passive: boolean;
  readonly carrier?: { readonly verb: number; readonly relation: string };
  readonly obliques: readonly Oblique[];
}

const SELF = new Set(frames.self.lemmas);
const UNDERGO = new Set(frames.undergo.lemmas);
const MUTUAL = new Set(frames.mutual.lemmas);
const NO_DOER = new Set(frames.noDoer.lemmas);
const PATIENT_NOUNS = new Set(frames.patientNouns.lemmas);
const CARRIERS = new Set(frames.carriers.lemmas);
const SUFFER = new Set(frames.sufferCarriers.lemmas);
const AGAINST = new Set(frames.againstPrepositions.lemmas);
const PERSONISH = new Set([
  'armed',
  'police',
  'official',
  'civilian',
  'protester',
  'prisoner',
  'is:person',
  'is:organisation',
  'is:armed-group',
  'is:nationality',
  'is:people',
  'is:pronoun',
]);

/** May the thing that a token names act: a person, a group, a state? */
export function canAct(tree: Tree, names: NameIndex, token: number): boolean {
  return classesAt(tree.analysed, names, token).some((c) => PERSONISH.has(c) || c === 'is:spot');
}

function spread(tree: Tree, tokens: readonly (number | undefined)[]): number[] {
  const all = tokens.flatMap((t) => (t === undefined ? [] : withConjuncts(tree, t)));
  return [...new Set(all)];
}

function lastWord(key: string): string {
  return key.slice(key.lastIndexOf(' ') + 1);
}

function rolesOfVerb(tree: Tree, candidate: Candidate): Roles {
  const args = argumentsOfVerb(tree, candidate.head);
  const key = candidate.key;
  const against = args.obliques.filter((o) => AGAINST.has(o.preposition)).map((o) => o.token);
  const withOnes = args.obliques.filter((o) => o.preposition === 'with' || o.preposition === 'alongside').map((o) => o.token);
  const base = {
    passive: args.passive,
    obliques: args.obliques,
    ...(args.agent !== undefined ? { doer: args.agent } : {}),
    ...(args.patient !== undefined ? { affected: args.patient } : {}),
  };
  if (UNDERGO.has(key) && !args.passive) return { ...base, actors: [], targets: spread(tree, [args.agent]) };
  if (NO_DOER.has(key) && !args.passive) return { ...base, actors: [], targets: spread(tree, against) };
  if (MUTUAL.has(key))
    return {
      ...base,
      actors: spread(tree, [args.agent ?? args.patient, ...withOnes]),
      targets: args.agent === undefined ? [] : spread(tree, [args.patient]),
    };
  if (SELF.has(key)) return { ...base, actors: spread(tree, [args.agent ?? (args.passive ? args.patient : undefined)]), targets: [] };
  const patient = args.patient ?? args.recipient;
  return { ...base, actors: spread(tree, [args.agent]), targets: patient === undefined ? spread(tree, against) : spread(tree, [patient]) };
}

function rolesOfNoun(tree: Tree, names: NameIndex, candidate: Candidate): Roles {
  const args = argumentsOfNoun(tree, candidate.head);
  const word = lastWord(candidate.key);
  const patientNoun = PATIENT_NOUNS.has(word) || PATIENT_NOUNS.has(candidate.key);
  const mutual = MUTUAL.has(word) || MUTUAL.has(candidate.key);
  const actors: (number | undefined)[] = [];
  const targets: (number | undefined)[] = [];
  for (const { token, preposition } of args.obliques) {
    if (preposition === 'by') actors.push(token);
    else if (preposition === 'between' || preposition === 'among') actors.push(token);
    else if (preposition === 'with' && mutual) actors.push(token);
    else if (preposition === 'of') {
      if (patientNoun) targets.push(token);
      else if (canAct(tree, names, token)) actors.push(token);
      else targets.push(token);
    } else if (preposition === 'from' && canAct(tree, names, token) && !names.placeAt[token]) actors.push(token);
    else if (AGAINST.has(preposition)) targets.push(token);
  }
  if (args.possessor !== undefined) (patientNoun ? targets : actors).push(args.possessor);
  for (const b of args.before) {
    const kinds = classesAt(tree.analysed, names, b);
    if (candidate.first <= b && b <= candidate.last) continue;
    if (kinds.some((k) => k === 'building' || k === 'is:facility' || k === 'is:spot')) targets.push(b);
    else if (kinds.some((k) => PERSONISH.has(k))) (patientNoun && !kinds.includes('is:people') ? targets : actors).push(b);
  }
  const carrier = args.carrier;
  let passive = false;
  if (carrier) {
    const verb = tree.tokens[carrier.verb]!;
    passive = isPassive(tree, carrier.verb);
    const object = relationOf({ ...verb, deprel: carrier.relation }) === 'obj';
    if (object && CARRIERS.has(verb.lemma)) {
      if (actors.length === 0) actors.push(subjectOf(tree, carrier.verb));
      const more = argumentsOfVerb(tree, carrier.verb)
        .obliques.filter((o) => AGAINST.has(o.preposition))
        .map((o) => o.token);
      if (targets.length === 0) targets.push(...more);
    } else if (carrier.relation === 'nsubj:pass' && CARRIERS.has(verb.lemma)) {
      if (actors.length === 0) actors.push(argumentsOfVerb(tree, carrier.verb).agent);
    } else if ((object || carrier.relation.startsWith('obl')) && SUFFER.has(verb.lemma)) {
      if (targets.length === 0) targets.push(subjectOf(tree, carrier.verb));
    } else if (carrier.relation === 'nsubj' && !passive) {
      const hit = objectOf(tree, carrier.verb);
      if (
        targets.length === 0 &&
        hit !== undefined &&
        ['kill', 'wound', 'injure', 'hit', 'target', 'destroy', 'strike', 'damage', 'rock'].includes(verb.lemma)
      )
        targets.push(hit);
    }
  }
  const doer = actors.find((a) => a !== undefined);
  const affected = targets.find((a) => a !== undefined);
  return {
    actors: spread(tree, actors),
    targets: spread(tree, targets),
    passive,
    obliques: args.obliques,
    ...(doer !== undefined ? { doer } : {}),
    ...(affected !== undefined ? { affected } : {}),
    ...(carrier ? { carrier } : {}),
  };
}

export function readRoles(tree: Tree, names: NameIndex, candidate: Candidate): Roles {
  const token = tree.tokens[candidate.head]!;
  if (isVerbal(token)) return rolesOfVerb(tree, candidate);
  if (token.upos === 'ADJ' || (relationOf(token) === 'amod' && token.head >= 0)) {
    const undergone = candidate.wordClass === 'verb' && /(ed|en|wn)$/.test(token.text.toLowerCase());
    const noun = token.head;
    if (noun < 0) return { actors: [], targets: [], passive: false, obliques: [] };
    return undergone
      ? { actors: [], targets: spread(tree, [noun]), affected: noun, passive: true, obliques: [] }
      : { actors: spread(tree, [noun]), targets: [], doer: noun, passive: false, obliques: [] };
  }
  return rolesOfNoun(tree, names, candidate);
}

/** Is the candidate only the person who does or suffers it ("killers", "hostages", "protesters")? */
export function isPersonNoun(tree: Tree, candidate: Candidate): boolean {
  return (
    /(er|ers|or|ors|ee|ees|hostage|captive|prisoner|detainee)s?$/.test(candidate.key) &&
    !isVerbal(tree.tokens[candidate.head]!) &&
    childrenBy(tree, candidate.head, 'cop').length === 0
  );
}
