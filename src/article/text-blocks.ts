/**
 * The lean tree in, text blocks out: the smallest runs of text between two block boundaries, in reading order,
 * each with what stands around it in the tree. It decides nothing about what is body and what is not.
 */
import type { LeanElement } from './lean-tree.ts';

export interface TextBlock {
  readonly index: number;
  readonly text: string;
  /** the block element that holds it directly */
  readonly element: LeanElement;
  /** characters inside links */
  readonly linkLength: number;
  readonly linkCount: number;
  /** characters inside b, strong, i or em */
  readonly strongLength: number;
  /** address of its first link, '' where it has none */
  readonly firstHref: string;
  /** nearest heading level 1 to 6, 0 where it is no heading */
  readonly heading: number;
  /** pictures and players passed since the block before */
  readonly mediaBefore: number;
  /** split from the block before by line breaks only, inside one element */
  readonly afterBreak: boolean;
}

const BLOCK = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section ' +
    'summary table tbody td tfoot th thead tr ul legend #root html amp-accordion bsp-list'
  ).split(' '),
);
const SKIPPED = new Set(
  'script style noscript template svg math iframe select option optgroup textarea input object embed applet canvas head link meta title map area datalist progress meter'.split(
    ' ',
  ),
);
const MEDIA = new Set('img picture video audio amp-img amp-video iframe'.split(' '));
const STRONG = new Set(['b', 'strong', 'i', 'em']);
const MAX_BLOCKS = 6_000;
const MAX_BLOCK_LENGTH = 60_000;

/** White space to single blanks, invisible signs away, both ends cut. */
export function tidyText(text: string): string {
  return text
    .replace(/[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, '')
    .replace(/[\s\u00a0\u2000-\u200a\u202f\u3000]+/g, ' ')
    .trim();
}

export function isBlockTag(tag: string): boolean {
  return BLOCK.has(tag);
}

class BlockCollector {
  readonly blocks: TextBlock[] = [];
  private parts: string[] = [];
  private length = 0;
  private linkLength = 0;
  private linkCount = 0;
  private strongLength = 0;
  private firstHref = '';
  private media = 0;
  private breaks = 0;
  private afterBreak = false;

  walk(element: LeanElement, holder: LeanElement, inLink: boolean, strong: boolean): void {
    for (const child of element.children) {
      if (typeof child === 'string') {
        this.addText(child, holder, inLink, strong);
        continue;
      }
      const { tag } = child;
      if (MEDIA.has(tag)) this.media++;
      if (SKIPPED.has(tag)) continue;
      if (tag === 'br') {
        this.breaks++;
        if (this.breaks >= 2 || endsSentence(this.parts, this.length)) this.flush(holder, true);
        else this.parts.push('\n');
      } else if (BLOCK.has(tag)) {
        this.flush(holder, false);
        this.walk(child, child, inLink, strong);
        this.flush(child, false);
      } else if (isHiddenPhrase(child)) {
        // What no reader sees inside a sentence: "(opens in a new window)", cards that open over a name.
      } else if (tag === 'a') {
        if (child.read('href')) {
          this.linkCount++;
          if (!this.firstHref) this.firstHref = child.read('href');
        }
        this.walk(child, holder, true, strong);
      } else {
        this.walk(child, holder, inLink, strong || STRONG.has(tag));
      }
    }
  }

  flush(holder: LeanElement, atBreak: boolean): void {
    if (this.length > 0 && this.blocks.length < MAX_BLOCKS) {
      const text = tidyText(this.parts.join(''));
      if (text) {
        this.blocks.push({
          index: this.blocks.length,
          text,
          element: holder,
          linkLength: Math.min(this.linkLength, text.length),
          linkCount: this.linkCount,
          strongLength: Math.min(this.strongLength, text.length),
          firstHref: this.firstHref,
          heading: findHeading(holder),
          mediaBefore: this.media,
          afterBreak: this.afterBreak,
        });
        this.media = 0;
      }
    }
    this.afterBreak = atBreak && this.length > 0;
    this.parts = [];
    this.length = 0;
    this.linkLength = 0;
    this.linkCount = 0;
    this.strongLength = 0;
    this.firstHref = '';
    this.breaks = 0;
  }

  private addText(text: string, holder: LeanElement, inLink: boolean, strong: boolean): void {
    const visible = text.trim().length;
    if (visible > 0) this.breaks = 0;
    if (this.length > MAX_BLOCK_LENGTH) this.flush(holder, true);
    this.parts.push(text);
    this.length += visible;
    if (inLink) this.linkLength += visible;
    if (strong) this.strongLength += visible;
  }
}

const HIDDEN_NAMES = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?|assistive-text|offscreen|u-hidden)(?:\s|$)/i;

function isHiddenPhrase(element: LeanElement): boolean {
  const { attributes } = element;
  if (!attributes) return false;
  return (
    attributes.has('hidden') ||
    /display\s*:\s*none/i.test(attributes.get('style') ?? '') ||
    HIDDEN_NAMES.test(attributes.get('class') ?? '')
  );
}

/** A single line break parts two paragraphs only where a longer text has come to its end. */
function endsSentence(parts: readonly string[], length: number): boolean {
  return length > 80 && /[.!?…。！？؟"”»]\s*$/.test(parts.slice(-3).join(''));
}

function findHeading(element: LeanElement): number {
  for (let up: LeanElement | null = element, steps = 0; up && steps < 3; up = up.parent, steps++) {
    if (up.tag.length === 2 && up.tag[0] === 'h' && up.tag >= 'h1' && up.tag <= 'h6') return Number(up.tag[1]);
  }
  return 0;
}

/** @returns the blocks in reading order, 6,000 at most */
export function collectBlocks(root: LeanElement): TextBlock[] {
  const collector = new BlockCollector();
  collector.walk(root, root, false, false);
  collector.flush(root, false);
  return collector.blocks;
}
