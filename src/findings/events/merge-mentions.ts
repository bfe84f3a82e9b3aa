/**
 * Which mentions tell one and the same deed: each mention joins the earlier event it fits best, or opens one of its own.
 * In: Scene, mentions with type and status. Out: groups of mentions. The weights are learned; clashes are features like others.
 */
import { type EventType, GROUP_OF_TYPE, type Status } from '../../vocabulary.ts';
import { childBy, isVerbal } from '../grammar/tree.ts';
import { type LinearModel, scoreOf, sigmoid } from '../linear-model.ts';
import type { Scene } from './describe-candidate.ts';
import { nameParticipant } from './name-participant.ts';
import { readWhen } from './read-when.ts';
import { readWhere } from './read-where.ts';

/** What of a mention counts for telling it from others. */
export interface MentionSketch {
  readonly n: number;
  readonly type: EventType;
  readonly status: Status;
  readonly actors: readonly string[];
  readonly targets: readonly string[];
  readonly place: string | undefined;
  readonly placeNear: boolean;
  readonly time: string | undefined;
}

export function sketchMention(scene: Scene, n: number, type: EventType, status: Status): MentionSketch {
  const roles = scene.roles[n]!;
  const name = (role: 'actor' | 'target') => (t: number): string[] => {
    const named = nameParticipant(scene.tree, scene.names, t, role);
    return named ? [named.name.toLowerCase().replace(/^(the|a|an) /, '')] : [];
  };
  const where = readWhere(scene, n);
  const when = readWhen(scene, n);
  return {
    n,
    type,
    status,
    actors: roles.actors.flatMap(name('actor')),
    targets: roles.targets.flatMap(name('target')),
    place: where?.where.key ?? where?.where.name ?? undefined,
    placeNear: where !== undefined && where.distance <= 1,
    time: when?.when.from ?? undefined,
  };
}

const REAL = new Set<Status>(['happened', 'ongoing']);

function compare(a: readonly string[], b: readonly string[]): string {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 'neither' : 'one';
  if (a.some((x) => b.some((y) => x === y || x.includes(y) || y.includes(x)))) return 'same';
  const last = (x: string): string => x.slice(x.lastIndexOf(' ') + 1);
  return a.some((x) => b.some((y) => last(x) === last(y))) ? 'like' : 'other';
}

/** Features of the pair: does `later` tell the deed that `earlier` tells? */
export function describePair(scene: Scene, earlier: MentionSketch, later: MentionSketch): string[] {
  const { tree } = scene;
  const a = scene.candidates[earlier.n]!;
  const b = scene.candidates[later.n]!;
  const sentences = tree.tokens[b.head]!.sentence - tree.tokens[a.head]!.sentence;
  const paragraphs = tree.sentences[tree.tokens[b.head]!.sentence]!.paragraph - tree.sentences[tree.tokens[a.head]!.sentence]!.paragraph;
  const type = earlier.type === later.type ? 'same' : GROUP_OF_TYPE[earlier.type] === GROUP_OF_TYPE[later.type] ? 'group' : 'other';
  const key = a.key === b.key ? 'same' : a.key.includes(b.key) || b.key.includes(a.key) ? 'part' : [...a.offers].some(([t, s]) => s === 'strong' && b.offers.get(t) === 'strong') ? 'kin' : 'other';
  const noun = !isVerbal(tree.tokens[b.head]!);
  const det = childBy(tree, b.head, 'det');
  const article = det === undefined ? 'none' : tree.tokens[det]!.lemma.toLowerCase();
  const far = sentences === 0 ? '0' : sentences === 1 ? '1' : sentences <= 3 ? '3' : sentences <= 8 ? '8' : 'far';
  const actors = compare(earlier.actors, later.actors);
  const targets = compare(earlier.targets, later.targets);
  const place = earlier.place === undefined || later.place === undefined ? 'one' : earlier.place === later.place ? 'same' : earlier.placeNear && later.placeNear ? 'clash' : 'other';
  const time = earlier.time === undefined || later.time === undefined ? (earlier.time === later.time ? 'neither' : 'one') : earlier.time === later.time ? 'same' : 'clash';
  const status = earlier.status === later.status ? 'same' : REAL.has(earlier.status) && REAL.has(later.status) ? 'real' : REAL.has(earlier.status) !== REAL.has(later.status) ? 'clash' : 'unreal';
  const plural = `${tree.tokens[a.head]!.xpos === 'NNS'}-${tree.tokens[b.head]!.xpos === 'NNS'}`;
  return [
    'bias',
    `type:${type}`,
    `same-type:${type === 'same' ? later.type : 'no'}`,
    `key:${key}`,
    `type-key:${type}-${key}`,
    `far:${far}`,
    `far-type:${far}-${type}`,
    `paragraphs:${Math.min(paragraphs, 6)}`,
    `class:${a.wordClass}-${b.wordClass}`,
    `det:${noun ? article : 'verb'}`,
    `det-key:${noun ? article : 'verb'}-${key}`,
    `det-type:${noun ? article : 'verb'}-${type}`,
    `actors:${actors}`,
    `targets:${targets}`,
    `actors-targets:${actors}-${targets}`,
    `targets-type:${targets}-${type}`,
    `targets-key:${targets}-${key}`,
    `place:${place}`,
    `place-type:${place}-${type}`,
    `time:${time}`,
    `time-key:${time}-${key}`,
    `status:${status}`,
    `status-key:${status}-${key}`,
    `statuses:${[earlier.status, later.status].sort().join('-')}`,
    `plural:${plural}`,
    `plural-key:${plural}-${key}`,
    `keycount:${Math.min(scene.keyCounts.get(b.key) ?? 1, 8)}`,
    `types:${[earlier.type, later.type].sort().join('-')}`,
    `words:${[a.key, b.key].sort().join('~')}`,
  ];
}

export const MAY_MERGE = 120;

/** Groups of sketches, each in text order, by first mention. */
export function mergeMentions(scene: Scene, sketches: readonly MentionSketch[], model: LinearModel, threshold: number): MentionSketch[][] {
  const groups: MentionSketch[][] = [];
  for (const sketch of sketches) {
    let best: MentionSketch[] | undefined;
    let bestScore = threshold;
    for (const group of groups) {
      // the likeliest link counts, drawn down by the least likely one
      const links = group.slice(-MAY_MERGE).map((earlier) => sigmoid(scoreOf(model, 'any', describePair(scene, earlier, sketch))));
      const score = 0.7 * Math.max(...links) + 0.3 * (links.reduce((x, y) => x + y, 0) / links.length);
      if (score >= bestScore) {
        best = group;
        bestScore = score;
      }
    }
    if (best) best.push(sketch);
    else groups.push([sketch]);
  }
  return groups;
}
