/** Failures counted by code in, one plain line out: "3 pages could not be read: 2 paywalls, 1 time-out". */
import type { FailureCode } from '../failure.ts';
import { countOf } from './words.ts';

/** One and many of each reason, and what the reader can do about it. */
export const FAILURE_WORDS: Readonly<Record<FailureCode, { readonly one: string; readonly many: string; readonly advice: string }>> = {
  'bad-input': { one: 'unreadable file', many: 'unreadable files', advice: 'Give an HTML, text, JSON or mail file.' },
  'too-large': { one: 'too large', many: 'too large', advice: 'Raise the size limit in the settings, or cut the file.' },
  'not-found': { one: 'not found', many: 'not found', advice: 'Check the address; the page may have been taken down.' },
  unreachable: { one: 'no answer', many: 'without an answer', advice: 'It is tried again by itself.' },
  refused: {
    one: 'refusal by the site',
    many: 'refusals by the site',
    advice: 'The site does not want it read by machine: save the page and drop the file here.',
  },
  'not-public': {
    one: 'private address',
    many: 'private addresses',
    advice: 'Addresses inside a network are read only when the setting allows it.',
  },
  'server-error': { one: 'error at the site', many: 'errors at the site', advice: 'It is tried again by itself.' },
  'not-a-feed': { one: 'no feed', many: 'no feeds', advice: 'Look for an RSS or Atom address on the site.' },
  'empty-page': { one: 'page without text', many: 'pages without text', advice: 'Open it in the browser, save it and drop the file here.' },
  'index-page': { one: 'list of links', many: 'lists of links', advice: 'Paste the link of one article instead.' },
  paywall: { one: 'paywall', many: 'paywalls', advice: 'With a subscription: save the page and drop the file here.' },
  'cookie-wall': { one: 'consent page', many: 'consent pages', advice: 'Accept it in the browser, save the page and drop the file here.' },
  'video-page': { one: 'video without text', many: 'videos without text', advice: 'There is nothing to read on it.' },
  'data-locked': { one: 'locked record', many: 'locked records', advice: 'Another Watchdesk has this record open.' },
  'data-newer': { one: 'newer record', many: 'newer records', advice: 'Update Watchdesk.' },
  'data-damaged': { one: 'damaged record', many: 'damaged records', advice: 'Restore the last backup.' },
  'disk-full': { one: 'full disk', many: 'times the disk was full', advice: 'Make room; nothing was lost, the rest goes on.' },
  crashed: { one: 'fault of ours', many: 'faults of ours', advice: 'Report it with the page: the rest goes on.' },
  'model-missing': { one: 'missing model', many: 'missing models', advice: 'Install Watchdesk again.' },
};

export interface FailureGroup {
  readonly code: FailureCode;
  readonly count: number;
  readonly words: string;
  readonly advice: string;
}

/** @returns the line (empty when nothing failed) and the groups, most first */
export function writeFailures(counts: readonly { readonly code: FailureCode; readonly count: number }[]): {
  readonly line: string;
  readonly groups: readonly FailureGroup[];
} {
  const groups = counts
    .filter(({ count }) => count > 0)
    .map(({ code, count }) => {
      const words = FAILURE_WORDS[code];
      return { code, count, words: `${count} ${count === 1 ? words.one : words.many}`, advice: words.advice };
    })
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
  const sum = groups.reduce((all, group) => all + group.count, 0);
  const line = sum === 0 ? '' : `${countOf(sum, 'page')} could not be read: ${groups.map((group) => group.words).join(', ')}`;
  return { line, groups };
}
