/** Heads of the desks' logs as they were shown, each with its signed receipt; a fork is a branch of its own. */
export const sql = `
CREATE TABLE witness (
  no INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  /** 0, 1…: histories of one stream that went apart; NULL for a head that was behind. */
  branch INTEGER,
  seq INTEGER NOT NULL,
  head TEXT NOT NULL,
  device TEXT NOT NULL REFERENCES device (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('extends', 'behind', 'fork')),
  at INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  hash TEXT NOT NULL,
  sig TEXT NOT NULL
) STRICT;
CREATE INDEX witness_stream ON witness (stream, branch, seq);
CREATE TRIGGER witness_kept BEFORE UPDATE ON witness BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
CREATE TRIGGER witness_whole BEFORE DELETE ON witness BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
`;
