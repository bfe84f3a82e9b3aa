/**
 * The name under which a token enters the record: the fullest name of the article for somebody named or referred to,
 * else its noun phrase. In: tree, names, token. Out: Participant, or nothing for what cannot take part.
 */
import type { Participant } from '../../vocabulary.ts';
import { childrenBy, nounPhrase, spanOf, type Tree } from '../grammar/tree.ts';
import { classesAt, type NameIndex } from '../word-classes.ts';

const NOBODY = new Set([
  'who',
  'which',
  'that',
  'what',
  'this',
  'these',
  'there',
  'it',
  'one',
  'some',
  'others',
  'many',
  'those',
  'both',
  'everyone',
  'someone',
  'nobody',
  'anyone',
  'they',
  'he',
  'she',
  'we',
  'i',
  'you',
  'them',
  'him',
  'her',
  'us',
  'me',
  'his',
  'their',
  'its',
  'our',
  'your',
  'my',
  'all',
  'another',
  'other',
  'themselves',
  'himself',
  'itself',
  'herself',
  'each',
  'most',
  'none',
  'something',
  'anything',
  'everything',
  'where',
  'whom',
  'whose',
  'way',
  'thing',
  'time',
  'day',
]);
const NOT_ACTING = new Set(['event', 'weapon', 'talks', 'agreement', 'abstract', 'money', 'explosive']);
const LONGEST = 14;

export function nameParticipant(tree: Tree, names: NameIndex, token: number, role: 'actor' | 'target'): Participant | undefined {
  const { analysed } = tree;
  const it = tree.tokens[token]!;
  if (it.upos === 'PUNCT' || it.upos === 'VERB' || it.upos === 'ADP' || names.timeAt[token] !== undefined) return undefined;
  const mentionIndex = names.mentionAt[token];
  const mention = mentionIndex === undefined ? undefined : analysed.entityMentions[mentionIndex];
  const entity = mention ? analysed.entities[mention.entity] : undefined;
  const phrase = nounPhrase(tree, token);
  let { first, last } = phrase;
  if (last - first > LONGEST) {
    first = Math.max(first, token - 6);
    last = Math.min(last, token + 6);
  }
  while (first < token && ['PUNCT', 'CCONJ', 'ADP', 'SCONJ'].includes(tree.tokens[first]!.upos)) first++;
  const span = spanOf(tree, first, last);
  if (
    entity &&
    mention &&
    (entity.kind === 'person' ||
      entity.kind === 'organisation' ||
      entity.kind === 'armed-group' ||
      mention.form !== 'name' ||
      it.upos === 'PRON')
  ) {
    const named = /\p{Lu}/u.test(entity.name);
    if (it.upos === 'PRON' && !named && NOBODY.has(entity.name.toLowerCase())) return undefined;
    // "the group" stands for its name; "IS fighters" is more than the name in it
    const headOfMention = mention.endToken - 1 === token || (token >= mention.firstToken && token < mention.endToken);
    if (headOfMention) return { name: tidy(entity.name), start: mention.start, end: mention.end, entity: mention.entity };
  }
  if (it.upos === 'PRON' || it.upos === 'DET' || NOBODY.has(it.lemma.toLowerCase())) {
    if (it.upos === 'NUM' || childrenBy(tree, token, 'nmod', 'nummod').length > 0)
      return { name: tidy(span.text), start: span.start, end: span.end };
    return undefined;
  }
  const kinds = classesAt(analysed, names, token);
  if (
    role === 'actor' &&
    kinds.some((k) => NOT_ACTING.has(k)) &&
    !kinds.some((k) => ['armed', 'police', 'official', 'civilian', 'protester'].includes(k))
  )
    return undefined;
  if (it.upos === 'ADJ' && !names.placeAt[token]?.demonym && mention === undefined && !/^\p{Lu}/u.test(it.text)) return undefined;
  return { name: tidy(span.text), start: span.start, end: span.end, ...(mention ? { entity: mention.entity } : {}) };
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^(?:the|The|a|A|an|An)\s+(?=\S)/, (article) => (article.toLowerCase().startsWith('a') ? article : ''))
    .replace(/['’]s?$/, (end) => (/s['’]$/.test(text) ? end.replace(/['’]/, '') : ''))
    .trim();
}
