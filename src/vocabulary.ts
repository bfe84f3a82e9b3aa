/**
 * Every noun of the house, as frozen plain data that survives JSON. Imports nothing.
 * docs/vocabulary.md says in words what each one means; a closed list is written once here and gives its type.
 * Offsets are half-open [start, end) UTF-16 code units into `Article.text`.
 */

// ---------------------------------------------------------------- shared by all rooms

export const ROOMS = ['intake', 'article', 'language', 'findings', 'stories', 'store', 'desk', 'server', 'cli', 'config'] as const;
export type Room = (typeof ROOMS)[number];

export type ArticleId = `article:${string}`;
export type EventId = `event:${string}`;
export type StatementId = `statement:${string}`;
export type StoryId = `story:${string}`;
export type CaseId = `case:${string}`;
export type FeedId = `feed:${string}`;

/** An exact piece of the article text: `text === article.text.slice(start, end)`. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** We went on, with a doubt. Travels with the value and is shown at the desk. */
export interface Note {
  readonly room: Room;
  readonly message: string;
}

// ---------------------------------------------------------------- intake → article

/** One page as it came in, decoded; the original bytes travel beside it (`Original`). */
export interface IncomingPage {
  /** the input's own name: file name without its endings, the `id` of a JSON line, else the URL */
  readonly name: string;
  readonly format: 'html' | 'text';
  /** decoded content: markup for `html`, running text for `text` */
  readonly content: string;
  readonly url?: string;
  /** what the input itself says (a JSON field, a feed entry, --published, --site); the article room may know better */
  readonly title?: string;
  readonly published?: string;
  readonly site?: string;
  readonly authors?: readonly string[];
  /** ISO 8601 instant at which the bytes were fetched or read */
  readonly fetched: string;
  /** hex SHA-256 of the original bytes */
  readonly sha256: string;
  readonly notes: readonly Note[];
}

