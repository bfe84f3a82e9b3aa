import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalysedArticle, Article, EntityMention, Token } from '../vocabulary.ts';
import { splitText } from './tokens/split-text.ts';
import { writeAnalysis } from './write-analysis.ts';
import { writeConllu } from './write-conllu.ts';

const article: Article = {
  id: 'article:1',
  name: 'page',
  title: 'A title',
  text: 'The Red Guard (RG) didn’t leave.\n\nIt’s “here”.',
  published: '2019-09-16',
  updated: null,
  fetched: '2019-09-17T00:00:00Z',
  publishedFrom: 'input',
  authors: [],
  publisher: null,
  site: null,
  url: null,
  language: null,
  dateline: null,
  dropped: [],
  notes: [],
};

function analyse(): AnalysedArticle {
  const { sentences, tokens } = splitText(article.text);
  const read: Token[] = sentences.flatMap((sentence, index) =>
    Array.from({ length: sentence.endToken - sentence.firstToken }, (_, offset) => {
      const at = sentence.firstToken + offset;
      const start = tokens.starts[at] as number;
      const end = tokens.ends[at] as number;
      const text = article.text.slice(start, end);
      return {
        text,
        start,
        end,
        lemma: text,
        upos: 'X',
        head: offset === 0 ? -1 : sentence.firstToken,
        deprel: offset === 0 ? 'root' : 'dep',
        sentence: index,
      };
    }),
  );
  const mention = (firstToken: number, endToken: number, form: EntityMention['form']): EntityMention => {
    const start = (read[firstToken] as Token).start;
    const { end } = read[endToken - 1] as Token;
    return { text: article.text.slice(start, end), start, end, firstToken, endToken, form, entity: 0 };
  };
  return {
    article,
    language: 'en',
    sentences,
    tokens: read,
    quotations: [],
    entities: [{ kind: 'armed-group', name: 'Red Guard', acronym: 'RG', mentions: [0, 1, 2] }],
    entityMentions: [mention(1, 3, 'name'), mention(4, 5, 'acronym'), mention(10, 11, 'pronoun')],
    times: [],
    places: [],
    quantities: [],
    signals: [],
    notes: [],
  };
}

test('writes paragraphs, clitics, ranges and names', () => {
  const lines = writeConllu(analyse()).split('\n');
  assert.ok(lines.includes('# text = The Red Guard (RG) didn’t leave.'));
  assert.equal(lines.filter((line) => line === '# newpar').length, 2);
  assert.ok(lines.includes('2\tRed\tRed\tX\t_\t_\t1\tdep\t_\tEntity=(1-organization-armed_group|TokenRange=4:7'));
  assert.ok(lines.includes('3\tGuard\tGuard\tX\t_\t_\t1\tdep\t_\tEntity=1)|TokenRange=8:13'));
  assert.ok(lines.includes('5\tRG\tRG\tX\t_\t_\t1\tdep\t_\tEntity=(1-organization-armed_group)|SpaceAfter=No|TokenRange=15:17'));
  assert.ok(lines.includes('7-8\tdidn’t\t_\t_\t_\t_\t_\t_\t_\tTokenRange=19:25'));
  assert.ok(lines.includes('8\tn’t\tn’t\tX\t_\t_\t1\tdep\t_\tTokenRange=22:25'));
  assert.ok(lines.includes('1-2\tIt’s\t_\t_\t_\t_\t_\t_\t_\tTokenRange=34:38'));
  assert.ok(lines.at(-1) === '' && lines.at(-2) === '');
});

test('every row has ten columns, and the words give back the text', () => {
  const blocks = writeConllu(analyse()).trim().split('\n\n');
  for (const block of blocks) {
    const lines = block.split('\n');
    let text = '';
    let until = 0;
    for (const row of lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'))) {
      assert.equal(row.length, 10);
      const [id = '', form = ''] = row;
      if (!id.includes('-') && Number(id) <= until) continue;
      if (id.includes('-')) until = Number(id.split('-')[1]);
      text += form + (row[9]?.includes('SpaceAfter=No') ? '' : ' ');
    }
    assert.equal(text.trim(), lines.find((line) => line.startsWith('# text = '))?.slice(9));
  }
});

test('writes the reading as one line of JSON that reads back', () => {
  const line = writeAnalysis(analyse());
  assert.ok(!line.includes('\n'));
  const back = JSON.parse(line);
  assert.equal(back.entities[0].mentions[1].text, 'RG');
  for (const token of back.tokens) assert.equal(back.text.slice(token.start, token.end), token.text);
});
