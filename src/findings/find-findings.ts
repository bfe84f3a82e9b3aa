/**
 * The findings room's front door: an analysed article in, its events and statements out, each with its evidence.
 * Pure: no disk, no clock, no chance. Articles in a language that was not read in full give nothing.
 */
import weights from '../../models/findings/events.json' with { type: 'json' };
import type { AnalysedArticle, Findings } from '../vocabulary.ts';
import { type EventModels, findEvents } from './events/find-events.ts';
import { isHarm } from './events/trigger-lexicon.ts';
import { growTree } from './grammar/tree.ts';
import { type EventModelsFile, openEventModels } from './open-models.ts';
import { findStatements } from './statements/find-statements.ts';
import { indexNames } from './word-classes.ts';

let shipped: EventModels | undefined;

/** The weights that come with the house, opened once. */
function shippedModels(): EventModels {
  shipped ??= openEventModels(weights as unknown as EventModelsFile);
  return shipped;
}

/** @param models other weights, for measuring out of fold */
export function findFindings(analysed: AnalysedArticle, models: EventModels = shippedModels()): Findings {
  if (analysed.language !== 'en' || analysed.sentences.length === 0) return { events: [], statements: [], notes: [] };
  const tree = growTree(analysed);
  const names = indexNames(analysed);
  const statements = findStatements(tree, { names, isHarm }).map((found) => found.statement);
  return { events: findEvents(tree, names, statements, models), statements, notes: [] };
}
