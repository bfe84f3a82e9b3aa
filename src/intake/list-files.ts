/**
 * A path in, the files to read out: itself, or for a folder all files in it whose ending is known, folders within too, in name order.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from '../failure.ts';
import type { InputKind } from './sniff-kind.ts';

const KIND_OF_ENDING: Readonly<Record<string, InputKind>> = {
  html: 'html',
  htm: 'html',
  txt: 'text',
  json: 'json',
  jsonl: 'jsonl',
  eml: 'eml',
  warc: 'warc',
};

export interface FileName {
  /** the name without folders and without the endings that are known */
  readonly name: string;
  /** null where the ending says nothing, and the content must */
  readonly kind: InputKind | null;
}

export function readFileName(path: string): FileName {
  const file = basename(path);
  const packed = file.replace(/\.gz$/i, '');
  const dot = packed.lastIndexOf('.');
  const kind = dot > 0 ? (KIND_OF_ENDING[packed.slice(dot + 1).toLowerCase()] ?? null) : null;
  return { name: kind || /\.(?:xml|rss|atom|opml|xhtml|md|text)$/i.test(packed) ? packed.slice(0, dot) : packed, kind };
}

/**
 * @returns paths; one alone, whatever its ending, where `path` is a file
 * @throws Failure not-found, also for a folder with nothing to read in it; refused where the system does not let us look
 */
export async function listFiles(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const files: string[] = [];
    await walk(path, files);
    if (files.length > 0) return files;
  } catch (error) {
    throw diskFailure(error, path) ?? error;
  }
  throw new Failure(
    'intake',
    'not-found',
    `${path} holds nothing to read: no ${Object.keys(KIND_OF_ENDING).join(', ')} file (or one packed as .gz)`,
  );
}

/** Links to folders are not followed: they may lead in a circle. */
async function walk(folder: string, files: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, files);
    else if ((entry.isFile() || entry.isSymbolicLink()) && readFileName(entry.name).kind) files.push(path);
  }
}

/** A Failure in plain words where the disk says that the path is at fault, else undefined. */
export function diskFailure(error: unknown, path: string): Failure | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Failure('intake', 'not-found', `${path} is not there`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new Failure('intake', 'refused', `${path} may not be read: permission denied`, { cause: error });
    case 'ENAMETOOLONG':
    case 'ELOOP':
    case 'ERR_INVALID_ARG_VALUE':
      return new Failure('intake', 'bad-input', `${path.slice(0, 200)} is no path that can be opened`, { cause: error });
    case 'EISDIR':
      return new Failure('intake', 'bad-input', `${path} is a folder, not a file`, { cause: error });
    case 'EIO':
      return new Failure('intake', 'bad-input', `${path} cannot be read: the disk reports an error`, { cause: error });
    default:
      return undefined;
  }
}
