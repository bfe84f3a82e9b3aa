/**
 * Unknown settings in, a complete Config out. The only reader of the environment.
 * Flags of the command line win over WATCHDESK_* variables, and these over the defaults.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.ts';

const root = resolve(import.meta.dirname, '..');

const flag = z.union([
  z.boolean(),
  z.enum(['1', 'true', 'yes', '0', 'false', 'no', '']).transform((word) => ['1', 'true', 'yes'].includes(word)),
]);
const optionalText = z
  .string()
  .transform((text) => text.trim() || undefined)
  .optional();

/** Every setting with its default and its meaning; docs/using.md lists them and a test compares. */
const Settings = z.object({
  /** address the desk listens on; any other than loopback asks for accounts */
  host: z.string().min(1).default('127.0.0.1'),
  /** port of the desk; 0 takes a free one */
  port: z.coerce.number().int().min(0).max(65_535).default(4747),
  /** folder of the record */
  data: z.string().min(1),
  /** fetch pages from addresses that are not public (a test server, an intranet) */
  allowPrivate: flag.default(false),
  /** at least so many milliseconds between two requests to one host */
  hostDelay: z.coerce.number().int().min(0).default(2_000),
  /** milliseconds after which a page that does not answer is given up */
  fetchTimeout: z.coerce.number().int().min(100).default(30_000),
  /** the largest single page, mail or line that is read, in megabytes; archives and lists of any length are read piece by piece */
  maxMegabytes: z.coerce.number().positive().default(20),
  /** mail server for alerts, "smtp://user:password@host:port"; empty: no mail */
  smtp: optionalText,
  /** where alerts are mailed to */
  alertMail: optionalText,
  /** name under which a single user's corrections are kept */
  user: z.string().min(1).default('analyst'),
});

export type Config = Readonly<z.output<typeof Settings>>;
export type Setting = keyof Config;

export const VARIABLE_OF_SETTING: Readonly<Record<Setting, string>> = {
  host: 'WATCHDESK_HOST',
  port: 'WATCHDESK_PORT',
  data: 'WATCHDESK_DATA',
  allowPrivate: 'WATCHDESK_ALLOW_PRIVATE',
  hostDelay: 'WATCHDESK_HOST_DELAY',
  fetchTimeout: 'WATCHDESK_FETCH_TIMEOUT',
  maxMegabytes: 'WATCHDESK_MAX_MEGABYTES',
  smtp: 'WATCHDESK_SMTP',
  alertMail: 'WATCHDESK_ALERT_MAIL',
  user: 'WATCHDESK_USER',
};

/** Where the record lies if nobody says: beside a clone, else in the XDG data folder. */
export function findDataFolder(environment: NodeJS.ProcessEnv, clone = existsSync(join(root, '.git'))): string {
  if (clone) return join(root, 'watchdesk-data');
  const base = environment.XDG_DATA_HOME || join(homedir(), '.local', 'share');
  return join(base, 'watchdesk');
}

/**
 * Makes a complete configuration.
 * @param flags settings from the command line; undefined ones are left to the environment
 * @throws Failure('config', 'bad-input') that names the setting and what is wrong with it
 */
export function readConfig(flags: Readonly<Partial<Record<Setting, unknown>>> = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const given: Record<string, unknown> = { data: findDataFolder(environment) };
  for (const [setting, variable] of Object.entries(VARIABLE_OF_SETTING)) {
    const value = flags[setting as Setting] ?? environment[variable];
    if (value !== undefined && value !== '') given[setting] = value;
  }
  const result = Settings.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    const setting = String(issue?.path[0] ?? '') as Setting;
    throw new Failure(
      'config',
      'bad-input',
      `setting --${setting} (${VARIABLE_OF_SETTING[setting]}) is not usable: ${issue?.message ?? 'unknown reason'}`,
      {
        cause: result.error,
      },
    );
  }
  return { ...result.data, data: resolve(result.data.data) };
}
