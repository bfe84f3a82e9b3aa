/**
 * Is it so? From the cues on the way from trigger to root: first by rules that can say why, then weighed by a model that
 * learned how much each cue counts. In: Scene, candidate. Out: status with the words that decided.
 */
import { type EventType, GROUP_OF_TYPE, type Status } from '../../vocabulary.ts';
import { childBy, isVerbal, prepositionOf, relationOf, type Tree } from '../grammar/tree.ts';
import { type LinearModel, scoreOf, sigmoid } from '../linear-model.ts';
import { classesAt } from '../word-classes.ts';
import type { Scene } from './describe-candidate.ts';
import type { Cue, Reading } from './read-cues.ts';

export interface Verdict {
  readonly status: Status;
  /** token that decided; undefined where only tense did */
  readonly token?: number;
  readonly reason: string;
}

const UNREAL: ReadonlySet<string> = new Set(['called-for', 'planned', 'threatened', 'feared', 'attempted', 'denied', 'hypothetical']);

/** Relations under which a governor speaks about the deed itself. */
const ABOUT =
  /^(xcomp|ccomp|acl$|obj|nsubj:pass|csubj|advcl|nmod:(of|for|to|about|on|against|at|that)|obl:(for|on|of|to|about|against|from|at|with)|amod|compound)/;

function speaksOf(cue: Cue): boolean {
  return cue.via === 'modifier' || cue.via === 'auxiliary' || ABOUT.test(cue.relation);
}

export function decideStatus(scene: Scene, n: number): Verdict {
  const { cues, tense, clause } = scene.readings[n]!;
  const words = (token: number): string => scene.tree.tokens[token]!.text;
  const trigger = scene.candidates[n]!.trigger.text;
  const live = cues.filter((c) => !c.blocked);
  const say = (status: Status, cue: Cue): Verdict => ({ status, token: cue.token, reason: `'${words(cue.token)}' governs '${trigger}'` });
  const negated = live.filter((c) => c.via === 'negation');
  const own = live.find((c) => c.via === 'auxiliary' && c.depth === 0);
  const condition = cues.find((c) => c.via === 'marker' && c.kind === 'if' && c.depth === 0 && (!c.blocked || c.steps === 0));
  if (condition)
    return { status: 'hypothetical', token: condition.token, reason: `'${words(condition.token)}' makes '${trigger}' a condition` };
  const governors = live.filter((c) => (c.via === 'governor' || c.via === 'modifier') && UNREAL.has(c.kind) && speaksOf(c));
  const denial = governors.find((c) => c.kind === 'denied');
  const nearest = governors.find((c) => c.kind !== 'denied');
  const negation = negated.find((c) => c.depth === 0);
  if (denial && (!nearest || denial.steps >= nearest.steps)) return say('denied', denial);
  if (negation && own?.kind !== 'should') {
    if (nearest?.lemma === 'fail') return { status: 'happened', token: negation.token, reason: `'${words(negation.token)}' undoes 'fail'` };
    if (!nearest || nearest.steps > negation.steps)
      return { status: 'denied', token: negation.token, reason: `'${words(negation.token)}' negates '${trigger}'` };
  }
  if (nearest) return say(nearest.kind as Status, nearest);
  if (own?.kind === 'will' || own?.kind === 'going')
    return { status: 'planned', token: own.token, reason: `'${words(own.token)}' sets '${trigger}' in the future` };
  if (own?.kind === 'could')
    return { status: 'feared', token: own.token, reason: `'${words(own.token)}' makes '${trigger}' a possibility` };
  if (own?.kind === 'would') return { status: 'hypothetical', token: own.token, reason: `'${words(own.token)}' leaves '${trigger}' open` };
  if (own?.kind === 'should') return { status: 'called-for', token: own.token, reason: `'${words(own.token)}' asks for '${trigger}'` };
  const lasting = live.find((c) => c.kind === 'ongoing') ?? cues.find((c) => c.lemma === 'continue' && c.depth <= 1);
  if (lasting) return { status: 'ongoing', token: lasting.token, reason: `'${words(lasting.token)}': still going on` };
  if (/(present-progressive|present-perfect-progressive|^present$|light-present$|being)/.test(tense))
    return { status: 'ongoing', token: clause, reason: `'${words(clause)}' stands in the present` };
  return {
    status: 'happened',
    ...(clause === scene.candidates[n]!.head ? {} : { token: clause }),
    reason: `told as done ('${words(clause)}')`,
  };
}

