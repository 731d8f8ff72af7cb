-- min_reader: 5
-- A build that does not know this schema would change things of which there is no entry.

-- What the audit log says, entry by entry. Rows are never changed but for their place in the log, which the sequencer gives them.
CREATE TABLE audit_entries (
  id      {id} NOT NULL PRIMARY KEY,        -- UUIDv7, made with the entry: an entry that is handed in twice is one
  made_at {int} NOT NULL,
  act     TEXT NOT NULL,                    -- tool.intent, key.created, …
  ref     TEXT,                             -- what it is about: a decision's id, or a key's, an approval's, …
  entry   {bytes} NOT NULL,                 -- canonical JSON in UTF-8, at most 65,535 bytes: what is hashed
  shard   {int},                            -- null, like seq, while it is not in the log
  seq     {int}                             -- place in the shard, from 0
) {table};

CREATE UNIQUE INDEX audit_entries_in_log ON audit_entries (shard, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entries_waiting ON audit_entries (id) WHERE seq IS NULL;

-- No tool call is let go twice by one decision. What is about something is in one of the two, so that an intent, which an agent waits for, pays for one.
CREATE UNIQUE INDEX audit_intents ON audit_entries (ref) WHERE act = 'tool.intent';
CREATE INDEX audit_entries_by_ref ON audit_entries (ref) WHERE act <> 'tool.intent' AND ref IS NOT NULL;

-- The log in time: each shard is a log of its own, and its first entry names the last log checkpoint of the one before.
CREATE TABLE audit_shards (
  number      {int} NOT NULL PRIMARY KEY,   -- from 1
  origin      TEXT NOT NULL UNIQUE,
  vkey        TEXT NOT NULL,                -- C2SP verifier key of who signs it
  opened_at   {int} NOT NULL,
  closed_at   {int},
  archived_at {int}                         -- its entries were taken out; tiles and checkpoints stay
) {clustered};

-- Hash tiles of eight levels (C2SP tlog-tiles). Those at the right edge grow.
CREATE TABLE audit_tiles (
  shard  {int} NOT NULL,
  level  {int} NOT NULL,
  idx    {int} NOT NULL,
  hashes {bytes} NOT NULL,                  -- 32 bytes each, 1 to 256 of them
  PRIMARY KEY (shard, level, idx)
) {clustered};

-- Signed log checkpoints that are published.
CREATE TABLE audit_checkpoints (
  shard     {int} NOT NULL,
  size      {int} NOT NULL,
  root      {bytes} NOT NULL,
  signed_at {int} NOT NULL,
  note      TEXT NOT NULL,                  -- as signed (C2SP tlog-checkpoint)
  PRIMARY KEY (shard, size)
) {clustered};
