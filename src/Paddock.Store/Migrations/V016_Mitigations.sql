-- min_reader: 8
-- Live orders of runbooks' steps. Rows stay for ever: they are the record.

CREATE TABLE mitigations (
  id         TEXT NOT NULL PRIMARY KEY,     -- made of run and step: a step that is done again makes no second
  measure    TEXT NOT NULL,                 -- JSON
  reason     TEXT NOT NULL,
  run_id     TEXT NOT NULL,
  step       TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at {int} NOT NULL,
  expires_at {int} NOT NULL,
  ended_at   {int},                         -- before its time, or when it was seen that its time had run out
  ended_by   TEXT
) {table};

CREATE INDEX mitigations_standing ON mitigations (created_at) WHERE ended_at IS NULL;

INSERT INTO counters (name, value) VALUES ('mitigations', 1);
