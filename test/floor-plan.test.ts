/**
 * The floor plan, checked: who may import whom (ARCHITECTURE.md), which rooms are pure, where SQL may stand,
 * and that only config.ts reads the environment and only the CLI prints.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const source = resolve(import.meta.dirname, '../src');
const ROOMS = ['intake', 'article', 'language', 'findings', 'stories', 'store'];
const PURE = ['article', 'findings', 'stories', 'desk'];
const MAY: Readonly<Record<string, readonly string[]>> = {
  vocabulary: [],
  failure: ['vocabulary'],
  config: ['vocabulary', 'failure'],
  ...Object.fromEntries(ROOMS.map((room) => [room, ['vocabulary', 'failure']])),
  desk: ['vocabulary', 'failure', 'store:types'],
  pipeline: ['vocabulary', 'failure', 'intake', 'article', 'language', 'findings', 'stories'],
  models: ['failure', 'language'],
  'reading-thread': ['vocabulary', 'failure', 'models', 'pipeline'],
  jobs: ['vocabulary', 'failure', 'intake', 'pipeline', 'reading-thread:types', 'store:types'],
  'score-corrections': ['vocabulary', 'store:types'],
  newsroom: [
    'vocabulary',
    'failure',
    'config',
    'intake',
    'pipeline',
    'language',
    'store',
    'stories',
    'desk',
    'models',
    'jobs',
    'reading-thread',
    'score-corrections',
  ],
  server: ['vocabulary', 'failure', 'config', 'newsroom', 'desk', 'store:types'],
  cli: ['vocabulary', 'failure', 'config', 'newsroom', 'server', 'desk:types', 'language:types', 'store:types'],
  index: [
    'vocabulary',
    'models',
    'failure',
    'config',
    'pipeline',
    'newsroom',
    'intake',
    'article',
    'language',
    'findings',
    'stories',
    'store',
    'desk',
  ],
};

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly isTest: boolean;
  readonly text: string;
}

const files: SourceFile[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({
    path,
    room: path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, ''),
    isTest: path.endsWith('.test.ts') || path.endsWith('.contract.ts'),
    text: readFileSync(join(source, path), 'utf8'),
  }));

const imports = (file: SourceFile) =>
  [
    ...file.text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm),
    ...file.text.matchAll(/()\bimport\('([^']+)'\)/g),
  ].map((match) => ({
    typeOnly: Boolean(match[1]),
    name: match[2] ?? '',
  }));

const roomOf = (file: SourceFile, name: string) => {
  const path = relative(source, resolve(source, dirname(file.path), name));
  return path.startsWith('..') ? undefined : path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
};

test('every room imports only what the floor plan allows', () => {
  const wrong = files
    .filter((file) => !file.isTest)
    .flatMap((file) =>
      imports(file)
        .filter(({ name }) => name.startsWith('.'))
        .flatMap(({ name, typeOnly }) => {
          const room = roomOf(file, name);
          if (room === undefined || room === file.room) return [];
          const allowed = MAY[file.room] ?? [];
          return allowed.includes(room) || (typeOnly && allowed.includes(`${room}:types`)) ? [] : [`${file.path} imports ${name}`];
        }),
    );
  assert.deepEqual(wrong, []);
});

test('the pure rooms know no Node module, clock, chance, environment or network', () => {
  const impure = /\bnode:|\bprocess\.|Math\.random\(|Date\.now\(|new Date\(\)|\bfetch\(|performance\.now\(/;
  const wrong = files
    .filter((file) => PURE.includes(file.room) && !file.isTest && impure.test(file.text.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '')))
    .map((file) => file.path);
  assert.deepEqual(wrong, []);
});

test('only config.ts reads the environment, and only the CLI prints', () => {
  const reads = files.filter((file) => !file.isTest && file.room !== 'config' && /process\.env\b/.test(file.text)).map((file) => file.path);
  const prints = files
    .filter(
      (file) => !file.isTest && file.room !== 'cli' && /console\.(log|error|warn|info)\(|process\.std(out|err)\.write/.test(file.text),
    )
    .map((file) => file.path);
  assert.deepEqual({ reads, prints }, { reads: [], prints: [] });
});

test('SQL stands in the store only', () => {
  const sql = /\b(SELECT\s[\s\S]{1,200}?\sFROM|INSERT\s+INTO|CREATE\s+TABLE|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b/;
  assert.deepEqual(
    files.filter((file) => file.room !== 'store' && sql.test(file.text)).map((file) => file.path),
    [],
  );
});
