/**
 * Finds what an article calls somebody or something besides the name: the title before it ("SDF spokesman Mostafa Bali"), the
 * apposition after it ("Ghebreyesus, the head of the WHO") or around it ("the group's leader, Abu Bakr al-Baghdadi"). In: a
 * mention's tokens and the tree. Out: the description's span of tokens, or none.
 */
import people from '../../../lexicon/en/people.json' with { type: 'json' };
import type { Token } from '../../vocabulary.ts';

export interface TokenRange {
  readonly firstToken: number;
  readonly endToken: number;
}

const COURTESY = new Set(['mr', 'mrs', 'ms', 'miss', 'mr.', 'mrs.', 'ms.', 'dr', 'dr.', 'sir', 'lord', 'lady', 'dame']);
const TITLES = new Set(people.titles);
const LONGEST = 14;

export function describeMention(
  tokens: readonly Token[],
  range: TokenRange,
  sentenceStart: number,
  sentenceEnd: number,
): TokenRange | null {
  return readTitle(tokens, range, sentenceStart) ?? readApposition(tokens, range, sentenceStart, sentenceEnd);
}

/** Nouns right before the name, with what belongs to them: "former U.S. Secretary of State", "ISIS chief". */
function readTitle(tokens: readonly Token[], { firstToken }: TokenRange, sentenceStart: number): TokenRange | null {
  let first = firstToken;
  while (first > sentenceStart) {
    const { text, upos } = tokens[first - 1]!;
    const joins = /^(?:of|for|['’]s|-|&)$/.test(text) && first < firstToken && first - 2 >= sentenceStart;
    if (joins ? !/^(?:NOUN|PROPN|ADJ)$/.test(tokens[first - 2]!.upos) : !/^(?:NOUN|PROPN|ADJ)$/.test(upos)) break;
    first--;
  }
  while (first < firstToken && !/^(?:NOUN|PROPN|ADJ)$/.test(tokens[first]!.upos)) first++;
  const last = tokens[firstToken - 1];
  if (first === firstToken || last === undefined || COURTESY.has(last.text.toLowerCase())) return null;
  const role = last.upos === 'NOUN' || TITLES.has(last.text.toLowerCase().replace(/\.$/, ''));
  if (!role || firstToken - first > LONGEST) return null;
  return { firstToken: first, endToken: firstToken };
}

function readApposition(tokens: readonly Token[], range: TokenRange, sentenceStart: number, sentenceEnd: number): TokenRange | null {
  const inside = (at: number) => at >= range.firstToken && at < range.endToken;
  // After the name: a comma and a noun that hangs on it as an apposition.
  if (tokens[range.endToken]?.text === ',') {
    for (let at = range.endToken + 1; at < Math.min(sentenceEnd, range.endToken + 6); at++) {
      const token = tokens[at]!;
      if (token.deprel !== 'appos' || !inside(token.head) || token.upos !== 'NOUN') continue;
      const found = subtree(tokens, at, range.endToken + 1, sentenceEnd);
      return found.endToken - found.firstToken > LONGEST ? { firstToken: found.firstToken, endToken: cutAtComma(tokens, found) } : found;
    }
  }
  // Around it: "the group's leader, Abu Bakr al-Baghdadi".
  const head = tokens.slice(range.firstToken, range.endToken).find((token) => !inside(token.head));
  if (
    head === undefined ||
    head.deprel !== 'appos' ||
    head.head < sentenceStart ||
    head.head >= range.firstToken ||
    tokens[head.head]!.upos !== 'NOUN'
  )
    return null;
  const found = subtree(tokens, head.head, sentenceStart, range.firstToken);
  const endToken = tokens[found.endToken - 1]!.text === ',' ? found.endToken - 1 : found.endToken;
  return endToken - found.firstToken > LONGEST || endToken > range.firstToken ? null : { firstToken: found.firstToken, endToken };
}

const cutAtComma = (tokens: readonly Token[], { firstToken, endToken }: TokenRange) => {
  for (let at = firstToken + 1; at < Math.min(endToken, firstToken + LONGEST); at++) if (/^[,;–—]$/.test(tokens[at]!.text)) return at;
  return Math.min(endToken, firstToken + LONGEST);
};

/** The stretch around a noun that hangs on it without a gap, its article left out. */
function subtree(tokens: readonly Token[], top: number, from: number, to: number): TokenRange {
  const under = (at: number): boolean => {
    for (let step = at, guard = 0; step >= 0 && guard < 40; step = tokens[step]!.head, guard++) if (step === top) return true;
    return false;
  };
  let [firstToken, endToken] = [top, top + 1];
  while (firstToken > from && under(firstToken - 1)) firstToken--;
  while (endToken < to && under(endToken)) endToken++;
  while (firstToken < top && (/^(?:DET|PUNCT)$/.test(tokens[firstToken]!.upos) || tokens[firstToken]!.text === ',')) firstToken++;
  while (endToken - 1 > top && tokens[endToken - 1]!.upos === 'PUNCT') endToken--;
  return { firstToken, endToken };
}
