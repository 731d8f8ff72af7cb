-- min_reader: 8

-- Each content of settings that a client was ever sent, and the number by which it tells whether there is another.
CREATE TABLE settings_versions (
  digest  {bytes} NOT NULL PRIMARY KEY,     -- SHA-256
  version {int} NOT NULL UNIQUE             -- milliseconds since 1970, or one more than the one before
) {clustered};

-- What people chose in their own clients.
CREATE TABLE personal_settings (
  principal_id TEXT NOT NULL PRIMARY KEY REFERENCES principals (id),
  revision     {int} NOT NULL,
  task_sync    {flag},
  enhanced     {flag}
) {clustered};
