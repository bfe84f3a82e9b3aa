/**
 * "KABUL (Reuters) - A bomb …" → dateline and the rest. First paragraph in, both parts out; nothing else is touched.
 * A dateline needs a place in front and an agency, a date or a dash that closes it: a sentence is never cut.
 */
import { nameAgency } from './read-publisher.ts';

const PLACE = String.raw`\p{Lu}[\p{L}.'’/-]*(?:[ ,/]+(?:\p{Lu}[\p{L}.'’-]*|de|la|le|el|al|of|in|and|du|des|der|am|les|d\.c\.))*`;
const WITH_AGENCY = new RegExp(
  String.raw`^(?:${PLACE}[,.]?\s*(?:[–—-]\s*)?(?:[\p{L}.]{3,10}\s\d{1,2},?\s*)?)?\((${String.raw`[\p{L}\d /&.'’-]{2,40}`})\)\s*[-–—:.―]{1,2}\s*`,
  'u',
);
const CAPITALS =
  /^(\p{Lu}[\p{Lu}.'’-]+(?:[ ,]+(?:\p{Lu}[\p{Lu}.'’-]+|\p{Lu}\p{Ll}{2,10}\.?))*,?(?:\s+\p{L}{3,9}\.?\s\d{1,2})?)\s*(?:[—–―]|\s-{1,2}\s|--)\s*/u;
const AGENCY_ONLY = /^[(（]?([\p{L} ./-]{2,30})[)）]?\s*[-–—:：]\s*/u;
const ARABIC = /^([\p{Script=Arabic} ]{2,25})\s*[(/]\s*([\p{Script=Arabic}. ]{2,20})\s*[)]?\s*[-–—:]\s*/u;
const MAX_DATELINE = 80;

export function splitDateline(paragraph: string): { dateline: string | null; rest: string } {
  const opening = paragraph.slice(0, 160);
  for (const pattern of [WITH_AGENCY, CAPITALS, AGENCY_ONLY, ARABIC]) {
    const match = pattern.exec(opening);
    if (!match || match[0].length > MAX_DATELINE) continue;
    const rest = paragraph.slice(match[0].length);
    if (rest.length < 40) continue;
    if (pattern === AGENCY_ONLY && !nameAgency(match[1]!)) continue;
    if (pattern === ARABIC && !nameAgency(match[2]!)) continue;
    if (pattern === WITH_AGENCY && !nameAgency(match[1]!) && !/^\p{Lu}{2}/u.test(match[0])) continue;
    if (pattern === CAPITALS && match[1]!.replace(/[^\p{L}]/gu, '').length < 3) continue;
    return { dateline: match[0].trim(), rest };
  }
  return { dateline: null, rest: paragraph };
}
