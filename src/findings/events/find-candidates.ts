/**
 * Every word or phrase of the article that may tell an event, with the types that the lexicon offers for it.
 * In: Tree. Out: candidates in text order. Generous on purpose: what stays is decided later (judge-candidates).
 */
import type { EventType, Span } from '../../vocabulary.ts';
import { childrenBy, isVerbal, spanOf, type Tree } from '../grammar/tree.ts';
import { type Offers, offersOf, type Phrase, phrasesFrom, type Strength, type WordClass } from './trigger-lexicon.ts';

export interface Candidate {
  /** the token that stands for it in the tree */
  readonly head: number;
  readonly first: number;
  readonly last: number;
  readonly trigger: Span;
  /** lemma or phrase, as the lexicon writes it */
  readonly key: string;
  readonly wordClass: WordClass;
  readonly isPhrase: boolean;
  readonly offers: Offers;
}

const GAP = 6;

function wordClassOf(tree: Tree, i: number): WordClass | undefined {
  const { upos } = tree.tokens[i]!;
  if (upos === 'VERB' || upos === 'AUX') return 'verb';
  if (upos === 'NOUN' || upos === 'PROPN' || upos === 'ADJ') return 'noun';
  return undefined;
}

/** "jailed", "ousted", "besieged" as adjectives and "shelling" as a noun may have no lemma of a verb: try it without its ending. */
export function verbStems(text: string): string[] {
  const word = text.toLowerCase();
  const base = word.endsWith('ied') ? [`${word.slice(0, -3)}y`] : word.endsWith('ed') ? [word.slice(0, -2), word.slice(0, -1)] : [];
  if (word.endsWith('ing')) base.push(word.slice(0, -3), `${word.slice(0, -3)}e`);
  return base.flatMap((b) => (b.length > 3 && b.at(-1) === b.at(-2) ? [b, b.slice(0, -1)] : [b])).filter((b) => b.length > 2);
}

function lookUp(tree: Tree, i: number): { key: string; wordClass: WordClass; offers: Offers } | undefined {
  const token = tree.tokens[i]!;
  const wordClass = wordClassOf(tree, i);
  if (!wordClass) return undefined;
  const lemma = token.lemma.toLowerCase();
  if (token.upos === 'PROPN' && token.text !== token.text.toUpperCase() && token.deprel === 'flat') return undefined;
  const own = token.upos === 'ADJ' ? undefined : offersOf(lemma, wordClass);
  if (own) return { key: lemma, wordClass, offers: own };
  if (wordClass === 'noun') {
    const noun = token.upos === 'ADJ' ? undefined : offersOf(token.text.toLowerCase(), 'noun');
    if (noun) return { key: token.text.toLowerCase(), wordClass, offers: noun };
    for (const stem of verbStems(token.text)) {
      const verb = offersOf(stem, 'verb');
      if (verb) return { key: stem, wordClass: 'verb', offers: verb };
    }
    return undefined;
  }
  return undefined;
}

function sameWord(tree: Tree, i: number, word: string): boolean {
  const token = tree.tokens[i]!;
  return token.lemma.toLowerCase() === word || token.text.toLowerCase() === word;
}

function hangsOn(tree: Tree, token: number, verb: number): boolean {
  for (let at = tree.tokens[token]!.head, n = 0; at >= 0 && n < 3; at = tree.tokens[at]!.head, n++) if (at === verb) return true;
  return false;
}

/** Tokens of the phrase beginning at `i`: side by side, or spread around the object of its verb ("took 170 people hostage"). */
function matchPhrase(tree: Tree, i: number, phrase: Phrase): number[] | undefined {
  const end = tree.sentences[tree.tokens[i]!.sentence]!.endToken;
  const found = [i];
  let at = i;
  for (const word of phrase.words.slice(1)) {
    let next = at + 1;
    if (next < end && tree.tokens[next]!.text === '-') next++;
    if (next < end && sameWord(tree, next, word)) {
      found.push(next);
      at = next;
      continue;
    }
    if (!isVerbal(tree.tokens[i]!)) return undefined;
    let far: number | undefined;
    for (let t = at + 1; t < Math.min(end, at + 1 + GAP); t++) {
      if (tree.tokens[t]!.upos === 'PUNCT' && tree.tokens[t]!.text !== '-') break;
      if (sameWord(tree, t, word) && hangsOn(tree, t, i)) {
        far = t;
        break;
      }
    }
    if (far === undefined) return undefined;
    found.push(far);
    at = far;
  }
  return found;
}

function headAmong(tree: Tree, tokens: readonly number[]): number {
  const verb = tokens.find((t) => isVerbal(tree.tokens[t]!));
  if (verb === tokens[0] && verb !== undefined) return verb;
  return tokens.find((t) => !tokens.includes(tree.tokens[t]!.head)) ?? tokens[0]!;
}

function joinOffers(phrase: Offers, inner: readonly (Offers | undefined)[]): Offers {
  const all = new Map<EventType, Strength>(phrase);
  for (const offers of inner) for (const [type] of offers ?? []) if (!all.has(type)) all.set(type, 'weak');
  return all;
}

export function findCandidates(tree: Tree): Candidate[] {
  const taken = new Map<number, Candidate>();
  const found: Candidate[] = [];
  const size = tree.tokens.length;
  const matches: { tokens: number[]; phrase: Phrase }[] = [];
  for (let i = 0; i < size; i++) {
    const token = tree.tokens[i]!;
    if (token.upos === 'PUNCT') continue;
    const lemma = token.lemma.toLowerCase();
    const text = token.text.toLowerCase();
    const phrases = lemma === text ? phrasesFrom(lemma) : [...phrasesFrom(lemma), ...phrasesFrom(text)];
    for (const phrase of phrases) {
      const tokens = matchPhrase(tree, i, phrase);
      if (tokens) matches.push({ tokens, phrase });
    }
  }
  matches.sort((a, b) => b.phrase.words.length - a.phrase.words.length || a.tokens[0]! - b.tokens[0]!);
  for (const { tokens, phrase } of matches) {
    if (tokens.some((t) => taken.has(t))) continue;
    const head = headAmong(tree, tokens);
    const close = tokens.at(-1)! - tokens[0]! <= 3;
    const first = close ? tokens[0]! : head;
    const last = close ? tokens.at(-1)! : head;
    const candidate: Candidate = {
      head,
      first,
      last,
      trigger: spanOf(tree, first, last),
      key: phrase.key,
      wordClass: isVerbal(tree.tokens[head]!) ? 'verb' : 'noun',
      isPhrase: true,
      offers: joinOffers(
        phrase.offers,
        tokens.map((t) => lookUp(tree, t)?.offers),
      ),
    };
    for (const t of tokens) taken.set(t, candidate);
    found.push(candidate);
  }
  for (let i = 0; i < size; i++) {
    if (taken.has(i)) continue;
    const entry = lookUp(tree, i);
    if (!entry) continue;
    found.push({ head: i, first: i, last: i, trigger: spanOf(tree, i, i), ...entry, isPhrase: false });
  }
  return found.sort((a, b) => a.first - b.first);
}

/** Is there another candidate among the dependents of this one, which tells the deed better ("killed in an airstrike")? */
export function dependsOnCandidate(tree: Tree, candidate: Candidate, heads: ReadonlyMap<number, Candidate>): Candidate | undefined {
  for (const c of childrenBy(tree, candidate.head, 'nsubj', 'obl', 'obj')) {
    const other = heads.get(c);
    if (other && [...other.offers.values()].includes('strong')) return other;
  }
  return undefined;
}
