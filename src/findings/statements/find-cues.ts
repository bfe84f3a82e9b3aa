/**
 * The tree in, the cues of speech out: the reporting verb or phrase, the token that speaks, and the token ranges of what was said,
 * as grammar gives them. Quotation marks are not looked at here (attach-quotes.ts), nor what kind of act it is (decide-act.ts).
 */
import { subjectOf } from '../grammar/arguments.ts';
import { childBy, childrenBy, prepositionOf, relationOf, type Tree } from '../grammar/tree.ts';
import { aroundPhrase, aroundReport, findBeginning, findEnding, joinsOn } from './clause-said.ts';
import { type CueEntry, cueEntriesOf, isMedia, REPORTING_PHRASES } from './cue-lexicon.ts';
import { findPhraseEnd, findReport } from './find-report.ts';
import { readNounCue } from './noun-cues.ts';
import { findAccused, findOrder, findPhrase } from './phrase-said.ts';
import { coverOf, readContent, type TokenRange } from './read-frames.ts';
import { isFiniteVerb, phraseAt, type Reading } from './reading.ts';

export type { TokenRange } from './read-frames.ts';

export interface Cue {
  /** the verb, or the last word of a reporting phrase */
  readonly token: number;
  /** first and last word of the cue itself */
  readonly words: TokenRange;
  readonly entry: Pick<CueEntry, 'act' | 'lemma' | 'takes' | 'onlySpeakers'>;
  /** token of who speaks; undefined where grammar names nobody */
  readonly speaker: number | undefined;
  /** several who speak, as one phrase */
  readonly speakers?: TokenRange;
  /** token of the outlet that quotes them */
  readonly quoter?: number;
  /** token of the statement, report, video that speaks for them */
  readonly paper?: number;
  /** who is spoken to */
  readonly addressee: number | undefined;
  /** what was said, in text order; empty where only a quotation can be it */
  readonly content: readonly TokenRange[];
  /** head token of the content's clause, where there is one */
  readonly clause: number | undefined;
  /** set off by commas with its speaker beside it */
  readonly reports?: boolean;
}

const NOT_SAID = new Set(['refuse', 'decline', 'fail', 'want', 'try', 'able', 'hesitate', 'avoid', 'stop', 'like', 'need', 'have']);
const UNREAL = new Set(['would', 'could', 'might', 'may', 'should', 'can', 'must']);
const SUBORDINATORS = new Set(['that', 'whether', 'if']);

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
  if (tree.tokens[verb + 1]?.text.toLowerCase() === word && ['ADV', 'ADP'].includes(tree.tokens[verb + 1]!.upos) && !second.includes(' '))
    return verb + 1;
  for (const c of tree.children[verb] ?? []) {
    const child = tree.tokens[c]!;
    const relation = relationOf(child);
    if (relation === 'obl' && prepositionOf(tree, c) === second) return childBy(tree, c, 'case') ?? c;
    if ((child.deprel === 'compound:prt' || relation === 'advmod') && child.text.toLowerCase() === word) return c;
    if (relation === 'obj' && child.lemma === word) return c;
  }
  return undefined;
}

/** "an attack claimed by the group": what the participle says is said of the noun it hangs on. */
function readPassive(tree: Tree, verb: number, entry: CueEntry): { speaker: number; ranges: TokenRange[] } | undefined {
  if (!isPassiveCue(tree, verb)) return undefined;
  const by = childrenBy(tree, verb, 'obl').find((c) => prepositionOf(tree, c) === 'by');
  const token = tree.tokens[verb]!;
  const patient = childBy(tree, verb, 'nsubj:pass') ?? (relationOf(token) === 'acl' && token.head >= 0 ? token.head : undefined);
  if (
    by === undefined ||
    patient === undefined ||
    tree.tokens[verb - 1]?.text.toLowerCase() === 'as' ||
    !['object', 'responsibility'].some((frame) => entry.takes.includes(frame as never))
  )
    return undefined;
  const own = coverOf(tree, [verb]);
  const whole = coverOf(tree, [patient]);
  if (!whole) return undefined;
  const rest = own && own.first > whole.first && own.first <= whole.last ? { first: whole.first, last: own.first - 1 } : whole;
  return { speaker: by, ranges: [rest] };
}

