/**
 * Text and paragraphs in, what stands between quotation marks out: straight, curly, low, angled, doubled and single marks, over
 * paragraphs that each open with a mark. Outermost quotations only. Does not say who speaks.
 */

import type { Quotation } from '../../vocabulary.ts';
import type { Paragraph } from './split-text.ts';

/** Opening mark to the marks that close it; longest first where one begins another. */
const PAIRS: readonly (readonly [string, readonly string[]])[] = [
  ['``', ["''", '"']],
  ["''", ["''", '"']],
  ['“', ['”', '"', '“']],
  ['”', ['”']],
  ['„', ['“', '”', '‟']],
  ['‟', ['”']],
  ['«', ['»']],
  ['»', ['«']],
  ['"', ['"', '”']],
  ['「', ['」']],
  ['『', ['』']],
  ['‹', ['›']],
];
const SINGLE = /['‘]/;
const BEFORE_OPENING = /[\s([{—–\-/“"„«:]/u;
const LETTER = /[\p{L}\p{N}$£€#@[(…]/u;
const AFTER_CLOSING = /[\s.,;:!?)\]}—–\-…"”»]/u;
/** An apostrophe that drops letters and opens nothing: 'em, 'til, '90s */
const DROPPED = /^['‘](?:em|til|till|cause|tis|twas|bout|n|\d\ds?)(?!\p{L})/iu;

export function findQuotations(text: string, paragraphs: readonly Paragraph[]): Quotation[] {
  const quotations: Quotation[] = [];
  /** opening mark of a quotation that the last paragraph left open */
  let carried: string | null = null;
  paragraphs.forEach((paragraph, index) => {
    const content = text.slice(paragraph.start, paragraph.end);
    let continues = carried !== null && content.startsWith(carried);
    carried = null;
    for (const { from, to, mark } of findInParagraph(content)) {
      const next = paragraphs[index + 1];
      const unclosed = to < 0;
      const runsOn = unclosed && next !== undefined && text.startsWith(mark, next.start);
      if (runsOn) carried = mark;
      if (unclosed && !runsOn && SINGLE.test(mark) && !continues) continue;
      const span = trimSpan(content, from, unclosed ? content.length : to);
      if (span.start < span.end) {
        const start = paragraph.start + span.start;
        const end = paragraph.start + span.end;
        quotations.push({ text: text.slice(start, end), start, end, continues, open: unclosed && !runsOn });
      }
      continues = false;
    }
  });
  return quotations;
}

interface Found {
  readonly mark: string;
  readonly from: number;
  /** -1 where no closing mark was found */
  readonly to: number;
}

function findInParagraph(content: string): Found[] {
  const found: Found[] = [];
  const closings = new Map<string, number[]>();
  let at = 0;
  while (at < content.length) {
    const opening = openingAt(content, at);
    if (opening === null) {
      at += 1;
      continue;
    }
    const from = at + opening.length;
    const single = SINGLE.test(opening);
    const close = single ? findSingleClosing(content, from, opening, closings) : findClosing(content, from, opening);
    if (close === null) {
      if (single && at > 0) {
        at += 1;
        continue;
      }
      found.push({ mark: opening, from, to: -1 });
      return found;
    }
    found.push({ mark: opening, from, to: close.at });
    at = close.at + close.length;
  }
  return found;
}

function openingAt(content: string, at: number): string | null {
  const char = content[at] as string;
  const before = at === 0 ? ' ' : (content[at - 1] as string);
  if (SINGLE.test(char)) {
    if (content[at + 1] === char) return "''" === content.slice(at, at + 2) && BEFORE_OPENING.test(before) ? "''" : null;
    if (!BEFORE_OPENING.test(before) || !LETTER.test(content[at + 1] ?? ' ')) return null;
    return DROPPED.test(content.slice(at, at + 8)) ? null : char;
  }
  for (const [mark] of PAIRS) {
    if (!content.startsWith(mark, at)) continue;
    // a height or an inch: 6'2", and a closing mark that was never opened
    if (
      (mark === '"' || mark === '”' || mark === '»') &&
      /[\p{L}\p{N}.,!?]/u.test(before) &&
      !/\p{L}/u.test(content[at + mark.length] ?? ' ')
    )
      return null;
    return mark;
  }
  return null;
}

function findClosing(content: string, from: number, opening: string): { at: number; length: number } | null {
  const marks = PAIRS.find(([mark]) => mark === opening)?.[1] ?? [];
  let depth = 0;
  for (let at = from; at < content.length; at += 1) {
    if (opening === '“' && content[at] === '“') {
      // “… “…” …”: a second opening mark before a word is an inner quotation, elsewhere a closing mark typed wrongly
      if (!BEFORE_OPENING.test(content[at - 1] ?? ' ') || at === from) return { at, length: 1 };
      depth += 1;
      continue;
    }
    const mark = marks.find((closing) => content.startsWith(closing, at));
    if (mark === undefined) continue;
    if (depth > 0) {
      depth -= 1;
      continue;
    }
    return { at, length: mark.length };
  }
  return null;
}

/** A closing single mark looks like an apostrophe: one after a full stop or comma is surer than one after a plural. */
function findSingleClosing(
  content: string,
  from: number,
  opening: string,
  known: Map<string, number[]>,
): { at: number; length: number } | null {
  const closing = opening === '‘' ? '’' : "'";
  let places = known.get(closing);
  if (places === undefined) {
    places = [];
    for (let at = content.indexOf(closing); at >= 0; at = content.indexOf(closing, at + 1)) {
      if (at > 0 && /\S/.test(content[at - 1] as string) && AFTER_CLOSING.test(content[at + 1] ?? ' ')) places.push(at);
    }
    known.set(closing, places);
  }
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) <= from) low = middle + 1;
    else high = middle;
  }
  let plural: number | null = null;
  for (let index = low; index < Math.min(places.length, low + 12); index += 1) {
    const at = places[index] as number;
    if (/[sS]/.test(content[at - 1] as string) && /\s/.test(content[at + 1] ?? '.')) plural ??= at;
    else return { at, length: 1 };
  }
  return plural === null ? null : { at: plural, length: 1 };
}

function trimSpan(content: string, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(content[start] as string)) start += 1;
  while (end > start && /\s/.test(content[end - 1] as string)) end -= 1;
  return { start, end };
}
