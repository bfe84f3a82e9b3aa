/**
 * When the deed was: the time that grammar ties to the trigger or its clause, else the only one of the sentence.
 * In: Scene, candidate. Out: When, or nothing where the text does not say.
 */
import type { TimeExpression, When } from '../../vocabulary.ts';
import { isVerbal, pathToRoot, type Tree } from '../grammar/tree.ts';
import type { Scene } from './describe-candidate.ts';

export interface FoundWhen {
  readonly when: When;
  readonly distance: number;
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

export function readWhen(scene: Scene, n: number): FoundWhen | undefined {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const index = tree.tokens[c.head]!.sentence;
  const sentence = tree.sentences[index]!;
  const path = pathToRoot(tree, c.head);
  const clause = scene.readings[n]!.clause;
  const saying = scene.readings[n]!.cues.filter((q) => q.kind === 'saying').map((q) => q.token);
  const ranked = tree.analysed.times
    .filter((t) => t.start >= sentence.start && t.end <= sentence.end && t.kind !== 'set' && (t.from !== null || t.kind === 'date'))
    .flatMap((time) => {
      const head = headOfTime(tree, time, index);
      if (head === undefined) return [];
      const holder = tree.tokens[head]!.head;
      let score = 8 + Math.abs(time.start - c.trigger.start) / 60;
      if (holder === c.head) score = 0;
      else if (holder === clause) score = 1;
      else if (path.includes(holder)) score = 3 + path.indexOf(holder) + (isVerbal(tree.tokens[holder]!) ? 0 : 1);
      else {
        const up = pathToRoot(tree, head);
        if (up.includes(c.head)) score = 1.5;
        else if (up.includes(clause)) score = 3;
        const other = up.find((t) => t !== head && isVerbal(tree.tokens[t]!));
        if (other !== undefined && other !== c.head && other !== clause && !path.includes(other)) score += 5;
      }
      // "said on Tuesday" dates the saying, not the deed
      if (saying.includes(holder) && holder !== c.head && holder !== clause) score += 4;
      if (time.kind === 'duration') score += 2;
      return [{ time, score }];
    })
    .sort((a, b) => a.score - b.score);
  const best = ranked[0];
  return best && best.score < 9 ? { when: whenOf(best.time), distance: best.score } : undefined;
}
