/**
 * What can be seen of a candidate, as named features for the judges: its word, its place in the tree, who and what stands
 * around it, tense and cues, its place in the article. In: Scene, candidate. Out: feature names; decides nothing.
 */
import { type EventType, GROUP_OF_TYPE, type Statement } from '../../vocabulary.ts';
import { childBy, childrenBy, isVerbal, prepositionOf, relationOf, subtreeOf, type Tree } from '../grammar/tree.ts';
import { classesAt, classesOfLemma, type NameIndex } from '../word-classes.ts';
import { type Candidate, dependsOnCandidate } from './find-candidates.ts';
import { type Reading, readCues } from './read-cues.ts';
import { type Roles, readRoles } from './read-roles.ts';

/** An article prepared for reading events: everything that is computed once. */
export interface Scene {
  readonly tree: Tree;
  readonly names: NameIndex;
  readonly candidates: readonly Candidate[];
  readonly heads: ReadonlyMap<number, Candidate>;
  /** per candidate, same index */
  readonly roles: readonly Roles[];
  readonly readings: readonly Reading[];
  readonly statements: readonly Statement[];
  /** index of the statement whose content holds the candidate, innermost */
  readonly statementAt: readonly (number | undefined)[];
  readonly titleWords: ReadonlySet<string>;
  readonly typeCounts: ReadonlyMap<EventType, number>;
  readonly keyCounts: ReadonlyMap<string, number>;
  /** strong candidates per hundred tokens */
  readonly density: number;
  readonly signalsAt: ReadonlyMap<number, readonly { head: string; label: string; score: number }[]>;
}

function bucket(value: number, ...edges: number[]): string {
  const at = edges.findIndex((e) => value <= e);
  return at < 0 ? `>${edges.at(-1)}` : `≤${edges[at]}`;
}

const SHOUT = /^[A-Z]{3,}$/;

export function describePlace(scene: Scene, c: Candidate): string[] {
  const { tree } = scene;
  const token = tree.tokens[c.head]!;
  const sentence = tree.sentences[token.sentence]!;
  const paragraphs = (tree.sentences.at(-1)?.paragraph ?? 0) + 1;
  const out = [
    `par:${bucket(sentence.paragraph, 0, 1, 2, 4, 8, 15)}`,
    `parrel:${bucket(sentence.paragraph / paragraphs, 0.1, 0.25, 0.5, 0.75)}`,
    `sent:${bucket(token.sentence, 0, 1, 3, 6, 12, 25)}`,
    `deep:${bucket(c.head - sentence.firstToken, 3, 10, 20, 35)}`,
  ];
  const words = [c.key, token.lemma.toLowerCase()];
  if (words.some((w) => scene.titleWords.has(w))) out.push('title:yes');
  if (scene.titleWords.size === 0) out.push('title:none');
  return out;
}

const COARSE: readonly (readonly [string, readonly string[]])[] = [
  ['armed', ['armed', 'is:armed-group', 'police']],
  ['crowd', ['protester']],
  ['prisoner', ['prisoner']],
  ['official', ['official']],
  ['person', ['civilian', 'is:person', 'is:nationality', 'is:people']],
  ['weapon', ['weapon', 'explosive', 'is:weapon']],
  ['vehicle', ['aircraft', 'vehicle', 'is:platform']],
  ['place', ['is:spot', 'place', 'is:place']],
  ['building', ['building', 'is:facility']],
  ['group', ['is:organisation']],
  ['money', ['money', 'business']],
  ['goods', ['aidgoods']],
  ['event', ['event', 'talks', 'is:event']],
  ['paper', ['agreement']],
  ['play', ['sport', 'culture', 'illness']],
  ['idea', ['abstract', 'rights', 'body']],
  ['pronoun', ['is:pronoun']],
  ['name', ['is:name']],
];

/** One word for what a token names, for features that combine it with the trigger. */
export function coarseKind(scene: Scene, token: number | undefined): string {
  if (token === undefined) return 'none';
  const kinds = classesAt(scene.tree.analysed, scene.names, token);
  return COARSE.find(([, list]) => list.some((k) => kinds.includes(k)))?.[0] ?? 'thing';
}

function describeNeighbour(scene: Scene, role: string, token: number | undefined): string[] {
  if (token === undefined) return [`${role}:none`];
  const { tree, names } = scene;
  const out = [`${role}:some`, ...classesAt(tree.analysed, names, token).map((k) => `${role}:${k}`)];
  const it = tree.tokens[token]!;
  if (childrenBy(tree, token, 'nummod').length > 0 || it.upos === 'NUM') out.push(`${role}:counted`);
  if (names.placeAt[token] || scene.heads.has(token)) out.push(`${role}:${scene.heads.has(token) ? 'trigger' : 'place'}`);
  for (const m of childrenBy(tree, token, 'amod', 'compound', 'nmod')) {
    const kinds = classesOfLemma(tree.tokens[m]!.lemma.toLowerCase());
    for (const k of kinds) out.push(`${role}-mod:${k}`);
  }
  return out;
}

