/**
 * The hallway: one page in, its record out, room by room. The only place where a Failure is caught;
 * a bug goes through. It adds nothing of its own.
 */
import { extractArticle } from './article/extract-article.ts';
import { Failure } from './failure.ts';
import { acled } from './findings/codebooks/acled.ts';
import { plover } from './findings/codebooks/plover.ts';
import { ucdp } from './findings/codebooks/ucdp.ts';
import { findFindings } from './findings/find-findings.ts';
import { analyseLanguage, type Language } from './language/analyse-language.ts';
import { groupArticle } from './stories/group-stories.ts';
import { type LinkedCases, linkCases } from './stories/link-cases.ts';
import type {
  AnalysedArticle,
  Article,
  ArticleRecord,
  CaseId,
  CaseUpdate,
  EntityOfRecord,
  IncomingPage,
  StoryId,
  StoryIndex,
} from './vocabulary.ts';

export type { Codebook } from './findings/codebooks/codebook.ts';

export const CODEBOOKS = { acled, ucdp, plover } as const;

/** The story of an article from top to bottom, until it is grouped with others (which needs the record: newsroom.ts). */
export async function readPage(page: IncomingPage, language: Language): Promise<ArticleRecord | Failure> {
  const analysed = await analysePage(page, language);
  if (analysed instanceof Failure) return analysed;
  const { article } = analysed;
  const findings = findFindings(analysed);
  return {
    article,
    events: findings.events,
    statements: findings.statements,
    entities: listEntities(analysed),
    places: analysed.places,
    notes: [...page.notes, ...article.notes, ...analysed.notes, ...findings.notes],
  };
}

/**
 * The first half alone: the cleaned article with its grammar, names, times and places.
 * @param faithful running text is read as it stands, nothing cleaned away, so that offsets are those of the input
 */
export async function analysePage(page: IncomingPage, language: Language, faithful = false): Promise<AnalysedArticle | Failure> {
  try {
    return await analyseLanguage(faithful && page.format === 'text' ? takeText(page) : extractArticle(page), language);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Running text as an article, untouched. */
function takeText(page: IncomingPage): Article {
  return {
    id: `article:${page.sha256.slice(0, 16)}`,
    name: page.name,
    title: page.title ?? null,
    text: page.content,
    published: page.published ?? null,
    updated: null,
    fetched: page.fetched,
    publishedFrom: page.published ? 'input' : null,
    authors: page.authors ?? [],
    publisher: null,
    site: page.site ?? null,
    url: page.url ?? null,
    language: null,
    dateline: null,
    dropped: [],
    notes: [],
  };
}

/** Names as the record keeps them: without pronouns, which name nobody. */
function listEntities({ entities, entityMentions }: AnalysedArticle): EntityOfRecord[] {
  return entities.map(({ kind, name, acronym, description, mentions }) => ({
    kind,
    name,
    acronym: acronym ?? null,
    description: description?.text ?? null,
    mentions: mentions
      .map((index) => entityMentions[index])
      .flatMap((mention) =>
        mention && mention.form !== 'pronoun' ? [{ text: mention.text, start: mention.start, end: mention.end }] : [],
      ),
  }));
}

/** Where a record belongs among the others: copy, revision, story; and which cases change once it is saved. */
export async function placeArticle(record: ArticleRecord, index: StoryIndex) {
  const update = await groupArticle(record, index);
  const linkSaved = async (saved: { readonly story: StoryId }): Promise<LinkedCases> => {
    const stories = new Set([saved.story, ...(update.changes ?? []).map((change) => change.story)]);
    const changed: CaseUpdate[] = [];
    const removed: CaseId[] = [];
    for (const story of stories) {
      const linked = await linkCases(story, update.profile?.day ?? null, index);
      changed.push(...linked.changed);
      removed.push(...linked.removed);
    }
    return { changed, removed };
  };
  return { update, linkCases: linkSaved };
}
