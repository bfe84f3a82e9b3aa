/**
 * Accounts for a desk that others can reach: passwords kept as scrypt hashes, sessions as hashes of random tokens in a cookie that
 * scripts cannot read, attempts counted so that guessing is slow. The store keeps hashes only; no password is ever written down.
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Person, Role, Store } from '../store/store.ts';
import { Refusal } from './answer-failure.ts';

export const ROLES_IN_ORDER = ['reader', 'analyst', 'editor', 'admin'] as const satisfies readonly Role[];
export const mayDo = (role: Role, least: Role) => ROLES_IN_ORDER.indexOf(role) >= ROLES_IN_ORDER.indexOf(least);

const COOKIE = 'watchdesk-session';
const SESSION_MS = 12 * 3600_000;
const LENGTH = 32;
/** OWASP's advice for scrypt: N 2^17, r 8, p 1 */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((done, fail) => {
    scrypt(password.normalize('NFKC'), salt, LENGTH, COST, (error, key) => (error ? fail(error) : done(key)));
  });

/** "scrypt$<salt>$<key>", both base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`;
}

export async function fitsPassword(password: string, hash: string | null): Promise<boolean> {
  const [kind, salt, key] = (hash ?? '').split('$');
  // An unknown name takes as long as a wrong password, so that names cannot be guessed by the clock.
  const known = kind === 'scrypt' && salt !== undefined && key !== undefined;
  const derived = await derive(password, known ? Buffer.from(salt, 'base64') : Buffer.alloc(16));
  const kept = known ? Buffer.from(key, 'base64') : Buffer.alloc(LENGTH);
  return known && kept.length === derived.length && timingSafeEqual(kept, derived);
}

/** Counts events by key within a stretch of time; the oldest keys are forgotten first. */
export function countWithin(milliseconds: number, most: number, now: () => number) {
  const seen = new Map<string, { count: number; until: number }>();
  return {
    /** @throws Refusal 429 when this key has been counted too often */
    count(key: string, message: string): void {
      const at = now();
      const entry = seen.get(key);
      const current = entry && entry.until > at ? entry : { count: 0, until: at + milliseconds };
      current.count++;
      seen.delete(key);
      seen.set(key, current);
      if (seen.size > 10_000) seen.delete(seen.keys().next().value as string);
      if (current.count > most) throw new Refusal(429, message);
    },
    forget: (key: string) => void seen.delete(key),
  };
}

const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

export interface Accounts {
  /** gives the cookie of the new session; @throws Refusal 401, 429 */
  signIn(name: string, password: string, from: string, secure: boolean): Promise<{ readonly cookie: string; readonly person: Person }>;
  /** the person behind a Cookie header */
  whoIs(cookie: string | undefined): Promise<Person | undefined>;
  signOut(cookie: string | undefined): Promise<string>;
}

export function openAccounts(store: Store, now: () => number): Accounts {
  const attempts = countWithin(15 * 60_000, 8, now);
  const readToken = (cookie: string | undefined) => new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{20,})`).exec(cookie ?? '')?.[1];
  const writeCookie = (token: string, seconds: number, secure: boolean) =>
    `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
  return {
    async signIn(name, password, from, secure) {
      const tooOften = 'Too many attempts: wait a quarter of an hour.';
      attempts.count(`name ${name}`, tooOften);
      attempts.count(`from ${from}`, tooOften);
      const person = await store.people.get(name);
      const fits = await fitsPassword(password, person?.active ? person.passwordHash : null);
      if (!person || !fits) {
        await store.audit.write({ who: name.slice(0, 100), what: 'sign-in refused', subject: from });
        throw new Refusal(401, 'Name and password do not fit.');
      }
      attempts.forget(`name ${name}`);
      const token = randomBytes(32).toString('base64url');
      await store.people.openSession({
        tokenHash: hashToken(token),
        person: person.name,
        until: new Date(now() + SESSION_MS).toISOString(),
      });
      await store.audit.write({ who: person.name, what: 'signed in', subject: from });
      return { cookie: writeCookie(token, SESSION_MS / 1000, secure), person };
    },
    async whoIs(cookie) {
      const token = readToken(cookie);
      const person = token ? await store.people.session(hashToken(token)) : undefined;
      return person?.active ? person : undefined;
    },
    async signOut(cookie) {
      const token = readToken(cookie);
      if (token) await store.people.closeSession(hashToken(token));
      return writeCookie('', 0, false);
    },
  };
}

/** Whether anybody could sign in and look after the accounts. */
export async function hasAdmin(store: Store): Promise<boolean> {
  for (const person of await store.people.list()) {
    if (person.role === 'admin' && person.active && (await store.people.get(person.name))?.passwordHash) return true;
  }
  return false;
}
