/**
 * The words that say whether a deed is so: read along the path from the trigger to the root of its sentence, with the
 * auxiliaries, negations, markers and adjectives on the way (lexicon/en/status-cues.json). Collects; read-status decides.
 */
import cueTable from '../../../lexicon/en/status-cues.json' with { type: 'json' };
import type { Token } from '../../vocabulary.ts';
import { childrenBy, hasFeature, isVerbal, prepositionOf, relationOf, type Tree } from '../grammar/tree.ts';

export interface Cue {
  /** 'governor', 'firm', 'auxiliary', 'negation', 'marker', 'modifier', 'hedge' */
  readonly via: string;
  readonly kind: string;
  readonly lemma: string;
  readonly token: number;
  /** clauses between trigger and cue; 0: in the trigger's own clause */
  readonly depth: number;
  /** steps on the path */
  readonly steps: number;
  /** relation by which the path enters the governor */
  readonly relation: string;
  /** a relative clause, a time clause or a subject lies between: the cue may not reach the trigger */
  readonly blocked: boolean;
}

type Rows = readonly { readonly kind: string; readonly lemmas: readonly string[] }[];

function index(rows: Rows): Map<string, string[]> {
  const map = new Map<string, string[]>();
  for (const row of rows)
    for (const lemma of row.lemmas) if (!map.get(lemma)?.includes(row.kind)) map.set(lemma, [...(map.get(lemma) ?? []), row.kind]);
  return map;
}

const GOVERNORS = index(cueTable.governors);
/** Governors that leave no doubt how the deed under them is meant. */
const FIRM = index(cueTable.firmGovernors);
const AUXILIARIES = index(cueTable.auxiliaries);
const NEGATIONS = index(cueTable.negations);
const MARKERS = index(cueTable.markers);
const MODIFIERS = index(cueTable.modifiers);
const HEDGES = index(cueTable.hedges);
const HEDGE_GOVERNORS = index(cueTable.hedgeGovernors);

/** Verbs that only carry the noun they govern: their tense is the deed's own. */
const LIGHT = new Set(
  'launch carry conduct commit perpetrate wage stage hold make take begin start continue occur happen break erupt rage go follow mount hit rock kill be have do see claim leave suffer face perform deliver execute impose resume end escalate intensify'.split(
    ' ',
  ),
);

export interface Reading {
  readonly cues: readonly Cue[];
  /** token of the finite clause that gives the deed its tense */
  readonly clause: number;
  readonly tense: string;
}

function tenseOf(tree: Tree, verb: number): string {
  const token = tree.tokens[verb]!;
  const auxiliaries = childrenBy(tree, verb, 'aux', 'aux:pass', 'cop').map((c) => tree.tokens[c]!);
  const has = (lemma: string): Token | undefined => auxiliaries.find((a) => a.lemma === lemma);
  const modal = auxiliaries.find((a) => a.xpos === 'MD' || AUXILIARIES.has(a.lemma));
  if (modal) return `modal-${AUXILIARIES.get(modal.lemma)?.[0] ?? 'other'}${has('have') ? '-perfect' : ''}`;
  const have = has('have');
  const be = has('be');
  const progressive = token.xpos === 'VBG' || (hasFeature(token, 'VerbForm=Ger') && be !== undefined);
  if (have) return `${have.text.toLowerCase() === 'had' ? 'past-perfect' : 'present-perfect'}${progressive ? '-progressive' : ''}`;
  if (be) {
    const past = be.text.toLowerCase() === 'was' || be.text.toLowerCase() === 'were';
    const kind = progressive ? '-progressive' : isVerbal(token) ? '-passive' : '-nominal';
    if (be.text.toLowerCase() === 'being') return `being${kind}`;
    if (be.text.toLowerCase() === 'be') return `infinitive${kind}`;
    return `${past ? 'past' : 'present'}${kind}`;
  }
  if (childrenBy(tree, verb, 'mark').some((c) => tree.tokens[c]!.lemma === 'to') || token.xpos === 'VB')
    return has('do') ? 'past' : 'infinitive';
  if (token.xpos === 'VBD' || hasFeature(token, 'Tense=Past'))
    return token.xpos === 'VBN' || hasFeature(token, 'VerbForm=Part') ? 'participle-past' : 'past';
  if (token.xpos === 'VBN') return 'participle-past';
  if (token.xpos === 'VBG' || hasFeature(token, 'VerbForm=Ger')) return 'participle-present';
  if (token.xpos === 'VBZ' || token.xpos === 'VBP' || hasFeature(token, 'Tense=Pres')) return 'present';
  return isVerbal(token) ? 'bare' : 'none';
}

const INTO = new Set(['to', 'from', 'against', 'of', 'at', 'for', 'on', 'about', 'into']);

