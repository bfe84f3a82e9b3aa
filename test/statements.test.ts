/**
 * Statements end to end, read by the real language room: the example beside every cue of lexicon/en/speech-cues.json, and the shapes
 * that reported speech takes in a sentence. Each says who speaks, by which word, and what was said.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import cues from '../lexicon/en/speech-cues.json' with { type: 'json' };
import { isHarm } from '../src/findings/events/trigger-lexicon.ts';
import { growTree } from '../src/findings/grammar/tree.ts';
import { findStatements } from '../src/findings/statements/find-statements.ts';
import { indexNames } from '../src/findings/word-classes.ts';
import { analyseLanguage } from '../src/language/analyse-language.ts';
import { openModels } from '../src/models.ts';
import type { Article, Statement } from '../src/vocabulary.ts';

const language = await openModels();

async function readStatements(text: string): Promise<readonly Statement[]> {
  const nothing = {
    title: null,
    published: '2026-01-05',
    updated: null,
    publishedFrom: null,
    publisher: null,
    site: null,
    url: null,
    language: 'en',
    dateline: null,
  };
  const article: Article = {
    ...nothing,
    id: 'article:example',
    name: 'example',
    text,
    fetched: '2026-01-05T00:00:00Z',
    authors: [],
    dropped: [],
    notes: [],
  };
  const analysed = await analyseLanguage(article, language);
  return findStatements(growTree(analysed), { names: indexNames(analysed), isHarm }).map(({ statement }) => statement);
}

const plain = (text: string) => text.replace(/[“”"’.,]/gu, '').toLowerCase();
const contentOf = ({ content }: Statement) => plain(content.map(({ text }) => text).join(' '));

type Told = readonly [text: string, speaker: string | null, cue: string, content: string];

async function isTold([text, speaker, cue, content]: Told): Promise<Statement> {
  const statements = await readStatements(text);
  const found = statements.find((statement) => contentOf(statement) === plain(content));
  const seen = statements.map((statement) => `${statement.speaker} ${statement.cue}: ${contentOf(statement)}`).join(' | ');
  assert.ok(found, `${text} → ${seen || 'nothing'}`);
  assert.equal(plain(found.speaker ?? '').replace(/^(the|a|an|both) /, ''), plain(speaker ?? '').replace(/^(the|a|an|both) /, ''), seen);
  assert.equal(plain(found.cue ?? ''), plain(cue), seen);
  return found;
}

for (const { example } of [...cues.verbs, ...cues.phrases, ...cues.utterances])
  test(`cue: ${example[0]}`, async () => void (await isTold(example as unknown as Told)));

const SHAPES: readonly Told[] = [
  // a report that closes its sentence
  ['Two bridges were destroyed in the night, the governor said.', 'the governor', 'said', 'Two bridges were destroyed in the night'],
  [
    'Two bridges were destroyed in the night, said Anna Kovac, an engineer.',
    'Anna Kovac',
    'said',
    'Two bridges were destroyed in the night',
  ],
  ['The harbour was closed on Monday, Anna Kovac, a pilot, told reporters.', 'Anna Kovac', 'told', 'The harbour was closed on Monday'],
  ['At least 12 people were hurt, according to the hospital.', 'the hospital', 'according to', 'At least 12 people were hurt'],
  // a report that breaks it
  ['The harbour, the mayor said, was closed for repairs.', 'the mayor', 'said', 'The harbour was closed for repairs'],
  // when, where and to whom between the cue and what was said
  ['The minister told reporters on Tuesday that the talks had failed.', 'The minister', 'told', 'the talks had failed'],
  ['The army said in a statement on Friday that three soldiers had died.', 'The army', 'said', 'three soldiers had died'],
  // quotations
  [
    'The school burned down in May. “We will rebuild the school,” the mayor said. “It will take a year.”',
    'the mayor',
    'said',
    'We will rebuild the school It will take a year',
  ],
  ['Hundreds of people chanted “Bread and freedom!” outside the palace.', 'Hundreds of people', 'chanted', 'Bread and freedom!'],
  // orders and accusations
  ['Police told the crowd to leave the square.', 'Police', 'told', 'the crowd to leave the square'],
  ['The opposition accused the president of rigging the vote.', 'The opposition', 'accused', 'the president of rigging the vote'],
];
for (const shape of SHAPES) test(`shape: ${shape[0]}`, async () => void (await isTold(shape)));

test('a second cue has the first one’s speaker', async () => {
  const statements = await readStatements('The minister said the road was safe, adding that patrols would continue.');
  assert.deepEqual(
    statements.map(({ speaker, cue }) => [speaker, cue]),
    [
      ['The minister', 'said'],
      ['The minister', 'adding'],
    ],
  );
});

test('who passes it on is via, and makes no statement', async () => {
  const statements = await readStatements('The army said it had taken the town, Reuters reported.');
  assert.equal(statements.length, 1);
  assert.equal(statements[0]?.via, 'Reuters');
  assert.equal(
    (await isTold(['The road is open, a police officer told Reuters.', 'a police officer', 'told', 'The road is open'])).via,
    'Reuters',
  );
});

test('a channel is named', async () => {
  const told = await isTold(['The army said in a statement that the town was calm.', 'The army', 'said', 'the town was calm']);
  assert.equal(told.channel, 'a statement');
});

for (const text of [
  'The spokesman declined to comment.',
  'The minister did not say when the talks would begin.',
  'She added sugar to the tea.',
])
  test(`no statement: ${text}`, async () => assert.deepEqual(await readStatements(text), []));
