-- min_reader: 8
-- Tasks and tallies follow from calls, decisions, events and verdicts, and are made anew whenever one of those changes.

-- Tasks of which something became known. Who writes that writes one of these in the same transaction; who folds removes it.
CREATE TABLE task_changes (
  seq     {serial},
  task_id TEXT NOT NULL
) {table};

CREATE INDEX task_changes_by_task ON task_changes (task_id);

-- Who writes tasks and tallies takes turns by this row.
INSERT INTO counters (name, value) VALUES ('tasks', 1);

CREATE TABLE tasks (
  id                 TEXT NOT NULL PRIMARY KEY,
  principal_id       TEXT NOT NULL,
  agent              TEXT NOT NULL,
  native_task        TEXT,
  parent_task        TEXT,                  -- the agent's own id
  parent_id          TEXT,
  root_id            TEXT NOT NULL,         -- the top-level task it is part of: often itself
  state              TEXT NOT NULL,
  source             TEXT,                  -- who says that it succeeded
  reason             TEXT,
  started_at         {int} NOT NULL,
  last_at            {int} NOT NULL,
  ended_at           {int},
  due_at             {int},                 -- when time alone changes it
  cycle_us           {int},
  waited_us          {int} NOT NULL,
  ever_claimed       {flag} NOT NULL,
  restored           {flag} NOT NULL,
  reverted_by_command {flag} NOT NULL,
  reverted_by_scm    {flag} NOT NULL,
  teams              TEXT NOT NULL,         -- JSON array
  mode               TEXT,
  repository         TEXT,
  provider           TEXT,
  model              TEXT,
  release_digest     TEXT,
  turns              {int} NOT NULL,
  tool_calls         {int} NOT NULL,
  todos              TEXT,                  -- JSON
  cost_nano_usd      {int} NOT NULL,        -- without subtasks
  cost_reported      {flag} NOT NULL,
  subtasks_nano_usd  {int} NOT NULL,
  facts              {int} NOT NULL,        -- it was folded from
  folded_at          {int} NOT NULL,
  counted            TEXT NOT NULL          -- JSON: what of it stands in the tallies
) {table};

CREATE INDEX tasks_by_sign ON tasks (last_at, id);
CREATE INDEX tasks_by_principal ON tasks (principal_id, last_at);
CREATE INDEX tasks_by_state ON tasks (state, last_at);
CREATE INDEX tasks_by_agent ON tasks (agent, last_at);
CREATE INDEX tasks_by_model ON tasks (model, last_at);
CREATE INDEX tasks_by_mode ON tasks (mode, last_at);
CREATE INDEX tasks_by_repository ON tasks (repository, last_at);
CREATE INDEX tasks_by_release ON tasks (release_digest, last_at);
CREATE INDEX tasks_by_native ON tasks (native_task);
CREATE INDEX tasks_by_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_below ON tasks (root_id) WHERE parent_task IS NOT NULL;
CREATE INDEX tasks_due ON tasks (due_at) WHERE due_at IS NOT NULL;

-- What people, checks and repositories say of the work. Rows stay for ever: they are the record.
CREATE TABLE task_verdicts (
  id      TEXT NOT NULL PRIMARY KEY,
  task_id TEXT NOT NULL,
  at      {int} NOT NULL,
  kind    TEXT NOT NULL,
  source  TEXT NOT NULL,
  checks  TEXT NOT NULL,                    -- which ones of several; empty = the only ones
  said_by TEXT NOT NULL,
  reason  TEXT,
  url     TEXT
) {table};

CREATE INDEX task_verdicts_by_task ON task_verdicts (task_id, at);

-- In which task a commit or change request was made, as tools print it and as source control says.
CREATE TABLE task_links (
  ref     TEXT NOT NULL,                    -- a hash, or its beginning; org/repo#12
  task_id TEXT NOT NULL,
  at      {int} NOT NULL,
  PRIMARY KEY (ref, task_id)
) {clustered};

CREATE INDEX task_links_by_time ON task_links (at);

-- Counts of a group of tasks in an hour or a day (UTC).
CREATE TABLE task_tallies (
  id        TEXT NOT NULL PRIMARY KEY,      -- hash of the five below
  dimension {int} NOT NULL,
  team      TEXT NOT NULL,                  -- empty = all teams
  value     TEXT NOT NULL,
  by_day    {flag} NOT NULL,
  bucket    {int} NOT NULL,                 -- its beginning
  tally     TEXT NOT NULL                   -- JSON
) {table};

CREATE INDEX task_tallies_by_time ON task_tallies (dimension, team, by_day, bucket);
CREATE INDEX task_tallies_old ON task_tallies (by_day, bucket);

-- What was known before.
INSERT INTO task_changes (task_id) SELECT DISTINCT task_id FROM call_contexts WHERE task_id IS NOT NULL;
INSERT INTO task_changes (task_id) SELECT DISTINCT task_id FROM agent_events WHERE task_id IS NOT NULL;
