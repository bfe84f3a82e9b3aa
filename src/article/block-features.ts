/**
 * Blocks in, one row of numbers per block out: what the block looks like, where it stands, what its neighbours and containers look like,
 * what its class names have meant elsewhere, what the page says of itself, and what the classic rules say.
 * It decides nothing; the block model does. Columns are named in FEATURES and must not be reordered without training anew.
 */
import { findMainElement } from './classic-rules.ts';
import { nameFurniture } from './clean-plain-text.ts';
import type { LeanElement } from './lean-tree.ts';
import type { StructuredData } from './structured-data.ts';
import { readMeta } from './structured-data.ts';
import type { TextBlock } from './text-blocks.ts';
import { hashRuns, measureText, type TextShape } from './text-shape.ts';

const OWN =
  'chars words linkShare links strongShare heading endsSentence stopRate commaRate capitalShare capitalisedShare shoutedShare digitShare signRate quoteRate unspacedShare startsCapital startsSign startsColonLink hasColon hasCopyright hasPipe furniture media afterBreak tag inLink';
const PLACE = 'order orderByChars blocksOnPage charsOnPage afterTitle sinceTitleBlocks sinceTitleChars repeats repeatsLater depth';
const TREE =
  'inArticle inMain inAside inNav inFooter inHeader inForm inFigure inList inTable inQuote inSection hidden inButton articleCount negativeNames positiveNames';
const CONTAINER =
  'parentChars parentBlocks parentLinkShare parentLong parentShare grandChars grandLinkShare grandShare signatureCount signatureChars signatureLinkShare siblingsSame inMainElement mainShare mainScore depthBelowMain';
const NEIGHBOURS =
  'before1Chars before1LinkShare before1Ends before1SameParent before1Heading before2Chars before2LinkShare before2SameParent after1Chars after1LinkShare after1Ends after1SameParent after1Heading after2Chars after2LinkShare after2SameParent longBefore longAfter';
const SAID = 'bodyGiven bodyShare titleShare titleCover descriptionShare altShare runsEarlier runsLater';
const NAMES = 'nearLow nearHigh nearMean nearKnown farLow farHigh farMean farSum farKnown ownMean';
const WORDS = 'wordLow wordHigh wordMean firstWord secondWord lastWord firstPair';

export const FEATURES: readonly string[] = [OWN, PLACE, TREE, CONTAINER, NEIGHBOURS, SAID, NAMES, WORDS].join(' ').split(' ');
const COLUMN: Readonly<Record<string, number>> = Object.fromEntries(FEATURES.map((name, index) => [name, index]));
export const FIRST_NAME_COLUMN = COLUMN.nearLow!;
export const FEATURE_COUNT = FEATURES.length;

const TAGS = [
  'p',
  'div',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'td',
  'th',
  'blockquote',
  'figcaption',
  'section',
  'article',
  'dd',
  'dt',
  'pre',
  'header',
  'footer',
  'aside',
  'nav',
];
const TAG_CODE = new Map(TAGS.map((tag, index) => [tag, index + 1]));
const FURNITURE_CODE = new Map(
  ['caption', 'video player', 'advertisement', 'read also', 'newsletter', 'credit', 'share links', 'copyright'].map((name, index) => [
    name,
    index + 2,
  ]),
);

const ARTICLE = 1;
const MAIN = 2;
const ASIDE = 4;
const NAV = 8;
const FOOTER = 16;
const HEADER = 32;
const FORM = 64;
const FIGURE = 128;
const LIST = 256;
const TABLE = 512;
const QUOTE = 1024;
const SECTION = 2048;
const HIDDEN = 4096;
const BUTTON = 8192;
const FLAG_OF_TAG: Readonly<Record<string, number>> = {
  article: ARTICLE,
  main: MAIN,
  aside: ASIDE,
  nav: NAV,
  footer: FOOTER,
  header: HEADER,
  form: FORM,
  figure: FIGURE,
  figcaption: FIGURE,
  ul: LIST,
  ol: LIST,
  dl: LIST,
  table: TABLE,
  blockquote: QUOTE,
  section: SECTION,
  button: BUTTON,
  dialog: HIDDEN,
};
const FLAG_OF_ROLE: Readonly<Record<string, number>> = {
  main: MAIN,
  navigation: NAV,
  complementary: ASIDE,
  contentinfo: FOOTER,
  banner: HEADER,
  article: ARTICLE,
  dialog: HIDDEN,
  button: BUTTON,
  search: FORM,
};
const TREE_FLAGS = [ARTICLE, MAIN, ASIDE, NAV, FOOTER, HEADER, FORM, FIGURE, LIST, TABLE, QUOTE, SECTION, HIDDEN, BUTTON];
const NEGATIVE =
  /comment|footer|foot-|masthead|promo|related|sidebar|sponsor|shopping|share|social|newsletter|banner|cookie|consent|teaser|recommend|breadcrumb|author-bio|authorbio|caption|credit|advert|subscribe|paywall|popup|modal|outbrain|taboola|trending|popular|more-|read-also|readmore|byline|tags|meta|disclaimer|copyright|toolbar|widget/i;
