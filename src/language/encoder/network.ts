/**
 * Runs the network on batches of sentences, packed without padding. Comes in: piece numbers and shapes. Goes out: raw scores per word.
 * The only file that knows how reader.bin is laid out and how kernel.wasm (from kernel.c) is called.
 */

/** One window of a sentence: word i's pieces are [starts[i], starts[i + 1]). The frame [CLS] … [SEP] is added here. */
export interface Window {
  readonly pieces: readonly number[];
  readonly shapes: readonly number[];
  readonly starts: readonly number[];
}

/** Scores of one batch: views into the network's memory, good until the next `run`. Row 0 of a window is [CLS], which stands for the root. */
export interface Scores {
  /** scores of all tag heads, a row per word of `tagStride` numbers */
  readonly tags: Float32Array;
  readonly tagStride: number;
  /** a vector of `width` numbers per word */
  readonly vectors: Float32Array;
  /** first row of a window */
  rowOf(window: number): number;
  /** scores of every word of a window as head of every word: [dependent][head], root first */
  scoreArcs(window: number): Float32Array;
  /** relation scores of a window's words under the given heads: a row of `relationStride` numbers per word, root first */
  scoreRelations(window: number, heads: Int32Array): Float32Array;
  readonly relationStride: number;
}

export interface Network {
  readonly width: number;
  /** most pieces of one window, and of one batch with two more for each window */
  readonly longest: number;
  readonly capacity: number;
  run(windows: readonly Window[]): Scores;
}

interface Header {
  readonly width: number;
  /** width of the queries, keys and values of a layer: its heads times 32 */
  readonly attention: number;
  readonly inner: readonly number[];
  readonly arc: number;
  readonly relation: number;
  readonly tags: number;
  readonly relations: number;
  readonly window: number;
  readonly tensors: Readonly<Record<string, readonly [number, number]>>;
}

interface Kernel {
  readonly embed: (...places: number[]) => void;
  readonly norm: (...places: number[]) => void;
  readonly multiply: (...places: number[]) => void;
  readonly quantize: (...places: number[]) => void;
  readonly gelu: (...places: number[]) => void;
  readonly attend: (...places: number[]) => void;
  readonly gather: (...places: number[]) => void;
  readonly relu: (...places: number[]) => void;
  readonly arcs: (...places: number[]) => void;
  readonly relate: (...places: number[]) => void;
}

const CLS = 101;
const SEP = 102;
/** pieces of a batch: the activations stay in the processor's caches, the weights are read seldom enough */
const CAPACITY = 384;
const PAGE = 65_536;

