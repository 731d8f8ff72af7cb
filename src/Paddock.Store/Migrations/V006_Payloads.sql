-- min_reader: 5

-- Content that rules asked to keep, sealed under keys that are not in the database. In no backup.
CREATE TABLE audit_payloads (
  seq          {serial},
  id           TEXT NOT NULL UNIQUE,        -- pay_ and a UUIDv7: the order of ids is the order of time
  hash         {bytes} NOT NULL UNIQUE,     -- keyed hash of principal, task and content: the same message is kept once
  key_id       TEXT NOT NULL,
  kept_at      {int} NOT NULL,
  cls          TEXT,                        -- this and all below are null once it was redacted
  task_id      TEXT,
  principal_id TEXT,
  length       {int},                       -- of the content, in bytes
  commitment   {bytes},                     -- as in the entries that name it
  redacted_at  {int}
) {table};

CREATE INDEX audit_payloads_by_task ON audit_payloads (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX audit_payloads_by_principal ON audit_payloads (principal_id) WHERE principal_id IS NOT NULL;
CREATE INDEX audit_payloads_by_key ON audit_payloads (key_id);
CREATE INDEX audit_payloads_redacted ON audit_payloads (redacted_at) WHERE redacted_at IS NOT NULL;

-- The sealed content of each. When SQLite moves a row to another page, a copy of it can stay in the old one, which erasing the row does not reach. So these rows
-- are appended, erased by zeros of the same length, in their place, and deleted only where no row that is not erased is near.
CREATE TABLE audit_sealed (
  seq     {int} NOT NULL PRIMARY KEY,
  salt    {bytes} NOT NULL,                 -- 32 random bytes: without them neither content nor commitment can be opened
  nonce   {bytes} NOT NULL,
  content {bytes} NOT NULL
) {table};

-- Data keys that were given up. A key of the list that is found anywhere is destroyed.
CREATE TABLE audit_shredded (
  key_id      TEXT NOT NULL PRIMARY KEY,
  shredded_at {int} NOT NULL,
  shredded_by TEXT NOT NULL
) {table};

-- Legal holds. Rows stay for ever: they are the record.
CREATE TABLE audit_holds (
  id         TEXT NOT NULL PRIMARY KEY,     -- hold_ and a UUIDv7
  kind       TEXT NOT NULL,                 -- everything, task, principal, class
  subject    TEXT,
  reason     TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at {int} NOT NULL,
  ended_at   {int},
  ended_by   TEXT,
  end_reason TEXT
) {table};

-- Who lays a hold and who erases take turns by this row.
INSERT INTO counters (name, value) VALUES ('holds', 1);
