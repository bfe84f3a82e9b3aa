import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTelling } from './made-up-events.ts';
import { type AnnexEntry, draftSitrep, findDoubts } from './sitrep.ts';
import { findFirings, writeTryout } from './watch.ts';
import { writeDocxParts, writeHtml, writeMarkdown } from './write-sitrep.ts';

const town = { words: 'the town of Raqqa', name: 'Raqqa', country: 'SY', lat: 35.9, lon: 39, precision: 'town' as const };
const rows = [
  makeTelling(
    {
      where: town,
      actors: [{ name: 'the air force', start: 0, end: 6 }],
      counts: [{ kind: 'killed', low: 4, high: 4, words: 'four', source: null }],
    },
    { article: 'article:a' },
  ),
  makeTelling({ where: town }, { article: 'article:b', site: 'lantern.example', published: '2022-01-22' }),
  makeTelling({ type: 'talks', status: 'planned' }, { article: 'article:c', story: 'story:talks' }),
];
const entry = (article: string): [string, AnnexEntry] => [
  article,
  {
    article,
    title: 'Depot <hit>',
    site: 'harbour-post.example',
    url: 'https://harbour-post.example/a',
    published: '2022-01-21',
    fetched: '2022-01-21T10:00:00Z',
    sha256: 'ab'.repeat(32),
  },
];
const annex = new Map(['article:a', 'article:b', 'article:c'].map(entry));
const draft = () => draftSitrep('Raqqa, January', rows, new Map(), annex);

test('a draft gathers deeds by kind, each sentence with its citations, and tells done from said', () => {
  const sitrep = draft();
  assert.deepEqual(
    sitrep.sections.map((section) => [section.group, section.sentences.length]),
    [
      ['remote-violence', 1],
      ['strategic', 1],
    ],
  );
  const [sentence] = sitrep.sections[0]?.sentences ?? [];
  assert.equal(sentence?.text, 'Reported 21 Jan 2022, Raqqa, SY: air strike by the air force; 4 killed (2 articles · 2 origins).');
  assert.equal(sentence?.citations.length, 2);
  assert.equal(sitrep.summary, '2 events from 3 articles: 1 told as done, 1 attempted, planned, threatened, called for, feared or denied.');
  assert.equal(sitrep.annex.length, 3);
});

test('what the draft says itself is never doubted; names and numbers put in by hand are', () => {
  for (const { text, citations } of draft().sections.flatMap((section) => section.sentences))
    assert.deepEqual(findDoubts(text, citations), [], text);
  const facts = [{ facts: ['Planes struck the depot in Raqqa', '4', '21 Jan 2022'] }];
  assert.deepEqual(
    findDoubts('On 21 Jan 2022 planes of Freedonia struck the depot in Raqqa; 14 died.', facts).map((doubt) => doubt.words),
    ['Freedonia', '14'],
  );
  assert.deepEqual(findDoubts('Planes struck. It burned.', facts), []);
  assert.deepEqual(
    findDoubts('Rufus Firefly ordered it.', facts).map((doubt) => doubt.words),
    ['Rufus', 'Firefly'],
  );
});

test('the same choices give the same report, escaped and with its annex in every format', () => {
  assert.equal(writeHtml(draft()), writeHtml(draft()));
  assert.ok(writeHtml(draft()).includes('Depot &lt;hit&gt;') && !writeHtml(draft()).includes('<hit>'));
  assert.ok(writeMarkdown(draft()).includes('ab'.repeat(32)));
  const parts = writeDocxParts(draft());
  assert.ok(parts['word/document.xml']?.includes('Raqqa, SY'));
  const edited = draft();
  const changed = {
    ...edited,
    sections: edited.sections.map((section) => ({
      ...section,
      sentences: section.sentences.map((sentence) => ({ ...sentence, text: `${sentence.text} 99 fled.` })),
    })),
  };
  assert.ok(writeHtml(changed).includes('<mark>99⁇</mark>'));
  assert.ok(writeMarkdown(changed).includes('2 sentences name something that the cited words do not hold'));
});

test('a watch fires once for a deed, on the day its threshold is reached', () => {
  const firings = findFirings(rows, new Map(), { minOrigins: 2, days: 7 });
  assert.equal(firings.length, 1);
  assert.equal(firings[0]?.day, '2022-01-22');
  assert.equal(firings[0]?.reason, '2 origins within 7 days by 22 Jan 2022: harbour-post.example, lantern.example');
  assert.equal(findFirings(rows, new Map(), { minOrigins: 2, days: 1 }).length, 0);
  assert.equal(findFirings(rows, new Map(), { minOrigins: 1, days: 7 }).length, 2);
  assert.equal(writeTryout(firings), 'On the record as it is, this would have fired once, first on 22 Jan 2022.');
});

test('a copy adds no origin to a watch', () => {
  const copied = [rows[0], makeTelling({ where: town }, { article: 'article:b', kind: 'copy' })].filter((row) => row !== undefined);
  assert.equal(findFirings(copied, new Map(), { minOrigins: 2, days: 7 }).length, 0);
});
