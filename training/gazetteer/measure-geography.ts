/**
 * Measures what "northern Syria" and "the Turkish-Syrian border" mean on the ground. In: province outlines, towns,
 * countries. Out: for each country the middle of its eight parts and of its centre, for each pair of neighbours the
 * middle of their common border.
 */
import { COMPASS, type Compass, type Geography } from '../../src/language/places/gazetteer-format.ts';
import type { SourceCity, SourceProvince } from './read-sources.ts';

type Point = readonly [lat: number, lon: number];

/** The part lies half between where the land is and where the people live: nobody says "northern Mali" of the empty desert alone. */
export function measureGeography(
  outlines: readonly SourceProvince[],
  cities: readonly SourceCity[],
  countries: readonly { country: string | null; lat: number; lon: number }[],
): Pick<Geography, 'parts' | 'borders'> {
  const parts: Record<string, Point[]> = {};
  for (const { country, lat, lon } of countries) {
    const land = sampleLand(outlines.filter((outline) => outline.country === country));
    const people = cities.filter((city) => city.country === country).map((city): Point => [city.lat, city.lon]);
    if (people.length < 8 || land.length < 30) continue;
    parts[country!] = COMPASS.map((compass) => {
      const [a, b] = [middleOf(partOf(land, compass)), middleOf(partOf(people, compass))];
      return compass === 'centre' ? [lat, lon] : [round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)];
    });
  }
  return { parts, borders: measureBorders(outlines) };
}

const round = (degrees: number) => Math.round(degrees * 100) / 100;

function partOf(points: readonly Point[], compass: Compass): Point[] {
  const share = 0.2;
  const sorted = ([0, 1] as const).map((axis) => points.map((point) => point[axis]).sort((a, b) => a - b));
  const cut = (axis: 0 | 1, at: number) => sorted[axis]![Math.floor(at * (points.length - 1))]!;
  const [south, north, west, east] = [cut(0, share), cut(0, 1 - share), cut(1, share), cut(1, 1 - share)];
  const kept = points.filter(
    ([lat, lon]) =>
      (!compass.startsWith('north') || lat >= north) &&
      (!compass.startsWith('south') || lat <= south) &&
      (!compass.endsWith('east') || lon >= east) &&
      (!compass.endsWith('west') || lon <= west),
  );
  return kept.length > 0 ? kept : [...points];
}

function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>((total, point) => [total[0] + point[0], total[1] + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** A grid of points over a country's provinces, about 40 on the longer side. */
function sampleLand(provinces: readonly SourceProvince[]): Point[] {
  const vertices = provinces.flatMap((province) => province.rings.flat());
  if (vertices.length === 0) return [];
  const range = (axis: 0 | 1) =>
    vertices.reduce<[number, number]>((r, v) => [Math.min(r[0], v[axis]), Math.max(r[1], v[axis])], [180, -180]);
  const [west, east] = range(0);
  const [south, north] = range(1);
  const step = Math.max(east - west, north - south) / 40;
  const points: Point[] = [];
  const boxed = provinces.flatMap((province) =>
    province.rings.map((ring) => ({ ring, low: Math.min(...ring.map((v) => v[1])), high: Math.max(...ring.map((v) => v[1])) })),
  );
  for (let lat = south + step / 2; lat < north; lat += step) {
    const rings = boxed.filter(({ low, high }) => low <= lat && high >= lat);
    for (let lon = west + step / 2; lon < east; lon += step) {
      // Even-odd over all rings: neighbouring provinces never overlap, so a point is inside when one of them holds it.
      if (rings.filter(({ ring }) => holds(ring, lat, lon)).length % 2 === 1) points.push([lat, lon]);
    }
  }
  return points;
}

function holds(ring: readonly (readonly [number, number])[], lat: number, lon: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[j]!;
    if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Outlines of neighbours share their corner points exactly; the middle is taken over cells so that wriggles do not count more. */
function measureBorders(outlines: readonly SourceProvince[]): Record<string, Point> {
  const owners = new Map<string, Set<string>>();
  for (const outline of outlines) {
    for (const [lon, lat] of outline.rings.flat()) {
      const corner = `${lat},${lon}`;
      const known = owners.get(corner);
      if (known) known.add(outline.country);
      else owners.set(corner, new Set([outline.country]));
    }
  }
  const shared = new Map<string, Map<string, Point>>();
  for (const [corner, countries] of owners) {
    if (countries.size < 2) continue;
    const codes = [...countries].sort();
    const [lat, lon] = corner.split(',').map(Number) as [number, number];
    for (const [i, a] of codes.entries()) {
      for (const b of codes.slice(i + 1)) {
        const cells = shared.get(`${a}-${b}`) ?? new Map<string, Point>();
        cells.set(`${Math.round(lat * 5)},${Math.round(lon * 5)}`, [lat, lon]);
        shared.set(`${a}-${b}`, cells);
      }
    }
  }
  return Object.fromEntries(
    [...shared]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([pair, cells]) => {
        const [lat, lon] = middleOf([...cells.values()]);
        return [pair, [round(lat), round(lon)] as const];
      }),
  );
}
