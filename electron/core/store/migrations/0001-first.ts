/** First shape of the desk's database. Never edited later: the next change is a file of its own. */
export const first = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What the desk holds, by noun. 'confirmed' is the state as the district has it while own ops are laid on top
-- ('null': the district has none yet); SQL NULL: nothing is laid on top.
CREATE TABLE entity (
  kind TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, confirmed TEXT, no INTEGER, confirmed_at INTEGER,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Ops recorded on this desk: outbox and history in one. seq has no gaps.
CREATE TABLE op (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, v INTEGER NOT NULL, street TEXT NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'refused', 'settled')),
  no INTEGER, confirmed_at INTEGER, refusal TEXT
) STRICT;
CREATE INDEX op_entity ON op (entity, entity_id, seq);
CREATE INDEX op_waiting ON op (seq) WHERE state = 'waiting';
CREATE INDEX op_refused ON op (seq) WHERE state = 'refused';
CREATE INDEX op_settled ON op (seq) WHERE state = 'settled';

-- Ops that came from the district and this version cannot read or apply yet: kept, never dropped (PR-11).
CREATE TABLE deferred_op (no INTEGER PRIMARY KEY, op TEXT NOT NULL, reason TEXT NOT NULL) STRICT;

-- The duty log: one line for each op, own or pulled. id is the op's.
CREATE TABLE duty_log (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
  action TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, event_id TEXT, corrects TEXT,
  caller_name TEXT NOT NULL DEFAULT '', caller_phone TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT '',
  no INTEGER, confirmed_at INTEGER
) STRICT;
CREATE INDEX duty_log_at ON duty_log (at, row);
CREATE INDEX duty_log_event ON duty_log (event_id, at, row) WHERE event_id IS NOT NULL;
CREATE TRIGGER duty_log_kept BEFORE DELETE ON duty_log BEGIN SELECT RAISE(ABORT, 'the duty log is append-only'); END;
CREATE TRIGGER duty_log_fixed BEFORE UPDATE OF id, at, by, kind, action, zh, en, event_id, corrects ON duty_log
BEGIN SELECT RAISE(ABORT, 'the duty log is append-only'); END;
CREATE VIRTUAL TABLE duty_log_words USING fts5(words, content = '', contentless_delete = 1, tokenize = 'unicode61');

-- What the queue sorts and filters by; drawn from the event's state whenever that changes.
CREATE TABLE duty_event (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL, open INTEGER NOT NULL, state TEXT NOT NULL,
  level INTEGER NOT NULL, category TEXT NOT NULL, board TEXT, reported_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
  lng REAL, lat REAL
) STRICT;
CREATE INDEX duty_event_urgency ON duty_event (open DESC, level, due_at, row);
CREATE INDEX duty_event_newest ON duty_event (reported_at DESC, row DESC);
CREATE INDEX duty_event_due ON duty_event (open DESC, due_at, row);
CREATE INDEX duty_event_state ON duty_event (state, level, due_at, row);
CREATE VIRTUAL TABLE duty_event_words USING fts5(words, content = '', contentless_delete = 1, tokenize = 'unicode61');

CREATE TABLE officer_secret (
  officer_id TEXT PRIMARY KEY, salt BLOB NOT NULL, iv BLOB NOT NULL, wrapped BLOB NOT NULL, tag BLOB NOT NULL,
  cost INTEGER NOT NULL, wrong INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE draft (
  officer_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, saved_at INTEGER NOT NULL,
  PRIMARY KEY (officer_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  lng REAL NOT NULL, lat REAL NOT NULL, grid TEXT NOT NULL, sample INTEGER NOT NULL
) STRICT;
CREATE INDEX asset_place ON asset (lng, lat);

CREATE TABLE warning (
  id TEXT PRIMARY KEY, level TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, sample INTEGER NOT NULL
) STRICT;

-- Moments at which the link went up or down.
CREATE TABLE link_turn (row INTEGER PRIMARY KEY, at INTEGER NOT NULL, up INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
`;
