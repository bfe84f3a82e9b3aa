import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutatePages } from '../../test/article-mutations.ts';
import { Failure } from '../failure.ts';
import { extractArticle } from './extract-article.ts';

test('mutated pages are read or refused, never thrown over (benchmark/fuzz-article.ts runs 50,000)', () => {
  for (const [index, content] of mutatePages(250, 20260302)) {
    try {
      const article = extractArticle({
        name: String(index),
        format: index % 7 === 0 ? 'text' : 'html',
        content,
        fetched: '2026-03-03T00:00:00Z',
        sha256: '0'.repeat(64),
        notes: [],
      });
      assert.ok(article.text.length > 0);
      for (const post of article.posts ?? []) assert.ok(post.start >= 0 && post.end <= article.text.length && post.start < post.end);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
});
