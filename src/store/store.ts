/**
 * What the store gives to the house: types only, so that desk, server and cli can be written against it without any engine.
 * Every method is asynchronous because another engine (PostgreSQL) may stand under the same interface.
 * Days are ISO dates ("2022-01-20"), instants ISO 8601 with zone; absence in a filter means "no restriction".
 */
import type { FailureCode } from '../failure.ts';
import type {
  ArticleId,
  ArticleRecord,
  CaseId,
  CaseUpdate,
  CopyKind,
  EventGroup,
  EventId,
  EventRef,
  EventType,
  FeedId,
  NewsEvent,
  Original,
  PlacePrecision,
  Room,
  Statement,
  Status,
  StoryId,
  StoryIndex,
  StoryUpdate,
} from '../vocabulary.ts';

export type { CaseLink, CaseOrigin, CaseToll, CaseUpdate, EventRef } from '../vocabulary.ts';

// ---------------------------------------------------------------- small shared shapes

/** One page of a list. `next` is handed back as `after` for the following page; null on the last one. */
export interface Paged<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface PageAsked {
  /** rows per page, 1 to 1000; default 50 */
  readonly limit?: number;
  /** `next` of the page before */
  readonly after?: string | null;
}

// ---------------------------------------------------------------- articles

export type SaveOutcome = 'new' | 'reread' | 'revision' | 'older-version';

export interface Saved {
  /** the id under which the article stands in the record: that of the first version when this one is a revision */
  readonly id: ArticleId;
  readonly outcome: SaveOutcome;
  readonly story: StoryId;
}

/** One line of an article list. */
export interface ArticleRow {
  readonly id: ArticleId;
  readonly name: string;
  readonly title: string | null;
  readonly site: string | null;
  readonly publisher: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly fetched: string;
  /** first 240 characters of the text */
  readonly lead: string;
  readonly story: StoryId;
  readonly kind: CopyKind;
  readonly copyOf: ArticleId | null;
  readonly events: number;
  readonly statements: number;
  readonly versions: number;
}

export interface ArticleHit extends ArticleRow {
  /** a piece of the text around the best match; `marks` are [start, end) offsets into `snippet` */
  readonly snippet: string;
  readonly marks: readonly (readonly [number, number])[];
}

export interface ArticleFilter {
  /** full-text query: words are all required, "…" is a phrase, a trailing * a beginning of a word, a leading - excludes */
  readonly words?: string;
  /** published (else fetched) on or after / on or before this day */
  readonly from?: string;
  readonly to?: string;
  readonly site?: string;
  readonly language?: string;
  readonly story?: StoryId;
  readonly feed?: FeedId;
  /** copies of another article are left out */
  readonly originalsOnly?: boolean;
}

/** An article as the desk shows it: the record with the corrections applied. */
export interface StoredArticle {
  readonly record: ArticleRecord;
  readonly row: ArticleRow;
  readonly originalSha256: string | null;
  readonly feed: FeedId | null;
  readonly storyReasons: readonly string[];
  /** per event of `record.events`, in the same order */
  readonly events: readonly StoredEvent[];
}

export interface ArticleVersion {
  readonly version: number;
  readonly fetched: string;
  readonly originalSha256: string | null;
  readonly record: ArticleRecord;
}

export interface StoredOriginal extends Original {
  readonly fetched: string;
}

export interface SaveOptions {
  readonly feed?: FeedId;
  /** the job that brought the article: marked done in the same transaction */
  readonly job?: number;
}

