/**
 * Running text in, word borders out, after the convention of UD English-EWT and GUM: clitics and most hyphenated compounds are cut,
 * web addresses, numbers, dotted abbreviations, ellipses and faces stay whole. What is language-bound stands in lexicon/en/tokens.json.
 * Linear in the length of the text: every pattern that may fail after a long run is bounded.
 */

import words from '../../../lexicon/en/tokens.json' with { type: 'json' };

/** Half-open UTF-16 range of one token; parallel arrays, since a text of 1 MB has 200,000 of them. */
export interface TokenBorders {
  readonly starts: number[];
  readonly ends: number[];
}

const ABBREVIATIONS = new Set(words.abbreviations.flatMap((group) => group.words));
const BEFORE_NUMBER = new Set(words.beforeNumber.words);
const AFTER_INITIAL = new Set(words.afterInitial.words);
const KEPT_PREFIXES = new Set(words.keptPrefixes.words);
const CONTRACTIONS = new Map(Object.entries(words.contractions.words));
const CONTRACTIONS_BEFORE = new Map(Object.entries(words.contractionsBefore.words));
const NEXT_OF_CONTRACTION = new Set(words.contractionsBefore.next);
const NEVER_NEXT: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(words.contractionsBefore.never));
const APOSTROPHE_WORDS = new Set(words.apostropheWords.words);
const SLASH_WORDS = new Set(words.slashWords.words);
const CLITICS = words.clitics.map(({ after, clitic }) => ({ clitic, after: after === '' ? null : new Set(after.split('|')) }));
const EMOTICONS = new Set(words.emoticons.words);
const EMOTICON_LENGTH = Math.max(...words.emoticons.words.map((word) => word.length));

const escapePattern = (word: string) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const longestFirst = (list: readonly string[]) => [...list].sort((a, b) => b.length - a.length).map(escapePattern);

const SPACE = /[\s\u200b\u2060\ufeff]/;
const ADDRESS = /(?:https?|ftp):\/\/[^\s<>"“”«»]{1,2000}|www\.[^\s<>"“”«»]{1,2000}/iy;
const EMAIL = /[\p{L}\p{N}][\p{L}\p{N}._+-]{0,63}@[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63}){0,5}/uy;
const SITE = new RegExp(
  `(?:[a-z0-9_#-]{1,63}\\.){1,4}(?:${longestFirst(words.sites.words).join('|')})(?![\\p{L}\\p{N}])(?:/[^\\s<>"“”«»]{0,2000})?`,
  'iuy',
);
const NEWSGROUP = new RegExp(
  `(?:mailto:|ymsgr:)[^\\s<>]{1,300}|(?:${words.newsgroups.words.join('|')})(?:\\.[\\p{L}\\p{N}-]{1,40}){1,8}`,
  'uy',
);
const FILE_ENDING = new RegExp(
  `\\.(?:${longestFirst(words.sites.words.slice(words.sites.words.indexOf('doc'))).join('|')})(?![\\p{L}\\p{N}])`,
  'uy',
);
const HANDLE = /[@#]\p{L}[\p{L}\p{N}_]{0,63}/uy;
const DATE = /\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?![\d\p{L}])/uy;
const PHONE =
  /\d{3}\/\d{3}-\d{4}(?![\d-])|\d{5}-\d{4}(?![\d-])|\d-\d{4}(?![\d-])|\+?\d{1,4}[-.]\d{3}[-.]\d{3,4}(?:[-.]\d{4})?(?![\d-])|\d{3}-\d{4}(?![\d-])|\+\d{1,15}/y;
