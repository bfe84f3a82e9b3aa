/**
 * A date as feeds, mails and JSON write it in, ISO 8601 out: what is ISO already stays as it stands, with its zone or without;
 * a mail date (RFC 5322) becomes an instant in UTC. What is no date gives null: no date is ever made up.
 */
const ISO = /^\d{4}-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Zones that feeds write and that Date does not know, as offsets. */
const ZONES: Readonly<Record<string, string>> = {
  CET: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  WET: '+0000',
  WEST: '+0100',
  BST: '+0100',
  MSK: '+0300',
  TRT: '+0300',
  AEST: '+1000',
  AEDT: '+1100',
  JST: '+0900',
};

export function readDate(words: string | null | undefined): string | null {
  const text = words?.trim() ?? '';
  const iso = ISO.exec(text);
  if (iso) return isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text.replace(' ', 'T'))) ? text.replace(' ', 'T') : null;
  if (!/\d{4}/.test(text) || !/[a-z]{3}/i.test(text)) return null;
  const known = text.replace(/\b([A-Z]{3,4})$/, (zone) => ZONES[zone] ?? zone);
  // A month-name date without a zone would be read in the zone of this machine; it is taken as UTC.
  const zoned = /(?:[+-]\d{2}:?\d{2}|Z|GMT|UTC?|[ECMP][SD]T)\s*(?:\([^)]*\))?$/i.test(known) ? known : `${known} UTC`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** "2022-02-31" is no day: Date.parse would take some such words for the 3rd of March. */
function isDay(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
}
