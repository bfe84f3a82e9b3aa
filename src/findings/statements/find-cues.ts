/**
 * The tree in, the cues of speech out: the reporting verb or phrase, the token that speaks, and the token ranges of what was said,
 * as grammar gives them. Quotation marks are not looked at here (attach-quotes.ts), nor what kind of act it is (decide-act.ts).
 */
import { objectOf, subjectOf } from '../grammar/arguments.ts';
import { childBy, childrenBy, hasFeature, isVerbal, prepositionOf, relationOf, subtreeOf, type Tree } from '../grammar/tree.ts';
import { type CueEntry, cueEntries, REPORTING_PHRASES } from './cue-lexicon.ts';

/** Tokens first to last, both inside. */
export interface TokenRange {
  readonly first: number;
  readonly last: number;
}

export interface Cue {
  /** the verb, or the last word of a reporting phrase */
  readonly token: number;
  /** first and last word of the cue itself */
  readonly words: TokenRange;
  readonly entry: Pick<CueEntry, 'act' | 'lemma' | 'takes' | 'onlySpeakers'>;
  /** token of who speaks; undefined where grammar names nobody */
  readonly speaker: number | undefined;
  /** token of the statement, report, video that speaks for them */
  readonly paper?: number;
  /** who is spoken to */
  readonly addressee: number | undefined;
  /** what was said, in text order; empty where only a quotation can be it */
  readonly content: readonly TokenRange[];
  /** head token of the content's clause, where there is one */
  readonly clause: number | undefined;
}

const NOT_SAID = new Set(['refuse', 'decline', 'fail', 'want', 'try', 'able', 'hesitate', 'avoid', 'stop', 'like', 'need', 'have']);
const UNREAL = new Set(['would', 'could', 'might', 'may', 'should', 'can', 'must']);
const SUBORDINATORS = new Set(['that', 'whether', 'if']);

const rangeOf = (tokens: readonly number[]): TokenRange | undefined => {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? undefined : { first, last };
};

/** Everything under some tokens, from the first to the last word. */
const coverOf = (tree: Tree, heads: readonly number[]): TokenRange | undefined =>
  rangeOf(heads.flatMap((head) => subtreeOf(tree, head)).sort((a, b) => a - b));

/** A range with a hole in it: what stands before and what stands after the hole. */
function cutOut(range: TokenRange, hole: TokenRange): TokenRange[] {
  const parts: TokenRange[] = [];
  if (hole.first > range.first) parts.push({ first: range.first, last: Math.min(range.last, hole.first - 1) });
  if (hole.last < range.last) parts.push({ first: Math.max(range.first, hole.last + 1), last: range.last });
  return parts;
}

/** Whether the verb is said to have been uttered at all: "declined to say", "did not say", "would say" are no speech. */
function isUttered(tree: Tree, verb: number): boolean {
  const token = tree.tokens[verb]!;
  if (childrenBy(tree, verb, 'advmod').some((c) => tree.tokens[c]!.lemma === 'not' || tree.tokens[c]!.lemma === 'never')) return false;
  if (childrenBy(tree, verb, 'aux').some((c) => UNREAL.has(tree.tokens[c]!.lemma.toLowerCase()))) return false;
  if (relationOf(token) === 'xcomp' && token.head >= 0 && NOT_SAID.has(tree.tokens[token.head]!.lemma)) return false;
  if (
    childrenBy(tree, verb, 'mark').some(
      (c) => ['if', 'unless', 'to'].includes(tree.tokens[c]!.lemma.toLowerCase()) && relationOf(token) !== 'xcomp',
    )
  )
    return false;
  return true;
}

/** Whether the second word of an entry ("call for", "claim responsibility") stands with the verb; gives its token. */
function findSecond(tree: Tree, verb: number, second: string): number | undefined {
  const [word] = second.split(' ');
  for (const c of tree.children[verb] ?? []) {
    const child = tree.tokens[c]!;
    const relation = relationOf(child);
    if (relation === 'obl' && prepositionOf(tree, c) === second) return childBy(tree, c, 'case') ?? c;
    if ((child.deprel === 'compound:prt' || relation === 'advmod') && child.text.toLowerCase() === word) return c;
    if (relation === 'obj' && child.lemma === word) return c;
  }
  return undefined;
}

