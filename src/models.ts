/**
 * Opens the language room with the weights and the gazetteer of `models/`. The only place that knows where they lie.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { type Language, openLanguage } from './language/analyse-language.ts';
import { readEncoderFiles } from './language/encoder/read-files.ts';

const folder = join(import.meta.dirname, '..', 'models');

/** @throws Failure('language', 'model-missing') that names the file */
export async function openModels(): Promise<Language> {
  try {
    const [encoder, gazetteer] = await Promise.all([readEncoderFiles(), readFile(join(folder, 'gazetteer', 'gazetteer.bin'))]);
    return await openLanguage({ encoder, gazetteer });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw error;
    throw new Failure(
      'language',
      'model-missing',
      `${path} is missing, so that nothing can be read; install Watchdesk again, or put the file back`,
      { cause: error },
    );
  }
}