/** What a clause cue reports by the order of words: after itself, or before and around a report set off by commas. */
function readOrder(reading: Reading, verb: number, entry: CueEntry): Ordered | undefined {
  const { tree } = reading;
  if (!mayReport(tree, verb)) return undefined;
  const report = findReport(reading, verb);
  const around = report ? aroundReport(reading, verb, report) : [];
  const beginning = findBeginning(reading, verb, entry.lemma);
  if (beginning && (beginning.marked || (around.length === 0 && entry.takes.includes('clause')))) {
    const clause = childrenBy(tree, verb, 'ccomp').find((c) => c >= beginning.at);
    const last = findEnding(reading, verb, beginning.at, clause === undefined ? undefined : coverOf(tree, [clause])?.last);
    return { ranges: [{ first: beginning.at, last }], clause, addressee: beginning.addressee };
  }
  return report && { ranges: around, speaker: report.speaker, addressee: report.addressee, within: report, clause: hostOf(tree, verb) };
}

/** A finite verb, one with "has" or "had", or a participle that goes on with a report (", adding …", "a statement saying …"). */
function mayReport(tree: Tree, verb: number): boolean {
  const { xpos, deprel } = tree.tokens[verb]!;
  const before = tree.tokens[verb - 1];
  if (deprel === 'amod' || before?.text === '-') return false;
  if (xpos === 'VBN')
    return (
      childrenBy(tree, verb, 'aux').some((c) => tree.tokens[c]!.lemma === 'have') ||
      /^(has|have|had|['’](s|ve|d))$/.test(before?.text ?? '')
    );
  if (xpos === 'VBG')
    return (
      before !== undefined &&
      (before.upos === 'PUNCT' ||
        ['NOUN', 'PROPN', 'ADV', 'AUX'].includes(before.upos) ||
        ['while', 'by', 'and', 'as', 'without', 'before'].includes(before.text.toLowerCase()))
    );
  return true;
}

interface Ordered {
  readonly ranges: readonly TokenRange[];
  readonly clause?: number | undefined;
  readonly addressee?: number | undefined;
  readonly speaker?: number;
  /** words of the report: who speaks is among them */
  readonly within?: TokenRange;
}

/** "The town fell, officials said": the verb hangs on what was said, or holds it before itself. */
function hostOf(tree: Tree, verb: number): number | undefined {
  const token = tree.tokens[verb]!;
  return (
    childrenBy(tree, verb, 'ccomp').find((c) => c < verb) ?? (relationOf(token) === 'parataxis' && token.head >= 0 ? token.head : undefined)
  );
}

/** "The army and two allied groups say": all who speak, where the words before the cue are nothing but them. */
function readSeveral({ tree }: Reading, verb: number): TokenRange | undefined {
  let last = verb - 1;
  while (['ADV', 'AUX'].includes(tree.tokens[last]?.upos ?? '')) last--;
  let first = last + 1;
  while (
    first > 0 &&
    tree.tokens[first - 1]!.sentence === tree.tokens[verb]!.sentence &&
    (['NOUN', 'PROPN', 'PRON', 'ADJ', 'DET', 'NUM', 'CCONJ', 'ADP', 'PART'].includes(tree.tokens[first - 1]!.upos) ||
      tree.tokens[first - 1]!.text === '-')
  )
    first--;
  while (first <= last && ['CCONJ', 'ADV'].includes(tree.tokens[first]!.upos)) first++;
  const words = tree.tokens.slice(first, last + 1);
  const joined = words.some(({ text }, n) => text === 'and' && n > 0 && ['NOUN', 'PROPN', 'PRON'].includes(words[n - 1]!.upos));
  const before = tree.tokens[first - 1];
  const opens = !before || before.sentence !== tree.tokens[verb]!.sentence || before.upos === 'PUNCT';
  return joined && opens && words.length <= 16 && words[0]!.upos !== 'ADP' ? { first, last } : undefined;
}

/** "…, a nurse, who said": the noun before the relative pronoun, where the tree lost it. */
function antecedentOf(tree: Tree, verb: number): number | undefined {
  let i = verb - 1;
  while (['ADV', 'AUX'].includes(tree.tokens[i]?.upos ?? '')) i--;
  if (tree.tokens[i]?.text.toLowerCase() !== 'who') return undefined;
  if (tree.tokens[i - 1]?.text === ',') i--;
  const noun = i - 1;
  const found = subjectOf(tree, verb);
  const near = found !== undefined && found <= noun && noun - found < 8;
  return !near && ['NOUN', 'PROPN'].includes(tree.tokens[noun]?.upos ?? '') ? noun : undefined;
}

/** "accused of threatening", "worth noting": a gerund that only names the speaking. */
const isOnlyNamed = (tree: Tree, verb: number) =>
  tree.tokens[verb]!.xpos === 'VBG' &&
  ['of', 'from', 'for', 'against', 'worth', 'about', 'than', 'instead'].includes(tree.tokens[verb - 1]?.text.toLowerCase() ?? '');

/** "was asked", "the plan announced by …", "when asked": its subject does not speak. Tags decide, for the tree often takes "called" for one. */
function isPassiveCue(tree: Tree, verb: number): boolean {
  const token = tree.tokens[verb]!;
  let before = verb - 1;
  while (tree.tokens[before]?.upos === 'ADV') before--;
  const auxiliary = tree.tokens[before];
  if (auxiliary && ['be', 'get'].includes(auxiliary.lemma) && ['AUX', 'VERB'].includes(auxiliary.upos) && token.xpos !== 'VBG') return true;
  if (token.xpos !== 'VBN' || auxiliary?.lemma === 'have') return false;
  return ['acl', 'amod', 'advcl', 'xcomp'].includes(relationOf(token)) && childBy(tree, verb, 'nsubj') === undefined;
}

/** The phrase after a cue that takes one, by the order of words; the tree says what its head is. */
function readPhrase(reading: Reading, verb: number, entry: CueEntry, second: number | undefined): Content | undefined {
  const { tree } = reading;
  const after = second !== undefined && second > verb && second - verb < 4 ? second : verb;
  const within = (range: TokenRange | undefined, head: number | undefined): Content | undefined =>
    range && { ranges: [range], ...(head !== undefined && head >= range.first && head <= range.last && { clause: head }) };
  if (entry.takes.includes('infinitive')) {
    const range = findPhrase(reading, after, 'to');
    if (range) return within(range, range.first + 1);
  }
  if (entry.takes.includes('prepositions')) {
    const range =
      entry.second !== undefined && entry.prepositions.includes(entry.second)
        ? findPhrase(reading, after, 'noun')
        : findPhrase(reading, after, entry.prepositions);
    if (range) return within(range, undefined);
  }
  if (entry.takes.includes('object')) {
    const object = childrenBy(tree, verb, 'obj').find((c) => c > verb);
    const content = readContent(tree, verb, { ...entry, takes: ['object'] });
    const range = object === undefined || !content ? undefined : findPhrase(reading, verb, 'noun');
    if (range && content?.ranges[0] && range.first <= content.ranges[0].first) return within(range, content.clause);
  }
  return undefined;
}

type Content = { readonly ranges: readonly TokenRange[]; readonly clause?: number };

/** "quotes residents as saying", "was quoted as saying": who is quoted, and by whom. */
function readQuoted(tree: Tree, saying: number): { speaker: number; quoter?: number } | undefined {
  if (tree.tokens[saying]!.xpos !== 'VBG' || tree.tokens[saying - 1]?.text !== 'as') return undefined;
  for (let verb = saying - 2; verb >= 0 && saying - verb < 14 && tree.tokens[verb]!.sentence === tree.tokens[saying]!.sentence; verb--) {
    if (!['quote', 'cite'].includes(tree.tokens[verb]!.lemma)) continue;
    const subject = subjectOf(tree, verb);
    if (verb < saying - 2) return { speaker: childBy(tree, verb, 'obj') ?? saying - 2, ...(subject !== undefined && { quoter: subject }) };
    return subject === undefined ? undefined : { speaker: subject };
  }
  return undefined;
}

function readVerbCue(reading: Reading, verb: number): Cue | undefined {
  const { tree } = reading;
  const entries = cueEntriesOf(tree.tokens[verb]!);
  if (entries.length === 0 || !isUttered(tree, verb) || isOnlyNamed(tree, verb)) return undefined;
  const quotedBy = readQuoted(tree, verb);
  let quoteOnly: Cue | undefined;
  for (const entry of entries) {
    const second = entry.second === undefined ? undefined : findSecond(tree, verb, entry.second);
    if (entry.second !== undefined && second === undefined) continue;
    const words = second !== undefined && second - verb < 4 && second > verb ? { first: verb, last: second } : { first: verb, last: verb };
    const passive = readPassive(tree, verb, entry);
    const object = childBy(tree, verb, 'obj', 'iobj');
    const addressee = entry.lemma === 'tell' ? object : childrenBy(tree, verb, 'obl').find((c) => prepositionOf(tree, c) === 'to');
    const cue = { token: verb, words, entry, addressee, ...(quotedBy?.quoter !== undefined && { quoter: quotedBy.quoter }) };
    if (passive) return { ...cue, speaker: passive.speaker, content: passive.ranges, clause: undefined };
    if (isPassiveCue(tree, verb)) continue;
    const speaker = quotedBy?.speaker ?? antecedentOf(tree, verb) ?? subjectOf(tree, verb);
    const ordered = entry.takes.includes('clause') || entry.takes.includes('that') ? readOrder(reading, verb, entry) : undefined;
    if (ordered) {
      const beside = ordered.within;
      const within = beside === undefined || (speaker !== undefined && speaker >= beside.first && speaker <= beside.last);
      const several = readSeveral(reading, verb);
      return {
        ...cue,
        ...(several && { speakers: several }),
        addressee: ordered.addressee ?? addressee,
        speaker: within ? speaker : ordered.speaker,
        content: ordered.ranges,
        reports: ordered.speaker !== undefined,
        clause: ordered.clause,
      };
    }
    const asked = entry.takes.includes('order') ? findOrder(reading, verb) : undefined;
    if (asked) return { ...cue, speaker, content: [asked], clause: asked.verb };
    const accused = entry.act === 'accuse' ? findAccused(reading, verb) : undefined;
    if (accused) return { ...cue, speaker, content: [accused], clause: undefined };
    const found = readPhrase(reading, verb, entry, second) ?? readContent(tree, verb, entry);
    if (found) return { ...cue, speaker, content: found.ranges, clause: found.clause };
    if (entry.takes.includes('quote')) quoteOnly ??= { ...cue, speaker, content: [], clause: undefined };
  }
  return quoteOnly;
}

/** "according to the police": the phrase is the preposition of who speaks; the rest of the sentence was said. */
function readPhraseCue(reading: Reading, at: number): Cue | undefined {
  const { tree } = reading;
  const lower = (i: number) => tree.tokens[i]?.text.toLowerCase();
  const phrase = REPORTING_PHRASES.find(({ words }) => words.every((word, n) => lower(at + n) === word));
  if (!phrase) return undefined;
  const last = at + phrase.words.length - 1;
  const ends = findPhraseEnd(reading, last + 1);
  const phraseAfter = phraseAt(reading, last + 1, ends);
  const named = phraseAfter && ['NOUN', 'PROPN', 'PRON'].includes(tree.tokens[phraseAfter.last]!.upos) ? phraseAfter : undefined;
  const head = tree.tokens[at]!.head;
  const speaker =
    named && head >= named.first && head <= named.last
      ? head
      : (named?.last ?? tree.tokens.findIndex((token, i) => i > last && i < ends && ['NOUN', 'PROPN', 'PRON'].includes(token.upos)));
  if (speaker < 0) return undefined;
  return {
    token: last,
    words: { first: at, last },
    entry: { lemma: phrase.words.join(' '), act: phrase.act, takes: ['clause', 'quote'] },
    speaker,
    ...(named && tree.tokens.slice(named.first, named.last).some(({ upos }) => upos === 'CCONJ') && { speakers: named }),
    addressee: undefined,
    content: aroundPhrase(reading, at, ends),
    clause: undefined,
  };
}

/** A verb; or "…, Bloomberg reports", taken for a noun by the tagger. */
const mayBeVerb = (tree: Tree, i: number) =>
  tree.tokens[i]!.upos === 'VERB' ||
  (tree.tokens[i]!.upos === 'NOUN' && tree.tokens[i]!.deprel === 'parataxis' && isMedia(tree.tokens[i - 1]?.text ?? ''));

/** All cues of the article, in text order. One that goes on with another ("… and warned", "…, adding") has its speaker. */
export function findCues(reading: Reading): Cue[] {
  const { tree, quoted } = reading;
  const cues: Cue[] = [];
  for (let i = 0; i < tree.tokens.length; i++) {
    const found = (mayBeVerb(tree, i) ? readVerbCue(reading, i) : readNounCue(reading, i)) ?? readPhraseCue(reading, i);
    if (!found) continue;
    const before = cues.findLast(
      ({ token }) =>
        tree.tokens[token]!.upos === 'VERB' && tree.tokens[token]!.sentence === tree.tokens[i]!.sentence && quoted[token] === quoted[i],
    );
    cues.push(
      before?.speaker !== undefined && found.token === i && !found.reports && sharesSpeaker(reading, before.token, i)
        ? { ...found, speaker: before.speaker }
        : found,
    );
  }
  return cues;
}

function sharesSpeaker(reading: Reading, before: number, cue: number): boolean {
  const { tree } = reading;
  if (!joinsOn(reading, cue) || childrenBy(tree, cue, 'nsubj').some((c) => c > before && c < cue && cue - c < 4)) return false;
  const own = tree.tokens[cue]!.xpos === 'VBG' ? subjectOf(tree, cue) : undefined;
  if (own !== undefined && own > before && own < cue && tree.tokens.slice(own, cue).some(isFiniteVerb)) return false;
  return tree.tokens[cue]!.xpos === 'VBG' || tree.tokens[cue]!.xpos === tree.tokens[before]!.xpos;
}

/** Whether a word only opens a clause and is no part of what was said. */
export const isSubordinator = (text: string): boolean => SUBORDINATORS.has(text.toLowerCase());
