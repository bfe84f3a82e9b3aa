/**
 * The kept-out parts of the name data in, documents of running text with gold spans out. The same tenth is kept out here as in
 * training/reader/corpora.py: wikigold by blocks of 40 sentences and WNUT17 by sentence, both by hash; CrossNER politics its dev part;
 * re3d one document in six.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GoldSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

export interface NamedDocument {
  readonly name: string;
  readonly text: string;
  readonly spans: readonly GoldSpan[];
}

const KINDS: Readonly<Record<string, string>> = {
  PER: 'person',
  ORG: 'organisation',
  LOC: 'place',
  person: 'person',
  politician: 'person',
  group: 'organisation',
  corporation: 'organisation',
  organisation: 'organisation',
  politicalparty: 'organisation',
  location: 'place',
  country: 'place',
  Person: 'person',
  Organisation: 'organisation',
  Location: 'place',
  Weapon: 'weapon',
  MilitaryPlatform: 'platform',
};

/** sentences that stand as paragraphs of one document, so that speed is that of articles */
const PARAGRAPHS = 40;

/** 0 to of - 1, stable: decides what is kept out */
const bucket = (key: string, of: number) => Number.parseInt(createHash('sha1').update(key).digest('hex').slice(0, 8), 16) % of;

export function readHeldOutNames(folder: string): Record<'wikigold' | 'wnut17' | 'crossner', NamedDocument[]> {
  const wikigold = readColumns(join(folder, 'wikigold/wikigold.conll.txt')).filter(
    (_, at) => bucket(`wikigold/${Math.floor(at / 40)}`, 10) === 0,
  );
  const wnut17 = readColumns(join(folder, 'wnut17/wnut17train.conll')).filter(({ split }) => bucket(`wnut17/${split.join(' ')}`, 10) === 0);
  const crossner = readColumns(join(folder, 'crossner-politics/dev.txt'));
  return {
    wikigold: joinSentences('wikigold', wikigold),
    wnut17: joinSentences('wnut17', wnut17),
    crossner: joinSentences('crossner', crossner),
  };
}

interface TaggedSentence {
  readonly words: string[];
  readonly tags: string[];
  /** words as training splits them, for the hash */
  readonly split: string[];
}

const PREFIXES = new Set('anti pro post non pre ex re co e multi mid neo un inter semi counter sub al el'.split(' '));

function splitHyphens(word: string): string[] {
  if (!word.replace(/^-+|-+$/g, '').includes('-') || /[/@.]/.test(word)) return [word];
  const parts = word.split(/(-)/);
  const [first = '', , last = ''] = parts;
  const letters = /^\p{L}+$/u;
  return parts.length === 3 && letters.test(first) && letters.test(last) && !PREFIXES.has(first.toLowerCase()) ? parts : [word];
}

function readColumns(path: string): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  let sentence: TaggedSentence = { words: [], tags: [], split: [] };
  const finish = () => {
    if (sentence.words.length > 0) sentences.push(sentence);
    sentence = { words: [], tags: [], split: [] };
  };
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const columns = line.trim().split(/\s+/);
    if (line.trim() === '') finish();
    else if (columns[0] !== '-DOCSTART-' && columns.length > 1) {
      sentence.words.push(columns[0] as string);
      sentence.tags.push(columns.at(-1) as string);
      sentence.split.push(...splitHyphens(columns[0] as string));
    }
  }
  finish();
  return sentences;
}

function joinSentences(name: string, sentences: readonly TaggedSentence[]): NamedDocument[] {
  const documents: NamedDocument[] = [];
  for (let at = 0; at < sentences.length; at += PARAGRAPHS) {
    let text = '';
    const spans: GoldSpan[] = [];
    for (const { words, tags } of sentences.slice(at, at + PARAGRAPHS)) {
      if (text !== '') text += '\n\n';
      let open: { start: number; end: number; tag: string } | null = null;
      const close = () => {
        const kind = open === null ? undefined : KINDS[open.tag];
        if (open !== null && kind !== undefined) spans.push({ start: open.start, end: open.end, kind });
        open = null;
      };
      words.forEach((word, index) => {
        if (index > 0) text += ' ';
        const tag = tags[index] as string;
        const start = text.length;
        text += word;
        const kind = tag === 'O' ? null : tag.slice(2);
        const current = open as { start: number; end: number; tag: string } | null;
        if (current !== null && kind === current.tag && tag[0] !== 'B') current.end = text.length;
        else {
          close();
          if (kind !== null) open = { start, end: text.length, tag: kind };
        }
      });
      close();
    }
    documents.push({ name: `${name}-${documents.length + 1}`, text, spans });
  }
  return documents;
}

/** Outermost phrases of the kept-out documents: person, organisation, place, weapon, platform. */
export function readHeldOutPhrases(folder: string): NamedDocument[] {
  return readdirSync(folder)
    .filter((part) => existsSync(join(folder, part, 'entities.json')))
    .sort()
    .flatMap((part) => {
      const entities = readLines(join(folder, part, 'entities.json')) as {
        documentId: string;
        begin: number;
        end: number;
        type: string;
        value: string;
      }[];
      const documents = readLines(join(folder, part, 'documents.json')) as { _id: string; text: string }[];
      return documents
        .filter(({ _id }) => bucket(`re3d/${_id}`, 6) === 0)
        .map(({ _id, text }) => {
          const spans = entities
            .filter(({ documentId, type, value }) => documentId === _id && KINDS[type] !== undefined && !value.startsWith('st '))
            .map(({ begin, end, type }) => ({ start: begin, end, kind: KINDS[type] as string }));
          const outer = spans.filter((a) => !spans.some((b) => b.start <= a.start && a.end <= b.end && b.end - b.start > a.end - a.start));
          return {
            name: _id,
            text,
            spans: outer.filter((a, at) => outer.findIndex((b) => b.start === a.start && b.kind === a.kind) === at),
          };
        });
    });
}

const readLines = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
