/**
 * Text in, ISO 639-1 code out, or null where it is too short or too mixed to tell: words and letters of our own table first
 * (lexicon/languages.json; English, and languages that the package mistakes), then the character statistics of `eld`.
 */

import languages from '../../lexicon/languages.json' with { type: 'json' };

/** Enough to tell by, and no more, so that a text of 1 MB costs no more than one of 6 kB. */
const SAMPLE = 6000;
const LEAST_LETTERS = 24;
const LEAST_WORDS = 4;
/** Scripts that write several words in a few signs, without blanks. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const LEAST_DENSE = 8;

const COMMON = languages.commonWords.map(({ language, share, words }) => ({ language, share, words: new Set(words) }));
const OWN_LETTERS = languages.ownLetters.map(({ language, letters, share }) => ({ language, letters: new Set(letters), share }));

export async function detectLanguage(text: string): Promise<string | null> {
  const sample = takeSample(text);
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const dense = sample.match(DENSE)?.length ?? 0;
  if (dense < LEAST_DENSE && (letters < LEAST_LETTERS || words.length < LEAST_WORDS)) return null;

  for (const { language, letters: own, share } of OWN_LETTERS) {
    let seen = 0;
    for (const word of words) for (const letter of word) if (own.has(letter)) seen += 1;
    if (seen >= share * letters) return language;
  }
  for (const { language, share, words: common } of COMMON) {
    const seen = words.filter((word) => common.has(word));
    if (seen.length >= share * words.length && new Set(seen).size >= (words.length < 12 ? 2 : 3)) return language;
  }
  // loaded late: most articles are in English and told by then
  const { eld } = await import('eld/small');
  const result = eld.detect(sample);
  return result.language !== '' && result.isReliable() ? result.language : null;
}

/** Beginning and middle: a page may open with a few lines in another language. */
function takeSample(text: string): string {
  if (text.length <= SAMPLE) return text;
  const half = SAMPLE / 2;
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, half)} ${text.slice(middle, middle + half)}`;
}
