/**
 * The queue's index again, for years of events: each filter has its newest in index order, open events have a small
 * search index of their own, and pinyin initials are searched too. The rows are drawn anew from the events when the
 * desk opens (`eventIndex` in meta).
 */
export const eventIndex = `
DROP TABLE duty_event;
DROP TABLE duty_event_words;
CREATE TABLE duty_event (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL, open INTEGER NOT NULL, state TEXT NOT NULL,
  level INTEGER NOT NULL, category TEXT NOT NULL, board TEXT, reported_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
  lng REAL, lat REAL
) STRICT;
CREATE INDEX duty_event_urgency ON duty_event (open DESC, level, due_at, row);
CREATE INDEX duty_event_due ON duty_event (open DESC, due_at, row);
CREATE INDEX duty_event_newest ON duty_event (reported_at, row);
CREATE INDEX duty_event_open ON duty_event (open, reported_at, row);
CREATE INDEX duty_event_state ON duty_event (state, reported_at, row);
CREATE INDEX duty_event_level ON duty_event (level, reported_at, row);
CREATE INDEX duty_event_category ON duty_event (category, reported_at, row);
CREATE INDEX duty_event_board ON duty_event (board, reported_at, row);
CREATE VIRTUAL TABLE duty_event_words USING fts5(words, content = '', contentless_delete = 1, tokenize = 'unicode61');
CREATE VIRTUAL TABLE open_event_words USING fts5(words, content = '', contentless_delete = 1, tokenize = 'unicode61');
CREATE VIRTUAL TABLE duty_event_initials
USING fts5(initials, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61');
CREATE VIRTUAL TABLE open_event_initials
USING fts5(initials, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61');
`;
