import assert from 'node:assert/strict';
import { test } from 'node:test';
import groups from '../../../lexicon/en/armed-groups.json' with { type: 'json' };
import organisations from '../../../lexicon/en/organisations.json' with { type: 'json' };
import arms from '../../../lexicon/en/weapons.json' with { type: 'json' };
import type { Article, NameKind, Token } from '../../vocabulary.ts';
import { splitText } from '../tokens/split-text.ts';
import { gatherEntities } from './gather-entities.ts';
import { lookUpArms, lookUpName } from './known-names.ts';

/** [word, part of speech, relation, governing word] where the tree matters; all else hangs loose. */
type Told = readonly [word: string, upos: string, deprel?: string, head?: string];

function gather(text: string, named: [string, NameKind][], told: Told[] = []) {
  const split = splitText(text);
  const tokens: Token[] = split.sentences.flatMap((sentence, number) =>
    Array.from({ length: sentence.endToken - sentence.firstToken }, (_, i): Token => {
      const at = sentence.firstToken + i;
      const [start, end] = [split.tokens.starts[at]!, split.tokens.ends[at]!];
      const word = text.slice(start, end);
      const known = told.find(([name]) => name === word);
      const upos = known?.[1] ?? (/^\p{Lu}/u.test(word) && i > 0 ? 'PROPN' : /^\w/.test(word) ? 'X' : 'PUNCT');
      return { text: word, start, end, lemma: word.toLowerCase(), upos, head: -1, deprel: known?.[2] ?? 'dep', sentence: number };
    }),
  );
  const joined = tokens.map((token) => {
    const governor = told.find(([name]) => name === token.text)?.[3];
    const head = tokens.findIndex((other) => other.sentence === token.sentence && other.text === governor);
    return { ...token, head };
  });
  const names = named.flatMap(([name, kind]) =>
    [...text.matchAll(new RegExp(`(?<![\\p{L}-])${name.replace(/[.()]/g, '\\$&')}(?![\\p{L}-])`, 'gu'))].flatMap(({ index }) => {
      const firstToken = tokens.findIndex((token) => token.start === index);
      const endToken = tokens.findIndex((token) => token.end === index + name.length) + 1;
      return firstToken < 0 || endToken === 0 ? [] : [{ firstToken, endToken, kind, score: 0.9 }];
    }),
  );
  names.sort((a, b) => a.firstToken - b.firstToken || b.endToken - a.endToken);
  const gathered = gatherEntities({ article: { text } as Article, tokens: joined, sentences: split.sentences, names, places: [] });
  const find = (name: string) => gathered.entities.find((entity) => entity.name === name);
  const textsOf = (name: string) => find(name)?.mentions.map((mention) => gathered.entityMentions[mention]!.text);
  return { ...gathered, find, textsOf };
}

test('every name of our tables is known, under the table name', () => {
  for (const [kind, rows] of [
    ['armed-group', groups.groups],
    ['organisation', organisations.organisations],
  ] as [string, { name: string; aliases?: string[] }[]][]) {
    for (const { name, aliases = [] } of rows)
      for (const spelling of [name, ...aliases]) assert.equal(lookUpName(spelling)?.kind, kind, spelling);
  }
  assert.equal(lookUpName('is'), null);
  assert.equal(lookUpName('isis')?.name ?? null, null);
});

test('weapons and platforms by word and by type number', () => {
  for (const { kind, example } of arms.patterns) assert.equal(lookUpArms(example), kind, example);
  for (const [words, kind] of [
    ['F-16', 'platform'],
    ['Su-25s', 'platform'],
    ['MQ-9 Reaper', 'platform'],
    ['barrel bombs', 'weapon'],
    ['Scud missiles', 'weapon'],
    ['COVID-19', null],
    ['March 12', null],
  ]) {
    assert.equal(lookUpArms(words!), kind, words!);
  }
});

test('a surname joins its full name, titles aside', () => {
  const { textsOf } = gather('Gen. Omar Haddad spoke first. Haddad left early, and Mr Haddad slept. Lina Haddad stayed.', [
    ['Omar Haddad', 'person'],
    ['Haddad', 'person'],
    ['Lina Haddad', 'person'],
  ]);
  assert.deepEqual(textsOf('Omar Haddad'), ['Omar Haddad', 'Haddad', 'Haddad']);
  assert.deepEqual(textsOf('Lina Haddad'), ['Lina Haddad']);
});

