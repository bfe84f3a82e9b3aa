/**
 * Learns all the weights of the findings room from labelled articles. In: GoldArticle list. Out: EventModelsFile.
 */
import { describeChoice } from '../../src/findings/events/judge-candidates.ts';
import { isSelfSaid } from '../../src/findings/events/find-events.ts';
import { describePair, type MentionSketch, sketchMention } from '../../src/findings/events/merge-mentions.ts';
import { describeBackground, describeHedge } from '../../src/findings/events/read-flags.ts';
import { decideStatus, describeStatus } from '../../src/findings/events/read-status.ts';
import type { EventModelsFile } from '../../src/findings/open-models.ts';
import type { WeightFile } from '../../src/findings/linear-model.ts';
import { type EventType, GROUP_OF_TYPE, STATUSES } from '../../src/vocabulary.ts';
import type { GoldArticle } from './gold.ts';
import { type Example, learnWeights, type Settings } from './log-linear.ts';

export const THRESHOLDS = { mention: 0.3, event: 0.4, merge: 0.5, background: 0.5, hedge: 0.4, real: 0.5 };

export const SETTINGS: Readonly<Record<string, Settings>> = {
  judge: { l2: 2, minGroups: 2 },
  status: { l2: 1.5, minGroups: 2 },
  merge: { l2: 1, minGroups: 2 },
  background: { l2: 3, minGroups: 2 },
  hedge: { l2: 2, minGroups: 2 },
};

/** "any|feature" → weights by class. */
function toFile(weights: ReadonlyMap<string, number>): WeightFile {
  const file: Record<string, Record<string, number>> = {};
  for (const [key, weight] of weights) {
    const bar = key.indexOf('|');
    const name = key.slice(0, bar);
    file[name] ??= {};
    file[name][key.slice(bar + 1)] = Math.round(weight * 1000) / 1000;
  }
  return file;
}

const named = (name: string, features: readonly string[]): string[] => features.map((f) => `${name}|${f}`);
const binary = (features: readonly string[], yes: boolean, group: string): Example => ({ options: [[], named('any', features)], right: yes ? 1 : 0, group });

export function learnExtraTypes(articles: readonly GoldArticle[]): Map<string, EventType[]> {
  const counts = new Map<string, Map<EventType, number>>();
  for (const a of articles)
    a.label.forEach((e, n) => {
      if (e === undefined) return;
      const c = a.scene.candidates[n]!;
      const { type } = a.gold.events[e]!;
      if (c.offers.has(type)) return;
      const row = counts.get(c.key) ?? new Map<EventType, number>();
      row.set(type, (row.get(type) ?? 0) + 1);
      counts.set(c.key, row);
    });
  const extra = new Map<string, EventType[]>();
  for (const [key, row] of counts) {
    const types = [...row].filter(([, k]) => k >= 2).map(([t]) => t);
    if (types.length > 0) extra.set(key, types);
  }
  return extra;
}

function isUnsure(a: GoldArticle, n: number): boolean {
  const c = a.scene.candidates[n]!;
  return [...c.offers.values()].includes('strong') && a.scene.candidates.some((other, k) => a.label[k] !== undefined && other.key === c.key);
}

export function judgeExamples(articles: readonly GoldArticle[], extra: ReadonlyMap<string, readonly EventType[]>): Example[] {
  return articles.flatMap((a) =>
    a.scene.candidates.flatMap((c, n) => {
      const choice = describeChoice(a.scene, n, extra.get(c.key));
      const e = a.label[n];
      // Gold lists not every mention of its events: a like word left out is no proof against it.
      if (e === undefined && isUnsure(a, n)) return [];
      const right = e === undefined ? 0 : choice.types.indexOf(a.gold.events[e]!.type) + 1;
      if (e !== undefined && right === 0) return [];
      const options = [[], ...choice.types.map((type, k) => [...named('any', choice.shared), ...named('any', choice.own[k]!), ...named(type, choice.ofType)])];
      return [{ options, right, group: a.id }];
    }),
  );
}

export function statusExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.label.flatMap((e, n) => {
      if (e === undefined) return [];
      const event = a.gold.events[e]!;
      const at = a.scene.statementAt[n];
      const features = describeStatus(a.scene, n, decideStatus(a.scene, n), event.type, at === undefined ? undefined : a.scene.statements[at]!.act, isSelfSaid(a.scene, n));
      return [{ options: STATUSES.map((s) => named(s, features)), right: STATUSES.indexOf(event.status), group: a.id, weight: 1 / Math.sqrt(a.mentionsOf[e]!.length) }];
    }),
  );
}

export function mergeExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) => {
    const sketches: { sketch: MentionSketch; event: number }[] = [];
    a.label.forEach((e, n) => {
      if (e !== undefined) sketches.push({ sketch: sketchMention(a.scene, n, a.gold.events[e]!.type, a.gold.events[e]!.status), event: e });
    });
    const examples: Example[] = [];
    sketches.forEach((later, j) => {
      for (const earlier of sketches.slice(Math.max(0, j - 40), j)) {
        const near = GROUP_OF_TYPE[earlier.sketch.type] === GROUP_OF_TYPE[later.sketch.type];
        examples.push({ ...binary(describePair(a.scene, earlier.sketch, later.sketch), earlier.event === later.event, a.id), weight: near ? 1 : 0.3 });
      }
    });
    return examples;
  });
}

export function backgroundExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) => (ns.length === 0 ? [] : [binary(describeBackground(a.scene, ns, a.gold.events[e]!.type, a.gold.events[e]!.status), a.gold.events[e]!.background, a.id)])),
  );
}

export function hedgeExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) => (ns.length === 0 ? [] : [binary(describeHedge(a.scene, ns, a.gold.events[e]!.type, a.gold.events[e]!.status).features, a.gold.events[e]!.hedged, a.id)])),
  );
}

export function learnModels(articles: readonly GoldArticle[], settings = SETTINGS, thresholds = THRESHOLDS): EventModelsFile {
  const extra = learnExtraTypes(articles);
  const learn = (name: string, examples: readonly Example[]): WeightFile => toFile(learnWeights(examples, settings[name]!).weights);
  return {
    judge: learn('judge', judgeExamples(articles, extra)),
    extraTypes: Object.fromEntries(extra),
    status: learn('status', statusExamples(articles)),
    merge: learn('merge', mergeExamples(articles)),
    background: learn('background', backgroundExamples(articles)),
    hedge: learn('hedge', hedgeExamples(articles)),
    thresholds,
  };
}
