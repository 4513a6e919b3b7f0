/**
 * Entities lie in rows behind an index of their names, instead of inside the index: a state is longer than a quarter of a
 * page, so four of them filled one, each step down such a tree read whole states, and years of events made it nine steps deep.
 */
export const entityRows = `
CREATE TABLE entity_in_rows (
  kind TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, confirmed TEXT, no INTEGER, confirmed_at INTEGER,
  PRIMARY KEY (kind, id)
) STRICT;
INSERT INTO entity_in_rows SELECT kind, id, state, confirmed, no, confirmed_at FROM entity ORDER BY kind, id;
DROP TABLE entity;
ALTER TABLE entity_in_rows RENAME TO entity;
CREATE INDEX entity_layer ON entity (json_extract(state, '$.toAt')) WHERE kind = 'layer';
CREATE INDEX carry_open ON entity (id) WHERE kind = 'carry' AND json_extract(state, '$.state') <> 'finished';
`;