const HARM = new Set(['kill', 'wound', 'injure', 'die', 'death', 'fatality', 'casualty', 'injury', 'victim', 'perish']);
const VIOLENT = new Set(['battle', 'remote-violence', 'against-people', 'unrest']);

/** Is a word of harm the only one in its sentence that tells violence, so that no other deed can own it? */
function standsAlone(scene: Scene, n: number): boolean {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const { sentence } = tree.tokens[c.head]!;
  return !scene.candidates.some(
    (other, k) =>
      k !== n &&
      tree.tokens[other.head]!.sentence === sentence &&
      !HARM.has(other.key) &&
      [...other.offers].some(([type, strength]) => strength === 'strong' && VIOLENT.has(GROUP_OF_TYPE[type])),
  );
}

/** Features of the candidate that do not depend on the type under judgement. */
export function describeCandidate(scene: Scene, n: number): string[] {
  const { tree, names } = scene;
  const c = scene.candidates[n]!;
  const roles = scene.roles[n]!;
  const reading = scene.readings[n]!;
  const token = tree.tokens[c.head]!;
  const relation = token.deprel;
  const out: string[] = [
    'bias',
    `key:${c.key}`,
    `class:${c.wordClass}`,
    `upos:${token.upos}`,
    `rel:${relation}`,
    `class-rel:${c.wordClass}-${relationOf(token)}`,
    `tense:${reading.tense}`,
    `class-tense:${c.wordClass}-${reading.tense}`,
    `strong:${[...c.offers.values()].includes('strong')}`,
    `strong-class:${[...c.offers.values()].includes('strong')}-${c.wordClass}`,
    `offers:${bucket(c.offers.size, 1, 2, 3, 5)}`,
    `density:${bucket(scene.density, 0.5, 1, 1.5, 2, 3, 4, 5)}`,
    `keycount:${bucket(scene.keyCounts.get(c.key) ?? 1, 1, 2, 4, 8)}`,
    ...describePlace(scene, c),
  ];
  if (c.isPhrase) out.push('phrase', `phrase-class:${c.wordClass}`);
  if (token.xpos === 'NNS' || token.xpos === 'NNPS') out.push('plural');
  if (token.upos === 'PROPN') out.push('proper');
  if (SHOUT.test(token.text)) out.push('shout');
  if (names.mentionAt[c.head] !== undefined) {
    const mention = tree.analysed.entityMentions[names.mentionAt[c.head]!]!;
    out.push(`in-name:${tree.analysed.entities[mention.entity]?.kind ?? 'other'}-${mention.form}`);
  }
  if (names.placeAt[c.head]) out.push('in-place');
  if (names.timeAt[c.head] !== undefined) out.push('in-time');
  if (token.head >= 0) {
    const governor = tree.tokens[token.head]!;
    out.push(`gov:${governor.lemma.toLowerCase()}`, `gov-rel:${governor.upos}-${relationOf(token)}`);
    for (const k of classesOfLemma(governor.lemma.toLowerCase())) out.push(`gov:is-${k}`);
    const above = scene.heads.get(token.head);
    if (above)
      out.push(`above:${[...above.offers.values()].includes('strong') ? 'strong' : 'weak'}-${relationOf(token)}`, `above-key:${above.key}`);
  } else out.push('gov:root');
  if (!isVerbal(token)) {
    out.push(`prep:${prepositionOf(tree, c.head) || 'none'}`);
    const det = childBy(tree, c.head, 'det');
    out.push(`det:${det === undefined ? 'none' : tree.tokens[det]!.lemma.toLowerCase()}`);
    if (childBy(tree, c.head, 'nmod:poss') !== undefined) out.push('poss');
    for (const m of childrenBy(tree, c.head, 'amod', 'compound', 'nummod')) {
      if (m >= c.first && m <= c.last) continue;
      const it = tree.tokens[m]!;
      out.push(`mod:${it.lemma.toLowerCase()}`, ...classesAt(tree.analysed, names, m).map((k) => `mod:${k}`));
    }
    if (relationOf(token) === 'amod' || relationOf(token) === 'compound') out.push(...describeNeighbour(scene, 'head', token.head));
  } else {
    const particle = childBy(tree, c.head, 'compound:prt');
    if (particle !== undefined && !c.isPhrase) out.push(`particle:${tree.tokens[particle]!.lemma}`);
    for (const adverb of childrenBy(tree, c.head, 'advmod')) out.push(`adv:${tree.tokens[adverb]!.lemma.toLowerCase()}`);
    if (childrenBy(tree, c.head, 'ccomp').length > 0) out.push('has-ccomp');
    if (childrenBy(tree, c.head, 'xcomp').length > 0) out.push('has-xcomp');
  }
  out.push(...describeNeighbour(scene, 'doer', roles.doer), ...describeNeighbour(scene, 'affected', roles.affected));
  const doer = coarseKind(scene, roles.doer);
  const affected = coarseKind(scene, roles.affected);
  const strength = [...c.offers.values()].includes('strong') ? 'strong' : 'weak';
  out.push(
    `kind-doer:${doer}`,
    `kind-affected:${affected}`,
    `kinds:${doer}-${affected}`,
    `kinds-class:${c.wordClass}-${strength}-${doer}-${affected}`,
  );
  out.push(
    `key-affected:${c.key}-${affected}`,
    `key-doer:${c.key}-${doer}`,
    `strength-doer:${strength}-${c.wordClass}-${doer}`,
    `strength-affected:${strength}-${c.wordClass}-${affected}`,
  );
  out.push(`key-rel:${c.key}-${relationOf(token)}`);
  if (HARM.has(c.key))
    out.push(
      `harm-alone:${standsAlone(scene, n)}`,
      `harm-alone-doer:${standsAlone(scene, n)}-${doer}`,
      `harm-alone-class:${standsAlone(scene, n)}-${c.wordClass}`,
    );
  if (roles.passive) out.push('passive');
  for (const o of roles.obliques) {
    out.push(`obl:${o.preposition}`);
    for (const k of classesAt(tree.analysed, names, o.token)) out.push(`obl:${o.preposition}-${k}`);
    if (names.timeAt[o.token] !== undefined) out.push('has-time');
    if (names.placeAt[o.token] && !names.placeAt[o.token]!.demonym) out.push('has-place');
  }
  for (const d of tree.children[c.head] ?? []) if (names.timeAt[d] !== undefined) out.push('has-time');
  const told = dependsOnCandidate(tree, c, scene.heads);
  if (told) out.push('told-by', `told-by:${told.key}`);
  for (const cue of reading.cues) {
    if (cue.blocked && cue.depth > 0) continue;
    if (cue.kind === 'saying' || cue.kind === 'fact' || cue.via === 'firm') continue;
    out.push(`cue:${cue.via}-${cue.kind}-${Math.min(cue.depth, 2)}`);
  }
  if (scene.statementAt[n] !== undefined) out.push('said');
  for (const s of scene.signalsAt.get(c.head) ?? []) out.push(`signal:${s.head}-${s.label}-${bucket(s.score, 0.02, 0.1, 0.3, 0.6, 0.9)}`);
  return [...new Set(out)];
}

