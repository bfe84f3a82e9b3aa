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
  close(): Promise<void>;
}

/** What `openEncoder` needs: the contents of models/reader/reader.onnx, vocabulary.txt and labels.json. */
export interface EncoderFiles {
  readonly model: Uint8Array;
  readonly vocabulary: string;
  readonly labels: ReaderLabels;
}

const WIDTH = 384;
/** padded pieces of one batch: enough to keep the kernels busy, small enough for the caches */
const BATCH = 1536;

interface Piece {
  readonly sentence: number;
  readonly from: number;
  readonly window: Window;
}

export async function openEncoder(files: EncoderFiles): Promise<Encoder> {
  const network = await openNetwork(files.model);
  const split = createPieces(files.vocabulary);
  const decode = createDecoder(files.labels);
  const most = files.labels.window - 2;

  return {
    width: WIDTH,
    async read(sentences) {
      const parts: Piece[] = [];
      const results: EncodedSentence[][] = sentences.map(() => []);
      for (const [sentence, words] of sentences.entries()) parts.push(...cutWindows(words, sentence, split, most));
      // sentences of like length share a batch, so that little is padded
      parts.sort((a, b) => a.window.pieces.length - b.window.pieces.length || a.sentence - b.sentence || a.from - b.from);
      const read: { part: Piece; result: EncodedSentence }[] = [];
      for (let at = 0; at < parts.length; ) {
        let end = at + 1;
        const shortest = (parts[at] as Piece).window.pieces.length + 2;
        while (end < parts.length) {
          const long = (parts[end] as Piece).window.pieces.length + 2;
          if ((end + 1 - at) * long > BATCH || long > shortest * 1.25 + 2) break;
          end++;
        }
        const batch = parts.slice(at, end);
        const scores = await network.run(batch.map((part) => part.window));
        for (const [row, part] of batch.entries()) {
          const words = (sentences[part.sentence] as readonly string[]).slice(part.from, part.from + part.window.starts.length - 1);
          read.push({ part, result: decode(words, scores, row) });
        }
        at = end;
      }
      read.sort((a, b) => a.part.sentence - b.part.sentence || a.part.from - b.part.from);
      for (const { part, result } of read) (results[part.sentence] as EncodedSentence[]).push(result);
      return results.map(joinWindows);
    },
    close: () => network.release(),
  };
}

/** Cuts a sentence into windows of at most `most` pieces, after a mark where there is one in the last third. */
function cutWindows(words: readonly string[], sentence: number, split: (word: string) => readonly number[], most: number): Piece[] {
  const windows: Piece[] = [];
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
function joinWindows(windows: readonly EncodedSentence[]): EncodedSentence {
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
    vectors.set(window.vectors, from * WIDTH);
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

function createDecoder(labels: ReaderLabels): (words: readonly string[], scores: Scores, row: number) => EncodedSentence {
  const list = (head: string) => labels.heads[head] as readonly string[];
  const place = (head: string) => labels.layout[head] as readonly [number, number];
  const [upos, xpos, feats, lemma] = [list('upos'), list('xpos'), list('feats'), list('lemma')];
  const [uposAt, xposAt, featsAt, lemmaAt] = [place('upos'), place('xpos'), place('feats'), place('lemma')];
  const spans = (['names', 'mentions', 'inner'] as const).map((head) => ({ from: place(head)[0], decode: createSpanDecoder(list(head)) }));
  const relations = list('deprel');
  const root = relations.indexOf('root');
  const width = Math.max(...Object.values(labels.layout).map(([, end]) => end));
  const weight = labels.relation.weight.map((line) => Float32Array.from(line));
  const hidden = (weight[0] as Float32Array).length;

  /** Relation scores of a word under a head that is not the best-scored one. */
  function scoreRelations(scores: Scores, word: number, head: number): Float32Array {
    const out = new Float32Array(relations.length);
    for (let r = 0; r < out.length; r++) {
      let sum = labels.relation.bias[r] as number;
      const line = weight[r] as Float32Array;
      for (let i = 0; i < hidden; i++) {
        const on = (scores.relDep[word * hidden + i] as number) + (scores.relHead[head * hidden + i] as number);
        if (on > 0) sum += on * (line[i] as number);
      }
      out[r] = sum;
    }
    return out;
  }

  return (words, scores, row) => {
    const stride = scores.words;
    const n = words.length;
    const heads = decodeTree(scores.arc, row * stride * stride, stride, n);
    const tokens: EncodedToken[] = [];
    for (let w = 1; w <= n; w++) {
      const word = words[w - 1] as string;
      const at = row * stride + w;
      const tags = at * width;
      const head = heads[w] as number;
      const arcs = scores.arc.subarray(at * stride, (at + 1) * stride);
      const changed = bestOf(arcs, 0, n + 1) !== head;
      const rel = changed
        ? scoreRelations(scores, at, row * stride + head)
        : scores.rel.slice(at * relations.length, (at + 1) * relations.length);
      // exactly the root word is called root
      if (head !== 0) rel[root] = Number.NEGATIVE_INFINITY;
      const part = upos[bestOf(scores.tags, tags + uposAt[0], tags + uposAt[1])] as string;
      const fits = labels.features[part] ?? [];
      let best = -1;
      for (const i of fits) {
        if (best < 0 || (scores.tags[tags + featsAt[0] + i] as number) > (scores.tags[tags + featsAt[0] + best] as number)) best = i;
      }
      const features = best < 0 ? '_' : (feats[best] as string);
      tokens.push({
        upos: part,
        xpos: xpos[bestOf(scores.tags, tags + xposAt[0], tags + xposAt[1])] as string,
        ...(features === '_' ? {} : { feats: features }),
        lemma: chooseLemma(word, lemma, scores.tags, tags + lemmaAt[0]),
        head: head - 1,
        deprel: head === 0 ? 'root' : (relations[bestOf(rel, 0, relations.length)] as string),
      });
    }
    const [names, mentions, innerMentions] = spans.map(({ from, decode }) =>
      decode(scores.tags, (row * stride + 1) * width + from, width, n),
    ) as [NameSpan[], NameSpan[], NameSpan[]];
    const vectors = scores.vectors.slice((row * stride + 1) * WIDTH, (row * stride + 1 + n) * WIDTH);
    return { tokens, names, mentions, innerMentions, vectors };
  };
}
