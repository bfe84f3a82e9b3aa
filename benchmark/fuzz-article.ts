/**
 * `npm run fuzz:article [-- COUNT [SEED]]`: pages of the tests, mutated, through the article room (50,000 by default).
 * A page may be read or refused with a Failure; anything else thrown, or a page that takes over a second of CPU, ends the run with status 1.
 */
import { extractArticle } from '../src/article/extract-article.ts';
import { Failure } from '../src/failure.ts';
import { mutatePages } from '../test/article-mutations.ts';

const count = Number(process.argv[2] ?? 50_000);
const seed = Number(process.argv[3] ?? 1);
const outcomes = new Map<string, number>();
let slowest = 0;
for (const [index, content] of mutatePages(count, seed)) {
  const started = process.cpuUsage();
  let outcome = 'read';
  try {
    extractArticle({
      name: String(index),
      format: index % 7 === 0 ? 'text' : 'html',
      content,
      fetched: '2026-03-03T00:00:00Z',
      sha256: '0'.repeat(64),
      notes: [],
    });
  } catch (error) {
    if (!(error instanceof Failure)) {
      console.error(`page ${index} of seed ${seed} threw`, error, content.slice(0, 2_000));
      process.exit(1);
    }
    outcome = error.code;
  }
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const used = process.cpuUsage(started);
  slowest = Math.max(slowest, (used.user + used.system) / 1000);
  if (slowest > 1_000) {
    console.error(`page ${index} of seed ${seed} took ${slowest.toFixed(0)} ms`);
    process.exit(1);
  }
}
console.log(`${count} pages, slowest ${slowest.toFixed(0)} ms:`, Object.fromEntries(outcomes));
