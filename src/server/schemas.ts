/**
 * What may come in at the API's door: addresses' parameters and bodies as zod schemas, and how they become the store's filters.
 * A parameter that may hold several values takes them with commas between.
 */
import { z } from 'zod';
import type { EventFilter } from '../store/store.ts';
import { EVENT_GROUPS, EVENT_TYPES, STATUSES } from '../vocabulary.ts';

export const ArticleIdText = z.templateLiteral(['article:', z.string().min(1).max(200)]);
export const EventIdText = z.templateLiteral(['event:', z.string().min(1).max(200)]);
export const StatementIdText = z.templateLiteral(['statement:', z.string().min(1).max(200)]);
export const StoryIdText = z.templateLiteral(['story:', z.string().min(1).max(200)]);
export const CaseIdText = z.templateLiteral(['case:', z.string().min(1).max(200)]);
export const FeedIdText = z.templateLiteral(['feed:', z.string().min(1).max(200)]);

export const Day = z.iso.date();
const Words = z.string().trim().min(1).max(300);
const split = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
const listOf = <T extends string>(values: readonly [T, ...T[]], about: string) =>
  z
    .string()
    .max(2000)
    .transform(split)
    .pipe(z.array(z.enum(values)))
    .describe(`${about}; several with commas: ${values.join(', ')}`);
const Flag = z.enum(['true', 'false']).transform((word) => word === 'true');

export const REVIEWS = ['accepted', 'discarded', 'open'] as const;

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).optional().describe('rows a page, at most 1000'),
  after: z.string().max(500).optional().describe('`next` of the page before'),
});

export const EventQuery = z.object({
  from: Day.optional().describe('day of the event, or else of publication, on or after'),
  to: Day.optional().describe('on or before'),
  type: listOf(EVENT_TYPES, 'event type').optional(),
  group: listOf(EVENT_GROUPS, 'group of types').optional(),
  status: listOf(STATUSES, 'status').optional(),
  place: Words.optional().describe('beginning of the name of a place or province'),
  country: z
    .string()
    .max(200)
    .transform(split)
    .pipe(z.array(z.string().regex(/^[A-Z]{2}$/)))
    .optional()
    .describe('ISO 3166-1 alpha-2; several with commas'),
  box: z
    .string()
    .max(100)
    .transform((text) => split(text).map(Number))
    .pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]))
    .optional()
    .describe('west,south,east,north in degrees'),
  actor: Words.optional().describe('beginning of a name'),
  target: Words.optional(),
  anyone: Words.optional().describe('actor or target'),
  source: Words.optional().describe("whose word it is; 'own-voice' is the article's own"),
  weapon: Words.optional(),
  words: Words.optional().describe('full-text search in the article'),
  site: z.string().max(500).transform(split).optional(),
  article: ArticleIdText.optional(),
  story: StoryIdText.optional(),
  case: CaseIdText.optional(),
  reviewed: listOf(REVIEWS, 'verdict of a person').optional(),
  background: Flag.optional(),
  hedged: Flag.optional(),
  disputed: Flag.optional(),
  confidence: z.coerce.number().min(0).max(1).optional().describe('at least'),
  originals: Flag.optional().describe('leaves the events of copies out'),
  killed: z.coerce.number().int().min(0).optional().describe('at least so many killed'),
});

/** The address's parameters as the store's filter. */
export function readEventFilter(query: z.output<typeof EventQuery>): EventFilter {
  const filter: Record<string, unknown> = {
    from: query.from,
    to: query.to,
    types: query.type,
    groups: query.group,
    statuses: query.status,
    place: query.place,
    countries: query.country,
    box: query.box,
    actor: query.actor,
    target: query.target,
    anyone: query.anyone,
    source: query.source,
    weapon: query.weapon,
    words: query.words,
    sites: query.site,
    article: query.article,
    story: query.story,
    case: query.case,
    reviewed: query.reviewed,
    background: query.background,
    hedged: query.hedged,
    disputed: query.disputed,
    minConfidence: query.confidence,
    originalsOnly: query.originals,
    killedAtLeast: query.killed,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as EventFilter;
}

export const WebAddress = z.url({ protocol: /^https?$/, error: 'is no web address: it must begin with http:// or https://' }).max(2000);
