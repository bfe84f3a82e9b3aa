/**
 * Prepares an article for reading its events: candidates, their roles and cues, and what the article as a whole is about.
 * In: the tree, its names and statements. Out: Scene. Decides nothing.
 */
import type { EventType, Statement } from '../../vocabulary.ts';
import type { Tree } from '../grammar/tree.ts';
import type { NameIndex } from '../word-classes.ts';
import { buildReadings, type Scene } from './describe-candidate.ts';
import { type Candidate, findCandidates, verbStems } from './find-candidates.ts';

/** The statement that holds the offset; where several do, the shortest. */
export function statementAround(statements: readonly Statement[], start: number, end: number): number | undefined {
  let best: number | undefined;
  let size = Number.POSITIVE_INFINITY;
  statements.forEach((statement, n) => {
    for (const span of statement.content) {
      if (span.start <= start && span.end >= end && span.end - span.start < size) {
        best = n;
        size = span.end - span.start;
      }
    }
  });
  return best;
}

function wordsOfTitle(title: string | null): Set<string> {
  const words = new Set<string>();
  for (const word of (title ?? '').toLowerCase().match(/[\p{L}-]+/gu) ?? []) {
    words.add(word);
    if (word.endsWith('s')) words.add(word.slice(0, -1));
    if (word.endsWith('es')) words.add(word.slice(0, -2));
    if (word.endsWith('ies')) words.add(`${word.slice(0, -3)}y`);
    for (const stem of verbStems(word)) words.add(stem);
  }
  return words;
}

export function setScene(tree: Tree, names: NameIndex, statements: readonly Statement[]): Scene {
  const { analysed } = tree;
  const candidates = findCandidates(tree);
  const heads = new Map<number, Candidate>(candidates.map((c) => [c.head, c]));
  const typeCounts = new Map<EventType, number>();
  const keyCounts = new Map<string, number>();
  let strong = 0;
  for (const c of candidates) {
    keyCounts.set(c.key, (keyCounts.get(c.key) ?? 0) + 1);
    const types = [...c.offers].filter(([, s]) => s === 'strong').map(([t]) => t);
    if (types.length > 0) strong++;
    for (const type of types) typeCounts.set(type, (typeCounts.get(type) ?? 0) + 1);
  }
  const signalsAt = new Map<number, { head: string; label: string; score: number }[]>();
  for (const s of analysed.signals) signalsAt.set(s.token, [...(signalsAt.get(s.token) ?? []), s]);
  return {
    tree,
    names,
    candidates,
    heads,
    ...buildReadings(tree, names, candidates),
    statements,
    statementAt: candidates.map((c) => statementAround(statements, c.trigger.start, c.trigger.end)),
    titleWords: wordsOfTitle(analysed.article.title),
    typeCounts,
    keyCounts,
    density: (100 * strong) / Math.max(1, tree.tokens.length),
    signalsAt,
  };
}
