-- min_reader: 1

-- Rows stay for ever: they are the record.
CREATE TABLE containments (
  id          TEXT NOT NULL PRIMARY KEY,    -- con_ and a UUIDv7: the order of ids is the order of time
  user_id     TEXT,                         -- what it stops: null = any
  key_id      TEXT,
  agent       TEXT,
  task        TEXT,
  model       TEXT,
  provider    TEXT,
  tool        TEXT,
  reason      TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  {int} NOT NULL,
  expires_at  {int} NOT NULL,
  lifted_at   {int},
  lifted_by   TEXT,
  lift_reason TEXT,
  lapsed_at   {int}                         -- when it was seen that its time had run out, and people were told
) {table};

CREATE INDEX containments_standing ON containments (id) WHERE lifted_at IS NULL AND lapsed_at IS NULL;

INSERT INTO counters (name, value) VALUES ('containments', 1);