const CLOCK = /\d{1,2}:\d\d(?::\d\d)?(?!\d)/y;
const NUMBER = /\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,20})?(?!\d)|\d{1,20}(?:\.\d{1,20}){1,4}(?!\d)|\d{1,4}\/\d{1,4}(?![\d/])|\.\d{1,20}/y;
const UNIT = new RegExp(`(?:${longestFirst(words.units.words).join('|')})(?![\\p{L}\\p{N}])`, 'uy');
const DOTTED = /(?:\p{Lu}\p{Ll}?\.|\p{Ll}\.){1,6}\p{L}(?:\.|(?![\p{L}\p{N}]))(?!\p{L})/uy;
const WORD = /[\p{L}\p{M}\p{N}_\u00ad\u200c\u200d]+(?:['’‘`ʼ][\p{L}\p{M}]+)*/uy;
const COMPANY = /[A-Z]{1,3}&[A-Z]{1,3}(?![\p{L}\p{N}])/uy;
const MONEY_MARK = /(?:US|A|C|NZ|HK|S)\$/y;
const YEARS = /['’]\d\ds?(?![\p{L}\p{N}])|\d{1,3}0['’]s(?!\p{L})/uy;
const RUN =
  /[-=+*~<>|{}#_]{4,}|\.{2,}|[!?.]{2,}|\++|…+|-{2,}|[—―]+|\*+|=+|_+|~+|\$+|<{2,3}|>{2,3}|''|``|‘’|’’|\p{Extended_Pictographic}(?:\ufe0f|\u200d|[\u{1f3fb}-\u{1f3ff}]|(?<=\u200d)\p{Extended_Pictographic})*/uy;
const CLITIC_NOT = /n['’`]t$/i;
const DIGIT = /[0-9]/;
const WORD_START = /[\p{L}\p{M}\p{N}_]/u;

/** Tokens of `text` between `from` and `to`; a token never holds white space. */
export function splitWords(text: string, from: number, to: number, into: TokenBorders): void {
  let at = from;
  while (at < to) {
    if (SPACE.test(text[at] as string)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < to && !SPACE.test(text[end] as string)) end += 1;
    splitChunk(text, at, end, from, into);
    at = end;
  }
}

/** One run without white space. The looks for rare marks are made once here, so that most words pass few patterns. */
function splitChunk(text: string, start: number, end: number, textStart: number, into: TokenBorders): void {
  const chunk = text.slice(start, end);
  const hasAt = chunk.includes('@');
  const hasHash = chunk.includes('#');
  const hasDot = chunk.includes('.');
  const hasSlash = chunk.includes('/');
  const add = (from: number, to: number) => {
    into.starts.push(start + from);
    into.ends.push(start + to);
  };
  const match = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(chunk) ? pattern.lastIndex : -1;
  };

  let at = 0;
  while (at < chunk.length) {
    let to = -1;
    const fresh = at === 0 || !WORD_START.test(chunk[at - 1] as string);
    if (fresh && (hasDot || hasSlash)) {
      to = match(ADDRESS, at);
      if (to < 0 && hasDot) to = match(SITE, at);
      if (to < 0 && hasDot) to = match(NEWSGROUP, at);
      if (to < 0 && hasDot && at > 0) to = match(FILE_ENDING, at);
      if (to > 0) to = trimAddress(chunk, at, to);
    }
    if (to < 0 && fresh && hasAt) to = match(EMAIL, at);
    if (to < 0 && fresh && (hasAt || hasHash)) to = match(HANDLE, at);
    if (to < 0 && hasSlash && fresh) to = slashWord(chunk, at);
    if (to < 0 && !DIGIT.test(chunk[at] as string)) to = emoticonEnd(chunk, at);
    if (to > 0) {
      add(at, to);
      at = to;
      continue;
    }
    const char = chunk[at] as string;
    if (fresh) to = match(YEARS, at);
    if (to > 0) {
      add(at, to);
      at = to;
      continue;
    }
    if (DIGIT.test(char) || ((char === '.' || char === '+') && fresh && DIGIT.test(chunk[at + 1] ?? ''))) {
      if (at === 0 && start === textStart && /^\d{1,2}\.$/.test(chunk)) {
        add(0, chunk.length);
        return;
      }
      const number = numberEnd(match, at);
      if (number > 0) {
        add(at, number);
        at = number;
        const unit = match(UNIT, at);
        if (unit > 0) {
          add(at, unit);
          at = unit;
        }
        continue;
      }
    }
    to = match(MONEY_MARK, at);
    if (to < 0) to = match(COMPANY, at);
    if (to < 0 && hasDot) to = match(DOTTED, at);
    if (to > 0) {
      add(at, to);
      at = to;
      continue;
    }
    to = match(WORD, at);
    if (to > 0) {
      at = addWord(text, chunk, start, at, to, add);
      continue;
    }
    if (char === "'" || char === '’' || char === '`') {
      const word = match(WORD, at + 1);
      if (word > 0 && APOSTROPHE_WORDS.has(chunk.slice(at + 1, word).toLowerCase()) && !/['’`]/.test(chunk[word] ?? '')) {
        add(at, word);
        at = word;
        continue;
      }
    }
    to = match(RUN, at);
    if (to < 0) to = at + ((chunk.codePointAt(at) as number) > 0xffff ? 2 : 1);
    add(at, to);
    at = to;
  }
}

/** Full stops, quotation marks and an unopened bracket at the end of an address belong to the sentence. */
function trimAddress(chunk: string, from: number, to: number): number {
  let end = to;
  while (end > from + 1) {
    const last = chunk[end - 1] as string;
    if (last === ')' && chunk.slice(from, end).includes('(')) break;
    if (!".,;:!?'’)]}…".includes(last)) break;
    end -= 1;
  }
  return end;
}

function slashWord(chunk: string, at: number): number {
  const slash = chunk.indexOf('/', at);
  if (slash < 0 || slash - at > 3) return -1;
  let end = slash + 1;
  while (end < chunk.length && end - slash < 5 && WORD_START.test(chunk[end] as string)) end += 1;
  return SLASH_WORDS.has(chunk.slice(at, end).toLowerCase()) ? end : -1;
}

function emoticonEnd(chunk: string, at: number): number {
  if (!':;=8xX^<D'.includes(chunk[at] as string)) return -1;
  if (at > 0 && /[\p{N}\p{Lu}:]/u.test(chunk[at - 1] as string)) return -1;
  for (let length = Math.min(EMOTICON_LENGTH, chunk.length - at); length > 1; length -= 1) {
    const face = chunk.slice(at, at + length);
    if (!EMOTICONS.has(face)) continue;
    if (/^\p{L}/u.test(face) && at > 0) continue;
    if (!WORD_START.test(chunk[at + length] ?? ' ') && chunk[at + length] !== '/') return at + length;
  }
  return -1;
}

function numberEnd(match: (pattern: RegExp, at: number) => number, at: number): number {
  for (const pattern of [DATE, PHONE, CLOCK, NUMBER]) {
    const to = match(pattern, at);
    if (to > 0) return to;
  }
  const plain = match(/\d+/y, at);
  return plain > 0 && (match(UNIT, plain) > 0 || match(/[^\p{L}\p{M}\p{N}_'’]|$/uy, plain) >= 0) ? plain : -1;
}

/** One run of letters with its apostrophes, cut into word and clitic, joined to its prefix or full stop; gives where to go on. */
function addWord(text: string, chunk: string, start: number, at: number, to: number, add: (from: number, to: number) => void): number {
  const word = chunk.slice(at, to);
  if (chunk[to] === '-' && KEPT_PREFIXES.has(isCapitals(word) ? word : word.toLowerCase())) {
    WORD.lastIndex = to + 1;
    if (WORD.test(chunk)) {
      const end = WORD.lastIndex;
      const cut = cliticStart(chunk.slice(at, end));
      if (cut > 0) {
        add(at, at + cut);
        add(at + cut, end);
      } else add(at, end);
      return end;
    }
  }
  if (chunk[to] === '.' && chunk[to + 1] !== '.' && isAbbreviation(text, start + at, start + to)) {
    add(at, to + 1);
    return to + 1;
  }
  const contraction = word.length < 10 ? contractionCut(word) || contractionBefore(word, text, start + to) : 0;
  const cut = contraction > 0 ? contraction : cliticStart(word);
  if (cut > 0) {
    add(at, at + cut);
    add(at + cut, to);
  } else add(at, to);
  return to;
}

function contractionCut(word: string): number {
  const lower = word.toLowerCase();
  const cut = CONTRACTIONS.get(lower);
  return cut !== undefined && (word === lower || lower === 'cannot' || lower.startsWith('go') || lower.startsWith('wa')) ? cut : 0;
}

/** "its a dog", but "its leash" */
function contractionBefore(word: string, text: string, to: number): number {
  const lower = word.toLowerCase();
  const cut = CONTRACTIONS_BEFORE.get(lower);
  if (cut === undefined || text[to] !== ' ') return 0;
  const next = nextWord(text, to);
  return NEXT_OF_CONTRACTION.has(next) && !NEVER_NEXT.get(lower)?.includes(next) ? cut : 0;
}

/** Where the clitic of a word begins; 0 where it has none. */
function cliticStart(word: string): number {
  if (word.length < 3 || !/['’`]/.test(word)) return 0;
  if (CLITIC_NOT.test(word)) return word.length - 3;
  const lower = word.toLowerCase().replaceAll(/[’`]/g, "'");
  for (const { clitic, after } of CLITICS) {
    if (!lower.endsWith(clitic)) continue;
    const cut = lower.length - clitic.length;
    if (cut > 0 && (after === null || after.has(lower.slice(0, cut)))) return cut;
  }
  return 0;
}

/** Does the full stop at `to` belong to the word that begins at `from`? */
function isAbbreviation(text: string, from: number, to: number): boolean {
  const word = text.slice(from, to);
  if (ABBREVIATIONS.has(word)) return word !== 'etc' || /^(?:[,;:)?!]|\s\p{Ll})/u.test(text.slice(to + 1, to + 3));
  if (word.length > 3) return false;
  const next = nextWord(text, to + 1);
  if (BEFORE_NUMBER.has(word) && /^[\d#]/.test(next)) return true;
  if (!/^\p{Lu}$/u.test(word) || word === 'I') return false;
  return /^\p{Lu}/u.test(next) && !AFTER_INITIAL.has(next);
}

/** The word after one blank, 20 characters at most. */
function nextWord(text: string, at: number): string {
  const from = /[ \u00a0]/.test(text[at] ?? '') ? at + 1 : at;
  return /^[\p{L}\d#]*/u.exec(text.slice(from, from + 20))?.[0] ?? '';
}

const isCapitals = (word: string) => word.length > 1 && word === word.toUpperCase();
