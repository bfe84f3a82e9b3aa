/**
 * When the deed was: every time that its mentions and the sentences beside them offer, and the choice of none, weighed by grammar.
 * In: Scene, mentions, model. Out: When, or nothing where the text does not say.
 */
import type { TimeExpression, When } from '../../vocabulary.ts';
import { describePath } from '../grammar/describe-path.ts';
import { isVerbal, pathToRoot, type Tree } from '../grammar/tree.ts';
import { type LinearModel, scoreOf } from '../linear-model.ts';
import type { Scene } from './describe-candidate.ts';

export interface PossibleTime {
  readonly when: When;
  readonly features: readonly string[];
}

export function whenOf(time: TimeExpression): When {
  return { words: time.text, from: time.from, to: time.to, precision: time.precision, start: time.start, end: time.end };
}

function headOfTime(tree: Tree, time: TimeExpression, sentence: number): number | undefined {
  const { firstToken, endToken } = tree.sentences[sentence]!;
  const inside: number[] = [];
  for (let t = firstToken; t < endToken; t++) if (tree.tokens[t]!.start < time.end && tree.tokens[t]!.end > time.start) inside.push(t);
  return inside.find((t) => !inside.includes(tree.tokens[t]!.head)) ?? inside[0];
}

const mayDate = (time: TimeExpression): boolean => time.kind !== 'set' && (time.from !== null || time.kind === 'date');

function describeTime(scene: Scene, n: number, time: TimeExpression, index: number): string[] {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const own = tree.tokens[c.head]!.sentence;
  const shared = [`kind:${time.kind}`, `precision:${time.precision}`, `dated:${time.from !== null}`];
  if (index !== own) return [...shared, `away:${index - own}`, `away-kind:${index - own}-${time.kind}`];
  const head = headOfTime(tree, time, index);
  if (head === undefined) return [...shared, 'lost'];
  const { clause, cues } = scene.readings[n]!;
  const holder = tree.tokens[head]!.head;
  const path = pathToRoot(tree, c.head);
  const up = pathToRoot(tree, head);
  const out = [...shared, 'own', ...describePath(tree, c.head, head)];
  const place =
    holder === c.head
      ? 'trigger'
      : holder === clause
        ? 'clause'
        : up.includes(c.head)
          ? 'under'
          : path.includes(holder)
            ? 'above'
            : up.includes(clause)
              ? 'in-clause'
              : 'aside';
  out.push(`holder:${place}`, `holder-kind:${place}-${time.kind}`);
  const saying = cues.some((q) => q.kind === 'saying' && q.token === holder && holder !== c.head && holder !== clause);
  if (saying) out.push('dates-saying');
  const between = up.slice(1).find((t) => isVerbal(tree.tokens[t]!) || scene.heads.has(t));
  if (between !== undefined && between !== c.head && between !== clause)
    out.push(`other:${scene.heads.has(between) ? 'trigger' : 'verb'}-${place}`);
  const rivals = tree.analysed.times.filter(
    (t) => t !== time && mayDate(t) && t.start >= tree.sentences[index]!.start && t.end <= tree.sentences[index]!.end,
  );
  out.push(`rivals:${Math.min(rivals.length, 3)}`);
  if (rivals.every((r) => Math.abs(r.start - c.trigger.start) > Math.abs(time.start - c.trigger.start))) out.push('nearest');
  return out;
}

/** The times that may date the deed, each once with all that speaks for it. */
export function listTimes(scene: Scene, ns: readonly number[]): PossibleTime[] {
  const { tree } = scene;
  const found = new Map<TimeExpression, Set<string>>();
  ns.forEach((n, order) => {
    const own = tree.tokens[scene.candidates[n]!.head]!.sentence;
    for (let index = Math.max(0, own - 1); index <= own; index++) {
      const { start, end } = tree.sentences[index]!;
      for (const time of tree.analysed.times) {
        if (time.start < start || time.end > end || !mayDate(time)) continue;
        const features = describeTime(scene, n, time, index);
        const before = found.get(time);
        if (before && !features.includes('own')) continue;
        found.set(time, new Set([...features, `order:${Math.min(order, 2)}`]));
      }
    }
  });
  const published = tree.analysed.article.published?.slice(0, 10);
  return [...found].map(([time, features]) => {
    const days = published && time.from ? (Date.parse(published) - Date.parse(time.from)) / 86_400_000 : undefined;
    const age = days === undefined ? 'unknown' : days < 0 ? 'future' : days < 8 ? 'week' : days < 400 ? 'year' : 'old';
    return { when: whenOf(time), features: [...features, `age:${age}`, `several:${found.size > 1}`] };
  });
}

/** Features of leaving it open. */
export function describeUndated(ns: readonly number[], count: number): string[] {
  return ['bias', `times:${Math.min(count, 3)}`, `mentions:${Math.min(ns.length, 4)}`];
}

/** @param caution added to the score of leaving it open */
export function readWhen(scene: Scene, ns: readonly number[], model: LinearModel, caution: number): When | null {
  const times = listTimes(scene, ns);
  let best: When | null = null;
  let top = scoreOf(model, 'none', describeUndated(ns, times.length)) + caution;
  for (const { when, features } of times) {
    const score = scoreOf(model, 'any', features);
    if (score > top) {
      top = score;
      best = when;
    }
  }
  return best;
}

/** The time written nearest to one mention in its own sentence, for telling mentions apart. */
export function timeBeside(scene: Scene, n: number): TimeExpression | undefined {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const { start, end } = tree.sentences[tree.tokens[c.head]!.sentence]!;
  let best: TimeExpression | undefined;
  for (const time of tree.analysed.times) {
    if (time.start < start || time.end > end || time.from === null) continue;
    if (!best || Math.abs(time.start - c.trigger.start) < Math.abs(best.start - c.trigger.start)) best = time;
  }
  return best;
}
