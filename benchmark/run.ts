/**
 * `npm run benchmark`: measures every suite whose corpus is present and holds the figures against benchmark/floors.json.
 *   --json            one object of figure: value on standard output, nothing else
 *   --only NAME       one suite (may be given again)
 *   --raise           write the floors that this run reaches
 *   --allow-lower     with --raise: let floors fall (explain it in the commit)
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figures, type Floors, hashCorpus, judgeFigures, raiseFloors } from './floors.ts';

const shared = resolve(import.meta.dirname, '../../shared');
const floorsFile = join(import.meta.dirname, 'floors.json');

interface Suite {
  readonly name: string;
  /** folders below ../shared whose contents are the corpus; without them the suite is skipped with a clear line */
  readonly corpus: readonly string[];
  measure(): Promise<Figures>;
}

const suites: readonly Suite[] = [
  { name: 'article', corpus: ['bench/articles', 'bench/gold-dev'], measure: async () => (await import('./article.ts')).scoreArticles() },
  {
    name: 'language',
    corpus: ['train/ud-ewt', 'train/gum', 'train/time', 'train/re3d', 'train/ner', 'bench/gold-dev'],
    measure: async () => (await import('./language.ts')).scoreLanguage(),
  },
  { name: 'findings', corpus: ['bench/gold-dev', 'seed'], measure: async () => (await import('./findings.ts')).scoreFindings() },
  { name: 'stories', corpus: ['bench/stories-dev', 'bench/gold-dev'], measure: async () => (await import('./stories.ts')).scoreStories() },
  { name: 'reading', corpus: ['bench/gold-dev'], measure: async () => (await import('./reading.ts')).measureReading() },
  { name: 'store', corpus: [], measure: async () => (await import('./store.ts')).measureStore() },
];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    raise: { type: 'boolean' },
    'allow-lower': { type: 'boolean' },
  },
});
const say = (line: string) => {
  if (!values.json) console.log(line);
};

const floors: Floors = existsSync(floorsFile) ? JSON.parse(readFileSync(floorsFile, 'utf8')) : {};
const next: Record<string, Floors[string]> = { ...floors };
const all: Record<string, number> = {};
const counts = { passed: 0, failed: 0, skipped: 0 };

for (const suite of suites) {
  if (values.only && !values.only.includes(suite.name)) continue;
  const folders = suite.corpus.map((folder) => join(shared, folder));
  const missing = folders.filter((folder) => !existsSync(folder));
  if (missing.length > 0) {
    say(`\n${suite.name}: SKIPPED, its corpus is not here (${suite.corpus.map((folder) => `../shared/${folder}`).join(', ')})`);
    counts.skipped += Object.keys(floors[suite.name]?.figures ?? {}).length || 1;
    continue;
  }
  const started = process.cpuUsage();
  const measured = await suite.measure();
  const used = process.cpuUsage(started);
  say(`\n${suite.name} (${((used.user + used.system) / 1e6).toFixed(0)} CPU-seconds)`);
  for (const [figure, value] of Object.entries(measured)) all[`${suite.name}.${figure}`] = value;
  const corpus = hashCorpus(folders);
  const pinned = floors[suite.name];
  const sameCorpus = pinned === undefined || pinned.corpus === corpus;
  if (!sameCorpus) say('  the corpus is not the one that the floors were measured on: every floor fails until --raise is run on it');
  const verdicts = new Map(judgeFigures(measured, pinned?.figures ?? {}).map((verdict) => [verdict.figure, verdict]));
  for (const figure of new Set([...Object.keys(measured), ...verdicts.keys()])) {
    const verdict = verdicts.get(figure);
    const passed = verdict ? verdict.passed && sameCorpus : undefined;
    if (passed !== undefined) counts[passed ? 'passed' : 'failed']++;
    const value = measured[figure];
    say(
      `  ${passed === false ? 'FAIL' : '    '} ${figure.padEnd(34)} ${value === undefined ? 'not measured' : value.toFixed(4).padStart(12)}${verdict ? `   floor ${verdict.floor}` : ''}`,
    );
  }
  if (values.raise) next[suite.name] = { corpus, figures: raiseFloors(measured, pinned?.figures ?? {}, Boolean(values['allow-lower'])) };
}

if (values.raise) writeFileSync(floorsFile, `${JSON.stringify(next, null, 2)}\n`);
if (values.json) console.log(JSON.stringify(all));
say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 && !values.raise ? 1 : 0;
