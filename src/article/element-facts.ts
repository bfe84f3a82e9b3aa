/**
 * What all blocks below an element share: flags of its tags and roles, its class-name words, the text it holds.
 * In: the tree, its blocks and the main element. Out: facts by element id, each counted once, in linear time.
 */
import type { LeanElement, LeanTree } from './lean-tree.ts';
import type { TextBlock } from './text-blocks.ts';

export const ARTICLE = 1;
export const MAIN = 2;
export const ASIDE = 4;
export const NAV = 8;
export const FOOTER = 16;
export const HEADER = 32;
export const FORM = 64;
export const FIGURE = 128;
export const LIST = 256;
export const TABLE = 512;
export const QUOTE = 1024;
export const SECTION = 2048;
export const HIDDEN = 4096;
export const BUTTON = 8192;
export const TREE_FLAGS = [ARTICLE, MAIN, ASIDE, NAV, FOOTER, HEADER, FORM, FIGURE, LIST, TABLE, QUOTE, SECTION, HIDDEN, BUTTON];

const FLAG_OF_TAG: ReadonlyMap<string, number> = new Map([
  ['article', ARTICLE],
  ['main', MAIN],
  ['aside', ASIDE],
  ['nav', NAV],
  ['footer', FOOTER],
  ['header', HEADER],
  ['form', FORM],
  ['figure', FIGURE],
  ['figcaption', FIGURE],
  ['ul', LIST],
  ['ol', LIST],
  ['dl', LIST],
  ['table', TABLE],
  ['blockquote', QUOTE],
  ['section', SECTION],
  ['button', BUTTON],
  ['dialog', HIDDEN],
]);
const FLAG_OF_ROLE: ReadonlyMap<string, number> = new Map([
  ['main', MAIN],
  ['navigation', NAV],
  ['complementary', ASIDE],
  ['contentinfo', FOOTER],
  ['banner', HEADER],
  ['article', ARTICLE],
  ['dialog', HIDDEN],
  ['button', BUTTON],
  ['search', FORM],
]);
const NEGATIVE =
  /comment|footer|foot-|masthead|promo|related|sidebar|sponsor|shopping|share|social|newsletter|banner|cookie|consent|teaser|recommend|breadcrumb|author-bio|authorbio|caption|credit|advert|subscribe|paywall|popup|modal|outbrain|taboola|trending|popular|more-|read-also|readmore|byline|tags|meta|disclaimer|copyright|toolbar|widget/i;
const POSITIVE =
  /article-?_?body|articlebody|story-?_?body|entry-?_?content|post-?_?content|article-?_?content|post-?_?body|article-?_?text|richtext|rich-text|body-?copy|content-?body|paragraph|prose|main-?content|td-post|wysiwyg/i;
const MEDIA = new Set(['img', 'picture', 'video', 'audio', 'amp-img', 'iframe']);
const NO_NAMES: readonly string[] = [];

/** Words of class, id, role and component names: "articleBody__text-2xk" → article, body, text, article-body, body-text. */
function splitNames(value: string, names: Set<string>): void {
  if (value.length > 600) return;
  for (const name of value.split(/\s+/, 24)) {
    if (name.length < 2 || name.length > 60) continue;
    const parts = name
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^a-z]+/);
    let previous = '';
    let taken = 0;
    for (const part of parts) {
      if (part.length < 2 || part.length > 20 || taken++ >= 8) continue;
      names.add(part);
      if (previous) names.add(`${previous}-${part}`);
      previous = part;
    }
  }
}

export class ElementFacts {
  readonly flags: Int32Array;
  /** elements on the way down from the main one whose names speak against, and for, being body */
  readonly negative: Int16Array;
  readonly positive: Int16Array;
  /** counted over the blocks below each element */
  readonly chars: Float64Array;
  readonly linkChars: Float64Array;
  readonly blocks: Int32Array;
  readonly long: Int32Array;
  readonly media: Int32Array;
  /** elements above the main one: their names speak of the page, not of any block */
  private readonly spine = new Set<LeanElement>();
  private readonly known: Uint8Array;
  private readonly namesOf: (readonly string[] | undefined)[] = [];
  private readonly namesOfLabel = new Map<string, readonly string[]>();

