/**
 * The bytes as they came: kept once per hash, compressed where that helps, never changed.
 */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Original } from '../vocabulary.ts';
import { parseJson } from './context.ts';
import type { Database } from './database.ts';
import type { StoredOriginal } from './store.ts';

export function putOriginal(db: Database, original: Original, fetched: string): void {
  if (db.get('SELECT 1 AS there FROM original WHERE sha256 = ?', original.sha256)) return;
  const packed = gzipSync(original.bytes);
  const smaller = packed.byteLength < original.bytes.byteLength;
  db.run(
    'INSERT INTO original (sha256, bytes, encoding, size, media_type, url, headers, fetched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    original.sha256,
    smaller ? packed : original.bytes,
    smaller ? 'gzip' : 'plain',
    original.bytes.byteLength,
    original.mediaType,
    original.url ?? null,
    original.headers ? JSON.stringify(original.headers) : null,
    fetched,
  );
}

export function unpackOriginal(row: { readonly bytes: Uint8Array; readonly encoding: string }): Uint8Array {
  return row.encoding === 'gzip' ? new Uint8Array(gunzipSync(row.bytes)) : row.bytes;
}

export function readOriginal(db: Database, sha256: string): StoredOriginal | undefined {
  const row = db.get<{
    sha256: string;
    bytes: Uint8Array;
    encoding: string;
    media_type: string;
    url: string | null;
    headers: string | null;
    fetched: string;
  }>('SELECT * FROM original WHERE sha256 = ?', sha256);
  if (!row) return undefined;
  const stored: StoredOriginal = {
    sha256: row.sha256,
    bytes: unpackOriginal(row),
    mediaType: row.media_type,
    fetched: row.fetched,
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.headers === null ? {} : { headers: parseJson<Record<string, string>>(row.headers) }),
  };
  return stored;
}
