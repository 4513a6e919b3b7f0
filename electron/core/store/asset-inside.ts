import { codeOf, unitOf } from "#shared/domain/asset/tiles.ts";
import { boxOf, type Geometry, holdsPoint } from "#shared/lib/geo.ts";
import { kindCodes } from "./asset-tiles.ts";
import { rowsIn } from "./asset-view.ts";
import { type Db, sql } from "./database.ts";

export interface Inside {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly lng: number;
  readonly lat: number;
}

/** Points that lie in an area, of these kinds or of all, in the order of their ids; at most `limit`, and whether there are more. */
export function pointsInside(
  db: Db,
  area: Geometry,
  kinds: readonly string[] | undefined,
  limit: number,
): { readonly points: Inside[]; readonly cut: boolean } {
  const box = boxOf(area);
  if (!box) return { points: [], cut: false };
  const [a, b] = [unitOf(box.west, box.north), unitOf(box.east, box.south)];
  const codes = kindCodes(db);
  const wanted = kinds && new Set(kinds.flatMap((kind) => codesOf(codes.indexOf(kind))));
  const points: Inside[] = [];
  for (const row of rowsIn(db, { left: a.x, top: a.y, right: b.x, bottom: b.y }, wanted)) {
    const one = sql(db, "SELECT id, kind, name, lng, lat FROM asset_shown WHERE row = ?").get(row) as
      | Inside
      | undefined;
    if (!one || !holdsPoint(area, one)) continue;
    points.push(one);
    if (points.length > limit) break;
  }
  points.sort((x, y) => (x.id < y.id ? -1 : 1));
  return { points: points.slice(0, limit), cut: points.length > limit };
}

const codesOf = (kind: number): number[] => (kind < 0 ? [] : [0, 1, 2].map((status) => codeOf(kind, status)));
