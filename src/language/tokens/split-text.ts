/**
 * The text of an article in, its paragraphs, sentences and word borders out. Paragraphs are parted by blank lines; no sentence runs
 * over their border. Says nothing about grammar.
 */

import type { Sentence } from '../../vocabulary.ts';
import { findSentenceEnds } from './find-sentences.ts';
import { splitWords, type TokenBorders } from './split-words.ts';

/** A paragraph is [start, end) in the text, with no white space at its ends. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
}

export interface SplitText {
  readonly paragraphs: readonly Paragraph[];
  readonly sentences: readonly Sentence[];
  readonly tokens: TokenBorders;
}

/** Splits running English text; other scripts come through as words between blanks and marks. */
export function splitText(text: string): SplitText {
  const paragraphs = findParagraphs(text);
  const tokens: TokenBorders = { starts: [], ends: [] };
  const sentences: Sentence[] = [];
  paragraphs.forEach((paragraph, index) => {
    let first = tokens.starts.length;
    splitWords(text, paragraph.start, paragraph.end, tokens);
    for (const last of findSentenceEnds(text, tokens, first, tokens.starts.length)) {
      const start = tokens.starts[first] as number;
      const end = tokens.ends[last] as number;
      sentences.push({ text: text.slice(start, end), start, end, firstToken: first, endToken: last + 1, paragraph: index });
      first = last + 1;
    }
  });
  return { paragraphs, sentences, tokens };
}

export function findParagraphs(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let from = 0;
  for (const gap of text.matchAll(/\n[^\S\n]*\n\s*/g)) {
    addParagraph(text, from, gap.index, paragraphs);
    from = gap.index + gap[0].length;
  }
  addParagraph(text, from, text.length, paragraphs);
  return paragraphs;
}

function addParagraph(text: string, from: number, to: number, into: Paragraph[]): void {
  const inner = text.slice(from, to);
  const start = from + inner.length - inner.trimStart().length;
  const end = from + inner.trimEnd().length;
  if (end > start) into.push({ start, end });
}
