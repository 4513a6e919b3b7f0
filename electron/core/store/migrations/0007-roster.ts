/** Layers are found by their end; each change of a place of the roster is kept with its hands (RO-36). */
export const roster = `
CREATE INDEX entity_layer ON entity (json_extract(state, '$.toAt')) WHERE kind = 'layer';

CREATE TABLE roster_change (
  op_id TEXT NOT NULL, slot TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  was TEXT, officer_id TEXT, action TEXT NOT NULL, PRIMARY KEY (op_id, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_change_slot ON roster_change (slot, at);
`;
