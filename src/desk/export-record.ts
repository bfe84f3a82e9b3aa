/**
 * Events of the record in, lines of CSV, JSON or GeoJSON out, one at a time so that memory stays flat.
 * CSV cells that a spreadsheet could take for a formula are disarmed. A country-level event gets no point: geometry null.
 */
import type { StoredEvent } from '../store/store.ts';
import { GROUP_OF_TYPE } from '../vocabulary.ts';
import { writeToll } from './event-line.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'geojson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MEDIA_TYPE_OF_FORMAT: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
};

const COLUMNS: readonly (readonly [string, (row: StoredEvent) => string | number | boolean | null | undefined])[] = [
  ['article', (row) => row.article],
  ['event', (row) => row.event.id],
  ['type', (row) => row.event.type],
  ['group', (row) => GROUP_OF_TYPE[row.event.type]],
  ['status', (row) => row.event.status],
  ['hedged', (row) => row.event.hedged],
  ['disputed', (row) => row.event.disputed],
  ['background', (row) => row.event.background],
  ['source', (row) => row.event.source],
  ['actors', (row) => row.event.actors.map((actor) => actor.name).join('; ')],
  ['targets', (row) => row.event.targets.map((target) => target.name).join('; ')],
  ['day', (row) => row.day],
  ['from', (row) => row.event.when?.from],
  ['to', (row) => row.event.when?.to],
  ['time_precision', (row) => row.event.when?.precision],
  ['place', (row) => row.event.where?.name ?? row.event.where?.words],
  ['country', (row) => row.event.where?.country],
  ['lat', (row) => row.event.where?.lat],
  ['lon', (row) => row.event.where?.lon],
  ['place_precision', (row) => row.event.where?.precision],
  ['killed_low', (row) => row.event.counts.find((count) => count.kind === 'killed')?.low],
  ['killed_high', (row) => row.event.counts.find((count) => count.kind === 'killed')?.high],
  ['toll', (row) => writeToll(row.event.counts)],
  ['weapons', (row) => row.event.weapons.map((weapon) => weapon.words).join('; ')],
  ['quote', (row) => row.event.mentions[0].quote],
  ['start', (row) => row.event.mentions[0].start],
  ['end', (row) => row.event.mentions[0].end],
  ['confidence', (row) => row.event.confidence],
  ['reviewed', (row) => row.reviewed],
  ['story', (row) => row.story],
  ['case', (row) => row.case],
  ['title', (row) => row.title],
  ['site', (row) => row.site],
  ['published', (row) => row.published],
  ['url', (row) => row.url],
];

/** Quotes where needed, and sets an apostrophe before text that a spreadsheet would reckon (CWE-1236); figures stay figures. */
export function writeCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const writeCsv = (row: StoredEvent) => `${COLUMNS.map(([, read]) => writeCell(read(row))).join(',')}\r\n`;

/** RFC 7946: a point for what is known to district or better, else no geometry. */
export function writeFeature(row: StoredEvent): object {
  const { where } = row.event;
  const pinned = where !== null && where.lat !== null && where.lon !== null && ['site', 'town', 'district'].includes(where.precision);
  return {
    type: 'Feature',
    id: `${row.article}/${row.event.id}`,
    geometry: pinned ? { type: 'Point', coordinates: [where.lon, where.lat] } : null,
    properties: Object.fromEntries(COLUMNS.map(([name, read]) => [name, read(row) ?? null])),
  };
}

/** The whole file, piece by piece. An empty selection gives a valid empty file. */
export async function* exportEvents(
  rows: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `\uFEFF${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  if (format === 'geojson') yield '{"type":"FeatureCollection","features":[';
  let first = true;
  for await (const row of rows) {
    if (format === 'csv') yield writeCsv(row);
    else if (format === 'jsonl') yield `${JSON.stringify(row)}\n`;
    else yield `${first ? '\n' : ',\n'}${JSON.stringify(writeFeature(row))}`;
    first = false;
  }
  if (format === 'geojson') yield '\n]}\n';
}
