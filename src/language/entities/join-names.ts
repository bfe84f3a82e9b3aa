/**
 * Gathers the names of an article into entities: full name and surname, acronym and full form, spellings of one group. In:
 * named spans. Out: for each span the number of its entity, and the entities' kinds and acronyms. No pronouns here.
 */
import people from '../../../lexicon/en/people.json' with { type: 'json' };
import type { NameKind, Token } from '../../vocabulary.ts';
import type { NamedSpan } from './find-names.ts';
import { nameKey } from './known-names.ts';

export interface JoinedEntity {
  kind: NameKind;
  acronym: string | null;
  readonly known: string | null;
  readonly spans: NamedSpan[];
  /** the words of a person's name in each of its forms */
  readonly forms: Map<string, readonly string[]>;
}

const TITLES = new Set(people.titles);
const SMALL = new Set(['of', 'the', 'for', 'and', 'in', 'on', 'de', 'to', 'against', 'a']);

/** Words of a person's name without titles, in small letters: "Gen. Abdel-Fattah al-Burhan" → abdel fattah al burhan. */
export function personWords(name: string): string[] {
  const words = nameKey(name.replace(/['’]s$/, '')).split(' ');
  while (words.length > 1 && TITLES.has(words[0]!)) words.shift();
  while (words.length > 2 && /^(?:jr|sr|ii|iii|iv)$/.test(words.at(-1)!)) words.pop();
  return words;
}

export function joinNames(
  text: string,
  tokens: readonly Token[],
  spans: readonly NamedSpan[],
): { entities: JoinedEntity[]; entityOf: number[] } {
  const entities: JoinedEntity[] = [];
  const entityOf: number[] = new Array(spans.length).fill(-1);
  const byKey = new Map<string, number>();
  const open = (span: NamedSpan, key: string): number => {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    entities.push({ kind: span.kind, acronym: null, known: span.known, spans: [], forms: new Map() });
    byKey.set(key, entities.length - 1);
    return entities.length - 1;
  };
  const assign = (i: number, entity: number) => {
    entityOf[i] = entity;
    const { spans: own, forms, kind } = entities[entity]!;
    own.push(spans[i]!);
    if (kind === 'person' && !forms.has(spans[i]!.text)) forms.set(spans[i]!.text, personWords(spans[i]!.text));
  };
  const introduced = readAcronyms(text, tokens, spans);

  // What tables know, then longer names before shorter ones, so that a short form finds its full form wherever that stands.
  const order = spans
    .map((_, i) => i)
    .sort(
      (a, b) => Number(spans[b]!.known !== null) - Number(spans[a]!.known !== null) || wordCount(spans[b]!) - wordCount(spans[a]!) || a - b,
    );
  for (const i of order) {
    const span = spans[i]!;
    if (span.known !== null) assign(i, open(span, span.known));
    else if (span.kind === 'person') assign(i, openPerson(span, entities, byKey, open));
    else assign(i, openOther(span, introduced, entities, byKey, open));
  }
  for (const [acronym, full] of introduced) {
    const entity = byKey.get(`name:${full}`) ?? spans.findIndex((span, i) => nameKey(span.text) === full && entityOf[i]! >= 0);
    const number = byKey.get(`name:${full}`) ?? (entity >= 0 ? entityOf[entity]! : -1);
    if (number >= 0 && entities[number]!.acronym === null) entities[number]!.acronym = acronym;
  }
  for (const entity of entities) {
    entity.spans.sort((a, b) => a.firstToken - b.firstToken);
    entity.acronym ??= entity.spans.find((span) => isAcronymOf(span))?.text ?? null;
    if (entity.acronym !== null && entity.spans.every((span) => span.text === entity.acronym) && entity.known === null)
      entity.acronym = null;
  }
  return { entities, entityOf };
}

const wordCount = (span: NamedSpan) => (span.kind === 'person' ? personWords(span.text).length : span.text.split(/[\s-]+/).length);
export const isAcronym = (name: string) => /^(?:\p{Lu}\.?){2,6}$/u.test(name) || /^\p{Lu}{2,5}-\p{Lu}{1,3}$/u.test(name);

/** A place in capitals ("BEIRUT" in a dateline) is no acronym, but for those of countries. */
export const isAcronymOf = ({ kind, text }: Pick<NamedSpan, 'kind' | 'text'>) =>
  isAcronym(text) && (kind !== 'place' || text.replaceAll('.', '').length < 4);

type Open = (span: NamedSpan, key: string) => number;

function openPerson(span: NamedSpan, entities: readonly JoinedEntity[], byKey: Map<string, number>, open: Open): number {
  const words = personWords(span.text);
  const key = `person:${words.join(' ')}`;
  if (byKey.has(key)) return byKey.get(key)!;
  // The surname, or the family's part of it ("al-Baghdadi", "bin Salman"); a first name only where it is the one bearer's.
  const fits = entities.flatMap((entity, number) => {
    if (entity.kind !== 'person') return [];
    let best = 0;
    for (const form of entity.forms.values()) best = Math.max(best, fitWords(words, form));
    return best > 0 ? [{ entity, number, best }] : [];
  });
  const top = Math.max(0, ...fits.map((fit) => fit.best));
  const among = fits.filter((fit) => fit.best === top);
  if (among.length === 0 || (top === 1 && among.length > 1)) return open(span, key);
  if (among.length === 1) {
    byKey.set(key, among[0]!.number);
    return among[0]!.number;
  }
  // Two bear the name: the one named last before this.
  const latest = ({ spans }: JoinedEntity) => spans.findLast((other) => other.firstToken < span.firstToken)?.firstToken ?? -1;
  return among.toSorted((a, b) => latest(b.entity) - latest(a.entity))[0]!.number;
}

/** 3: the end of the full name, 2: first and last word agree, 1: its first word; 0: another's name. */
function fitWords(short: readonly string[], full: readonly string[]): number {
  if (short.length > full.length) return 0;
  if (short.join(' ') === full.slice(-short.length).join(' ')) return 3;
  const bare = short[0] === 'al' || short[0] === 'el' ? short.slice(1) : short;
  if (bare.length > 0 && bare.join(' ') === full.slice(-bare.length).join(' ')) return 3;
  if (short.length > 1 && short.at(-1) === full.at(-1) && short[0] === full[0]) return 2;
  return short.length === 1 && full.length > 1 && short[0] === full[0] ? 1 : 0;
}

function openOther(
  span: NamedSpan,
  introduced: ReadonlyMap<string, string>,
  entities: readonly JoinedEntity[],
  byKey: Map<string, number>,
  open: Open,
): number {
  const key = nameKey(span.text.replace(/['’]s$/, ''));
  const own = byKey.get(`name:${key}`);
  if (own !== undefined) return own;
  const full = introduced.get(span.text);
  if (full !== undefined) {
    const known = byKey.get(`name:${full}`);
    if (known !== undefined) return known;
    const spelled = entities.findIndex((entity) => entity.spans.some((other) => nameKey(other.text) === full));
    if (spelled >= 0) return spelled;
  }
  if (span.kind === 'organisation' || span.kind === 'armed-group') {
    const acronym = isAcronym(span.text) ? span.text.replaceAll('.', '').toLowerCase() : null;
    const found = entities.findIndex(
      (entity) =>
        (entity.kind === 'organisation' || entity.kind === 'armed-group') &&
        entity.spans.some((other) => (acronym !== null ? initialsOf(other.text) === acronym : isShortForm(key, nameKey(other.text)))),
    );
    if (found >= 0) {
      byKey.set(`name:${key}`, found);
      return found;
    }
  }
  return open(span, `name:${key}`);
}

/** "Institute for the Study of War" → "isw" */
function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => !SMALL.has(word.toLowerCase()));
  return words.length < 2 ? '' : words.map((word) => word[0]!.toLowerCase()).join('');
}

/** "Syrian Observatory" for "Syrian Observatory for Human Rights": the full name's first words, at least two of them. */
function isShortForm(short: string, full: string): boolean {
  return short.includes(' ') && full.startsWith(`${short} `) && SMALL.has(full.slice(short.length + 1).split(' ')[0]!);
}

/** "the Syrian Democratic Forces (SDF)": acronym → key of the name before the bracket. */
function readAcronyms(text: string, tokens: readonly Token[], spans: readonly NamedSpan[]): Map<string, string> {
  const introduced = new Map<string, string>();
  for (const span of spans) {
    if (tokens[span.endToken]?.text !== '(' || tokens[span.endToken + 2]?.text !== ')') continue;
    const acronym = text.slice(tokens[span.endToken + 1]!.start, tokens[span.endToken + 1]!.end);
    if (!isAcronym(acronym)) continue;
    const letters = acronym.replaceAll(/[.-]/g, '').toLowerCase();
    if (span.kind !== 'person' && (initialsOf(span.text).startsWith(letters[0]!) || span.text[0]!.toLowerCase() === letters[0]))
      introduced.set(acronym, nameKey(span.text));
  }
  return introduced;
}
