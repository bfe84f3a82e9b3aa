/**
 * Plain or scraped text in (no markup left, or scraps of it), paragraphs of the article out, and what was cut with its reason.
 * Works by kinds of furniture (lexicon/article/furniture.json) and by place: headers at the top, captions, repeats. It never rewrites a sentence.
 */
import furniture from '../../lexicon/article/furniture.json' with { type: 'json' };
import type { Dropped } from '../vocabulary.ts';
import { parseDate } from './read-dates.ts';
import { nameAgency } from './read-publisher.ts';
import { foldWords } from './read-title.ts';

export interface CleanText {
  readonly paragraphs: readonly string[];
  readonly dropped: readonly Dropped[];
  /** date that a cut header gives */
  readonly published: string | null;
  /** site that an aggregator's header names: "Source: Example News" */
  readonly source: string | null;
  /** names of a cut byline */
  readonly authors: readonly string[];
}

interface Rule {
  readonly reason: string;
  readonly part: string;
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly needs: readonly string[];
}

const RULES: readonly Rule[] = furniture.rules.map((rule) => ({
  reason: rule.reason,
  part: rule.part,
  pattern: new RegExp(rule.pattern, `${rule.part === 'inside' ? 'g' : ''}${'caseSensitive' in rule && rule.caseSensitive ? '' : 'i'}u`),
  maxLength: 'maxLength' in rule && typeof rule.maxLength === 'number' ? rule.maxLength : 700,
  needs: 'needs' in rule && Array.isArray(rule.needs) ? rule.needs : [],
}));

const PIECES = RULES.filter((rule) => rule.part !== 'paragraph');
const PARAGRAPH_RULES = RULES.filter((rule) => rule.part === 'paragraph');

function isWorthTrying(rule: Rule, text: string): boolean {
  return rule.needs.length === 0 || rule.needs.some((sign) => text.includes(sign));
}

/** Reason why a paragraph is furniture, '' where it is not. */
export function nameFurniture(paragraph: string): string {
  if (paragraph.length > 700) return '';
  for (const rule of PARAGRAPH_RULES) {
    if (paragraph.length <= rule.maxLength && isWorthTrying(rule, paragraph) && rule.pattern.test(paragraph)) return rule.reason;
  }
  const credit = paragraph.length <= MOST_CAPTION ? /[.。]\s+(?:©\s?)?(\S{2,20}(?: \S{2,20})?)$/u.exec(paragraph)?.[1] : undefined;
  return credit && nameAgency(credit) ? 'caption' : '';
}

/** Cuts what stands at the opening of a paragraph or inside it; @returns what is left and the pieces cut, with reasons */
export function cutPieces(paragraph: string): { rest: string; cut: Dropped[] } {
  const cut: Dropped[] = [];
  let rest = paragraph;
  for (const rule of PIECES) {
    if (!isWorthTrying(rule, rest)) continue;
    rest = rest.replace(rule.pattern, (piece) => {
      if (piece.trim()) cut.push({ reason: rule.reason, text: piece.trim() });
      return rule.part === 'inside' ? '' : ' ';
    });
  }
  return cut.length === 0 ? { rest: paragraph, cut } : { rest: rest.trim(), cut };
}

