/**
 * The built web folder: gives its files with the right type, compressed once and kept in memory, and any page address the one page
 * of the desk. Also knows whether the build is older than its sources, and builds it. Never leaves its folder.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { Failure } from '../failure.ts';

const root = resolve(import.meta.dirname, '..', '..');
export const WEB_FOLDER = join(root, 'web', 'dist');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.topojson': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};
const WORTH_PACKING = new Set(['.html', '.mjs', '.js', '.css', '.svg', '.json', '.topojson']);

interface Kept {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly packed: Uint8Array<ArrayBuffer> | undefined;
  readonly changed: number;
}

export function openWebFolder(folder = WEB_FOLDER): (context: Context) => Response {
  const kept = new Map<string, Kept>();
  const read = (file: string): Kept | undefined => {
    if (!existsSync(file)) return undefined;
    const { mtimeMs } = statSync(file);
    const known = kept.get(file);
    if (known?.changed === mtimeMs) return known;
    const bytes = new Uint8Array(readFileSync(file));
    const packed = WORTH_PACKING.has(extname(file)) && bytes.length > 1000 ? new Uint8Array(gzipSync(bytes)) : undefined;
    const now = { bytes, packed, changed: mtimeMs };
    kept.set(file, now);
    return now;
  };
  return (context) => {
    const path = decodeURIComponent(new URL(context.req.url).pathname);
    const asked = resolve(folder, `.${path}`);
    const inside = asked.startsWith(folder + sep) && !path.includes('\0');
    const isFile = inside && extname(asked) in TYPES && existsSync(asked);
    if (!isFile && extname(path) in TYPES) return new Response('not found', { status: 404 });
    const file = isFile ? asked : join(folder, 'index.html');
    const found = read(file);
    if (!found) {
      return new Response('The desk’s pages are not built yet: run “npm run build” and load this page again.', {
        status: 503,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
    }
    const usePacked = found.packed !== undefined && /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
    return new Response(usePacked ? found.packed : found.bytes, {
      headers: {
        'content-type': TYPES[extname(file)] as string,
        vary: 'accept-encoding',
        // Names under assets/ carry a hash of their content.
        'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...(usePacked && { 'content-encoding': 'gzip' }),
      },
    });
  };
}

/** True where there is no build or a source is newer than it. Without sources (an installed package) the build stands. */
export function isWebStale(folder = WEB_FOLDER): boolean {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  const web = join(root, 'web');
  return globSync(['src/**/*', 'public/*', 'shapes/*.topojson', 'index.html', 'vite.config.ts'], { cwd: web }).some(
    (name) => statSync(join(web, name)).mtimeMs > built,
  );
}

/** Builds the web folder. @throws Failure that says what the builder said last */
export async function buildWeb(): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite))
    throw new Failure('server', 'not-found', 'the desk’s pages are not built and the builder is not installed: run ‘npm install’');
  await new Promise<void>((done, fail) => {
    const child = spawn(process.execPath, [vite, 'build', '--config', join(root, 'web', 'vite.config.ts'), '--logLevel', 'error'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString('utf8')).slice(-2000);
    });
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0
        ? done()
        : fail(new Failure('server', 'crashed', `the desk’s pages could not be built: ${said.trim().split('\n').slice(-3).join(' ')}`)),
    );
  });
}
