-- min_reader: 1

CREATE TABLE approvals (
  id          TEXT NOT NULL PRIMARY KEY,    -- apr_ and a UUIDv7: the order of ids is the order of time
  kind        TEXT NOT NULL,
  state       TEXT NOT NULL,                -- pending, approved, denied, expired, cancelled, consumed, revoked
  revision    {int} NOT NULL,               -- one more with each change: who changes names the one they saw
  request_key TEXT NOT NULL,                -- equal requests have one
  grant_key   TEXT,                         -- requests that one grant covers have one
  digest      TEXT NOT NULL,
  shape       TEXT NOT NULL,
  requester   TEXT NOT NULL,
  asks_others {flag} NOT NULL,              -- false: only the requester can let it pass
  document    TEXT NOT NULL,                -- JSON: what never changes (chain, offer, what approvers are shown)
  created_at  {int} NOT NULL,
  expires_at  {int} NOT NULL,
  due_at      {int} NOT NULL,               -- when time changes it next
  use_within  {int} NOT NULL,
  step_since  {int} NOT NULL,
  escalated   {flag} NOT NULL,
  granted     {flag} NOT NULL,
  uses        {int} NOT NULL,
  max_uses    {int} NOT NULL,
  decided_at  {int},
  decided_by  TEXT,
  reason      TEXT,
  consumed_at {int}
) {table};

-- Two who ask the same at the same moment make one request.
CREATE UNIQUE INDEX approvals_waiting ON approvals (request_key) WHERE state = 'pending';
CREATE INDEX approvals_by_request ON approvals (request_key, id);
CREATE INDEX approvals_by_grant ON approvals (grant_key, id) WHERE state = 'approved';
CREATE INDEX approvals_open ON approvals (due_at) WHERE state IN ('pending', 'approved');
CREATE INDEX approvals_by_state ON approvals (state, id);
CREATE INDEX approvals_by_requester ON approvals (requester, id);
CREATE INDEX approvals_by_shape ON approvals (shape, created_at);

CREATE TABLE approval_votes (
  approval_id TEXT NOT NULL REFERENCES approvals (id),
  seq         {int} NOT NULL,               -- from 0, in the order they were given
  voter       TEXT NOT NULL,
  name        TEXT NOT NULL,                -- as the voter was called then
  step        {int} NOT NULL,
  approve     {flag} NOT NULL,
  reason      TEXT,
  voted_at    {int} NOT NULL,
  grants      {flag} NOT NULL,
  escalated   {flag} NOT NULL,
  waited      {int} NOT NULL,
  seen_at     {int},
  PRIMARY KEY (approval_id, seq)
) {table};

CREATE INDEX approval_votes_by_time ON approval_votes (voted_at);

-- When a request was first shown to whom.
CREATE TABLE approval_views (
  approval_id  TEXT NOT NULL REFERENCES approvals (id),
  principal_id TEXT NOT NULL,
  seen_at      {int} NOT NULL,
  PRIMARY KEY (approval_id, principal_id)
) {clustered};

-- What was let go, written before its first byte was.
CREATE TABLE tool_intents (
  id          TEXT NOT NULL PRIMARY KEY,
  approval_id TEXT REFERENCES approvals (id),
  call_digest TEXT NOT NULL,
  task        TEXT,
  tool        TEXT NOT NULL,
  intended_at {int} NOT NULL
) {table};

CREATE INDEX tool_intents_by_approval ON tool_intents (approval_id);
