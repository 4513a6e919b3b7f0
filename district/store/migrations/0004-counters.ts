/** One row that gives the numbers of each order, an index of the events for the operators, and when a desk was last heard. */
export const sql = `
CREATE TABLE counter (name TEXT PRIMARY KEY, no INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, no) SELECT 'ledger', coalesce(max(no), 0) FROM ledger;
INSERT INTO counter (name, no) SELECT 'witness', coalesce(max(no), 0) FROM witness;

CREATE TABLE event_index (
  street TEXT NOT NULL REFERENCES street (code),
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (street, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_number ON event_index (street, number);
CREATE INDEX event_by_state ON event_index (street, state, id);

ALTER TABLE device ADD COLUMN seen_at INTEGER;
ALTER TABLE device ADD COLUMN holds_no INTEGER NOT NULL DEFAULT 0;
`;

/** A district of before this migration was always SQLite's. */
export const sqlite = `
INSERT INTO event_index (street, id, number, state)
SELECT street, id, coalesce(json_extract(state, '$.number'), ''), coalesce(json_extract(state, '$.state'), '')
FROM entity WHERE kind = 'event';
`;
