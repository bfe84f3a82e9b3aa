/**
 * Scores the stories room: `node benchmark/stories.ts [--events]`. Story grouping (B³) on ECB+ topics that the likeness was not learned
 * on, the same in another order, copies made by a generator, and with `--events` linking of events from plain text (CoNLL F1).
 */
import { resolve } from 'node:path';
import { seededRandom } from '../src/store/generated-record.ts';
import { describeStories } from '../src/stories/describe-stories.ts';
import type { LikenessModel } from '../src/stories/likeness.ts';
import type { ArticleRecord } from '../src/vocabulary.ts';
import { type EcbDocument, loadEcb, plainRecord } from '../training/stories/ecb-plus.ts';
import { fitLikeness } from '../training/stories/fit-likeness.ts';
import { scoreBCubed, scoreConll } from './coreference-scores.ts';
import type { Figures } from './floors.ts';

const FOLDS = 2;
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

function shuffle<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as Item, mixed[at] as Item];
  }
  return mixed;
}

async function groupStories(documents: readonly EcbDocument[], model: LikenessModel): Promise<Map<string, string>> {
  const { articles } = await describeStories(
    documents.map((document) => plainRecord(document.id, document.text)),
    { model },
  );
  return new Map(articles.map((article) => [article.id, article.story]));
}

async function scoreGrouping(documents: readonly EcbDocument[]): Promise<Record<string, number>> {
  const scores = { precision: 0, recall: 0, order: 0, seconds: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const scored = documents.filter((document) => document.topic % FOLDS === fold);
    const learned = documents.filter((document) => document.topic % FOLDS !== fold);
    const model = await fitLikeness(
      learned.map((document) => ({
        record: plainRecord(document.id, document.text),
        story: document.story,
        topic: String(document.topic),
      })),
    );
    const gold = new Map(scored.map((document) => [document.id, document.story]));
    const start = cpuSeconds();
    const found = await groupStories(scored, model);
    scores.seconds += cpuSeconds() - start;
    const score = scoreBCubed(gold, found);
    const share = scored.length / documents.length;
    scores.precision += score.precision * share;
    scores.recall += score.recall * share;
    const again = await groupStories(shuffle(scored, 7 + fold), model);
    scores.order += scoreBCubed(found, again).f1 * share;
  }
  return {
    'story-b3-precision': scores.precision,
    'story-b3-recall': scores.recall,
    'story-b3-f1': (2 * scores.precision * scores.recall) / (scores.precision + scores.recall),
    'story-order-b3-f1': scores.order,
    'story-ms-per-article': (1000 * scores.seconds) / documents.length,
  };
}

const sentencesOf = (document: EcbDocument) =>
  document.sentences.map(({ start, end }) => document.text.slice(start, end)).filter((sentence) => sentence !== '');

/** What outlets do to an agency text: cut its end, put a paragraph of their own in, change a word here and there. */
function makeCopy(document: EcbDocument, others: readonly EcbDocument[], random: () => number): string {
  let sentences = sentencesOf(document);
  const change = Math.floor(random() * 4);
  if (change === 1 || change === 3) sentences = sentences.slice(0, Math.max(5, Math.ceil(sentences.length * (0.45 + random() * 0.4))));
  if (change === 2 || change === 3) {
    const other = others[Math.floor(random() * others.length)] as EcbDocument;
    const place = Math.floor(random() * (sentences.length + 1));
    sentences = [...sentences.slice(0, place), ...sentencesOf(other).slice(0, 2), ...sentences.slice(place)];
  }
  const edited = sentences.map((sentence) =>
    sentence
      .split(' ')
      .map((word) => (change !== 0 && /^[a-z]{4,}$/.test(word) && random() < 0.06 ? `${word.slice(0, 2)}other` : word))
      .join(' '),
  );
  return edited.join('\n');
}

