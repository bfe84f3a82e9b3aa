/**
 * Runs the network on padded batches of sentences. Comes in: piece numbers and shapes. Goes out: raw scores per word.
 * The only file that knows the inference engine (onnxruntime-web: WebAssembly, one thread).
 */

import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

/** One window of a sentence: word i's pieces are [starts[i], starts[i + 1]). The frame [CLS] … [SEP] is added here. */
export interface Window {
  readonly pieces: readonly number[];
  readonly shapes: readonly number[];
  readonly starts: readonly number[];
}

/** Scores of a batch; row 0 of every window is [CLS], which stands for the root. Rows are `stride` words apart. */
export interface Scores {
  readonly words: number;
  readonly tags: Float32Array;
  readonly arc: Float32Array;
  readonly rel: Float32Array;
  readonly relDep: Float32Array;
  readonly relHead: Float32Array;
  readonly vectors: Float32Array;
}

export interface Network {
  run(windows: readonly Window[]): Promise<Scores>;
  release(): Promise<void>;
}

const CLS = 101;
const SEP = 102;
const BARRED = -10_000;

export async function openNetwork(model: Uint8Array): Promise<Network> {
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = new URL('./', import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')).href;
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });

  return {
    async run(windows) {
      const count = windows.length;
      const long = Math.max(...windows.map((w) => w.pieces.length)) + 2;
      const words = Math.max(...windows.map((w) => w.starts.length));
      const pieces = new Int32Array(count * long);
      const shapes = new Int32Array(count * long);
      const lengths = new Int32Array(count);
      const first = new Int32Array(count * words);
      const last = new Int32Array(count * words);
      const barred = new Float32Array(count * words * words).fill(BARRED);
      for (const [b, window] of windows.entries()) {
        const row = b * long;
        const size = window.pieces.length;
        pieces[row] = CLS;
        pieces.set(window.pieces, row + 1);
        pieces[row + size + 1] = SEP;
        shapes.set(window.shapes, row + 1);
        lengths[b] = size + 2;
        const own = window.starts.length; // words and the root
        for (let w = 0; w < words; w++) {
          const real = w > 0 && w < own;
          first[b * words + w] = real ? row + 1 + (window.starts[w - 1] as number) : row;
          last[b * words + w] = real ? row + (window.starts[w] as number) : row;
          if (w < own) {
            const at = (b * words + w) * words;
            barred.fill(0, at, at + own);
            if (w > 0) barred[at + w] = BARRED;
          }
        }
      }
      const out = await session.run({
        pieces: new Tensor('int32', pieces, [count, long]),
        shapes: new Tensor('int32', shapes, [count, long]),
        lengths: new Tensor('int32', lengths, [count]),
        first: new Tensor('int32', first, [count, words]),
        last: new Tensor('int32', last, [count, words]),
        barred: new Tensor('float32', barred, [count, words, words]),
      });
      const take = (name: string) => (out[name] as Tensor).data as Float32Array;
      return {
        words,
        tags: take('tags'),
        arc: take('arc'),
        rel: take('rel'),
        relDep: take('rel_dep'),
        relHead: take('rel_head'),
        vectors: take('words'),
      };
    },
    release: () => session.release(),
  };
}
