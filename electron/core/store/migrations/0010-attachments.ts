/** Which event names which file, what is known of each content, and files that wait in a form for their event. */
export const attachments = `
CREATE TABLE attachment (
  id TEXT PRIMARY KEY, event_id TEXT NOT NULL, sha256 TEXT NOT NULL, withdrawn INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_event ON attachment (event_id);
CREATE INDEX attachment_content ON attachment (sha256);
CREATE TABLE content (
  sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, media TEXT NOT NULL,
  here INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL DEFAULT 0, wanted INTEGER NOT NULL DEFAULT 0,
  held_at INTEGER, upload TEXT, moved INTEGER NOT NULL DEFAULT 0, failed TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX content_to_send ON content (bytes) WHERE here = 1 AND held_at IS NULL;
CREATE INDEX content_to_fetch ON content (bytes) WHERE here = 0;
CREATE TABLE staged_attachment (
  id TEXT PRIMARY KEY, officer_id TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
  media TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staged_attachment_form ON staged_attachment (officer_id, key, at);
`;
