/**
 * Accepted deeds in, a situation report out: sentences by kind of event, each with its citations, and a source annex.
 * The same record and the same choices give the same report: no clock, fixed order, fixed words.
 */
import type { EventRef, StoredCase, StoredEvent } from '../store/store.ts';
import { type CaseId, EVENT_GROUPS, type EventGroup, type EventType, GROUP_OF_TYPE } from '../vocabulary.ts';
import { type CaseLine, listDeeds, writeCaseLine } from './triage.ts';
import { countOf, GROUP_WORDS, writeDay } from './words.ts';

/** Words of an article that a sentence stands on. */
export interface Citation extends EventRef {
  readonly quote: string;
  readonly site: string | null;
  readonly title: string | null;
  readonly published: string | null;
  /** names, place, days and figures that were read from the quote and its surroundings */
  readonly facts: readonly string[];
}

export interface SitrepSentence {
  readonly id: string;
  readonly text: string;
  readonly citations: readonly Citation[];
}

export interface SitrepSection {
  readonly group: EventGroup;
  readonly title: string;
  readonly sentences: readonly SitrepSentence[];
}

export interface AnnexEntry {
  readonly article: string;
  readonly title: string | null;
  readonly site: string | null;
  readonly url: string | null;
  readonly published: string | null;
  readonly fetched: string;
  readonly sha256: string | null;
}

export interface Sitrep {
  readonly title: string;
  readonly summary: string;
  readonly sections: readonly SitrepSection[];
  readonly annex: readonly AnnexEntry[];
}

/** How a kind of event stands to those whom it concerns. */
const TOWARDS: Readonly<Partial<Record<EventType, string>>> = {
  abduction: 'of',
  arrest: 'of',
  'prison-break': 'of',
  release: 'of',
  trial: 'of',
  displacement: 'of',
  'territory-taken': 'from',
  agreement: 'with',
  talks: 'with',
  aid: 'for',
  'troop-movement': 'concerning',
  politics: 'concerning',
  'weapons-found': 'concerning',
  'recruitment-funding': 'concerning',
  destruction: 'of',
  disaster: 'among',
};

const startUpper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "On 20 Jan 2022 in Hasakah, SY: prison break by IS fighters (to whom: inmates); 39 killed. Source: SDF (2 articles · 2 origins)." */
export function writeSentence(line: CaseLine): string {
  const when = line.time ? `${/^\d/.test(line.time) ? 'On ' : ''}${line.time}` : line.published ? `Reported ${line.published}` : '';
  const head = [when, line.place].filter(Boolean).join(', ');
  const deed = [
    line.status === 'happened' ? line.typeWords : `${line.statusWords}: ${line.typeWords}`,
    line.hedged ? '(hedged)' : '',
    line.disputed ? '(disputed)' : '',
    line.who ? `by ${line.who}` : '',
    line.whom ? `${TOWARDS[line.type] ?? 'against'} ${line.whom}` : '',
  ]
    .filter(Boolean)
    .join(' ');
  const toll = line.toll ? `; ${line.toll}` : '';
  const word = line.source ? `, in the word of ${line.source}` : '';
  return `${head ? `${startUpper(head)}: ` : ''}${head ? deed : startUpper(deed)}${toll}${word} (${line.sources}).`;
}

function citeTelling(row: StoredEvent): Citation {
  const { event } = row;
  return {
    article: row.article,
    event: event.id,
    quote: event.mentions[0].quote,
    site: row.site,
    title: row.title,
    published: row.published === null ? null : writeDay(row.published),
    facts: [
      ...event.mentions.map((mention) => mention.quote),
      ...event.actors.map((actor) => actor.name),
      ...event.targets.map((target) => target.name),
      event.source ?? '',
      event.where?.name ?? '',
      event.where?.words ?? '',
      event.where?.country ?? '',
      event.when?.words ?? '',
      event.when?.from ? writeDay(event.when.from) : '',
      event.when?.to ? writeDay(event.when.to) : '',
      row.published ? writeDay(row.published) : '',
      row.site ?? '',
      ...event.counts.flatMap((count) => [
        count.words,
        count.source ?? '',
        count.low === null ? '' : String(count.low),
        count.high === null ? '' : String(count.high),
      ]),
      ...event.weapons.map((weapon) => weapon.words),
    ].filter(Boolean),
  };
}

