/**
 * Counts in how many texts each word stands, over the openly licensed corpora of ../shared/train: `node training/stories/count-words.ts`.
 * Writes lexicon/en/word-rarity.json: counts only, of words that stand in at least six texts.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { wordsOf } from '../../src/stories/words.ts';

const SHARED = resolve(import.meta.dirname, '../../../shared/train');
const OUT = resolve(import.meta.dirname, '../../lexicon/en/word-rarity.json');
const PIECE = 2500;
const SENTENCES_PER_TEXT = 15;
const LEAST = 6;

/** Documents of a gzip-compressed CoNLL-U file, tokens joined by blanks. */
function conlluTexts(file: string): string[] {
  const texts: string[][] = [];
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
    if (line.startsWith('# newdoc')) texts.push([]);
    const [id, form] = line.split('\t');
    if (id && form && /^\d+$/.test(id)) texts.at(-1)?.push(form);
  }
  return texts.map((tokens) => tokens.join(' '));
}

const files = ['ud-ewt', 'gum'].flatMap((folder) =>
  readdirSync(join(SHARED, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .sort()
    .map((name) => join(SHARED, folder, name)),
);
const texts = files.flatMap(conlluTexts);
const sentences = readFileSync(join(SHARED, 'event-location/labeled.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text);
for (let at = 0; at < sentences.length; at += SENTENCES_PER_TEXT) texts.push(sentences.slice(at, at + SENTENCES_PER_TEXT).join(' '));

// Long texts are cut, so that each piece is about as long as a news article.
const pieces = texts.flatMap((text) =>
  Array.from({ length: Math.max(1, Math.round(text.length / PIECE)) }, (_, at) => text.slice(at * PIECE, (at + 1) * PIECE)),
);
const counts = new Map<string, number>();
for (const piece of pieces) {
  const stems = new Set(wordsOf(piece).flatMap((word) => (word.number ? [] : [word.stem])));
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
}
const kept = [...counts].filter(([, count]) => count >= LEAST).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
writeFileSync(OUT, `${JSON.stringify({ texts: pieces.length, words: Object.fromEntries(kept) })}\n`);
console.log(`${pieces.length} texts, ${kept.length} words`);
