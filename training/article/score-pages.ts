/** Judged pages in, the public score of each set out (scorer: ../shared/score/article.mjs). */
import { resolve } from 'node:path';
import { assembleArticle } from '../../src/article/extract-article.ts';
import { Failure } from '../../src/failure.ts';
import { SETS, type TrainingPage } from './corpus.ts';

interface Scorer {
  scoreArticles(truth: object, predictions: Map<string, object>, options: { resamples: number }): ArticleScore;
}
export interface ArticleScore {
  readonly figures: Readonly<Record<string, { readonly value: number | null }>>;
  readonly perPage: readonly { readonly id: string; readonly f1: number }[];
}

export async function loadScorer(): Promise<Scorer> {
  return import(resolve(import.meta.dirname, '../../../shared/score/article.mjs'));
}

export async function scorePages(judged: readonly { page: TrainingPage; chances: Float32Array }[]): Promise<string> {
  const { scoreArticles } = await loadScorer();
  const lines: string[] = [];
  for (const set of SETS) {
    const own = judged.filter((one) => one.page.set === set);
    const truth = Object.fromEntries(own.map(({ page }) => [page.id, page.truth]));
    const predictions = new Map<string, object>();
    for (const { page, chances } of own) {
      try {
        const article = assembleArticle(page.page, page.read, chances);
        predictions.set(page.id, { id: page.id, text: article.text });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        predictions.set(page.id, { id: page.id, text: '' });
      }
    }
    const { figures } = scoreArticles(truth, predictions, { resamples: 2 });
    const show = (name: string): string => (figures[name]?.value ?? 0).toFixed(4);
    lines.push(
      `${set} P ${show('body.P')} R ${show('body.R')} F1 ${show('body.F1')} near ${show('nearPerfect')} failed ${show('failed')} captions ${show('captionLeak')}`,
    );
  }
  return lines.join('\n  ');
}
