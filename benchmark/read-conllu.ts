/**
 * CoNLL-U in, documents out: the raw text as CoNLL 2018 gives it to parsers (paragraphs parted by a blank line, sentences by a blank)
 * and the gold words and sentences with their offsets into it. Serves training and benchmark; the product never reads it.
 */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface GoldWord {
  readonly start: number;
  readonly end: number;
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly xpos: string;
  readonly feats: string;
  /** index of the head in `words` of the document, -1 at a root */
  readonly head: number;
  readonly deprel: string;
  readonly misc: string;
  /** part of a multiword token: [start, end) of the whole */
  readonly tokenStart: number;
  readonly tokenEnd: number;
}

export interface GoldDocument {
  readonly name: string;
  readonly text: string;
  /** what its `# meta::` lines say */
  readonly meta: Readonly<Record<string, string>>;
  readonly words: readonly GoldWord[];
  /** [start, end) in the text, and first and end word */
  readonly sentences: readonly { start: number; end: number; firstWord: number; endWord: number }[];
}

/** Documents of one file, plain or gzip-compressed. */
export function readConlluFile(path: string): GoldDocument[] {
  const bytes = readFileSync(path);
  return readConllu((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

export function readConllu(content: string): GoldDocument[] {
  const documents: GoldDocument[] = [];
  let name = '';
  let text = '';
  let meta: Record<string, string> = {};
  let words: GoldWord[] = [];
  let sentences: { start: number; end: number; firstWord: number; endWord: number }[] = [];
  const finish = () => {
    if (words.length > 0) documents.push({ name, text, meta, words, sentences });
    text = '';
    meta = {};
    words = [];
    sentences = [];
  };

  for (const block of content.split(/\n{2,}/)) {
    const rows: string[][] = [];
    let paragraph = false;
    for (const line of block.split('\n')) {
      if (line.startsWith('# newdoc')) {
        finish();
        name = line.split('=')[1]?.trim() ?? '';
        paragraph = true;
      } else if (line.startsWith('# meta::')) {
        const [, key = '', value = ''] = /^# meta::(\S+) = (.*)$/.exec(line) ?? [];
        meta[key] = value;
      } else if (/^# newpar(?!_)/.test(line)) paragraph = true;
      else if (/^\d/.test(line)) rows.push(line.split('\t'));
    }
    if (rows.length === 0) continue;
    if (paragraph && text !== '') text = `${text.trimEnd()}\n\n`;
    const firstWord = words.length;
    const sentenceStart = text.length;
    let inToken = 0;
    let tokenStart = 0;
    let tokenEnd = 0;
    let tokenSpace = true;
    for (const row of rows) {
      const id = row[0] as string;
      if (id.includes('.')) continue;
      const spaced = !/(?:^|\|)SpaceAfter=No(?:\||$)/.test(row[9] as string);
      if (id.includes('-')) {
        const [from, to] = id.split('-').map(Number) as [number, number];
        inToken = to - from + 1;
        tokenStart = text.length;
        tokenEnd = tokenStart + (row[1] as string).length;
        tokenSpace = spaced;
        continue;
      }
      const start = text.length;
      text += row[1];
      const whole = inToken > 0;
      words.push({
        start,
        end: text.length,
        form: row[1] as string,
        lemma: row[2] as string,
        upos: row[3] as string,
        xpos: row[4] as string,
        feats: row[5] as string,
        head: row[6] === '0' ? -1 : firstWord + Number(row[6]) - 1,
        deprel: row[7] as string,
        misc: row[9] as string,
        tokenStart: whole ? tokenStart : start,
        tokenEnd: whole ? tokenEnd : text.length,
      });
      if (whole) inToken -= 1;
      if (whole ? inToken === 0 && tokenSpace : spaced) text += ' ';
    }
    sentences.push({ start: sentenceStart, end: (words.at(-1) as GoldWord).end, firstWord, endWord: words.length });
  }
  finish();
  return documents;
}
