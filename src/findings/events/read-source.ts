/**
 * Whose word an event is: the speaker of a statement around its telling, where the article does not vouch for it itself.
 * In: Scene, mentions, model. Out: speaker and statement, or nothing where the article says it in its own voice.
 */
import type { EventType, Statement, Status } from '../../vocabulary.ts';
import { type LinearModel, scoreOf } from '../linear-model.ts';
import type { Scene } from './describe-candidate.ts';

export interface PossibleSource {
  readonly statement: Statement;
  readonly features: readonly string[];
}

const VAGUE = /^(?:some|many|others?|people|everyone|they|he|she|we|it)$/i;

/** The statements that hold one of the mentions, each once, with what speaks for naming its speaker. */
export function listSources(scene: Scene, ns: readonly number[], type: EventType, status: Status, selfSaid: boolean): PossibleSource[] {
  const found = new Map<number, string[]>();
  ns.forEach((n, order) => {
    const { trigger } = scene.candidates[n]!;
    const around = scene.statements
      .map((statement, at) => ({ at, span: statement.content.find((c) => c.start <= trigger.start && c.end >= trigger.end) }))
      .filter((x) => x.span !== undefined)
      .sort((a, b) => a.span!.end - a.span!.start - (b.span!.end - b.span!.start));
    around.forEach(({ at }, depth) => {
      const statement = scene.statements[at]!;
      if (!statement.speaker || found.has(at)) return;
      found.set(at, [
        `act:${statement.act}`,
        `cue:${statement.cue?.toLowerCase() ?? 'none'}`,
        `direct:${statement.direct}`,
        `depth:${depth}-${around.length}`,
        `order:${Math.min(order, 2)}-${Math.min(ns.length, 3)}`,
        `status:${status}`,
        `act-status:${statement.act}-${status}`,
        `act-self:${statement.act}-${selfSaid}`,
        `act-self-status:${statement.act}-${selfSaid}-${status}`,
        `type:${type}`,
        `type-act:${type}-${statement.act}`,
        `vague:${VAGUE.test(statement.speaker)}`,
        `via:${statement.via !== null}`,
        `direct-act:${statement.direct}-${statement.act}`,
      ]);
    });
  });
  return [...found].map(([at, features]) => ({ statement: scene.statements[at]!, features: ['bias', ...features] }));
}

/** Features of the article's own voice. */
export function describeOwnVoice(scene: Scene, ns: readonly number[], status: Status): string[] {
  const outside = ns.filter((n) => scene.statementAt[n] === undefined).length;
  return [
    `outside:${Math.min(outside, 3)}`,
    `first-outside:${scene.statementAt[ns[0]!] === undefined}`,
    `outside-status:${outside > 0}-${status}`,
    `mentions:${Math.min(ns.length, 4)}-${Math.min(outside, 3)}`,
  ];
}

export function readSource(
  scene: Scene,
  ns: readonly number[],
  type: EventType,
  status: Status,
  selfSaid: boolean,
  model: LinearModel,
): Statement | undefined {
  let best: Statement | undefined;
  let top = scoreOf(model, 'own', describeOwnVoice(scene, ns, status));
  for (const { statement, features } of listSources(scene, ns, type, status, selfSaid)) {
    const score = scoreOf(model, 'any', features);
    if (score > top) {
      top = score;
      best = statement;
    }
  }
  return best;
}