test('an article of the name does not part it: al-Rashidi', () => {
  const { textsOf } = gather('The court freed Karim al-Rashidi. Al-Rashidi went home.', [
    ['Karim al-Rashidi', 'person'],
    ['Al-Rashidi', 'person'],
  ]);
  assert.deepEqual(textsOf('Karim al-Rashidi'), ['Karim al-Rashidi', 'Al-Rashidi']);
});

test('an acronym in brackets belongs to the name before it', () => {
  const { find, textsOf } = gather('The Northern Relief Council (NRC) sent food. Later the NRC sent tents.', [
    ['Northern Relief Council', 'organisation'],
    ['NRC', 'organisation'],
  ]);
  assert.equal(find('Northern Relief Council')?.acronym, 'NRC');
  assert.deepEqual(textsOf('Northern Relief Council'), ['Northern Relief Council', 'NRC', 'NRC']);
});

test('names of one group that the table knows are one entity', () => {
  const { entities } = gather('Islamic State lost ground. The army says ISIS fled; Daesh denies it, and IS fighters hid.', []);
  assert.deepEqual(
    entities.map(({ kind, name, acronym, mentions }) => [kind, name, acronym, mentions.length]),
    [['armed-group', 'Islamic State', 'ISIS', 4]],
  );
});

test('"the group" is the only group spoken of, and nobody where there are two', () => {
  const one = gather('Boko Haram struck at dawn. The group fled into the forest.', []);
  assert.deepEqual(one.textsOf('Boko Haram'), ['Boko Haram', 'The group']);
  const two = gather('Boko Haram fought Hezbollah. The group fled into the forest.', []);
  assert.ok(!two.entityMentions.some((mention) => mention.form === 'description'));
});

test('a description stands before or after the name', () => {
  const before = gather(
    'Then rebel spokesman Karim Saleh spoke.',
    [['Karim Saleh', 'person']],
    [
      ['rebel', 'NOUN'],
      ['spokesman', 'NOUN'],
    ],
  );
  assert.equal(before.find('Karim Saleh')?.description?.text, 'rebel spokesman');
  const after = gather(
    'Karim Saleh, the head of the council, spoke.',
    [['Karim Saleh', 'person']],
    [
      ['Saleh', 'PROPN', 'nsubj', 'spoke'],
      ['Karim', 'PROPN', 'compound', 'Saleh'],
      ['the', 'DET', 'det', 'head'],
      ['head', 'NOUN', 'appos', 'Saleh'],
      ['of', 'ADP', 'case', 'council'],
      ['council', 'NOUN', 'nmod', 'head'],
    ],
  );
  assert.equal(after.find('Karim Saleh')?.description?.text, 'head of the council');
});

test('a pronoun goes to the one person who fits', () => {
  const { textsOf } = gather('Maria Lopez met Ahmed Nasser. Later she went home.', [
    ['Maria Lopez', 'person'],
    ['Ahmed Nasser', 'person'],
  ]);
  assert.deepEqual(textsOf('Maria Lopez'), ['Maria Lopez', 'she']);
});

test('who is only spoken of in a quotation does not go on speaking', () => {
  const { entityMentions, entities } = gather('Karim Saleh waited. “We remember David Stone,” he said.', [
    ['Karim Saleh', 'person'],
    ['David Stone', 'person'],
  ]);
  const he = entityMentions.find((mention) => mention.form === 'pronoun');
  assert.equal(entities[he!.entity]?.name, 'Karim Saleh');
});

test('the fullest name is the longest that is no acronym, as a name is written', () => {
  const { entities } = gather('HASSAN OMAR NOOR FREED\n\nHassan Noor was freed. Hassan Omar Noor waved.', [
    ['HASSAN OMAR NOOR', 'person'],
    ['Hassan Noor', 'person'],
    ['Hassan Omar Noor', 'person'],
  ]);
  assert.deepEqual(
    entities.map((entity) => entity.name),
    ['Hassan Omar Noor'],
  );
});

test('mentions and entities point at each other, and words stand where they say', () => {
  const text = 'Hamas fired rockets. The group denied it. Maria Lopez said she saw an F-16.';
  const { entities, entityMentions } = gather(
    text,
    [['Maria Lopez', 'person']],
    [
      ['F', 'PROPN'],
      ['16', 'NUM'],
    ],
  );
  for (const [i, mention] of entityMentions.entries()) {
    assert.equal(text.slice(mention.start, mention.end), mention.text);
    assert.ok(entities[mention.entity]!.mentions.includes(i));
  }
});
