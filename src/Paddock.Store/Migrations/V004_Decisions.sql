-- min_reader: 1

-- What was decided on each tool call, and what came of it.
CREATE TABLE decisions (
  id             TEXT NOT NULL PRIMARY KEY,
  at             {int} NOT NULL,
  call_id        {id} NOT NULL,            -- the model call in whose answer it stood
  tool_call_id   TEXT,                     -- the provider's
  digest         TEXT,                     -- keyed hash of what exactly was called
  principal_id   TEXT NOT NULL,
  key_id         TEXT NOT NULL,
  teams          TEXT NOT NULL,            -- JSON array, as they were
  agent          TEXT NOT NULL,
  task_id        TEXT,
  native_task    TEXT,
  mode           TEXT,
  repository     TEXT,
  tool           TEXT NOT NULL,
  class          TEXT NOT NULL,
  effect         TEXT NOT NULL,            -- allow, require_approval, deny
  soft           {flag} NOT NULL,
  rule           TEXT,                     -- policy/rule; null = the release's defaults
  enforcement    TEXT,
  shadow_effect  TEXT NOT NULL,
  shadow_rule    TEXT,
  warning        TEXT,
  errors         {int} NOT NULL,
  opaque         {flag} NOT NULL,
  not_evaluated  TEXT,
  release_digest TEXT NOT NULL,
  inputs         TEXT,                     -- JSON: what the rules looked at, secrets masked
  mutating       {flag} NOT NULL,
  step           TEXT,                     -- JSON: what it does to its task once it is let go; null = nothing
  outcome        TEXT NOT NULL,
  outcome_at     {int} NOT NULL,
  let_go         {flag} NOT NULL,          -- the outcome is released, approved or overridden
  result         TEXT,                     -- success, failure, timeout, denied, unknown; null while nothing was said
  exit_code      {int},
  result_at      {int}
) {table};

CREATE INDEX decisions_by_time ON decisions (at, id);
CREATE INDEX decisions_by_principal ON decisions (principal_id, at);
CREATE INDEX decisions_by_task ON decisions (task_id, tool_call_id) WHERE task_id IS NOT NULL;
CREATE INDEX decisions_unanswered ON decisions (at) WHERE let_go AND result IS NULL;
