/**
 * Learns all the weights of the findings room from labelled articles. In: GoldArticle list. Out: EventModelsFile.
 */

import { isSelfSaid, readMention } from '../../src/findings/events/find-events.ts';
import { describeChoice, type Judged, judgeCandidates } from '../../src/findings/events/judge-candidates.ts';
import { describeJoin, type MentionSketch, sketchMention } from '../../src/findings/events/merge-mentions.ts';
import { describeBackground, describeHedge } from '../../src/findings/events/read-flags.ts';
import { listParticipants, PARTS } from '../../src/findings/events/read-participants.ts';
import { describeOwnVoice, listSources } from '../../src/findings/events/read-source.ts';
import { decideStatus } from '../../src/findings/events/read-status.ts';
import { describeUndated, listTimes } from '../../src/findings/events/read-when.ts';
import { listPlaces } from '../../src/findings/events/read-where.ts';
import { type LinearModel, openModel, type WeightFile } from '../../src/findings/linear-model.ts';
import type { EventModelsFile } from '../../src/findings/open-models.ts';
import { type EventType, STATUSES, type When } from '../../src/vocabulary.ts';
import { readFactuality } from './factuality.ts';
import type { GoldArticle } from './gold.ts';
import { type Example, learnWeights, type Settings } from './log-linear.ts';

export const THRESHOLDS = { mention: 0.3, event: 0.42, merge: 0.3, background: 0.5, hedge: 0.4, real: 0.7, participant: 0.3, undated: -2 };

/** A status starts from what its rule and its firm words say; the examples move it from there. */
function trustRules(feature: string): number {
  const [, status, family, said] = /^([a-z-]+)\|(firm|rule):([a-z-]+)$/.exec(feature) ?? [];
  return status === undefined || status !== said ? 0 : family === 'firm' ? 2 : 0.7;
}

export const SETTINGS: Readonly<Record<string, Settings>> = {
  judge: { l2: 2, minGroups: 2 },
  status: { l2: 1.5, minGroups: 2, mean: trustRules },
  merge: { l2: 1, minGroups: 2 },
  background: { l2: 8, minGroups: 2 },
  hedge: { l2: 2, minGroups: 2 },
  participants: { l2: 2, minGroups: 2 },
  places: { l2: 2, minGroups: 2 },
  times: { l2: 2, minGroups: 2 },
  sources: { l2: 1, minGroups: 2 },
};

/** A deed wrongly told as done weighs more than the other way round. */
const UNREAL_WEIGHT = 1.5;

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
const binary = (features: readonly string[], yes: boolean, group: string): Example => ({
  options: [[], named('any', features)],
  right: yes ? 1 : 0,
  group,
});

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
  return (
    [...c.offers.values()].includes('strong') && a.scene.candidates.some((other, k) => a.label[k] !== undefined && other.key === c.key)
  );
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
      const options = [
        [],
        ...choice.types.map((type, k) => [...named('any', choice.shared), ...named('any', choice.own[k]!), ...named(type, choice.ofType)]),
      ];
      return [{ options, right, group: a.id }];
    }),
  );
}

/** Per article: what a judge that has not seen it makes of each candidate. */
export type JudgedBy = ReadonlyMap<string, readonly Judged[]>;

/** Judges every article by weights learned without its fold, so that later models learn from judgements as they will meet them. */
export function judgeUnseen(articles: readonly GoldArticle[], settings = SETTINGS): JudgedBy {
  const judged = new Map<string, readonly Judged[]>();
  for (const fold of new Set(articles.map((a) => a.fold))) {
    const seen = articles.filter((a) => a.fold !== fold);
    const extra = learnExtraTypes(seen);
    const model = openModel(toFile(learnWeights(judgeExamples(seen, extra), settings.judge!).weights));
    for (const a of articles) if (a.fold === fold) judged.set(a.id, judgeCandidates(a.scene, model, extra));
  }
  return judged;
}

/** The general model of factuality: learned on other texts, so that no fold of ours is in it. */
export function learnFactual(): WeightFile {
  return toFile(learnWeights(readFactuality(), { l2: 2, minGroups: 4, rounds: 80 }).weights);
}

export function statusExamples(articles: readonly GoldArticle[], judged: JudgedBy, factual: LinearModel): Example[] {
  return articles.flatMap((a) =>
    a.label.flatMap((e, n) => {
      if (e === undefined) return [];
      const { features } = readMention(a.scene, judged.get(a.id)![n]!, factual);
      const { status } = a.gold.events[e]!;
      const weight = (status === 'happened' || status === 'ongoing' ? 1 : UNREAL_WEIGHT) / Math.sqrt(a.mentionsOf[e]!.length);
      return [{ options: STATUSES.map((s) => named(s, features)), right: STATUSES.indexOf(status), group: a.id, weight }];
    }),
  );
}

