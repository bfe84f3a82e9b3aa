/**
 * How likely two articles tell the same story, for all pairs of a small set: words, names, numbers, first lines, years, days and deeds.
 * Words count by their rarity, and once more by how well they part this very set (what every one of them says parts none).
 * Profiles in, log-odds out. The weights are learned (training/stories/fit-likeness.ts, models/stories).
 */
import model from '../../models/stories/likeness.json' with { type: 'json' };
import type { StoryProfile } from '../vocabulary.ts';

export const FEATURES = [
  'bias',
  'words',
  'names',
  'plain words',
  'numbers',
  'first lines',
  'first lines in the whole',
  'root of words',
  'parting words',
  'parting names',
  'parting first lines',
  'root of parting words',
  'heaviest names shared',
  'same years',
  'other years',
] as const;

/** `weights` parts strangers, `within` parts a group that the first has made; one number per feature. */
export interface LikenessModel {
  readonly weights: readonly number[];
  readonly within: readonly number[];
}
export const LEARNED: LikenessModel = model;

/** Below this size a set says little about which words part it. */
const FULL_CONTRAST = 20;
const TOP_NAMES = 6;
/** Below this likeness of words two articles are strangers whatever else they share. */
const STRANGERS = 0.03;
const FAR_APART = -5;

export interface Comparison {
  readonly size: number;
  features(first: number, second: number): number[];
  /** log-odds that two articles tell the same story; 0 is even */
  logit(first: number, second: number): number;
}

const KINDS = ['all', 'name', 'word', 'number', 'lead', 'leadAll', 'partAll', 'partName', 'partLead'] as const;
type Kind = (typeof KINDS)[number];

export function compareProfiles(profiles: readonly StoryProfile[], weights: readonly number[], fullContrast = FULL_CONTRAST): Comparison {
  const size = profiles.length;
  const sums = Object.fromEntries(KINDS.map((kind) => [kind, new Float64Array(size * size)])) as Record<Kind, Float64Array>;
  const norms = Object.fromEntries(KINDS.map((kind) => [kind, new Float64Array(size)])) as Record<Kind, Float64Array>;
  type Posting = { readonly at: number; readonly weight: number; readonly kind: string; readonly lead: boolean };
  const postings = new Map<string, Posting[]>();
  profiles.forEach((profile, at) => {
    for (const { stem, weight, kind, lead } of profile.terms) {
      const list = postings.get(stem);
      if (list) list.push({ at, weight, kind, lead });
      else postings.set(stem, [{ at, weight, kind, lead }]);
    }
  });
  const share = Math.min(1, size / fullContrast);
  for (const list of postings.values()) {
    const parting = list.length <= 1 ? 0.35 : Math.log((size + 1) / (list.length + 0.5)) / Math.log((size + 1) / 2.5);
    const contrast = 1 - share + share * Math.max(0, parting);
    for (let first = 0; first < list.length; first++) {
      const a = list[first] as Posting;
      const square = a.weight * a.weight;
      const parted = square * contrast * contrast;
      add(norms.all, a.at, square);
      add(norms.partAll, a.at, parted);
      if (a.kind === 'name') {
        add(norms.name, a.at, square);
        add(norms.partName, a.at, parted);
      } else add(a.kind === 'word' ? norms.word : norms.number, a.at, square);
      if (a.lead) {
        add(norms.lead, a.at, square);
        add(norms.partLead, a.at, parted);
      }
      for (let second = first + 1; second < list.length; second++) {
        const b = list[second] as Posting;
        const cell = Math.min(a.at, b.at) * size + Math.max(a.at, b.at);
        const both = a.weight * b.weight;
        const partedBoth = both * contrast * contrast;
        add(sums.all, cell, both);
        add(sums.partAll, cell, partedBoth);
        if (a.kind === 'name' && b.kind === 'name') {
          add(sums.name, cell, both);
          add(sums.partName, cell, partedBoth);
        } else if (a.kind === 'word' && b.kind === 'word') add(sums.word, cell, both);
        else if (a.kind === 'number') add(sums.number, cell, both);
        if (a.lead || b.lead) add(sums.leadAll, cell, both);
        if (a.lead && b.lead) {
          add(sums.lead, cell, both);
          add(sums.partLead, cell, partedBoth);
        }
      }
    }
  }
  const tops = profiles.map((profile) => profile.terms.filter((term) => term.kind === 'name').slice(0, TOP_NAMES));
  const stems = profiles.map((profile) => new Set(profile.terms.map((term) => term.stem)));
  const cosine = (kind: Kind, i: number, j: number): number => {
    const product = (norms[kind][i] as number) * (norms[kind][j] as number);
    return product > 0 ? (sums[kind][i * size + j] as number) / Math.sqrt(product) : 0;
  };
  const topShare = (of: number, other: number): number => {
    const top = tops[of] ?? [];
    const all = top.reduce((sum, term) => sum + term.weight, 0);
    const shared = top.reduce((sum, term) => sum + (stems[other]?.has(term.stem) ? term.weight : 0), 0);
    return all > 0 ? shared / all : 0.3;
  };
  const features = (first: number, second: number): number[] => {
    const i = Math.min(first, second);
    const j = Math.max(first, second);
    const a = profiles[i] as StoryProfile;
    const b = profiles[j] as StoryProfile;
    const words = cosine('all', i, j);
    const parting = cosine('partAll', i, j);
    const leadNorm =
      Math.sqrt((norms.lead[i] as number) * (norms.all[j] as number)) + Math.sqrt((norms.lead[j] as number) * (norms.all[i] as number));
    const sameYears = a.years.some((year) => b.years.includes(year));
    return [
      1,
      words,
      cosine('name', i, j),
      cosine('word', i, j),
      cosine('number', i, j),
      cosine('lead', i, j),
      leadNorm > 0 ? (2 * (sums.leadAll[i * size + j] as number)) / leadNorm : 0,
      Math.sqrt(words),
      parting,
      cosine('partName', i, j),
      cosine('partLead', i, j),
      Math.sqrt(parting),
      Math.min(topShare(i, j), topShare(j, i)),
      sameYears ? 1 : 0,
      !sameYears && a.years.length > 0 && b.years.length > 0 ? 1 : 0,
    ];
  };
  return {
    size,
    features,
    logit: (first, second) => {
      if (cosine('all', Math.min(first, second), Math.max(first, second)) < STRANGERS) return FAR_APART;
      const found = features(first, second);
      let sum = 0;
      for (let at = 0; at < found.length; at++) sum += (weights[at] ?? 0) * (found[at] as number);
      return sum + timeOdds(profiles[first] as StoryProfile, profiles[second] as StoryProfile);
    },
  };
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] as number) + value;
}

