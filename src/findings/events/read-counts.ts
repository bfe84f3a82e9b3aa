/**
 * How many were killed, injured, held, taken, freed, driven out by the deed: number words tied to the verbs and nouns of harm
 * in the trigger's own clause and around it. In: Scene, candidate, type. Out: counts with their words.
 */
import table from '../../../lexicon/en/count-words.json' with { type: 'json' };
import type { Count, CountKind, EventType } from '../../vocabulary.ts';
import { argumentsOfVerb } from '../grammar/arguments.ts';
import { childrenBy, isVerbal, nounPhrase, pathToRoot, prepositionOf, spanOf, type Tree, withConjuncts } from '../grammar/tree.ts';
import { classesAt } from '../word-classes.ts';
import type { Scene } from './describe-candidate.ts';

type Affected = 'object' | 'subject';

const VERB_KIND = new Map<string, { kind: CountKind; affected: Affected }>();
for (const row of table.verbs)
  for (const lemma of row.lemmas) VERB_KIND.set(lemma, { kind: row.kind as CountKind, affected: row.affected as Affected });
const NOUN_KIND = new Map<string, CountKind>();
for (const row of table.nouns) for (const lemma of row.lemmas) NOUN_KIND.set(lemma, row.kind as CountKind);
const ADJECTIVE_KIND = new Map<string, CountKind>();
for (const row of table.adjectives) for (const lemma of row.lemmas) ADJECTIVE_KIND.set(lemma, row.kind as CountKind);
const KINDS_OF_TYPE = table.kindsOfType as Readonly<Record<string, readonly string[]>>;

interface Found {
  readonly kind: CountKind;
  /** token counted */
  readonly head: number;
  readonly at: number;
}

/** Every counted harm of one sentence: "killed 12 people", "three wounded", "the death of a child". */
export function harmsOfSentence(tree: Tree, sentence: number): Found[] {
  const { firstToken, endToken } = tree.sentences[sentence]!;
  const found: Found[] = [];
  for (let i = firstToken; i < endToken; i++) {
    const token = tree.tokens[i]!;
    const lemma = token.lemma.toLowerCase();
    const verb = VERB_KIND.get(lemma);
    if (verb && isVerbal(token)) {
      const args = argumentsOfVerb(tree, i);
      const head = verb.affected === 'subject' && !args.passive ? args.agent : (args.patient ?? undefined);
      if (head !== undefined) for (const h of withConjuncts(tree, head)) found.push({ kind: verb.kind, head: h, at: i });
      continue;
    }
    const noun = NOUN_KIND.get(lemma);
    if (noun && token.upos === 'NOUN') {
      const of = childrenBy(tree, i, 'nmod').filter((o) => prepositionOf(tree, o) === 'of');
      if (of.length > 0) for (const h of of) found.push({ kind: noun, head: h, at: i });
      else found.push({ kind: noun, head: i, at: i });
      continue;
    }
    const adjective = ADJECTIVE_KIND.get(lemma) ?? ADJECTIVE_KIND.get(token.text.toLowerCase());
    if (adjective && (token.upos === 'ADJ' || token.upos === 'VERB')) {
      const subject = childrenBy(tree, i, 'nsubj', 'nsubj:pass')[0];
      const head = subject ?? (['amod', 'xcomp', 'acl'].includes(token.deprel) ? token.head : undefined);
      if (head !== undefined && head >= 0) {
        const governor = tree.tokens[head]!;
        if (isVerbal(governor)) {
          const object = childrenBy(tree, head, 'obj')[0];
          if (object !== undefined) found.push({ kind: adjective, head: object, at: i });
        } else found.push({ kind: adjective, head, at: i });
      }
    }
  }
  return found;
}

const PEOPLE = new Set(['armed', 'police', 'official', 'civilian', 'protester', 'prisoner', 'is:person']);

function countOf(scene: Scene, { kind, head }: Found): Count | undefined {
  const { tree, names } = scene;
  const { first, last } = nounPhrase(tree, head);
  const quantity = tree.analysed.quantities.find(
    (q) => q.firstToken <= head && q.endToken - 1 >= first && q.endToken - 1 <= Math.max(last, head),
  );
  const span = spanOf(tree, Math.min(first, quantity?.firstToken ?? first), last);
  const shared = { kind, words: span.text, source: null, start: span.start, end: span.end };
  if (quantity) return { ...shared, low: quantity.low, high: quantity.high };
  const token = tree.tokens[head]!;
  if (childrenBy(tree, head, 'nummod').length > 0) return undefined;
  const person = classesAt(tree.analysed, names, head).some((k) => PEOPLE.has(k));
  if (!person || token.xpos === 'NNS' || token.xpos === 'NNPS' || token.upos === 'PRON') return undefined;
  const det = childrenBy(tree, head, 'det').map((d) => tree.tokens[d]!.lemma.toLowerCase());
  if (det.includes('a') || det.includes('an') || det.includes('another') || det.includes('one')) return { ...shared, low: 1, high: 1 };
  if (det.includes('no')) return { ...shared, low: 0, high: 0 };
  return undefined;
}

/** May this type of deed carry counts of that kind? */
export function carriesCount(type: EventType, kind: CountKind): boolean {
  return (KINDS_OF_TYPE[type] ?? []).includes(kind);
}

export function readCounts(scene: Scene, n: number, type: EventType, others: ReadonlySet<number>): Count[] {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const sentence = tree.tokens[c.head]!.sentence;
  const path = pathToRoot(tree, c.head);
  const counts: Count[] = [];
  for (const harm of harmsOfSentence(tree, sentence)) {
    if (!carriesCount(type, harm.kind)) continue;
    const own = harm.at >= c.first && harm.at <= c.last;
    if (!own) {
      const up = pathToRoot(tree, harm.at);
      // a harm that is an event of its own keeps its count, unless it is told as what this deed did
      if (others.has(harm.at) && !up.includes(c.head)) continue;
      const near =
        up.includes(c.head) ||
        path.includes(harm.at) ||
        up.some((t) => path.slice(0, 4).includes(t) && t !== path.at(-1)) ||
        up[0] === path.at(-1) ||
        up[1] === path.at(-1);
      if (!near) continue;
    }
    const count = countOf(scene, harm);
    if (count && !counts.some((k) => k.kind === count.kind && k.low === count.low && k.high === count.high)) counts.push(count);
  }
  return counts;
}
