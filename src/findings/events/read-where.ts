/**
 * Where the deed was: every place that its mentions, their paragraphs and the article offer, weighed by grammar and nearness.
 * In: Scene, mentions, model. Out: the likeliest Where, or nothing where the article names no place.
 */
import type { EventType, PlaceMention, Where } from '../../vocabulary.ts';
import { describePath } from '../grammar/describe-path.ts';
import type { Tree } from '../grammar/tree.ts';
import { type LinearModel, scoreOf } from '../linear-model.ts';
import type { Scene } from './describe-candidate.ts';

export interface PossiblePlace {
  readonly where: Where;
  readonly features: readonly string[];
}

export function whereOf(place: PlaceMention): Where {
  return {
    words: place.text,
    name: place.name,
    country: place.country,
    lat: place.lat,
    lon: place.lon,
    precision: place.precision,
    start: place.start,
    end: place.end,
    ...(place.key !== undefined ? { key: place.key } : {}),
    ...(place.province !== undefined ? { province: place.province } : {}),
  };
}

function tokenOf(tree: Tree, place: PlaceMention, sentence: number): number | undefined {
  const { firstToken, endToken } = tree.sentences[sentence]!;
  let last: number | undefined;
  for (let t = firstToken; t < endToken; t++) {
    const token = tree.tokens[t]!;
    if (token.start < place.end && token.end > place.start) {
      if (token.head < 0 || tree.tokens[token.head]!.start < place.start || tree.tokens[token.head]!.start >= place.end) return t;
      last = t;
    }
  }
  return last;
}

const keyOf = (place: PlaceMention): string => place.key ?? `${place.name}|${place.lat}|${place.lon}`;
const isPlace = (place: PlaceMention): boolean => place.lat !== null || place.country !== null;

/** How much of the article is about each place: a place named more, and earlier, weighs more. */
function sharesOfPlaces(scene: Scene): Map<string, { share: number; first: number }> {
  const counts = new Map<string, { share: number; first: number }>();
  const places = scene.tree.analysed.places.filter(isPlace);
  for (const place of places) {
    const before = counts.get(keyOf(place));
    counts.set(keyOf(place), { share: (before?.share ?? 0) + 1 / places.length, first: before?.first ?? place.start });
  }
  return counts;
}

const step = (value: number, edges: readonly number[]): string => String(edges.findIndex((e) => value <= e));

export function listPlaces(scene: Scene, ns: readonly number[], type: EventType): PossiblePlace[] {
  const { tree } = scene;
  const { places } = tree.analysed;
  const shares = sharesOfPlaces(scene);
  const found = new Map<string, { place: PlaceMention; features: Set<string>; rank: number }>();
  const add = (place: PlaceMention, features: readonly string[], rank: number): void => {
    const before = found.get(keyOf(place));
    if (!before) found.set(keyOf(place), { place, features: new Set(features), rank });
    else if (rank < before.rank) found.set(keyOf(place), { place, features: new Set([...features, 'again']), rank });
    else before.features.add('again');
  };
  ns.forEach((n, order) => {
    const c = scene.candidates[n]!;
    const index = tree.tokens[c.head]!.sentence;
    const { paragraph } = tree.sentences[index]!;
    const roles = scene.roles[n]!;
    for (let s = Math.max(0, index - 4); s <= Math.min(tree.sentences.length - 1, index + 2); s++) {
      const sentence = tree.sentences[s]!;
      if (Math.abs(sentence.paragraph - paragraph) > 2) continue;
      for (const place of places) {
        if (place.start < sentence.start || place.end > sentence.end || !isPlace(place)) continue;
        if (s !== index) {
          const away = sentence.paragraph === paragraph ? 'same' : sentence.paragraph < paragraph ? 'earlier' : 'later';
          add(
            place,
            [
              `near:${s - index}-${away}`,
              `near-order:${s < index ? 'before' : 'after'}-${Math.min(order, 2)}`,
              ...(place.demonym ? ['demonym'] : []),
            ],
            20 + Math.abs(s - index) * 2 + (s > index ? 3 : 0) + order,
          );
          continue;
        }
        const token = tokenOf(tree, place, index);
        if (token === undefined) continue;
        const path = describePath(tree, c.head, token);
        const steps = Number(path.find((f) => f.startsWith('steps:'))?.slice(6) ?? 8);
        const inTarget = roles.targets.some((t) => t === token || tree.tokens[token]!.head === t);
        const inActor = roles.actors.some((t) => t === token || tree.tokens[token]!.head === t);
        const features = [
          'own',
          ...path,
          `own-order:${Math.min(order, 2)}`,
          ...(inTarget ? ['in-target', `in-target-${type}`] : []),
          ...(inActor ? ['in-actor'] : []),
          ...(place.demonym ? ['demonym', `demonym-${inActor}`] : []),
        ];
        const beside = places.find((p) => p !== place && (Math.abs(p.start - place.end) <= 12 || Math.abs(place.start - p.end) <= 12));
        if (beside) features.push(`beside:${place.precision}-${beside.precision}-${place.start < beside.start ? 'first' : 'second'}`);
        if (tree.tokens[token]!.head === c.head) features.push('direct');
        add(place, features, steps + order * 0.7 + (place.demonym ? 8 : 0));
      }
    }
  });
  for (const place of places)
    if (isPlace(place) && !found.has(keyOf(place)) && (shares.get(keyOf(place))!.share > 0.1 || place.start < 400))
      add(place, ['elsewhere', ...(place.demonym ? ['demonym'] : [])], 50);
  const finer = new Set([...found.values()].filter((f) => f.place.precision !== 'country').map((f) => f.place.country));
  return [...found.entries()].map(([key, { place, features }]) => {
    const { share, first } = shares.get(key)!;
    const shareStep = step(share, [0.05, 0.1, 0.2, 0.4, 1]);
    const firstPlace = [...shares.values()].every((o) => o.first >= first);
    const place0 = features.has('own') ? 'own' : [...features].some((f) => f.startsWith('near:')) ? 'near' : 'elsewhere';
    return {
      where: whereOf(place),
      features: [
        ...features,
        `precision:${place.precision}`,
        `place-precision:${place0}-${place.precision}-${place.demonym}`,
        `share:${shareStep}`,
        `share-place:${place0}-${shareStep}`,
        `most:${[...shares.values()].every((o) => o.share <= share)}`,
        `first:${firstPlace}`,
        `early:${step(first, [100, 400, 1000, 1e9])}`,
        `type-precision:${type}-${place.precision}`,
        `finer:${place.precision === 'country' && finer.has(place.country)}-${place0}`,
      ],
    };
  });
}

export function readWhere(scene: Scene, ns: readonly number[], type: EventType, model: LinearModel): Where | null {
  let best: Where | null = null;
  let top = Number.NEGATIVE_INFINITY;
  for (const { where, features } of listPlaces(scene, ns, type)) {
    const score = scoreOf(model, 'any', features);
    if (score > top) {
      top = score;
      best = where;
    }
  }
  return best;
}

/** The place written nearest to one mention in its own sentence, for telling mentions apart. */
export function placeBeside(scene: Scene, n: number): PlaceMention | undefined {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const { start, end } = tree.sentences[tree.tokens[c.head]!.sentence]!;
  let best: PlaceMention | undefined;
  for (const place of tree.analysed.places) {
    if (place.start < start || place.end > end || place.demonym || !isPlace(place)) continue;
    if (!best || Math.abs(place.start - c.trigger.start) < Math.abs(best.start - c.trigger.start)) best = place;
  }
  return best;
}
