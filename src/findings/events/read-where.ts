/**
 * Where the deed was: the place that grammar ties to the trigger, its carrier, its target; else the nearest of the sentence,
 * the sentence before, the dateline, the article. In: Scene, candidate. Out: Where and how near it was found.
 */
import type { PlaceMention, Where } from '../../vocabulary.ts';
import { pathToRoot, type Tree } from '../grammar/tree.ts';
import type { Scene } from './describe-candidate.ts';

export interface FoundWhere {
  readonly where: Where;
  /** 0: by grammar … 4: the article's own place */
  readonly distance: number;
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

const FINENESS: Readonly<Record<string, number>> = { site: 5, town: 4, district: 3, province: 2, country: 1, sea: 1, none: 0 };

/** Of several places said together ("Mosul, Iraq"), the finest. */
export function finest(places: readonly PlaceMention[]): PlaceMention | undefined {
  return places.reduce<PlaceMention | undefined>((best, p) => (!best || (FINENESS[p.precision] ?? 0) > (FINENESS[best.precision] ?? 0) ? p : best), undefined);
}

function tokenOf(tree: Tree, place: PlaceMention, sentence: number): number | undefined {
  const { firstToken, endToken } = tree.sentences[sentence]!;
  for (let t = firstToken; t < endToken; t++) if (tree.tokens[t]!.end >= place.end) return t;
  return undefined;
}

/** Steps in the tree between two tokens of one sentence. */
function stepsBetween(tree: Tree, a: number, b: number): number {
  const up = pathToRoot(tree, a);
  const other = pathToRoot(tree, b);
  const at = up.findIndex((t) => other.includes(t));
  return at < 0 ? 20 : at + other.indexOf(up[at]!);
}

export function placesOfSentence(scene: Scene, sentence: number): PlaceMention[] {
  const { start, end } = scene.tree.sentences[sentence]!;
  return scene.tree.analysed.places.filter((p) => p.start >= start && p.end <= end);
}

export function readWhere(scene: Scene, n: number): FoundWhere | undefined {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const sentence = tree.tokens[c.head]!.sentence;
  const own = placesOfSentence(scene, sentence);
  const spots = own.filter((p) => !p.demonym && (p.lat !== null || p.country !== null));
  if (spots.length > 0) {
    const ranked = spots
      .map((place) => {
        const token = tokenOf(tree, place, sentence);
        const steps = token === undefined ? 20 : stepsBetween(tree, c.head, token);
        const under = token !== undefined && pathToRoot(tree, token).includes(c.head);
        const after = place.start > c.trigger.start;
        return { place, score: steps * 2 - (under ? 4 : 0) + Math.abs(place.start - c.trigger.start) / 120 - (after ? 0.5 : 0) - (FINENESS[place.precision] ?? 0) * 0.4 };
      })
      .sort((a, b) => a.score - b.score);
    const best = ranked[0]!;
    // "Mosul, Iraq", "Raqqa in northern Syria": the finer of two that stand together
    const together = spots.filter((p) => Math.abs(p.start - best.place.end) <= 12 || Math.abs(best.place.start - p.end) <= 12);
    const place = finest([best.place, ...together.filter((p) => p.country === best.place.country)])!;
    return { where: whereOf(place), distance: best.score < 6 ? 0 : 1 };
  }
  const paragraph = tree.sentences[sentence]!.paragraph;
  for (let s = sentence - 1; s >= 0 && sentence - s <= 3; s--) {
    if (tree.sentences[s]!.paragraph < paragraph - 1) break;
    const place = finest(placesOfSentence(scene, s).filter((p) => !p.demonym && p.lat !== null));
    if (place) return { where: whereOf(place), distance: 2 };
  }
  return undefined;
}

/** The place that the article is mostly about: named most, earlier counts more; undefined where it names none. */
export function placeOfArticle(scene: Scene): Where | undefined {
  const weights = new Map<string, { place: PlaceMention; weight: number }>();
  const length = Math.max(1, scene.tree.analysed.article.text.length);
  for (const place of scene.tree.analysed.places) {
    if (place.demonym || place.lat === null) continue;
    const key = place.key ?? place.name;
    const before = weights.get(key);
    const weight = (before?.weight ?? 0) + 1.5 - place.start / length + (place.precision === 'country' ? 0 : 0.3);
    weights.set(key, { place: before?.place ?? place, weight });
  }
  const best = [...weights.values()].sort((a, b) => b.weight - a.weight)[0];
  return best ? whereOf(best.place) : undefined;
}