/** Published on one day speaks for one story; each day between takes some of it away, ten days all. */
const ONE_DAY = 1;
const PER_DAY = 0.1;
const MOST_FOR_DAYS = 4;
/** The same kind of deed with a day of its own in each article: the same day speaks for one story, a day weeks off against it. */
const SAME_DEED = 1.5;
const OTHER_DAY = 2.5;
/** A siege goes on, its toll is told again: deeds some days apart may be one story's. */
const SEQUEL_DAYS = 3;
const LONG_AFTER = 14;

/** What days say, in log-odds; set by hand, since the texts that the weights are learned on carry hardly any dates. */
export function timeOdds(a: StoryProfile, b: StoryProfile): number {
  let odds = 0;
  if (a.day !== null && b.day !== null) odds += Math.max(-MOST_FOR_DAYS, ONE_DAY - PER_DAY * daysBetween(a.day, b.day));
  const apart = daysBetweenDeeds(a, b);
  if (apart === undefined) return odds;
  if (apart <= 1) return odds + SAME_DEED;
  return odds - OTHER_DAY * Math.min(1, Math.max(0, apart - SEQUEL_DAYS) / (LONG_AFTER - SEQUEL_DAYS));
}

const dayNumbers = new Map<string, number>();

function dayNumber(day: string): number {
  let number = dayNumbers.get(day);
  if (number === undefined) {
    if (dayNumbers.size > 20_000) dayNumbers.clear();
    number = Date.parse(day) / 86_400_000;
    dayNumbers.set(day, number);
  }
  return number;
}

export function daysBetween(first: string, second: string): number {
  return Math.abs(dayNumber(first) - dayNumber(second));
}

/** Fewest days between deeds of one kind that are not told of different places; undefined where no two can be compared. */
export function daysBetweenDeeds(a: StoryProfile, b: StoryProfile): number | undefined {
  let fewest: number | undefined;
  for (const deed of a.deeds) {
    for (const its of b.deeds) {
      if (deed.type !== its.type || deed.day === null || its.day === null) continue;
      if (deed.place !== null && its.place !== null && deed.place !== its.place) continue;
      const days = daysBetween(deed.day, its.day);
      if (fewest === undefined || days < fewest) fewest = days;
    }
  }
  return fewest;
}

/** A night's deed is dated to either day. */
export const sameDeed = (a: StoryProfile, b: StoryProfile): boolean => (daysBetweenDeeds(a, b) ?? 2) <= 1;
