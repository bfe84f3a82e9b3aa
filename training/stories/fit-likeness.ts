/**
 * Learns how likely two articles tell the same story: `node training/stories/fit-likeness.ts` reads ../shared/bench/stories-dev
 * and writes models/stories/likeness.json. The fitting itself is a function, so that the benchmark can fit on other topics than it scores.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareProfiles, FEATURES, type LikenessModel } from '../../src/stories/likeness.ts';
import { openMemoryIndex } from '../../src/stories/memory-index.ts';
import { profileArticle } from '../../src/stories/profile-article.ts';
import type { ArticleRecord, StoryProfile } from '../../src/vocabulary.ts';
import { ECB_FOLDER, loadEcb, plainRecord } from './ecb-plus.ts';

export interface Labelled {
  readonly record: ArticleRecord;
  readonly story: string;
  /** stories of one topic are hard to tell apart */
  readonly topic: string;
}

interface Example {
  readonly features: readonly number[];
  readonly same: number;
}

const CANDIDATES = 40;
const ROUNDS = 400;
const WITHIN_CONTRAST = 8;

/** Parts of about this size, each from the nearest to the farthest. */
function inSets<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, set) => items.filter((_item, at) => at % count === set));
}

/** Pairs of each article with what the index gives for it, compared in that set as the grouping does. */
async function makeExamples(articles: readonly Labelled[]): Promise<Example[]> {
  const index = openMemoryIndex();
  const profiles = articles.map(({ record }) => profileArticle(record));
  const storyOf = new Map<string, string>();
  for (const [at, { record, story }] of articles.entries()) {
    const profile = profiles[at] as (typeof profiles)[number];
    storyOf.set(record.article.id, story);
    index.add(record, {
      article: record.article.id,
      kind: 'original',
      copyOf: null,
      revisionOf: null,
      story: `story:${at}`,
      reasons: [],
      profile,
    });
  }
  const examples: Example[] = [];
  for (const [at, { story }] of articles.entries()) {
    const profile = profiles[at] as (typeof profiles)[number];
    const found = await index.findByTerms(profile.lookup, null, null, CANDIDATES);
    const others = (await index.articles(found.map(({ article }) => article)))
      .map((entry) => entry.profile)
      .filter((other) => other.article !== profile.article);
    const same = (other: StoryProfile) => (storyOf.get(other.article) === story ? 1 : 0);
    // A young record has few articles to compare with: large sets, small ones, and pairs alone.
    for (const set of [others, ...inSets(others, 8), ...inSets(others, 1).filter((_, turn) => turn % 4 === at % 4)]) {
      const { features } = compareProfiles([profile, ...set], []);
      set.forEach((other, position) => {
        examples.push({ features: features(0, position + 1), same: same(other) });
      });
    }
  }
  return examples;
}

/** Pairs within a group: the two stories of a topic together, and each story alone (which is not to be parted). */
function makeExamplesWithin(articles: readonly Labelled[]): Example[] {
  const groups = new Map<string, Labelled[]>();
  for (const article of articles)
    for (const group of [`topic ${article.topic}`, `story ${article.story}`]) groups.set(group, [...(groups.get(group) ?? []), article]);
  return [...groups.values()].flatMap((group) => {
    const { features } = compareProfiles(
      group.map(({ record }) => profileArticle(record)),
      [],
      WITHIN_CONTRAST,
    );
    return group.flatMap((first, i) =>
      group.slice(i + 1).map((second, offset) => ({ features: features(i, i + 1 + offset), same: first.story === second.story ? 1 : 0 })),
    );
  });
}

export async function fitLikeness(articles: readonly Labelled[]): Promise<LikenessModel> {
  return { weights: fitWeights(await makeExamples(articles)), within: fitWeights(makeExamplesWithin(articles)) };
}

/** Logistic regression by Adagrad on standardised features; deterministic. @returns one weight per feature, the bias first */
function fitWeights(examples: readonly Example[]): number[] {
  const count = FEATURES.length;
  const mean = Array.from({ length: count }, (_, at) =>
    at === 0 ? 0 : examples.reduce((sum, { features }) => sum + (features[at] ?? 0), 0) / examples.length,
  );
  const spread = mean.map((m, at) =>
    at === 0 ? 1 : Math.sqrt(examples.reduce((sum, { features }) => sum + ((features[at] ?? 0) - m) ** 2, 0) / examples.length) || 1,
  );
  const standard = examples.map(({ features }) => features.map((value, at) => (value - (mean[at] ?? 0)) / (spread[at] ?? 1)));
  const weights = new Float64Array(count);
  const squares = new Float64Array(count).fill(1e-6);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = new Float64Array(count);
    standard.forEach((values, row) => {
      let odds = 0;
      for (let at = 0; at < count; at++) odds += (weights[at] as number) * (values[at] as number);
      const error = 1 / (1 + Math.exp(-odds)) - (examples[row]?.same ?? 0);
      for (let at = 0; at < count; at++) gradient[at] = (gradient[at] as number) + error * (values[at] as number);
    });
    for (let at = 0; at < count; at++) {
      const step = (gradient[at] as number) / examples.length + 1e-3 * (at === 0 ? 0 : (weights[at] as number));
      squares[at] = (squares[at] as number) + step * step;
      weights[at] = (weights[at] as number) - (0.5 * step) / Math.sqrt(squares[at] as number);
    }
  }
  const plain = [...weights].map((weight, at) => weight / (spread[at] ?? 1));
  const bias = (weights[0] as number) - plain.reduce((sum, weight, at) => (at === 0 ? sum : sum + weight * (mean[at] ?? 0)), 0);
  return [bias, ...plain.slice(1)].map((weight) => Math.round(weight * 1000) / 1000);
}

if (import.meta.main) {
  if (!existsSync(ECB_FOLDER)) throw new Error(`${ECB_FOLDER} is not here: nothing to learn from`);
  const articles = loadEcb().map((document) => ({
    record: plainRecord(document.id, document.text),
    story: document.story,
    topic: String(document.topic),
  }));
  const model = await fitLikeness(articles);
  const file = resolve(import.meta.dirname, '../../models/stories/likeness.json');
  writeFileSync(file, `${JSON.stringify({ features: FEATURES, ...model }, null, 2)}\n`);
  for (const [at, feature] of FEATURES.entries()) console.log(feature.padEnd(28), model.weights[at], model.within[at]);
}
