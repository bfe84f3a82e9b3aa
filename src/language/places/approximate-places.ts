/**
 * Places that the gazetteer does not know ("the village of al-Maibdi, near Tikrit") by the known place they are told with. In:
 * spans that are meant as places, mentions of known ones. Out: mentions with the anchor's position and no finer precision than
 * a district; none where no anchor is near.
 */
import words from '../../../lexicon/en/places-words.json' with { type: 'json' };
import type { PlaceMention, Token } from '../../vocabulary.ts';
import { lookUpName } from '../entities/known-names.ts';
import type { NameSpan } from '../name-span.ts';
import { type DraftMention, mentionsAround, type PlaceSetting } from './describe-places.ts';
import { foldName } from './fold-name.ts';
import { countryAround, placeAround } from './resolve-descriptions.ts';

const KINDS = new Set([...words.types.town, ...words.types.district]);
const CAPITAL = /^[\p{Lu}\p{Lt}]/u;
const PART = /^(?:-|’|'|al|el|ar|as|ash|an|ad|de|of|la|da|do|bin|ibn|i|e)$/i;
const LEAST_SCORE = 0.6;
const OTHER = new Set([...words.peoples, ...words.parts, ...words.commonWords, ...words.facilities]);
/** a people, a group or a word that the encoder took for a place */
const isOther = (name: string) => OTHER.has(name.toLowerCase()) || lookUpName(name) !== null;

export function approximatePlaces(setting: PlaceSetting, names: readonly NameSpan[], known: readonly DraftMention[]): DraftMention[] {
  const { tokens } = setting;
  const ordered = [...known].sort((a, b) => a.firstToken - b.firstToken);
  const taken = new Uint8Array(tokens.length);
  for (const { firstToken, endToken } of known) taken.fill(1, firstToken, endToken);
  for (const name of names) if (name.kind === 'person' || name.kind === 'organisation') taken.fill(1, name.firstToken, name.endToken);
  const seen = names
    .filter(({ kind, score }) => kind === 'place' && score >= LEAST_SCORE)
    .map(({ firstToken, endToken }) => ({ firstToken, endToken, told: false }));
  const found: DraftMention[] = [];
  for (const { firstToken, endToken, told } of [...spansByKind(tokens), ...seen]) {
    let [first, end] = [firstToken, endToken];
    while (first < end && (/^(?:the|a|an)$/i.test(tokens[first]!.text) || !/\p{L}/u.test(tokens[first]!.text))) first++;
    while (end > first && (!CAPITAL.test(tokens[end - 1]!.text) || KINDS.has(tokens[end - 1]!.text.toLowerCase()))) end--;
    if (first >= end || taken.subarray(first, end).includes(1) || isOther(setting.text.slice(tokens[first]!.start, tokens[end - 1]!.end)))
      continue;
    const anchor = findAnchor(setting, mentionsAround(ordered, first), first, end);
    if (anchor === null || (!told && anchor.precision === 'country')) continue;
    taken.fill(1, first, end);
    found.push(draftOf(setting, first, end, anchor));
  }
  return found;
}

/** "the village of X Y", "the X neighbourhood": capitalised words beside the word for a kind of place. */
function spansByKind(tokens: readonly Token[]): { firstToken: number; endToken: number; told: true }[] {
  const spans: { firstToken: number; endToken: number; told: true }[] = [];
  for (const [at, token] of tokens.entries()) {
    if (!KINDS.has(token.text.toLowerCase()) || CAPITAL.test(token.text)) continue;
    if (tokens[at + 1]?.text === 'of') {
      let end = at + 2;
      while (
        end < tokens.length &&
        tokens[end]!.sentence === token.sentence &&
        (CAPITAL.test(tokens[end]!.text) || PART.test(tokens[end]!.text))
      )
        end++;
      if (end > at + 2) spans.push({ firstToken: at + 2, endToken: end, told: true });
    } else {
      let first = at;
      while (
        first > 0 &&
        tokens[first - 1]!.sentence === token.sentence &&
        (CAPITAL.test(tokens[first - 1]!.text) || (PART.test(tokens[first - 1]!.text) && tokens[first - 1]!.text !== 'of'))
      )
        first--;
      const sentenceStart = first === 0 || tokens[first - 1]!.sentence !== token.sentence;
      if (first < at && !sentenceStart && tokens[at - 1]!.upos === 'PROPN') spans.push({ firstToken: first, endToken: at, told: true });
    }
  }
  return spans;
}

/** The known place right beside it, else in its sentence, else the town or province spoken of, else the country of its sentence. */
function findAnchor(setting: PlaceSetting, known: readonly DraftMention[], first: number, end: number): PlaceMention | null {
  const { tokens, gazetteer } = setting;
  const sentence = tokens[first]!.sentence;
  const here = known.filter((draft) => tokens[draft.firstToken]!.sentence === sentence);
  const local = here.filter(
    ({ mention }) => !mention.demonym && mention.lat !== null && !['country', 'none', 'sea'].includes(mention.precision),
  );
  const gap = (draft: DraftMention) => (draft.firstToken >= end ? draft.firstToken - end : first - draft.endToken + 2);
  const nearest = local.toSorted((a, b) => gap(a) - gap(b))[0];
  if (nearest !== undefined) return nearest.mention;
  const around = placeAround(setting, known, first, ['town', 'province', 'district'], 0.3);
  const country = here.find(({ mention }) => mention.country !== null)?.mention.country ?? null;
  if (around !== null && (country === null || around.country === country)) return around;
  const code = country ?? countryAround(setting, known, first);
  const place = code === null ? null : gazetteer.country(code);
  if (place === null) return null;
  const { name, lat, lon, precision, key } = place;
  return { text: '', start: 0, end: 0, name, country: code, lat, lon, precision, key, demonym: false };
}

function draftOf({ text, tokens }: PlaceSetting, first: number, end: number, anchor: PlaceMention): DraftMention {
  const [start, stop] = [tokens[first]!.start, tokens[end - 1]!.end];
  const name = text.slice(start, stop).replace(/\s+/g, ' ');
  const { country, lat, lon, precision, key, province } = anchor;
  return {
    firstToken: first,
    endToken: end,
    mention: {
      text: text.slice(start, stop),
      start,
      end: stop,
      name,
      country,
      lat,
      lon,
      precision: precision === 'town' || precision === 'site' ? 'district' : precision,
      key: `${key}/${foldName(name).replaceAll(' ', '-')}`,
      ...(province === undefined ? {} : { province }),
      demonym: false,
    },
  };
}
