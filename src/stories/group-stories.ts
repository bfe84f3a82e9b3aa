/**
 * Finds the story of an arriving article. The articles that may be of its story are fetched from the index with the rest of their
 * stories, and this small set is parted anew: so stories grow, split and merge, and the outcome hangs little on the order of arrival.
 * A record and an index go in, a StoryUpdate comes out; nothing is written. What people pinned stays where they put it.
 */
import type {
  ArticleId,
  ArticleRecord,
  IndexedArticle,
  StoryChange,
  StoryId,
  StoryIndex,
  StoryProfile,
  StoryUpdate,
} from '../vocabulary.ts';
import { type Bonds, clusterItems } from './cluster.ts';
import { type FoundCopy, findCopy } from './find-copies.ts';
import { compareProfiles, daysBetween, LEARNED, type LikenessModel, sameDeed } from './likeness.ts';
import { profileArticle } from './profile-article.ts';

/** Days before and after in which an article looks for its story. */
const WINDOW_DAYS = 45;
const CANDIDATES = 40;
/** Articles compared at once. */
const MOST_COMPARED = 80;
/** Articles of one story compared; of a larger story the nearest in time, which then stay together. */
const MOST_OF_STORY = 16;

export interface GroupOptions {
  readonly model?: LikenessModel;
  readonly threshold?: number;
  readonly within?: number;
}

export async function groupArticle(record: ArticleRecord, index: StoryIndex, options: GroupOptions = {}): Promise<StoryUpdate> {
  const profile = profileArticle(record);
  const copy = await findCopy(record.article, profile, index);
  const known = (await index.articles([profile.article]))[0];
  if (copy.kind === 'revision' && copy.of) return revisionOf(profile, copy, copy.of);
  const items = [
    { profile, story: null, pinned: false, copyOf: copy.kind === 'copy' ? (copy.of?.profile.article ?? null) : null, known: true },
    ...(await neighbours(profile, copy, index)),
  ] as Item[];
  const groups = partItems(items, bondsOf(items, copy), options);
  const placed = await nameGroups(items, groups, index, known);
  const story = placed.storyOf[0] as StoryId;
  const fellows = items.filter((_, at) => at > 0 && groups[at] === groups[0]);
  return {
    article: profile.article,
    kind: copy.kind,
    copyOf: copy.kind === 'copy' ? (copy.of?.profile.article ?? null) : null,
    revisionOf: null,
    story,
    reasons: [...(copy.reason && (copy.kind !== 'original' || copy.reversed) ? [copy.reason] : []), ...reasonsFor(profile, fellows)],
    profile,
    changes: [...placed.changes, ...takenFrom(profile.article, story, copy, items)],
    merged: placed.merged,
  };
}

/** The first parting is loose: the second one, within the groups, is the sharper. */
const LOOSE = -1.5;
/** A group smaller than this cannot be parted by its own words: it must be surer from the first. */
const LEAST_TO_PART = 4;
const SURE = -0.5;
/** In a group, words part its articles fully from this size on. */
const WITHIN_CONTRAST = 8;

/** First among all, then once more within each group, where the words that its articles share no longer count. */
function partItems(items: readonly Item[], bonds: Bonds, { model = LEARNED, threshold = LOOSE, within = 0 }: GroupOptions): number[] {
  const profiles = items.map((item) => item.profile);
  const first = compareProfiles(profiles, model.weights);
  const coarse = clusterItems(items.length, first.logit, bonds, threshold);
  const groups = [...coarse];
  for (const group of new Set(coarse)) {
    const members = items.map((_, at) => at).filter((at) => coarse[at] === group);
    const small = members.length < LEAST_TO_PART;
    const inside = new Map(members.map((at, position) => [at, position]));
    const kept = (pairs: Bonds['together']) =>
      (pairs ?? []).flatMap(([i, j]): [number, number][] =>
        inside.has(i) && inside.has(j) ? [[inside.get(i) as number, inside.get(j) as number]] : [],
      );
    const logit = small
      ? (i: number, j: number) => first.logit(members[i] as number, members[j] as number)
      : compareProfiles(
          members.map((at) => profiles[at] as StoryProfile),
          model.within,
          WITHIN_CONTRAST,
        ).logit;
    const inner: Bonds = { together: kept(bonds.together), apart: kept(bonds.apart) };
    const parts = clusterItems(members.length, logit, inner, small ? SURE : within);
    members.forEach((at, position) => {
      groups[at] = members[parts[position] as number] as number;
    });
  }
  return groups;
}

