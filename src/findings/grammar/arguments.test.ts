import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalysedArticle, Token } from '../../vocabulary.ts';
import { argumentsOfNoun, argumentsOfVerb } from './arguments.ts';
import { growTree, type Tree } from './tree.ts';

/** Rows of "text lemma upos xpos head relation", heads counted from 1 as in CoNLL-U. */
function treeOf(rows: string): Tree {
  let at = 0;
  const tokens = rows
    .trim()
    .split('\n')
    .map((row): Token => {
      const [text, lemma, upos, xpos, head, deprel] = row.trim().split(/\s+/) as [string, string, string, string, string, string];
      const start = at;
      at += text.length + 1;
      return { text, lemma, upos, xpos, start, end: start + text.length, head: Number(head) - 1, deprel, sentence: 0 };
    });
  const text = tokens.map((t) => t.text).join(' ');
  const sentences = [{ text, start: 0, end: text.length, firstToken: 0, endToken: tokens.length, paragraph: 0 }];
  return growTree({
    article: { text },
    tokens,
    sentences,
    entities: [],
    entityMentions: [],
    places: [],
    times: [],
  } as unknown as AnalysedArticle);
}

const at = (tree: Tree, word: string): number => tree.tokens.findIndex((t) => t.text === word);
const word = (tree: Tree, token: number | undefined): string | undefined => (token === undefined ? undefined : tree.tokens[token]!.text);

test('the passive: "by" does it, the subject suffers it', () => {
  const tree = treeOf(`
    Three three NUM CD 2 nummod
    policemen policeman NOUN NNS 4 nsubj:pass
    were be AUX VBD 4 aux:pass
    killed kill VERB VBN 0 root
    by by ADP IN 6 case
    gunmen gunman NOUN NNS 4 obl`);
  const args = argumentsOfVerb(tree, at(tree, 'killed'));
  assert.equal(word(tree, args.agent), 'gunmen');
  assert.equal(word(tree, args.patient), 'policemen');
});

test('control: who is urged does it', () => {
  const tree = treeOf(`
    He he PRON PRP 2 nsubj
    urged urge VERB VBD 0 root
    fanatics fanatic NOUN NNS 2 obj
    to to PART TO 5 mark
    free free VERB VB 2 xcomp
    prisoners prisoner NOUN NNS 5 obj`);
  const args = argumentsOfVerb(tree, at(tree, 'free'));
  assert.equal(word(tree, args.agent), 'fanatics');
  assert.equal(word(tree, args.patient), 'prisoners');
});

test('control: who vows does it himself', () => {
  const tree = treeOf(`
    Rebels rebel NOUN NNS 2 nsubj
    vowed vow VERB VBD 0 root
    to to PART TO 4 mark
    march march VERB VB 2 xcomp`);
  assert.equal(word(tree, argumentsOfVerb(tree, at(tree, 'march')).agent), 'Rebels');
});

test('a relative clause: its pronoun stands for the noun before it', () => {
  const tree = treeOf(`
    the the DET DT 2 det
    men man NOUN NNS 6 nsubj
    who who PRON WP 4 nsubj
    shelled shell VERB VBD 2 acl:relcl
    Homs Homs PROPN NNP 4 obj
    left leave VERB VBD 0 root`);
  assert.equal(word(tree, argumentsOfVerb(tree, at(tree, 'shelled')).agent), 'men');
});

test('a noun of action: of, by, and the word before it', () => {
  const tree = treeOf(`
    rebel rebel NOUN NN 2 compound
    attack attack NOUN NN 0 root
    on on ADP IN 5 case
    a a DET DT 5 det
    convoy convoy NOUN NN 2 nmod`);
  const args = argumentsOfNoun(tree, at(tree, 'attack'));
  assert.deepEqual(
    args.before.map((t) => word(tree, t)),
    ['rebel'],
  );
  assert.deepEqual(
    args.obliques.map((o) => `${o.preposition} ${word(tree, o.token)}`),
    ['on convoy'],
  );
});
