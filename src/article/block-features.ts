/**
 * Blocks in, one row of numbers per block out: what the block looks like, where it stands, what its neighbours and containers look like,
 * what the page says of itself, and what the classic rules say. Blocks that are plainly furniture are pruned: they get no row and no say.
 * It decides nothing else; the block model does. Columns: feature-names.ts.
 */
import { findMainElement } from './classic-rules.ts';
import { nameFurniture } from './clean-plain-text.ts';
import { ARTICLE, ElementFacts, FOOTER, isLong, NAV, TREE_FLAGS } from './element-facts.ts';
import { FEATURE_COUNT } from './feature-names.ts';
import type { LeanElement, LeanTree } from './lean-tree.ts';
import { readMeta, readNames, type StructuredData } from './structured-data.ts';
import type { TextBlock } from './text-blocks.ts';
import { hashRuns, measureText, NO_SHAPE, type TextShape } from './text-shape.ts';

export interface FeatureRows {
  /** row-major, FEATURE_COUNT numbers per block; name and word columns are filled by learned-words.ts */
  readonly values: Float32Array;
  /** 1 where a block is plainly furniture: its row stays empty */
  readonly pruned: Uint8Array;
  readonly shapes: readonly TextShape[];
  readonly elements: readonly LeanElement[];
  readonly facts: ElementFacts;
  /** kind of furniture that the words of a block name; '' for none */
  readonly furniture: readonly string[];
}

const TAGS = 'p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption section article dd dt pre header footer aside nav'.split(' ');
const TAG_CODE = new Map(TAGS.map((tag, index) => [tag, index + 1]));
const FURNITURE = ['caption', 'video player', 'advertisement', 'read also', 'newsletter', 'credit', 'share links', 'copyright'];
const FURNITURE_CODE = new Map(FURNITURE.map((name, index) => [name, index + 2]));
const RUN = 3;
const MOST_WORDS_OF_LINK = 15;
const LEAST_BODY = 200;
const MOST_BODY = 200_000;

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** Share of a block's runs of words that stand in the given set. */
function shareOfRuns(runs: readonly number[], wanted: ReadonlySet<number>): number {
  if (wanted.size === 0 || runs.length === 0) return 0;
  let found = 0;
  for (const run of runs) if (wanted.has(run)) found++;
  return found / runs.length;
}

function shareOfWords(words: readonly number[], wanted: ReadonlySet<number>): number {
  if (wanted.size === 0) return 0;
  let found = 0;
  for (const word of words) if (wanted.has(word)) found++;
  return share(found, words.length);
}

function isInside(element: LeanElement, outer: LeanElement): boolean {
  for (let up: LeanElement | null = element; up && up.id >= outer.id; up = up.parent) if (up === outer) return true;
  return false;
}

/** The headline on the page: the first heading of the first rank that says the title, else the first block that does. */
function findTitleBlock(
  blocks: readonly TextBlock[],
  shapes: readonly TextShape[],
  titleWords: ReadonlySet<number>,
  titleLength: number,
): TextBlock | null {
  let found: TextBlock | null = null;
  for (const [index, block] of blocks.entries()) {
    const { words } = shapes[index]!;
    if (words.length < 2 || words.length < titleLength * 0.6 || words.length > titleLength * 2 || shareOfWords(words, titleWords) <= 0.8)
      continue;
    if (block.heading === 1) return block;
    found ??= block;
  }
  return found;
}

/** How near a block stands to the headline in the tree: on a page of many articles only one of them is this one. */
class TitleFamily {
  private readonly ancestors = new Set<LeanElement>();
  private readonly shared = new Map<LeanElement, LeanElement | null>();

  constructor(title: TextBlock | null) {
    for (let up: LeanElement | null = title?.element ?? null; up; up = up.parent) this.ancestors.add(up);
  }

  /** The lowest element that holds both the block and the headline. */
  findSharedElement(element: LeanElement): LeanElement | null {
    if (this.ancestors.size === 0) return null;
    const known = this.shared.get(element);
    if (known !== undefined) return known;
    const found = this.ancestors.has(element) ? element : element.parent ? this.findSharedElement(element.parent) : null;
    this.shared.set(element, found);
    return found;
  }

  /** 1 where the block's nearest article element holds the headline too, 0 where it does not, -1 without article or headline. */
  isInItsArticle(element: LeanElement): number {
    if (this.ancestors.size === 0) return -1;
    for (let up: LeanElement | null = element; up; up = up.parent) if (up.tag === 'article') return this.ancestors.has(up) ? 1 : 0;
    return -1;
  }
}