/** Features of one type for the candidate; weights are shared by all types. */
export function describeOffer(scene: Scene, n: number, type: EventType): string[] {
  const c = scene.candidates[n]!;
  const strength = c.offers.get(type);
  const strongTypes = [...c.offers].filter(([, s]) => s === 'strong').map(([t]) => t);
  const share = scene.typeCounts.get(type) ?? 0;
  const out = [
    `offer:${strength ?? 'none'}`,
    `offer-only:${strongTypes.length === 1 && strongTypes[0] === type ? 'yes' : strongTypes.length}`,
    `offer-count:${strength ?? 'none'}-${bucket(c.offers.size, 1, 2, 4)}`,
    `offer-class:${strength ?? 'none'}-${c.wordClass}`,
    `topic:${bucket(share, 0, 1, 3, 8)}`,
    `topic-offer:${strength ?? 'none'}-${bucket(share, 0, 1, 3, 8)}`,
    `title-group:${[...scene.titleWords].some((w) => scene.heads.size > 0 && w === GROUP_OF_TYPE[type])}`,
  ];
  for (const s of scene.signalsAt.get(c.head) ?? [])
    if (s.label === type) out.push(`signal-type:${s.head}-${bucket(s.score, 0.02, 0.1, 0.3, 0.6, 0.9)}`);
  return out;
}

/** Features that speak for or against single types: the word, what it is done to, who does it. */
export function isTypeFeature(feature: string): boolean {
  return (
    /^(bias|key:|key-affected:|key-doer:|kind-doer:|kind-affected:|kinds:|affected:|doer:|mod:|obl:|gov:is-|head:|affected-mod:|doer-mod:|passive|told-by:|particle:|above-key:|tense:present$)/.test(
      feature,
    ) || feature.startsWith('signal:')
  );
}

/** All words of the subtree, for looking up means and contexts. */
export function wordsAround(tree: Tree, head: number): string[] {
  return subtreeOf(tree, head).map((t) => tree.tokens[t]!.lemma.toLowerCase());
}

export function buildReadings(tree: Tree, names: NameIndex, candidates: readonly Candidate[]): { roles: Roles[]; readings: Reading[] } {
  return { roles: candidates.map((c) => readRoles(tree, names, c)), readings: candidates.map((c) => readCues(tree, c.head)) };
}
