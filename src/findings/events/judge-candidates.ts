/**
 * Which candidates tell an event, and of which type: the lexicon's offers weighed by everything seen around the word.
 * In: Scene, model. Out: the candidates kept, each with its probability and the features that spoke for it.
 */
import needs from '../../../lexicon/en/type-needs.json' with { type: 'json' };
import type { EventType } from '../../vocabulary.ts';
import { type LinearModel, scoreOf, scoresOf, softmax } from '../linear-model.ts';
import { describeCandidate, describeOffer, isTypeFeature, type Scene } from './describe-candidate.ts';

export interface Judged {
  /** index into Scene.candidates */
  readonly n: number;
  readonly type: EventType;
  /** that it tells an event at all */
  readonly probability: number;
  /** that it is of this type, given that it is one */
  readonly typeProbability: number;
  readonly probabilities: ReadonlyMap<EventType, number>;
}

export interface Choice {
  readonly types: readonly EventType[];
  readonly shared: readonly string[];
  readonly own: readonly (readonly string[])[];
  readonly ofType: readonly string[];
}

const NEEDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(needs).flatMap(([type, words]) => (Array.isArray(words) ? [[type, words]] : [])),
);
const wordsOf = new WeakMap<Scene, ReadonlySet<string>>();

/** Whether the article names any means that the type needs; types that need none always may be. */
function isBorneOut(scene: Scene, type: EventType): boolean {
  const means = NEEDS.get(type);
  if (!means) return true;
  let words = wordsOf.get(scene);
  if (!words) {
    words = new Set(scene.tree.tokens.map((token) => token.lemma.toLowerCase()));
    wordsOf.set(scene, words);
  }
  return means.some((word) => words.has(word));
}

/** The options of a candidate and their features; `extra` are types that training has seen the word tell besides those offered. */
export function describeChoice(scene: Scene, n: number, extra: readonly EventType[] = []): Choice {
  const c = scene.candidates[n]!;
  const offered = [...new Set([...c.offers.keys(), ...extra])];
  const borneOut = offered.filter((type) => isBorneOut(scene, type));
  const types = borneOut.length > 0 ? borneOut : offered;
  const shared = describeCandidate(scene, n);
  return { types, shared, own: types.map((type) => describeOffer(scene, n, type)), ofType: shared.filter(isTypeFeature) };
}

export function judgeCandidates(scene: Scene, model: LinearModel, extraTypes: ReadonlyMap<string, readonly EventType[]>): Judged[] {
  return scene.candidates.map((c, n) => {
    const choice = describeChoice(scene, n, extraTypes.get(c.key));
    const base = scoreOf(model, 'any', choice.shared);
    const byType = scoresOf(model, choice.ofType);
    const scores = choice.types.map(
      (type, k) => base + scoreOf(model, 'any', choice.own[k]!) + (byType[model.classes.get(type) ?? -1] ?? 0),
    );
    const all = softmax([0, ...scores]);
    const probability = 1 - all[0]!;
    let best = 0;
    for (let k = 1; k < choice.types.length; k++) if (scores[k]! > scores[best]!) best = k;
    const probabilities = new Map(choice.types.map((type, k) => [type, all[k + 1]! / Math.max(1e-9, probability)]));
    return { n, type: choice.types[best]!, probability, typeProbability: all[best + 1]! / Math.max(1e-9, probability), probabilities };
  });
}
