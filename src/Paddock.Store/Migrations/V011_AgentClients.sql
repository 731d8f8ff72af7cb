-- min_reader: 8

-- Credentials as agents show them: which there are, and when each was last given settings.
CREATE TABLE agent_clients (
  key_id           TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
  agent            TEXT NOT NULL,
  principal_id     TEXT NOT NULL,
  agent_version    TEXT,
  device           TEXT,
  first_seen_at    {int} NOT NULL,
  last_seen_at     {int} NOT NULL,
  refreshed_at     {int},                   -- null = it never asked for settings
  settings_version {int},
  told_at          {int},                   -- refreshed_at of the staleness that people were told of
  PRIMARY KEY (key_id, agent)
) {clustered};

CREATE INDEX agent_clients_by_time ON agent_clients (last_seen_at);
CREATE INDEX agent_clients_by_principal ON agent_clients (principal_id);

-- Tasks of which people were told that they go on for too long.
CREATE TABLE stale_tasks (
  task_id      TEXT NOT NULL PRIMARY KEY,
  principal_id TEXT NOT NULL,
  told_at      {int} NOT NULL
) {clustered};

CREATE INDEX stale_tasks_by_time ON stale_tasks (told_at);
CREATE INDEX stale_tasks_by_principal ON stale_tasks (principal_id);
