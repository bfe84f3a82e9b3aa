/**
 * An analysed article in, its statements out: speaker, cue, act, channel, via, and the spans of what was said.
 * One statement for each speaker and cue; a quotation that its cue breaks in two is one statement with two spans.
 */
import type { AnalysedArticle, Span, Statement } from '../../vocabulary.ts';
import { nounPhrase, spanOf, type Tree } from '../grammar/tree.ts';
import { classesOfLemma, type NameIndex } from '../word-classes.ts';
import { attachQuotes, type Utterance } from './attach-quotes.ts';
import { CHANNEL_NOUNS, isAuthority, isGroupNoun, isMedia } from './cue-lexicon.ts';
import { decideAct, type Said } from './decide-act.ts';
import { type Cue, findCues, isSubordinator, type TokenRange } from './find-cues.ts';
import { findIssuer, findPapers, readChannel } from './read-channel.ts';
import { findSpeakerBeside, isUnlikelySpeaker, readSpeaker, type Speaker } from './read-speaker.ts';
import { indexReading, type Reading } from './reading.ts';

/** A statement with what the events need to know of it: where in the tree it stands. */
export interface FoundStatement {
  readonly statement: Statement;
  readonly ranges: readonly TokenRange[];
  /** token of the cue; undefined for a quotation without one */
  readonly cueToken: number | undefined;
  /** undefined for a pronoun that nobody could follow */
  readonly speaker: Speaker | undefined;
  /** what its act was decided on */
  readonly said: Said;
}

interface Draft {
  readonly cue: Cue | undefined;
  speaker: Speaker | undefined;
  ranges: TokenRange[];
  /** spans of whole quotations, marks left out; empty for what is told in the reporter's words */
  quoted: Span[];
  /** quotations without a cue that go on with what is told in the reporter's words */
  further: Span[];
}

