/**
 * The reading of one article as one line of JSON: `watchdesk analyse --format json`. Offsets are UTF-16 code units into `text`.
 */

import type { AnalysedArticle } from '../vocabulary.ts';

export function writeAnalysis(analysed: AnalysedArticle): string {
  const { article, language, sentences, tokens, quotations, times, places, entities, entityMentions, quantities, notes } = analysed;
  return JSON.stringify({
    id: article.name,
    title: article.title,
    published: article.published,
    language,
    text: article.text,
    sentences,
    tokens,
    quotations,
    times,
    places,
    entities: entities.map((entity) => ({ ...entity, mentions: entity.mentions.map((index) => entityMentions[index]) })),
    quantities,
    notes: notes.map(({ message }) => message),
  });
}
