/**
 * Opens the compiled gazetteer and looks names up in it, straight in its bytes: no table is built in memory.
 * In: the content of models/gazetteer/gazetteer.bin. Out: places by name, people's words ("Syrian"), parts of countries,
 * borders and capitals. It decides nothing between namesakes.
 */
import { Failure } from '../../failure.ts';
import type { PlacePrecision } from '../../vocabulary.ts';
import { foldName, hashKey, loosenName } from './fold-name.ts';
import * as format from './gazetteer-format.ts';

/** One place of the gazetteer. */
export interface GazetteerPlace {
  /** stable key: "SY", "SY:town:raqqa:35.95,39.01" */
  readonly key: string;
  readonly number: number;
  readonly name: string;
  readonly precision: PlacePrecision;
  /** ISO 3166-1 alpha-2 */
  readonly country: string | null;
  readonly province: string | null;
  /** number of the province's own place */
  readonly provinceNumber: number | null;
  readonly lat: number;
  readonly lon: number;
  /** about, or what stands for it where a place has none; 0 where unknown */
  readonly population: number;
  readonly capital: boolean;
  /** seat of a province's government */
  readonly seat: boolean;
  /** entered by hand because the news names it often */
  readonly noted: boolean;
}

export interface NamedPlace {
  readonly place: GazetteerPlace;
  /** exact: under this name; loose: only after evening out the transliteration */
  readonly match: 'main' | 'other' | 'loose';
}

export interface Gazetteer {
  /** all places of that name, the most populous first; loose matches only where there is no exact one */
  lookUp(name: string): readonly NamedPlace[];
  /** the place whose people or things a word names: "Syrian", "Syrians", "Chechen" */
  lookUpDemonym(word: string): GazetteerPlace | null;
  country(code: string): GazetteerPlace | null;
  capitalOf(code: string): GazetteerPlace | null;
  /** middle of a part of a country ("northern Syria") */
  partOf(code: string, part: format.Compass): readonly [lat: number, lon: number] | null;
  /** middle of the common border of two countries */
  borderOf(one: string, other: string): readonly [lat: number, lon: number] | null;
}

/** most names and places that are kept ready at a time */
const KEPT = 20_000;

/** @throws Failure language/model-missing when the bytes are not a gazetteer of this version */
export function openGazetteer(bytes: Uint8Array): Gazetteer {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const head = new Uint32Array(aligned.buffer, aligned.byteOffset, Math.min(3 + 2 * format.SECTIONS.length, aligned.byteLength >> 2));
  if (head[0] !== format.MAGIC || head[1] !== format.VERSION) {
    throw new Failure('language', 'model-missing', 'The gazetteer file is damaged or of another version; build it again.');
  }
  const section = (name: format.Section): [start: number, length: number] => {
    const at = 3 + 2 * format.SECTIONS.indexOf(name);
    return [aligned.byteOffset + head[at]!, head[at + 1]!];
  };
  const words = (name: format.Section) => new Uint32Array(aligned.buffer, section(name)[0], section(name)[1] >> 2);
  const octets = (name: format.Section) => new Uint8Array(aligned.buffer, ...section(name));
  const shorts = (name: format.Section) => new Int16Array(aligned.buffer, section(name)[0], section(name)[1] >> 1);
  const [lat, lon] = [shorts('lat'), shorts('lon')];
  const provinces = new Uint16Array(aligned.buffer, section('province')[0], section('province')[1] >> 1);
  const [prominence, precisions, countries, names] = [octets('prominence'), octets('precision'), octets('country'), octets('names')];
  const [nameStart, bucketStart, fingerprints, targets] = [
    words('nameStart'),
    words('bucketStart'),
    words('fingerprints'),
    words('targets'),
  ];
  const decoder = new TextDecoder();
  const geography = JSON.parse(decoder.decode(octets('geography'))) as format.Geography;

  const nameOf = (number: number) => decoder.decode(names.subarray(nameStart[number]!, nameStart[number + 1]!));
  const rounded = (degrees: number) => Math.round(degrees * 100) / 100;

  const places = new Map<number, GazetteerPlace>();
  function placeAt(number: number): GazetteerPlace {
    let place = places.get(number);
    if (place === undefined) {
      if (places.size >= KEPT) places.clear();
      place = readPlace(number);
      places.set(number, place);
    }
    return place;
  }

  function readPlace(number: number): GazetteerPlace {
    const flags = precisions[number]!;
    const precision = format.PRECISIONS[flags & format.PRECISION_BITS]!;
    const country = countries[number] === 0 ? null : geography.countries[countries[number]! - 1]!;
    const name = nameOf(number);
    const [y, x] = [rounded(lat[number]! / format.LAT_STEPS), rounded(lon[number]! / format.LON_STEPS)];
    const province = provinces[number] === format.NO_PROVINCE ? null : provinces[number]!;
    return {
      key: precision === 'country' ? country! : `${country ?? 'XX'}:${precision}:${foldName(name).replaceAll(' ', '-')}:${y},${x}`,
      number,
      name,
      precision,
      country,
      province: province === null ? null : nameOf(province),
      provinceNumber: province,
      lat: y,
      lon: x,
      population: format.unpackPopulation(prominence[number]!),
      capital: (flags & format.CAPITAL) !== 0,
      seat: (flags & format.SEAT) !== 0,
      noted: (flags & format.NOTED) !== 0,
    };
  }

  function targetsOf(key: string): number[] {
    const [bucket, fingerprint] = hashKey(key);
    const found: number[] = [];
    for (let i = bucketStart[bucket >>> 16]!; i < bucketStart[(bucket >>> 16) + 1]!; i++) {
      if (fingerprints[i] === fingerprint) found.push(targets[i]!);
    }
    return found;
  }

  /** articles name the same places again and again */
  const lately = new Map<string, readonly NamedPlace[]>();
  function search(name: string): readonly NamedPlace[] {
    const folded = foldName(name);
    if (folded === '') return [];
    const exact = targetsOf(folded);
    if (exact.length > 0) {
      return exact.map((target) => ({
        place: placeAt(target & format.TARGET_BITS),
        match: (target & format.IS_MAIN) !== 0 ? ('main' as const) : ('other' as const),
      }));
    }
    const loose = name.includes('.') ? '' : loosenName(folded);
    return loose === ''
      ? []
      : targetsOf(`~${loose}`).map((target) => ({ place: placeAt(target & format.TARGET_BITS), match: 'loose' as const }));
  }

  const numbersByCountry = new Map<string, number>();
  for (let number = 0; (precisions[number]! & format.PRECISION_BITS) === 1; number++)
    numbersByCountry.set(geography.countries[countries[number]! - 1]!, number);

  return {
    lookUp(name) {
      let found = lately.get(name);
      if (found === undefined) {
        if (lately.size >= KEPT) lately.clear();
        found = search(name);
        lately.set(name, found);
      }
      return found;
    },
    lookUpDemonym(word) {
      const [target] = targetsOf(`^${foldName(word)}`);
      return target === undefined ? null : placeAt(target & format.TARGET_BITS);
    },
    country(code) {
      const number = numbersByCountry.get(code);
      return number === undefined ? null : placeAt(number);
    },
    capitalOf(code) {
      const number = geography.capitals[code];
      return number === undefined ? null : placeAt(number);
    },
    partOf: (code, part) => geography.parts[code]?.[format.COMPASS.indexOf(part)] ?? null,
    borderOf: (one, other) => geography.borders[one < other ? `${one}-${other}` : `${other}-${one}`] ?? null,
  };
}
