/** What faults and hazards are looked up by; drawn from their states whenever those change. */
export const faultsAndHazards = `
-- status_before: what the device showed when the fault was reported, for a report that is taken back.
CREATE TABLE fault (
  id TEXT PRIMARY KEY, asset_id TEXT NOT NULL, open INTEGER NOT NULL, reported_at INTEGER NOT NULL, ended_at INTEGER,
  status_before TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fault_asset ON fault (asset_id, reported_at);
CREATE INDEX fault_reported ON fault (reported_at);
CREATE INDEX fault_ended ON fault (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX fault_open ON fault (reported_at) WHERE open = 1;

CREATE TABLE hazard (
  id TEXT PRIMARY KEY, open INTEGER NOT NULL, state TEXT NOT NULL, due_at INTEGER NOT NULL, found_at INTEGER NOT NULL,
  asset_id TEXT NOT NULL, lng REAL, lat REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX hazard_due ON hazard (due_at) WHERE open = 1;
CREATE INDEX hazard_found ON hazard (found_at);
CREATE INDEX hazard_asset ON hazard (asset_id, found_at) WHERE asset_id <> '';
`;
