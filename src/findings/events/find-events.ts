/**
 * The events of an article: candidates judged, read for status, merged into deeds, and given their fields with evidence.
 * In: tree, names, statements, models. Out: NewsEvents in text order. Pure.
 */
import {
  type Because,
  type EventMention,
  type EventType,
  type NewsEvent,
  STATUSES,
  type Statement,
  type Status,
} from '../../vocabulary.ts';
import { spanOf, type Tree } from '../grammar/tree.ts';
import { classify, type LinearModel, reasonsFor, scoreOf, sigmoid, softmax } from '../linear-model.ts';
import type { NameIndex } from '../word-classes.ts';
import { coarseKind, type Scene } from './describe-candidate.ts';
import { type Judged, judgeCandidates } from './judge-candidates.ts';
import { type MentionSketch, mergeMentions, sketchMention } from './merge-mentions.ts';
import { nameParticipant } from './name-participant.ts';
import { readCounts } from './read-counts.ts';
import { describeBackground, describeHedge } from './read-flags.ts';
import { readParticipants } from './read-participants.ts';
import { readSource } from './read-source.ts';
import { decideStatus, describeStatus, type Verdict } from './read-status.ts';
import { readWeapons } from './read-weapons.ts';
import { readWhen } from './read-when.ts';
import { readWhere } from './read-where.ts';
import { setScene } from './set-scene.ts';

export interface EventModels {
  readonly judge: LinearModel;
  /** types that a word was seen to tell besides those that the lexicon offers */
  readonly extraTypes: ReadonlyMap<string, readonly EventType[]>;
  /** what is told as so, learned on any kind of text */
  readonly factual: LinearModel;
  readonly status: LinearModel;
  readonly merge: LinearModel;
  readonly background: LinearModel;
  readonly hedge: LinearModel;
  readonly participants: LinearModel;
  readonly places: LinearModel;
  readonly times: LinearModel;
  readonly sources: LinearModel;
  readonly thresholds: Thresholds;
}

export interface Thresholds {
  /** a mention is looked at from this probability on */
  readonly mention: number;
  /** an event is told from this one on, by its likeliest mention */
  readonly event: number;
  /** added to the score of opening a new event */
  readonly merge: number;
  readonly background: number;
  readonly hedge: number;
  readonly participant: number;
  /** added to the score of giving no time */
  readonly undated: number;
  /** "happened" and "ongoing" are only said when they are this likely together */
  readonly real: number;
}

const REAL = new Set<Status>(['happened', 'ongoing']);

interface ReadMention {
  readonly judged: Judged;
  readonly verdict: Verdict;
  /** what speaks for its status */
  readonly features: readonly string[];
}

/** Is the speaker of the statement around the mention the one who does the deed? */
export function isSelfSaid(scene: Scene, n: number): boolean {
  const at = scene.statementAt[n];
  const speaker = at === undefined ? null : scene.statements[at]!.speaker;
  const doer = scene.roles[n]!.doer;
  if (!speaker || doer === undefined) return false;
  const named = nameParticipant(scene.tree, scene.names, doer, 'actor');
  const word = scene.tree.tokens[doer]!.text.toLowerCase();
  return word === 'we' || word === 'i' || (named !== undefined && (named.name.includes(speaker) || speaker.includes(named.name)));
}

export function readMention(scene: Scene, judged: Judged, factual: LinearModel): ReadMention {
  const verdict = decideStatus(scene, judged.n);
  const at = scene.statementAt[judged.n];
  const act = at === undefined ? undefined : scene.statements[at]!.act;
  return { judged, verdict, features: describeStatus(scene, judged.n, verdict, judged.type, act, isSelfSaid(scene, judged.n), factual) };
}

/** How much more a rule counts that names the words which make a deed unreal: a wrong "happened" is worse than a miss. */
const RULE_VOICE = 2;

