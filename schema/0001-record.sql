-- Originals, articles and their findings. Days, folded names and map cells are reckoned in code and stand here as plain columns.
-- `key` columns are the store's own numbers; `id` columns are the ids of the vocabulary.

CREATE TABLE original (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL,
  encoding TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  url TEXT,
  headers TEXT,
  fetched TEXT NOT NULL
);

CREATE TABLE article (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title TEXT,
  lead TEXT NOT NULL,
  site TEXT,
  publisher TEXT,
  url TEXT,
  canonical_url TEXT,
  language TEXT,
  published TEXT,
  updated TEXT,
  fetched TEXT NOT NULL,
  day TEXT NOT NULL,
  original TEXT REFERENCES original (sha256),
  feed TEXT,
  story TEXT NOT NULL,
  story_reasons TEXT NOT NULL,
  story_pinned INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  copy_of TEXT,
  event_count INTEGER NOT NULL,
  statement_count INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX article_day ON article (day, key);
CREATE INDEX article_site ON article (site, day, key);
CREATE INDEX article_story ON article (story, day);
CREATE INDEX article_url ON article (url);
CREATE INDEX article_canonical ON article (canonical_url);
CREATE INDEX article_original ON article (original);
CREATE INDEX article_feed ON article (feed);
CREATE INDEX article_copy ON article (copy_of);

-- The heavy part, read only when an article is opened. `reading` is what the machine found, kept once people have changed it.
CREATE TABLE article_body (
  article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
  text TEXT NOT NULL,
  rest TEXT NOT NULL,
  reading TEXT
);

CREATE TABLE article_version (
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  fetched TEXT NOT NULL,
  original TEXT REFERENCES original (sha256),
  record BLOB NOT NULL,
  PRIMARY KEY (article, version)
);
CREATE INDEX article_version_original ON article_version (original);

-- Ids, URLs and hashes under which later versions of an article came in: they lead to the one that stands.
CREATE TABLE article_alias (
  alias TEXT PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE
);
CREATE INDEX article_alias_article ON article_alias (article);

CREATE TABLE event (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  day TEXT NOT NULL,
  type TEXT NOT NULL,
  type_group TEXT NOT NULL,
  status TEXT NOT NULL,
  hedged INTEGER NOT NULL,
  disputed INTEGER NOT NULL,
  background INTEGER NOT NULL,
  own_voice INTEGER NOT NULL,
  is_copy INTEGER NOT NULL,
  reviewed TEXT NOT NULL,
  country TEXT,
  place TEXT,
  place_sort TEXT NOT NULL,
  lat REAL,
  lon REAL,
  cell INTEGER,
  place_precision TEXT,
  confidence REAL NOT NULL,
  killed INTEGER NOT NULL,
  site TEXT,
  story TEXT NOT NULL,
  case_id TEXT,
  UNIQUE (article, id)
);
CREATE INDEX event_day ON event (day, key);
CREATE INDEX event_timeline ON event (day, type, status, type_group, article);
CREATE INDEX event_type ON event (type, day DESC, key DESC);
CREATE INDEX event_status ON event (status, day, key);
CREATE INDEX event_group ON event (type_group, day, key);
CREATE INDEX event_country ON event (country, day, key);
CREATE INDEX event_site ON event (site, day, key);
CREATE INDEX event_cell ON event (cell, day, key);
CREATE INDEX event_reviewed ON event (reviewed, day, key);
CREATE INDEX event_confidence ON event (confidence, key);
CREATE INDEX event_killed ON event (killed, key);
CREATE INDEX event_place ON event (place_sort, day DESC, key DESC);
CREATE INDEX event_story ON event (story, day);
CREATE INDEX event_case ON event (case_id);

-- The whole event as JSON, beside its columns so that lists and counts do not read it.
CREATE TABLE event_body (
  event INTEGER PRIMARY KEY REFERENCES event (key) ON DELETE CASCADE,
  body TEXT NOT NULL,
  corrected TEXT
);

CREATE TABLE statement (
  key INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  day TEXT NOT NULL,
  act TEXT NOT NULL,
  speaker INTEGER,
  story TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (article, id)
);
CREATE INDEX statement_day ON statement (day, key);
CREATE INDEX statement_speaker ON statement (speaker, day);
CREATE INDEX statement_story ON statement (story, day);

-- Every name once, folded (no case, accents, punctuation); merged names point to the one they are shown under.
CREATE TABLE name (
  key INTEGER PRIMARY KEY,
  folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT,
  shown_as INTEGER REFERENCES name (key)
);
CREATE INDEX name_shown ON name (shown_as);

CREATE TABLE name_word (
  word TEXT NOT NULL,
  name INTEGER NOT NULL REFERENCES name (key) ON DELETE CASCADE,
  PRIMARY KEY (word, name)
) WITHOUT ROWID;

-- role: actor, target, source, place, weapon
CREATE TABLE event_name (
  name INTEGER NOT NULL REFERENCES name (key),
  role TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
  PRIMARY KEY (name, role, event)
) WITHOUT ROWID;
CREATE INDEX event_name_event ON event_name (event, role, name);

-- Who and what is named in which article.
CREATE TABLE article_name (
  name INTEGER NOT NULL REFERENCES name (key),
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  day TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (name, article)
) WITHOUT ROWID;
CREATE INDEX article_name_article ON article_name (article, name);

-- What people changed, and their verdicts. `anchor` finds the finding again after the article was read anew.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  finding TEXT NOT NULL,
  anchor TEXT,
  field TEXT NOT NULL,
  before_value TEXT,
  after_value TEXT,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  undone TEXT,
  applies INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX correction_article ON correction (article);

CREATE TABLE event_review (
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  event TEXT NOT NULL,
  state TEXT NOT NULL,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (article, event)
);
