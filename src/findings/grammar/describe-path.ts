/**
 * How two tokens of one sentence hang together: the relations on the way up from the first and down to the second,
 * as features. In: Tree, two tokens. Out: feature names.
 */
import { isVerbal, pathToRoot, prepositionOf, relationOf, type Tree } from './tree.ts';

const LONGEST = 5;

export function describePath(tree: Tree, from: number, to: number): string[] {
  const up = pathToRoot(tree, from);
  const down = pathToRoot(tree, to);
  const at = up.findIndex((t) => down.includes(t));
  const side = to < from ? 'before' : 'after';
  const gap = Math.abs(to - from);
  const far = gap <= 1 ? 1 : gap <= 3 ? 3 : gap <= 6 ? 6 : gap <= 12 ? 12 : 20;
  const word = isVerbal(tree.tokens[from]!) ? 'verb' : 'noun';
  const out = [`side:${side}`, `far:${far}`, `side-far:${side}-${far}-${word}`];
  if (at < 0) return [...out, 'path:none'];
  const meet = down.indexOf(up[at]!);
  const climb = up.slice(0, at).map((t) => relationOf(tree.tokens[t]!));
  const fall = down
    .slice(0, meet)
    .map((t) => tree.tokens[t]!.deprel)
    .reverse();
  const prepositions = down
    .slice(0, meet)
    .map((t) => prepositionOf(tree, t))
    .filter((p) => p !== '');
  const steps = climb.length + fall.length;
  out.push(
    `steps:${Math.min(steps, 7)}`,
    `up:${climb.length}`,
    `last:${fall.at(-1) ?? 'self'}`,
    `preposition:${prepositions[0] ?? 'none'}`,
  );
  if (steps <= LONGEST) {
    const path = `${climb.join('<')}|${fall.join('>')}`;
    out.push(`path:${path}`, `path-word:${word}-${path}`, `path-preposition:${word}-${path}-${prepositions.join('.')}`);
  }
  return out;
}
