/**
 * Two versions of a text in, what stayed, went and came out: by paragraphs first, by words within paragraphs that changed.
 * The pieces that stayed or came join to the new text's words; nothing is guessed to have moved.
 */
export interface DiffPiece {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Longest common run of two lists, as pairs of indexes. Beyond `most` cells it gives up and says nothing is common. */
function alignLists(before: readonly string[], after: readonly string[], most = 4_000_000): [number, number][] {
  // Equal beginnings and endings need no table.
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  const pairs: [number, number][] = Array.from({ length: head }, (_, at) => [at, at]);
  const [rows, columns] = [before.length - head - tail, after.length - head - tail];
  if (rows > 0 && columns > 0 && rows * columns <= most) {
    const width = columns + 1;
    const lengths = new Uint32Array((rows + 1) * width);
    for (let row = rows - 1; row >= 0; row--) {
      for (let column = columns - 1; column >= 0; column--) {
        lengths[row * width + column] =
          before[head + row] === after[head + column]
            ? (lengths[(row + 1) * width + column + 1] as number) + 1
            : Math.max(lengths[(row + 1) * width + column] as number, lengths[row * width + column + 1] as number);
      }
    }
    let [row, column] = [0, 0];
    while (row < rows && column < columns) {
      if (before[head + row] === after[head + column]) pairs.push([head + row++, head + column++]);
      else if ((lengths[(row + 1) * width + column] as number) >= (lengths[row * width + column + 1] as number)) row++;
      else column++;
    }
  }
  for (let at = tail; at > 0; at--) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

function writePieces(
  before: readonly string[],
  after: readonly string[],
  replace: (gone: readonly string[], come: readonly string[]) => DiffPiece[],
): DiffPiece[] {
  const pieces: DiffPiece[] = [];
  let [left, right] = [0, 0];
  for (const [row, column] of [...alignLists(before, after), [before.length, after.length] as const]) {
    if (row > left || column > right) pieces.push(...replace(before.slice(left, row), after.slice(right, column)));
    if (row < before.length) pieces.push({ kind: 'same', text: before[row] as string });
    left = row + 1;
    right = column + 1;
  }
  return pieces;
}

const joinAlike = (pieces: readonly DiffPiece[]): DiffPiece[] => {
  const joined: DiffPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.kind === piece.kind) joined[joined.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    else if (piece.text !== '') joined.push(piece);
  }
  return joined;
};

const splitParagraphs = (text: string) => text.split(/(?<=\n\n)/);
const splitWords = (text: string) => text.split(/(?<=\s)/);

export function diffTexts(before: string, after: string): readonly DiffPiece[] {
  return joinAlike(
    writePieces(splitParagraphs(before), splitParagraphs(after), (gone, come) =>
      writePieces(splitWords(gone.join('')), splitWords(come.join('')), (lost, found) => [
        { kind: 'gone', text: lost.join('') },
        { kind: 'new', text: found.join('') },
      ]),
    ),
  );
}
