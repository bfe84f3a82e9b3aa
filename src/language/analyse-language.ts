/**
 * The language room's front door: an article in, its reading out (sentences, tokens with grammar, quotations, times, quantities,
 * places, entities). English is read in full; of other languages the names and places that the gazetteer knows.
 * Reads no disk: the weights are handed in. Says nothing of events.
 */

import type { AnalysedArticle, Article, NameKind, Note, Sentence, Signal, Token } from '../vocabulary.ts';
import { detectLanguage } from './detect-language.ts';
import { type EncodedSentence, type Encoder, type EncoderFiles, openEncoder } from './encoder/open-encoder.ts';
import { gatherEntities } from './entities/gather-entities.ts';
import type { NameSpan } from './name-span.ts';
import { findQuantities } from './numbers/find-quantities.ts';
import { findPlaces } from './places/find-places.ts';
import { type Gazetteer, openGazetteer } from './places/open-gazetteer.ts';
import { findTimes } from './times/find-times.ts';
import { findQuotations } from './tokens/find-quotations.ts';
import { segmentText } from './tokens/segment-text.ts';
import { type SplitText, splitText } from './tokens/split-text.ts';

/** What the room needs from disk: the weights of the reader and models/gazetteer/gazetteer.bin. */
export interface LanguageModels {
  readonly encoder: EncoderFiles;
  readonly gazetteer: Uint8Array;
}

export interface Language {
  readonly encoder: Encoder;
  readonly gazetteer: Gazetteer;
}

/** Kinds of the encoder's names and phrases, in the words of the vocabulary. */
const NAME_KIND_OF: Readonly<Record<string, NameKind>> = {
  person: 'person',
  organisation: 'organisation',
  place: 'place',
  nationality: 'nationality',
  event: 'event',
  work: 'other',
  product: 'other',
  other: 'other',
};
const PHRASE_KIND_OF: Readonly<Record<string, NameKind>> = { weapon: 'weapon', platform: 'platform' };

export async function openLanguage(models: LanguageModels): Promise<Language> {
  return { encoder: await openEncoder(models.encoder), gazetteer: openGazetteer(models.gazetteer) };
}

export async function analyseLanguage(article: Article, language: Language): Promise<AnalysedArticle> {
  const detected = await detectLanguage(article.text);
  const code = detected ?? guessLanguage(article);
  return code === 'en' ? readEnglish(article, language, detected === null) : readForeign(article, language, code);
}

async function readEnglish(article: Article, language: Language, guessed: boolean): Promise<AnalysedArticle> {
  const split = splitText(article.text);
  const words = split.sentences.map(({ firstToken, endToken }) => wordsOf(article.text, split, firstToken, endToken));
  const encoded = await language.encoder.read(words);
  const tokens = joinTokens(article.text, split, encoded);
  const names = joinNames(split.sentences, encoded);
  const { sentences } = split;
  const places = findPlaces({ article, tokens, sentences, names, gazetteer: language.gazetteer, language: 'en' });
  const times = findTimes({ article, tokens, sentences });
  return {
    article,
    language: 'en',
    sentences,
    tokens,
    quotations: findQuotations(article.text, split.paragraphs),
    ...gatherEntities({ article, tokens, sentences, names, places }),
    times,
    places,
    quantities: findQuantities(article.text, tokens, times),
    signals: NO_SIGNALS,
    notes: guessed ? [noteOf('The text is too short to tell its language; it is read as English.')] : [],
  };
}

function readForeign(article: Article, language: Language, code: string): AnalysedArticle {
  const { tokens, sentences, paragraphs } = segmentText(article.text, code);
  const places = findPlaces({ article, tokens, sentences, names: [], gazetteer: language.gazetteer, language: code });
  return {
    article,
    language: code,
    sentences,
    tokens,
    quotations: findQuotations(article.text, paragraphs),
    ...gatherEntities({ article, tokens, sentences, names: [], places }),
    times: [],
    places,
    quantities: [],
    signals: NO_SIGNALS,
    notes: [
      noteOf(
        code === UNKNOWN
          ? 'The language of the text could not be told; events are read in English only.'
          : `Events are not read in ${nameLanguage(code)} yet.`,
      ),
    ],
  };
}

const NO_SIGNALS: readonly Signal[] = [];
/** ISO 639's code for "undetermined" */
const UNKNOWN = 'und';

/** A text too short to tell: what its page says, else English where it is written in Latin letters. */
function guessLanguage(article: Article): string {
  const declared = article.language?.toLowerCase().split(/[-_]/)[0];
  if (declared) return declared;
  const letters = article.text.slice(0, 2000).match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /[A-Za-z]/.test(letter)).length;
  return latin * 10 >= letters.length * 9 ? 'en' : UNKNOWN;
}

function nameLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code; // a page may declare anything as its language
  }
}

const noteOf = (message: string): Note => ({ room: 'language', message });

function wordsOf(text: string, { tokens }: SplitText, first: number, end: number): string[] {
  const words: string[] = [];
  for (let at = first; at < end; at += 1) words.push(text.slice(tokens.starts[at], tokens.ends[at]));
  return words;
}

function joinTokens(text: string, split: SplitText, encoded: readonly EncodedSentence[]): Token[] {
  const tokens: Token[] = [];
  split.sentences.forEach((sentence, index) => {
    const read = (encoded[index] as EncodedSentence).tokens;
    for (let at = sentence.firstToken; at < sentence.endToken; at += 1) {
      const start = split.tokens.starts[at] as number;
      const end = split.tokens.ends[at] as number;
      const word = read[at - sentence.firstToken];
      if (word === undefined) throw new Error(`the encoder read ${read.length} of ${sentence.endToken - sentence.firstToken} tokens`);
      tokens.push({
        text: text.slice(start, end),
        start,
        end,
        lemma: word.lemma,
        upos: word.upos,
        xpos: word.xpos,
        ...(word.feats ? { feats: word.feats } : {}),
        head: word.head < 0 ? -1 : sentence.firstToken + word.head,
        deprel: word.deprel,
        sentence: index,
      });
    }
  });
  return tokens;
}

/** Names of all sentences in token numbers of the article; weapons and platforms come from the phrases, which name them. */
function joinNames(sentences: readonly Sentence[], encoded: readonly EncodedSentence[]): NameSpan[] {
  const names: NameSpan[] = [];
  sentences.forEach(({ firstToken }, index) => {
    const { names: named, mentions } = encoded[index] as EncodedSentence;
    for (const [spans, kinds] of [
      [named, NAME_KIND_OF],
      [mentions, PHRASE_KIND_OF],
    ] as const) {
      for (const { start, end, kind, score } of spans) {
        const known = kinds[kind];
        if (known) names.push({ firstToken: firstToken + start, endToken: firstToken + end, kind: known, score });
      }
    }
  });
  return names.sort((a, b) => a.firstToken - b.firstToken || b.endToken - a.endToken);
}