const POSITIVE =
  /article-?_?body|articlebody|story-?_?body|entry-?_?content|post-?_?content|article-?_?content|post-?_?body|article-?_?text|richtext|rich-text|body-?copy|content-?body|paragraph|prose|main-?content|td-post|wysiwyg/i;

/** What all blocks below an element share, kept once per element. */
interface ElementFacts {
  flags: number;
  negative: number;
  positive: number;
  names: readonly string[];
  /** counted over the blocks below it */
  chars: number;
  linkChars: number;
  blocks: number;
  long: number;
  signature: string;
}

/** Words of class, id, role and component names: "articleBody__text-2xk" → articlebody, article, body, text, article-body. */
export function readNames(element: LeanElement): string[] {
  const { attributes } = element;
  if (!attributes) return [];
  const names = new Set<string>();
  for (const [key, value] of attributes) {
    if (!(key === 'class' || key === 'id' || key === 'role' || key === 'itemprop' || key === 'aria-label' || key.startsWith('data-')))
      continue;
    if (value.length > 600 || key === 'data-timestamp' || key === 'data-datetime') continue;
    for (const name of value.split(/\s+/, 24)) {
      if (name.length < 2 || name.length > 60) continue;
      const parts = name
        .replace(/([a-z])([A-Z])/g, '$1-$2')
        .toLowerCase()
        .split(/[^a-z]+/)
        .filter((part) => part.length >= 2 && part.length <= 20);
      for (let index = 0; index < parts.length && index < 8; index++) {
        names.add(parts[index]!);
        if (index > 0) names.add(`${parts[index - 1]}-${parts[index]}`);
      }
    }
  }
  return [...names].slice(0, 40);
}

export interface FeatureRows {
  /** row-major, FEATURE_COUNT numbers per block; the name columns are filled by `fillNameColumns` */
  readonly values: Float32Array;
  readonly shapes: readonly TextShape[];
  /** class-name words of the block's element and two above it, and of every element above those */
  readonly names: readonly { readonly near: readonly (readonly string[])[]; readonly far: readonly (readonly string[])[] }[];
}

class FactBook {
  private readonly facts = new Map<LeanElement, ElementFacts>();
  /** elements above the main one: their names speak of the page, not of any block */
  private readonly spine = new Set<LeanElement>();

  constructor(main: LeanElement | null) {
    for (let up = main?.parent ?? null; up; up = up.parent) this.spine.add(up);
  }

  read(element: LeanElement): ElementFacts {
    const known = this.facts.get(element);
    if (known) return known;
    const above = element.parent ? this.read(element.parent) : null;
    const role = element.read('role');
    let flags = (above?.flags ?? 0) | (FLAG_OF_TAG[element.tag] ?? 0) | (role ? (FLAG_OF_ROLE[role] ?? 0) : 0);
    if (element.attributes) {
      if (
        element.attributes.has('hidden') ||
        element.read('aria-hidden') === 'true' ||
        /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.read('style'))
      )
        flags |= HIDDEN;
    }
    const onSpine = this.spine.has(element);
    const label = element.attributes && !onSpine ? `${element.read('class')} ${element.read('id')}` : '';
    const facts: ElementFacts = {
      flags,
      negative: (above?.negative ?? 0) + (label.length > 1 && NEGATIVE.test(label) ? 1 : 0),
      positive: (above?.positive ?? 0) + (label.length > 1 && POSITIVE.test(label) ? 1 : 0),
      names: onSpine ? [] : readNames(element),
      chars: 0,
      linkChars: 0,
      blocks: 0,
      long: 0,
      signature: '',
    };
    const parent = element.parent;
    facts.signature = `${element.tag}.${element.read('class').slice(0, 60)}<${parent ? `${parent.tag}.${parent.read('class').slice(0, 60)}` : ''}`;
    this.facts.set(element, facts);
    return facts;
  }
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** Share of a block's runs of three words that stand in the given set. */
function shareOfRuns(words: readonly number[], runs: ReadonlySet<number>): number {
  if (runs.size === 0 || words.length < 3) return 0;
  let found = 0;
  const own = hashRuns(words, 3);
  for (const run of own) if (runs.has(run)) found++;
  return found / own.length;
}

