/**
 * Writes built places as the bytes of gazetteer.bin. In: places in their final order, geography. Out: the file's bytes.
 * The layout is said in src/language/places/gazetteer-format.ts.
 */
import { foldName, hashKey, loosenName } from '../../src/language/places/fold-name.ts';
import * as format from '../../src/language/places/gazetteer-format.ts';
import { type BuiltPlace, LOOSE_COUNTRIES } from './build.ts';

export function writeGazetteer(places: readonly BuiltPlace[], geography: format.Geography): Uint8Array {
  const count = places.length;
  const sections: Record<format.Section, Uint8Array> = {
    lat: bytesOf(Int16Array.from(places, (place) => Math.round(place.lat * format.LAT_STEPS))),
    lon: bytesOf(Int16Array.from(places, (place) => Math.round(place.lon * format.LON_STEPS))),
    province: bytesOf(provinceNumbers(places)),
    prominence: Uint8Array.from(places, (place) => format.packPopulation(place.population)),
    precision: Uint8Array.from(
      places,
      (place) =>
        format.PRECISIONS.indexOf(place.precision) |
        (place.capital ? format.CAPITAL : 0) |
        (place.noted ? format.NOTED : 0) |
        (place.seat ? format.SEAT : 0),
    ),
    country: Uint8Array.from(places, (place) => (place.country === null ? 0 : geography.countries.indexOf(place.country) + 1)),
    ...writeNames(places),
    ...writeIndex(places),
    geography: new TextEncoder().encode(JSON.stringify(geography)),
  };
  const padded = (length: number) => (length + 3) & ~3;
  const head = 3 + 2 * format.SECTIONS.length;
  const total = format.SECTIONS.reduce((sum, name) => sum + padded(sections[name].length), head * 4);
  const bytes = new Uint8Array(total);
  const words = new Uint32Array(bytes.buffer, 0, head);
  words.set([format.MAGIC, format.VERSION, count]);
  let at = head * 4;
  for (const [i, name] of format.SECTIONS.entries()) {
    words.set([at, sections[name].length], 3 + 2 * i);
    bytes.set(sections[name], at);
    at += padded(sections[name].length);
  }
  return bytes;
}

const bytesOf = (array: Int16Array | Uint16Array | Uint32Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

function provinceNumbers(places: readonly BuiltPlace[]): Uint16Array {
  const numbers = new Map(places.slice(0, format.NO_PROVINCE).map((place, i) => [place, i]));
  return Uint16Array.from(places, (place) =>
    place.province === null ? format.NO_PROVINCE : (numbers.get(place.province) ?? format.NO_PROVINCE),
  );
}

function writeNames(places: readonly BuiltPlace[]): { names: Uint8Array; nameStart: Uint8Array } {
  const encoder = new TextEncoder();
  const encoded = places.map((place) => encoder.encode(place.name));
  const starts = new Uint32Array(places.length + 1);
  for (const [i, name] of encoded.entries()) starts[i + 1] = starts[i]! + name.length;
  const names = new Uint8Array(starts[places.length]!);
  for (const [i, name] of encoded.entries()) names.set(name, starts[i]!);
  return { names, nameStart: bytesOf(starts) };
}

/** A hash index without the names themselves: 16 bits choose the bucket, 32 more tell its entries apart. */
function writeIndex(places: readonly BuiltPlace[]): Pick<Record<format.Section, Uint8Array>, 'bucketStart' | 'fingerprints' | 'targets'> {
  const buckets: [fingerprint: number, target: number][][] = Array.from({ length: format.BUCKETS }, () => []);
  const seen = new Set<string>();
  const add = (key: string, number: number, flags: number) => {
    const entry = `${key} ${number}`;
    if (key === '' || seen.has(entry)) return;
    seen.add(entry);
    const [bucket, fingerprint] = hashKey(key);
    buckets[bucket >>> 16]!.push([fingerprint, number | flags]);
  };
  for (const [number, place] of places.entries()) {
    seen.clear();
    for (const name of [place.name, ...place.mainNames]) add(foldName(name), number, format.IS_MAIN);
    for (const name of place.names) add(foldName(name), number, 0);
    for (const word of place.demonyms) add(`^${foldName(word)}`, number, format.IS_DEMONYM);
    if (place.country === null || !LOOSE_COUNTRIES.has(place.country)) continue;
    for (const name of place.names) {
      const loose = loosenName(foldName(name));
      if (loose !== '') add(`~${loose}`, number, format.IS_LOOSE);
    }
  }
  const starts = new Uint32Array(format.BUCKETS + 1);
  for (const [i, bucket] of buckets.entries()) starts[i + 1] = starts[i]! + bucket.length;
  const entries = buckets.flatMap((bucket) =>
    bucket.sort((a, b) => a[0] - b[0] || (a[1] & format.TARGET_BITS) - (b[1] & format.TARGET_BITS)),
  );
  return {
    bucketStart: bytesOf(starts),
    fingerprints: bytesOf(Uint32Array.from(entries, (entry) => entry[0])),
    targets: bytesOf(Uint32Array.from(entries, (entry) => entry[1])),
  };
}
