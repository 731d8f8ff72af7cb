-- min_reader: 8

-- The newest steps of the identity counter. The mark is random: after a restore or the loss of a database's last moments a number comes again, its mark does not.
CREATE TABLE identity_steps (
  version {int} NOT NULL PRIMARY KEY,
  mark    TEXT NOT NULL
) {table};

-- Whom they were about. A step that is not here was about anybody.
CREATE TABLE identity_changes (
  version      {int} NOT NULL,
  principal_id TEXT NOT NULL,
  PRIMARY KEY (version, principal_id)
) {table};