function shareOfWords(words: readonly number[], wanted: ReadonlySet<number>): number {
  let found = 0;
  for (const word of words) if (wanted.has(word)) found++;
  return share(found, words.length);
}

export function describeBlocks(blocks: readonly TextBlock[], data: StructuredData, title: string): FeatureRows {
  const count = blocks.length;
  const values = new Float32Array(count * FEATURE_COUNT);
  const shapes = blocks.map((block) => measureText(block.text));
  const { best, scores } = findMainElement(blocks);
  const book = new FactBook(best);
  const own = blocks.map((block) => book.read(block.element));
  let charsOnPage = 0;
  const signatures = new Map<string, { count: number; chars: number; linkChars: number }>();
  const occurrences = new Map<string, number>();
  for (const [index, block] of blocks.entries()) {
    charsOnPage += block.text.length;
    for (let up: LeanElement | null = block.element; up; up = up.parent) {
      const facts = book.read(up);
      facts.chars += block.text.length;
      facts.linkChars += block.linkLength;
      facts.blocks++;
      if (block.text.length >= 100 && block.linkLength < block.text.length * 0.5) facts.long++;
    }
    const signature = own[index]!.signature;
    const seen = signatures.get(signature) ?? { count: 0, chars: 0, linkChars: 0 };
    seen.count++;
    seen.chars += block.text.length;
    seen.linkChars += block.linkLength;
    signatures.set(signature, seen);
    occurrences.set(block.text, (occurrences.get(block.text) ?? 0) + 1);
  }
  const runsOf = shapes.map((shape) => hashRuns(shape.words, 3));
  const runsLeft = new Map<number, number>();
  for (const runs of runsOf) for (const run of runs) runsLeft.set(run, (runsLeft.get(run) ?? 0) + 1);
  const runsMet = new Set<number>();
  const bodyWords = data.body.length >= 200 ? measureText(data.body.slice(0, 200_000)).words : [];
  const bodyRuns = new Set(hashRuns(bodyWords, 3));
  const titleList = measureText(title).words;
  const titleWords = new Set(titleList);
  const descriptionRuns = new Set(hashRuns(measureText(readMeta(data, 'og:description', 'description', 'twitter:description')).words, 3));
  const altRuns = new Set<number>();
  for (const alt of data.captions) for (const run of hashRuns(measureText(alt).words, 3)) altRuns.add(run);
  const articleCount = own.reduce((most, facts) => Math.max(most, facts.flags & ARTICLE), 0);
  const mainFacts = best ? book.read(best) : null;
  const mainScore = best ? (scores.get(best) ?? 0) : 0;
  let titleAt = -1;
  let charsAtTitle = 0;
  let charsSoFar = 0;
  let longBefore = 0;
  const longTotal = blocks.reduce(
    (sum, block) => sum + (block.text.length >= 100 && block.linkLength < block.text.length * 0.5 ? 1 : 0),
    0,
  );
  const met = new Set<string>();
  const names: { near: (readonly string[])[]; far: (readonly string[])[] }[] = [];

  for (const [index, block] of blocks.entries()) {
    const at = index * FEATURE_COUNT;
    const shape = shapes[index]!;
    const facts = own[index]!;
    const { text } = block;
    const { length } = text;
    const letters = Math.max(1, shape.letters);
    const wordCount = Math.max(1, shape.words.length);
    let column = at;
    const put = (value: number): void => {
      values[column++] = value;
    };
    // OWN
    put(length);
    put(shape.words.length);
    put(share(block.linkLength, length));
    put(block.linkCount);
    put(share(block.strongLength, length));
    put(block.heading);
    put(shape.endsSentence ? 1 : 0);
    put((shape.stops * 100) / length);
    put((shape.commas * 100) / length);
    put(shape.capitals / letters);
    put(shape.capitalised / wordCount);
    put(shape.shouted / wordCount);
    put(shape.digits / length);
    put((shape.signs * 100) / length);
    put((shape.quotes * 100) / length);
    put(shape.unspaced / letters);
    put(shape.startsCapital ? 1 : 0);
    put(shape.startsSign ? 1 : 0);
    const colon = text.indexOf(':');
    put(colon > 0 && colon < 30 && block.linkLength > 0 ? 1 : 0);
    put(colon >= 0 ? (colon === length - 1 ? 2 : 1) : 0);
    put(text.includes('©') ? 1 : 0);
    put(text.includes('|') ? 1 : 0);
    const furniture = nameFurniture(text);
    put(furniture ? (FURNITURE_CODE.get(furniture) ?? 1) : 0);
    put(Math.min(5, block.mediaBefore));
    put(block.afterBreak ? 1 : 0);
    put(TAG_CODE.get(block.element.tag) ?? 0);
    put(block.linkLength >= length && length > 0 ? 1 : 0);
    // PLACE
    if (titleAt < 0 && wordCount >= 2 && shareOfWords(shape.words, titleWords) > 0.8 && wordCount >= titleList.length * 0.6) {
      titleAt = index;
      charsAtTitle = charsSoFar;
    }
    put(index / count);
    put(charsSoFar / Math.max(1, charsOnPage));
    put(count);
    put(charsOnPage);
    put(titleAt < 0 ? 0 : titleAt === index ? 1 : 2);
    put(titleAt < 0 ? -1 : index - titleAt);
    put(titleAt < 0 ? -1 : charsSoFar - charsAtTitle);
    put(met.has(text) ? 1 : 0);
    put((occurrences.get(text) ?? 1) > 1 && !met.has(text) ? 1 : 0);
    put(block.element.depth);
    // TREE
    for (const flag of TREE_FLAGS.slice(0, 14)) put(facts.flags & flag ? 1 : 0);
    put(articleCount);
    put(facts.negative);
    put(facts.positive);
    // CONTAINER
    const parent = block.element.parent ? book.read(block.element.parent) : facts;
    const grand = block.element.parent?.parent ? book.read(block.element.parent.parent) : parent;
    put(parent.chars);
    put(parent.blocks);
    put(share(parent.linkChars, parent.chars));
    put(parent.long);
    put(share(parent.chars, charsOnPage));
    put(grand.chars);
    put(share(grand.linkChars, grand.chars));
    put(share(grand.chars, charsOnPage));
    const signature = signatures.get(facts.signature)!;
    put(signature.count);
    put(signature.chars / signature.count);
    put(share(signature.linkChars, signature.chars));
    put(share(signature.count, parent.blocks));
    let below = -1;
    for (let up: LeanElement | null = block.element, steps = 0; up; up = up.parent, steps++) if (up === best) below = steps;
    put(below >= 0 ? 1 : 0);
    put(mainFacts ? share(mainFacts.chars, charsOnPage) : 0);
    put(mainScore);
    put(below);
    // NEIGHBOURS
    for (const step of [-1, -2, 1, 2]) {
      const other = blocks[index + step];
      const shapeOfOther = shapes[index + step];
      put(other ? other.text.length : -1);
      put(other ? share(other.linkLength, other.text.length) : -1);
      if (step === -1 || step === 1) put(shapeOfOther?.endsSentence ? 1 : 0);
      put(other && other.element.parent === block.element.parent ? 1 : 0);
      if (step === -1 || step === 1) put(other?.heading ?? 0);
    }
    const isLong = length >= 100 && block.linkLength < length * 0.5;
    put(longBefore);
    put(longTotal - longBefore - (isLong ? 1 : 0));
    // SAID
    put(bodyWords.length);
    put(bodyWords.length > 0 ? shareOfRuns(shape.words, bodyRuns) : -1);
    put(shareOfWords(shape.words, titleWords));
    put(titleWords.size > 0 ? Math.min(2, wordCount / titleWords.size) : 0);
    put(descriptionRuns.size > 0 ? shareOfRuns(shape.words, descriptionRuns) : -1);
    put(shareOfRuns(shape.words, altRuns));
    const runs = runsOf[index]!;
    for (const run of runs) runsLeft.set(run, runsLeft.get(run)! - 1);
    let earlier = 0;
    let later = 0;
    for (const run of runs) {
      if (runsMet.has(run)) earlier++;
      if (runsLeft.get(run)! > 0) later++;
    }
    put(share(earlier, runs.length));
    put(share(later, runs.length));
    for (const run of runs) runsMet.add(run);

    const near: (readonly string[])[] = [];
    const far: (readonly string[])[] = [];
    for (let up: LeanElement | null = block.element, steps = 0; up; up = up.parent, steps++) {
      const list = book.read(up).names;
      if (list.length > 0) (steps <= 2 ? near : far).push(list);
    }
    names.push({ near, far });
    charsSoFar += length;
    if (isLong) longBefore++;
    met.add(text);
  }
  return { values, shapes, names };
}

