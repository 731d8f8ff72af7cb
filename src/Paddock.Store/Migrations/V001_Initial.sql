-- min_reader: 1
-- Times are microseconds since 1970 (UTC), durations microseconds, money nano-USD.

CREATE TABLE counters (
  name  TEXT NOT NULL PRIMARY KEY,
  value {int} NOT NULL
) {clustered};

INSERT INTO counters (name, value) VALUES ('identity', 1);

CREATE TABLE principals (
  id         TEXT NOT NULL PRIMARY KEY,
  kind       TEXT NOT NULL,                 -- user, service_account
  name       TEXT NOT NULL,
  name_key   TEXT NOT NULL UNIQUE,          -- the name in lower case: names are unique whatever their case
  disabled   {flag} NOT NULL,
  created_at {int} NOT NULL
) {table};

CREATE TABLE teams (
  name TEXT NOT NULL PRIMARY KEY
) {clustered};

CREATE TABLE principal_teams (
  principal_id TEXT NOT NULL REFERENCES principals (id),
  team         TEXT NOT NULL REFERENCES teams (name),
  PRIMARY KEY (principal_id, team)
) {clustered};

CREATE TABLE api_keys (
  id                TEXT NOT NULL PRIMARY KEY,
  prefix            TEXT NOT NULL,
  name              TEXT NOT NULL,
  owner_id          TEXT NOT NULL REFERENCES principals (id),
  hash              {bytes} NOT NULL UNIQUE,  -- HMAC-SHA-256 under the pepper, which is not in here
  models            {flag} NOT NULL,
  model_patterns    TEXT NOT NULL,            -- JSON array
  tools             {flag} NOT NULL,
  control           TEXT NOT NULL,            -- role names, comma separated; an unknown one grants nothing
  pinned_agent      TEXT,
  pinned_mode       TEXT,
  pinned_repository TEXT,
  environment       TEXT NOT NULL,
  created_at        {int} NOT NULL,
  expires_at        {int},
  revoked_at        {int},
  replaces          TEXT REFERENCES api_keys (id) DEFERRABLE INITIALLY DEFERRED,
  last_used_at      {int}
) {table};

CREATE TABLE releases (
  seq         {serial},                     -- order of import
  digest      TEXT NOT NULL UNIQUE,
  imported_at {int} NOT NULL,
  origin      TEXT NOT NULL
) {table};

CREATE TABLE release_files (
  digest TEXT NOT NULL REFERENCES releases (digest),
  seq    {int} NOT NULL,                    -- order within the release
  path   TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (digest, seq)
) {table};

-- The last row is the active release.
CREATE TABLE release_activations (
  seq          {serial},
  digest       TEXT NOT NULL REFERENCES releases (digest),
  activated_by TEXT NOT NULL,
  activated_at {int} NOT NULL
) {table};

-- What repeats from call to call: who, with which agent, in which task, asking for what. A session of an agent has one row, or
-- a few; its calls point here. The id is the first half of SHA-256 over the values, so that every process finds the same.
CREATE TABLE call_contexts (
  id             {id} NOT NULL PRIMARY KEY,
  principal_id   TEXT NOT NULL,
  key_id         TEXT NOT NULL,
  teams          TEXT NOT NULL,             -- JSON array, as they were
  agent          TEXT NOT NULL,
  agent_version  TEXT,
  task_id        TEXT,
  native_task    TEXT,
  parent_task    TEXT,
  mode           TEXT,
  repository     TEXT,
  device         TEXT,
  wire           TEXT NOT NULL,
  path           TEXT NOT NULL,
  model_asked    TEXT NOT NULL,
  stream         {flag} NOT NULL,
  release_digest TEXT NOT NULL,
  system_hash    TEXT,
  tools_hash     TEXT,
  mode_hash      TEXT
) {table};

CREATE INDEX call_contexts_by_principal ON call_contexts (principal_id);
CREATE INDEX call_contexts_by_key ON call_contexts (key_id);
CREATE INDEX call_contexts_by_agent ON call_contexts (agent);
CREATE INDEX call_contexts_by_task ON call_contexts (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX call_contexts_by_native_task ON call_contexts (native_task) WHERE native_task IS NOT NULL;

CREATE TABLE calls (
  id                    {id} NOT NULL PRIMARY KEY, -- UUIDv7: the order of ids is the order of time
  opened_at             {int} NOT NULL,
  request_bytes         {int} NOT NULL,
  floor_nano_usd        {int} NOT NULL,
  floor_tokens          {int} NOT NULL,
  context_id            {id} NOT NULL,             -- in call_contexts
  closed_at             {int},                     -- null, like all below, while the call is open
  outcome               TEXT,
  status                {int},
  error_class           TEXT,
  provider              TEXT,
  model_served          TEXT,
  input_tokens          {int},
  cache_read_tokens     {int},
  cache_write_5m_tokens {int},
  cache_write_1h_tokens {int},
  output_tokens         {int},
  reasoning_tokens      {int},
  estimated             {flag},
  cost_nano_usd         {int},
  price_source          TEXT,
  price_row             TEXT,
  duration_us           {int},
  first_delta_us        {int},
  finish                TEXT,
  response_bytes        {int}
) {clustered};

CREATE INDEX calls_by_context ON calls (context_id, id);

CREATE TABLE attempts (
  call_id     {id} NOT NULL,
  number      {int} NOT NULL,
  provider    TEXT NOT NULL,
  model       TEXT NOT NULL,
  started_at  {int} NOT NULL,
  duration_us {int} NOT NULL,
  status      {int} NOT NULL,
  error_class TEXT,
  request_id  TEXT,
  PRIMARY KEY (call_id, number)
) {clustered};

-- Calls that were written before they ended, by the journal that will close them (or, after a crash, close them as lost).
CREATE TABLE open_calls (
  call_id {id} NOT NULL PRIMARY KEY,
  journal {id} NOT NULL
) {clustered};

-- Spend by the quarter of an hour in which a call was opened: what budgets start from.
CREATE TABLE spend (
  bucket   {int} NOT NULL,
  kind     TEXT NOT NULL,                   -- key, user, team, task
  subject  TEXT NOT NULL,
  nano_usd {int} NOT NULL,
  tokens   {int} NOT NULL,
  PRIMARY KEY (bucket, kind, subject)
) {clustered};

-- How far each journal has been taken over, moved in the transaction that takes its records over: each counts exactly once.
CREATE TABLE journal_cursors (
  journal {id} NOT NULL PRIMARY KEY,
  segment {int} NOT NULL,
  place   {int} NOT NULL
) {clustered};
