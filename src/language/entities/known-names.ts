/**
 * The names that we know without being told: armed groups, organisations, weapons and platforms, from lexicon/en. In: words.
 * Out: whose name they are, and under which one it goes. Knows nothing of the article.
 */
import groups from '../../../lexicon/en/armed-groups.json' with { type: 'json' };
import organisations from '../../../lexicon/en/organisations.json' with { type: 'json' };
import arms from '../../../lexicon/en/weapons.json' with { type: 'json' };
import type { NameKind } from '../../vocabulary.ts';

export interface KnownName {
  readonly kind: NameKind;
  /** the name it goes by in our tables */
  readonly name: string;
  /** the words are an acronym, taken in this spelling only */
  readonly acronym: boolean;
}

interface Row {
  readonly name: string;
  readonly aliases?: readonly string[];
}

/** words in small letters, without hyphens, points and apostrophes: "al-Qa'ida" → "al qaida" */
export function nameKey(name: string): string {
  if (/^[A-Za-z]+$/.test(name)) return name.toLowerCase();
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’‘ʿ`."“”]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^the /, '')
    .trim();
}

const isAcronym = (name: string) => /^(?:\p{Lu}\.?){2,}(?:-?\p{Lu}+)*$|^\p{Lu}+\d*(?:-\p{Lu}{1,3})?$|^\p{Lu}\p{Ll}\p{Lu}$/u.test(name);

const byKey = new Map<string, KnownName[]>();
/** first word of a key → most words of the keys that begin with it */
const reach = new Map<string, number>();
function noteReach(key: string): void {
  const words = key.split(' ');
  reach.set(words[0]!, Math.max(reach.get(words[0]!) ?? 0, words.length));
}
function enter(kind: NameKind, rows: readonly Row[]): void {
  for (const { name, aliases = [] } of rows) {
    for (const spelling of [name, ...aliases]) {
      const key = nameKey(spelling);
      const known = { kind, name, acronym: isAcronym(spelling) };
      const list = byKey.get(key);
      if (list) list.push(known);
      else byKey.set(key, [known]);
      noteReach(key);
    }
  }
}
enter('armed-group', groups.groups);
enter('organisation', organisations.organisations);

/** Most words that a known name beginning with this word can have, hyphens counted as blanks; 0 where none begins so. */
export function reachOf(word: string): number {
  return reach.get(/^[A-Za-z]+$/.test(word) ? word.toLowerCase() : nameKey(word).split(' ')[0]!) ?? 0;
}

/** Armed group or organisation of this name; acronyms only as they are written ("IS", not "is"). */
export function lookUpName(text: string): KnownName | null {
  for (const known of byKey.get(nameKey(text)) ?? []) {
    if (!known.acronym || isAcronym(text) || /^\p{Lu}\p{Ll}{3,}/u.test(text)) return known;
  }
  return null;
}

const weaponKinds = new Map<string, NameKind>([
  ...arms.weapons.map((word) => [nameKey(word), 'weapon'] as const),
  ...arms.platforms.map((word) => [nameKey(word), 'platform'] as const),
]);
const armsReach = new Map<string, number>();
for (const key of weaponKinds.keys()) {
  const words = key.split(' ');
  armsReach.set(words[0]!, Math.max(armsReach.get(words[0]!) ?? 0, words.length));
}
/** The same for weapons and platforms; a word with a digit or before a hyphen may be a type number of two parts. */
export function armsReachOf(word: string, next: string): number {
  const lower = word.toLowerCase();
  const known = Math.max(armsReach.get(lower) ?? 0, armsReach.get(lower.replace(/s$/, '')) ?? 0);
  return known > 0 ? known : /\d/.test(word) || (next === '-' && /^\p{Lu}/u.test(word)) ? 2 : 0;
}
const patterns = arms.patterns.map(({ kind, pattern }) => ({ kind: kind as NameKind, pattern: new RegExp(pattern) }));

/** Weapon or platform by its words or its type number; plurals too. */
export function lookUpArms(text: string): NameKind | null {
  const key = nameKey(text);
  const known = weaponKinds.get(key) ?? weaponKinds.get(key.replace(/s$/, '')) ?? weaponKinds.get(key.replace(/ves$/, 'fe'));
  if (known !== undefined) return known;
  const type = text.replace(/s$/, '').replaceAll('–', '-');
  return patterns.find(({ pattern }) => pattern.test(type))?.kind ?? null;
}
