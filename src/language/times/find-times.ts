import type { Article, Sentence, TimeExpression, Token } from '../../vocabulary.ts';

export interface TimeReadingInput {
  readonly article: Article;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

export function findTimes(_reading: TimeReadingInput): TimeExpression[] {
  return [];
}
