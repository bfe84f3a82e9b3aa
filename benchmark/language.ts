/**
 * Scores the language room from raw text, through its front door: tokens, sentences, tags and trees on UD English-EWT dev and GUM, names
 * on what training keeps out, times, places, counts, speed. `scoreLanguage` gives figure: value (shares of 1); run alone, it prints them.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { analyseLanguage, type Language } from '../src/language/analyse-language.ts';
import { splitText } from '../src/language/tokens/split-text.ts';
import { openModels } from '../src/models.ts';
import type { AnalysedArticle, Article } from '../src/vocabulary.ts';
import { type GoldPlaces, scorePlaces } from './places.ts';
import { type GoldDocument, readConlluFile } from './read-conllu.ts';
import { readHeldOutNames, readHeldOutPhrases } from './read-names.ts';

const shared = resolve(import.meta.dirname, '../../shared');

/** Counts of a precision and recall. */
class Tally {
  gold = 0;
  found = 0;
  right = 0;

  get f1(): number {
    return this.gold + this.found === 0 ? 0 : (2 * this.right) / (this.gold + this.found);
  }

  addSets(gold: ReadonlySet<string>, found: ReadonlySet<string>): void {
    this.gold += gold.size;
    this.found += found.size;
    for (const key of found) if (gold.has(key)) this.right += 1;
  }
}

export async function scoreLanguage(): Promise<Record<string, number>> {
  const language = await openModels();
  const gold = readGold();
  const read = new Map<string, AnalysedArticle>();
  // once over a few articles first: the engine compiles on the way
  for (const article of gold.slice(0, 5)) await analyseLanguage(asArticle(article.name, article.text, article.published), language);
  const before = process.cpuUsage();
  for (const article of gold)
    read.set(article.name, await analyseLanguage(asArticle(article.name, article.text, article.published), language));
  const used = process.cpuUsage(before);
  const kilobytes = gold.reduce((sum, article) => sum + Buffer.byteLength(article.text), 0) / 1000;
  return {
    ...(await scoreGrammar(language)),
    ...(await scoreNames(language)),
    ...scoreTimes(gold, read, await readGumNews(language)),
    ...scorePlacesAndCounts(gold, read),
    articlesPerCpuSecond: kilobytes / 5 / ((used.user + used.system) / 1e6),
  };
}

function asArticle(name: string, text: string, published: string | null = null): Article {
  return {
    id: `article:${name}`,
    name,
    title: null,
    text,
    published,
    updated: null,
    fetched: '2026-01-01T00:00:00Z',
    publishedFrom: null,
    authors: [],
    publisher: null,
    site: null,
    url: null,
    language: null,
    dateline: null,
    dropped: [],
    notes: [],
  };
}

// ---------------------------------------------------------------- tokens, sentences, grammar

const filesOf = (folder: string, pattern: RegExp) =>
  readdirSync(join(shared, folder))
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(shared, folder, name));

async function scoreGrammar(language: Language): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const [name, files] of [
    ['Ewt', filesOf('train/ud-ewt', /dev.*\.conllu/)],
    ['GumNews', filesOf('train/gum', /^GUM_news_.*\.conllu/)],
  ] as const) {
    const tokens = new Tally();
    const sentences = new Tally();
    const upos = new Tally();
    const las = new Tally();
    for (const document of files.flatMap(readConlluFile)) {
      const analysed = await analyseLanguage(asArticle(document.name, document.text), language);
      tokens.addSets(new Set(document.words.map(keyOf)), new Set(analysed.tokens.map(keyOf)));
      sentences.addSets(new Set(document.sentences.map(keyOf)), new Set(analysed.sentences.map(keyOf)));
      compareWords(document, analysed, upos, las);
    }
    figures[`tokens${name}`] = tokens.f1;
    figures[`sentences${name}`] = sentences.f1;
    // training has read GUM news but for one document: its grammar would flatter
    if (name === 'Ewt') Object.assign(figures, { uposEwt: upos.f1, lasEwt: las.f1 });
  }
  return figures;
}

const keyOf = ({ start, end }: { start: number; end: number }) => `${start} ${end}`;