export function mergeExamples(articles: readonly GoldArticle[], judged: JudgedBy): Example[] {
  return articles.flatMap((a) => {
    const examples: Example[] = [];
    const groups: MentionSketch[][] = [];
    const eventOf: number[] = [];
    a.label.forEach((e, n) => {
      if (e === undefined) return;
      const verdict = decideStatus(a.scene, n);
      const sketch = sketchMention(a.scene, n, judged.get(a.id)![n]!.type, verdict.status);
      const join = describeJoin(a.scene, groups, sketch);
      const own = eventOf.indexOf(e);
      const right = own < 0 ? 0 : join.groups.indexOf(own) + 1;
      if (join.groups.length > 0 && (own < 0 || right > 0))
        examples.push({ options: [named('opening', join.opening), ...join.features.map((f) => named('any', f))], right, group: a.id });
      if (own < 0) {
        groups.push([sketch]);
        eventOf.push(e);
      } else groups[own]!.push(sketch);
    });
    return examples;
  });
}

export function backgroundExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) =>
      ns.length === 0
        ? []
        : [binary(describeBackground(a.scene, ns, a.gold.events[e]!.type, a.gold.events[e]!.status), a.gold.events[e]!.background, a.id)],
    ),
  );
}

export function hedgeExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) =>
      ns.length === 0
        ? []
        : [binary(describeHedge(a.scene, ns, a.gold.events[e]!.type, a.gold.events[e]!.status).features, a.gold.events[e]!.hedged, a.id)],
    ),
  );
}

export function participantExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) => {
      if (ns.length === 0) return [];
      const event = a.gold.events[e]!;
      return listParticipants(a.scene, ns, event.type).map(({ participant, features }) => {
        const actor = event.actors.some((name) => a.nameMatch(name, participant.name));
        const target = event.targets.some((name) => a.nameMatch(name, participant.name));
        return { options: PARTS.map((part) => named(part, features)), right: actor ? 1 : target ? 2 : 0, group: a.id };
      });
    }),
  );
}

/** Kilometres between two points of the globe, near enough. */
function distance(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const x = (a.lon - b.lon) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return 111.2 * Math.hypot(a.lat - b.lat, x);
}

export function placeExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) => {
      const { where, type } = a.gold.events[e]!;
      if (ns.length === 0 || !where || (where.lat === null && where.country === null)) return [];
      const options = listPlaces(a.scene, ns, type);
      const fits = options.map((o): number => {
        if (where.lat === null || where.lon === null) return o.where.country === where.country ? 1 : 0;
        if (o.where.lat === null || o.where.lon === null) return 0;
        const km = distance({ lat: where.lat, lon: where.lon }, { lat: o.where.lat, lon: o.where.lon });
        return km <= 25 ? 2 : 0;
      });
      const right = fits.indexOf(Math.max(...fits));
      if (right < 0 || fits[right] === 0 || options.length < 2) return [];
      return [{ options: options.map((o) => named('any', o.features)), right, group: a.id }];
    }),
  );
}

export function timeExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) => {
      const { when } = a.gold.events[e]!;
      if (ns.length === 0) return [];
      const options = listTimes(a.scene, ns);
      if (options.length === 0) return [];
      const words = when?.words.toLowerCase();
      const fits = (o: { when: When }): boolean =>
        when !== null &&
        words !== undefined &&
        (when.from
          ? o.when.from === when.from && o.when.to === when.to
          : words.includes(o.when.words.toLowerCase()) || o.when.words.toLowerCase().includes(words));
      let right = options.findIndex(fits) + 1;
      if (when !== null && right === 0) {
        const said = options.findIndex((o) => words!.includes(o.when.words.toLowerCase()) || o.when.words.toLowerCase().includes(words!));
        if (said < 0) return [];
        right = said + 1;
      }
      return [
        {
          options: [named('none', describeUndated(ns, options.length)), ...options.map((o) => named('any', o.features))],
          right,
          group: a.id,
        },
      ];
    }),
  );
}

export function sourceExamples(articles: readonly GoldArticle[]): Example[] {
  return articles.flatMap((a) =>
    a.mentionsOf.flatMap((ns, e) => {
      const { source, type, status } = a.gold.events[e]!;
      if (ns.length === 0) return [];
      const options = listSources(a.scene, ns, type, status, isSelfSaid(a.scene, ns[0]!));
      if (options.length === 0) return [];
      const right = source === null ? 0 : options.findIndex((o) => a.nameMatch(source, o.statement.speaker!)) + 1;
      if (source !== null && right === 0) return [];
      return [
        {
          options: [named('own', describeOwnVoice(a.scene, ns, status)), ...options.map((o) => named('any', o.features))],
          right,
          group: a.id,
        },
      ];
    }),
  );
}

export function learnModels(
  articles: readonly GoldArticle[],
  judged: JudgedBy,
  factual: WeightFile,
  settings = SETTINGS,
  thresholds = THRESHOLDS,
): EventModelsFile {
  const extra = learnExtraTypes(articles);
  const learn = (name: string, examples: readonly Example[]): WeightFile => toFile(learnWeights(examples, settings[name]!).weights);
  return {
    judge: learn('judge', judgeExamples(articles, extra)),
    extraTypes: Object.fromEntries(extra),
    factual,
    status: learn('status', statusExamples(articles, judged, openModel(factual))),
    merge: learn('merge', mergeExamples(articles, judged)),
    background: learn('background', backgroundExamples(articles)),
    hedge: learn('hedge', hedgeExamples(articles)),
    participants: learn('participants', participantExamples(articles)),
    places: learn('places', placeExamples(articles)),
    times: learn('times', timeExamples(articles)),
    sources: learn('sources', sourceExamples(articles)),
    thresholds,
  };
}
