-- min_reader: 8
-- A build that does not know sessions would take them for keys.

-- What the person may do once signed in: role names, comma separated.
ALTER TABLE principals ADD COLUMN control TEXT NOT NULL DEFAULT '';

-- What signed in, where the row is a session: console, extension, cli, device; null = a key.
ALTER TABLE api_keys ADD COLUMN client TEXT;

CREATE INDEX api_keys_owner ON api_keys (owner_id);

CREATE TABLE accounts (
  principal_id TEXT NOT NULL PRIMARY KEY REFERENCES principals (id),
  password     TEXT NOT NULL,               -- with algorithm, cost and salt
  failures     {int} NOT NULL,              -- since the last right password
  locked_until {int},
  changed_at   {int} NOT NULL
) {clustered};

-- Who a person is at an identity provider.
CREATE TABLE external_ids (
  issuer       TEXT NOT NULL,
  subject      TEXT NOT NULL,
  principal_id TEXT NOT NULL REFERENCES principals (id),
  linked_at    {int} NOT NULL,
  PRIMARY KEY (issuer, subject)
) {clustered};

CREATE UNIQUE INDEX external_ids_principal ON external_ids (issuer, principal_id);

-- Good for one use, until they expire. Only hashes: their texts are nowhere.
CREATE TABLE sign_in_tickets (
  hash         {bytes} NOT NULL PRIMARY KEY,
  kind         TEXT NOT NULL,               -- extension, invitation, device
  principal_id TEXT,
  code         TEXT,
  client       TEXT NOT NULL,
  denied       {flag} NOT NULL,
  polled_at    {int},
  used_at      {int},
  expires_at   {int} NOT NULL
) {table};

CREATE UNIQUE INDEX sign_in_tickets_code ON sign_in_tickets (kind, code);
CREATE INDEX sign_in_tickets_expiry ON sign_in_tickets (expires_at);