/** The first telling counts in full, each later one half. */
function settleStatus(mentions: readonly ReadMention[], models: EventModels): { status: Status; sure: number } {
  const sums = STATUSES.map(() => 0);
  mentions.forEach(({ features }, i) => {
    classify(models.status, STATUSES, features).forEach((p, k) => {
      sums[k] = sums[k]! + Math.log(Math.max(1e-6, p)) * (i === 0 ? 1 : 0.5);
    });
  });
  const rule = mentions[0]!.verdict;
  if (rule.token !== undefined && !REAL.has(rule.status)) sums[STATUSES.indexOf(rule.status)]! += RULE_VOICE;
  const shares = softmax(sums.map((s) => s / (0.5 + 0.5 * mentions.length)));
  const realShare = STATUSES.reduce((sum, s, k) => sum + (REAL.has(s) ? shares[k]! : 0), 0);
  let best = -1;
  STATUSES.forEach((s, k) => {
    if (REAL.has(s) !== realShare >= models.thresholds.real) return;
    if (best < 0 || shares[k]! > shares[best]!) best = k;
  });
  return { status: STATUSES[best]!, sure: shares[best]! };
}

/** The words that decided: the rule's own where it came to the same, else the cue that weighed most. */
function becauseOfStatus(scene: Scene, mentions: readonly ReadMention[], status: Status, models: EventModels): Because {
  const { tree } = scene;
  const agreeing = mentions.find((m) => m.verdict.status === status);
  const decider = agreeing ?? mentions[0]!;
  const { trigger } = scene.candidates[decider.judged.n]!;
  if (agreeing) {
    const span = agreeing.verdict.token === undefined ? trigger : spanOf(tree, agreeing.verdict.token, agreeing.verdict.token);
    return { field: 'status', ...span, reason: `${status}: ${agreeing.verdict.reason}` };
  }
  for (const { feature } of reasonsFor(models.status, status, decider.features)) {
    const lemma = /^(?:lemma:[a-z]+-|near-lemma:)(.+)$/.exec(feature)?.[1];
    const cue = lemma === undefined ? undefined : scene.readings[decider.judged.n]!.cues.find((q) => q.lemma === lemma);
    if (cue) {
      const span = spanOf(tree, cue.token, cue.token);
      return { field: 'status', ...span, reason: `${status}: '${span.text}' with '${trigger.text}'` };
    }
  }
  return { field: 'status', ...trigger, reason: `${status}: how '${trigger.text}' is told` };
}

export function findEvents(tree: Tree, names: NameIndex, statements: readonly Statement[], models: EventModels): NewsEvent[] {
  const scene = setScene(tree, names, statements);
  const { thresholds } = models;
  const kept = judgeCandidates(scene, models.judge, models.extraTypes).filter((j) => j.probability >= thresholds.mention);
  const reads = new Map<number, ReadMention>(kept.map((judged) => [judged.n, readMention(scene, judged, models.factual)]));
  const sketches = kept.map((judged) => {
    return sketchMention(scene, judged.n, judged.type, reads.get(judged.n)!.verdict.status);
  });
  const groups = mergeMentions(scene, sketches, models.merge, thresholds.merge);
  const harmHeads = new Set(kept.filter((j) => j.probability >= thresholds.event).map((j) => scene.candidates[j.n]!.head));
  const events: NewsEvent[] = [];
  for (const group of groups) {
    const mentions = group.map((s) => reads.get(s.n)!);
    const probability = Math.max(...mentions.map((m) => m.judged.probability));
    if (probability < thresholds.event) continue;
    events.push(buildEvent(scene, group, mentions, probability, models, harmHeads, events.length + 1));
  }
  return events;
}

/** People who free prisoners that they do not hold break a prison, where the article speaks of such a break. */
function isPrisonBreak(scene: Scene, mentions: readonly ReadMention[]): boolean {
  if (!scene.typeCounts.get('prison-break')) return false;
  return mentions.some(({ judged }) => {
    const roles = scene.roles[judged.n]!;
    const freed = coarseKind(scene, roles.affected);
    return (freed === 'prisoner' || freed === 'armed') && coarseKind(scene, roles.doer) === 'armed';
  });
}

function settleType(scene: Scene, mentions: readonly ReadMention[]): { type: EventType; sure: number } {
  const sums = new Map<EventType, number>();
  let total = 0;
  for (const { judged } of mentions)
    for (const [type, p] of judged.probabilities) {
      sums.set(type, (sums.get(type) ?? 0) + p * judged.probability);
      total += p * judged.probability;
    }
  const [type, weight] = [...sums].sort((a, b) => b[1] - a[1])[0]!;
  if ((type === 'release' || type === 'territory-taken') && isPrisonBreak(scene, mentions))
    return { type: 'prison-break', sure: weight / total };
  return { type, sure: weight / total };
}

