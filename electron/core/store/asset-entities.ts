import type { AssetStatus } from "#shared/contract.ts";
import type { AssetFacts, KeptAsset, Shape } from "#shared/domain/asset/asset.ts";
import { geometryOf, putShape, readMore, readShape, removeShape, writeMore } from "./asset-shapes.ts";
import { putAsset, removeAsset } from "./assets.ts";
import { type Db, sql } from "./database.ts";

interface Standing {
  readonly facts: AssetFacts;
  readonly status: AssetStatus;
  readonly seenAt: number | null;
}

interface PointRow {
  readonly kind: string;
  readonly name: string;
  readonly status: AssetStatus;
  readonly lng: number;
  readonly lat: number;
  readonly grid: string;
  readonly sample: number;
}

/** An asset as it stands on this desk, however it came here: a point, a line or an area. */
export function standingAsset(db: Db, id: string): Standing | undefined {
  const point = sql(db, "SELECT kind, name, status, lng, lat, grid, sample FROM asset_shown WHERE id = ?").get(id) as
    | PointRow
    | undefined;
  const shape = point ? undefined : readShape(db, id);
  const row = point ?? shape;
  if (!row) return undefined;
  const { kind, name, lng, lat, grid, status } = row;
  const { fields, seenAt } = readMore(db, id);
  const geometry = shape ? (geometryOf(shape) as Shape) : null;
  return { facts: { kind, name, lng, lat, geometry, grid, fields, sample: row.sample === 1 }, status, seenAt };
}

/**
 * AS-4: draws an asset on the map from what a person entered, in the caller's transaction; its status stays. `before` is the
 * state that `asset` replaces: where an entry is taken back, what stood before it stands again.
 */
export function projectAsset(db: Db, id: string, asset: KeptAsset | undefined, before: KeptAsset | undefined): void {
  const standing = standingAsset(db, id);
  const facts = asset ? asset.facts : (before?.was ?? null);
  const { status, seenAt } = standing ?? { status: "ok" as const, seenAt: null };
  if (!facts || facts.geometry) removeAsset(db, id);
  if (!facts?.geometry) removeShape(db, id);
  if (facts?.geometry) putShape(db, { ...facts, id, status, geometry: facts.geometry });
  else if (facts) {
    const { kind, name, lng, lat, grid, sample } = facts;
    putAsset(db, { id, kind, name, status, lng, lat, grid, sample });
  }
  writeMore(db, id, { fields: facts?.fields ?? {}, seenAt: facts ? seenAt : null });
}