/** What the clause around the trigger says of its being so: words on the way to the root, tense, determiner. */
export function describeCues(tree: Tree, head: number, wordClass: string, reading: Reading): string[] {
  const token = tree.tokens[head]!;
  const nearest = reading.cues.find((q) => !q.blocked && q.via !== 'firm' && UNREAL.has(q.kind));
  const out = [
    'bias',
    `tense:${reading.tense}`,
    `class-tense:${wordClass}-${reading.tense}`,
    `rel:${token.deprel}`,
    `near:${nearest ? `${nearest.kind}-${nearest.via}` : 'none'}`,
  ];
  const firm = reading.cues.find((q) => q.via === 'firm' && !q.blocked && q.depth <= 1 && q.steps <= 3);
  if (firm) out.push(`firm:${firm.kind}`);
  if (nearest) out.push(`near-lemma:${nearest.lemma}`, `near-rel:${nearest.kind}-${nearest.relation}`);
  for (const q of reading.cues) {
    if (q.via === 'firm') continue;
    const d = `${Math.min(q.depth, 2)}${q.blocked ? 'x' : ''}`;
    out.push(`cue:${q.via}-${q.kind}-${d}`);
    if (!q.blocked) out.push(`lemma:${q.via}-${q.lemma}`, `lemma-rel:${q.lemma}-${q.relation.split(':')[0]}`);
    if (q.steps <= 1) out.push(`close:${q.kind}`);
  }
  if (!isVerbal(token)) {
    const det = childBy(tree, head, 'det');
    out.push(`det:${det === undefined ? 'none' : tree.tokens[det]!.lemma.toLowerCase()}`, `prep:${prepositionOf(tree, head) || 'none'}`);
    if (token.xpos === 'NNS') out.push('plural');
    if (token.head >= 0)
      out.push(
        `gov:${tree.tokens[token.head]!.lemma.toLowerCase()}`,
        `gov-rel:${tree.tokens[token.head]!.lemma.toLowerCase()}-${relationOf(token)}`,
      );
    for (const m of tree.children[head] ?? [])
      if (relationOf(tree.tokens[m]!) === 'amod') out.push(`mod:${tree.tokens[m]!.text.toLowerCase()}`);
  } else {
    if (token.head >= 0)
      out.push(
        `vgov:${tree.tokens[token.head]!.lemma.toLowerCase()}`,
        `vgov-rel:${tree.tokens[token.head]!.lemma.toLowerCase()}-${relationOf(token)}`,
      );
    for (const m of tree.children[head] ?? [])
      if (relationOf(tree.tokens[m]!) === 'advmod') out.push(`mod:${tree.tokens[m]!.text.toLowerCase()}`);
  }
  return [...new Set(out)];
}

const SHARES = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9];

/** Features of one mention for the model of status; `factual` is the general model of what is told as so. */
export function describeStatus(
  scene: Scene,
  n: number,
  verdict: Verdict,
  type: string,
  act: string | undefined,
  selfSaid: boolean,
  factual: LinearModel,
): string[] {
  const { tree, names } = scene;
  const c = scene.candidates[n]!;
  const reading = scene.readings[n]!;
  const roles = scene.roles[n]!;
  const cues = describeCues(tree, c.head, c.wordClass, reading);
  const share = sigmoid(scoreOf(factual, 'any', cues));
  const step = SHARES.findIndex((edge) => share < edge);
  const out = [
    ...cues,
    `factual:${step < 0 ? SHARES.length : step}`,
    `factual-class:${step < 0 ? SHARES.length : step}-${c.wordClass}`,
    `rule:${verdict.status}`,
    `type:${type}`,
    `group:${GROUP_OF_TYPE[type as EventType] ?? ''}`,
    `key:${c.key}`,
    `rule-tense:${verdict.status}-${reading.tense}`,
    `act:${act ?? 'none'}`,
    `act-self:${act ?? 'none'}-${selfSaid}`,
    `rule-act:${verdict.status}-${act ?? 'none'}`,
    `rule-type:${verdict.status}-${type}`,
    `type-tense:${type}-${reading.tense}`,
  ];
  for (const [role, t] of [
    ['doer', roles.doer],
    ['affected', roles.affected],
  ] as const) {
    if (t !== undefined) for (const k of classesAt(tree.analysed, names, t).slice(0, 4)) out.push(`${role}:${k}`);
    else out.push(`${role}:none`);
  }
  for (const time of timesNear(scene, n)) out.push(time);
  return [...new Set(out)];
}

const DAY = 86_400_000;

/** How the times in the deed's clause and sentence lie to the day of publication. */
export function timesNear(scene: Scene, n: number): string[] {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const sentence = tree.sentences[tree.tokens[c.head]!.sentence]!;
  const published = scene.tree.analysed.article.published?.slice(0, 10);
  const out: string[] = [];
  for (const time of tree.analysed.times) {
    if (time.start < sentence.start || time.end > sentence.end) continue;
    const near = Math.abs(time.start - c.trigger.start) < 60 ? 'near' : 'far';
    out.push(`time-${near}:${time.kind}-${time.precision}`);
    if (time.from && published) {
      const days = Math.round((Date.parse(published) - Date.parse(time.to ?? time.from)) / DAY);
      const label = days < 0 ? 'future' : days <= 1 ? 'now' : days <= 7 ? 'week' : days <= 31 ? 'month' : days <= 365 ? 'year' : 'old';
      out.push(`time-${near}:${label}`);
    }
    const word = time.text.toLowerCase();
    for (const w of [
      'since',
      'ago',
      'last',
      'next',
      'tomorrow',
      'earlier',
      'previous',
      'now',
      'recent',
      'week',
      'year',
      'month',
      'today',
      'yesterday',
    ])
      if (word.includes(w)) out.push(`time-${near}:${w}`);
  }
  return out;
}
