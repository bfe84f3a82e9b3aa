import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { packZip } from './pack-zip.ts';

test('an archive holds its parts, listed where its end says', () => {
  const bytes = Buffer.from(packZip({ 'a.xml': 'first part', 'word/ü.xml': 'x'.repeat(5000) }));
  const end = bytes.lastIndexOf('PK\x05\x06', bytes.length, 'latin1');
  assert.equal(bytes.readUInt16LE(end + 10), 2);
  let at = bytes.readUInt32LE(end + 16);
  const found: Record<string, string> = {};
  for (let part = 0; part < 2; part++) {
    const [packed, length, offset] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + length);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26);
    found[name] = inflateRawSync(bytes.subarray(start, start + packed)).toString('utf8');
    at += 46 + length;
  }
  assert.deepEqual(found, { 'a.xml': 'first part', 'word/ü.xml': 'x'.repeat(5000) });
  assert.deepEqual(packZip({ a: 'b' }), packZip({ a: 'b' }));
});