/** The bytes as they came, never changed. The one noun that is not JSON: it goes from intake to store only. */
export interface Original {
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

// ---------------------------------------------------------------- article

/** Something cut from the page, kept so that it can be looked at. */
export interface Dropped {
  /** in plain words: 'caption', 'share links', 'promotion', 'aggregator header', 'navigation' … */
  readonly reason: string;
  readonly text: string;
}

/** One dated post of a live blog. */
export interface Post {
  readonly start: number;
  readonly end: number;
  readonly published?: string;
}

export interface Article {
  readonly id: ArticleId;
  /** the input's name, printed as `id` by `watchdesk read` */
  readonly name: string;
  readonly title: string | null;
  /** paragraphs joined by a blank line; without title, captions and furniture */
  readonly text: string;
  /** ISO 8601 date or date-time, with its zone where the page gives one */
  readonly published: string | null;
  readonly updated: string | null;
  readonly fetched: string;
  /** which source the date was taken from: 'json-ld', 'meta', 'time element', 'url', 'input', 'text' … */
  readonly publishedFrom: string | null;
  readonly authors: readonly string[];
  /** where the text comes from when that is another than the site it was found on (an agency, a first publisher) */
  readonly publisher: string | null;
  readonly site: string | null;
  readonly url: string | null;
  readonly canonicalUrl?: string | null;
  /** ISO 639-1 code as far as the page says; the language room decides from the text */
  readonly language: string | null;
  /** "KABUL (Reuters) -": kept apart from the body */
  readonly dateline: string | null;
  readonly posts?: readonly Post[];
  readonly dropped: readonly Dropped[];
  readonly notes: readonly Note[];
}

// ---------------------------------------------------------------- language

export interface Token extends Span {
  readonly lemma: string;
  /** universal part of speech */
  readonly upos: string;
  /** Penn tag where known */
  readonly xpos?: string;
  /** universal features, "Tense=Past|VerbForm=Fin" */
  readonly feats?: string;
  /** index of the governing token in `AnalysedArticle.tokens`; -1 at the root of a sentence */
  readonly head: number;
  /** universal dependency relation, with subtype ("nsubj:pass") */
  readonly deprel: string;
  /** index of its sentence */
  readonly sentence: number;
}

export interface Sentence extends Span {
  /** token range [firstToken, endToken) */
  readonly firstToken: number;
  readonly endToken: number;
  /** index of the paragraph (texts parted by blank lines); the headline, where it is read along, is no paragraph of the text */
  readonly paragraph: number;
}

/** What stands between quotation marks, the marks left out. A quotation may run over paragraphs that each open with a mark: one record each, `continues` true from the second on. */
export interface Quotation extends Span {
  readonly continues: boolean;
  /** no closing mark was found: ends with its paragraph */
  readonly open: boolean;
}

export const NAME_KINDS = [
  'person',
  'organisation',
  'armed-group',
  'nationality',
  'place',
  'facility',
  'weapon',
  'platform',
  'event',
  'other',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** One naming of somebody or something, as a span of tokens [firstToken, endToken). */
export interface EntityMention extends Span {
  readonly firstToken: number;
  readonly endToken: number;
  readonly form: 'name' | 'acronym' | 'description' | 'pronoun';
  /** index into `AnalysedArticle.entities` */
  readonly entity: number;
}

/** Somebody or something of this article, with all its mentions. */
export interface Entity {
  readonly kind: NameKind;
  /** the fullest name that the article gives */
  readonly name: string;
  readonly acronym?: string;
  /** "SDF spokesman" */
  readonly description?: Span;
  /** indexes into `AnalysedArticle.entityMentions` */
  readonly mentions: readonly number[];
}

export const WHEN_PRECISIONS = ['day', 'week', 'month', 'year', 'none'] as const;
export type WhenPrecision = (typeof WHEN_PRECISIONS)[number];

export interface TimeExpression extends Span {
  readonly kind: 'date' | 'time' | 'duration' | 'set';
  /** TIMEX3 value: "2019-09-16", "2019-W39", "P3D", "PAST_REF" … */
  readonly value: string;
  /** ISO dates of the first and last day it covers; null where it cannot be resolved */
  readonly from: string | null;
  readonly to: string | null;
  readonly precision: WhenPrecision;
  /** set where it hangs on another time of the text ("two days earlier"): days to add to that event's date */
  readonly offsetDays?: number;
}

export const PLACE_PRECISIONS = ['site', 'town', 'district', 'province', 'country', 'sea', 'none'] as const;
export type PlacePrecision = (typeof PLACE_PRECISIONS)[number];

export interface PlaceMention extends Span {
  /** the gazetteer's name */
  readonly name: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: PlacePrecision;
  /** stable key of the place in the gazetteer */
  readonly key?: string;
  /** name of the province it lies in, where known */
  readonly province?: string;
  /** the mention names a people or a state as an actor ("Syrian", "Washington said"), not where something is */
  readonly demonym: boolean;
  /** the mention is a description that was resolved by the text around it ("the city", "the capital", "the border", "the embassy"), not a name */
  readonly description?: boolean;
}

export interface Quantity extends Span {
  readonly low: number | null;
  readonly high: number | null;
  readonly firstToken: number;
  readonly endToken: number;
}

/** What a head of the encoder says of one token: hints for the findings room, probabilities between 0 and 1. */
export interface Signal {
  readonly token: number;
  readonly head: string;
  readonly label: string;
  readonly score: number;
}

export interface AnalysedArticle {
  readonly article: Article;
  /** ISO 639-1 */
  readonly language: string;
  readonly sentences: readonly Sentence[];
  readonly tokens: readonly Token[];
  readonly quotations: readonly Quotation[];
  readonly entities: readonly Entity[];
  readonly entityMentions: readonly EntityMention[];
  readonly times: readonly TimeExpression[];
  readonly places: readonly PlaceMention[];
  readonly quantities: readonly Quantity[];
  readonly signals: readonly Signal[];
  readonly notes: readonly Note[];
}

// ---------------------------------------------------------------- findings

/** Event types with their group, ACLED sub-event type and PLOVER code; order is the order in which the desk lists them. */
export const EVENT_TYPES = [
  'armed-clash',
  'territory-taken',
  'air-strike',
  'shelling',
  'explosion',
  'suicide-bombing',
  'chemical-attack',
  'attack',
  'abduction',
  'sexual-violence',
  'abuse',
  'protest',
  'riot',
  'crackdown',
  'arrest',
  'prison-break',
  'release',
  'trial',
  'agreement',
  'talks',
  'troop-movement',
  'weapons-found',
  'destruction',
  'displacement',
  'sanction',
  'recruitment-funding',
  'cyber-attack',
  'aid',
  'politics',
  'disaster',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const EVENT_GROUPS = ['battle', 'remote-violence', 'against-people', 'unrest', 'custody', 'strategic', 'other'] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

export const GROUP_OF_TYPE: Readonly<Record<EventType, EventGroup>> = {
  'armed-clash': 'battle',
  'territory-taken': 'battle',
  'air-strike': 'remote-violence',
  shelling: 'remote-violence',
  explosion: 'remote-violence',
  'suicide-bombing': 'remote-violence',
  'chemical-attack': 'remote-violence',
  attack: 'against-people',
  abduction: 'against-people',
  'sexual-violence': 'against-people',
  abuse: 'against-people',
  protest: 'unrest',
  riot: 'unrest',
  crackdown: 'unrest',
  arrest: 'custody',
  'prison-break': 'custody',
  release: 'custody',
  trial: 'custody',
  agreement: 'strategic',
  talks: 'strategic',
  'troop-movement': 'strategic',
  'weapons-found': 'strategic',
  destruction: 'strategic',
  displacement: 'strategic',
  sanction: 'strategic',
  'recruitment-funding': 'strategic',
  'cyber-attack': 'strategic',
  aid: 'strategic',
  politics: 'strategic',
  disaster: 'other',
};

export const STATUSES = [
  'happened',
  'ongoing',
  'attempted',
  'planned',
  'threatened',
  'called-for',
  'feared',
  'denied',
  'hypothetical',
] as const;
export type Status = (typeof STATUSES)[number];

export const ACTS = ['assert', 'deny', 'accuse', 'claim-responsibility', 'condemn', 'praise', 'warn', 'threaten', 'call', 'vow'] as const;
export type Act = (typeof ACTS)[number];

export const COUNT_KINDS = ['killed', 'injured', 'detained', 'abducted', 'escaped', 'freed', 'displaced'] as const;
export type CountKind = (typeof COUNT_KINDS)[number];

/** One telling of an event in the text. */
export interface EventMention {
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly trigger: Span;
}
export type SomeMentions = readonly [EventMention, ...EventMention[]];

/** The words that decided a field. `reason` says it in plain words: "'urged' governs 'to free'". */
export interface Because extends Span {
  readonly field: 'type' | 'status' | 'source' | 'hedged' | 'disputed' | 'background' | 'where' | 'when';
  readonly reason?: string;
}

/** Somebody named as actor or target: the fullest name of the article, and the span that names them at this event. */
export interface Participant {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** index into the article's entities, where it is one */
  readonly entity?: number;
}

export interface Where {
  readonly words: string;
  readonly name: string | null;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: PlacePrecision;
  readonly start?: number;
  readonly end?: number;
  readonly key?: string;
  readonly province?: string;
}

export interface When {
  readonly words: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly precision: WhenPrecision;
  readonly start?: number;
  readonly end?: number;
}

export interface Count {
  readonly kind: CountKind;
  readonly low: number | null;
  readonly high: number | null;
  readonly words: string;
  readonly source: string | null;
  readonly start?: number;
  readonly end?: number;
}

export interface Weapon {
  readonly words: string;
  readonly start?: number;
  readonly end?: number;
}

export interface NewsEvent {
  readonly id: EventId;
  readonly type: EventType;
  readonly status: Status;
  readonly hedged: boolean;
  readonly disputed: boolean;
  readonly background: boolean;
  /** whose word it is, as named; null where the article says it in its own voice */
  readonly source: string | null;
  readonly mentions: SomeMentions;
  readonly because: readonly Because[];
  readonly actors: readonly Participant[];
  readonly targets: readonly Participant[];
  readonly where: Where | null;
  readonly when: When | null;
  readonly counts: readonly Count[];
  readonly weapons: readonly Weapon[];
  /** between 0 and 1: how sure the reading is; never replaces status */
  readonly confidence: number;
}

export interface Statement {
  readonly id: StatementId;
  readonly act: Act;
  readonly speaker: string | null;
  readonly speakerSpan?: Span;
  readonly cue: string | null;
  readonly cueSpan?: Span;
  readonly direct: boolean;
  readonly channel: string | null;
  readonly via: string | null;
  readonly content: readonly [Span, ...Span[]];
}

export interface Findings {
  readonly events: readonly NewsEvent[];
  readonly statements: readonly Statement[];
  readonly notes: readonly Note[];
}

/** What one article becomes: printed by `watchdesk read --json`, kept by the store. */
export interface ArticleRecord {
  readonly article: Article;
  readonly events: readonly NewsEvent[];
  readonly statements: readonly Statement[];
  /** the names of the article, for the desk's pages of people, groups and places */
  readonly entities: readonly EntityOfRecord[];
  readonly places: readonly PlaceMention[];
  readonly notes: readonly Note[];
}

export interface EntityOfRecord {
  readonly kind: NameKind;
  readonly name: string;
  readonly acronym: string | null;
  readonly description: string | null;
  readonly mentions: readonly Span[];
}

// ---------------------------------------------------------------- stories

export const COPY_KINDS = ['original', 'copy', 'rewrite', 'revision'] as const;
export type CopyKind = (typeof COPY_KINDS)[number];

/** What the arrival of one article changes in the grouping. */
export interface StoryUpdate {
  readonly article: ArticleId;
  readonly kind: CopyKind;
  readonly copyOf: ArticleId | null;
  readonly revisionOf: ArticleId | null;
  readonly story: StoryId;
  /** in plain words: "same place, same day, 4 names in common" */
  readonly reasons: readonly string[];
  /** what is kept to compare later articles with this one */
  readonly profile?: StoryProfile;
  /** articles that are seen otherwise now: in another story, or as copies of this one */
  readonly changes?: readonly StoryChange[];
  /** whole stories that became part of another */
  readonly merged?: readonly { readonly from: StoryId; readonly into: StoryId }[];
}

export interface StoryChange {
  readonly article: ArticleId;
  readonly story: StoryId;
  readonly reasons: readonly string[];
  readonly kind?: CopyKind;
  readonly copyOf?: ArticleId | null;
}

/** One word or number that an article is known by. */
export interface ProfileTerm {
  readonly stem: string;
  /** how much it tells: its frequency in the text times its rarity */
  readonly weight: number;
  readonly kind: 'word' | 'name' | 'number';
  /** stands in the headline or the first lines */
  readonly lead: boolean;
}

/** What the stories room keeps of an article: small, and enough to compare it with any other. */
export interface StoryProfile {
  readonly article: ArticleId;
  readonly title: string | null;
  /** day of publication where the article gives one */
  readonly day: string | null;
  readonly site: string | null;
  readonly urls: readonly string[];
  /** heaviest first */
  readonly terms: readonly ProfileTerm[];
  /** the few of them that the article is looked up by */
  readonly lookup: readonly ProfileTerm[];
  /** four-digit years named in the text */
  readonly years: readonly string[];
  /** the smallest hashes of the text's word runs: copies share them */
  readonly sketch: readonly number[];
  /** type, day and place of the events that are the news, "attack 2022-01-20 hasakah" with blanks where unknown */
  readonly deeds: readonly StoryDeed[];
}

export interface StoryDeed {
  readonly type: EventType;
  readonly day: string | null;
  readonly place: string | null;
}

/** An article as the index gives it back. */
export interface IndexedArticle {
  readonly profile: StoryProfile;
  readonly story: StoryId;
  /** put into its story by a person: the machine leaves it there */
  readonly pinned: boolean;
  readonly copyOf: ArticleId | null;
  /** counts up in the order in which articles came */
  readonly order: number;
}

/** What the stories room asks of the record. Given by the store, and by memory for one batch. */
export interface StoryIndex {
  /** articles under one of these addresses */
  findByUrl(urls: readonly string[]): Promise<readonly ArticleId[]>;
  /** articles that share most of these sketch hashes, at least two, most first */
  findBySketch(hashes: readonly number[], limit: number): Promise<readonly { readonly article: ArticleId; readonly shared: number }[]>;
  /** articles known by these terms within the days (both null: any), with the weight that they share, most first */
  findByTerms(
    terms: readonly ProfileTerm[],
    from: string | null,
    to: string | null,
    limit: number,
  ): Promise<readonly { readonly article: ArticleId; readonly weight: number }[]>;
  articles(ids: readonly ArticleId[]): Promise<readonly IndexedArticle[]>;
  /** ids of articles of a story, those nearest to the day first */
  members(story: StoryId, day: string | null, limit: number): Promise<readonly ArticleId[]>;
  storySize(story: StoryId): Promise<number>;
  text(id: ArticleId): Promise<string | undefined>;
  /** events told in a story, articles nearest to the day first */
  tellings(story: StoryId, day: string | null, limit: number): Promise<readonly Telling[]>;
  /** events of other stories of one of these types and countries told between the days, latest first */
  toldBetween(
    types: readonly EventType[],
    countries: readonly string[],
    from: string,
    to: string,
    limit: number,
  ): Promise<readonly Telling[]>;
  cases(ids: readonly CaseId[]): Promise<readonly CaseUpdate[]>;
}

/** One event as one article tells it, with what tells where the article has it from. */
export interface Telling {
  readonly article: ArticleId;
  readonly event: NewsEvent;
  readonly title: string | null;
  readonly site: string | null;
  readonly publisher: string | null;
  readonly published: string | null;
  readonly story: StoryId;
  /** the article whose text this one copies */
  readonly copyOf: ArticleId | null;
  /** the case that it belongs to so far */
  readonly case: CaseId | null;
}

/** An event of the record: event ids are unique within their article only. */
export interface EventRef {
  readonly article: ArticleId;
  readonly event: EventId;
}

/** Who tells it, and from where they have it. Copies and tellers with one source are one origin. */
export interface CaseOrigin {
  /** in plain words: "army spokesman", "Reuters", "residents" */
  readonly name: string;
  readonly articles: readonly ArticleId[];
}

export interface CaseToll {
  readonly kind: CountKind;
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
  /** the rule and what it went by, in plain words */
  readonly reason: string;
}

/** One real-world deed with all its tellings. */
export interface CaseUpdate {
  readonly id: CaseId;
  readonly story: StoryId | null;
  readonly title: string;
  readonly type: EventType;
  readonly status: Status;
  readonly day: string | null;
  readonly place: string | null;
  readonly country: string | null;
  readonly tellings: readonly EventRef[];
  readonly origins: readonly CaseOrigin[];
  readonly tolls: readonly CaseToll[];
  readonly disputed: boolean;
  /** threats, forecasts and plans that this deed came true of, and the other way round */
  readonly links: readonly CaseLink[];
  readonly reasons: readonly string[];
}

export interface CaseLink {
  readonly case: CaseId;
  readonly kind: 'later-happened' | 'foretold-by';
  readonly reason: string;
}