const isPassiveVerb = (tree: Tree, verb: number) =>
  childrenBy(tree, verb, 'aux:pass', 'nsubj:pass').length > 0 ||
  (relationOf(tree.tokens[verb]!) === 'acl' && tree.tokens[verb]!.xpos === 'VBN');

const isClauseOf = (tree: Tree, c: number) =>
  isVerbal(tree.tokens[c]!) || childrenBy(tree, c, 'cop', 'nsubj', 'csubj', 'expl').length > 0 || childBy(tree, c, 'mark') !== undefined;

/** The content that an entry's frames find around its verb. */
function readContent(tree: Tree, verb: number, entry: CueEntry): { ranges: TokenRange[]; clause?: number } | undefined {
  const takes = (frame: CueEntry['takes'][number]) => entry.takes.includes(frame);
  const objects = childrenBy(tree, verb, 'obj').filter((c) => !entry.notObject.includes(tree.tokens[c]!.lemma));
  const ccomps = childrenBy(tree, verb, 'ccomp');
  const xcomps = childrenBy(tree, verb, 'xcomp');
  const obliques = childrenBy(tree, verb, 'obl');
  const [object] = objects;

  if (takes('responsibility')) {
    const owned = objects.find((c) => ['responsibility', 'credit'].includes(tree.tokens[c]!.lemma));
    if (owned === undefined) return undefined;
    const deed = [...childrenBy(tree, owned, 'nmod'), ...obliques].find((c) => prepositionOf(tree, c) === 'for');
    const range = coverOf(tree, [deed ?? owned]);
    return range && { ranges: [deed === undefined ? range : { first: Math.min(deed, skipCase(tree, range, deed)), last: range.last }] };
  }
  if (takes('order')) {
    const asked = object ?? obliques.find((c) => ['on', 'upon', 'to', 'with', 'for'].includes(prepositionOf(tree, c)));
    const deed =
      xcomps[0] ??
      (asked === undefined ? undefined : (childrenBy(tree, verb, 'advcl').find((c) => c > asked) ?? ccomps.find((c) => c > asked)));
    if (asked !== undefined && deed !== undefined && deed > asked && asked > verb) {
      const range = coverOf(tree, [asked, deed]);
      return range && { ranges: [{ first: skipCase(tree, range, asked), last: range.last }], clause: deed };
    }
  }
  if (takes('description')) {
    const as = obliques.find((c) => ['as', 'to'].includes(prepositionOf(tree, c)));
    const said =
      xcomps[0] ??
      as ??
      childrenBy(tree, verb, 'advcl').find((c) => childrenBy(tree, c, 'mark', 'case').some((m) => tree.tokens[m]!.lemma === 'as'));
    const described = object ?? (isPassiveVerb(tree, verb) ? undefined : objectOf(tree, verb));
    if (described !== undefined && said !== undefined && said > verb && described < said) {
      const range = coverOf(tree, described > verb ? [described, said] : [said]);
      return range && { ranges: [range], clause: said };
    }
    return undefined;
  }
  if (takes('clause')) {
    const clause = ccomps.find((c) => isClauseOf(tree, c));
    if (clause !== undefined) {
      const whole = coverOf(tree, [clause]);
      const own = clauseOfCue(tree, verb, clause);
      if (whole) return { ranges: own ? cutOut(whole, own) : [whole], clause };
    }
  }
  if (takes('infinitive') && xcomps[0] !== undefined && object === undefined) {
    const range = coverOf(tree, [xcomps[0]]);
    if (range && range.first > verb) return { ranges: [range], clause: xcomps[0] };
  }
  if (takes('object') && object !== undefined && object > verb && !hasFeature(tree.tokens[object]!, 'PronType=Rel')) {
    const further = [
      ...obliques.filter((c) => c > object && ['of', 'for', 'as', 'on', 'with', 'to'].includes(prepositionOf(tree, c))),
      ...xcomps,
      ...childrenBy(tree, verb, 'advcl').filter((c) => ['of', 'for', 'as', 'by'].includes(firstMark(tree, c))),
    ];
    const pronoun = tree.tokens[object]!.upos === 'PRON';
    if (pronoun && further.length === 0) return undefined;
    const range = coverOf(tree, [object, ...(entry.act === 'assert' ? [] : further)]);
    return range && { ranges: [range], ...(further[0] !== undefined && { clause: further[0] }) };
  }
  if (takes('prepositions')) {
    const about = obliques.find(
      (c) =>
        entry.prepositions.includes(prepositionOf(tree, c)) &&
        (entry.second === undefined || entry.second.includes(prepositionOf(tree, c))),
    );
    const gerund = childrenBy(tree, verb, 'advcl').find((c) => entry.prepositions.includes(firstMark(tree, c)));
    const head = about ?? gerund;
    if (head !== undefined && head > verb) {
      const range = coverOf(tree, [head]);
      return range && { ranges: [{ first: skipCase(tree, range, head), last: range.last }], clause: head };
    }
  }
  return undefined;
}

