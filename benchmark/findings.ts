/**
 * The findings room on the gold articles, through the rooms before it, scored by ../shared/score/record.mjs.
 * All that is learned from them is learned anew without the fold that it reads, so that every figure is out of fold.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFindings } from '../src/findings/find-findings.ts';
import { openEventModels } from '../src/findings/open-models.ts';
import { analyseGold } from '../training/findings/analyse-gold.ts';
import { readGoldArticles, SHARED } from '../training/findings/gold.ts';
import { judgeUnseen, learnFactual, learnModels } from '../training/findings/learn-models.ts';

const FIGURES = [
  'detection.F1',
  'typed.F1',
  'typed.P',
  'typed.R',
  'foregroundTyped.F1',
  'frame.F1',
  'strict.F1',
  'unrealClaimed',
  'claimsFalse',
  'status',
  'statusMacroF1',
  'hedged.F1',
  'disputed.F1',
  'background.F1',
  'source',
  'sourceNamed',
  'actors.F1',
  'targets.F1',
  'country',
  'within25km',
  'when',
  'counts.F1',
  'weapons.F1',
  'content.F1',
  'contentSpeaker.F1',
] as const;
/** smaller is better: told as what is left to the best, since floors hold from below */
const ALARMS = new Set<string>(['unrealClaimed', 'claimsFalse']);

export async function scoreFindings(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'watchdesk-findings-'));
  try {
    await analyseGold(folder);
    const articles = await readGoldArticles(folder);
    const judged = judgeUnseen(articles);
    const factual = learnFactual();
    const folds = [...new Set(articles.map((a) => a.fold))];
    const models = new Map(
      folds.map((fold) => [
        fold,
        openEventModels(
          learnModels(
            articles.filter((a) => a.fold !== fold),
            judged,
            factual,
          ),
        ),
      ]),
    );
    const before = process.cpuUsage();
    const predictions = new Map(
      articles.map(({ id, fold, analysed }) => [
        id,
        { id, article: { text: analysed.article.text }, ...findFindings(analysed, models.get(fold)) },
      ]),
    );
    const used = process.cpuUsage(before);
    const bytes = articles.reduce((sum, a) => sum + Buffer.byteLength(a.analysed.article.text), 0);
    const gold = new Map(articles.map(({ id }) => [id, JSON.parse(readFileSync(join(SHARED, 'bench/gold-dev', `${id}.json`), 'utf8'))]));
    const { score } = await import(join(SHARED, 'score/record.mjs'));
    const result = score(gold, predictions, { resamples: 1 });
    const figures: Record<string, number> = {};
    for (const name of FIGURES) {
      const value = (result.figures[name]?.value as number | null) ?? 0;
      figures[ALARMS.has(name) ? `not${name[0]!.toUpperCase()}${name.slice(1)}` : name] = ALARMS.has(name) ? 1 - value : value;
    }
    figures['articles of 5 kB per CPU-second'] = bytes / 5000 / ((used.user + used.system) / 1e6);
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
