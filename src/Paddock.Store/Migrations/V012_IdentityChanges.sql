-- min_reader: 8

-- Whom the newest steps of the identity counter were about. A step that is not here was about anybody.
CREATE TABLE identity_changes (
  version      {int} NOT NULL,
  principal_id TEXT NOT NULL,
  PRIMARY KEY (version, principal_id)
) {table};
