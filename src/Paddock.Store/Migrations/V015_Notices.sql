-- min_reader: 8
-- Notifications that must not be lost, one row for each receiver, until they are delivered.

CREATE TABLE notices (
  key          TEXT NOT NULL,               -- what is told: never twice
  receiver     TEXT NOT NULL,               -- its name in the settings
  id           TEXT NOT NULL,               -- as receivers see it, the same for every try
  notification TEXT NOT NULL,               -- JSON
  posted_at    {int} NOT NULL,
  state        TEXT NOT NULL,               -- waiting, delivered, given_up
  tries        {int} NOT NULL,              -- that failed
  due_at       {int},                       -- when it is tried next; null = it is over
  said         TEXT,                        -- why the last try failed
  PRIMARY KEY (key, receiver)
) {table};

CREATE INDEX notices_due ON notices (receiver, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notices_by_time ON notices (posted_at);
