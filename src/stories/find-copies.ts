/**
 * Is this text there already? Exact and near-verbatim copies (another headline, trimmed, a local paragraph, light edits),
 * rewrites that keep some sentences, and revisions: a later version of the same page. Candidates come from the index by sketch and address.
 */
import type { Article, ArticleId, CopyKind, IndexedArticle, StoryIndex, StoryProfile } from '../vocabulary.ts';
import { type Overlap, overlapOf, shinglesOf } from './shingles.ts';

/** Of the shorter text, this share of word runs stands in the longer one: it is its copy. */
const COPY_OF_SHORTER = 0.6;
/** … and of the longer text at least this much: else it only quotes the shorter. */
const COPY_OF_LONGER = 0.3;
const REWRITE_OF_SHORTER = 0.12;
/** Candidates whose texts are compared. */
const COMPARED = 4;

export interface FoundCopy {
  readonly kind: CopyKind;
  /** the article that this one copies, rewrites or revises; for copies the first of them all */
  readonly of: IndexedArticle | null;
  /** true: this article is the origin and `of` (with its copies) was taken from it */
  readonly reversed: boolean;
  readonly reason: string | null;
}

const ORIGINAL: FoundCopy = { kind: 'original', of: null, reversed: false, reason: null };

/** What the shared word runs of two texts make of them. */
export function judgeOverlap({ ofFirst, ofSecond }: Overlap): 'copy' | 'rewrite' | 'other' {
  const shorter = Math.max(ofFirst, ofSecond);
  const longer = Math.min(ofFirst, ofSecond);
  if (shorter >= COPY_OF_SHORTER && longer >= COPY_OF_LONGER) return 'copy';
  return shorter >= REWRITE_OF_SHORTER ? 'rewrite' : 'other';
}

export async function findCopy(article: Article, profile: StoryProfile, index: StoryIndex): Promise<FoundCopy> {
  const self = (id: ArticleId) => id === profile.article;
  const sameUrl = (await index.findByUrl(profile.urls)).filter((id) => !self(id));
  const sketched = (await index.findBySketch(profile.sketch, COMPARED + 1)).map((found) => found.article).filter((id) => !self(id));
  const candidates = [...new Set([...sameUrl.slice(0, 2), ...sketched])].slice(0, COMPARED);
  if (candidates.length === 0) return ORIGINAL;
  const shingles = shinglesOf(article.text);
  let best: { found: IndexedArticle; overlap: Overlap; revision: boolean } | undefined;
  for (const found of await index.articles(candidates)) {
    // Read again, an original meets its own copies.
    if (found.copyOf === profile.article) continue;
    const text = await index.text(found.profile.article);
    if (text === undefined) continue;
    const overlap = overlapOf(shingles, shinglesOf(text));
    const judged = judgeOverlap(overlap);
    const sameAddress = sameUrl.includes(found.profile.article);
    const sameSite = profile.site !== null && profile.site === found.profile.site;
    const revision = (sameAddress && judged !== 'other') || (sameSite && judged === 'copy');
    if (judged === 'other') continue;
    const better = !best || Number(revision) > Number(best.revision) || (revision === best.revision && sum(overlap) > sum(best.overlap));
    if (better) best = { found, overlap, revision };
  }
  if (!best) return ORIGINAL;
  const share = Math.round(Math.max(best.overlap.ofFirst, best.overlap.ofSecond) * 100);
  if (best.revision)
    return { kind: 'revision', of: best.found, reversed: false, reason: `a later version of the same page (${share}% the same words)` };
  if (judgeOverlap(best.overlap) === 'rewrite') {
    return { kind: 'rewrite', of: best.found, reversed: false, reason: `${share}% of its word runs stand in another article` };
  }
  const origin = await originOf(best.found, shingles, index);
  const reversed = isEarlier(profile, origin.profile);
  return { kind: reversed ? 'original' : 'copy', of: origin, reversed, reason: `the same text: ${share}% of the word runs` };
}

/** The first of a row of copies, as long as this text is its copy, too, and not only a copy's copy that drifted away. */
async function originOf(found: IndexedArticle, shingles: ReadonlySet<number>, index: StoryIndex): Promise<IndexedArticle> {
  if (found.copyOf === null) return found;
  const [origin] = await index.articles([found.copyOf]);
  const text = origin && (await index.text(origin.profile.article));
  return origin && text !== undefined && judgeOverlap(overlapOf(shingles, shinglesOf(text))) === 'copy' ? origin : found;
}

const sum = ({ ofFirst, ofSecond }: Overlap): number => ofFirst + ofSecond;

/** Whether the second took the text from the first: it names the first's address as the canonical one, or was published on a later day. */
function isEarlier(first: StoryProfile, second: StoryProfile): boolean {
  const [address] = first.urls;
  const [its] = second.urls;
  if (address !== undefined && second.urls.slice(1).includes(address)) return true;
  if (its !== undefined && first.urls.slice(1).includes(its)) return false;
  return first.day !== null && second.day !== null && first.day < second.day;
}