interface Item {
  readonly profile: StoryProfile;
  readonly story: StoryId | null;
  readonly pinned: boolean;
  readonly copyOf: ArticleId | null;
  /** all articles of its story are among the compared */
  readonly known: boolean;
  readonly order?: number;
}

function revisionOf(profile: StoryProfile, copy: FoundCopy, standing: IndexedArticle): StoryUpdate {
  return {
    article: profile.article,
    kind: 'revision',
    copyOf: null,
    revisionOf: standing.profile.article,
    story: standing.story,
    reasons: copy.reason ? [copy.reason] : [],
    // It stands in the record under the first version's id.
    profile: { ...profile, article: standing.profile.article },
  };
}

/** The stories that the article may belong to, nearest first, each whole or by its members nearest in time. */
async function neighbours(profile: StoryProfile, copy: FoundCopy, index: StoryIndex): Promise<Item[]> {
  const found = await index.findByTerms(
    profile.lookup,
    shiftDay(profile.day, -WINDOW_DAYS),
    shiftDay(profile.day, WINDOW_DAYS),
    CANDIDATES,
  );
  const ids = [...(copy.of ? [copy.of.profile.article] : []), ...found.map(({ article }) => article)];
  const candidates = await index.articles([...new Set(ids)].filter((id) => id !== profile.article));
  const items: Item[] = [];
  const seen = new Set<StoryId>();
  for (const candidate of candidates) {
    const { story } = candidate;
    if (seen.has(story)) continue;
    seen.add(story);
    const size = await index.storySize(story);
    const found = size === 1 ? [candidate.profile.article] : await index.members(story, profile.day, MOST_OF_STORY);
    const members = found.filter((id) => id !== profile.article);
    if (items.length + members.length > MOST_COMPARED) break;
    const whole = size === 1 ? [candidate] : await index.articles(members);
    for (const member of whole) items.push({ ...member, known: size <= MOST_OF_STORY });
  }
  return items;
}

function bondsOf(items: readonly Item[], copy: FoundCopy): Bonds {
  const together: [number, number][] = [];
  const apart: [number, number][] = [];
  const at = new Map(items.map((item, position) => [item.profile.article, position]));
  const firstOfLarge = new Map<StoryId, number>();
  const firstPinned = new Map<StoryId, number>();
  const bind = (firsts: Map<StoryId, number>, story: StoryId, position: number) => {
    const first = firsts.get(story);
    if (first === undefined) firsts.set(story, position);
    else together.push([first, position]);
  };
  items.forEach((item, position) => {
    const origin = item.copyOf === null ? undefined : at.get(item.copyOf);
    if (origin !== undefined) together.push([origin, position]);
    if (item.story === null) return;
    if (!item.known) bind(firstOfLarge, item.story, position);
    if (item.pinned) bind(firstPinned, item.story, position);
  });
  if (copy.reversed && copy.of) {
    const taken = at.get(copy.of.profile.article);
    if (taken !== undefined) together.push([0, taken]);
  }
  const pinned = [...firstPinned.values()];
  for (const [position, first] of pinned.entries()) for (const second of pinned.slice(position + 1)) apart.push([first, second]);
  return { together, apart };
}