const firstMark = (tree: Tree, c: number) => {
  const mark = childBy(tree, c, 'mark', 'case');
  return mark === undefined ? '' : tree.tokens[mark]!.text.toLowerCase();
};

/** First token of a range without the prepositions of its head. */
function skipCase(tree: Tree, range: TokenRange, head: number): number {
  const cases = childrenBy(tree, head, 'case', 'mark').flatMap((c) => subtreeOf(tree, c));
  let first = range.first;
  while (cases.includes(first) && first < range.last) first++;
  return first;
}

/** The words of the reporting clause itself, where they stand in the middle of what was said ("A, he said, B"). */
function clauseOfCue(tree: Tree, verb: number, clause: number): TokenRange | undefined {
  const under = new Set(subtreeOf(tree, clause));
  const own = subtreeOf(tree, verb).filter((token) => !under.has(token) && token !== clause);
  const range = rangeOf(own.filter((token) => tree.tokens[token]!.upos !== 'PUNCT'));
  const whole = coverOf(tree, [clause]);
  return range && whole && range.first > whole.first && range.first < whole.last ? range : undefined;
}

/** "The town fell, officials said": the verb hangs on what was said. */
function readHost(tree: Tree, verb: number): { ranges: TokenRange[]; clause: number } | undefined {
  const token = tree.tokens[verb]!;
  if (relationOf(token) !== 'parataxis' || token.head < 0) return undefined;
  if (childBy(tree, verb, 'ccomp', 'obj', 'xcomp') !== undefined) return undefined;
  const whole = coverOf(tree, [token.head]);
  const own = coverOf(tree, [verb]);
  if (!whole || !own) return undefined;
  const ranges = cutOut(whole, own);
  return ranges.length > 0 ? { ranges, clause: token.head } : undefined;
}

/**
 * "…, the agency reported." and "…, said the minister.": a report that closes its sentence, whatever the tree makes of it.
 * In: a verb with a subject beside it and nothing said after it. What stands before the comma was said.
 */