const CLOSING = /^["”’'»)\]]+$/u;

/** Cuts "that", punctuation and marks off both ends of a range of tokens. */
function trimRange(tree: Tree, { first, last }: TokenRange): TokenRange | undefined {
  const isEdge = (i: number) => tree.tokens[i]!.upos === 'PUNCT' || CLOSING.test(tree.tokens[i]!.text);
  while (first <= last && (isEdge(first) || isSubordinator(tree.tokens[first]!.text))) {
    if (isOpening(tree, first) && hasClosing(tree, first, last)) break;
    first++;
  }
  while (last >= first && isEdge(last) && !(CLOSING.test(tree.tokens[last]!.text) && opensBefore(tree, first, last))) last--;
  // A conjunction or adverb left alone beside the cue is nothing that was said.
  return last < first || (last === first && !['VERB', 'NOUN', 'PROPN', 'ADJ', 'NUM', 'INTJ'].includes(tree.tokens[first]!.upos))
    ? undefined
    : { first, last };
}

const isOpening = (tree: Tree, i: number) => /^["“‘'«]$/u.test(tree.tokens[i]!.text);
const hasClosing = (tree: Tree, first: number, last: number) =>
  tree.tokens.slice(first + 1, last + 1).some(({ text }) => /^["”’'»]$/u.test(text));
const opensBefore = (tree: Tree, first: number, last: number) => tree.tokens.slice(first, last).some(({ text }) => /^["“‘'«]$/u.test(text));

const lengthOf = ({ first, last }: TokenRange) => last - first + 1;
const overlaps = (one: TokenRange, other: TokenRange) => one.first <= other.last && other.first <= one.last;

/** How much of the ranges lies inside the utterance, in tokens. */
const shareInside = (ranges: readonly TokenRange[], utterances: readonly Utterance[]): number => {
  const all = ranges.reduce((sum, range) => sum + lengthOf(range), 0);
  const inside = ranges.reduce(
    (sum, range) =>
      sum + utterances.reduce((n, { first, last }) => n + Math.max(0, Math.min(range.last, last) - Math.max(range.first, first) + 1), 0),
    0,
  );
  return all === 0 ? 0 : inside / all;
};

/** Drafts of all cues with what they say, quotations attached. */
function draftStatements(tree: Tree, cues: readonly Cue[], utterances: readonly Utterance[]): Draft[] {
  const drafts: Draft[] = [];
  const ofCue = new Map<Cue, Utterance[]>();
  for (const utterance of utterances) if (utterance.cue) ofCue.set(utterance.cue, [...(ofCue.get(utterance.cue) ?? []), utterance]);
  const draftOf = new Map<Utterance, Draft>();
  for (const cue of cues) {
    const own = ofCue.get(cue) ?? [];
    const ranges = cue.content.flatMap((range) => trimRange(tree, range) ?? []);
    const clausal =
      ranges.length > 0 &&
      (own.length === 0 ||
        (shareInside(ranges, own) < 0.6 && !own.some((utterance) => ranges.some((range) => overlaps(range, utterance)))));
    if (own.length > 0 && !clausal) {
      const draft: Draft = {
        cue,
        speaker: undefined,
        ranges: own.map(({ first, last }) => ({ first, last })),
        quoted: own.map(({ quotation }) => spanOfQuotation(quotation)),
        further: [],
      };
      drafts.push(draft);
      for (const utterance of own) draftOf.set(utterance, draft);
    } else if (ranges.length > 0)
      drafts.push({ cue, speaker: undefined, ranges: withWholeQuotation(tree, ranges), quoted: [], further: [] });
  }
  let last: Draft | undefined;
  for (const utterance of utterances) {
    const known = draftOf.get(utterance);
    if (known) last = known;
    else if (utterance.cue !== undefined) continue;
    else if (utterance.goesOn && last) {
      last.ranges.push({ first: utterance.first, last: utterance.last });
      last.quoted.push(spanOfQuotation(utterance.quotation));
    } else {
      const told = tellsBefore(tree, drafts, utterance);
      told?.further.push(spanOfQuotation(utterance.quotation));
      last = undefined;
    }
  }
  return drafts.sort((a, b) => (a.ranges[0]?.first ?? 0) - (b.ranges[0]?.first ?? 0));
}

/** A range that ends inside a quotation ends with it: "says 'schools will close. The state will pay'". */
function withWholeQuotation(tree: Tree, ranges: TokenRange[]): TokenRange[] {
  const last = ranges.at(-1);
  const from = ranges[0] && tree.tokens[ranges[0].first]!.start;
  const end = last && tree.tokens[last.last]!.end;
  if (!last || from === undefined || end === undefined) return ranges;
  const quotation = tree.analysed.quotations.find(({ start, end: close }) => from - 2 <= start && start < end && end < close);
  if (!quotation) return ranges;
  let to = last.last;
  while (to + 1 < tree.tokens.length && tree.tokens[to + 1]!.end <= quotation.end) to++;
  return [...ranges.slice(0, -1), { first: last.first, last: to }];
}

/** The statement in the reporter's words that a quotation without a cue goes on with: the last one, in the sentence before it. */
function tellsBefore(tree: Tree, drafts: readonly Draft[], { first }: Utterance): Draft | undefined {
  const sentence = tree.tokens[first]!.sentence;
  const before = drafts
    .filter(({ ranges, quoted }) => quoted.length === 0 && tree.tokens[ranges[0]?.first ?? 0]!.sentence === sentence - 1)
    .at(-1);
  const here = tree.sentences[sentence]!;
  const opens = tree.tokens[first]!.start - here.start <= 2;
  return before && opens && here.paragraph - tree.sentences[sentence - 1]!.paragraph <= 1 ? before : undefined;
}

const spanOfQuotation = ({ text, start }: Span): Span => {
  const before = text.length - text.trimStart().length;
  const trimmed = text.trim();
  return { text: trimmed, start: start + before, end: start + before + trimmed.length };
};

/** Speaker of each draft: by grammar, else (a pronoun nobody could follow) whoever spoke last close by. A paper speaks for who issued it. */
function nameSpeakers({ tree, names, quoted }: Reading, drafts: readonly Draft[]): void {
  let last: { speaker: Speaker; sentence: number } | undefined;
  const issuers = new Map<string, Speaker>();
  for (const draft of drafts) {
    const { cue } = draft;
    const head = cue?.speaker;
    if (!cue || head === undefined) continue;
    const { sentence } = tree.tokens[cue.token]!;
    const token = tree.tokens[head]!;
    const read =
      (CHANNEL_NOUNS.has(token.lemma.toLowerCase()) ? issuers.get(token.lemma.toLowerCase()) : undefined) ??
      readSpeaker(tree, names, head, cue);
    if (read?.entity === undefined && last && sentence - last.sentence <= 14 && isAgain(tree, head, last.speaker))
      draft.speaker = last.speaker;
    else if (read) draft.speaker = read;
    else {
      const subject = subjectBefore(tree, names, head);
      const near = subject === undefined ? undefined : readSpeaker(tree, names, subject);
      if (near) draft.speaker = near;
      else if (last && sentence - last.sentence <= 4 && mayStandFor(tree, token.text, last.speaker)) draft.speaker = last.speaker;
    }
    if (!draft.speaker) continue;
    // Who is quoted within a quotation does not take the floor.
    if (!quoted[cue.token]) last = { speaker: draft.speaker, sentence };
    for (const paper of findPapers(tree, cue)) issuers.set(paper, draft.speaker);
  }
}

const OUTLETS: ReadonlySet<string> = new Set(['outlet', 'newspaper', 'paper', 'broadcaster', 'network', 'magazine', 'agency']);

/** "The group", "the official": a bare noun that takes up who spoke last. */
function isAgain(tree: Tree, head: number, { name, entity }: Speaker): boolean {
  const token = tree.tokens[head]!;
  const lemma = token.lemma.toLowerCase();
  const phrase = nounPhrase(tree, head);
  const words = tree.tokens.slice(phrase.first, phrase.last + 1).map(({ text }) => text.toLowerCase());
  const noun = words.slice(1, -1).join('') + lemma;
  if (token.upos !== 'NOUN' || !['the', 'this'].includes(words[0]!) || (words.length > 2 && !words.includes('-'))) return false;
  const kind = entity === undefined ? undefined : tree.analysed.entities[entity]?.kind;
  if (OUTLETS.has(noun)) return isMedia(name);
  if (isGroupNoun(noun)) return kind === 'organisation' || kind === 'armed-group';
  return (
    kind === undefined &&
    (name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .includes(lemma) ||
      lemma === 'source')
  );
}

/** "The protesters came out to be heard, they said": the nearest subject of the sentence that the pronoun agrees with. */
function subjectBefore(tree: Tree, names: NameIndex, pronoun: number): number | undefined {
  const word = tree.tokens[pronoun]!.text.toLowerCase();
  const { firstToken } = tree.sentences[tree.tokens[pronoun]!.sentence]!;
  for (let i = pronoun - 1; i >= firstToken; i--) {
    const token = tree.tokens[i]!;
    if (!token.deprel.startsWith('nsubj') || !['NOUN', 'PROPN'].includes(token.upos)) continue;
    if (word === 'they' && ['NNS', 'NNPS'].includes(token.xpos ?? '')) return i;
    const kind = kindAt(tree, names, i);
    const body =
      kind === 'organisation' ||
      kind === 'armed-group' ||
      kind === 'place' ||
      isAuthority(token.lemma) ||
      isGroupNoun(token.lemma.toLowerCase());
    if (word === 'it' && token.xpos !== 'NNS' && body) return i;
  }
  return undefined;
}

function kindAt(tree: Tree, names: NameIndex, token: number): string | undefined {
  const mention = names.mentionAt[token];
  const found = mention === undefined ? undefined : tree.analysed.entityMentions[mention];
  return found && tree.analysed.entities[found.entity]?.kind;
}

/** Whether a pronoun may stand for a speaker, as far as one can tell persons from groups. */
function mayStandFor(tree: Tree, pronoun: string, { entity }: Speaker): boolean {
  const kind = entity === undefined ? undefined : tree.analysed.entities[entity]?.kind;
  switch (pronoun.toLowerCase()) {
    case 'he':
    case 'she':
    case 'his':
    case 'her':
      return kind === undefined || kind === 'person';
    case 'it':
    case 'they':
    case 'we':
    case 'its':
    case 'their':
      return kind !== 'person';
    default:
      return false;
  }
}

/** A paper speaks for whoever issued it; a subject that cannot speak gives way to the word beside the cue. */
function mendSpeaker(tree: Tree, names: NameIndex, cue: Cue): Cue {
  const plain = cue.entry.takes.includes('quote') && tree.tokens[cue.token]!.upos === 'VERB';
  const { speaker } = cue;
  if (speaker === undefined || isUnlikelySpeaker(tree, names, cue.token, speaker))
    return plain ? { ...cue, speaker: findSpeakerBeside(tree, names, cue.token) } : cue;
  const issuer = findIssuer(tree, speaker);
  return issuer === undefined ? cue : { ...cue, speaker: issuer, paper: speaker };
}

/**
 * Statements that stand inside another's content reach us through that one's speaker (`via`). Where the outer one says nothing but
 * that the inner one was made ("the army said, Reuters reports"), an outlet makes no statement of its own.
 */
function foldPassedOn(drafts: readonly Draft[]): Map<Draft, string> {
  const via = new Map<Draft, string>();
  for (const inner of drafts) {
    if (!inner.cue || !inner.speaker) continue;
    const cue = inner.cue.token;
    const holds = (draft: Draft) =>
      draft !== inner &&
      draft.cue !== undefined &&
      draft.speaker !== undefined &&
      draft.ranges.some(({ first, last }) => first <= cue && cue <= last);
    const outer = drafts.filter(holds).sort((a, b) => sizeOf(a) - sizeOf(b))[0];
    if (!outer?.speaker || outer.speaker.name === inner.speaker.name) continue;
    const share = sizeOf(inner) / sizeOf(outer);
    if (inner.cue.entry.onlySpeakers === 'authority') via.set(inner, '');
    else {
      via.set(inner, outer.speaker.name);
      if (share > 0.4 && outer.quoted.length === 0 && (isMedia(outer.speaker.name) || outer.cue?.clause === cue)) via.set(outer, '');
    }
  }
  return via;
}

const sizeOf = ({ ranges }: Draft) => ranges.reduce((sum, range) => sum + lengthOf(range), 0);

/** What events count as harm when somebody promises or claims it. */
export interface StatementContext {
  readonly names: NameIndex;
  readonly isHarm: (lemma: string) => boolean;
}

export function findStatements(tree: Tree, { names, isHarm }: StatementContext): FoundStatement[] {
  const { analysed } = tree;
  const reading = indexReading(tree, names);
  const cues = findCues(reading).map((cue) => mendSpeaker(tree, names, cue));
  const drafts = draftStatements(tree, cues, attachQuotes(tree, cues));
  nameSpeakers(reading, drafts);
  const via = foldPassedOn(drafts);
  const found: FoundStatement[] = [];
  for (const draft of drafts) {
    const { cue, speaker, ranges } = draft;
    if (!cue || via.get(draft) === '' || !mayState(tree, cue, speaker, reading.quoted[cue.token] === true)) continue;
    const content = contentOf(tree, draft);
    const [first, ...rest] = content;
    if (!first) continue;
    const direct = draft.quoted.length > 0 || draft.further.length > 0 || (!reading.quoted[cue.token] && isWhollyQuoted(analysed, content));
    const told = readChannel(tree, names, cue);
    const cueSpan = spanOf(tree, cue.words.first, cue.words.last);
    const said: Said = {
      act: cue.entry.act,
      cue: cue.entry.lemma,
      content: ranges,
      clause: draft.quoted.length > 0 ? undefined : cue.clause,
      direct,
      isSpeaker: (token) => namesSpeaker(tree, names, token, speaker, cue),
      isOwnSide: (token) => namesOwnSide(tree, names, token, speaker),
      isHarm,
    };
    found.push({
      statement: {
        id: `statement:s${found.length + 1}`,
        act: decideAct(tree, said),
        speaker: speaker?.name ?? null,
        ...(speaker && { speakerSpan: speaker.span }),
        cue: cueSpan.text,
        cueSpan,
        direct,
        channel: told.channel ?? null,
        via: told.via ?? via.get(draft) ?? null,
        content: [first, ...rest],
      },
      ranges,
      cueToken: cue.token,
      speaker,
      said,
    });
  }
  return found;
}

const PERSONAL = new Set(['he', 'she', 'they', 'it', 'we', 'i']);

const WILLED: ReadonlySet<string> = new Set(['armed', 'police', 'official', 'civilian', 'protester', 'prisoner']);
/** Those who can mean to do something: "the militia threatened", not "the storm threatened". */
const isWilled = (lemma: string) => isAuthority(lemma) || classesOfLemma(lemma.toLowerCase()).some((noun) => WILLED.has(noun));

/** Some verbs report only when somebody in a position to know is their subject. */
function mayState(tree: Tree, cue: Cue, speaker: Speaker | undefined, isQuoted: boolean): boolean {
  const head = tree.tokens[cue.speaker ?? -1];
  if (cue.entry.onlySpeakers === 'authority')
    return head !== undefined && (isAuthority(head.lemma) || (speaker !== undefined && isMedia(speaker.name)));
  // In a quotation "we call for …" is what the quoted speaker says anyway.
  if (head && ['i', 'we'].includes(head.text.toLowerCase()) && isQuoted && tree.tokens[cue.token]!.xpos !== 'VBD') return false;
  if (!speaker) return head?.upos === 'PRON' && PERSONAL.has(head.text.toLowerCase());
  if (cue.entry.onlySpeakers === 'willed')
    return head === undefined || head.upos === 'PROPN' || speaker?.entity !== undefined || isWilled(head.lemma);
  return true;
}

function contentOf(tree: Tree, { quoted, ranges, further }: Draft): Span[] {
  if (quoted.length > 0) return quoted.filter(({ text }) => text !== '');
  return [...ranges.map(({ first, last }) => spanOf(tree, first, last)), ...further];
}

const isWhollyQuoted = (analysed: AnalysedArticle, content: readonly Span[]) =>
  content.every(({ start, end }) =>
    analysed.quotations.some(
      (quotation) => quotation.start - 1 <= start && end <= quotation.end + 1 && quotation.end - quotation.start > (end - start) * 0.8,
    ),
  );

/** "Israel said it would …": a pronoun in the content that can only be the speaker, or the same name again. */
function namesSpeaker(tree: Tree, names: NameIndex, token: number, speaker: Speaker | undefined, cue: Cue): boolean {
  const word = tree.tokens[token]!;
  const mention = names.mentionAt[token];
  if (mention !== undefined && speaker?.entity !== undefined) {
    const entity = tree.analysed.entityMentions[mention]?.entity;
    if (entity === speaker.entity) return true;
  }
  return word.upos === 'PRON' && ['he', 'she', 'it', 'they', 'I', 'we'].includes(word.lemma) && cue.token < token;
}

/** "Britain" for its prime minister, "the government" for a minister: who the speaker speaks for. */
function namesOwnSide(tree: Tree, names: NameIndex, token: number, speaker: Speaker | undefined): boolean {
  if (!speaker) return false;
  const { analysed } = tree;
  const entity = speaker.entity === undefined ? undefined : analysed.entities[speaker.entity];
  const titles = [
    speaker.span,
    ...(entity?.description ? [entity.description] : []),
    ...(entity?.mentions.slice(0, 3).map((m) => analysed.entityMentions[m]!) ?? []),
  ];
  const country = names.placeAt[token]?.country;
  if (country)
    return analysed.places.some(
      (place) => place.country === country && titles.some(({ start, end }) => start - 40 <= place.start && place.end <= end),
    );
  const word = tree.tokens[token]!.text;
  return tree.tokens[token]!.upos === 'PROPN' && word.length > 2 && titles.some(({ text }) => text.includes(word));
}