/** Steps that lead from a deed to what is said or wished about it. */
function letsThrough(tree: Tree, child: number): 'same' | 'deeper' | 'blocked' {
  const token = tree.tokens[child]!;
  switch (relationOf(token)) {
    case 'conj':
    case 'compound':
    case 'amod':
    case 'flat':
    case 'appos':
      return 'same';
    case 'obj':
    case 'iobj':
    case 'nmod':
    case 'obl':
      return 'same';
    case 'xcomp':
    case 'ccomp':
    case 'csubj':
      return 'deeper';
    case 'nsubj':
      return token.deprel === 'nsubj:pass' ? 'same' : 'blocked';
    case 'acl':
      return token.deprel === 'acl:relcl' ? 'blocked' : 'deeper';
    case 'advcl':
      // "gathered to storm", "kept from storming", "warned against storming": the governor speaks of the deed
      return childrenBy(tree, child, 'mark', 'case').some((c) => INTO.has(tree.tokens[c]!.lemma.toLowerCase())) ? 'deeper' : 'blocked';
    default:
      return 'blocked';
  }
}

export function readCues(tree: Tree, trigger: number): Reading {
  const cues: Cue[] = [];
  const tokens = tree.tokens;
  let depth = 0;
  let blocked = false;
  let clause = trigger;
  let clauseSettled = isVerbal(tokens[trigger]!) || childrenBy(tree, trigger, 'cop').length > 0;
  const push = (via: string, kinds: readonly string[] | undefined, token: number, relation: string, steps: number): void => {
    for (const kind of kinds ?? [])
      cues.push({ via, kind, lemma: tokens[token]!.lemma.toLowerCase(), token, depth, steps, relation, blocked });
  };
  const readDependents = (at: number, steps: number): void => {
    for (const c of tree.children[at] ?? []) {
      const child = tokens[c]!;
      const lemma = child.lemma.toLowerCase();
      const relation = relationOf(child);
      if (relation === 'aux' || relation === 'cop')
        push('auxiliary', AUXILIARIES.get(lemma) ?? AUXILIARIES.get(child.text.toLowerCase()), c, relation, steps);
      if (relation === 'advmod' || relation === 'det' || relation === 'cc' || relation === 'case' || relation === 'cc:preconj')
        push('negation', NEGATIONS.get(lemma), c, relation, steps);
      if (relation === 'nsubj' && NEGATIONS.has(lemma)) push('negation', NEGATIONS.get(lemma), c, relation, steps);
      if (relation === 'nsubj')
        for (const d of childrenBy(tree, c, 'det')) if (tokens[d]!.lemma === 'no') push('negation', ['not'], d, 'det', steps);
      if (relation === 'mark' || relation === 'advmod') push('marker', MARKERS.get(lemma), c, relation, steps);
      if (relation === 'advmod' || relation === 'amod')
        push('hedge', HEDGES.get(lemma) ?? HEDGES.get(child.text.toLowerCase()), c, relation, steps);
      if (relation === 'amod' || relation === 'compound' || relation === 'det')
        push('modifier', MODIFIERS.get(child.text.toLowerCase()) ?? MODIFIERS.get(lemma), c, relation, steps);
    }
  };
  readDependents(trigger, 0);
  let at = trigger;
  for (let steps = 1; steps < 14; steps++) {
    const head = tokens[at]!.head;
    if (head < 0) break;
    const way = letsThrough(tree, at);
    if (way === 'blocked') blocked = true;
    if (way === 'deeper') depth++;
    const relation = tokens[at]!.deprel;
    const governor = tokens[head]!;
    const lemma = governor.lemma.toLowerCase();
    // "is going to strike": the verb of going only sets the future
    if (lemma === 'go' && governor.xpos === 'VBG' && relation === 'xcomp')
      cues.push({ via: 'auxiliary', kind: 'going', lemma, token: head, depth: 0, steps, relation, blocked });
    if (relationOf(tokens[at]!) !== 'conj' || at === head) {
      push(
        'governor',
        GOVERNORS.get(lemma),
        head,
        `${relation}${relation.startsWith('obl') || relation.startsWith('nmod') ? `:${prepositionOf(tree, at)}` : ''}`,
        steps,
      );
      if (/^(xcomp|ccomp|obj|nsubj:pass|acl$|advcl|obl)/.test(relation)) push('firm', FIRM.get(lemma), head, relation, steps);
      push('hedge', HEDGE_GOVERNORS.get(lemma), head, relation, steps);
    }
    if (!clauseSettled && (isVerbal(governor) || childrenBy(tree, head, 'cop').length > 0)) {
      clause = head;
      clauseSettled = true;
    }
    readDependents(head, steps);
    at = head;
  }
  const carrier = clause === trigger ? '' : LIGHT.has(tokens[clause]!.lemma) ? 'light-' : 'other-';
  return { cues, clause, tense: `${carrier}${tenseOf(tree, clause)}` };
}