/** Characters of the longest caption that its closing credit gives away. */
const MOST_CAPTION = 400;
/** Paragraphs up to which each is looked for inside the others. */
const MOST_COMPARED = 400;
const SENTENCE_END = /[.!?…:;。！？؟։।”"’»)\]]$/u;
/** The end of a tag that a scraper left behind; the line after it is often a caption. */
const SCRAP = /^["']?\s?\/>/;
const LETTER = /\p{L}/u;

function isCapitals(text: string): boolean {
  const letters = text.replace(/[^\p{Lu}\p{Ll}]/gu, '');
  return letters.length >= 8 && letters.replace(/\p{Lu}/gu, '').length <= letters.length * 0.05;
}

/** A headline that stands alone between paragraphs: the title of a video, of a gallery, of another story. Shorter ones are crossheads. */
function isLoneHeadline(text: string, previous: string | undefined, next: string | undefined): boolean {
  if (text.length > 130 || !previous || !next || !SENTENCE_END.test(previous) || SENTENCE_END.test(text) || !/^[\p{Lu}'‘“"]/u.test(text))
    return false;
  const words = text.split(' ').length;
  return words >= 6 && words <= 16 && !/\d/.test(text) && SENTENCE_END.test(next);
}

/** A line of names or an outlet's name: nothing but capitalised words, joined by "and". */
function isNameLine(text: string): boolean {
  if (text.length > 100 || SENTENCE_END.test(text)) return false;
  const words = text.split(/[\s,]+/).filter(Boolean);
  return (
    words.length >= 1 && words.length <= 14 && words.every((word) => /^(?:\p{Lu}[\p{L}.'’-]*|and|for|of|the|by|und|et|y)$/u.test(word))
  );
}

function isDateLine(text: string): boolean {
  return (
    text.length <= 60 &&
    /\d/.test(text) &&
    // with or without a weekday before it
    (parseDate(text) ?? parseDate(text.replace(/^\p{L}+,?\s+/u, ''))) !== null &&
    text.replace(/[\d\s,.:/-]/g, '').length < 30
  );
}

/** @param title cut where it stands on top of the text */
export function cleanPlainText(content: string, title: string | null): CleanText {
  const raw = splitParagraphs(content);
  const paragraphs: string[] = [];
  const dropped: Dropped[] = [];
  const seen = new Set<string>();
  const titleWords = title ? foldWords(title) : '';
  const keys = raw.map(foldWords);
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const whole = raw.length <= MOST_COMPARED ? ` ${keys.join(' | ')} ` : '';
  let published: string | null = null;
  let afterScrap = false;
  for (const [index, full] of raw.entries()) {
    const kind = SCRAP.test(full) ? '' : nameFurniture(full);
    const { rest: text, cut } = kind ? { rest: full, cut: [] } : cutPieces(full);
    dropped.push(...cut);
    const scrap = cut.some((piece) => piece.reason === 'markup');
    if (!text) {
      afterScrap = scrap;
      continue;
    }
    const key = cut.length > 0 ? foldWords(text) : keys[index]!;
    const atTop = paragraphs.length === 0 || (paragraphs.length === 1 && index <= 2);
    const reason = nameReason();
    if (reason) dropped.push({ reason, text });
    else paragraphs.push(text);
    if (reason && atTop && !published && text.length < 120) published = parseDate(text.replace(/^[^:]{0,20}:\s*/, ''));
    seen.add(key);
    afterScrap = scrap;

    function nameReason(): string {
      if (afterScrap && text.length < 160 && !SENTENCE_END.test(text)) return 'caption';
      const furnitureName = kind || (cut.length > 0 ? nameFurniture(text) : '');
      if (furnitureName) return furnitureName;
      if (!LETTER.test(text) && text.length < 40) return 'rule';
      if (atTop && titleWords && key === titleWords) return 'title';
      if (isDateLine(text)) return 'date line';
      if (isNameLine(text) && (atTop || text.includes(', '))) return 'byline';
      if (isCapitals(text) && text.length < 160 && !/[.]$/.test(text) && !atTop) return 'read also';
      if (seen.has(key) && key.length > 20) return 'repeated';
      const words = key.split(' ').length;
      if (words >= 6 && words <= 60 && whole.split(` ${key} `).length - 1 > (counts.get(key) ?? 1)) return 'pull quote';
      if (
        isLoneHeadline(
          text,
          paragraphs.at(-1),
          raw.slice(index + 1, index + 3).find((later) => later.length > 80),
        )
      )
        return 'headline of another story';
      return '';
    }
  }
  const header = dropped.find((one) => one.reason === 'aggregator header')?.text ?? '';
  const source = /\bsource\s?:\s*([^|–]{2,60}?)\s*(?:$|[|–]|\s-\s)/i.exec(header)?.[1] ?? null;
  const byline = dropped.find((one) => one.reason === 'byline' && one.text.includes(' '));
  return { paragraphs, dropped, published, source, authors: byline ? splitByline(byline.text) : [] };
}

/** "Jane Roe and John Doe\nThe Example" → the names of the first line. */
function splitByline(text: string): string[] {
  return (text.split('\n')[0] ?? '')
    .replace(/^by\s+/i, '')
    .split(/\s*(?:,|\band\b)\s*/)
    .filter((name) => /^\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+)+$/u.test(name));
}

/** Paragraphs are parted by blank lines; a stray end of a tag begins one of its own. Lines within a paragraph stay. */
function splitParagraphs(content: string): string[] {
  return content
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
    .split(/\n\s*\n|\n(?=\s*["']?\/>)/)
    .flatMap((paragraph) => (SCRAP.test(paragraph.trim()) ? paragraph.split('\n') : [paragraph]))
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
        .filter(Boolean)
        .join('\n'),
    )
    .filter(Boolean);
}
