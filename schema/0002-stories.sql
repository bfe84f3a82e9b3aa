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