/** Chance that text under this name is body, as learned; undefined where the name is not known. */
export type NameScores = (name: string, near: boolean) => number | undefined;
/** The same of a word in a short block, by its number. */
export type WordScores = (word: number) => number | undefined;

const MOST_WORDS = 30;
const FIRST_WORD_COLUMN = COLUMN.wordLow!;

/** The words of a short block that speak of its kind: each word, and its first two as a pair. */
export function listTellingWords(words: readonly number[]): number[] {
  if (words.length === 0 || words.length > MOST_WORDS) return [];
  return [...words, hashPair(words)];
}

function hashPair(words: readonly number[]): number {
  return (Math.imul(words[0]! ^ 0x5bd1e995, 0x01000193) + (words[1] ?? 0)) | 0;
}

/** Fills the word columns of one row. */
export function fillWordColumns(values: Float32Array, row: number, words: readonly number[], scores: WordScores): void {
  const at = row * FEATURE_COUNT + FIRST_WORD_COLUMN;
  if (words.length === 0 || words.length > MOST_WORDS) {
    values.fill(-1, at, at + 7);
    return;
  }
  let low = 2;
  let high = -1;
  let sum = 0;
  let known = 0;
  for (const word of words) {
    const score = scores(word);
    if (score === undefined) continue;
    known++;
    sum += score;
    if (score < low) low = score;
    if (score > high) high = score;
  }
  values[at] = low;
  values[at + 1] = high;
  values[at + 2] = known > 0 ? sum / known : -1;
  values[at + 3] = scores(words[0]!) ?? -1;
  values[at + 4] = words.length > 1 ? (scores(words[1]!) ?? -1) : -2;
  values[at + 5] = scores(words.at(-1)!) ?? -1;
  values[at + 6] = scores(hashPair(words)) ?? -1;
}

