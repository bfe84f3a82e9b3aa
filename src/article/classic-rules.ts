/**
 * The classic rules of readability: paragraphs score for length and commas, their ancestors collect the scores,
 * class names add and take away. Out: the element with the highest score. The block model reads it as one voice among others.
 */
import type { LeanElement } from './lean-tree.ts';
import type { TextBlock } from './text-blocks.ts';

const POSITIVE = /article|body|content|entry|main|page|post|text|blog|story|prose/i;
const NEGATIVE =
  /comment|com-|contact|foot|masthead|media|meta|promo|related|scroll|shoutbox|sidebar|sponsor|shopping|tags|tool|widget|share|social|newsletter|banner|cookie|consent|teaser|recommend|hidden|nav|menu|breadcrumb|author-bio|caption|credit|advert/i;
const LIST_TAGS = new Set(['li', 'ul', 'ol', 'dl', 'dd', 'dt', 'form', 'td', 'th', 'nav', 'footer', 'aside', 'header']);

function weighNames(element: LeanElement): number {
  const names = `${element.read('class')} ${element.read('id')}`;
  if (names.length < 2) return 0;
  return (POSITIVE.test(names) ? 25 : 0) - (NEGATIVE.test(names) ? 25 : 0);
}

export function findMainElement(blocks: readonly TextBlock[]): { best: LeanElement | null; scores: ReadonlyMap<LeanElement, number> } {
  const scores = new Map<LeanElement, number>();
  const links = new Map<LeanElement, [linked: number, all: number]>();
  for (const block of blocks) {
    for (let up: LeanElement | null = block.element, steps = 0; up && steps < 8; up = up.parent, steps++) {
      const seen = links.get(up);
      if (seen) {
        seen[0] += block.linkLength;
        seen[1] += block.text.length;
      } else links.set(up, [block.linkLength, block.text.length]);
    }
    if (block.text.length < 25) continue;
    const commas = block.text.split(/[,،、，;]/).length - 1;
    const score = (1 + commas + Math.min(3, block.text.length / 100)) * (1 - block.linkLength / block.text.length);
    let share = 1;
    for (let up = block.element.parent ?? block.element, steps = 0; up.parent && steps < 5; up = up.parent, steps++) {
      const before = scores.get(up) ?? weighNames(up) + (LIST_TAGS.has(up.tag) ? -5 : up.tag === 'article' || up.tag === 'main' ? 5 : 0);
      scores.set(up, before + score * share);
      share = steps === 0 ? 0.5 : 1 / ((steps + 1) * 3);
    }
  }
  let best: LeanElement | null = null;
  let bestScore = 0;
  for (const [element, score] of scores) {
    const [linked, all] = links.get(element) ?? [0, 1];
    const adjusted = score * (1 - linked / Math.max(1, all));
    scores.set(element, adjusted);
    if (adjusted > bestScore) {
      bestScore = adjusted;
      best = element;
    }
  }
  return { best, scores };
}