export interface ArticleTable {
  /**
   * Writes the record, its original and its place among the stories in ONE transaction; when the promise resolves it is on disk.
   * An article already there is replaced and keeps its corrections and reviews; with changed text the old reading becomes a version.
   */
  saveRecord(record: ArticleRecord, original: Original | null, story: StoryUpdate, options?: SaveOptions): Promise<Saved>;
  /** many at once in ONE transaction: all of them are there, or none */
  saveAll(
    batch: readonly {
      readonly record: ArticleRecord;
      readonly original: Original | null;
      readonly story: StoryUpdate;
      readonly options?: SaveOptions;
    }[],
  ): Promise<readonly Saved[]>;
  get(id: ArticleId): Promise<StoredArticle | undefined>;
  /** the id of the article that stands in the record for this one of: article id, URL, canonical URL, SHA-256 of an original */
  find(key: { readonly id?: ArticleId; readonly url?: string; readonly sha256?: string }): Promise<ArticleId | undefined>;
  /** best match first when `words` is given, else newest first */
  search(filter: ArticleFilter, page?: PageAsked): Promise<Paged<ArticleHit>>;
  /** how many articles match; counting stops at `cap` (default 10,000) */
  count(filter: ArticleFilter, cap?: number): Promise<number>;
  versions(id: ArticleId): Promise<readonly ArticleVersion[]>;
  original(sha256: string): Promise<StoredOriginal | undefined>;
  remove(id: ArticleId, who: string): Promise<boolean>;
  /** all records in the order of their publication, corrections applied; for export and re-reading. Memory stays flat. */
  each(filter?: ArticleFilter): AsyncIterable<ArticleRecord>;
  /** sites of the record with their numbers of articles, most first */
  sites(): Promise<readonly { readonly site: string; readonly articles: number }[]>;
}

// ---------------------------------------------------------------- events