/** A rewrite keeps a third of the sentences and says the others with the same words in another order. */
function makeRewrite(document: EcbDocument, random: () => number): string {
  return sentencesOf(document)
    .map((sentence) => (random() < 0.33 ? sentence : shuffle(sentence.split(' '), Math.floor(random() * 1e6)).join(' ')))
    .join('\n');
}

/** Whether a text that nobody made by hand is a copy all the same: half of its sentences, or of the other's, stand in the other with most of their words. */
function shareSentences(first: EcbDocument, second: EcbDocument): boolean {
  const bags = (document: EcbDocument) =>
    sentencesOf(document)
      .filter((sentence) => sentence.length > 40 && !/https? ?:/.test(sentence))
      .map((sentence) => new Set(sentence.toLowerCase().match(/[a-z0-9]+/g) ?? []));
  const alike = (a: ReadonlySet<string>, b: ReadonlySet<string>) => {
    const common = [...a].filter((word) => b.has(word)).length;
    return common >= 0.7 * (a.size + b.size - common);
  };
  const half = (of: Set<string>[], other: Set<string>[]) =>
    of.filter((bag) => other.some((its) => alike(bag, its))).length * 2 >= of.length;
  const [mine, its] = [bags(first), bags(second)];
  return half(mine, its) || half(its, mine);
}

async function scoreCopies(documents: readonly EcbDocument[]): Promise<Record<string, number>> {
  const random = seededRandom(11);
  const byId = new Map(documents.map((document) => [document.id, document]));
  const sources = [
    ...new Map(documents.filter((document) => document.text.length > 900).map((document) => [document.story, document])).values(),
  ];
  const made = sources.flatMap((source) =>
    [1, 2, 3].map((number) => ({
      id: `${source.id} copy ${number}`,
      source: source.id,
      text: makeCopy(
        source,
        documents.filter((other) => other.topic !== source.topic),
        random,
      ),
    })),
  );
  const rewrites = sources.map((source) => ({
    id: `${source.id} rewrite`,
    source: source.id,
    text: makeRewrite(source, random),
  }));
  const records: ArticleRecord[] = [...documents, ...shuffle([...made, ...rewrites], 5)].map(({ id, text }) => plainRecord(id, text));
  const { articles } = await describeStories(records);
  const copyOf = new Map(articles.map((article) => [article.id, article.copyOf]));
  // A source may itself be a copy in the corpus: what counts is that both stand under one origin.
  const root = (id: string): string => {
    const origin = copyOf.get(id);
    return origin ? root(origin) : id;
  };
  const found = made.filter(({ id, source }) => copyOf.get(id) && root(id) === root(source)).length;
  const wrongMade =
    made.filter(({ id, source }) => copyOf.get(id) && root(id) !== root(source)).length +
    rewrites.filter(({ id }) => copyOf.get(id)).length;
  const natural = documents.filter((document) => copyOf.get(document.id));
  const wrongNatural = natural.filter((document) => !shareSentences(document, byId.get(copyOf.get(document.id) as string) ?? document));
  const strangers = natural.filter((document) => byId.get(copyOf.get(document.id) as string)?.story !== document.story);
  const rewriteFound = rewrites.filter(({ id }) => articles.find((article) => article.id === id)?.kind === 'rewrite').length;
  return {
    'copy-precision': found / (found + wrongMade + strangers.length),
    'copy-recall': found / made.length,
    // Agency texts that outlets of the corpus reworked by themselves: where a copy ends and a rewrite begins is a matter of degree.
    'copy-precision-found-in-corpus': 1 - wrongNatural.length / Math.max(1, natural.length),
    'rewrite-found': rewriteFound / rewrites.length,
  };
}

/** Every fourth topic read from plain text by the whole house; mentions count by their words, on the sentences whose annotation was checked. */
async function scoreEvents(documents: readonly EcbDocument[]): Promise<Record<string, number>> {
  const some = documents.filter((document) => document.topic % 4 === 0);
  return linkEvents(some, await readDocuments(some));
}

