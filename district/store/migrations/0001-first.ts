/** The first store: streets and their desks, one order of ops, what is refused, what the ops made, and a trail of who did what. */
export const sql = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE street (code TEXT PRIMARY KEY CHECK (length(code) = 9), name TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  street TEXT NOT NULL REFERENCES street (code),
  letter TEXT NOT NULL,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL UNIQUE,
  sample INTEGER NOT NULL CHECK (sample IN (0, 1)),
  enrolled_at INTEGER NOT NULL,
  revoked_at INTEGER,
  next_seq INTEGER NOT NULL DEFAULT 1,
  UNIQUE (street, letter)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
  hash TEXT PRIMARY KEY,
  street TEXT NOT NULL REFERENCES street (code),
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  device TEXT REFERENCES device (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
  no INTEGER PRIMARY KEY,
  op_id TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL REFERENCES device (id),
  seq INTEGER NOT NULL,
  street TEXT NOT NULL REFERENCES street (code),
  kind TEXT NOT NULL,
  v INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  body TEXT NOT NULL,
  confirmed_at INTEGER NOT NULL,
  UNIQUE (device, seq)
) STRICT;
CREATE INDEX ledger_by_street ON ledger (street, no);

CREATE TABLE refusal (
  device TEXT NOT NULL REFERENCES device (id),
  seq INTEGER NOT NULL,
  op_id TEXT NOT NULL UNIQUE,
  error TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  street TEXT NOT NULL REFERENCES street (code),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  no INTEGER NOT NULL REFERENCES ledger (no),
  PRIMARY KEY (street, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  no INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  device TEXT,
  detail TEXT NOT NULL
) STRICT;

CREATE TRIGGER ledger_kept BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_whole BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER refusal_kept BEFORE UPDATE ON refusal BEGIN SELECT RAISE(ABORT, 'refusals are append-only'); END;
CREATE TRIGGER refusal_whole BEFORE DELETE ON refusal BEGIN SELECT RAISE(ABORT, 'refusals are append-only'); END;
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_whole BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
`;
