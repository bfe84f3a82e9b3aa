/**
 * The reading of one article as CoNLL-U: `watchdesk analyse --format conllu`. Clitics stand in multiword tokens, as in UD English-EWT;
 * MISC has `TokenRange=start:end` (UTF-16 code units into the article text), `SpaceAfter=No`, and names as `Entity=` in GUM's brackets,
 * `(1-organization-armed_group` … `1)`: number in the article, GUM's type, our kind. Ends with a blank line.
 */

import lexicon from '../../lexicon/en/tokens.json' with { type: 'json' };
import type { AnalysedArticle, EntityMention, NameKind, Sentence, Token } from '../vocabulary.ts';

const GUM_TYPE: Readonly<Record<NameKind, string>> = {
  person: 'person',
  organisation: 'organization',
  'armed-group': 'organization',
  nationality: 'abstract',
  place: 'place',
  facility: 'place',
  weapon: 'object',
  platform: 'object',
  event: 'event',
  other: 'abstract',
};
const CLITIC = /^(?:['’`](?:s|ll|ve|d|m|re)?|n['’`]?t)$/i;
const CONTRACTIONS = new Map(Object.entries(lexicon.contractions.words));

export function writeConllu(analysed: AnalysedArticle): string {
  const { article, sentences, tokens } = analysed;
  const brackets = writeBrackets(analysed);
  const lines = [`# newdoc id = ${oneLine(article.name)}`, '# global.Entity = GRP-etype-kind'];
  if (article.title !== null) lines.push(`# meta::title = ${oneLine(article.title)}`);
  if (article.published !== null) lines.push(`# meta::dateCreated = ${oneLine(article.published)}`);
  let paragraph = -1;
  sentences.forEach((sentence, index) => {
    if (sentence.paragraph !== paragraph) lines.push('# newpar');
    paragraph = sentence.paragraph;
    lines.push(`# sent_id = ${oneLine(article.name)}-${index + 1}`, `# text = ${oneLine(sentence.text)}`);
    for (let at = sentence.firstToken; at < sentence.endToken; at += 1) {
      const whole = endOfMultiword(tokens, at, sentence.endToken);
      if (whole > at + 1) lines.push(writeMultiword(tokens, at, whole, sentence));
      lines.push(writeToken(tokens, at, sentence, brackets.get(at)));
    }
    lines.push('');
  });
  if (sentences.length === 0) lines.push('');
  return `${lines.join('\n')}\n`;
}

function writeToken(tokens: readonly Token[], at: number, sentence: Sentence, entity: string | undefined): string {
  const token = tokens[at] as Token;
  const inWhole = isMultiwordPart(tokens, at, sentence);
  const misc = [
    ...(entity === undefined ? [] : [`Entity=${entity}`]),
    ...(!inWhole && isGlued(tokens, at + 1, sentence.endToken) ? ['SpaceAfter=No'] : []),
    `TokenRange=${token.start}:${token.end}`,
  ];
  const head = token.head < 0 ? 0 : token.head - sentence.firstToken + 1;
  return [
    at - sentence.firstToken + 1,
    oneLine(token.text),
    oneLine(token.lemma) || '_',
    token.upos,
    token.xpos ?? '_',
    token.feats ?? '_',
    head,
    token.deprel,
    '_',
    misc.join('|'),
  ].join('\t');
}

function writeMultiword(tokens: readonly Token[], from: number, to: number, sentence: Sentence): string {
  const { start } = tokens[from] as Token;
  const { end } = tokens[to - 1] as Token;
  const form = tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join('');
  const misc = `${isGlued(tokens, to, sentence.endToken) ? 'SpaceAfter=No|' : ''}TokenRange=${start}:${end}`;
  return [`${from - sentence.firstToken + 1}-${to - sentence.firstToken}`, form, '_', '_', '_', '_', '_', '_', '_', misc].join('\t');
}

const isGlued = (tokens: readonly Token[], at: number, end: number) =>
  at < end && (tokens[at - 1] as Token).end === (tokens[at] as Token).start;

/** Where the multiword token that begins at `at` ends; `at + 1` where the token stands alone. */
function endOfMultiword(tokens: readonly Token[], at: number, limit: number): number {
  if (at > 0 && isJoined(tokens, at) && (tokens[at] as Token).sentence === (tokens[at - 1] as Token).sentence) return at + 1;
  let end = at + 1;
  while (end < limit && isJoined(tokens, end)) end += 1;
  return end;
}

function isMultiwordPart(tokens: readonly Token[], at: number, { firstToken, endToken }: Sentence): boolean {
  return (at > firstToken && isJoined(tokens, at)) || (at + 1 < endToken && isJoined(tokens, at + 1));
}

/** Is this token the clitic or second half of the word before it? */
function isJoined(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const token = tokens[at] as Token;
  if (before === undefined || before.end !== token.start || !/[\p{L}\p{N}]$/u.test(before.text)) return false;
  if (token.text.length === 1 ? token.xpos === 'POS' : CLITIC.test(token.text)) return true;
  return CONTRACTIONS.get((before.text + token.text).toLowerCase()) === before.text.length;
}

/** What opens and closes at each token; longer names open first and close last. */
function writeBrackets({ entities, entityMentions }: AnalysedArticle): Map<number, string> {
  const opening = new Map<number, EntityMention[]>();
  const closing = new Map<number, EntityMention[]>();
  for (const mention of entityMentions) {
    if (mention.form !== 'name' && mention.form !== 'acronym') continue;
    opening.set(mention.firstToken, [...(opening.get(mention.firstToken) ?? []), mention]);
    closing.set(mention.endToken - 1, [...(closing.get(mention.endToken - 1) ?? []), mention]);
  }
  const brackets = new Map<number, string>();
  for (const at of new Set([...opening.keys(), ...closing.keys()])) {
    const opens = (opening.get(at) ?? []).sort((a, b) => b.endToken - a.endToken);
    const closes = (closing.get(at) ?? []).filter(({ firstToken }) => firstToken < at).sort((a, b) => b.firstToken - a.firstToken);
    const open = opens.map((mention) => {
      const kind = entities[mention.entity]?.kind ?? 'other';
      return `(${mention.entity + 1}-${GUM_TYPE[kind]}-${kind.replace('-', '_')}${mention.endToken === at + 1 ? ')' : ''}`;
    });
    brackets.set(at, [...closes.map(({ entity }) => `${entity + 1})`), ...open].join(''));
  }
  return brackets;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
