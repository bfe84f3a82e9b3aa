import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import { test } from 'node:test';
import { guardLookup, isPublicAddress } from './public-address.ts';

test('addresses of the public internet are public', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '2001:4860:4860::8888', '[2606:4700::1111]', '::ffff:8.8.8.8', '64:ff9b::808:808']) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

test('private, local, mapped, tunnelled and reserved ones are not', () => {
  const others =
    '127.0.0.1 127.9.9.9 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ' +
    '::1 :: ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 64:ff9b::7f00:1 fe80::1 fe80::1%eth0 fd00::1 fec0::1 2001:db8::1 2002:7f00:1:: ff02::1 nonsense';
  for (const address of others.split(' ')) assert.equal(isPublicAddress(address), false, address);
});

test('a guarded lookup drops addresses that are not public, and fails where none is left', () => {
  const answer = (...addresses: string[]): LookupFunction =>
    ((_host: string, _options: object, callback: (error: null, found: { address: string; family: number }[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as unknown as LookupFunction;
  guardLookup(answer('10.0.0.1', '8.8.8.8'))('a.example', { all: true }, (error, found) => {
    assert.equal(error, null);
    assert.deepEqual(found, [{ address: '8.8.8.8', family: 4 }]);
  });
  guardLookup(answer('8.8.4.4'))('a.example', {}, (error, found, family) => assert.deepEqual([error, found, family], [null, '8.8.4.4', 4]));
  guardLookup(answer('10.0.0.1'))('a.example', { all: true }, (error) => assert.equal(error?.code, 'NOT_PUBLIC'));
});
