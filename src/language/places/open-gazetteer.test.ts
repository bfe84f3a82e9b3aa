import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import conflict from '../../../lexicon/en/places-conflict.json' with { type: 'json' };
import countries from '../../../lexicon/en/places-countries.json' with { type: 'json' };
import { Failure } from '../../failure.ts';
import { openGazetteer } from './open-gazetteer.ts';
import { distanceKm } from './settle-namesakes.ts';

const bytes = readFileSync(new URL('../../../models/gazetteer/gazetteer.bin', import.meta.url));
const gazetteer = openGazetteer(bytes);

test('every country is found by its names and its people', () => {
  for (const { country, name, aliases = [], demonyms = [] } of countries.countries as {
    country: string;
    name: string;
    aliases?: string[];
    demonyms?: string[];
  }[]) {
    for (const spelling of [name, ...aliases]) {
      assert.ok(
        gazetteer.lookUp(spelling).some(({ place }) => place.precision === 'country' && place.country === country),
        spelling,
      );
    }
    for (const word of demonyms.slice(0, 1)) assert.ok(gazetteer.lookUpDemonym(word), word);
  }
});

test('every place of our own table is found under all its names where it lies', () => {
  for (const row of conflict.places as { name: string; lat: number; lon: number; aliases?: string[] }[]) {
    for (const name of [row.name, ...(row.aliases ?? [])]) {
      assert.ok(
        gazetteer.lookUp(name).some(({ place }) => distanceKm(place, row) < 3),
        name,
      );
    }
  }
});

test('names in other scripts lead to the same place', () => {
  for (const name of ['الرقة', 'Ар-Ракка', 'Ar Raqqah']) {
    assert.ok(
      gazetteer.lookUp(name).some(({ place }) => place.name === 'Raqqa' && place.country === 'SY'),
      name,
    );
  }
  assert.equal(gazetteer.lookUp('巴格达')[0]?.place.name, 'Baghdad');
});

test('parts, borders and capitals of countries', () => {
  const north = gazetteer.partOf('SY', 'north')!;
  const south = gazetteer.partOf('SY', 'south')!;
  assert.ok(north[0] > 35.5 && south[0] < 34);
  assert.equal(gazetteer.borderOf('TR', 'SY')?.[0], gazetteer.borderOf('SY', 'TR')?.[0]);
  assert.equal(gazetteer.borderOf('SY', 'JP'), null);
  assert.equal(gazetteer.capitalOf('LB')?.name, 'Beirut');
});

test('a damaged file is an expected failure', () => {
  assert.throws(() => openGazetteer(new Uint8Array(64)), Failure);
});
