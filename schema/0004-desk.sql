-- What the desk keeps for people: documents (views, watches, sitreps, shifts, settings), alerts, grades, accounts, the log.
CREATE TABLE document (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT,
  body TEXT NOT NULL,
  added TEXT NOT NULL,
  changed TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  watch TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  at TEXT NOT NULL,
  seen TEXT,
  sent TEXT,
  UNIQUE (watch, subject)
);

CREATE TABLE source_grade (
  source TEXT PRIMARY KEY,
  reliability TEXT NOT NULL,
  note TEXT,
  who TEXT NOT NULL,
  at TEXT NOT NULL
);

CREATE TABLE person (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  active INTEGER NOT NULL,
  password_hash TEXT,
  added TEXT NOT NULL
);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (name) ON DELETE CASCADE,
  until TEXT NOT NULL
);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT,
  detail TEXT,
  at TEXT NOT NULL
);
