/**
 * Finds named buildings and grounds ("the US Embassy in Baghdad", "Baghdad International Airport", "the Corinthia Hotel") and
 * places them by the town in or beside their name. In: mentions of named places. Out: mentions of precision site; a place
 * inside the name is swallowed by it. A site whose town cannot be told is left out.
 */
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { PlaceMention, Token } from '../../vocabulary.ts';
import { type DraftMention, draftMention, mentionsAround, type PlaceSetting } from './describe-places.ts';
import { foldName } from './fold-name.ts';
import type { GazetteerPlace } from './open-gazetteer.ts';
import { countryAround, placeAround } from './resolve-descriptions.ts';

const HEADS = new Set(words.facilities);
const HEAD_STARTS = new Set(words.facilities.map((phrase) => phrase.split(' ')[0]!));
const CAPITAL = /^[\p{Lu}\p{Lt}]/u;

export function findSites(setting: PlaceSetting, named: readonly DraftMention[]): DraftMention[] {
  const { tokens, sentences } = setting;
  const sites: DraftMention[] = [];
  for (const sentence of sentences) {
    const around = mentionsAround(named, sentence.firstToken);
    const here = around.filter((draft) => draft.firstToken >= sentence.firstToken && draft.endToken <= sentence.endToken);
    for (let at = sentence.firstToken; at < sentence.endToken; at++) {
      const end = headEnd(tokens, at, sentence.endToken);
      if (end === 0) continue;
      const first = nameStart(tokens, at, sentence.firstToken);
      const people = here.some((draft) => draft.mention.demonym && draft.firstToken <= first && draft.endToken >= at);
      const longer =
        CAPITAL.test(tokens[end]?.text ?? '') && tokens[end]!.upos === 'PROPN' && tokens[end]!.sentence === tokens[at]!.sentence;
      const capital = CAPITAL.test(tokens[first]!.text) && first < at && !longer && (!people || EMBASSY.test(tokens[at]!.text));
      const known = here.find((draft) => draft.mention.precision === 'site' && draft.firstToken <= at && draft.endToken >= end);
      if (capital && known === undefined) {
        const phrase = setting.text.slice(tokens[first]!.start, tokens[end - 1]!.end);
        const listed = setting.gazetteer.lookUp(phrase).find(({ place }) => place.precision === 'site' && place.noted)?.place;
        const anchor =
          (listed && describeListed(listed)) ??
          findAnchor(tokens, here, first, at, end)?.mention ??
          earlierAnchor(tokens, sites.slice(-100), at) ??
          anchorAround(setting, around, at);
        if (anchor !== null && !isShouted(sentence.text)) sites.push(placeSite(setting, first, end, anchor));
      }
      at = end - 1;
    }
  }
  return sites;
}

/** A site that the gazetteer knows by its whole name needs no town beside it. */
function describeListed({ name, country, lat, lon, key, province }: GazetteerPlace): PlaceMention {
  const place = { name, country, lat, lon, key, precision: 'site' as const, demonym: false, ...(province === null ? {} : { province }) };
  return { text: name, start: 0, end: 0, ...place };
}

/** End of a facility's head noun that starts here ("air base", "embassy compound"), 0 where none does. */
export function headEnd(tokens: readonly Token[], at: number, limit: number): number {
  if (!HEAD_STARTS.has(tokens[at]!.text.toLowerCase())) return 0;
  for (const length of [3, 2, 1]) {
    if (at + length > limit) continue;
    const phrase = tokens
      .slice(at, at + length)
      .map((token) => token.text.toLowerCase())
      .join(' ');
    if (HEADS.has(phrase) && tokens[at + length - 1]!.upos !== 'VERB') return at + length;
  }
  return 0;
}