export function describeBlocks(tree: LeanTree, blocks: readonly TextBlock[], data: StructuredData, title: string): FeatureRows {
  const count = blocks.length;
  const values = new Float32Array(count * FEATURE_COUNT);
  const { best, scores } = findMainElement(blocks);
  const facts = new ElementFacts(tree, blocks, best);
  const pruned = new Uint8Array(count);
  const inMain = blocks.map((block) => best !== null && isInside(block.element, best));
  for (const [index, block] of blocks.entries()) {
    const linked =
      block.linkLength >= block.text.length * 0.9 &&
      !inMain[index] &&
      block.text.split(' ', MOST_WORDS_OF_LINK + 2).length <= MOST_WORDS_OF_LINK;
    if (linked || facts.flags[block.element.id]! & (NAV | FOOTER)) pruned[index] = 1;
  }
  const shapes = blocks.map((block, index) => (pruned[index] ? NO_SHAPE : measureText(block.text)));
  const furniture = blocks.map((block, index) => (pruned[index] ? '' : nameFurniture(block.text)));
  const signatureOf = blocks.map(
    (block) => `${block.element.tag}.${block.element.read('class')}<${block.element.parent?.read('class') ?? ''}`,
  );
  const signatures = new Map<string, { count: number; chars: number; linkChars: number }>();
  const occurrences = new Map<string, number>();
  const runsOf = shapes.map((shape) => hashRuns(shape.words, RUN));
  const runsLeft = new Map<number, number>();
  let charsOnPage = 0;
  let longTotal = 0;
  let articleOnPage = 0;
  for (const [index, block] of blocks.entries()) {
    const { length } = block.text;
    charsOnPage += length;
    if (isLong(block)) longTotal++;
    if (facts.flags[block.element.id]! & ARTICLE) articleOnPage = 1;
    const seen = signatures.get(signatureOf[index]!);
    if (seen) {
      seen.count++;
      seen.chars += length;
      seen.linkChars += block.linkLength;
    } else signatures.set(signatureOf[index]!, { count: 1, chars: length, linkChars: block.linkLength });
    occurrences.set(block.text, (occurrences.get(block.text) ?? 0) + 1);
    for (const run of runsOf[index]!) runsLeft.set(run, (runsLeft.get(run) ?? 0) + 1);
  }
  const bodyWords = data.body.length >= LEAST_BODY ? measureText(data.body.slice(0, MOST_BODY)).words : [];
  const bodyRuns = new Set(hashRuns(bodyWords, RUN));
  const titleList = measureText(title).words;
  const titleWords = new Set(titleList);
  const descriptionRuns = new Set(hashRuns(measureText(readMeta(data, 'og:description', 'description', 'twitter:description')).words, RUN));
  const pictureRuns = new Set(data.captions.flatMap((text) => hashRuns(measureText(text).words, RUN)));
  const authorWords = new Set(
    data.articles.slice(0, 3).flatMap((article) => readNames(article.author).flatMap((name) => measureText(name).words)),
  );
  const mainScore = best ? (scores.get(best) ?? 0) : 0;
  const mainChars = best ? facts.chars[best.id]! : 0;
  const family = new TitleFamily(findTitleBlock(blocks, shapes, titleWords, titleList.length));
  const met = new Set<string>();
  const runsMet = new Set<number>();
  let titleAt = -1;
  let charsAtTitle = 0;
  let charsSoFar = 0;
  let charsInMain = 0;
  let longBefore = 0;

  for (const [index, block] of blocks.entries()) {
    const { text, element } = block;
    const { length } = text;
    const shape = shapes[index]!;
    if (!pruned[index]) describe(index, block, shape);
    charsSoFar += length;
    if (inMain[index]) charsInMain += length;
    if (isLong(block)) longBefore++;
    met.add(text);
    for (const run of runsOf[index]!) runsMet.add(run);

    function describe(at: number, own: TextBlock, form: TextShape): void {
      let column = at * FEATURE_COUNT;
      const put = (value: number): void => {
        values[column++] = value;
      };
      const letters = Math.max(1, form.letters);
      const words = Math.max(1, form.words.length);
      // OWN
      put(length);
      put(form.words.length);
      put(share(own.linkLength, length));
      put(own.linkCount);
      put(share(own.strongLength, length));
      put(own.heading);
      put(form.endsSentence ? 1 : 0);
      put((form.stops * 100) / length);
      put((form.commas * 100) / length);
      put(form.capitals / letters);
      put(form.capitalised / words);
      put(form.shouted / words);
      put(form.digits / length);
      put((form.signs * 100) / length);
      put((form.quotes * 100) / length);
      put(form.unspaced / letters);
      put(form.startsCapital ? 1 : 0);
      put(form.startsSign ? 1 : 0);
      const colon = text.indexOf(':');
      put(colon > 0 && colon < 30 && own.linkLength > 0 ? 1 : 0);
      put(colon < 0 ? 0 : colon === length - 1 ? 2 : 1);
      put(text.includes('©') ? 1 : 0);
      put(text.includes('|') ? 1 : 0);
      put(furniture[at] ? (FURNITURE_CODE.get(furniture[at]) ?? 1) : 0);
      put(Math.min(5, own.mediaBefore));
      put(own.afterBreak ? 1 : 0);
      put(TAG_CODE.get(element.tag) ?? 0);
      put(own.linkLength >= length ? 1 : 0);
      // PLACE
      if (titleAt < 0 && words >= 2 && words >= titleList.length * 0.6 && shareOfWords(form.words, titleWords) > 0.8) {
        titleAt = at;
        charsAtTitle = charsSoFar;
      }
      put(at / count);
      put(charsSoFar / Math.max(1, charsOnPage));
      put(inMain[at] ? charsInMain / Math.max(1, mainChars) : -1);
      put(count);
      put(charsOnPage);
      put(titleAt < 0 ? 0 : titleAt === at ? 1 : 2);
      put(titleAt < 0 ? -1 : at - titleAt);
      put(titleAt < 0 ? -1 : charsSoFar - charsAtTitle);
      const shared = family.findSharedElement(element);
      put(shared ? element.depth - shared.depth : -1);
      put(shared ? share(facts.chars[shared.id]!, charsOnPage) : -1);
      put(shared ? shared.depth : -1);
      put(family.isInItsArticle(element));
      put(met.has(text) ? 1 : 0);
      put((occurrences.get(text) ?? 1) > 1 && !met.has(text) ? 1 : 0);
      put(element.depth);
      // TREE
      const flags = facts.flags[element.id]!;
      for (const flag of TREE_FLAGS) put(flags & flag ? 1 : 0);
      put(articleOnPage);
      put(facts.negative[element.id]!);
      put(facts.positive[element.id]!);
      // CONTAINER
      const parent = (element.parent ?? element).id;
      const grand = (element.parent?.parent ?? element.parent ?? element).id;
      put(facts.chars[parent]!);
      put(facts.blocks[parent]!);
      put(share(facts.linkChars[parent]!, facts.chars[parent]!));
      put(facts.long[parent]!);
      put(share(facts.chars[parent]!, charsOnPage));
      put(facts.media[parent]!);
      put(facts.chars[grand]!);
      put(share(facts.linkChars[grand]!, facts.chars[grand]!));
      put(share(facts.chars[grand]!, charsOnPage));
      put(facts.media[grand]!);
      const signature = signatures.get(signatureOf[at]!)!;
      put(signature.count);
      put(signature.chars / signature.count);
      put(share(signature.linkChars, signature.chars));
      put(share(signature.count, facts.blocks[parent]!));
      put(inMain[at] ? 1 : 0);
      put(share(mainChars, charsOnPage));
      put(mainScore);
      put(inMain[at] ? element.depth - best!.depth : -1);
      // NEIGHBOURS
      for (const step of [-1, -2, 1, 2]) {
        const other = blocks[at + step];
        put(other ? other.text.length : -1);
        put(other ? share(other.linkLength, other.text.length) : -1);
        if (step === -1 || step === 1) put(shapes[at + step]?.endsSentence ? 1 : 0);
        put(other && other.element.parent === element.parent ? 1 : 0);
        if (step === -1 || step === 1) put(other?.heading ?? 0);
      }
      put(longBefore);
      put(longTotal - longBefore - (isLong(own) ? 1 : 0));
      // SAID
      const runs = runsOf[at]!;
      put(bodyWords.length);
      put(bodyWords.length > 0 ? shareOfRuns(runs, bodyRuns) : -1);
      put(shareOfWords(form.words, titleWords));
      put(titleWords.size > 0 ? Math.min(2, words / titleWords.size) : 0);
      put(descriptionRuns.size > 0 ? shareOfRuns(runs, descriptionRuns) : -1);
      put(shareOfRuns(runs, pictureRuns));
      put(shareOfWords(form.words, authorWords));
      let earlier = 0;
      let later = 0;
      for (const run of runs) runsLeft.set(run, runsLeft.get(run)! - 1);
      for (const run of runs) {
        if (runsMet.has(run)) earlier++;
        if (runsLeft.get(run)! > 0) later++;
      }
      put(share(earlier, runs.length));
      put(share(later, runs.length));
    }
  }
  return { values, pruned, shapes, elements: blocks.map((block) => block.element), facts, furniture };
}