/** Fills the name columns of one row. */
export function fillNameColumns(values: Float32Array, row: number, names: FeatureRows['names'][number], scores: NameScores): void {
  const at = row * FEATURE_COUNT + FIRST_NAME_COLUMN;
  const near = sumUp(names.near, true, scores);
  const far = sumUp(names.far, false, scores);
  const own = sumUp(names.near.slice(0, 1), true, scores);
  values[at] = near.low;
  values[at + 1] = near.high;
  values[at + 2] = near.known > 0 ? near.sum / near.known : -1;
  values[at + 3] = near.known;
  values[at + 4] = far.low;
  values[at + 5] = far.high;
  values[at + 6] = far.known > 0 ? far.sum / far.known : -1;
  values[at + 7] = far.odds;
  values[at + 8] = far.known;
  values[at + 9] = own.known > 0 ? own.sum / own.known : -1;
}

function sumUp(
  lists: readonly (readonly string[])[],
  near: boolean,
  scores: NameScores,
): { low: number; high: number; sum: number; known: number; odds: number } {
  let low = 2;
  let high = -1;
  let sum = 0;
  let known = 0;
  let odds = 0;
  for (const list of lists) {
    for (const name of list) {
      const score = scores(name, near);
      if (score === undefined) continue;
      known++;
      sum += score;
      odds += Math.log((score + 0.02) / (1.02 - score));
      if (score < low) low = score;
      if (score > high) high = score;
    }
  }
  return { low, high, sum, known, odds };
}