async function readDocuments(some: readonly EcbDocument[]): Promise<ArticleRecord[]> {
  const { openModels } = await import('../src/models.ts');
  const { readPage } = await import('../src/pipeline.ts');
  const { Failure } = await import('../src/failure.ts');
  const language = await openModels();
  const records: ArticleRecord[] = [];
  for (const { id, text } of some) {
    const record = await readPage(
      { name: id, format: 'text', content: text, fetched: '2024-01-01T00:00:00.000Z', sha256: id, notes: [] },
      language,
    );
    if (!(record instanceof Failure)) records.push({ ...record, article: { ...record.article, id: `article:${id}`, name: id } });
  }
  return records;
}

/** Cases of these records against the links of the corpus. */
export async function linkEvents(some: readonly EcbDocument[], records: readonly ArticleRecord[]): Promise<Record<string, number>> {
  const { cases } = await describeStories(records);
  const gold = new Map<string, string>();
  for (const document of some) {
    for (const mention of document.mentions) {
      if (document.sentences[mention.sentence]?.checked) gold.set(`${document.id} ${mention.start}`, mention.cluster);
    }
  }
  const found = new Map<string, string>();
  for (const { id, tellings } of cases) {
    for (const telling of tellings) {
      const record = records.find((one) => one.article.id === `article:${telling.article}`);
      const document = some.find((one) => one.id === telling.article);
      const event = record?.events.find((one) => one.id === telling.event);
      for (const mention of event?.mentions ?? []) {
        const place = document && record ? placeIn(document, record.article.text, mention.trigger) : undefined;
        if (place !== undefined) found.set(place, id);
      }
    }
  }
  const { muc, bCubed, ceaf, conll } = scoreConll(gold, found);
  // Of the many kinds of event in the corpus (films, prices, sport) the record's types cover a third: how well those found are linked is told apart.
  const within = (of: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    new Map([...of].filter(([key]) => other.has(key)));
  const linked = scoreConll(within(gold, found), within(found, gold));
  const both = within(gold, found).size;
  return {
    'event-mention-recall': both / gold.size,
    'event-mention-precision': both / Math.max(1, found.size),
    'event-muc-f1': muc,
    'event-b3-f1': bCubed,
    'event-ceaf-f1': ceaf,
    'event-conll-f1': conll,
    'event-conll-f1-of-found': linked.conll,
  };
}

/** A trigger of the cleaned text as the gold mention that begins at or holds it; undefined outside the checked sentences. */
function placeIn(document: EcbDocument, cleaned: string, trigger: { readonly text: string; readonly start: number }): string | undefined {
  const before = cleaned.slice(Math.max(0, trigger.start - 30), trigger.start).replace(/\s+/g, '');
  const want = trigger.text.replace(/\s+/g, '');
  for (let at = document.text.indexOf(trigger.text); at >= 0; at = document.text.indexOf(trigger.text, at + 1)) {
    const context = document.text.slice(Math.max(0, at - 60), at).replace(/\s+/g, '');
    if (!context.endsWith(before.slice(-12)) || want === '') continue;
    const sentence = document.sentences.findIndex(({ start, end }) => at >= start && at < end);
    if (!document.sentences[sentence]?.checked) return undefined;
    const mention = document.mentions.find(({ start, end }) => start < at + trigger.text.length && at < end);
    return `${document.id} ${mention?.start ?? `none ${at}`}`;
  }
  return undefined;
}

export async function scoreStories({ events = true } = {}): Promise<Figures> {
  const documents = loadEcb();
  return {
    ...(await scoreGrouping(documents)),
    ...(await scoreCopies(documents)),
    ...(events ? await scoreEvents(documents) : {}),
  };
}

if (import.meta.main && process.argv[1] === resolve(import.meta.filename)) {
  console.log(await scoreStories({ events: process.argv.includes('--events') }));
}
