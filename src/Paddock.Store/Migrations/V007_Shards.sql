-- min_reader: 7
-- A build that does not know that shards are closed would put entries behind a closed one's end.

-- Why the log was not signed any more, until somebody decided. While one of these is open nothing is signed.
CREATE TABLE audit_halts (
  at       {int} NOT NULL PRIMARY KEY,
  problem  TEXT NOT NULL,
  asked_at {int},                           -- when somebody decided to go on in a new shard
  asked_by TEXT,
  reason   TEXT,
  ended_at {int}                            -- when that shard was opened
) {clustered};

-- The halt after which a shard was opened; null when it continues the one before.
ALTER TABLE audit_shards ADD COLUMN halt {int};

-- What witnesses signed: that they saw the log grow to a checkpoint. The newest of each witness and shard.
CREATE TABLE audit_cosignatures (
  shard   {int} NOT NULL,
  witness TEXT NOT NULL,                    -- its C2SP verifier key
  size    {int} NOT NULL,
  at      {int} NOT NULL,
  note    TEXT NOT NULL,                    -- the checkpoint as the log signed it
  line    TEXT NOT NULL,                    -- signature line of a note (C2SP tlog-cosignature)
  PRIMARY KEY (shard, witness)
) {clustered};
