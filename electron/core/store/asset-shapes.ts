import type { AssetStatus } from "#shared/contract.ts";
import type { Shape } from "#shared/domain/asset/asset.ts";
import type { FieldValues } from "#shared/domain/asset/kinds.ts";
import { anchorOf, type Box, boxOf, type Geometry } from "#shared/lib/geo.ts";
import { type Db, sql } from "./database.ts";

/** A line or an area as it is kept. `geometry`: GeoJSON, WGS 84. */
export interface ShapeRow {
  readonly row: number;
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status: AssetStatus;
  readonly lng: number;
  readonly lat: number;
  readonly grid: string;
  readonly sample: number;
  readonly geometry: string;
  readonly remark: string;
}

export interface NewShape {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status: AssetStatus;
  readonly grid: string;
  readonly sample: boolean;
  readonly geometry: Shape | Geometry;
}

const changed = new WeakSet<Db>();

/** Whether a line or an area has changed since the last call, for the notice to the pages. */
export const takeChangedGround = (db: Db): boolean => changed.delete(db);

/** Adds a line or an area, or replaces the one of this id, with its box. A geometry without a point is a bug. */
export function putShape(db: Db, shape: NewShape): void {
  const geometry = shape.geometry as Geometry;
  const [box, anchor] = [boxOf(geometry), anchorOf(geometry)];
  if (!box || !anchor) throw new Error(`shape ${shape.id} has no point`);
  changed.add(db);
  const { id, kind, name, status, grid, sample } = shape;
  const row = sql(
    db,
    `INSERT INTO asset_shape (id, kind, name, status, lng, lat, grid, sample, geometry)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, status = excluded.status,
       lng = excluded.lng, lat = excluded.lat, grid = excluded.grid, sample = excluded.sample, geometry = excluded.geometry
     RETURNING row`,
  )
    .pluck()
    .get(id, kind, name, status, anchor.lng, anchor.lat, grid, sample ? 1 : 0, JSON.stringify(geometry)) as number;
  putBox(db, row, box);
}

function putBox(db: Db, row: number, { west, east, south, north }: Box): void {
  sql(db, "INSERT OR REPLACE INTO asset_shape_box (row, west, east, south, north) VALUES (?, ?, ?, ?, ?)").run(
    row,
    west,
    east,
    south,
    north,
  );
}

/** Adds a line or an area of an import; false where one of this id stands: that one stays as it is. */
export function insertShape(
  db: Db,
  shape: NewShape & { readonly remark: string; readonly fields: FieldValues },
  importNo: number,
): boolean {
  const geometry = shape.geometry as Geometry;
  const [box, anchor] = [boxOf(geometry), anchorOf(geometry)];
  if (!box || !anchor) throw new Error(`shape ${shape.id} has no point`);
  const { id, kind, name, status, grid, remark, fields } = shape;
  if (sql(db, "SELECT 1 FROM asset WHERE id = ?").get(id)) return false;
  const row = sql(
    db,
    `INSERT INTO asset_shape (id, kind, name, status, lng, lat, grid, sample, geometry, import, remark)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING row`,
  )
    .pluck()
    .get(id, kind, name, status, anchor.lng, anchor.lat, grid, JSON.stringify(geometry), importNo, remark) as
    | number
    | undefined;
  if (row === undefined) return false;
  changed.add(db);
  putBox(db, row, box);
  writeMore(db, id, { fields, seenAt: null });
  return true;
}

/** Takes away every line and area of an import, with what was changed on it since. */
export function removeShapesOf(db: Db, importNo: number): void {
  const ids = sql(db, "SELECT id FROM asset_shape WHERE import = ?").pluck().all(importNo) as string[];
  for (const id of ids) {
    removeShape(db, id);
    writeMore(db, id, { fields: {}, seenAt: null });
  }
}

/** Takes a line or an area away; false when there is none of this id. */
export function removeShape(db: Db, id: string): boolean {
  const row = sql(db, "DELETE FROM asset_shape WHERE id = ? RETURNING row").pluck().get(id) as number | undefined;
  if (row === undefined) return false;
  changed.add(db);
  sql(db, "DELETE FROM asset_shape_box WHERE row = ?").run(row);
  return true;
}

export function setShapeStatus(db: Db, id: string, status: AssetStatus): void {
  if (sql(db, "UPDATE asset_shape SET status = ? WHERE id = ?").run(status, id).changes > 0) changed.add(db);
}

export const readShape = (db: Db, id: string): ShapeRow | undefined =>
  sql(db, "SELECT * FROM asset_shape WHERE id = ?").get(id) as ShapeRow | undefined;

export const geometryOf = (shape: Pick<ShapeRow, "geometry">): Geometry => JSON.parse(shape.geometry) as Geometry;

/** Lines and areas of these kinds whose box touches a box, at most `limit`. */
export function shapesIn(db: Db, box: Box, kinds: readonly string[] | undefined, limit: number): ShapeRow[] {
  const among = kinds ? `AND s.kind IN (${kinds.map(() => "?").join(", ")})` : "";
  return sql(
    db,
    `SELECT s.* FROM asset_shape_box b JOIN asset_shape s ON s.row = b.row
     WHERE b.west <= ? AND b.east >= ? AND b.south <= ? AND b.north >= ? ${among} LIMIT ?`,
  ).all(box.east, box.west, box.north, box.south, ...(kinds ?? []), limit) as ShapeRow[];
}

export const shapesOfKind = (db: Db, kind: string): ShapeRow[] =>
  sql(db, "SELECT * FROM asset_shape WHERE kind = ? ORDER BY id").all(kind) as ShapeRow[];

export interface More {
  readonly fields: FieldValues;
  readonly seenAt: number | null;
}

/** What is registered of an asset; nothing where nobody said anything. */
export function readMore(db: Db, assetId: string): More {
  const row = sql(db, "SELECT fields, seen_at FROM asset_more WHERE asset_id = ?").get(assetId) as
    | { fields: string; seen_at: number | null }
    | undefined;
  return row ? { fields: JSON.parse(row.fields) as FieldValues, seenAt: row.seen_at } : { fields: {}, seenAt: null };
}

export function writeMore(db: Db, assetId: string, { fields, seenAt }: More): void {
  if (Object.keys(fields).length === 0 && seenAt === null) {
    sql(db, "DELETE FROM asset_more WHERE asset_id = ?").run(assetId);
    return;
  }
  sql(
    db,
    `INSERT INTO asset_more (asset_id, fields, seen_at) VALUES (?, ?, ?)
     ON CONFLICT (asset_id) DO UPDATE SET fields = excluded.fields, seen_at = excluded.seen_at`,
  ).run(assetId, JSON.stringify(fields), seenAt);
}
