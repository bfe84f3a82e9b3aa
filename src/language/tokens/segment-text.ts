/**
 * Text in a language other than English in, sentences and words out, by the rules of Unicode (Intl.Segmenter). Knows no grammar:
 * every word is its own lemma and hangs on the first of its sentence.
 */

import type { Sentence, Token } from '../../vocabulary.ts';
import { findParagraphs, type Paragraph } from './split-text.ts';

/** A sentence is cut here, so that one without any mark stays cheap to segment. */
const LONGEST = 20_000;
/** the second half of a sign outside the basic plane, which no cut may part from its first */
const LOW_SURROGATE = /[\udc00-\udfff]/;

export interface SegmentedText {
  readonly paragraphs: readonly Paragraph[];
  readonly sentences: readonly Sentence[];
  readonly tokens: readonly Token[];
}

/** @param language ISO 639-1 code, which decides how scripts without blanks are cut; an unknown one is as good as none */
export function segmentText(text: string, language: string): SegmentedText {
  const locale = supported(language);
  const intoSentences = new Intl.Segmenter(locale, { granularity: 'sentence' });
  const intoWords = new Intl.Segmenter(locale, { granularity: 'word' });
  const paragraphs = findParagraphs(text);
  const sentences: Sentence[] = [];
  const tokens: Token[] = [];
  paragraphs.forEach((paragraph, index) => {
    let cut = paragraph.start;
    while (cut < paragraph.end) {
      const from = cut;
      cut = Math.min(from + LONGEST, paragraph.end);
      if (cut < paragraph.end && LOW_SURROGATE.test(text[cut] as string)) cut -= 1;
      const part = text.slice(from, cut);
      for (const { segment, index: at } of intoSentences.segment(part)) {
        const firstToken = tokens.length;
        for (const word of intoWords.segment(segment)) {
          if (word.segment.trim() === '') continue;
          const start = from + at + word.index;
          tokens.push({
            text: word.segment,
            start,
            end: start + word.segment.length,
            lemma: word.segment,
            upos: word.isWordLike ? 'X' : 'PUNCT',
            head: tokens.length === firstToken ? -1 : firstToken,
            deprel: tokens.length === firstToken ? 'root' : 'dep',
            sentence: sentences.length,
          });
        }
        if (tokens.length === firstToken) continue;
        const start = (tokens[firstToken] as Token).start;
        const end = (tokens.at(-1) as Token).end;
        sentences.push({ text: text.slice(start, end), start, end, firstToken, endToken: tokens.length, paragraph: index });
      }
    }
  });
  return { paragraphs, sentences, tokens };
}

function supported(language: string): string | undefined {
  try {
    return Intl.Segmenter.supportedLocalesOf([language])[0];
  } catch {
    return undefined; // a page may declare anything as its language
  }
}
