/**
 * Fits the weights of lexicon/en/pronoun-weights.json on GAP's development part (../shared/train/coreference/gap), read with our
 * own names and trees. One command: bin/node training/pronouns/fit-pronouns.ts. Prints precision and coverage on GAP's
 * validation part for several margins; the margin is chosen by hand for precision.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEncoder } from '../../src/language/encoder/open-encoder.ts';
import { readEncoderFiles } from '../../src/language/encoder/read-files.ts';
import { findNames } from '../../src/language/entities/find-names.ts';
import { fullestName } from '../../src/language/entities/gather-entities.ts';
import { joinNames } from '../../src/language/entities/join-names.ts';
import { choosePerson, linkPronouns, PRONOUN_FEATURES, type PronounCandidate } from '../../src/language/entities/link-pronouns.ts';
import type { NameSpan } from '../../src/language/name-span.ts';
import { splitText } from '../../src/language/tokens/split-text.ts';
import type { NameKind, Token } from '../../src/vocabulary.ts';

interface Case {
  /** features of each candidate, and whether it is the one meant; null where GAP says nothing of it */
  readonly candidates: readonly { readonly features: readonly number[]; readonly right: boolean | null }[];
}

const root = join(import.meta.dirname, '../..');
const KINDS: Readonly<Record<string, NameKind>> = {
  person: 'person',
  organisation: 'organisation',
  place: 'place',
  nationality: 'nationality',
};
const encoder = await openEncoder(await readEncoderFiles());

async function readCases(part: string): Promise<Case[]> {
  const cases: Case[] = [];
  for (const line of readFileSync(join(root, `../shared/train/coreference/gap/gap-${part}.tsv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)) {
    const field = line.split('\t');
    const text = field[1]!;
    const { tokens, names, sentences } = await readText(text);
    const { entities } = joinNames(text, tokens, findNames(text, tokens, sentences, names, []));
    const linkable = entities.map((entity) => ({ kind: entity.kind, name: fullestName(entity), mentions: entity.spans }));
    const at = (offset: number) => tokens.findIndex((token) => token.start <= offset && token.end > offset);
    const named = (offset: number, name: string) =>
      entities.findIndex(({ spans }) =>
        spans.some((span) => tokens[span.firstToken]!.start < offset + name.length && tokens[span.endToken - 1]!.end > offset),
      );
    const [a, b] = [named(Number(field[5]), field[4]!), named(Number(field[8]), field[7]!)];
    let found: readonly PronounCandidate[] = [];
    linkPronouns(tokens, sentences, linkable, (candidates, token) => {
      if (token === at(Number(field[3]))) found = candidates;
      return choosePerson(candidates);
    });
    const right = (entity: number) =>
      entity === a ? field[6] === 'TRUE' : entity === b ? field[9] === 'TRUE' : field[6] === 'TRUE' || field[9] === 'TRUE' ? false : null;
    cases.push({ candidates: found.map(({ entity, features }) => ({ features, right: right(entity) })) });
  }
  return cases;
}

async function readText(text: string) {
  const split = splitText(text);
  const words = split.sentences.map(({ firstToken, endToken }) =>
    Array.from({ length: endToken - firstToken }, (_, i) =>
      text.slice(split.tokens.starts[firstToken + i], split.tokens.ends[firstToken + i]),
    ),
  );
  const encoded = await encoder.read(words);
  const tokens: Token[] = [];
  const names: NameSpan[] = [];
  for (const [number, sentence] of split.sentences.entries()) {
    for (const [i, word] of encoded[number]!.tokens.entries()) {
      const [start, end] = [split.tokens.starts[sentence.firstToken + i]!, split.tokens.ends[sentence.firstToken + i]!];
      const head = word.head < 0 ? -1 : sentence.firstToken + word.head;
      tokens.push({
        text: text.slice(start, end),
        start,
        end,
        lemma: word.lemma,
        upos: word.upos,
        head,
        deprel: word.deprel,
        sentence: number,
      });
    }
    for (const { start, end, kind, score } of encoded[number]!.names) {
      const known = KINDS[kind];
      if (known) names.push({ firstToken: sentence.firstToken + start, endToken: sentence.firstToken + end, kind: known, score });
    }
  }
  return { tokens, names, sentences: split.sentences };
}

/** Softmax over the candidates of one pronoun, by gradient ascent with a small weight decay. */
function fit(cases: readonly Case[]): number[] {
  const weights = PRONOUN_FEATURES.map(() => 0);
  const usable = cases
    .map(({ candidates }) => candidates.filter((candidate) => candidate.right !== null))
    .filter((list) => list.length > 1 && list.some((candidate) => candidate.right));
  for (let round = 0; round < 400; round++) {
    const gradient = weights.map((weight) => -0.002 * weight * usable.length);
    for (const list of usable) {
      const scores = list.map(({ features }) => Math.exp(score(features, weights)));
      const total = scores.reduce((sum, value) => sum + value, 0);
      const rights = list.filter((candidate) => candidate.right).length;
      for (const [i, { features, right }] of list.entries()) {
        const error = (right ? 1 / rights : 0) - scores[i]! / total;
        for (const [k, value] of features.entries()) gradient[k]! += error * value;
      }
    }
    for (const [k, slope] of gradient.entries()) weights[k]! += (4 / usable.length) * slope;
  }
  return weights.map((weight) => Math.round(weight * 100) / 100);
}

const score = (features: readonly number[], weights: readonly number[]) => features.reduce((sum, value, i) => sum + value * weights[i]!, 0);

function judge(cases: readonly Case[], weights: readonly number[], margin: number): string {
  let [linked, right, judged] = [0, 0, 0];
  for (const { candidates } of cases) {
    const ranked = candidates
      .map((candidate) => ({ ...candidate, score: score(candidate.features, weights) }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = ranked;
    if (best === undefined || (second !== undefined && best.score - second.score < margin)) continue;
    linked++;
    if (best.right !== null) judged++;
    if (best.right) right++;
  }
  return `margin ${margin}: linked ${((100 * linked) / cases.length).toFixed(1)} %, right ${((100 * right) / judged).toFixed(1)} % of those that GAP judges`;
}

const file = join(root, 'lexicon/en/pronoun-weights.json');
const table = JSON.parse(readFileSync(file, 'utf8')) as { weights: number[] };
// GAP has hardly any speech: the weight of who speaks on is set by hand.
const weights = [...fit(await readCases('development')).slice(0, -1), table.weights.at(-1)!];
console.log(PRONOUN_FEATURES.map((name, i) => `${name} ${weights[i]}`).join(', '));
const validation = await readCases('validation');
for (const margin of [0, 0.4, 0.8, 1.2, 1.6, 2, 2.5]) console.log(judge(validation, weights, margin));
writeFileSync(file, `${JSON.stringify({ ...table, weights })}\n`);