/** Each group takes the id of the story that most of its articles come from; a story's id goes to one group only. */
async function nameGroups(items: readonly Item[], groups: readonly number[], index: StoryIndex, standing: IndexedArticle | undefined) {
  const votes = new Map<string, { group: number; story: StoryId; votes: number; order: number }>();
  items.forEach((item, at) => {
    const story = item.story ?? standing?.story ?? null;
    if (story === null) return;
    const group = groups[at] as number;
    const key = `${group} ${story}`;
    const vote = votes.get(key) ?? { group, story, votes: 0, order: Number.POSITIVE_INFINITY };
    const weight = item.pinned ? 1e6 : item.story === null ? 0.5 : 1;
    votes.set(key, { ...vote, votes: vote.votes + weight, order: Math.min(vote.order, item.order ?? Number.POSITIVE_INFINITY) });
  });
  const named = new Map<number, StoryId>();
  const taken = new Set<StoryId>();
  for (const vote of [...votes.values()].sort((a, b) => b.votes - a.votes || a.order - b.order || (a.story < b.story ? -1 : 1))) {
    if (named.has(vote.group) || taken.has(vote.story)) continue;
    named.set(vote.group, vote.story);
    taken.add(vote.story);
  }
  // A group that got none is called after its first article: a new story, or one that parted from another.
  const inOrder = [...items.keys()].sort(
    (a, b) => (items[a]?.order ?? Number.POSITIVE_INFINITY) - (items[b]?.order ?? Number.POSITIVE_INFINITY),
  );
  for (const at of inOrder) {
    const item = items[at] as Item;
    const group = groups[at] as number;
    if (named.has(group)) continue;
    const base = `story:${item.profile.article.slice('article:'.length)}`;
    let id = base as StoryId;
    for (let next = 2; taken.has(id) || (await index.storySize(id)) > 0; next++) id = `${base}-${next}` as StoryId;
    named.set(group, id);
    taken.add(id);
  }
  const storyOf = groups.map((group) => named.get(group) as StoryId);
  const changes: StoryChange[] = [];
  const merged: { from: StoryId; into: StoryId }[] = [];
  const goes = new Map<StoryId, Set<StoryId>>();
  items.forEach((item, at) => {
    if (item.story !== null) goes.set(item.story, (goes.get(item.story) ?? new Set()).add(storyOf[at] as StoryId));
  });
  for (const [from, targets] of goes) {
    const [into] = targets;
    if (targets.size === 1 && into !== undefined && into !== from) merged.push({ from, into });
  }
  items.forEach((item, at) => {
    const story = storyOf[at] as StoryId;
    if (item.story === null || item.story === story || merged.some(({ from }) => from === item.story)) return;
    const fellows = items.filter((_, other) => other !== at && groups[other] === groups[at]);
    changes.push({ article: item.profile.article, story, reasons: reasonsFor(item.profile, fellows) });
  });
  return { storyOf, changes, merged };
}

/** The article turned out to be the origin: what was held for it, and its copies, are copies of this one now. */
function takenFrom(article: ArticleId, story: StoryId, copy: FoundCopy, items: readonly Item[]): StoryChange[] {
  if (!copy.reversed || !copy.of) return [];
  const origin = copy.of.profile.article;
  return items
    .filter((item) => item.profile.article === origin || item.copyOf === origin)
    .map((item) => ({
      article: item.profile.article,
      story,
      reasons: ['the same text was published earlier elsewhere'],
      kind: 'copy' as const,
      copyOf: article,
    }));
}

const SHOWN_NAMES = 4;

/** Why the article stands with these, in plain words. */
export function reasonsFor(profile: StoryProfile, fellows: readonly StoryProfile[] | readonly Item[]): string[] {
  const others = fellows.map((fellow) => ('profile' in fellow ? fellow.profile : fellow));
  if (others.length === 0) return ['nothing like it in the record so far'];
  const common = (kind: 'name' | 'word') => {
    const mine = new Map(profile.terms.filter((term) => term.kind === kind).map((term) => [term.stem, term.weight]));
    const best = others
      .map((other) => other.terms.filter((term) => mine.has(term.stem)).map((term) => term.stem))
      .reduce((most, shared) => (shared.length > most.length ? shared : most), [] as string[]);
    return best.sort((a, b) => (mine.get(b) ?? 0) - (mine.get(a) ?? 0));
  };
  const reasons: string[] = [];
  const deed = others.find((other) => sameDeed(profile, other));
  if (deed) {
    const same = profile.deeds.find(
      (one) =>
        one.day !== null &&
        deed.deeds.some((its) => its.type === one.type && its.day !== null && daysBetween(its.day, one.day as string) <= 1),
    );
    if (same) reasons.push(`the same deed: ${same.type}, ${same.day}${same.place ? `, ${same.place}` : ''}`);
  } else {
    const place = profile.deeds.find(
      (one) => one.place !== null && others.some((other) => other.deeds.some((its) => its.place === one.place)),
    )?.place;
    if (place) reasons.push(`same place: ${place}`);
  }
  if (profile.day !== null && others.some((other) => other.day === profile.day)) reasons.push('published on the same day');
  const names = common('name');
  if (names.length > 0)
    reasons.push(`${names.length} ${names.length === 1 ? 'name' : 'names'} in common: ${names.slice(0, SHOWN_NAMES).join(', ')}`);
  const words = common('word');
  if (words.length > 0)
    reasons.push(`${words.length} telling ${words.length === 1 ? 'word' : 'words'} in common: ${words.slice(0, SHOWN_NAMES).join(', ')}`);
  return reasons;
}

function shiftDay(day: string | null, by: number): string | null {
  const time = day === null ? Number.NaN : Date.parse(day);
  return Number.isNaN(time) ? null : new Date(time + by * 86_400_000).toISOString().slice(0, 10);
}