/** As the CoNLL 2018 shared task: words align by their characters, LAS looks at the relation without its subtype. */
function compareWords(document: GoldDocument, { tokens }: AnalysedArticle, upos: Tally, las: Tally): void {
  const place = new Map(document.words.map((word, index) => [keyOf(word), index]));
  const goldOf = tokens.map((token) => place.get(keyOf(token)) ?? null);
  for (const tally of [upos, las]) {
    tally.gold += document.words.length;
    tally.found += tokens.length;
  }
  tokens.forEach((token, index) => {
    const at = goldOf[index];
    if (at === null || at === undefined) return;
    const word = document.words[at] as GoldDocument['words'][number];
    if (word.upos === token.upos) upos.right += 1;
    const sameHead = token.head < 0 ? word.head < 0 : goldOf[token.head] === word.head;
    if (sameHead && word.deprel.split(':')[0] === token.deprel.split(':')[0]) las.right += 1;
  });
}

// ---------------------------------------------------------------- names

const KIND_OF: Readonly<Record<string, string>> = { 'armed-group': 'organisation', facility: 'place' };

async function scoreNames(language: Language): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  const all = new Tally();
  for (const [name, documents] of Object.entries(readHeldOutNames(join(shared, 'train/ner')))) {
    const own = new Tally();
    for (const document of documents) {
      const { entities, entityMentions } = await analyseLanguage(asArticle(document.name, document.text), language);
      const found = entityMentions
        .filter(({ form }) => form === 'name' || form === 'acronym')
        .map(({ start, end, entity }) => ({ start, end, kind: entities[entity]?.kind ?? 'other' }))
        .map(({ kind, ...span }) => ({ ...span, kind: KIND_OF[kind] ?? kind }))
        .filter(({ kind }) => kind === 'person' || kind === 'organisation' || kind === 'place');
      const spans: [ReadonlySet<string>, ReadonlySet<string>] = [new Set(document.spans.map(writeSpan)), new Set(found.map(writeSpan))];
      own.addSets(...spans);
      if (name !== 'crossner') all.addSets(...spans);
    }
    figures[`names${name[0]?.toUpperCase()}${name.slice(1)}`] = own.f1;
  }
  figures.namesHeldOut = all.f1;
  figures.phrasesRe3d = await scorePhrases(language);
  return figures;
}

const writeSpan = ({ start, end, kind }: { start: number; end: number; kind: string }) => `${kind} ${start} ${end}`;
const PHRASES = new Set(['person', 'organisation', 'place', 'weapon', 'platform']);

/** Whole phrases of the conflict's people, organisations, places, weapons and platforms, as the encoder marks them. */
async function scorePhrases(language: Language): Promise<number> {
  const tally = new Tally();
  for (const { text, spans } of readHeldOutPhrases(join(shared, 'train/re3d'))) {
    const { sentences, tokens } = splitText(text);
    const words = sentences.map(({ firstToken, endToken }) =>
      tokens.starts.slice(firstToken, endToken).map((start, at) => text.slice(start, tokens.ends[firstToken + at])),
    );
    const found = (await language.encoder.read(words)).flatMap(({ mentions }, index) => {
      const { firstToken } = sentences[index] as (typeof sentences)[number];
      return mentions
        .filter(({ kind }) => PHRASES.has(kind))
        .map(({ start, end, kind }) => ({
          start: tokens.starts[firstToken + start] as number,
          end: tokens.ends[firstToken + end - 1] as number,
          kind,
        }));
    });
    tally.addSets(new Set(spans.map(writeSpan)), new Set(found.map(writeSpan)));
  }
  return tally.f1;
}

// ---------------------------------------------------------------- times

interface DatedDocument {
  readonly analysed: AnalysedArticle;
  readonly dates: readonly { readonly start: number; readonly end: number; readonly value: string }[];
}

/** GUM's news with its editors' `<date when="…">`, read against the day on which it was written. */
async function readGumNews(language: Language): Promise<DatedDocument[]> {
  const documents: DatedDocument[] = [];
  for (const document of filesOf('train/gum', /^GUM_news_.*\.conllu/).flatMap(readConlluFile)) {
    const dates: { start: number; end: number; value: string }[] = [];
    const open: { start: number; value: string }[] = [];
    for (const { start, end, misc } of document.words) {
      for (const [, closing, , attributes = ''] of misc.matchAll(/<(\/?)(date)\b([^>]*)>/g)) {
        if (closing === '') open.push({ start, value: /when:::"([^"]*)"/.exec(attributes)?.[1] ?? '' });
        else {
          const date = open.pop();
          if (date !== undefined && date.value !== '') dates.push({ ...date, end });
        }
      }
    }
    const published = document.meta.dateCreated ?? null;
    documents.push({ analysed: await analyseLanguage(asArticle(document.name, document.text, published), language), dates });
  }
  return documents;
}

