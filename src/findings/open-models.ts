/**
 * The learned weights of the room, as models/findings holds them, made ready. In: the JSON files. Out: EventModels. Reads no disk.
 */
import type { EventType } from '../vocabulary.ts';
import type { EventModels, Thresholds } from './events/find-events.ts';
import { openModel, type WeightFile } from './linear-model.ts';

/** models/findings/events.json */
export interface EventModelsFile {
  readonly judge: WeightFile;
  readonly extraTypes: Readonly<Record<string, readonly string[]>>;
  readonly factual: WeightFile;
  readonly status: WeightFile;
  readonly merge: WeightFile;
  readonly background: WeightFile;
  readonly hedge: WeightFile;
  readonly participants: WeightFile;
  readonly places: WeightFile;
  readonly times: WeightFile;
  readonly sources: WeightFile;
  readonly thresholds: Thresholds;
}

export function openEventModels(file: EventModelsFile): EventModels {
  return {
    judge: openModel(file.judge),
    extraTypes: new Map(Object.entries(file.extraTypes) as [string, readonly EventType[]][]),
    factual: openModel(file.factual),
    status: openModel(file.status),
    merge: openModel(file.merge),
    background: openModel(file.background),
    hedge: openModel(file.hedge),
    participants: openModel(file.participants),
    places: openModel(file.places),
    times: openModel(file.times),
    sources: openModel(file.sources),
    thresholds: file.thresholds,
  };
}
