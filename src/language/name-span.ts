/**
 * What the names head of the encoder hands to places and entities: one span of tokens with its kind.
 * Token numbers are those of the whole article (`AnalysedArticle.tokens`), not of the sentence.
 */
import type { NameKind } from '../vocabulary.ts';

export interface NameSpan {
  readonly firstToken: number;
  readonly endToken: number;
  readonly kind: NameKind;
  /** probability between 0 and 1 */
  readonly score: number;
}
