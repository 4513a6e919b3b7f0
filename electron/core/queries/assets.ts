import type { AssetDetail, AssetShape, ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { standingAsset } from "../store/asset-entities.ts";
import { geometryOf, readMore, type ShapeRow, shapesIn } from "../store/asset-shapes.ts";
import { sql } from "../store/database.ts";

/** The row of a kind as the table stands now; `undefined`: it has none by this code. */
export const assetKindOf = (desk: Pick<Desk, "tables">, code: string) =>
  desk.tables.assetKinds.rows.find((row) => row.code === code);

/** One asset, point, line or area, with everything registered of it. */
export function getAsset(desk: Desk, { id }: { id: string }): Answer<"asset.get"> {
  const standing = standingAsset(desk.db, id);
  if (!standing) return fail(deskError("asset.unknown"));
  const { facts, status, seenAt } = standing;
  const asset: AssetDetail = { ...facts, id, status, seenAt };
  return ok({ asset });
}

/** More lines and areas than this are not drawn at once; the answer says that it was cut. */
const mostShapes = 3000;

/** Lines and areas in a box, and for each kind how many there are in all and the sum that its legend shows. */
export function listShapes(
  desk: Desk,
  { west, south, east, north, kinds }: ParsedOf<"asset.shapes">,
): Answer<"asset.shapes"> {
  const rows = shapesIn(desk.db, { west, south, east, north }, kinds, mostShapes + 1);
  const shapes = rows.slice(0, mostShapes).map((row): AssetShape => shapeOf(desk, row));
  const counts = sql(desk.db, "SELECT kind, count(*) AS count FROM asset_shape GROUP BY kind").all() as {
    kind: string;
    count: number;
  }[];
  const totals = counts.map(({ kind, count }) => {
    const total = assetKindOf(desk, kind)?.total;
    return { kind, count, sum: total ? sumOf(desk, kind, total) : null };
  });
  return ok({ shapes, cut: rows.length > mostShapes, totals });
}

export function shapeOf(desk: Pick<Desk, "db">, row: ShapeRow): AssetShape {
  const { id, kind, name, status, lng, lat } = row;
  return { id, kind, name, status, lng, lat, geometry: geometryOf(row), fields: readMore(desk.db, id).fields };
}

function sumOf(desk: Pick<Desk, "db">, kind: string, field: string): number {
  const sum = sql(
    desk.db,
    `SELECT coalesce(sum(json_extract(m.fields, ?)), 0) FROM asset_shape s JOIN asset_more m ON m.asset_id = s.id WHERE s.kind = ?`,
  )
    .pluck()
    .get(`$.${field}`, kind) as number;
  // The sum of figures with two decimals has two decimals: 89.54, not 89.53999.
  return Math.round(sum * 1e6) / 1e6;
}
