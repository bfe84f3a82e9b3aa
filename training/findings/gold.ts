/**
 * The gold articles as the findings room sees them, with the gold event that each trigger candidate tells.
 * In: ../shared/bench/gold-dev, a folder of AnalysedArticle JSON (or the rooms before). Out: labelled articles with their folds.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scene } from '../../src/findings/events/describe-candidate.ts';
import { setScene } from '../../src/findings/events/set-scene.ts';
import { isHarm } from '../../src/findings/events/trigger-lexicon.ts';
import { growTree } from '../../src/findings/grammar/tree.ts';
import { findStatements } from '../../src/findings/statements/find-statements.ts';
import { indexNames } from '../../src/findings/word-classes.ts';
import type { AnalysedArticle, EventType, Statement, Status } from '../../src/vocabulary.ts';

export const SHARED = resolve(import.meta.dirname, '../../../shared');

export interface GoldEvent {
  readonly id: string;
  readonly type: EventType;
  readonly status: Status;
  readonly hedged: boolean;
  readonly disputed: boolean;
  readonly background: boolean;
  readonly source: string | null;
  readonly mentions: readonly { readonly quote: string; readonly trigger: string }[];
  readonly actors: readonly string[];
  readonly targets: readonly string[];
  readonly where: {
    readonly words: string;
    readonly lat: number | null;
    readonly lon: number | null;
    readonly country: string | null;
  } | null;
  readonly when: { readonly words: string; readonly from: string | null; readonly to: string | null } | null;
  readonly counts: readonly { readonly kind: string; readonly words: string; readonly low: number | null; readonly high: number | null }[];
}

export interface GoldArticle {
  readonly id: string;
  readonly fold: number;
  readonly gold: { readonly text: string; readonly genre: string; readonly junk: readonly string[]; readonly events: readonly GoldEvent[] };
  readonly analysed: AnalysedArticle;
  readonly statements: readonly Statement[];
  readonly scene: Scene;
  /** do two strings name the same one, by the scorer's rule? */
  readonly nameMatch: (a: string, b: string) => boolean;
  /** per candidate: index of the gold event whose trigger it touches */
  readonly label: readonly (number | undefined)[];
  /** per gold event: candidates of its mentions in order of the gold mentions */
  readonly mentionsOf: readonly (readonly number[])[];
}

interface Stretch {
  readonly segs: readonly (readonly [number, number])[];
}

export function readFolds(): Map<string, number> {
  const file = JSON.parse(readFileSync(join(SHARED, 'bench/gold-folds.json'), 'utf8')) as readonly (readonly string[])[];
  const folds = new Map<string, number>();
  for (const [i, ids] of file.entries()) for (const id of ids) folds.set(id, i);
  return folds;
}

export async function readGoldArticles(analysedFolder: string): Promise<GoldArticle[]> {
  const core = await import(join(SHARED, 'score/core.mjs'));
  const folder = join(SHARED, 'bench/gold-dev');
  const folds = readFolds();
  const articles: GoldArticle[] = [];
  for (const file of readdirSync(folder)
    .filter((f) => f.endsWith('.json'))
    .sort()) {
    const id = file.slice(0, -5);
    const path = join(analysedFolder, file);
    if (!existsSync(path)) continue;
    const gold = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const analysed = JSON.parse(readFileSync(path, 'utf8')) as AnalysedArticle;
    const tree = growTree(analysed);
    const names = indexNames(analysed);
    const statements = findStatements(tree, { names, isHarm }).map((found) => found.statement);
    const scene = setScene(tree, names, statements);
    const pair = new core.Pair(gold.text, analysed.article.text, gold.junk ?? []);
    const places = scene.candidates.map((c) => pair.predSpan(c.trigger) as Stretch | null);
    const label: (number | undefined)[] = scene.candidates.map(() => undefined);
    const overlapOf: number[] = scene.candidates.map(() => 0);
    const mentionsOf: number[][] = gold.events.map(() => []);
    (gold.events as GoldEvent[]).forEach((event, e) => {
      for (const mention of event.mentions) {
        const at = core.goldMention(pair, mention);
        if (!at?.trigger) continue;
        const span = pair.goldSpan(at.trigger.s, at.trigger.e);
        places.forEach((place, c) => {
          const overlap = place ? (core.common(place, span) as number) : 0;
          if (overlap > overlapOf[c]!) {
            overlapOf[c] = overlap;
            label[c] = e;
          }
        });
      }
    });
    label.forEach((e, c) => {
      if (e !== undefined) mentionsOf[e]!.push(c);
    });
    articles.push({ id, fold: folds.get(id) ?? 0, gold, analysed, statements, scene, nameMatch: core.nameMatch, label, mentionsOf });
  }
  return articles;
}
