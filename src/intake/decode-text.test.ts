import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../failure.ts';
import { decodeText } from './decode-text.ts';

const CAFE = 'Le café des Résistants rouvrira à Noël, dit le maire.';
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** windows-1251, written out by hand: Node encodes no Cyrillic code page. */
function cyrillic(text: string): Uint8Array {
  return Uint8Array.from([...text], (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
}

test('plain UTF-8 needs no label and makes no note', () => {
  assert.deepEqual(decodeText(Buffer.from(CAFE), 'a'), { text: CAFE, charset: 'utf-8', notes: [] });
});

test('a byte order mark decides, and is not part of the text', () => {
  assert.equal(decodeText(Buffer.from(`\ufeff${CAFE}`), 'a').text, CAFE);
  assert.equal(decodeText(Buffer.from(`\ufeff${CAFE}`, 'utf16le'), 'a').text, CAFE);
  assert.equal(decodeText(Buffer.from(`\ufeff${CAFE}`, 'utf16le').swap16(), 'a').text, CAFE);
});

test('UTF-16 without a mark is told by its zeros, with a note', () => {
  const decoded = decodeText(Buffer.from(CAFE, 'utf16le'), 'a');
  assert.equal(decoded.text, CAFE);
  assert.equal(decoded.notes.length, 1);
});

test('the header, then <meta>, then the XML declaration name the charset', () => {
  assert.equal(decodeText(latin1(CAFE), 'a', 'text/html; charset=ISO-8859-1').text, CAFE);
  assert.equal(decodeText(latin1(`<meta charset=latin1>${CAFE}`), 'a').text, `<meta charset=latin1>${CAFE}`);
  const xml = `<?xml version="1.0" encoding="windows-1252"?><a>${CAFE}</a>`;
  assert.equal(decodeText(latin1(xml), 'a').text, xml);
  const equiv = `<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">`;
  assert.equal(decodeText(cyrillic(`${equiv}Привет, мир`), 'a').text, `${equiv}Привет, мир`);
});

test('a wrong label gives way to bytes that hold together as UTF-8, with a note', () => {
  const decoded = decodeText(Buffer.from(CAFE), 'a', 'text/html; charset=iso-8859-1');
  assert.equal(decoded.text, CAFE);
  assert.match(decoded.notes[0]!.message, /declares windows-1252 but is utf-8/);
});

test('a label that says utf-8 and is wrong is found out', () => {
  const decoded = decodeText(latin1(`<meta charset=utf-8>${CAFE} ${CAFE} ${CAFE}`), 'a');
  assert.ok(decoded.text.includes(CAFE), decoded.text);
  assert.equal(decoded.notes.length, 1);
});

test('without any label the charset is guessed, with a note', () => {
  const text = 'Министр сказал, что переговоры продолжатся завтра, а войска останутся на своих местах. Он отверг обвинения.';
  const decoded = decodeText(cyrillic(text), 'a');
  assert.equal(decoded.text, text);
  assert.match(decoded.notes[0]!.message, /does not say its charset/);
});

test('one broken byte in a long page costs one character and makes a note', () => {
  const decoded = decodeText(Buffer.concat([Buffer.from(CAFE.repeat(20)), Buffer.from([0xff]), Buffer.from(' end')]), 'a');
  assert.ok(decoded.text.endsWith('\ufffd end'));
  assert.match(decoded.notes[0]!.message, /1 character could not/);
});

test('7-bit codings are decoded by their label', () => {
  const jis = Buffer.from('1b2442467c4b5c1b2842', 'hex');
  assert.equal(decodeText(jis, 'a', 'text/html; charset=iso-2022-jp').text, '日本');
});

for (const [what, bytes, words] of [
  ['nothing', '', /is empty/],
  ['white space', ' \n\t\r\n', /is empty/],
  ['a PDF', '%PDF-1.7 …', /is a PDF/],
  ['a picture', '\x89PNG\r\n\x1a\n', /is a PNG picture/],
  ['zeros', 'ab\0cd\0\0\0ef'.repeat(9), /is binary data/],
  ['noise', String.fromCharCode(...Array.from({ length: 300 }, (_, index) => 1 + ((index * 7) % 8))), /is binary data/],
] as const) {
  test(`${what} is refused in plain words`, () => {
    assert.throws(
      () => decodeText(latin1(bytes), 'x.html'),
      (error) => error instanceof Failure && error.code === 'bad-input' && words.test(error.message),
    );
  });
}
