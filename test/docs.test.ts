/**
 * docs/using.md against what is really there: commands, settings, failure codes and routes, in both directions.
 * `node test/docs.test.ts --write` writes the table of routes anew.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMMANDS } from '../src/cli/commands.ts';
import { VARIABLE_OF_SETTING } from '../src/config.ts';
import { FAILURE_CODES } from '../src/failure.ts';
import { ROUTES } from '../src/server/make-app.ts';
import { EVENT_TYPES, STATUSES } from '../src/vocabulary.ts';

const file = new URL('../docs/using.md', import.meta.url);
const using = readFileSync(file, 'utf8');
const vocabulary = readFileSync(new URL('../docs/vocabulary.md', import.meta.url), 'utf8');

const routeRows = ROUTES.map(({ method, path, summary }) => `| \`${method.toUpperCase()} ${path}\` | ${summary} |`);

if (process.argv.includes('--write')) {
  const table = ['| route | |', '| --- | --- |', ...routeRows].join('\n');
  writeFileSync(file, using.replace(/(?:ROUTES|\| route \| \|[\s\S]*?)(?=\n\n|\s*$)/, table));
} else {
  test('every command stands in using.md as the program takes it, and no other does', () => {
    for (const [name, { usage }] of Object.entries(COMMANDS))
      assert.ok(using.includes(`watchdesk ${name} ${usage}`), `watchdesk ${name} ${usage}`);
    const named = [...using.matchAll(/^watchdesk (\w+)/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(
      [...new Set(named)].filter((name) => !Object.hasOwn(COMMANDS, name)),
      [],
    );
  });

  test('every setting stands in using.md, and no other does', () => {
    const named = [...using.matchAll(/^\| `(WATCHDESK_\w+)`/gm)].map((match) => match[1] ?? '').sort();
    assert.deepEqual(named, Object.values(VARIABLE_OF_SETTING).sort());
  });

  test('every failure code has its line of advice', () => {
    const named = [...using.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1] ?? '').sort();
    assert.deepEqual(named, [...FAILURE_CODES].sort());
  });

  test('every route stands in using.md as the server has it', () => {
    const named = [...using.matchAll(/^\| `(?:GET|POST|PUT|DELETE|PATCH) \/.*$/gm)].map(([row]) => row);
    assert.deepEqual(named, routeRows);
  });

  test('vocabulary.md has a line for every type and every status', () => {
    for (const word of [...EVENT_TYPES, ...STATUSES]) assert.match(vocabulary, new RegExp(`^\\| \`${word}\` \\|`, 'm'));
  });
}
