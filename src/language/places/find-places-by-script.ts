/**
 * Finds places in texts of other languages than English, as far as the gazetteer knows their names in that script. In: the
 * plain text. Out: place mentions of countries, provinces and well-known towns. Without grammar it takes only names that
 * are unlikely to be anything else.
 */
import type { PlaceMention } from '../../vocabulary.ts';
import type { Gazetteer, GazetteerPlace } from './open-gazetteer.ts';

const WORD = /[\p{L}\p{M}\p{N}'’\-־‌]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]+/u;
const LONGEST = 4;
const LEAST_PEOPLE = 15_000;
/** Arabic and Hebrew write "and", "in", "to", "from" at the front of the word. */
const PREFIXED = /^(?:وال|بال|فال|كال|لل|[وبفلك]|[ובלמהכש])(?=\p{L}{3})/u;
/** case endings of Slavic names: Мосуле, Москвы, Харьковом */
const ENDINGS = /(?:ого|ему|ами|ями|ой|ом|ем|ах|ях|ов|ию|ии|а|у|е|и|ы|і|ю|я)$/u;

export function findPlacesByScript(text: string, gazetteer: Gazetteer): PlaceMention[] {
  const mentions: PlaceMention[] = [];
  const words = [...text.matchAll(WORD)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (UNSPACED.test(word.text)) {
      mentions.push(...findUnspaced(text, word.start, word.end, gazetteer));
      continue;
    }
    for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
      const last = words[at + length - 1]!;
      const gap = text.slice(word.start, last.end);
      if (/[.,;:!?\n،؛]/.test(gap)) continue;
      const place = choosePlace(gap, length, gazetteer);
      if (place === null) continue;
      mentions.push(mentionOf(text, word.start, last.end, place));
      at += length - 1;
      break;
    }
  }
  return mentions;
}

function choosePlace(name: string, length: number, gazetteer: Gazetteer): GazetteerPlace | null {
  const latin = /^\p{Script=Latin}/u.test(name);
  if (latin || /^\p{Script=Cyrillic}/u.test(name)) {
    if (!/^\p{Lu}/u.test(name) || name.length < 4) return null;
  }
  if (name.length < 3) return null;
  const forms = [name];
  if (/^\p{Script=Arabic}|^\p{Script=Hebrew}/u.test(name)) {
    const bare = name.replace(PREFIXED, '');
    if (bare !== name) forms.push(bare, `ال${bare}`);
  }
  if (/^\p{Script=Cyrillic}/u.test(name) && length === 1) {
    const stem = name.replace(ENDINGS, '');
    if (stem !== name && stem.length > 3) forms.push(stem, `${stem}а`, `${stem}я`, `${stem}ь`, `${stem}ия`);
  }
  for (const form of forms) {
    const places = gazetteer
      .lookUp(form)
      .filter(({ match }) => match !== 'loose')
      .map(({ place }) => place);
    const best = places.reduce<GazetteerPlace | null>((top, place) => (top === null || weigh(place) > weigh(top) ? place : top), null);
    if (best !== null && weigh(best) >= (latin ? 100_000 : LEAST_PEOPLE)) return best;
  }
  return null;
}

const weigh = (place: GazetteerPlace) =>
  (place.precision === 'country' ? 1e9 : place.precision === 'town' ? 2 * place.population : place.population) + (place.noted ? 1e6 : 0);

/** Chinese and Japanese: the longest name that starts at each sign. */
function findUnspaced(text: string, start: number, end: number, gazetteer: Gazetteer): PlaceMention[] {
  const mentions: PlaceMention[] = [];
  for (let at = start; at < end - 1; at++) {
    for (let length = Math.min(9, end - at); length >= 2; length--) {
      const name = text.slice(at, at + length);
      const place = gazetteer
        .lookUp(name)
        .map((found) => found.place)
        .reduce<GazetteerPlace | null>((top, one) => (top === null || weigh(one) > weigh(top) ? one : top), null);
      if (place === null || (weigh(place) < (length === 2 ? 1_000_000 : 100_000) && place.precision !== 'country')) continue;
      mentions.push(mentionOf(text, at, at + length, place));
      at += length - 1;
      break;
    }
  }
  return mentions;
}

function mentionOf(text: string, start: number, end: number, place: GazetteerPlace): PlaceMention {
  const { name, country, lat, lon, precision, key, province } = place;
  return {
    text: text.slice(start, end),
    start,
    end,
    name,
    country,
    lat,
    lon,
    precision,
    key,
    ...(province === null ? {} : { province }),
    demonym: false,
  };
}
