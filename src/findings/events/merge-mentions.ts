/**
 * Which mentions tell one and the same deed: each mention joins the earlier event it fits best, or opens one of its own.
 * In: Scene, mentions with type and status. Out: groups of mentions. The weights are learned; clashes are features like others.
 */
import { type EventType, GROUP_OF_TYPE, type Status } from '../../vocabulary.ts';
import { childBy, isVerbal } from '../grammar/tree.ts';
import { type LinearModel, scoreOf } from '../linear-model.ts';
import type { Scene } from './describe-candidate.ts';
import { nameParticipant } from './name-participant.ts';
import { timeBeside } from './read-when.ts';
import { placeBeside } from './read-where.ts';

/** What of a mention counts for telling it from others. */
export interface MentionSketch {
  readonly n: number;
  readonly type: EventType;
  readonly status: Status;
  readonly actors: readonly string[];
  readonly targets: readonly string[];
  readonly place: string | undefined;
  readonly time: string | undefined;
}

export function sketchMention(scene: Scene, n: number, type: EventType, status: Status): MentionSketch {
  const roles = scene.roles[n]!;
  const name =
    (role: 'actor' | 'target') =>
    (t: number): string[] => {
      const named = nameParticipant(scene.tree, scene.names, t, role);
      return named ? [named.name.toLowerCase().replace(/^(the|a|an) /, '')] : [];
    };
  const place = placeBeside(scene, n);
  const when = timeBeside(scene, n);
  return {
    n,
    type,
    status,
    actors: roles.actors.flatMap(name('actor')),
    targets: roles.targets.flatMap(name('target')),
    place: place?.key ?? place?.name,
    time: when?.from ?? undefined,
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
  const key =
    a.key === b.key
      ? 'same'
      : a.key.includes(b.key) || b.key.includes(a.key)
        ? 'part'
        : [...a.offers].some(([t, s]) => s === 'strong' && b.offers.get(t) === 'strong')
          ? 'kin'
          : 'other';
  const noun = !isVerbal(tree.tokens[b.head]!);
  const det = childBy(tree, b.head, 'det');
  const article = det === undefined ? 'none' : tree.tokens[det]!.lemma.toLowerCase();
  const far = sentences === 0 ? '0' : sentences === 1 ? '1' : sentences <= 3 ? '3' : sentences <= 8 ? '8' : 'far';
  const actors = compare(earlier.actors, later.actors);
  const targets = compare(earlier.targets, later.targets);
  const place = earlier.place === undefined || later.place === undefined ? 'one' : earlier.place === later.place ? 'same' : 'clash';
  const time =
    earlier.time === undefined || later.time === undefined
      ? earlier.time === later.time
        ? 'neither'
        : 'one'
      : earlier.time === later.time
        ? 'same'
        : 'clash';
  const status =
    earlier.status === later.status
      ? 'same'
      : REAL.has(earlier.status) && REAL.has(later.status)
        ? 'real'
        : REAL.has(earlier.status) !== REAL.has(later.status)
          ? 'clash'
          : 'unreal';
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

/** A group of mentions with its place among the groups of its type. */
function describeGroup(
  scene: Scene,
  groups: readonly (readonly MentionSketch[])[],
  group: readonly MentionSketch[],
  later: MentionSketch,
): string[] {
  const alike = groups.filter((g) => g.some((m) => m.type === later.type));
  const rank = alike.filter((g) => g.at(-1)!.n > group.at(-1)!.n).length;
  const key = scene.candidates[later.n]!.key;
  const sameKey = group.some((m) => scene.candidates[m.n]!.key === key);
  const sameType = group.some((m) => m.type === later.type);
  const noun = !isVerbal(scene.tree.tokens[scene.candidates[later.n]!.head]!);
  return [
    `size:${Math.min(group.length, 5)}`,
    `size-type:${Math.min(group.length, 5)}-${sameType}`,
    `rank:${sameType ? Math.min(rank, 3) : 'other'}`,
    `alike:${Math.min(alike.length, 4)}-${sameType}`,
    `oldest:${groups[0] === group}`,
    `same-key:${sameKey}-${sameType}`,
    `same-key-class:${sameKey}-${noun}`,
    `largest:${sameType && groups.every((g) => g === group || g.length < group.length)}`,
    `elsewhere:${!sameKey && groups.some((g) => g !== group && g.some((m) => scene.candidates[m.n]!.key === key))}`,
  ];
}

/** Features of a mention that opens a deed of its own. */
function describeOpening(scene: Scene, groups: readonly (readonly MentionSketch[])[], later: MentionSketch): string[] {
  const c = scene.candidates[later.n]!;
  const noun = !isVerbal(scene.tree.tokens[c.head]!);
  const det = childBy(scene.tree, c.head, 'det');
  const article = noun ? (det === undefined ? 'none' : scene.tree.tokens[det]!.lemma.toLowerCase()) : 'verb';
  const alike = groups.filter((g) => g.some((m) => m.type === later.type)).length;
  const seen = groups.some((g) => g.some((m) => scene.candidates[m.n]!.key === c.key));
  return [
    'bias',
    `det:${article}`,
    `alike:${Math.min(alike, 4)}`,
    `seen:${seen}`,
    `seen-det:${seen}-${article}`,
    `type:${later.type}`,
    `status:${later.status}`,
    `alike-det:${Math.min(alike, 2)}-${article}`,
    `targets:${Math.min(later.targets.length, 1)}-${article}`,
  ];
}

/** What one asks of others, what another prepares and what a third fears are three deeds, none of them done. */
const WILLS: ReadonlySet<Status> = new Set(['called-for', 'planned', 'threatened', 'feared']);
const isOtherWill = (one: MentionSketch, other: MentionSketch) =>
  one.status !== other.status && WILLS.has(one.status) && WILLS.has(other.status);

/** Only groups that share a type group, a word or a kin word are asked whether the mention belongs to them. */
function mayJoin(scene: Scene, group: readonly MentionSketch[], later: MentionSketch): boolean {
  const c = scene.candidates[later.n]!;
  if (isOtherWill(group[0]!, later)) return false;
  return group.some((m) => {
    const other = scene.candidates[m.n]!;
    return GROUP_OF_TYPE[m.type] === GROUP_OF_TYPE[later.type]
      ? m.type === later.type || GROUP_OF_TYPE[m.type] !== 'strategic'
      : other.key === c.key || [...c.offers.keys()].some((t) => t === m.type);
  });
}

export interface JoinOptions {
  /** indexes of the groups that may be joined */
  readonly groups: readonly number[];
  readonly features: readonly (readonly string[])[];
  /** features of opening a new one */
  readonly opening: readonly string[];
}

export function describeJoin(scene: Scene, groups: readonly (readonly MentionSketch[])[], later: MentionSketch): JoinOptions {
  const open = groups.flatMap((g, i) => (mayJoin(scene, g, later) ? [i] : []));
  const features = open.map((i) => {
    const group = groups[i]!;
    const pairs = group.map((m) => ({ m, f: describePair(scene, m, later) }));
    const key = scene.candidates[later.n]!.key;
    const like =
      [...pairs].reverse().find(({ m }) => scene.candidates[m.n]!.key === key) ??
      [...pairs].reverse().find(({ m }) => m.type === later.type) ??
      pairs.at(-1)!;
    const recent = pairs.at(-1)!;
    const all = new Set(pairs.flatMap(({ f }) => f.filter((x) => /^(targets|actors|place|time|status):/.test(x))));
    return [
      ...like.f,
      ...recent.f.filter((x) => /^(far|paragraphs|class|det)/.test(x)).map((x) => `recent-${x}`),
      ...[...all].map((x) => `any-${x}`),
      ...describeGroup(scene, groups, group, later),
    ];
  });
  return { groups: open, features, opening: describeOpening(scene, groups, later) };
}

/** Groups of sketches, each in text order, by first mention. `caution` is added to the score of opening a new one. */
export function mergeMentions(scene: Scene, sketches: readonly MentionSketch[], model: LinearModel, caution: number): MentionSketch[][] {
  const groups: MentionSketch[][] = [];
  for (const sketch of sketches) {
    const join = describeJoin(scene, groups, sketch);
    let best: number | undefined;
    let top = scoreOf(model, 'opening', join.opening) + caution;
    join.groups.forEach((g, k) => {
      const score = scoreOf(model, 'any', join.features[k]!);
      if (score > top) {
        top = score;
        best = g;
      }
    });
    if (best === undefined) groups.push([sketch]);
    else groups[best]!.push(sketch);
  }
  return groups;
}
