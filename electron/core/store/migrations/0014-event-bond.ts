/** BO-4, BO-6: which event is merged into or linked to which, to be asked from both sides. */
export const eventBond = `
CREATE TABLE event_bond (event_id TEXT NOT NULL, other_id TEXT NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (event_id, other_id, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX event_bond_other ON event_bond (other_id, kind);
`;
