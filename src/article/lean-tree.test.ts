import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growTree, type LeanElement } from './lean-tree.ts';
import { collectBlocks } from './text-blocks.ts';

function show(element: LeanElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : `<${child.tag}>${show(child)}</${child.tag}>`)).join('');
}
const shape = (markup: string): string => show(growTree(markup).root);
const texts = (markup: string): string[] => collectBlocks(growTree(markup).root).map((block) => block.text);

test('closes what HTML closes by itself', () => {
  assert.equal(shape('<p>one<p>two<div>three</div>'), '<p>one</p><p>two</p><div>three</div>');
  assert.equal(shape('<ul><li>a<li>b<ul><li>c</ul><li>d</ul>'), '<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>');
  assert.equal(shape('<table><tr><td>1<td>2<tr><td>3</table>'), '<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>');
});

test('a stray closing tag closes nothing that is not its own', () => {
  assert.equal(shape('<div><p>a</span>b</p></div>'), '<div><p>ab</p></div>');
  assert.equal(shape('<div>a</b></section></div>c'), '<div>a</div>c');
});

test('decodes entities in text and in attributes', () => {
  const tree = growTree('<p title="a &amp; b">caf&eacute; &#8212; &quot;x&quot;</p>');
  assert.equal(show(tree.root), '<p>café — "x"</p>');
  assert.equal((tree.root.children[0] as LeanElement).read('title'), 'a & b');
});

test('text below the depth cap is kept, and the tree stays shallow', () => {
  const tree = growTree(`${'<div>'.repeat(5_000)}<p>deep</p>${'</div>'.repeat(5_000)}<p>after</p>`);
  assert.ok(tree.elements.every((element) => element.depth <= 257));
  assert.deepEqual(texts(`${'<div>'.repeat(5_000)}<p>deep</p>${'</div>'.repeat(5_000)}<p>after</p>`), ['deepafter'.slice(0, 4), 'after']);
});

test('hostile pages end: attributes, unclosed tags, mismatched closers', () => {
  for (const markup of [
    `<div ${Array.from({ length: 50_000 }, (_, index) => `a${index}="${index}"`).join(' ')}>x</div>`,
    `${'<b>'.repeat(30_000)}${'</i>'.repeat(30_000)}`,
    '<a href="'.repeat(20_000),
    '<!--'.repeat(20_000),
    `<script type="application/ld+json">${'{"a":['.repeat(20_000)}</script>`,
  ]) {
    assert.ok(growTree(markup).elements.length < 50_000);
  }
});

test('two line breaks part paragraphs, one does not part a sentence', () => {
  assert.deepEqual(texts('<div>one<br><br>two</div>'), ['one', 'two']);
  assert.deepEqual(texts('<div>a verse<br>and its other half</div>'), ['a verse and its other half']);
});

test('what no reader sees inside a sentence is left out', () => {
  assert.deepEqual(texts('<p>Read <a href="/x">the report<span class="sr-only"> (opens in a new window)</span></a> now.</p>'), [
    'Read the report now.',
  ]);
});
