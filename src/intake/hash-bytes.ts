/**
 * Bytes in, their hex SHA-256 out: the name under which an original is kept and checked again.
 */
import { createHash } from 'node:crypto';

export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
