/**
 * Does what happens at a time lie before or after the report? From the tree where there is one, else from the words before. Decides
 * which Friday "on Friday" is.
 */

import lexicon from '../../../lexicon/en/times.json' with { type: 'json' };
import type { Sentence, Token } from '../../vocabulary.ts';

export type Tense = 'past' | 'future' | 'unknown';

const FUTURE = new Set(lexicon.future.words);
const GOVERNORS = new Set(lexicon.governors.words);
const ARRANGED = new Set(lexicon.arranged.words);
const SCHEDULED = new Set(lexicon.scheduled.words);
const WILL = new Set(['will', "'ll", '’ll', 'wo', 'shall', 'could', 'can', 'may', 'might', 'must', 'should']);
/** How far up the tree, and how far back in the words, the looks go. */
const STEPS = 4;
const REACH = 8;
const NEAR = 5;
/** More hang on one word only where a text of one sentence was cut in windows. */
const MOST_CHILDREN = 60;

/** Children of each token, for the whole article. */
export function listChildren(tokens: readonly Token[]): readonly (readonly number[])[] {
  const children: number[][] = tokens.map(() => []);
  tokens.forEach(({ head }, index) => {
    const own = children[head];
    if (own !== undefined && own.length < MOST_CHILDREN) own.push(index);
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
  const near = readTenseNearby(tokens, sentence, firstToken);
  if (near !== null) return near;
  while ((tokens[top] as Token).deprel === 'conj' && (tokens[top] as Token).head >= 0) top = (tokens[top] as Token).head;
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

/** Does the time hang on "has" or "have" with a participle: "they have held it for three weeks"? */
export function isPerfect(
  tokens: readonly Token[],
  children: readonly (readonly number[])[],
  firstToken: number,
  endToken: number,
): boolean {
  for (let at = firstToken; at < endToken; at += 1) {
    const { head } = tokens[at] as Token;
    if (head < 0 || (head >= firstToken && head < endToken)) continue;
    return (children[head] ?? []).some((index) => {
      const { lemma, deprel, feats } = tokens[index] as Token;
      return lemma === 'have' && deprel.startsWith('aux') && /Tense=Pres/.test(feats ?? '');
    });
  }
  return false;
}

/** What the words right before say, whatever the tree makes of them: "said Tuesday", "planned for Tuesday". */
function readTenseNearby(tokens: readonly Token[], sentence: Sentence, firstToken: number): Tense | null {
  let at = firstToken - 1;
  if (at >= sentence.firstToken && (tokens[at] as Token).upos === 'ADP') at -= 1;
  const verb = at >= sentence.firstToken ? (tokens[at] as Token) : undefined;
  if (verb?.xpos === 'VBD' && !GOVERNORS.has(verb.lemma.toLowerCase())) return 'past';
  for (at = firstToken - 1; at >= Math.max(sentence.firstToken, firstToken - NEAR); at -= 1) {
    const { text, upos } = tokens[at] as Token;
    if (ARRANGED.has(text.toLowerCase())) return 'future';
    if (upos === 'PUNCT') break;
  }
  return null;
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
  if (perfect) return GOVERNORS.has(lemma) && token.xpos === 'VBN' && lemma !== 'agree' ? 'future' : 'past';
  if (helpers.some((helper) => /Tense=Past/.test(helper.feats ?? '')))
    return GOVERNORS.has(lemma) && token.xpos === 'VBN' ? 'unknown' : 'past';
  if (helpers.some((helper) => /Tense=Pres/.test(helper.feats ?? ''))) {
    if (token.xpos === 'VBN') return GOVERNORS.has(lemma) ? 'future' : 'unknown';
    return token.xpos === 'VBG' && SCHEDULED.has(lemma) ? 'future' : 'unknown';
  }
  if (token.xpos === 'VBD') return 'past';
  if (token.xpos === 'VBN') return GOVERNORS.has(lemma) ? 'future' : 'past';
  if (token.xpos === 'VBZ' || token.xpos === 'VBP') return SCHEDULED.has(lemma) ? 'future' : 'unknown';
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
