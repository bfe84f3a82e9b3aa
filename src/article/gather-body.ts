/**
 * Judged blocks in, the paragraphs of the body and everything dropped, with reasons, out.
 * The model's chance decides; here stands only what it cannot see: the title repeated, a passage told twice, furniture inside a paragraph,
 * and a body that lives in the page's data alone.
 */
import type { Dropped, Note } from '../vocabulary.ts';
import type { FeatureRows } from './block-features.ts';
import { cleanPlainText, cutPieces } from './clean-plain-text.ts';
import { correctChances } from './correct-chances.ts';
import { findEmbeddedBody } from './embedded-state.ts';
import type { LeanElement, LeanTree } from './lean-tree.ts';
import { foldWords } from './read-title.ts';
import type { StructuredData } from './structured-data.ts';
import { type TextBlock, tidyText } from './text-blocks.ts';

export interface Body {
  readonly paragraphs: readonly string[];
  /** for each paragraph the index of its block; empty where the body came from the page's data */
  readonly kept: readonly (readonly number[])[];
  readonly dropped: readonly Dropped[];
}

const MAX_DROPPED_LENGTH = 2_000;
const LOWEST = 0.25;
const HIGHEST = 0.55;
const LEAST_DATA_BODY = 400;
const LEAST_SHOWN = 250;

/**
 * The chance from which on blocks are kept on this page: the one with the best F1 to be expected, if the chances are honest.
 * Near 0.5 on a clear page, lower where the model is unsure of all of it.
 */
export function chooseThreshold(blocks: readonly TextBlock[], chances: ArrayLike<number>): number {
  const order: number[] = [];
  let total = 0;
  for (const [index, block] of blocks.entries()) {
    total += chances[index]! * block.text.length;
    if (chances[index]! > LOWEST / 2) order.push(index);
  }
  order.sort((a, b) => chances[b]! - chances[a]!);
  let kept = 0;
  let right = 0;
  let best = 0;
  let threshold = HIGHEST;
  for (const index of order) {
    const { length } = blocks[index]!.text;
    kept += length;
    right += chances[index]! * length;
    const expected = (2 * right) / (kept + total);
    if (expected < best) break;
    best = expected;
    threshold = chances[index]!;
  }
  return Math.min(HIGHEST, Math.max(LOWEST, threshold));
}

export function gatherBody(blocks: readonly TextBlock[], rows: FeatureRows, judged: ArrayLike<number>, title: string | null): Body {
  const chances = correctChances(blocks, rows, judged, title);
  const threshold = chooseThreshold(blocks, chances);
  const paragraphs: string[] = [];
  const kept: number[][] = [];
  const dropped: Dropped[] = [];
  const seen = new Set<string>();
  const titleWords = title ? foldWords(title) : '';
  const reasons = new Map<LeanElement, string>();
  for (const [index, block] of blocks.entries()) {
    const { text } = block;
    if (chances[index]! < threshold) {
      dropped.push({ reason: rows.furniture[index] || nameReason(block, reasons), text: text.slice(0, MAX_DROPPED_LENGTH) });
    } else if (titleWords && Math.abs(text.length - title!.length) < 12 + title!.length * 0.3 && foldWords(text) === titleWords) {
      dropped.push({ reason: 'title', text });
    } else if (text.length > 40 && seen.has(text)) {
      dropped.push({ reason: 'repeated', text: text.slice(0, MAX_DROPPED_LENGTH) });
    } else {
      const { rest, cut } = cutPieces(text);
      dropped.push(...cut);
      if (!rest) continue;
      paragraphs.push(rest);
      kept.push([index]);
      seen.add(text);
    }
  }
  return { paragraphs, kept, dropped };
}

/** Where the page shows (nearly) nothing of a body that its own data holds in full, the data's words are taken, with a note. */
export function fallBackOnData(body: Body, data: StructuredData, tree: LeanTree, notes: Note[]): Body {
  const shown = body.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  const declared = data.body.length >= LEAST_DATA_BODY && shown <= data.body.length * 0.4 ? data.body : '';
  const hidden = declared || (shown < LEAST_SHOWN ? findEmbeddedBody(tree) : '');
  if (!hidden || hidden.length < shown * 2) return body;
  const { paragraphs, dropped } = cleanPlainText(hidden.replace(/([.!?…。][”"»)]?)\n(?=\S)/g, '$1\n\n'), null);
  if (paragraphs.length === 0) return body;
  const source = declared ? 'articleBody' : 'embedded state';
  notes.push({
    room: 'article',
    message: `the text was taken from the data of the page (${source}), since the page itself shows little of it`,
  });
  return { paragraphs: paragraphs.map(tidyText), kept: [], dropped: [...body.dropped, ...dropped] };
}

/** Plain words for why the model left a block out, from where it stands. */
function nameReason(block: TextBlock, known: Map<LeanElement, string>): string {
  return nameOfElement(block.element, known) || (block.linkLength > block.text.length * 0.6 ? 'navigation' : 'outside the article');
}

const REASON_OF_TAG: ReadonlyMap<string, string> = new Map([
  ['figcaption', 'caption'],
  ['figure', 'caption'],
  ['nav', 'navigation'],
  ['footer', 'footer'],
  ['aside', 'aside'],
  ['form', 'form'],
  ['button', 'form'],
]);

function nameOfElement(element: LeanElement, known: Map<LeanElement, string>): string {
  const found = known.get(element);
  if (found !== undefined) return found;
  const names = element.attributes?.get('class') ?? '';
  const reason =
    REASON_OF_TAG.get(element.tag) ??
    (names ? NAMED_REASONS.find(([pattern]) => pattern.test(names))?.[1] : undefined) ??
    (element.parent ? nameOfElement(element.parent, known) : '');
  known.set(element, reason);
  return reason;
}

const NAMED_REASONS: readonly (readonly [RegExp, string])[] = [
  [/comment/i, 'comments'],
  [/caption|credit/i, 'caption'],
  [/share|social/i, 'share links'],
  [/related|recommend|teaser|more-|popular|trending/i, 'read also'],
  [/newsletter|subscribe|promo|paywall/i, 'promotion'],
  [/author|byline/i, 'byline'],
  [/cookie|consent/i, 'consent'],
  [/advert|sponsor|\bad-|\bads\b/i, 'advertisement'],
];
