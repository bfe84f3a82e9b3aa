/**
 * Plain or scraped text in (no markup left, or scraps of it), paragraphs of the article out, and what was cut with its reason.
 * Works by kinds of furniture (lexicon/article/furniture.json) and by place: headers at the top, captions, repeats. It never rewrites a sentence.
 */
import furniture from '../../lexicon/article/furniture.json' with { type: 'json' };
import type { Dropped } from '../vocabulary.ts';
import { parseDate } from './read-dates.ts';
import { foldWords } from './read-title.ts';

export interface CleanText {
  readonly paragraphs: readonly string[];
  readonly dropped: readonly Dropped[];
  /** lines that name the source, for the reader of the publisher */
  readonly published: string | null;
}

interface Rule {
  readonly reason: string;
  readonly part: string;
  readonly pattern: RegExp;
  readonly maxLength: number;
}

const RULES: readonly Rule[] = furniture.rules.map((rule) => ({
  reason: rule.reason,
  part: rule.part,
  pattern: new RegExp(rule.pattern, 'caseSensitive' in rule && rule.caseSensitive ? 'u' : 'iu'),
  maxLength: 'maxLength' in rule && typeof rule.maxLength === 'number' ? rule.maxLength : 700,
}));

/** Reason why a paragraph is furniture, '' where it is not. */
export function nameFurniture(paragraph: string): string {
  if (paragraph.length > 700) return '';
  for (const rule of RULES) {
    if (rule.part === 'paragraph' && paragraph.length <= rule.maxLength && rule.pattern.test(paragraph)) return rule.reason;
  }
  return '';
}

function cutOpening(paragraph: string): { cut: string; rest: string } {
  let rest = paragraph;
  for (const rule of RULES) {
    if (rule.part !== 'opening') continue;
    const match = rule.pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
  }
  return { cut: paragraph.slice(0, paragraph.length - rest.length).trim(), rest: rest.trim() };
}

const SENTENCE_END = /[.!?…:;。！？؟։।”"’»)\]]$/u;
const LETTER = /\p{L}/u;

function isCapitals(text: string): boolean {
  const letters = text.replace(/[^\p{Lu}\p{Ll}]/gu, '');
  return letters.length >= 8 && letters.replace(/\p{Lu}/gu, '').length <= letters.length * 0.05;
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
    parseDate(text.replace(/^\p{L}+,?\s+/u, '')) !== null &&
    text.replace(/[\d\s,.:/-]/g, '').length < 30
  );
}

/** @param title cut where it stands on top of the text */
export function cleanPlainText(content: string, title: string | null): CleanText {
  const raw = content
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
    .split(/\n\s*\n|\n(?=\s*["']?\/>)/)
    .flatMap((paragraph) => (/^["']?\s?\/>/.test(paragraph.trim()) ? paragraph.split('\n') : [paragraph]))
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
        .filter(Boolean)
        .join('\n'),
    )
    .filter(Boolean);
  const paragraphs: string[] = [];
  const dropped: Dropped[] = [];
  const seen = new Set<string>();
  const titleWords = title ? foldWords(title) : '';
  let published: string | null = null;
  let afterScrap = false;
  const drop = (reason: string, text: string): void => {
    dropped.push({ reason, text });
  };
  for (const [index, whole] of raw.entries()) {
    const { cut, rest: text } = cutOpening(whole);
    if (cut) drop('markup', cut);
    if (!text) {
      afterScrap = true;
      continue;
    }
    const key = foldWords(text);
    const furnitureName = nameFurniture(text);
    const atTop = paragraphs.length === 0 || (paragraphs.length === 1 && index <= 2);
    if (afterScrap && text.length < 160 && !SENTENCE_END.test(text)) drop('caption', text);
    else if (furnitureName) drop(furnitureName, text);
    else if (!LETTER.test(text) && text.length < 40) drop('rule', text);
    else if (atTop && titleWords && key === titleWords) drop('title', text);
    else if (isDateLine(text)) drop('date line', text);
    else if (atTop && isNameLine(text)) drop('byline', text);
    else if (isCapitals(text) && text.length < 160 && !/[.]$/.test(text) && !atTop) drop('read also', text);
    else if (seen.has(key) && key.length > 20) drop('repeated', text);
    else paragraphs.push(text);
    if (atTop && !published && text.length < 120) {
      const date = parseDate(text.replace(/^[^:]{0,20}:\s*/, ''));
      if (date && dropped.at(-1)?.text === text) published = date;
    }
    seen.add(key);
    afterScrap = cut !== '';
  }
  return { paragraphs, dropped, published };
}
