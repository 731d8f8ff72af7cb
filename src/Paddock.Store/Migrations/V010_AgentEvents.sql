-- min_reader: 8

-- What agents' own clients told of their tasks: that something happened, never what was written.
CREATE TABLE agent_events (
  seq             {serial},                -- order of arrival
  digest          {bytes} NOT NULL UNIQUE, -- SHA-256: no event is kept twice
  same            {bytes} NOT NULL,        -- SHA-256 of what it says, which another may say too
  at              {int} NOT NULL,
  principal_id    TEXT NOT NULL,
  agent           TEXT NOT NULL,
  task_id         TEXT,
  native_task     TEXT,
  parent_task     TEXT,
  type            TEXT NOT NULL,
  mode            TEXT,
  message_ts      {int},
  message_kind    TEXT,                    -- ask, say
  message_what    TEXT,
  message_partial {flag},
  message_length  {int},
  facts           TEXT NOT NULL,           -- JSON
  first_hand      {flag} NOT NULL,         -- it was sent without waiting in the client's queue
  retried         {flag} NOT NULL          -- it came out of that queue, whether or not the first sending was heard
) {table};

CREATE INDEX agent_events_by_task ON agent_events (task_id, seq) WHERE task_id IS NOT NULL;
CREATE INDEX agent_events_by_same ON agent_events (same, at);
CREATE INDEX agent_events_by_time ON agent_events (at);
CREATE INDEX agent_events_by_principal ON agent_events (principal_id);
