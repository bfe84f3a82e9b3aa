/**
 * Finds and reads the weights of the reader on disk. Comes in: the folder models/reader. Goes out: what `openEncoder` needs.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EncoderFiles, ReaderLabels } from './open-encoder.ts';

/** The weights that are shipped with the house. */
export const READER_FOLDER = fileURLToPath(new URL('../../../models/reader', import.meta.url));

export async function readEncoderFiles(folder: string = READER_FOLDER): Promise<EncoderFiles> {
  const [kernel, model, vocabulary, labels] = await Promise.all([
    readFile(new URL('./kernel.wasm', import.meta.url)),
    readFile(join(folder, 'reader.bin')),
    readFile(join(folder, 'vocabulary.txt'), 'utf8'),
    readFile(join(folder, 'labels.json'), 'utf8'),
  ]);
  return { kernel, model, vocabulary, labels: JSON.parse(labels) as ReaderLabels };
}
