/**
 * Markup in, a lean tree out: elements with the few attributes that the room reads, and strings.
 * Built straight on htmlparser2's tokenizer, with the implied closings of HTML and with caps on size, depth and count,
 * so that the time stays linear for any input. It judges nothing and never throws.
 */
import { Tokenizer } from 'htmlparser2';

/** Characters of markup that are read; the rest is left out and `truncated` is set. */
export const MAX_CHARACTERS = 5_000_000;
const MAX_DEPTH = 256;
const MAX_NODES = 400_000;
const MAX_ATTRIBUTE_LENGTH = 4_000;
const MAX_ATTRIBUTES_KEPT = 300_000;

export class LeanElement {
  readonly tag: string;
  readonly parent: LeanElement | null;
  /** place in document order: a parent's is lower than its children's */
  readonly id: number;
  readonly depth: number;
  readonly children: (LeanElement | string)[] = [];
  attributes: Map<string, string> | null = null;

  constructor(tag: string, parent: LeanElement | null, id: number) {
    this.tag = tag;
    this.parent = parent;
    this.id = id;
    this.depth = parent ? parent.depth + 1 : 0;
  }

  /** Value of an attribute; '' where it is missing. */
  read(name: string): string {
    return this.attributes?.get(name) ?? '';
  }
}

export interface LeanTree {
  readonly root: LeanElement;
  /** every element by its id */
  readonly elements: readonly LeanElement[];
  /** elements of the head and of the body that metadata is read from, in document order */
  readonly metas: readonly LeanElement[];
  readonly links: readonly LeanElement[];
  readonly times: readonly LeanElement[];
  /** alternative texts and titles of pictures */
  readonly pictureTexts: readonly string[];
  /** scripts that hold data: JSON-LD, JSON state, and assignments to window */
  readonly scripts: readonly { readonly type: string; readonly id: string; readonly text: string }[];
  readonly headTitle: string;
  readonly language: string;
  readonly truncated: boolean;
}