function buildEvent(
  scene: Scene,
  group: readonly MentionSketch[],
  mentions: readonly ReadMention[],
  probability: number,
  models: EventModels,
  heads: ReadonlySet<number>,
  number: number,
): NewsEvent {
  const { tree } = scene;
  const { type, sure: typeSure } = settleType(scene, mentions);
  const { status, sure: statusSure } = settleStatus(mentions, models);
  const ns = group.map((s) => s.n);
  const background =
    sigmoid(scoreOf(models.background, 'any', describeBackground(scene, ns, type, status))) >= models.thresholds.background;
  const hedge = describeHedge(scene, ns, type, status);
  const hedged = sigmoid(scoreOf(models.hedge, 'any', hedge.features)) >= models.thresholds.hedge;
  const told = readSource(scene, ns, type, status, isSelfSaid(scene, ns[0]!), models.sources);
  const first = scene.candidates[ns[0]!]!;
  const because: Because[] = [
    { field: 'type', ...first.trigger, reason: `${type}: '${first.trigger.text}'` },
    becauseOfStatus(scene, mentions, status, models),
  ];
  if (told?.cueSpan) because.push({ field: 'source', ...told.cueSpan, reason: `'${told.cue}' by ${told.speaker}` });
  if (hedged && hedge.token !== undefined) {
    const span = spanOf(tree, hedge.token, hedge.token);
    because.push({ field: 'hedged', ...span, reason: `'${span.text}' doubts it` });
  }
  const denial = REAL.has(status) ? findDenial(scene, ns) : undefined;
  if (denial?.cueSpan) because.push({ field: 'disputed', ...denial.cueSpan, reason: `'${denial.cue}' by ${denial.speaker}` });
  const { actors, targets } = readParticipants(scene, ns, type, models.participants, models.thresholds.participant);
  const where = readWhere(scene, ns, type, models.places);
  const when = readWhen(scene, ns, models.times, models.thresholds.undated);
  const others = new Set([...heads].filter((h) => !ns.some((m) => scene.candidates[m]!.head === h)));
  const found = ns.flatMap((n) => readCounts(scene, n, type, others));
  // of a deed not done, only a number that is said counts: "threatened to kill a hostage" kills nobody
  const counts = REAL.has(status) ? found : found.filter((count) => count.low !== 1 || count.high !== 1);
  const weapons = ns.flatMap((n) => readWeapons(scene, n, type));
  return {
    id: `event:e${number}`,
    type,
    status,
    hedged,
    disputed: denial !== undefined,
    background,
    source: told?.speaker ?? null,
    mentions: ns.map((n) => mentionOf(scene, n)) as [EventMention, ...EventMention[]],
    because,
    actors,
    targets,
    where,
    when,
    counts: counts.filter((c, i) => counts.findIndex((k) => k.kind === c.kind) === i),
    weapons: weapons.filter((w, i) => weapons.findIndex((v) => v.words.toLowerCase() === w.words.toLowerCase()) === i),
    confidence: Math.round(100 * probability * (0.5 + 0.5 * typeSure) * (0.5 + 0.5 * statusSure)) / 100,
  };
}

/** A denial of what a mention close by asserts. */
function findDenial(scene: Scene, ns: readonly number[]): Statement | undefined {
  const denies = (n: number): boolean => scene.statementAt[n] !== undefined && scene.statements[scene.statementAt[n]!]!.act === 'deny';
  const sentenceOf = (n: number): number => scene.tree.tokens[scene.candidates[n]!.head]!.sentence;
  const denied = ns.find((n) => denies(n) && ns.some((m) => !denies(m) && Math.abs(sentenceOf(m) - sentenceOf(n)) <= 2));
  return denied === undefined ? undefined : scene.statements[scene.statementAt[denied]!];
}

function mentionOf(scene: Scene, n: number): EventMention {
  const c = scene.candidates[n]!;
  const sentence = scene.tree.sentences[scene.tree.tokens[c.head]!.sentence]!;
  return { quote: sentence.text, start: sentence.start, end: sentence.end, trigger: c.trigger };
}
