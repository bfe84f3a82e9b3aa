/**
 * One batch grouped in a record of its own, as plain data: what `watchdesk stories --json` prints.
 * Records in order of arrival go in; articles with story, copy and revision, and cases with tellings and origins come out.
 */
import type { ArticleRecord, CaseUpdate, CopyKind } from '../vocabulary.ts';
import { type GroupOptions, groupArticle } from './group-stories.ts';
import { linkCases } from './link-cases.ts';
import { openMemoryIndex } from './memory-index.ts';

export interface DescribedStories {
  readonly articles: readonly {
    readonly id: string;
    readonly story: string;
    readonly copyOf: string | null;
    readonly revisionOf: string | null;
    readonly kind: CopyKind;
  }[];
  readonly cases: readonly {
    readonly id: string;
    readonly tellings: readonly { readonly article: string; readonly event: string }[];
    readonly origins: number;
  }[];
}

export async function describeStories(
  records: Iterable<ArticleRecord> | AsyncIterable<ArticleRecord>,
  options: GroupOptions = {},
): Promise<DescribedStories> {
  const index = openMemoryIndex();
  const nameOf = new Map<string, string>();
  for await (const record of records) {
    nameOf.set(record.article.id, record.article.name);
    index.add(record, await groupArticle(record, index, options));
  }
  const name = (id: string | null) => (id === null ? null : (nameOf.get(id) ?? id));
  const cases: CaseUpdate[] = [];
  // Once all is in: the order of arrival then has no part in the cases.
  for (const story of new Set(index.all().map((entry) => entry.story))) cases.push(...(await linkCases(story, null, index)).changed);
  return {
    articles: index.all().map((entry) => ({
      id: nameOf.get(entry.id) ?? entry.id,
      story: entry.story,
      copyOf: name(entry.copyOf),
      revisionOf: name(entry.revisionOf),
      kind: entry.kind,
    })),
    cases: cases.map((one) => ({
      id: one.id,
      tellings: one.tellings.map(({ article, event }) => ({ article: nameOf.get(article) ?? article, event })),
      origins: one.origins.length,
    })),
  };
}
