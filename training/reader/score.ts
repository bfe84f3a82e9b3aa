/**
 * Scores the reader on what was kept out of its training, with gold tokens. Comes in: the JSON lines of held_out.py and, if wanted, a model folder.
 * Prints one line per set: tags, features, lemmas, attachment (punctuation counted), span F1 of names and mentions; and pieces of speed.
 */

import { readFileSync } from 'node:fs';
import { type EncodedSentence, type NameSpan, openEncoder } from '../../src/language/encoder/open-encoder.ts';
import { readEncoderFiles } from '../../src/language/encoder/read-files.ts';

interface Row {
  readonly set: string;
  readonly words: readonly string[];
  readonly upos?: readonly string[];
  readonly xpos: readonly string[];
  readonly feats: readonly string[];
  readonly lemma: readonly string[];
  readonly head: readonly number[];
  readonly deprel: readonly string[];
  readonly name_spans?: readonly (readonly [number, number, string])[];
  readonly mention_spans?: readonly (readonly [number, number, string])[];
}

const [heldOut, folder] = process.argv.slice(2);
if (heldOut === undefined) throw new Error('usage: score.ts HELD_OUT.jsonl [MODEL_FOLDER]');
const rows = readFileSync(heldOut, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row);

const opened = performance.now();
const encoder = await openEncoder(await readEncoderFiles(folder));
console.log(`opened in ${(performance.now() - opened).toFixed(0)} ms`);

/** span F1 in percent, by kind and in all */
function scoreSpans(gold: readonly string[][], found: readonly string[][]): string {
  const kinds = new Map<string, [number, number, number]>();
  const count = (key: string, at: 0 | 1 | 2) => {
    for (const kind of [key.split(' ')[0] as string, 'all']) {
      const entry = kinds.get(kind) ?? [0, 0, 0];
      entry[at]++;
      kinds.set(kind, entry);
    }
  };
  for (const [i, spans] of gold.entries()) {
    const own = new Set(found[i]);
    for (const span of spans) {
      count(span, 1);
      if (own.has(span)) count(span, 0);
    }
    for (const span of own) count(span, 2);
  }
  return [...kinds]
    .sort()
    .map(([kind, [hit, gold, found]]) => `${kind} ${((200 * hit) / Math.max(1, gold + found)).toFixed(1)} (${gold})`)
    .join(', ');
}

const NAMES = ['person', 'organisation', 'place'];
const MENTIONS = ['person', 'organisation', 'place', 'weapon', 'platform'];
const keep = (spans: readonly NameSpan[], kinds: readonly string[]) =>
  spans.filter((span) => kinds.includes(span.kind)).map((span) => `${span.kind} ${span.start} ${span.end}`);

for (const set of new Set(rows.map((row) => row.set))) {
  const own = rows.filter((row) => row.set === set);
  const before = process.cpuUsage();
  const read: EncodedSentence[] = [];
  // as articles: forty sentences at a time
  for (let at = 0; at < own.length; at += 40) read.push(...(await encoder.read(own.slice(at, at + 40).map((row) => row.words))));
  const used = process.cpuUsage(before);
  const words = own.reduce((sum, row) => sum + row.words.length, 0);
  console.log(`${set}: ${own.length} sentences, ${Math.round(words / ((used.user + used.system) / 1e6))} words per CPU-second`);
  if (own[0]?.upos !== undefined) {
    const hits = { upos: 0, xpos: 0, feats: 0, lemma: 0, uas: 0, las: 0 };
    for (const [i, row] of own.entries()) {
      for (const [w, token] of (read[i] as EncodedSentence).tokens.entries()) {
        if (token.upos === row.upos?.[w]) hits.upos++;
        if (token.xpos === row.xpos[w]) hits.xpos++;
        if ((token.feats ?? '_') === row.feats[w]) hits.feats++;
        if (token.lemma === row.lemma[w]) hits.lemma++;
        if (token.head + 1 === row.head[w]) {
          hits.uas++;
          if (token.deprel === row.deprel[w]) hits.las++;
        }
      }
    }
    console.log(
      `  ${Object.entries(hits)
        .map(([key, n]) => `${key} ${((100 * n) / words).toFixed(2)}`)
        .join(', ')}`,
    );
  }
  if (own[0]?.name_spans !== undefined) {
    const gold = own.map((row) =>
      (row.name_spans ?? []).filter((s) => NAMES.includes(s[2])).map(([start, end, kind]) => `${kind} ${start} ${end}`),
    );
    console.log(
      `  names: ${scoreSpans(
        gold,
        read.map((r) => keep(r.names, NAMES)),
      )}`,
    );
  }
  if (own[0]?.mention_spans !== undefined) {
    const gold = own.map((row) =>
      (row.mention_spans ?? []).filter((s) => MENTIONS.includes(s[2])).map(([start, end, kind]) => `${kind} ${start} ${end}`),
    );
    console.log(
      `  mentions: ${scoreSpans(
        gold,
        read.map((r) => [...keep(r.mentions, MENTIONS), ...keep(r.innerMentions, MENTIONS)]),
      )}`,
    );
    const outer = gold.map((spans) => spans.filter((s) => !spans.some((t) => contains(t, s))));
    console.log(
      `  outermost: ${scoreSpans(
        outer,
        read.map((r) => keep(r.mentions, MENTIONS)),
      )}`,
    );
  }
}

function contains(outer: string, inner: string): boolean {
  const [, a, b] = outer.split(' ').map(Number) as [number, number, number];
  const [, c, d] = inner.split(' ').map(Number) as [number, number, number];
  return outer !== inner && a <= c && d <= b && b - a > d - c;
}
