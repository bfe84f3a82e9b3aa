/**
 * The library's front door: re-exports only. `docs/vocabulary.md` says what the nouns mean.
 */
export { extractArticle } from './article/extract-article.ts';
export { type Config, readConfig } from './config.ts';
export { FAILURE_CODES, Failure, type FailureCode } from './failure.ts';
export { findFindings } from './findings/find-findings.ts';
export { analyseLanguage, type Language } from './language/analyse-language.ts';
export { openModels } from './models.ts';
export { type Newsroom, openNewsroom, readInputsOnly } from './newsroom.ts';
export { analysePage, readPage } from './pipeline.ts';
export type { Store } from './store/store.ts';
export type * from './vocabulary.ts';