/** @param model contents of reader.bin. @param program contents of kernel.wasm. */
export function openNetwork(model: Uint8Array, program: Uint8Array): Network {
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  const headerLength = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(model.subarray(4, 4 + headerLength))) as Header;
  const weights = model.subarray(4 + headerLength);
  const { width, attention, inner, arc, relation, tags } = header;
  const rows = CAPACITY + 4;
  const stride = tags + 2 * arc + 2 * relation;
  const widest = Math.max(3 * attention, ...inner);

  // the stack of the kernel lies below 64 kB; weights and buffers follow
  let end = 2 * PAGE;
  const reserve = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const base = reserve(weights.length);
  const floats = (count: number) => reserve(count * 4);
  const x = floats(rows * width);
  const y = floats(rows * width);
  const wide = floats(rows * widest);
  const bytes = reserve(rows * Math.max(width, arc, ...inner));
  const scale = floats(rows);
  const low = floats(rows);
  const room = reserve((header.window + 4) * 134 + 64);
  const words = floats(rows * width);
  const out = floats(rows * stride);
  const dep = floats(rows * arc);
  const head = floats(rows * arc);
  const pair = floats(rows * arc);
  const arcScores = floats(header.window * header.window);
  const relationScores = floats(header.window * header.relations);
  const [pieceAt, positionAt, shapeAt, firstAt, lastAt, headAt] = [
    floats(rows),
    floats(rows),
    floats(rows),
    floats(rows),
    floats(rows),
    floats(rows),
  ];

  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
  const kernel = new WebAssembly.Instance(new WebAssembly.Module(program as Uint8Array<ArrayBuffer>), { env: { memory } })
    .exports as unknown as Kernel;
  new Uint8Array(memory.buffer).set(weights, base);
  const place = (name: string): number => base + (header.tensors[name] as readonly [number, number])[0];
  const view32 = (at: number, count: number) => new Int32Array(memory.buffer, at, count);
  const viewFloats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  const [pieces, positions, shapes, first, last, chosen] = [pieceAt, positionAt, shapeAt, firstAt, lastAt, headAt].map((at) =>
    view32(at, rows),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];

  const dense = (name: string) =>
    [place(`${name}.weight`), place(`${name}.column`), place(`${name}.total`), place(`${name}.bias`)] as const;
  const scaling = (name: string) => [place(`${name}.gamma`), place(`${name}.beta`)] as const;
  const layers = inner.map((hidden, i) => ({
    hidden,
    qkv: dense(`${i}.qkv`),
    out: dense(`${i}.out`),
    up: dense(`${i}.up`),
    down: dense(`${i}.down`),
    norm1: scaling(`${i}.norm1`),
    norm2: scaling(`${i}.norm2`),
  }));
  const [heads, pairs, start] = [dense('heads'), dense('pair'), scaling('norm')];
  const multiply = (part: readonly [number, number, number, number], to: number, count: number, n: number, k: number) =>
    kernel.multiply(bytes, scale, low, ...part, to, Math.ceil(count / 4) * 4, n, k);

  return {
    width,
    longest: header.window - 2,
    capacity: CAPACITY,
    run(windows) {
      const pieceRows: number[] = [];
      const wordRows: number[] = [];
      let row = 0;
      let word = 0;
      for (const window of windows) {
        pieceRows.push(row);
        wordRows.push(word);
        const size = window.pieces.length;
        pieces[row] = CLS;
        shapes[row] = 0;
        pieces.set(window.pieces, row + 1);
        shapes.set(window.shapes, row + 1);
        pieces[row + size + 1] = SEP;
        shapes[row + size + 1] = 0;
        for (let i = 0; i < size + 2; i++) positions[row + i] = i;
        first[word] = row;
        last[word] = row;
        const count = window.starts.length - 1;
        for (let w = 0; w < count; w++) {
          first[word + 1 + w] = row + 1 + (window.starts[w] as number);
          last[word + 1 + w] = row + (window.starts[w + 1] as number);
        }
        row += size + 2;
        word += count + 1;
      }
      pieceRows.push(row);
      wordRows.push(word);
      if (row > CAPACITY) throw new RangeError(`a batch of ${row} pieces is over ${CAPACITY}`);

      kernel.embed(
        pieceAt,
        positionAt,
        shapeAt,
        place('pieces'),
        place('pieces.scale'),
        place('positions'),
        place('shapes'),
        x,
        row,
        width,
      );
      kernel.norm(x, y, 0, ...start, bytes, scale, low, row, width);
      for (const layer of layers) {
        multiply(layer.qkv, wide, row, 3 * attention, width);
        for (let i = 0; i < windows.length; i++) {
          const from = pieceRows[i] as number;
          kernel.attend(wide + from * 12 * attention, y + from * 4 * attention, room, (pieceRows[i + 1] as number) - from, attention);
        }
        kernel.quantize(y, bytes, scale, low, row, attention);
        multiply(layer.out, y, row, width, attention);
        kernel.norm(x, y, 1, ...layer.norm1, bytes, scale, low, row, width);
        multiply(layer.up, wide, row, layer.hidden, width);
        kernel.gelu(wide, bytes, scale, low, row, layer.hidden);
        multiply(layer.down, y, row, width, layer.hidden);
        kernel.norm(x, y, 1, ...layer.norm2, bytes, scale, low, row, width);
      }
      kernel.gather(x, firstAt, lastAt, words, word, width);
      kernel.quantize(words, bytes, scale, low, word, width);
      multiply(heads, out, word, stride, width);
      kernel.relu(out + 4 * tags, stride, dep, word, arc);
      kernel.relu(out + 4 * (tags + arc), stride, head, word, arc);
      kernel.quantize(dep, bytes, scale, low, word, arc);
      multiply(pairs, pair, word, arc, arc);

      const countOf = (window: number) => (wordRows[window + 1] as number) - (wordRows[window] as number);
      return {
        tags: viewFloats(out, word * stride),
        tagStride: stride,
        vectors: viewFloats(words, word * width),
        rowOf: (window) => wordRows[window] as number,
        scoreArcs(window) {
          const from = wordRows[window] as number;
          const n = countOf(window);
          kernel.arcs(pair + from * 4 * arc, head + from * 4 * arc, arcScores, n, arc);
          return viewFloats(arcScores, n * n);
        },
        scoreRelations(window, own) {
          const from = wordRows[window] as number;
          const n = countOf(window);
          chosen.set(own);
          const at = out + 4 * (from * stride + tags + 2 * arc);
          kernel.relate(
            at,
            at + 4 * relation,
            stride,
            headAt,
            place('relation.weight'),
            place('relation.bias'),
            relationScores,
            n,
            relation,
            header.relations,
          );
          return viewFloats(relationScores, n * header.relations);
        },
        relationStride: header.relations,
      };
    },
  };
}
