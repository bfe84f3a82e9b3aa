/**
 * The neural reader: tokens of sentences in, grammar and names out. One small network with a head per task (models/reader).
 * Deterministic, one thread, linear in the length of the text. Does not split text into tokens, and gathers no entities.
 */

import { bestOf, chooseLemma, createSpanDecoder, type NameSpan, type ReaderLabels } from './labels.ts';
import { openNetwork, type Scores, type Window } from './network.ts';
import { createPieces, SHAPE_KINDS, shapeOf } from './pieces.ts';
import { decodeTree } from './tree.ts';

export type { NameSpan, ReaderLabels } from './labels.ts';

export interface EncodedToken {
  readonly upos: string;
  readonly xpos: string;
  /** "Tense=Past|VerbForm=Fin"; absent where a word has none */
  readonly feats?: string;
  readonly lemma: string;
  /** index of the governing token in the sentence; -1 at the root */
  readonly head: number;
  readonly deprel: string;
}

export interface EncodedSentence {
  readonly tokens: readonly EncodedToken[];
  /** proper names: person, organisation, place, nationality, event, work, product, other */
  readonly names: readonly NameSpan[];
  /** whole phrases that name or describe a person, organisation, place, weapon, platform or vehicle ("the Syrian army") */
  readonly mentions: readonly NameSpan[];
  /** such phrases within a longer one of `mentions` */
  readonly innerMentions: readonly NameSpan[];
  /** one vector of `Encoder.width` numbers per token, for further heads */
  readonly vectors: Float32Array;
}

export interface Encoder {
  readonly width: number;
  /** Reads tokenized sentences; one result per sentence, in order. An empty sentence gives an empty result. */
  read(sentences: readonly (readonly string[])[]): Promise<readonly EncodedSentence[]>;
}

/** What `openEncoder` needs: the contents of kernel.wasm and of models/reader: reader.bin, vocabulary.txt and labels.json. */
export interface EncoderFiles {
  readonly kernel: Uint8Array;
  readonly model: Uint8Array;
  readonly vocabulary: string;
  readonly labels: ReaderLabels;
}

/** phrases below this are oftener wrong than right on re3d's held-out documents */
const LEAST_PHRASE_SCORE = 0.5;

interface Part {
  readonly sentence: number;
  /** index of its first word in the sentence */
  readonly from: number;
  readonly window: Window;
}

export async function openEncoder(files: EncoderFiles): Promise<Encoder> {
  const { width, longest, capacity, run } = openNetwork(files.model, files.kernel);
  const split = createPieces(files.vocabulary);
  const decode = createDecoder(files.labels, width);

  return {
    width,
    async read(sentences) {
      const parts = sentences.flatMap((words, sentence) => cutWindows(words, sentence, split, longest));
      const results: EncodedSentence[][] = sentences.map(() => []);
      for (let at = 0; at < parts.length; ) {
        let end = at;
        for (let pieces = 0; end < parts.length; end++) {
          pieces += (parts[end] as Part).window.pieces.length + 2;
          if (pieces > capacity) break;
        }
        const batch = parts.slice(at, end);
        const scores = run(batch.map((part) => part.window));
        for (const [window, part] of batch.entries()) {
          const words = (sentences[part.sentence] as readonly string[]).slice(part.from, part.from + part.window.starts.length - 1);
          (results[part.sentence] as EncodedSentence[]).push(decode(words, scores, window));
        }
        at = end;
      }
      return results.map((windows) => joinWindows(windows, width));
    },
  };
}

/** Cuts a sentence into windows of at most `most` pieces, after a mark where there is one in the last third. */
function cutWindows(words: readonly string[], sentence: number, split: (word: string) => readonly number[], most: number): Part[] {
  const windows: Part[] = [];
  let from = 0;
  while (from < words.length) {
    const pieces: number[] = [];
    const shapes: number[] = [];
    const starts = [0];
    let end = from;
    let mark = -1;
    for (; end < words.length; end++) {
      const word = words[end] as string;
      const own = split(word);
      if (pieces.length + own.length > most) break;
      const shape = shapeOf(word) + (end === 0 ? SHAPE_KINDS : 0);
      for (const piece of own) {
        pieces.push(piece);
        shapes.push(shape);
      }
      starts.push(pieces.length);
      if (shape % SHAPE_KINDS === 9 && pieces.length > (2 * most) / 3) mark = end + 1;
    }
    if (end < words.length && mark > from) {
      end = mark;
      starts.length = end - from + 1;
      pieces.length = starts[end - from] as number;
      shapes.length = pieces.length;
    }
    windows.push({ sentence, from, window: { pieces, shapes, starts } });
    from = end;
  }
  return windows;
}

