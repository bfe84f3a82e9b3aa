/**
 * What it was done with: weapons named under the trigger, before it, as its subject, or by "with", "using". In: Scene, candidate.
 */
import type { EventType, Weapon } from '../../vocabulary.ts';
import { childrenBy, nounPhrase, spanOf, type Tree } from '../grammar/tree.ts';
import { classesAt } from '../word-classes.ts';
import type { Scene } from './describe-candidate.ts';

const ARMED = new Set<EventType>([
  'armed-clash',
  'territory-taken',
  'air-strike',
  'shelling',
  'explosion',
  'suicide-bombing',
  'chemical-attack',
  'attack',
  'riot',
  'crackdown',
  'weapons-found',
  'destruction',
]);

function isWeapon(scene: Scene, token: number, type: EventType): boolean {
  const kinds = classesAt(scene.tree.analysed, scene.names, token);
  return kinds.some(
    (k) => k === 'weapon' || k === 'explosive' || k === 'is:weapon' || ((k === 'aircraft' || k === 'is:platform') && type === 'air-strike'),
  );
}

function phraseOf(tree: Tree, token: number): Weapon {
  const { first } = nounPhrase(tree, token);
  let from = Math.max(first, token - 4);
  while (from < token && ['DET', 'NUM', 'PUNCT', 'ADP', 'PRON'].includes(tree.tokens[from]!.upos)) from++;
  const span = spanOf(tree, from, token);
  return { words: span.text, start: span.start, end: span.end };
}

export function readWeapons(scene: Scene, n: number, type: EventType): Weapon[] {
  if (!ARMED.has(type)) return [];
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const roles = scene.roles[n]!;
  const near = new Set<number>();
  for (const o of roles.obliques) if (['with', 'by', 'from', 'using', 'of', 'in'].includes(o.preposition)) near.add(o.token);
  if (roles.doer !== undefined) near.add(roles.doer);
  if (
    roles.affected !== undefined &&
    [
      'fire',
      'launch',
      'throw',
      'hurl',
      'drop',
      'use',
      'detonate',
      'plant',
      'lob',
      'seize',
      'find',
      'open',
      'fire rocket',
      'fire missile',
    ].includes(c.key)
  )
    near.add(roles.affected);
  for (const m of childrenBy(tree, c.head, 'compound', 'amod', 'nsubj', 'nsubj:pass')) near.add(m);
  for (const verb of childrenBy(tree, c.head, 'advcl', 'acl'))
    if (tree.tokens[verb]!.lemma === 'use') for (const o of childrenBy(tree, verb, 'obj')) near.add(o);
  if (c.isPhrase) for (let t = c.first; t <= c.last; t++) near.add(t);
  return [...near].filter((t) => isWeapon(scene, t, type)).map((t) => phraseOf(tree, t));
}
