/**
 * A web archive (WARC 1.0 or 1.1, unpacked) as a stream in, one record for each page that was fetched well out, in its order.
 * Requests, redirects, pictures and scripts are passed over; one bad record does not stop the next.
 */
import { WARCParser, type WARCRecord } from 'warcio';
import { Failure } from '../failure.ts';
import { type ByteStream, readCapped } from './read-capped.ts';

export interface ArchivedPage {
  readonly url: string;
  readonly fetched: string | null;
  readonly mediaType: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** @throws Failure bad-input, after the records before it, where the archive is damaged */
export async function* readArchive(stream: ByteStream, name: string, pageCap: number): AsyncIterable<ArchivedPage | Failure> {
  const records = WARCParser.iterRecords(stream)[Symbol.asyncIterator]();
  for (;;) {
    let record: WARCRecord;
    try {
      const next = await records.next();
      if (next.done) return;
      record = next.value;
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('intake', 'bad-input', `${name} is damaged or no web archive: ${(error as Error).message}`, { cause: error });
    }
    const page = await readRecord(record, name, pageCap);
    if (page) yield page;
  }
}

async function readRecord(record: WARCRecord, name: string, pageCap: number): Promise<ArchivedPage | Failure | null> {
  const url = record.warcTargetURI;
  if ((record.warcType !== 'response' && record.warcType !== 'resource') || !url || !/^https?:/i.test(url)) return null;
  const status = Number(record.httpHeaders?.statusCode ?? 200);
  if (status !== 200) return null;
  const headers: Record<string, string> = {};
  for (const [header, value] of record.httpHeaders?.headers ?? []) headers[header.toLowerCase()] = value;
  const contentType = headers['content-type'] ?? (record.warcType === 'resource' ? (record.warcContentType ?? '') : '');
  const mediaType = contentType.split(';')[0]!.trim().toLowerCase();
  if (mediaType !== 'text/html' && mediaType !== 'application/xhtml+xml' && mediaType !== 'text/plain') return null;
  try {
    const bytes = await readCapped(record.contentReader as ByteStream, pageCap, `${name}: ${url}`);
    if (bytes.length === 0) return null;
    return { url, fetched: record.warcDate ?? null, mediaType, contentType, headers, bytes };
  } catch (error) {
    if (error instanceof Failure) return error;
    return new Failure('intake', 'bad-input', `${name}: the record of ${url} cannot be unpacked`, { cause: error });
  }
}