function scoreTimes(
  gold: readonly GoldArticle[],
  read: ReadonlyMap<string, AnalysedArticle>,
  gum: readonly DatedDocument[],
): Record<string, number> {
  const values = new Tally();
  for (const { analysed, dates } of gum) {
    const times = analysed.times.filter(({ kind, value }) => (kind === 'date' || kind === 'time') && /^\d{4}/.test(value));
    values.gold += dates.length;
    values.found += times.length;
    values.right += dates.filter(({ start, end, value }) =>
      times.some((time) => time.start < end && time.end > start && (time.value === value || time.value.startsWith(`${value}T`))),
    ).length;
  }
  let dated = 0;
  let right = 0;
  for (const { name, text, events } of gold) {
    const times = read.get(name)?.times ?? [];
    const seen = new Set<string>();
    for (const { when, mentions } of events) {
      if (when === null || when.from === null || seen.has(`${when.words} ${when.from} ${when.to}`)) continue;
      seen.add(`${when.words} ${when.from} ${when.to}`);
      const places = placesOf(text, when.words, mentions);
      dated += 1;
      const hit = times.some(
        ({ start, end, from, to }) =>
          from === when.from && to === when.to && places.some((at) => start < at + when.words.length && end > at),
      );
      if (hit) right += 1;
    }
  }
  return { timeValuesGumNews: values.f1, whenDays: right / dated };
}

/** Where the words stand that a coder read a field from: beside the quotes of its event, else anywhere. */
function placesOf(text: string, words: string, mentions: readonly { quote: string }[]): number[] {
  const beside = mentions
    .map(({ quote }) => text.indexOf(quote))
    .filter((at) => at >= 0)
    .map((at) => text.indexOf(words, Math.max(0, at - 300)))
    .filter((at) => at >= 0);
  return beside.length > 0 ? beside : [text.indexOf(words)].filter((at) => at >= 0);
}

// ---------------------------------------------------------------- places and counts

interface GoldArticle {
  readonly name: string;
  readonly text: string;
  readonly published: string | null;
  readonly events: readonly {
    readonly when: { readonly words: string; readonly from: string | null; readonly to: string | null } | null;
    readonly where: GoldPlaces['events'][number]['where'];
    readonly counts: readonly { readonly words: string; readonly low: number | null; readonly high: number | null }[];
    readonly mentions: readonly { readonly quote: string }[];
  }[];
}

function readGold(): GoldArticle[] {
  const folder = join(shared, 'bench/gold-dev');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<GoldArticle, 'name'>), name }));
}

/** Counts whose words hold a number word: a name or "a man" is counted in the findings. */
const COUNTED = /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|scores|hundreds?|thousands?|millions|several|no)\b/i;

function scorePlacesAndCounts(gold: readonly GoldArticle[], read: ReadonlyMap<string, AnalysedArticle>): Record<string, number> {
  const places = scorePlaces(
    gold.map(({ name, text, events }) => ({ id: name, text, events })),
    (id) => read.get(id)?.places ?? [],
  );
  let counts = 0;
  let right = 0;
  for (const { name, text, events } of gold) {
    const quantities = read.get(name)?.quantities ?? [];
    for (const { counts: own, mentions } of events) {
      for (const { words, low, high } of own) {
        if (!COUNTED.test(words)) continue;
        counts += 1;
        const spots = placesOf(text, words, mentions);
        const hit = quantities.some(
          (found) => found.low === low && found.high === high && spots.some((at) => found.start < at + words.length && found.end > at),
        );
        if (hit) right += 1;
      }
    }
  }
  return {
    placesWithin161km: places.within161 / places.count,
    placesWithin25km: places.within25 / places.count,
    placeCountries: places.country / places.countries,
    countBounds: right / counts,
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const [figure, value] of Object.entries(await scoreLanguage())) console.log(`${figure.padEnd(24)} ${value.toFixed(4)}`);
}
