-- min_reader: 8
-- Runs of runbooks, and what drills came to. Rows stay for ever: they are the record.

CREATE TABLE runs (
  id         TEXT NOT NULL PRIMARY KEY,
  runbook    TEXT NOT NULL,
  source     TEXT NOT NULL,                 -- the runbook as it was when the run began
  state      TEXT NOT NULL,
  mode       TEXT NOT NULL,
  parameters TEXT NOT NULL,                 -- JSON
  alert_id   TEXT,
  incident_id TEXT,
  started_by TEXT NOT NULL,
  started_at {int} NOT NULL,
  hold_until {int},
  mitigated_at {int},
  ended_at   {int},
  reason     TEXT,
  broken     {flag} NOT NULL,
  steps      TEXT NOT NULL,                 -- JSON
  revision   {int} NOT NULL
) {table};

CREATE INDEX runs_open ON runs (started_at) WHERE ended_at IS NULL;
CREATE INDEX runs_by_time ON runs (started_at);

CREATE TABLE drills (
  id           TEXT NOT NULL PRIMARY KEY,
  runbook      TEXT NOT NULL,
  digest       TEXT NOT NULL,
  version      TEXT NOT NULL,
  at           {int} NOT NULL,
  detected_us  {int},
  mitigated_us {int},
  recovered_us {int},
  lines        TEXT NOT NULL                -- JSON
) {table};

CREATE INDEX drills_by_runbook ON drills (runbook, at);
