-- min_reader: 8
-- What is wrong, who puts it right, and what happened meanwhile. Rows stay for ever: they are the record.

CREATE TABLE incidents (
  id          TEXT NOT NULL PRIMARY KEY,
  revision    {int} NOT NULL,               -- counts changes
  title       TEXT NOT NULL,
  severity    {int} NOT NULL,               -- 1 to 4
  status      TEXT NOT NULL,                -- triggered, acknowledged, mitigated, resolved, closed
  owner       TEXT NOT NULL,                -- principal
  eta         {int} NOT NULL,
  created_by  TEXT NOT NULL,
  began_at    {int} NOT NULL,
  updated_at  {int} NOT NULL,               -- when those who wait for it last heard something
  changed_at  {int} NOT NULL,
  resolved_at {int},
  closed_at   {int},
  rule        TEXT,                         -- the alert rule that opened it
  document    TEXT NOT NULL                 -- JSON: subjects, scopes, alerts, releases, notice, postmortem
) {table};

CREATE INDEX incidents_by_time ON incidents (began_at, id);
CREATE INDEX incidents_by_change ON incidents (changed_at);
CREATE INDEX incidents_open ON incidents (began_at) WHERE status IN ('triggered', 'acknowledged', 'mitigated');

-- Timelines: lines are added, never changed.
CREATE TABLE incident_entries (
  incident_id TEXT NOT NULL,
  number      {int} NOT NULL,               -- from 1
  at          {int} NOT NULL,
  by_id       TEXT NOT NULL,
  kind        TEXT NOT NULL,
  says        TEXT NOT NULL,
  facts       TEXT NOT NULL,                -- JSON
  entry_key   TEXT,                         -- of an incident there is one of it
  PRIMARY KEY (incident_id, number)
) {clustered};

CREATE UNIQUE INDEX incident_entries_by_key ON incident_entries (incident_id, entry_key) WHERE entry_key IS NOT NULL;

-- Who is called, from when on; the latest that has begun counts.
CREATE TABLE on_call (
  since        {int} NOT NULL PRIMARY KEY,
  principal_id TEXT NOT NULL,
  until        {int}
) {table};

-- What the person of a task was told already.
CREATE TABLE incident_tellings (
  task_id   TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  told_at   {int} NOT NULL,
  PRIMARY KEY (task_id, text_hash)
) {clustered};

CREATE INDEX incident_tellings_by_time ON incident_tellings (told_at);
