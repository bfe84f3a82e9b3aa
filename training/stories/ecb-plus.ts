/** Reads the ECB+ corpus where it lies (../shared/bench/stories-dev): texts by joining tokens, event mentions, cross-document links. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ArticleRecord } from '../../src/vocabulary.ts';

export const ECB_FOLDER = resolve(import.meta.dirname, '../../../shared/bench/stories-dev');

export interface EcbMention {
  /** half-open offsets into the text */
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  /** gold cluster over all documents; a mention without a link is a cluster of its own */
  readonly cluster: string;
}

export interface EcbDocument {
  readonly id: string;
  readonly topic: number;
  /** `<topic>ecb` or `<topic>ecbplus` */
  readonly story: string;
  readonly text: string;
  /** offsets of each sentence in the text */
  readonly sentences: readonly { readonly start: number; readonly end: number; readonly checked: boolean }[];
  readonly mentions: readonly EcbMention[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };
const decode = (text: string) => text.replace(/&(amp|quot|apos|lt|gt);/g, (_, name: string) => ENTITIES[name] as string);

export function loadEcb(folder = ECB_FOLDER): EcbDocument[] {
  const root = join(folder, 'ecbplus');
  const checked = new Set(
    readFileSync(join(folder, 'ECBplus_coreference_sentences.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(',').join(' ')),
  );
  const topics = readdirSync(root)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
  return topics.flatMap((topic) =>
    readdirSync(join(root, String(topic)))
      .filter((name) => name.endsWith('.xml'))
      .sort()
      .map((name) => readDocument(readFileSync(join(root, String(topic), name), 'utf8'), topic, name.replace('.xml', ''), checked)),
  );
}

function readDocument(xml: string, topic: number, id: string, checked: ReadonlySet<string>): EcbDocument {
  const tokens = [...xml.matchAll(/<token t_id="(\d+)" sentence="(\d+)"[^>]*>([^<]*)<\/token>/g)];
  const places = new Map<string, { start: number; end: number; sentence: number }>();
  const sentences: { start: number; end: number; checked: boolean }[] = [];
  let text = '';
  let last = -1;
  for (const [, token, number, written] of tokens) {
    const sentence = Number(number);
    if (sentence !== last) {
      if (text !== '') text += '\n';
      last = sentence;
      sentences[sentence] = {
        start: text.length,
        end: text.length,
        checked: checked.has(`${topic} ${id.replace(`${topic}_`, '')} ${sentence}`),
      };
    } else text += ' ';
    const start = text.length;
    text += decode(written as string);
    places.set(token as string, { start, end: text.length, sentence });
    sentences[sentence] = { ...(sentences[sentence] as (typeof sentences)[number]), end: text.length };
  }
  const clusters = new Map<string, string>();
  for (const [, attributes, body] of xml.matchAll(/<(?:CROSS|INTRA)_DOC_COREF([^>]*)>([\s\S]*?)<\/(?:CROSS|INTRA)_DOC_COREF>/g)) {
    const note = /note="([^"]*)"/.exec(attributes as string)?.[1];
    const relation = /r_id="(\d+)"/.exec(attributes as string)?.[1];
    for (const [, mention] of (body as string).matchAll(/<source m_id="(\d+)"/g))
      clusters.set(mention as string, note ? `${topic} ${note}` : `${id} ${relation}`);
  }
  const mentions: EcbMention[] = [];
  for (const [, mention, body] of xml.matchAll(/<(?:NEG_)?ACTION_\w+ m_id="(\d+)"[^>]*>([\s\S]*?)<\/(?:NEG_)?ACTION_\w+>/g)) {
    const anchors = [...(body as string).matchAll(/t_id="(\d+)"/g)]
      .map(([, token]) => places.get(token as string))
      .filter((place) => place !== undefined);
    const first = anchors[0];
    if (!first) continue;
    mentions.push({
      start: Math.min(...anchors.map((place) => place.start)),
      end: Math.max(...anchors.map((place) => place.end)),
      sentence: first.sentence,
      cluster: clusters.get(mention as string) ?? `${id} mention ${mention}`,
    });
  }
  return {
    id,
    topic,
    story: `${topic}${id.includes('ecbplus') ? 'ecbplus' : 'ecb'}`,
    text,
    sentences: sentences.filter((sentence) => sentence !== undefined),
    mentions,
  };
}

/** A record of a bare text: no date, no site, no findings. */
export function plainRecord(id: string, text: string, published: string | null = null): ArticleRecord {
  return {
    article: {
      id: `article:${id}`,
      name: id,
      title: null,
      text,
      published,
      updated: null,
      fetched: '2024-01-01T00:00:00.000Z',
      publishedFrom: null,
      authors: [],
      publisher: null,
      site: null,
      url: null,
      language: 'en',
      dateline: null,
      dropped: [],
      notes: [],
    },
    events: [],
    statements: [],
    entities: [],
    places: [],
    notes: [],
  };
}
