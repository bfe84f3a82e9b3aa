/**
 * Reads the gold articles through the rooms before findings and keeps their AnalysedArticle: `analyse-gold.ts FOLDER`.
 * In: ../shared/bench/gold-dev. Out: FOLDER/NAME.json, one per article, for train.ts and the benchmark.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../src/failure.ts';
import { openModels } from '../../src/models.ts';
import { analysePage } from '../../src/pipeline.ts';
import type { AnalysedArticle, IncomingPage } from '../../src/vocabulary.ts';
import { SHARED } from './gold.ts';

interface GoldFile {
  readonly text: string;
  readonly title?: string;
  readonly published?: string;
  readonly site?: string;
  readonly url?: string;
}

export function pageOf(name: string, gold: GoldFile): IncomingPage {
  return {
    name,
    format: 'text',
    content: gold.text,
    ...(gold.url ? { url: gold.url } : {}),
    ...(gold.title ? { title: gold.title } : {}),
    ...(gold.published ? { published: gold.published } : {}),
    ...(gold.site ? { site: gold.site } : {}),
    fetched: '2024-01-01T00:00:00Z',
    sha256: '0'.repeat(64),
    notes: [],
  };
}

/** @returns how many articles were read */
export async function analyseGold(folder: string): Promise<number> {
  const language = await openModels();
  mkdirSync(folder, { recursive: true });
  const gold = join(SHARED, 'bench/gold-dev');
  let read = 0;
  for (const file of readdirSync(gold).filter((f) => f.endsWith('.json'))) {
    const analysed: AnalysedArticle | Failure = await analysePage(
      pageOf(file.slice(0, -5), JSON.parse(readFileSync(join(gold, file), 'utf8'))),
      language,
    );
    if (analysed instanceof Failure) {
      console.error(`${file}: ${analysed.message}`);
      continue;
    }
    writeFileSync(join(folder, file), JSON.stringify(analysed));
    read++;
  }
  return read;
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: analyse-gold.ts FOLDER');
  console.log(`${await analyseGold(folder)} articles`);
}
