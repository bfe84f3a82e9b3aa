-- Stories are the articles that carry their id; this table holds what people settled and what the list shows.
CREATE TABLE story (
  id TEXT PRIMARY KEY,
  articles INTEGER NOT NULL,
  first_day TEXT,
  last_day TEXT,
  pinned INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX story_last ON story (last_day, id);
CREATE INDEX story_size ON story (articles, id);

CREATE TABLE story_case (
  id TEXT PRIMARY KEY,
  story TEXT,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  day TEXT,
  country TEXT,
  killed INTEGER NOT NULL,
  origins INTEGER NOT NULL,
  reviewed TEXT NOT NULL DEFAULT 'open',
  reviewed_by TEXT,
  added TEXT NOT NULL,
  changed TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX story_case_weight ON story_case (killed, origins, id);
CREATE INDEX story_case_story ON story_case (story);
CREATE INDEX story_case_changed ON story_case (changed);

-- What the stories room keeps of each article, and the two ways to it: by hashes of its text, by its telling words.
CREATE TABLE story_profile (
  article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
  profile TEXT NOT NULL
);

CREATE TABLE story_sketch (
  hash INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  PRIMARY KEY (hash, article)
) WITHOUT ROWID;
CREATE INDEX story_sketch_article ON story_sketch (article);

-- term: 32-bit hash of a stem; day: days since 1970, 0 where the article gives none
CREATE TABLE story_term (
  term INTEGER NOT NULL,
  day INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  weight REAL NOT NULL,
  PRIMARY KEY (term, day, article)
) WITHOUT ROWID;
CREATE INDEX story_term_article ON story_term (article);
