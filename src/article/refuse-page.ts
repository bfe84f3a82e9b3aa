/**
 * Decides that a page holds no article, and says which kind of page it is instead. Throws Failure or returns nothing.
 * It looks at what was kept and at what the page says of itself; it never looks at single sites.
 */
import { Failure } from '../failure.ts';
import type { LeanTree } from './lean-tree.ts';
import type { StructuredData } from './structured-data.ts';
import type { TextBlock } from './text-blocks.ts';

export interface PageFacts {
  readonly tree: LeanTree | null;
  readonly data: StructuredData | null;
  readonly blocks: readonly TextBlock[];
  readonly paragraphs: readonly string[];
  readonly url: string;
}

export function refusePage(facts: PageFacts): void {
  const length = facts.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  if (length === 0)
    throw new Failure(
      'article',
      'empty-page',
      'No article text was found on the page; look at the original, it may need a browser to show its text.',
    );
}
