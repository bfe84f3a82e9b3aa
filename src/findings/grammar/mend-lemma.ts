/**
 * The base form of a word where the reader's guess is no word that the room knows: "seizing" is "seize" though it was read "seiz".
 * In: token. Out: lemma in lower case (names keep their case). Knows the words of the lexicon and the irregular forms, nothing more.
 */

import irregular from '../../../lexicon/en/irregular-forms.json' with { type: 'json' };
import classes from '../../../lexicon/en/noun-classes.json' with { type: 'json' };
import frames from '../../../lexicon/en/role-frames.json' with { type: 'json' };
import cues from '../../../lexicon/en/status-cues.json' with { type: 'json' };
import triggers from '../../../lexicon/en/triggers.json' with { type: 'json' };
import type { Token } from '../../vocabulary.ts';

const IRREGULAR = new Map(Object.entries(irregular));

const known = new Set<string>(IRREGULAR.values());
const learn = (words: Iterable<string>): void => {
  for (const word of words) for (const part of word.split(' ')) known.add(part);
};
for (const type of Object.values(triggers)) for (const list of Object.values(type)) learn(list);
for (const list of Object.values(classes)) learn(list);
for (const frame of Object.values(frames)) learn(frame.lemmas);
for (const table of [cues.governors, cues.modifiers]) for (const row of table) learn(row.lemmas);
learn(
  'involve elect select obstruct express serve create exclude debate consider decide post convert donate chase erase invade divide cause lie live move use name change close face place'.split(
    ' ',
  ),
);

/** Bases that an inflected form may have, likeliest first: "banned" → ban, banne, bann. */
export function basesOf(word: string): string[] {
  const bases: string[] = [];
  const add = (stem: string): void => {
    if (stem.length < 2) return;
    if (stem.at(-1) === stem.at(-2) && !/[ls]$/.test(stem)) bases.push(stem.slice(0, -1));
    bases.push(stem, `${stem}e`);
    if (stem.at(-1) === stem.at(-2)) bases.push(stem.slice(0, -1));
  };
  if (word.endsWith('ies') || word.endsWith('ied')) bases.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('ing')) add(word.slice(0, -3));
  if (word.endsWith('ed')) add(word.slice(0, -2));
  if (word.endsWith('s') && !word.endsWith('ss')) {
    bases.push(word.slice(0, -1));
    if (word.endsWith('es')) bases.push(word.slice(0, -2));
  }
  return bases;
}

export function mendLemma(token: Token): string {
  if (token.upos === 'PROPN' || token.upos === 'PUNCT' || token.upos === 'NUM') return token.lemma;
  const lemma = token.lemma.toLowerCase();
  const text = token.text.toLowerCase();
  if (token.upos === 'VERB' || token.upos === 'AUX' || token.upos === 'NOUN') {
    const irregularBase = IRREGULAR.get(text);
    if (irregularBase && (token.upos !== 'NOUN' || /^(NNS|NNPS)$/.test(token.xpos ?? 'NNS'))) {
      // "left" may be the noun, "found" the verb of founding: the reader's word stands where it is known
      return known.has(lemma) && lemma !== text ? lemma : irregularBase;
    }
    if (known.has(lemma) && lemma !== text) return lemma;
    if (token.xpos === 'VB' || token.xpos === 'VBP' || token.xpos === 'NN') return known.has(text) ? text : lemma;
    for (const base of basesOf(text)) if (known.has(base)) return base;
  }
  return lemma;
}
