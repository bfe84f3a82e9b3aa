-- Feeds, the inputs that could not be read, and the work still to do.
CREATE TABLE feed (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  title TEXT,
  site TEXT,
  added TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  every_seconds INTEGER NOT NULL,
  next_poll TEXT,
  last_poll TEXT,
  last_success TEXT,
  last_new TEXT,
  etag TEXT,
  last_modified TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  last_failure TEXT
);

CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  input TEXT NOT NULL UNIQUE,
  room TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 1,
  retry_at TEXT,
  feed TEXT
);
CREATE INDEX failure_code ON failure (code);

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  job_key TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at TEXT NOT NULL,
  leased_until TEXT,
  last_error TEXT
);
CREATE UNIQUE INDEX job_open ON job (kind, job_key) WHERE state IN ('waiting', 'leased');
CREATE INDEX job_due ON job (state, run_at);
