/**
 * An IP address in, whether it lies in the public internet out; and a name lookup that gives only such addresses.
 * What is not plainly public (private, loopback, link-local, mapped, tunnelled, reserved) is not.
 */
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast';
  const six = parsed as ipaddr.IPv6;
  // NAT64 networks write every IPv4 address as 64:ff9b::a.b.c.d; what counts is the address inside.
  if (six.range() === 'rfc6052') return isPublicAddress(six.toByteArray().slice(12).join('.'));
  return six.range() === 'unicast' && (six.parts[0]! & 0xe000) === 0x2000;
}

/** True where the host of a URL is an address already, so that no lookup will be asked. */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host.replace(/^\[|\]$/g, ''));
}

/** The error that a guarded lookup gives: it travels through the socket and is turned into a Failure where the fetch ends. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';
  readonly code = 'NOT_PUBLIC';
}

/** A lookup whose answers are only public addresses, so that no connection to another is ever begun. */
export function guardLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, answer, family) => {
      if (error) return callback(error, answer, family);
      const found: LookupAddress[] = typeof answer === 'string' ? [{ address: answer, family: family ?? 4 }] : answer;
      const allowed = found.filter((entry) => isPublicAddress(entry.address));
      const first = allowed[0];
      if (!first) return callback(new NotPublicError(`${hostname} is ${found[0]?.address ?? 'nowhere'}`), '', 0);
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}