const KEPT_ATTRIBUTES = new Set(
  (
    'id class href property name content itemprop itemtype itemscope type rel datetime role style hidden aria-hidden aria-label lang hreflang src alt title pubdate ' +
    'data-component data-component-name data-testid data-test-id data-test data-qa data-type data-module data-name data-block data-element data-t data-gu-name data-tb-region data-timestamp data-datetime'
  ).split(' '),
);
const VOID = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(' '),
);
const BLOCK_START = new Set(
  'address article aside blockquote center details dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul'.split(
    ' ',
  ),
);
/** What an opening tag closes when it stands directly above it, and where the search stops. */
const CLOSES: ReadonlyMap<string, readonly [closed: ReadonlySet<string>, within: ReadonlySet<string>]> = new Map([
  ['li', [new Set(['li']), new Set(['ul', 'ol', 'menu', 'dir'])]],
  ['dt', [new Set(['dt', 'dd']), new Set(['dl'])]],
  ['dd', [new Set(['dt', 'dd']), new Set(['dl'])]],
  ['tr', [new Set(['tr']), new Set(['table'])]],
  ['td', [new Set(['td', 'th']), new Set(['tr', 'table'])]],
  ['th', [new Set(['td', 'th']), new Set(['tr', 'table'])]],
  ['tbody', [new Set(['thead', 'tbody', 'tfoot']), new Set(['table'])]],
  ['tfoot', [new Set(['thead', 'tbody', 'tfoot']), new Set(['table'])]],
  ['option', [new Set(['option']), new Set(['select', 'datalist'])]],
  ['a', [new Set(['a']), new Set(['td', 'th', 'table', 'div', 'section', 'article', 'li'])]],
]);
/** A closing tag of a phrase never closes a block that it does not belong to. */
const PHRASING = new Set('a abbr b big cite code em font i label mark q s small span strike strong sub sup time tt u'.split(' '));
const DATA_SCRIPT = /json|^$|javascript/i;
const STATE_SCRIPT = /^\s*(?:(?:window|self|globalThis|var|let|const)\b[.\s[]|\{|\[)/;

class TreeBuilder {
  readonly source: string;
  readonly root = new LeanElement('#root', null, 0);
  readonly elements: LeanElement[] = [this.root];
  readonly metas: LeanElement[] = [];
  readonly links: LeanElement[] = [];
  readonly times: LeanElement[] = [];
  readonly pictures: LeanElement[] = [];
  readonly scripts: { type: string; id: string; text: string }[] = [];
  headTitle = '';
  language = '';
  truncated = false;
  private current = this.root;
  private opened: LeanElement | null = null;
  private nodes = 0;
  private attributesKept = 0;
  /** open elements beyond the depth cap: their text goes to the deepest one kept */
  private overflow = 0;
  private attributeName = '';
  private attributeValue = '';
  private foreign = 0;

  constructor(source: string) {
    this.source = source;
  }

  onopentagname(start: number, end: number): void {
    const tag = this.source.slice(start, end).toLowerCase();
    if (this.nodes >= MAX_NODES) {
      this.truncated = true;
      this.opened = null;
      return;
    }
    if (tag === 'html' || tag === 'body') {
      this.opened = new LeanElement(tag, null, -1);
      if (tag === 'body') this.closeHead();
      return;
    }
    if (BLOCK_START.has(tag)) this.closeOpenParagraph();
    const closes = CLOSES.get(tag);
    if (closes) this.closeWithin(closes[0], closes[1]);
    if (this.current.depth >= MAX_DEPTH && !VOID.has(tag)) {
      this.overflow++;
      this.opened = null;
      return;
    }
    const element = new LeanElement(tag, this.current, this.elements.length);
    this.elements.push(element);
    this.nodes++;
    this.current.children.push(element);
    this.opened = element;
    if (tag === 'meta') this.metas.push(element);
    else if (tag === 'link') this.links.push(element);
    else if (tag === 'img' || tag === 'amp-img') this.pictures.push(element);
    else if (tag === 'time' || tag === 'relative-time') this.times.push(element);
    if (!VOID.has(tag)) this.current = element;
    if (tag === 'svg' || tag === 'math') this.foreign++;
  }

  onopentagend(): void {
    if (this.opened?.tag === 'html') this.language = this.opened.read('lang');
    this.opened = null;
  }

  onselfclosingtag(): void {
    const element = this.opened;
    if (element && this.foreign > 0 && element === this.current && element.parent) this.current = element.parent;
    if (element && (element.tag === 'svg' || element.tag === 'math')) this.foreign--;
    this.onopentagend();
  }

  onattribname(start: number, end: number): void {
    this.attributeName = this.opened && end - start < 24 ? this.source.slice(start, end).toLowerCase() : '';
    if (!KEPT_ATTRIBUTES.has(this.attributeName) || this.attributesKept >= MAX_ATTRIBUTES_KEPT) this.attributeName = '';
    this.attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.attributeName && this.attributeValue.length < MAX_ATTRIBUTE_LENGTH) {
      this.attributeValue += this.source.slice(start, Math.min(end, start + MAX_ATTRIBUTE_LENGTH));
    }
  }

  onattribentity(codepoint: number): void {
    if (this.attributeName && this.attributeValue.length < MAX_ATTRIBUTE_LENGTH) this.attributeValue += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    if (!this.attributeName || !this.opened) return;
    this.opened.attributes ??= new Map();
    if (!this.opened.attributes.has(this.attributeName)) {
      this.opened.attributes.set(this.attributeName, this.attributeValue);
      this.attributesKept++;
    }
    this.attributeName = '';
  }

  ontext(start: number, end: number): void {
    const parent = this.current;
    if (parent.tag === 'script') {
      const type = parent.read('type');
      if (DATA_SCRIPT.test(type)) {
        const text = this.source.slice(start, end);
        if (/json/i.test(type) || (end - start > 400 && STATE_SCRIPT.test(text.slice(0, 200)))) {
          this.scripts.push({ type: type.toLowerCase(), id: parent.read('id'), text });
        }
      }
      return;
    }
    if (parent.tag === 'style') return;
    this.addText(this.source.slice(start, end));
  }

  ontextentity(codepoint: number): void {
    if (this.current.tag !== 'script' && this.current.tag !== 'style') this.addText(String.fromCodePoint(codepoint));
  }

  onclosetag(start: number, end: number): void {
    const tag = this.source.slice(start, end).trim().toLowerCase();
    if (tag === 'br') {
      const element = new LeanElement('br', this.current, this.elements.length);
      this.elements.push(element);
      this.current.children.push(element);
      return;
    }
    if (tag === 'html' || tag === 'body') return;
    if (this.overflow > 0 && this.current.depth >= MAX_DEPTH) {
      this.overflow--;
      return;
    }
    const phrasing = PHRASING.has(tag);
    for (let open: LeanElement | null = this.current; open?.parent; open = open.parent) {
      if (open.tag === tag) {
        this.close(open.parent);
        return;
      }
      if (phrasing && !PHRASING.has(open.tag)) return;
      if (open.tag === 'table' && tag !== 'table' && !BLOCK_START.has(tag)) return;
    }
  }

  oncdata(start: number, end: number): void {
    this.addText(this.source.slice(start, end));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
  isInForeignContext(): boolean {
    return this.foreign > 0;
  }

  private addText(text: string): void {
    if (this.current.tag === 'title' && this.foreign === 0) {
      if (this.headTitle.length < MAX_ATTRIBUTE_LENGTH) this.headTitle += text;
      return;
    }
    const { children } = this.current;
    const last = children.length - 1;
    if (typeof children[last] === 'string') children[last] += text;
    else if (this.nodes < MAX_NODES) {
      this.nodes++;
      children.push(text);
    }
  }

  private close(parent: LeanElement): void {
    for (let open: LeanElement | null = this.current; open && open !== parent; open = open.parent) {
      if (open.tag === 'svg' || open.tag === 'math') this.foreign--;
    }
    this.current = parent;
  }

  private closeHead(): void {
    for (let open: LeanElement | null = this.current; open; open = open.parent) {
      if (open.tag === 'head' && open.parent) {
        this.close(open.parent);
        return;
      }
    }
  }

  /** A block start closes a `p` that is open above it with only phrases between. */
  private closeOpenParagraph(): void {
    for (let open: LeanElement | null = this.current; open?.parent; open = open.parent) {
      if (open.tag === 'p') {
        this.close(open.parent);
        return;
      }
      if (!PHRASING.has(open.tag)) return;
    }
  }

  private closeWithin(closed: ReadonlySet<string>, within: ReadonlySet<string>): void {
    for (let open: LeanElement | null = this.current; open?.parent; open = open.parent) {
      if (closed.has(open.tag)) {
        this.close(open.parent);
        return;
      }
      if (within.has(open.tag)) return;
    }
  }
}

/** @param markup HTML of any quality @returns the tree of what lies within the caps */
export function growTree(markup: string): LeanTree {
  const truncated = markup.length > MAX_CHARACTERS;
  const source = truncated ? markup.slice(0, MAX_CHARACTERS) : markup;
  const builder = new TreeBuilder(source);
  const tokenizer = new Tokenizer({ decodeEntities: true }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return {
    root: builder.root,
    elements: builder.elements,
    metas: builder.metas,
    links: builder.links,
    times: builder.times,
    pictureTexts: builder.pictures.flatMap((picture) => [picture.read('alt'), picture.read('title')]).filter((text) => text.length > 12),
    scripts: builder.scripts,
    headTitle: builder.headTitle,
    language: builder.language,
    truncated: truncated || builder.truncated,
  };
}
