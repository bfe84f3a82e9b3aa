/**
 * The model's chances in, the same with two corrections out: on a page of many articles only the one with the headline stays,
 * and what its own words name as a caption or furniture needs a surer judgement than a sentence does.
 */
import type { FeatureRows } from './block-features.ts';
import type { LeanElement } from './lean-tree.ts';
import { foldWords } from './read-title.ts';
import type { TextBlock } from './text-blocks.ts';

const SURE_FURNITURE = new Set([
  'caption',
  'read also',
  'newsletter',
  'share links',
  'copyright',
  'comments',
  'advertisement',
  'video player',
]);
const SURE = 0.82;
const LIKELY = 0.4;
const LONG = 80;
const LEAST_OTHERS = 2;

export function correctChances(
  blocks: readonly TextBlock[],
  rows: FeatureRows,
  chances: ArrayLike<number>,
  title: string | null,
): Float32Array {
  const corrected = Float32Array.from(blocks, (_, index) => {
    const chance = chances[index]!;
    return chance < SURE && SURE_FURNITURE.has(rows.furniture[index]!) ? 0 : chance;
  });
  const foreign = findForeignArticles(blocks, corrected, title);
  if (foreign.size > 0) {
    for (const [index, block] of blocks.entries()) {
      const article = nearestArticle(block.element);
      if (article && foreign.has(article)) corrected[index] = 0;
    }
  }
  return corrected;
}

function nearestArticle(element: LeanElement): LeanElement | null {
  for (let up: LeanElement | null = element; up; up = up.parent) if (up.tag === 'article') return up;
  return null;
}

function isInside(element: LeanElement, outer: LeanElement): boolean {
  for (let up: LeanElement | null = element; up; up = up.parent) if (up === outer) return true;
  return false;
}

/** Article elements that stand beside the one with the headline, where that one has text of its own and the others are several. */
function findForeignArticles(blocks: readonly TextBlock[], chances: Float32Array, title: string | null): Set<LeanElement> {
  const none = new Set<LeanElement>();
  const words = title ? foldWords(title) : '';
  if (!words) return none;
  const headline = blocks.find((block) => (block.heading === 1 || block.heading === 2) && foldWords(block.text) === words);
  const own = headline ? nearestArticle(headline.element) : null;
  if (!headline || !own) return none;
  let ownHasText = false;
  const others = new Set<LeanElement>();
  for (const [index, block] of blocks.entries()) {
    if (chances[index]! < LIKELY) continue;
    if (isInside(block.element, own)) {
      if (block.text.length >= LONG) ownHasText = true;
      continue;
    }
    const article = nearestArticle(block.element);
    if (article && !isInside(headline.element, article)) others.add(article);
  }
  return ownHasText && others.size >= LEAST_OTHERS ? others : none;
}