/** First token of the capitalised words before the head; "the" and what stands in lower case is no part of the name. */
function nameStart(tokens: readonly Token[], at: number, limit: number): number {
  let first = at;
  while (first > limit) {
    const word = tokens[first - 1]!.text;
    const joined = /^(?:-|'s|’s|of|al|el|the)$/.test(word) && first - 2 >= limit && CAPITAL.test(tokens[first - 2]!.text);
    if ((!CAPITAL.test(word) && !joined) || tokens[first - 1]!.upos === 'DET' || DAY.test(word)) break;
    if (/^(?:the|a|an|in|on|at)$/i.test(word) || /^(?:The|A|An|In|On|At)$/.test(word)) break;
    first--;
  }
  return first;
}

/** of these every town has its own: without a town beside the name they stay unplaced */
const COMMON_HEADS = /^(?:park|street|avenue|boulevard|highway|road|interstate|university|college|school|headquarters|museum|library)$/i;
const DAY = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/;
const EMBASSY = /^(?:embassy|consulate)/i;
const NEARBY = /^(?:in|at|of|near|outside|,|in the (?:\w+ ){0,3}(?:city|town|capital|village)(?: of|,)?|in (?:\w+ ){0,3}capital ?,?)$/;

function findAnchor(
  tokens: readonly Token[],
  here: readonly DraftMention[],
  first: number,
  head: number,
  end: number,
): DraftMention | null {
  const embassy = EMBASSY.test(tokens[head]!.text);
  const settled = (draft: DraftMention) => !['country', 'none', 'sea'].includes(draft.mention.precision);
  const inside = here.filter((draft) => draft.firstToken >= first && draft.endToken <= head && settled(draft));
  if (inside.length > 0 && !embassy) return inside.at(-1)!;
  for (const draft of here) {
    if (draft.firstToken < end || draft.firstToken - end > 6 || !settled(draft) || draft.mention.precision === 'site') continue;
    const gap = tokens
      .slice(end, draft.firstToken)
      .map((token) => token.text.toLowerCase())
      .join(' ');
    if (NEARBY.test(gap) || gap === '') return draft;
  }
  const possessive = here.findLast((draft) => draft.endToken <= first && first - draft.endToken <= 1 && settled(draft));
  if (possessive !== undefined && /^['’]s?$/.test(tokens[possessive.endToken]?.text ?? '')) return possessive;
  return inside.at(-1) ?? null;
}

const isShouted = (sentence: string) => sentence === sentence.toUpperCase();

/** The same site told of before: "the Corinthia" once placed stays there. */
function earlierAnchor(tokens: readonly Token[], sites: readonly DraftMention[], head: number): PlaceMention | null {
  const name = foldName(tokens[head - 1]?.text ?? '');
  return (
    sites.findLast((site) => tokens.slice(site.firstToken, site.endToken).some((token) => foldName(token.text) === name))?.mention ?? null
  );
}

/** The town spoken of; an embassy stands in the capital. */
function anchorAround(setting: PlaceSetting, named: readonly DraftMention[], at: number): PlaceMention | null {
  if (COMMON_HEADS.test(setting.tokens[at]!.text)) return null;
  if (!EMBASSY.test(setting.tokens[at]!.text)) return placeAround(setting, named, at, ['town'], 0.3);
  const owner = named.findLast((draft) => draft.endToken === at)?.mention.country ?? null;
  const country = countryAround(
    setting,
    named.filter((draft) => draft.mention.country !== owner),
    at,
  );
  const capital = country === null ? null : setting.gazetteer.capitalOf(country);
  return capital === null ? null : draftMention(setting, at, at + 1, capital).mention;
}

function placeSite(setting: PlaceSetting, first: number, end: number, anchor: PlaceMention): DraftMention {
  const { text, tokens } = setting;
  const phrase = text.slice(tokens[first]!.start, tokens[end - 1]!.end).replace(/\s+/g, ' ');
  const { country, lat, lon, key, province } = anchor;
  const name = anchor.precision === 'site' ? anchor.name.replace(/^.*, /, '') : anchor.name;
  const [start, stop] = [tokens[first]!.start, tokens[end - 1]!.end];
  return {
    firstToken: first,
    endToken: end,
    mention: {
      text: text.slice(start, stop),
      start,
      end: stop,
      name: foldName(phrase).includes(foldName(name)) ? phrase : `${phrase}, ${name}`,
      country,
      lat,
      lon,
      precision: 'site',
      key: `${key}/${foldName(phrase).replaceAll(' ', '-')}`,
      ...(province === undefined ? {} : { province }),
      demonym: false,
    },
  };
}
