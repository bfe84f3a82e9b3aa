/**
 * Is the event background (older than the news, told as context), and is its word itself doubted (hedged)?
 * In: Scene, the mentions of one event. Out: features for the models, and the words that hedge.
 */
import type { EventType, Status, TimeExpression } from '../../vocabulary.ts';
import { childBy, isVerbal, pathToRoot } from '../grammar/tree.ts';
import type { Scene } from './describe-candidate.ts';
import { describePlace } from './describe-candidate.ts';
import { timesNear } from './read-status.ts';
import { timeBeside } from './read-when.ts';

const DAY = 86_400_000;

function ageOf(time: TimeExpression | undefined, published: string | null): string {
  if (!time?.from || !published) return 'none';
  const days = (Date.parse(published.slice(0, 10)) - Date.parse(time.to ?? time.from)) / DAY;
  return days < -1 ? 'future' : days <= 2 ? 'now' : days <= 8 ? 'week' : days <= 40 ? 'month' : days <= 400 ? 'year' : 'old';
}

/** How the deed's sentence and paragraph lie to the news at the head of the article: what it tells too, and how old its times are. */
function describeDistance(scene: Scene, n: number, type: EventType): string[] {
  const { tree } = scene;
  const c = scene.candidates[n]!;
  const index = tree.tokens[c.head]!.sentence;
  const sentence = tree.sentences[index]!;
  const lead = tree.sentences[Math.min(1, tree.sentences.length - 1)]!.endToken;
  const out: string[] = [];
  const place = index <= 1 ? 'lead' : 'body';
  const told = scene.candidates.filter((other) => other.head < lead && other.offers.get(type) === 'strong');
  out.push(`told-first:${place}-${Math.min(told.length, 2)}`, `key-first:${place}-${told.some((other) => other.key === c.key)}`);
  const { published } = tree.analysed.article;
  const ages = new Set<string>();
  for (const time of tree.analysed.times) {
    const holder = tree.sentences.findIndex((s) => s.start <= time.start && s.end >= time.end);
    if (holder < 0 || time.kind === 'duration') continue;
    if (tree.sentences[holder]!.paragraph === sentence.paragraph) ages.add(`paragraph-age:${ageOf(time, published)}`);
    if (holder === index - 1) ages.add(`before-age:${ageOf(time, published)}`);
  }
  return [...out, ...ages];
}

export function describeBackground(scene: Scene, mentions: readonly number[], type: EventType, status: Status): string[] {
  const { tree } = scene;
  const out = new Set<string>([
    'bias',
    `type:${type}`,
    `status:${status}`,
    `type-status:${type}-${status}`,
    `mentions:${Math.min(mentions.length, 6)}`,
  ]);
  const { published } = tree.analysed.article;
  mentions.forEach((n, k) => {
    const age = ageOf(timeBeside(scene, n), published);
    if (age !== 'none' || k === 0) out.add(`${k === 0 ? 'first' : 'later'}-age:${age}`);
    if (age !== 'none') out.add(`age-type:${age}-${type}`);
    if (k === 0) for (const f of describeDistance(scene, n, type)) out.add(f);
    const c = scene.candidates[n]!;
    const token = tree.tokens[c.head]!;
    const where = k === 0 ? 'first' : 'later';
    for (const f of describePlace(scene, c)) out.add(`${where}-${f}`);
    const reading = scene.readings[n]!;
    const path = pathToRoot(tree, c.head);
    const relative = path.some((t) => tree.tokens[t]!.deprel === 'acl:relcl');
    if (k === 0) {
      out.add(`key:${c.key}`).add(`tense:${reading.tense}`).add(`rel:${token.deprel}`).add(`tense-type:${reading.tense}-${type}`);
      out.add(`first-par-tense:${Math.min(2, tree.sentences[token.sentence]!.paragraph)}-${reading.tense}`);
      if (relative) out.add('relative');
      if (path.some((t) => tree.tokens[t]!.deprel === 'advcl')) out.add('adverbial');
      if (path.some((t) => tree.tokens[t]!.deprel === 'acl')) out.add('participle');
      if (!isVerbal(token)) {
        const det = childBy(tree, c.head, 'det');
        out.add(`det:${det === undefined ? 'none' : tree.tokens[det]!.lemma.toLowerCase()}`);
        if (token.deprel === 'amod' || token.deprel === 'compound') out.add('attribute');
      }
      out.add(`said:${scene.statementAt[n] === undefined ? 'no' : scene.statements[scene.statementAt[n]!]!.act}`);
      out.add(`steps:${Math.min(path.length, 6)}`);
      for (const q of reading.cues)
        if (q.via === 'modifier' || (q.via === 'marker' && !q.blocked)) out.add(`cue:${q.via}-${q.kind}`).add(`cue-lemma:${q.lemma}`);
      for (const d of tree.children[c.head] ?? []) {
        const it = tree.tokens[d]!;
        if (it.deprel === 'amod' || it.deprel === 'advmod') out.add(`mod:${it.lemma.toLowerCase()}`);
      }
      for (const t of timesNear(scene, n)) out.add(t);
    } else {
      for (const t of timesNear(scene, n)) if (t.startsWith('time-near')) out.add(`later-${t}`);
      out.add(`later-tense:${reading.tense}`);
    }
  });
  return [...out];
}

export function describeHedge(
  scene: Scene,
  mentions: readonly number[],
  type: EventType,
  status: Status,
): { features: string[]; token: number | undefined } {
  const { tree } = scene;
  const out = new Set<string>(['bias', `type:${type}`, `status:${status}`]);
  let token: number | undefined;
  for (const n of mentions) {
    for (const q of scene.readings[n]!.cues) {
      if (q.via !== 'hedge') continue;
      const reach = `${Math.min(q.depth, 2)}${q.blocked ? 'x' : ''}`;
      out.add(`hedge:${reach}`).add(`hedge-lemma:${q.lemma}`).add(`hedge-relation:${q.relation}-${reach}`);
      if (!q.blocked && q.steps <= 1) out.add('hedge-close').add(`hedge-close:${q.lemma}`);
      if (!q.blocked) token ??= q.token;
    }
    const at = scene.statementAt[n];
    if (at !== undefined) {
      const cue = scene.statements[at]!.cue?.toLowerCase() ?? '';
      if (/claim|alleg|believ|rumou?r|suspect|accus/.test(cue)) out.add('doubting-cue').add(`doubting-cue:${cue}`);
      out.add(`act:${scene.statements[at]!.act}`);
    }
    const sentence = tree.sentences[tree.tokens[scene.candidates[n]!.head]!.sentence]!;
    if (/\b(reports? that|unconfirmed|allegedly|reportedly|purported)/i.test(sentence.text)) out.add('sentence-doubts');
  }
  return { features: [...out], token };
}