  constructor(tree: LeanTree, blocks: readonly TextBlock[], main: LeanElement | null) {
    const count = tree.elements.length;
    this.flags = new Int32Array(count);
    this.negative = new Int16Array(count);
    this.positive = new Int16Array(count);
    this.chars = new Float64Array(count);
    this.linkChars = new Float64Array(count);
    this.blocks = new Int32Array(count);
    this.long = new Int32Array(count);
    this.media = new Int32Array(count);
    this.known = new Uint8Array(count);
    for (let up = main?.parent ?? null; up; up = up.parent) this.spine.add(up);
    for (const block of blocks) {
      const { id } = block.element;
      this.chars[id] = this.chars[id]! + block.text.length;
      this.linkChars[id] = this.linkChars[id]! + block.linkLength;
      this.blocks[id] = this.blocks[id]! + 1;
      if (isLong(block)) this.long[id] = this.long[id]! + 1;
    }
    for (let id = count - 1; id > 0; id--) {
      const element = tree.elements[id]!;
      const above = element.parent!.id;
      if (MEDIA.has(element.tag)) this.media[id] = this.media[id]! + 1;
      this.chars[above] = this.chars[above]! + this.chars[id]!;
      this.linkChars[above] = this.linkChars[above]! + this.linkChars[id]!;
      this.blocks[above] = this.blocks[above]! + this.blocks[id]!;
      this.long[above] = this.long[above]! + this.long[id]!;
      this.media[above] = this.media[above]! + this.media[id]!;
    }
    for (const block of blocks) this.inherit(block.element);
  }

  /** Class-name words of one element. */
  readNames(element: LeanElement): readonly string[] {
    const known = this.namesOf[element.id];
    if (known) return known;
    let names = NO_NAMES;
    if (element.attributes && !this.spine.has(element)) {
      let label = '';
      for (const [key, value] of element.attributes) {
        if (
          key === 'class' ||
          key === 'id' ||
          key === 'role' ||
          key === 'itemprop' ||
          key === 'aria-label' ||
          (key.startsWith('data-') && !key.endsWith('time') && !key.endsWith('stamp'))
        ) {
          label += ` ${value}`;
        }
      }
      if (label) {
        const cached = this.namesOfLabel.get(label);
        if (cached) names = cached;
        else {
          const set = new Set<string>();
          for (const part of label.split(' ', 40)) splitNames(part, set);
          names = [...set].slice(0, 40);
          this.namesOfLabel.set(label, names);
        }
      }
    }
    this.namesOf[element.id] = names;
    return names;
  }

  private inherit(element: LeanElement): void {
    const { id } = element;
    if (this.known[id]) return;
    this.known[id] = 1;
    const above = element.parent;
    if (above) this.inherit(above);
    const { attributes } = element;
    let flags = (above ? this.flags[above.id]! : 0) | (FLAG_OF_TAG.get(element.tag) ?? 0);
    let negative = above ? this.negative[above.id]! : 0;
    let positive = above ? this.positive[above.id]! : 0;
    if (attributes) {
      const role = attributes.get('role');
      if (role) flags |= FLAG_OF_ROLE.get(role) ?? 0;
      if (
        attributes.has('hidden') ||
        attributes.get('aria-hidden') === 'true' ||
        /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes.get('style') ?? '')
      ) {
        flags |= HIDDEN;
      }
      if (!this.spine.has(element)) {
        const label = `${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`;
        if (label.length > 1) {
          if (NEGATIVE.test(label)) negative++;
          if (POSITIVE.test(label)) positive++;
        }
      }
    }
    this.flags[id] = flags;
    this.negative[id] = negative;
    this.positive[id] = positive;
  }
}

/** A paragraph in its own right, not a row of links. */
export function isLong(block: TextBlock): boolean {
  return block.text.length >= 100 && block.linkLength < block.text.length * 0.5;
}