/** Joins the windows of a sentence: the root of each later one hangs on the first's as parataxis. */
function joinWindows(windows: readonly EncodedSentence[], width: number): EncodedSentence {
  if (windows.length === 1) return windows[0] as EncodedSentence;
  const tokens: EncodedToken[] = [];
  const names: NameSpan[] = [];
  const mentions: NameSpan[] = [];
  const innerMentions: NameSpan[] = [];
  const vectors = new Float32Array(windows.reduce((sum, window) => sum + window.vectors.length, 0));
  let root = -1;
  for (const window of windows) {
    const from = tokens.length;
    const move = (span: NameSpan) => ({ ...span, start: span.start + from, end: span.end + from });
    vectors.set(window.vectors, from * width);
    for (const token of window.tokens) {
      if (token.head >= 0) tokens.push({ ...token, head: token.head + from });
      else if (root < 0) {
        root = tokens.length;
        tokens.push(token);
      } else tokens.push({ ...token, head: root, deprel: 'parataxis' });
    }
    names.push(...window.names.map(move));
    mentions.push(...window.mentions.map(move));
    innerMentions.push(...window.innerMentions.map(move));
  }
  return { tokens, names, mentions, innerMentions, vectors };
}

function createDecoder(labels: ReaderLabels, width: number): (words: readonly string[], scores: Scores, window: number) => EncodedSentence {
  const list = (head: string) => labels.heads[head] as readonly string[];
  const place = (head: string) => labels.layout[head] as readonly [number, number];
  const [upos, xpos, feats, lemma, relations] = [list('upos'), list('xpos'), list('feats'), list('lemma'), list('deprel')];
  const [uposAt, xposAt, featsAt, lemmaAt] = [place('upos'), place('xpos'), place('feats'), place('lemma')];
  const spans = ['names', 'mentions', 'inner'].map((head) => ({ from: place(head)[0], decode: createSpanDecoder(list(head)) }));
  const root = relations.indexOf('root');
  const attested = new Set(labels.lemmas.split(' '));

  return (words, scores, window) => {
    const n = words.length;
    const heads = decodeTree(scores.scoreArcs(window), 0, n + 1, n);
    const relationScores = scores.scoreRelations(window, heads);
    const tokens: EncodedToken[] = [];
    for (const [w, word] of words.entries()) {
      const tags = (scores.rowOf(window) + w + 1) * scores.tagStride;
      const relation = (w + 1) * scores.relationStride;
      // exactly the root word is called root
      relationScores[relation + root] = Number.NEGATIVE_INFINITY;
      const part = upos[bestOf(scores.tags, tags + uposAt[0], tags + uposAt[1])] as string;
      const features = bestFeatures(part, scores.tags, tags + featsAt[0]);
      const head = heads[w + 1] as number;
      tokens.push({
        upos: part,
        xpos: xpos[bestOf(scores.tags, tags + xposAt[0], tags + xposAt[1])] as string,
        ...(features === '_' ? {} : { feats: features }),
        lemma: chooseLemma(word, lemma, scores.tags, tags + lemmaAt[0], attested),
        head: head - 1,
        deprel: head === 0 ? 'root' : (relations[bestOf(relationScores, relation, relation + relations.length)] as string),
      });
    }
    const first = scores.rowOf(window) + 1;
    const [names, outer, inner] = spans.map((span) =>
      span.decode(scores.tags, first * scores.tagStride + span.from, scores.tagStride, n),
    ) as [NameSpan[], NameSpan[], NameSpan[]];
    const [mentions, innerMentions] = [outer, inner].map((list) => list.filter((span) => span.score >= LEAST_PHRASE_SCORE)) as [
      NameSpan[],
      NameSpan[],
    ];
    return { tokens, names, mentions, innerMentions, vectors: scores.vectors.slice(first * width, (first + n) * width) };
  };

  /** The best features among those seen with a part of speech; "_" is none. */
  function bestFeatures(part: string, scores: Float32Array, from: number): string {
    let best = -1;
    for (const i of labels.features[part] ?? []) {
      if (best < 0 || (scores[from + i] as number) > (scores[from + best] as number)) best = i;
    }
    return best < 0 ? '_' : (feats[best] as string);
  }
}