function readTail(tree: Tree, verb: number, speaker: number): TokenRange[] | undefined {
  const sentence = tree.sentences[tree.tokens[verb]!.sentence]!;
  const phrase = coverOf(tree, [speaker]);
  if (!phrase || phrase.last >= sentence.endToken) return undefined;
  const start = Math.min(verb, speaker < verb ? phrase.first : verb);
  const comma = start - 1;
  if (comma <= sentence.firstToken || !/^[,”"’'—–-]$/.test(tree.tokens[comma]!.text)) return undefined;
  const end = Math.max(verb, speaker > verb ? phrase.last : verb);
  // After the report only when, where and to whom may follow.
  if (tree.tokens.slice(end + 1, sentence.endToken).some((token) => token.upos === 'VERB' && token.xpos !== 'VBG')) return undefined;
  if (sentence.endToken - end > 16 || comma - sentence.firstToken < 3) return undefined;
  const before = tree.tokens.slice(sentence.firstToken, comma);
  return before.some((token) => token.upos === 'VERB' || token.upos === 'AUX')
    ? [{ first: sentence.firstToken, last: comma - 1 }]
    : undefined;
}

/** "an attack claimed by the group": what the participle says is said of the noun it hangs on. */
function readPassive(tree: Tree, verb: number, entry: CueEntry): { speaker: number; ranges: TokenRange[] } | undefined {
  if (!isPassiveVerb(tree, verb)) return undefined;
  const by = childrenBy(tree, verb, 'obl').find((c) => prepositionOf(tree, c) === 'by');
  const token = tree.tokens[verb]!;
  const patient = childBy(tree, verb, 'nsubj:pass') ?? (relationOf(token) === 'acl' && token.head >= 0 ? token.head : undefined);
  if (
    by === undefined ||
    patient === undefined ||
    !['object', 'responsibility', 'clause'].some((frame) => entry.takes.includes(frame as never))
  )
    return undefined;
  const own = coverOf(tree, [verb]);
  const whole = coverOf(tree, [patient]);
  if (!whole) return undefined;
  const rest = own && own.first > whole.first && own.first <= whole.last ? { first: whole.first, last: own.first - 1 } : whole;
  return { speaker: by, ranges: [rest] };
}

function readVerbCue(tree: Tree, verb: number): Cue | undefined {
  const entries = cueEntries(tree.tokens[verb]!.lemma);
  if (entries.length === 0 || !isUttered(tree, verb)) return undefined;
  let quoteOnly: Cue | undefined;
  for (const entry of entries) {
    const second = entry.second === undefined ? undefined : findSecond(tree, verb, entry.second);
    if (entry.second !== undefined && second === undefined) continue;
    const words = second !== undefined && second - verb < 4 && second > verb ? { first: verb, last: second } : { first: verb, last: verb };
    const passive = readPassive(tree, verb, entry);
    const object = childBy(tree, verb, 'obj', 'iobj');
    const addressee = entry.lemma === 'tell' ? object : childrenBy(tree, verb, 'obl').find((c) => prepositionOf(tree, c) === 'to');
    const cue = { token: verb, words, entry, addressee };
    if (passive) return { ...cue, speaker: passive.speaker, content: passive.ranges, clause: undefined };
    if (isPassiveVerb(tree, verb)) continue;
    const speaker = subjectOf(tree, verb);
    const tail =
      entry.takes.includes('clause') && speaker !== undefined && childBy(tree, verb, 'ccomp', 'xcomp') === undefined
        ? readTail(tree, verb, speaker)
        : undefined;
    const found =
      readContent(tree, verb, entry) ??
      (entry.takes.includes('clause') ? readHost(tree, verb) : undefined) ??
      (tail && { ranges: tail, clause: undefined });
    if (found) return { ...cue, speaker, content: found.ranges, clause: found.clause };
    if (entry.takes.includes('quote')) quoteOnly ??= { ...cue, speaker, content: [], clause: undefined };
  }
  return quoteOnly;
}

/** "according to the police": the phrase is the preposition of who speaks; what it hangs on was said. */
function readPhraseCue(tree: Tree, at: number): Cue | undefined {
  const lower = (i: number) => tree.tokens[i]?.text.toLowerCase();
  const phrase = REPORTING_PHRASES.find(({ words }) => words.every((word, n) => lower(at + n) === word));
  if (!phrase) return undefined;
  const last = at + phrase.words.length - 1;
  let speaker = tree.tokens[at]!.head;
  if (speaker <= last)
    speaker = tree.tokens.findIndex(
      (token, i) =>
        i > last && i < last + 8 && token.sentence === tree.tokens[at]!.sentence && ['NOUN', 'PROPN', 'PRON'].includes(token.upos),
    );
  if (speaker < 0) return undefined;
  let clause = tree.tokens[speaker]!.head;
  for (
    let n = 0;
    n < 8 &&
    clause >= 0 &&
    !isVerbal(tree.tokens[clause]!) &&
    childBy(tree, clause, 'nsubj') === undefined &&
    tree.tokens[clause]!.head >= 0;
    n++
  )
    clause = tree.tokens[clause]!.head;
  const own = coverOf(tree, [speaker]);
  const whole = clause >= 0 ? coverOf(tree, [clause]) : undefined;
  if (!own || !whole) return undefined;
  const said = { first: Math.min(own.first, at), last: own.last };
  return {
    token: last,
    words: { first: at, last },
    entry: { lemma: phrase.words.join(' '), act: phrase.act, takes: ['clause', 'quote'] },
    speaker,
    addressee: undefined,
    content: cutOut(whole, said),
    clause,
  };
}

/** All cues of the article, in text order. */
export function findCues(tree: Tree): Cue[] {
  const cues: Cue[] = [];
  for (let i = 0; i < tree.tokens.length; i++) {
    const token = tree.tokens[i]!;
    const cue = token.upos === 'VERB' ? (readVerbCue(tree, i) ?? undefined) : undefined;
    const found = cue ?? readPhraseCue(tree, i);
    if (found) cues.push(found);
  }
  return cues;
}

/** Whether a word only opens a clause and is no part of what was said. */
export const isSubordinator = (text: string): boolean => SUBORDINATORS.has(text.toLowerCase());
