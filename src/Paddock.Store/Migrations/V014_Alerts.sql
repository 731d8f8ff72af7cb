-- min_reader: 8
-- What alerts look at, and alerts. Signals follow from calls and decisions, and are counted anew from them for the last minutes.

-- What happened in a minute, and in five, by what it is about.
CREATE TABLE signals (
  signal  {int} NOT NULL,
  seconds {int} NOT NULL,                   -- 60, 300
  bucket  {int} NOT NULL,                   -- its beginning
  subject TEXT NOT NULL,                    -- a provider, a route, an agent and its tool; empty = all there is
  bad     {int} NOT NULL,
  total   {int} NOT NULL,
  amount  {int} NOT NULL,                   -- nano-USD
  PRIMARY KEY (signal, seconds, bucket, subject)
) {clustered};

-- Until when they are counted: Unix microseconds.
INSERT INTO counters (name, value) VALUES ('signals', 0);

CREATE TABLE alerts (
  id          TEXT NOT NULL PRIMARY KEY,
  rule        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  severity    TEXT NOT NULL,                -- page, ticket
  began_at    {int} NOT NULL,
  seen_at     {int} NOT NULL,               -- when its reason was last there
  resolved_at {int},
  says        TEXT NOT NULL,                -- one sentence: why
  facts       TEXT NOT NULL,                -- JSON
  told_at     {int},                        -- when somebody outside was last told
  silence_id  TEXT                          -- what kept it quiet
) {table};

CREATE UNIQUE INDEX alerts_open ON alerts (rule, subject, severity) WHERE resolved_at IS NULL;
CREATE INDEX alerts_by_time ON alerts (began_at, id);

CREATE TABLE alert_silences (
  id         TEXT NOT NULL PRIMARY KEY,
  rule       TEXT,                          -- null = every rule
  subject    TEXT,                          -- null = every subject
  reason     TEXT NOT NULL,
  owner      TEXT NOT NULL,                 -- principal
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  ended_at   {int},
  ended_by   TEXT
) {table};

CREATE INDEX alert_silences_standing ON alert_silences (expires_at) WHERE ended_at IS NULL;
