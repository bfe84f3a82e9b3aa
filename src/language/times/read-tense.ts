/**
 * Does what happens at a time lie before or after the report? From the tree where there is one, else from the words before. Decides
 * which Friday "on Friday" is.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { Sentence, Token } from '../../vocabulary.ts';

export type Tense = 'past' | 'future' | 'unknown';

const FUTURE = new Set(lexicon.future.words);
const GOVERNORS = new Set(lexicon.governors.words);
const WILL = new Set(['will', "'ll", '’ll', 'wo', 'shall', 'could', 'can', 'may', 'might', 'must', 'should']);
/** How far up the tree, and how far back in the words, the looks go. */
const STEPS = 4;
const REACH = 8;

/** Children of each token, for the whole article. */
export function listChildren(tokens: readonly Token[]): readonly (readonly number[])[] {
  const children: number[][] = tokens.map(() => []);
  tokens.forEach(({ head }, index) => {
    if (head >= 0) children[head]?.push(index);
  });
  return children;
}

export function readTense(
  tokens: readonly Token[],
  children: readonly (readonly number[])[],
  sentence: Sentence,
  firstToken: number,
  endToken: number,
): Tense {
  let top = firstToken;
  for (let at = firstToken; at < endToken; at += 1) {
    const { head } = tokens[at] as Token;
    if (head < firstToken || head >= endToken) top = at;
  }
  if ((tokens[top] as Token).upos === 'X') return readTenseFromWords(tokens, sentence, firstToken);
  let at = (tokens[top] as Token).head;
  if (at < 0) at = top;
  for (let step = 0; step < STEPS && at >= 0; step += 1) {
    const tense = tenseOf(tokens, children[at] ?? [], at);
    if (tense !== null) return tense;
    const token = tokens[at] as Token;
    // a date that belongs to a noun ("the vote on Friday") says nothing of the verb above it
    if (token.upos !== 'VERB' && token.upos !== 'AUX') return 'unknown';
    at = token.head;
  }
  return 'unknown';
}

/** Tense of a predicate; null where it has none of its own and takes that of its governor. */
function tenseOf(tokens: readonly Token[], children: readonly number[], at: number): Tense | null {
  const token = tokens[at] as Token;
  const helpers = children.map((index) => tokens[index] as Token).filter(({ deprel }) => /^(?:aux|cop)/.test(deprel));
  const isPredicate = token.upos === 'VERB' || token.upos === 'AUX' || helpers.length > 0;
  if (!isPredicate) return 'unknown';
  const lemma = token.lemma.toLowerCase();
  const perfect = helpers.some((helper) => helper.lemma === 'have');
  if (helpers.some((helper) => WILL.has(helper.text.toLowerCase()))) return perfect ? 'past' : 'future';
  if (lemma === 'go' && token.xpos === 'VBG' && children.some((index) => tokens[index]?.deprel === 'xcomp')) return 'future';
  const infinitive = children.some((index) => tokens[index]?.deprel === 'mark' && tokens[index]?.text.toLowerCase() === 'to');
  if (infinitive) {
    const governor = tokens[token.head];
    if (governor === undefined || token.deprel.startsWith('acl') || governor.upos === 'NOUN' || governor.upos === 'PROPN') return 'future';
    if (GOVERNORS.has(governor.lemma.toLowerCase()) || GOVERNORS.has(governor.text.toLowerCase())) return 'future';
    return null;
  }
  if (perfect) return 'past';
  if (helpers.some((helper) => /Tense=Past/.test(helper.feats ?? '')))
    return GOVERNORS.has(lemma) && token.xpos === 'VBN' ? 'unknown' : 'past';
  if (helpers.some((helper) => /Tense=Pres/.test(helper.feats ?? ''))) {
    if (token.xpos === 'VBN') return GOVERNORS.has(lemma) ? 'future' : 'unknown';
    return token.xpos === 'VBG' ? 'future' : 'unknown';
  }
  if (token.xpos === 'VBD') return 'past';
  if (token.xpos === 'VBN') return GOVERNORS.has(lemma) ? 'future' : 'past';
  if (token.xpos === 'VBZ' || token.xpos === 'VBP') return lemma === 'say' || lemma === 'report' || lemma === 'come' ? 'unknown' : 'future';
  return token.xpos === 'VBG' || token.xpos === 'VB' ? null : 'unknown';
}

function readTenseFromWords(tokens: readonly Token[], sentence: Sentence, firstToken: number): Tense {
  for (let at = firstToken - 1; at >= Math.max(sentence.firstToken, firstToken - REACH); at -= 1) {
    const word = (tokens[at] as Token).text.toLowerCase();
    if (FUTURE.has(word)) return 'future';
    if (/(?:ed|was|were|had|left|said|held|met)$/.test(word)) return 'past';
  }
  return 'unknown';
}
