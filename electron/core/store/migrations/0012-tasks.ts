/**
 * One row a task of an event, drawn from the event's state. A party's open tasks, what is open by its limit, and the newest of a
 * state each stand in index order; the rows are drawn when the desk opens (`taskIndex` in meta).
 */
export const tasks = `
CREATE TABLE task (
  row INTEGER PRIMARY KEY, event INTEGER NOT NULL, id TEXT NOT NULL, party TEXT NOT NULL, lead INTEGER NOT NULL,
  state TEXT NOT NULL, open INTEGER NOT NULL, given_at INTEGER NOT NULL, due_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX task_event ON task (event, id);
CREATE INDEX task_open ON task (due_at, row, state, party) WHERE open = 1;
CREATE INDEX task_party ON task (party, open, due_at, row);
CREATE INDEX task_party_newest ON task (party, given_at, row);
CREATE INDEX task_newest ON task (given_at, row);
CREATE INDEX task_state ON task (state, given_at, row);
`;