export const REVIEW_STATES = ['accepted', 'discarded', 'open'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** One event with what the record knows beside it: a row of the events table. */
export interface StoredEvent {
  readonly article: ArticleId;
  readonly event: NewsEvent;
  readonly title: string | null;
  readonly site: string | null;
  readonly published: string | null;
  readonly url: string | null;
  readonly kind: CopyKind;
  /** when the article was read: what is new since a shift goes by it */
  readonly fetched: string;
  readonly story: StoryId;
  readonly case: CaseId | null;
  /** day of the event where the text gives one to the day, else the day of publication */
  readonly day: string | null;
  readonly reviewed: ReviewState;
  /** fields that people changed */
  readonly corrected: readonly string[];
}

/** Lists are "any of"; different fields are all required. Names are compared folded: case, accents and punctuation do not count. */
export interface EventFilter {
  /** day of the event (else of publication) on or after / on or before */
  readonly from?: string;
  readonly to?: string;
  readonly types?: readonly EventType[];
  readonly groups?: readonly EventGroup[];
  readonly statuses?: readonly Status[];
  /** beginning of a place or province name, or of one of its words */
  readonly place?: string;
  readonly countries?: readonly string[];
  /** west, south, east, north in degrees */
  readonly box?: readonly [number, number, number, number];
  /** beginning of a name or of one of its words */
  readonly actor?: string;
  readonly target?: string;
  /** actor or target */
  readonly anyone?: string;
  /** whose word it is; 'own-voice' is the article's own */
  readonly source?: string;
  readonly weapon?: string;
  /** full-text query on the article, as in ArticleFilter */
  readonly words?: string;
  readonly sites?: readonly string[];
  readonly article?: ArticleId;
  readonly story?: StoryId;
  readonly case?: CaseId;
  readonly reviewed?: readonly ReviewState[];
  readonly background?: boolean;
  readonly hedged?: boolean;
  readonly disputed?: boolean;
  readonly minConfidence?: number;
  /** events of copies of another article are left out */
  readonly originalsOnly?: boolean;
  /** a count of this kind with at least this many as its low figure */
  readonly killedAtLeast?: number;
}

export const EVENT_SORTS = ['newest', 'oldest', 'added', 'confidence', 'killed', 'type', 'place'] as const;
export type EventSort = (typeof EVENT_SORTS)[number];

export const EVENT_FACETS = [
  'type',
  'status',
  'group',
  'country',
  'place',
  'actor',
  'target',
  'source',
  'site',
  'weapon',
  'reviewed',
  'background',
  'hedged',
  'disputed',
] as const;
export type EventFacet = (typeof EVENT_FACETS)[number];

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** `counts` most frequent first, at most 50. `exact` false: counted on the newest `counted` events of the selection only. */
export interface FacetCounts {
  readonly facet: EventFacet;
  readonly counts: readonly FacetCount[];
  readonly exact: boolean;
  readonly counted: number;
}

export interface EventCount {
  readonly count: number;
  /** false: there are at least that many */
  readonly exact: boolean;
}

export interface TimelineDay {
  readonly day: string;
  readonly key: string;
  readonly count: number;
}

/** Events of one place; `precision` says how honest the pin is. A country-level event has the country's code as `name` and no pin of its own. */
export interface MapCell {
  readonly lat: number;
  readonly lon: number;
  readonly precision: PlacePrecision;
  readonly name: string | null;
  readonly country: string | null;
  readonly count: number;
  /** the most frequent type in the cell */
  readonly type: EventType;
}

/** The map gathers at most this many events of a selection, the newest. */
export const MOST_ON_MAP = 20_000;

export interface EventTable {
  get(ref: EventRef): Promise<StoredEvent | undefined>;
  find(filter: EventFilter, page?: PageAsked & { readonly sort?: EventSort }): Promise<Paged<StoredEvent>>;
  /** exact up to `cap` (default 100,000) */
  count(filter: EventFilter, cap?: number): Promise<EventCount>;
  facets(filter: EventFilter, facets: readonly EventFacet[]): Promise<readonly FacetCounts[]>;
  timeline(filter: EventFilter, by: 'type' | 'status' | 'group'): Promise<readonly TimelineDay[]>;
  /** `cells` per axis of the box (default 48): how finely events are gathered; site to district precision only, coarser ones one cell per name; of more than MOST_ON_MAP events the newest */
  map(filter: EventFilter, cells?: number): Promise<readonly MapCell[]>;
  each(filter: EventFilter): AsyncIterable<StoredEvent>;
  statements(filter: StatementFilter, page?: PageAsked): Promise<Paged<StoredStatement>>;
}

export interface StatementFilter {
  readonly speaker?: string;
  readonly acts?: readonly Statement['act'][];
  readonly article?: ArticleId;
  readonly story?: StoryId;
  readonly from?: string;
  readonly to?: string;
}

export interface StoredStatement {
  readonly article: ArticleId;
  readonly statement: Statement;
  readonly title: string | null;
  readonly site: string | null;
  readonly published: string | null;
}

// ---------------------------------------------------------------- names: people, groups, places

export interface NameRow {
  readonly name: string;
  readonly kind: string;
  readonly articles: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

export interface NameTable {
  /** names of the record beginning with these letters (or with a word that does), most articles first; without letters those of the newest 3,000 articles */
  find(beginning: string, options?: { readonly kinds?: readonly string[]; readonly limit?: number }): Promise<readonly NameRow[]>;
  /** names that stand in the same articles, most often first */
  together(name: string, limit?: number): Promise<readonly NameRow[]>;
  /** "these two names are one": `alias` is shown and found under `name` from now on */
  merge(name: string, alias: string, who: string): Promise<void>;
  split(alias: string, who: string): Promise<void>;
  aliases(name: string): Promise<readonly string[]>;
}

// ---------------------------------------------------------------- stories and cases

export interface StoryRow {
  readonly id: StoryId;
  readonly title: string | null;
  readonly articles: number;
  /** articles that are no copies */
  readonly originals: number;
  readonly events: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly pinned: boolean;
}

export interface StoryMember extends ArticleRow {
  readonly reasons: readonly string[];
  /** a person put it here; the machine does not move it */
  readonly pinned: boolean;
}

export interface StoredCase extends CaseUpdate {
  readonly reviewed: ReviewState;
  readonly reviewedBy: string | null;
  readonly added: string;
  readonly changed: string;
}

export interface CaseFilter {
  readonly from?: string;
  readonly to?: string;
  readonly types?: readonly EventType[];
  readonly statuses?: readonly Status[];
  readonly countries?: readonly string[];
  readonly story?: StoryId;
  readonly reviewed?: readonly ReviewState[];
  /** changed after this instant (a shift's beginning) */
  readonly changedAfter?: string;
  readonly minOrigins?: number;
}

export interface StoryTable {
  list(
    filter?: { readonly from?: string; readonly to?: string; readonly sort?: 'newest' | 'largest' },
    page?: PageAsked,
  ): Promise<Paged<StoryRow>>;
  get(id: StoryId): Promise<{ readonly story: StoryRow; readonly articles: readonly StoryMember[] } | undefined>;
  /** by people: all articles of `from` become `into`'s */
  merge(into: StoryId, from: StoryId, who: string): Promise<void>;
  /** by people: these articles become a story of their own; gives its id */
  split(story: StoryId, articles: readonly ArticleId[], who: string): Promise<StoryId>;
  pin(article: ArticleId, story: StoryId, who: string): Promise<void>;
  unpin(article: ArticleId, who: string): Promise<void>;
}

export interface CaseTable {
  /** replaces what was said of these cases before; reviews stay */
  save(cases: readonly CaseUpdate[], removed?: readonly CaseId[]): Promise<void>;
  get(id: CaseId): Promise<StoredCase | undefined>;
  of(ref: EventRef): Promise<StoredCase | undefined>;
  /** by consequence: killed, origins, newest */
  list(filter: CaseFilter, page?: PageAsked): Promise<Paged<StoredCase>>;
  tellings(id: CaseId): Promise<readonly StoredEvent[]>;
}

// ---------------------------------------------------------------- people's work: corrections, reviews

/** One change to one finding. `field` 'event' with `before` null adds an event, with `after` null deletes one. */
export interface Correction {
  readonly id: number;
  readonly article: ArticleId;
  /** the event or statement changed; for an added event the id that it got */
  readonly finding: EventId | Statement['id'];
  /** a field of NewsEvent or Statement ('status', 'where' …), or 'event' / 'statement' for the whole */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly who: string;
  readonly when: string;
  readonly undone: string | null;
  /** false: since the article was read again, no finding is left that it speaks of */
  readonly applies: boolean;
}

export interface ReviewTable {
  /** @throws Failure('store', 'bad-input') when the finding is not there or the new value breaks the record (a quote not in the text) */
  correct(change: {
    readonly article: ArticleId;
    readonly finding: EventId | Statement['id'] | null;
    readonly field: string;
    readonly after: unknown;
    readonly who: string;
  }): Promise<Correction>;
  undo(id: number, who: string): Promise<Correction | undefined>;
  corrections(filter?: { readonly article?: ArticleId; readonly who?: string }, page?: PageAsked): Promise<Paged<Correction>>;
  /** the verdict on an event or on a whole case (all its tellings) */
  review(what: EventRef | CaseId, state: ReviewState, who: string): Promise<void>;
}

// ---------------------------------------------------------------- intake's books: feeds, failures, jobs

export type FeedHealth = 'new' | 'well' | 'quiet' | 'failing' | 'stopped';

export interface Feed {
  readonly id: FeedId;
  readonly url: string;
  readonly title: string | null;
  readonly site: string | null;
  readonly added: string;
  readonly active: boolean;
  /** seconds between polls when all is well */
  readonly everySeconds: number;
  readonly nextPoll: string | null;
  readonly lastPoll: string | null;
  readonly lastSuccess: string | null;
  readonly lastNew: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** failures in a row: what the back-off goes by */
  readonly failures: number;
  readonly lastFailure: string | null;
  readonly health: FeedHealth;
  readonly articles: number;
}

/** What one poll came to. The caller reckons `nextPoll` (schedule and back-off are intake's). */
export interface PollResult {
  readonly ok: boolean;
  readonly nextPoll: string;
  readonly newArticles: number;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly title?: string | null;
  readonly message?: string;
}

export interface FeedTable {
  /** the same URL gives the feed that is there */
  add(feed: {
    readonly url: string;
    readonly title?: string | null;
    readonly site?: string | null;
    readonly everySeconds?: number;
  }): Promise<Feed>;
  get(id: FeedId): Promise<Feed | undefined>;
  list(): Promise<readonly Feed[]>;
  due(limit?: number): Promise<readonly Feed[]>;
  polled(id: FeedId, result: PollResult): Promise<Feed | undefined>;
  change(
    id: FeedId,
    to: { readonly title?: string | null; readonly active?: boolean; readonly everySeconds?: number; readonly nextPoll?: string },
  ): Promise<Feed | undefined>;
  remove(id: FeedId): Promise<boolean>;
}

/** "3 pages could not be read, and why": one line per input; a later success of the same input takes it away. */
export interface StoredFailure {
  readonly id: number;
  /** URL, path or name of the input */
  readonly input: string;
  readonly room: Room;
  readonly code: FailureCode;
  readonly message: string;
  readonly at: string;
  readonly attempts: number;
  /** null: trying again will not help */
  readonly retryAt: string | null;
  readonly feed: FeedId | null;
}

export interface FailureTable {
  note(failure: {
    readonly input: string;
    readonly room: Room;
    readonly code: FailureCode;
    readonly message: string;
    readonly retryAt?: string | null;
    readonly feed?: FeedId | null;
  }): Promise<StoredFailure>;
  list(filter?: { readonly code?: FailureCode; readonly feed?: FeedId }, page?: PageAsked): Promise<Paged<StoredFailure>>;
  counts(): Promise<readonly { readonly code: FailureCode; readonly count: number }[]>;
  dismiss(id: number): Promise<boolean>;
}

export type JobState = 'waiting' | 'leased' | 'done' | 'dead';

export interface Job {
  readonly id: number;
  /** what to do: 'read-input', 'poll-feed' … */
  readonly kind: string;
  /** jobs of one kind and key exist once while they wait */
  readonly key: string;
  readonly payload: unknown;
  readonly state: JobState;
  readonly attempts: number;
  readonly runAt: string;
  readonly lastError: string | null;
}

export interface JobTable {
  /** a job of the same kind and key that is not done yet is given back instead of a second one */
  add(job: { readonly kind: string; readonly key: string; readonly payload: unknown; readonly runAt?: string }): Promise<Job>;
  addAll(
    jobs: readonly { readonly kind: string; readonly key: string; readonly payload: unknown; readonly runAt?: string }[],
  ): Promise<number>;
  /** takes up to `limit` due jobs for `seconds`; a lease that ran out (a killed run) is due again */
  lease(kinds: readonly string[], limit: number, seconds: number): Promise<readonly Job[]>;
  done(id: number): Promise<void>;
  /** tried again at `retryAt`; null: never (dead, kept to be looked at) */
  fail(id: number, message: string, retryAt: string | null): Promise<void>;
  counts(): Promise<Readonly<Record<JobState, number>>>;
}

// ---------------------------------------------------------------- the desk's own things

/** Saved views, watches, sitreps, shifts and settings: named JSON documents of the desk, checked by the desk's own schemas. */
export const DOCUMENT_KINDS = ['view', 'watch', 'sitrep', 'shift', 'setting', 'coding'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export interface StoredDocument<Body = unknown> {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly title: string;
  readonly owner: string | null;
  readonly body: Body;
  readonly added: string;
  readonly changed: string;
}

export interface DocumentTable {
  /** with an id: replaces; without: gets one */
  save(document: {
    readonly kind: DocumentKind;
    readonly id?: string;
    readonly title: string;
    readonly owner?: string | null;
    readonly body: unknown;
  }): Promise<StoredDocument>;
  get(kind: DocumentKind, id: string): Promise<StoredDocument | undefined>;
  list(kind: DocumentKind, owner?: string): Promise<readonly StoredDocument[]>;
  remove(kind: DocumentKind, id: string): Promise<boolean>;
}

export interface Alert {
  readonly id: number;
  readonly watch: string;
  /** a case fires a watch once only */
  readonly subject: string;
  readonly reason: string;
  readonly evidence: readonly EventRef[];
  readonly at: string;
  readonly seen: string | null;
  readonly sent: string | null;
}

export interface AlertTable {
  /** undefined: this watch has fired for this subject before */
  raise(alert: {
    readonly watch: string;
    readonly subject: string;
    readonly reason: string;
    readonly evidence: readonly EventRef[];
  }): Promise<Alert | undefined>;
  list(
    filter?: { readonly watch?: string; readonly unseenOnly?: boolean; readonly unsentOnly?: boolean },
    page?: PageAsked,
  ): Promise<Paged<Alert>>;
  mark(id: number, what: 'seen' | 'sent'): Promise<void>;
}

/** Admiralty grade of a source, set by people, never by the machine. */
export interface SourceGrade {
  readonly source: string;
  readonly reliability: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  readonly note: string | null;
  readonly who: string;
  readonly when: string;
}

export interface SourceTable {
  grade(grade: Omit<SourceGrade, 'when'>): Promise<SourceGrade>;
  list(): Promise<readonly SourceGrade[]>;
  remove(source: string): Promise<boolean>;
}

export const ROLES = ['reader', 'analyst', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
  readonly added: string;
}

/** Hashing passwords and drawing tokens is the server's work: the store keeps the hashes. */
export interface PeopleTable {
  save(person: { readonly name: string; readonly role: Role; readonly active?: boolean; readonly passwordHash?: string }): Promise<Person>;
  list(): Promise<readonly Person[]>;
  get(name: string): Promise<(Person & { readonly passwordHash: string | null }) | undefined>;
  openSession(session: { readonly tokenHash: string; readonly person: string; readonly until: string }): Promise<void>;
  /** the person behind a session that has not run out */
  session(tokenHash: string): Promise<Person | undefined>;
  closeSession(tokenHash: string): Promise<void>;
}

export interface AuditTable {
  write(entry: { readonly who: string; readonly what: string; readonly subject?: string | null; readonly detail?: unknown }): Promise<void>;
  list(page?: PageAsked): Promise<
    Paged<{
      readonly id: number;
      readonly who: string;
      readonly what: string;
      readonly subject: string | null;
      readonly detail: unknown;
      readonly at: string;
    }>
  >;
}

// ---------------------------------------------------------------- the whole

export interface StoreStatus {
  readonly file: string;
  readonly schemaVersion: number;
  readonly bytes: number;
  readonly articles: number;
  readonly originals: number;
  readonly events: number;
  readonly statements: number;
  readonly stories: number;
  readonly cases: number;
  readonly feeds: number;
  readonly failures: number;
  readonly jobs: Readonly<Record<JobState, number>>;
  readonly corrections: number;
  readonly reviewed: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly lastFetched: string | null;
}

export interface CheckReport {
  readonly articles: number;
  readonly originals: number;
  readonly quotes: number;
  /** each in plain words; empty when all is well */
  readonly problems: readonly string[];
}

export interface Store {
  readonly articles: ArticleTable;
  readonly events: EventTable;
  readonly names: NameTable;
  readonly stories: StoryTable;
  readonly cases: CaseTable;
  readonly reviews: ReviewTable;
  readonly feeds: FeedTable;
  readonly failures: FailureTable;
  readonly jobs: JobTable;
  readonly documents: DocumentTable;
  readonly alerts: AlertTable;
  readonly sources: SourceTable;
  readonly people: PeopleTable;
  readonly audit: AuditTable;
  /** what the stories room asks of the record */
  readonly storyIndex: StoryIndex;
  status(): Promise<StoreStatus>;
  /** re-hashes every original, re-finds every quote in its text, checks the file; long: `onProgress` gets done and all */
  check(onProgress?: (done: number, all: number) => void): Promise<CheckReport>;
  /** a consistent copy of the whole record into a file that must not exist yet */
  backup(file: string): Promise<void>;
  /** told after every saved article, correction or review; gives back how to stop listening */
  onChange(listen: (change: StoreChange) => void): () => void;
  close(): Promise<void>;
}

export interface StoreChange {
  readonly kind: 'article' | 'events' | 'story' | 'case' | 'feed' | 'failure' | 'alert';
  readonly id: string;
}

export interface StoreOptions {
  /** path of the record's file; its folder is made when missing */
  readonly file: string;
  /** gives the time: milliseconds since 1970 */
  readonly clock: () => number;
  /** most pages that the file may grow to; for tests of a full disk */
  readonly maxPages?: number;
  /** false: faster and not safe against power cuts; for generated test records only */
  readonly durable?: boolean;
}
