import { type Hazard, isHazardOpen } from "#shared/domain/hazard/hazard.ts";
import { type Db, sql } from "./database.ts";

/** Draws the row by which a hazard is found, in the caller's transaction. */
export function projectHazard(db: Db, id: string, hazard: Hazard | undefined): void {
  if (!hazard) {
    sql(db, "DELETE FROM hazard WHERE id = ?").run(id);
    return;
  }
  const { state, dueAt, foundAt, assetId, place } = hazard;
  sql(
    db,
    `INSERT INTO hazard (id, open, state, due_at, found_at, asset_id, lng, lat) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET open = excluded.open, state = excluded.state, due_at = excluded.due_at`,
  ).run(
    id,
    isHazardOpen(state) ? 1 : 0,
    state,
    dueAt,
    foundAt,
    assetId,
    place.point?.lng ?? null,
    place.point?.lat ?? null,
  );
}
