/**
 * Layout of models/gazetteer/gazetteer.bin, shared by the build that writes it and the reader that looks up in it.
 * Little-endian; a header of 32-bit words, then the sections in the order of SECTIONS, each padded to four bytes.
 */
import type { PlacePrecision } from '../../vocabulary.ts';

export const MAGIC = 0x5a474457; // "WDGZ"
export const VERSION = 1;
export const BUCKETS = 65536;

/** one value for each place: position in steps, province (number of a place), prominence, precision, country, start of its name */
export const SECTIONS = [
  'lat',
  'lon',
  'province',
  'prominence',
  'precision',
  'country',
  'nameStart',
  'names',
  'bucketStart',
  'fingerprints',
  'targets',
  'geography',
] as const;
export type Section = (typeof SECTIONS)[number];

export const LAT_STEPS = 364;
export const LON_STEPS = 182;
export const NO_PROVINCE = 0xffff;

/** number of each precision in the `precision` section */
export const PRECISIONS: readonly PlacePrecision[] = ['none', 'country', 'province', 'district', 'town', 'site', 'sea'];
export const PRECISION_BITS = 0b111;
/** seat of a country's government */
export const CAPITAL = 0b1000;
/** chosen by hand for the news: known without further signs */
export const NOTED = 0b10000;
/** seat of a province's government */
export const SEAT = 0b100000;

/** a target is a place number with flags in the upper byte */
export const TARGET_BITS = 0xffffff;
export const IS_DEMONYM = 1 << 24;
export const IS_LOOSE = 1 << 25;
/** the place's own name, not one of its other names */
export const IS_MAIN = 1 << 26;

export const COMPASS = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest', 'centre'] as const;
export type Compass = (typeof COMPASS)[number];

/** Parts of countries and their borders, as the JSON of the `geography` section; [lat, lon] each. */
export interface Geography {
  readonly countries: readonly string[];
  /** country code → number of its capital */
  readonly capitals: Readonly<Record<string, number>>;
  /** country code → its parts in the order of COMPASS */
  readonly parts: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  /** "SY-TR" (codes in order of the alphabet) → middle of the common border */
  readonly borders: Readonly<Record<string, readonly [number, number]>>;
}

/** Population on a scale of bytes: 30 for each power of ten. */
export function packPopulation(population: number): number {
  return Math.min(255, Math.round(Math.log10(population + 1) * 30));
}

export function unpackPopulation(packed: number): number {
  return Math.round(10 ** (packed / 30) - 1);
}
