/** Files that ops name, and those that lie here whole: each of one street, which no other street reaches. */
export const sql = `
CREATE TABLE named_content (
  street TEXT NOT NULL REFERENCES street (code),
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media TEXT NOT NULL,
  PRIMARY KEY (street, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE content (
  street TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (street, sha256),
  FOREIGN KEY (street, sha256) REFERENCES named_content (street, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_by_day ON content (street, at);
`;