/**
 * @param tellings accepted events of the choice
 * @param annex articles by id, for those cited
 */
export function draftSitrep(
  title: string,
  tellings: readonly StoredEvent[],
  cases: ReadonlyMap<CaseId, StoredCase>,
  annex: ReadonlyMap<string, AnnexEntry>,
): Sitrep {
  const deeds = listDeeds(tellings, cases)
    .map((deed) => ({ deed, line: writeCaseLine(deed.tellings, deed.stored) }))
    .sort((a, b) => b.line.weight - a.line.weight || a.deed.key.localeCompare(b.deed.key));
  const sections = EVENT_GROUPS.map((group) => ({
    group,
    title: startUpper(GROUP_WORDS[group]),
    sentences: deeds
      .filter(({ line }) => GROUP_OF_TYPE[line.type] === group)
      .map(({ deed, line }) => ({
        id: `${line.article} ${line.event}`,
        text: writeSentence(line),
        citations: line.refs.flatMap((ref) => {
          const telling = deed.tellings.find((candidate) => candidate.article === ref.article && candidate.event.id === ref.event);
          return telling ? [citeTelling(telling)] : [];
        }),
      })),
  })).filter((section) => section.sentences.length > 0);
  const cited = [
    ...new Set(
      sections.flatMap((section) => section.sentences.flatMap((sentence) => sentence.citations.map(({ article }) => article as string))),
    ),
  ];
  const entries = cited
    .flatMap((id) => annex.get(id) ?? [])
    .sort((a, b) => (a.published ?? '').localeCompare(b.published ?? '') || a.article.localeCompare(b.article));
  const happened = deeds.filter(({ line }) => line.status === 'happened' || line.status === 'ongoing').length;
  return {
    title,
    summary: `${countOf(deeds.length, 'event')} from ${countOf(entries.length, 'article')}: ${happened} told as done, ${deeds.length - happened} attempted, planned, threatened, called for, feared or denied.`,
    sections,
    annex: entries,
  };
}

export interface Doubt {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
/** Words that begin a sentence or belong to the report's own language: no names. */
const OWN_WORDS = new Set(
  'a an the on in at by to of for from with and or but it its he she they this that these those as after before during while since until about reported according source sources jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october november december week nobody figures'.split(
    ' ',
  ),
);

/**
 * Names and numbers of a sentence that stand in none of its cited words: to be marked, and told in the report.
 * A name is a word with a capital letter within a sentence; a number is any figure. Counts of articles and origins are the desk's own.
 */
export function findDoubts(text: string, citations: readonly Pick<Citation, 'facts'>[]): readonly Doubt[] {
  const cited = fold(citations.flatMap(({ facts }) => facts).join(' \n '));
  const words = new Set(cited.match(/[\p{L}\p{N}]+/gu) ?? []);
  const figures = new Set((cited.match(/\d[\d,.]*/g) ?? []).map((figure) => figure.replace(/[,.]/g, '')));
  const doubts: Doubt[] = [];
  const own = [...text.matchAll(/\d[\d,]* (?:articles?|origins?)\b/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const match of text.matchAll(/\d[\d,]*|\p{Lu}[\p{L}\p{M}’'-]*/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    if (own.some((span) => start >= span.start && end <= span.end)) continue;
    if (/^\d/.test(match[0])) {
      if (figures.has(match[0].replaceAll(',', ''))) continue;
    } else {
      const parts = fold(match[0].replace(/[’']s$/, ''))
        .split(/[-’']/)
        .filter(Boolean);
      if (parts.every((part) => words.has(part) || OWN_WORDS.has(part))) continue;
      const opens = /(^|[.!?:]\s+)$/.test(text.slice(0, start));
      // The first word of a sentence has its capital anyway: a name only when another name follows.
      if (opens && !/^\s+\p{Lu}/u.test(text.slice(end))) continue;
    }
    doubts.push({ start, end, words: match[0] });
  }
  return doubts;
}
