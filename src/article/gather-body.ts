/**
 * Judged blocks in, the paragraphs of the body and everything dropped, with reasons, out.
 * The model's chance decides; here stand only what it cannot see: the title repeated, a passage told twice.
 */
import type { Dropped } from '../vocabulary.ts';
import type { FeatureRows } from './block-features.ts';
import { foldWords } from './read-title.ts';
import type { TextBlock } from './text-blocks.ts';

export interface Body {
  readonly paragraphs: readonly string[];
  readonly dropped: readonly Dropped[];
}

const MAX_DROPPED_LENGTH = 2_000;

export function gatherBody(
  blocks: readonly TextBlock[],
  rows: FeatureRows,
  chances: ArrayLike<number>,
  threshold: number,
  title: string | null,
): Body {
  const paragraphs: string[] = [];
  const dropped: Dropped[] = [];
  const seen = new Set<string>();
  const titleWords = title ? foldWords(title) : '';
  for (const [index, block] of blocks.entries()) {
    const { text } = block;
    if (chances[index]! < threshold) {
      dropped.push({ reason: rows.furniture[index] || nameReason(block), text: text.slice(0, MAX_DROPPED_LENGTH) });
    } else if (titleWords && foldWords(text) === titleWords) {
      dropped.push({ reason: 'title', text });
    } else if (text.length > 40 && seen.has(text)) {
      dropped.push({ reason: 'repeated', text: text.slice(0, MAX_DROPPED_LENGTH) });
    } else {
      paragraphs.push(text);
      seen.add(text);
    }
  }
  return { paragraphs, dropped };
}

/** Plain words for why the model left a block out, from where it stands. */
function nameReason(block: TextBlock): string {
  for (let up = block.element, steps = 0; up.parent && steps < 12; up = up.parent, steps++) {
    const { tag } = up;
    if (tag === 'figcaption' || tag === 'figure') return 'caption';
    if (tag === 'nav') return 'navigation';
    if (tag === 'footer') return 'footer';
    if (tag === 'aside') return 'aside';
    if (tag === 'form' || tag === 'button') return 'form';
    const names = up.read('class');
    if (names) {
      if (/comment/i.test(names)) return 'comments';
      if (/caption|credit/i.test(names)) return 'caption';
      if (/share|social/i.test(names)) return 'share links';
      if (/related|recommend|teaser|more-|popular|trending/i.test(names)) return 'read also';
      if (/newsletter|subscribe|promo|paywall/i.test(names)) return 'promotion';
      if (/author|byline/i.test(names)) return 'byline';
      if (/cookie|consent/i.test(names)) return 'consent';
      if (/advert|sponsor|\bad-|\bads\b/i.test(names)) return 'advertisement';
    }
  }
  return block.linkLength > block.text.length * 0.6 ? 'navigation' : 'outside the article';
}
