/**
 * Actors and targets of an event: everybody and everything named around its mentions, weighed by grammar, kind and place.
 * In: Scene, mentions, type, model. Out: participants under their fullest names.
 */
import type { EventType, Participant } from '../../vocabulary.ts';
import { GROUP_OF_TYPE } from '../../vocabulary.ts';
import { describePath } from '../grammar/describe-path.ts';
import { childrenBy, firstConjunct, relationOf } from '../grammar/tree.ts';
import { classify, type LinearModel } from '../linear-model.ts';
import { coarseKind, type Scene } from './describe-candidate.ts';
import { nameParticipant } from './name-participant.ts';

export const PARTS = ['none', 'actor', 'target'] as const;

export interface PossibleParticipant {
  readonly participant: Participant;
  readonly features: readonly string[];
}

const NOMINAL = new Set(['NOUN', 'PROPN', 'PRON', 'NUM', 'ADJ']);

const PEOPLE = new Set(['crowd', 'prisoner', 'person', 'armed', 'official']);

/** "refugees", "protesters", "hostages": the word that tells the deed names who takes part. */
function isPersonNoun(scene: Scene, token: number): boolean {
  return scene.tree.tokens[token]!.upos === 'NOUN' && PEOPLE.has(coarseKind(scene, token));
}

function mayTakePart(scene: Scene, token: number): boolean {
  const { tree, names } = scene;
  const it = tree.tokens[token]!;
  if (!NOMINAL.has(it.upos) || names.timeAt[token] !== undefined) return false;
  const relation = relationOf(it);
  if (relation === 'flat' || relation === 'det' || relation === 'goeswith') return false;
  if (it.upos === 'ADJ' && !names.placeAt[token]?.demonym && names.mentionAt[token] === undefined)
    return ['nsubj', 'obj', 'obl', 'nmod'].includes(relation);
  if (relation === 'compound' || relation === 'nummod' || relation === 'amod')
    return names.mentionAt[token] !== undefined || names.placeAt[token] !== undefined || coarseKind(scene, token) !== 'thing';
  return true;
}

function describeToken(scene: Scene, n: number, token: number, type: EventType): string[] {
  const { tree, names } = scene;
  const c = scene.candidates[n]!;
  const roles = scene.roles[n]!;
  const kind = coarseKind(scene, token);
  const path = describePath(tree, c.head, token);
  if (token === c.head) return ['self', `self-type:${type}`, `self-kind:${kind}-${type}`, 'role:self', 'steps:0'];
  const out = [...path, `kind:${kind}`, `type-kind:${type}-${kind}`];
  const part = roles.actors.includes(token) ? 'actor' : roles.targets.includes(token) ? 'target' : 'neither';
  out.push(`role:${part}`, `role-kind:${part}-${kind}`, `role-type:${part}-${type}`, `role-word:${part}-${c.wordClass}`);
  out.push(`group-path:${GROUP_OF_TYPE[type]}-${path.find((f) => f.startsWith('path:')) ?? 'far'}`);
  const row = firstConjunct(tree, token);
  if (row !== token) out.push(`row:${roles.actors.includes(row) ? 'actor' : roles.targets.includes(row) ? 'target' : 'neither'}`);
  if (roles.passive) out.push(`passive:${part}`);
  const prepositions = path.find((f) => f.startsWith('preposition:'))!;
  out.push(`kind-${prepositions}-${kind}`, `key-role:${c.key}-${part}`);
  if (scene.heads.has(token)) out.push('is-trigger');
  if (names.placeAt[token] && !names.placeAt[token]!.demonym) out.push(`is-place-${part}`);
  const at = scene.statementAt[n];
  const speaker = at === undefined ? undefined : scene.statements[at]!.speakerSpan;
  if (speaker && tree.tokens[token]!.start >= speaker.start && tree.tokens[token]!.end <= speaker.end) out.push('speaks', `speaks-${part}`);
  if (childrenBy(tree, token, 'nummod').length > 0) out.push(`counted-${part}`);
  if (tree.tokens[token]!.upos === 'PRON') out.push(`pronoun-${part}`);
  return out;
}

/** Everybody who may take part, each once, with all that speaks for and against. */
export function listParticipants(scene: Scene, ns: readonly number[], type: EventType): PossibleParticipant[] {
  const { tree, names } = scene;
  const found = new Map<string, { participant: Participant; features: Set<string>; strength: number; seen: number }>();
  const add = (participant: Participant, features: readonly string[], strength: number): void => {
    const key = participant.entity !== undefined ? `#${participant.entity}` : participant.name.toLowerCase();
    const before = found.get(key);
    if (!before) found.set(key, { participant, features: new Set(features), strength, seen: 1 });
    else {
      // of several tellings the one nearest in grammar speaks; the others only add that they are there
      if (strength > before.strength) {
        before.participant = participant;
        before.strength = strength;
        before.features = new Set([...features, ...[...before.features].filter((f) => f.startsWith('role:') || f.startsWith('again-'))]);
      }
      for (const f of features) if (f.startsWith('role:')) before.features.add(`again-${f}`);
      before.seen++;
    }
  };
  ns.forEach((n, order) => {
    const c = scene.candidates[n]!;
    const sentence = tree.sentences[tree.tokens[c.head]!.sentence]!;
    for (let t = sentence.firstToken; t < sentence.endToken; t++) {
      if (t === c.head ? !isPersonNoun(scene, t) : t >= c.first && t <= c.last) continue;
      if (t !== c.head && !mayTakePart(scene, t)) continue;
      const participant = nameParticipant(tree, names, t, 'target');
      if (!participant) continue;
      const features = describeToken(scene, n, t, type);
      const role = scene.roles[n]!.actors.includes(t) || scene.roles[n]!.targets.includes(t);
      const steps = Number(/^steps:(\d)/.exec(features.find((f) => f.startsWith('steps:')) ?? 'steps:9')?.[1] ?? 9);
      add(participant, order === 0 ? features : [...features, 'later'], (role ? 20 : 0) - steps - order * 0.5);
    }
  });
  const mentionCount = (p: Participant): number => (p.entity === undefined ? 0 : tree.analysed.entities[p.entity]!.mentions.length);
  return [...found.values()].map(({ participant, features, seen }) => {
    const count = mentionCount(participant);
    const named = participant.entity !== undefined ? tree.analysed.entities[participant.entity]!.kind : 'no';
    return {
      participant,
      features: [
        'bias',
        ...features,
        `seen:${Math.min(seen, 4)}-${Math.min(ns.length, 4)}`,
        `named:${named}`,
        `often:${count === 0 ? 0 : count <= 1 ? 1 : count <= 4 ? 4 : 9}`,
        `others:${Math.min(found.size, 12)}`,
      ],
    };
  });
}

export function readParticipants(
  scene: Scene,
  ns: readonly number[],
  type: EventType,
  model: LinearModel,
  threshold: number,
): { actors: Participant[]; targets: Participant[] } {
  const actors: { participant: Participant; p: number }[] = [];
  const targets: { participant: Participant; p: number }[] = [];
  for (const { participant, features } of listParticipants(scene, ns, type)) {
    const [, actor, target] = classify(model, PARTS, features) as [number, number, number];
    if (actor >= threshold && actor >= target) actors.push({ participant, p: actor });
    else if (target >= threshold) targets.push({ participant, p: target });
  }
  const inOrder = (list: { participant: Participant; p: number }[]): Participant[] =>
    list.sort((a, b) => b.p - a.p).map((x) => x.participant);
  return { actors: inOrder(actors), targets: inOrder(targets) };
}
