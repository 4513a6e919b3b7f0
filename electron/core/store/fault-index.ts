import { type Fault, isFaultOpen } from "#shared/domain/asset/fault.ts";
import { standingAsset } from "./asset-entities.ts";
import { setShapeStatus } from "./asset-shapes.ts";
import type { StatusName } from "./asset-tiles.ts";
import { setAssetStatus } from "./assets.ts";
import { type Db, sql } from "./database.ts";

interface FaultRow {
  readonly asset_id: string;
  readonly status_before: string;
}

/** FA-4: draws the row of a fault and the status of its device from the fault's state, in the caller's transaction. */
export function projectFault(db: Db, id: string, fault: Fault | undefined): void {
  const row = sql(db, "SELECT asset_id, status_before FROM fault WHERE id = ?").get(id) as FaultRow | undefined;
  const assetId = fault?.assetId ?? row?.asset_id;
  if (assetId === undefined) return;
  const before = row?.status_before ?? statusBefore(db, assetId);
  if (fault) {
    sql(
      db,
      `INSERT INTO fault (id, asset_id, open, reported_at, ended_at, status_before) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET open = excluded.open, ended_at = excluded.ended_at`,
    ).run(id, assetId, isFaultOpen(fault.state) ? 1 : 0, fault.reportedAt, fault.endedAt, before);
  } else sql(db, "DELETE FROM fault WHERE id = ?").run(id);
  const open = sql(db, "SELECT 1 FROM fault WHERE asset_id = ? AND open = 1 LIMIT 1").get(assetId) !== undefined;
  const status = open ? "fault" : fault?.state === "repaired" ? "ok" : before;
  if (setAssetStatus(db, assetId, status as StatusName) === undefined)
    setShapeStatus(db, assetId, status as StatusName);
}

/** What a device showed before its first open fault; what it shows now when it has none. */
function statusBefore(db: Db, assetId: string): string {
  const earlier = sql(
    db,
    "SELECT status_before FROM fault WHERE asset_id = ? AND open = 1 ORDER BY reported_at LIMIT 1",
  );
  const before = earlier.pluck().get(assetId) as string | undefined;
  return before ?? standingAsset(db, assetId)?.status ?? "ok";
}
