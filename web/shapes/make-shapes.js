/**
 * Makes world.topojson: provinces and countries of the world as one small TopoJSON, from Natural Earth's 1:10m states and provinces
 * (public domain; GeoJSON with the attribute table). Only for whoever renews the shapes; the result is committed.
 * Run where topojson-server, topojson-client and topojson-simplify are installed: node make-shapes.js admin1.json world.topojson
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterAttachedWeight, presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify';

const [source, target] = process.argv.slice(2);
const admin1 = JSON.parse(readFileSync(source, 'utf8'));

/** Areas that the source leaves without an ISO code: drawn with the state that the United Nations count them to. */
const COUNTRY_OF = {
  Somaliland: 'SO',
  'Northern Cyprus': 'CY',
  'Siachen Glacier': 'IN',
  'US Naval Base Guantanamo Bay': 'CU',
  'Baykonur Cosmodrome': 'KZ',
};
const countryOf = (row) => {
  if (/^UA-(43|40)/.test(row.iso_3166_2) || /^(Crimea|Sevastopol)$/.test(row.name_en)) return 'UA';
  return /^[A-Z]{2}$/.test(row.iso_a2) ? row.iso_a2 : COUNTRY_OF[row.admin];
};
/** Where the source has districts, what news calls a province is the unit above. */
const provinceOf = (row, country) => {
  if (country === 'GB') return row.geonunit;
  if (country === 'IT' || country === 'FR' || country === 'ES') return row.region || row.name_en || row.name;
  if (['SI', 'LV', 'MK', 'MT', 'AQ'].includes(country)) return country;
  return row.name_en || row.name;
};

const features = admin1.features
  .map((feature) => ({ feature, country: countryOf(feature.properties) }))
  .filter(({ feature, country }) => country && country !== 'AQ' && feature.geometry)
  .map(({ feature, country }) => ({
    type: 'Feature',
    geometry: feature.geometry,
    properties: { c: country, n: provinceOf(feature.properties, country), local: feature.properties.name },
  }));
let world = topology({ areas: { type: 'FeatureCollection', features } });
world = presimplify(world, sphericalTriangleArea);
world = simplify(world, 6e-7);
world = filter(
  world,
  filterAttachedWeight(world, 2e-6, (ring) => areaOfRing(ring)),
);
world = quantize(world, 2e4);

/** Area of a ring of lon/lat in steradian; the smallest islands fall out by it. */
function areaOfRing(ring) {
  let sum = 0;
  for (let at = 0; at + 1 < ring.length; at++) {
    const [x1, y1] = ring[at];
    const [x2, y2] = ring[at + 1];
    sum += (((x2 - x1) * Math.PI) / 180) * (2 + Math.sin((y1 * Math.PI) / 180) + Math.sin((y2 * Math.PI) / 180));
  }
  return Math.abs(sum / 2);
}

const merged = (key) => {
  const groups = new Map();
  for (const geometry of world.objects.areas.geometries) {
    const name = key(geometry.properties);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(geometry);
  }
  return [...groups.values()]
    .map((members) => {
      const polygons = members.filter((member) => member.type && member.arcs);
      return polygons.length > 0 ? { ...mergeArcs(world, polygons), properties: members[0].properties } : null;
    })
    .filter(Boolean);
};
const provinces = merged((row) => `${row.c}|${row.n}`).map(({ properties, ...shape }) => ({
  ...shape,
  properties: { c: properties.c, n: properties.n },
}));
const countries = merged((row) => row.c).map(({ properties, ...shape }) => ({ ...shape, id: properties.c }));
world.objects = {
  countries: { type: 'GeometryCollection', geometries: countries },
  provinces: { type: 'GeometryCollection', geometries: provinces },
};
writeFileSync(target, JSON.stringify(world));
console.log(
  `${countries.length} countries, ${provinces.length} provinces, ${world.arcs.length} arcs, ${Math.round(JSON.stringify(world).length / 1024)} kB`,
);
