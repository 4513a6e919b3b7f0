import type { Asset, Mark, ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";

/** More single marks than this in one view are drawn as clusters. */
const mostMarks = 2000;
/** Width of a cluster's cell on screen, px of a 256-px tile world. */
const cellPx = 64;

export function viewport(desk: Desk, input: ParsedOf<"asset.viewport">): Answer<"asset.viewport"> {
  const parts = ["lng >= ?", "lng <= ?", "lat >= ?", "lat <= ?"];
  const values: (string | number)[] = [input.west, input.east, input.south, input.north];
  for (const [column, wanted] of [
    ["kind", input.kinds],
    ["status", input.statuses],
  ] as const) {
    if (!wanted) continue;
    parts.push(`${column} IN (${wanted.map(() => "?").join(", ")})`);
    values.push(...wanted);
  }
  const where = `WHERE ${parts.join(" AND ")}`;
  const counts = desk.db.prepare(`SELECT kind, count(*) AS count FROM asset ${where} GROUP BY kind`).all(...values) as {
    kind: string;
    count: number;
  }[];
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const cell = (360 / 256 / 2 ** input.zoom) * cellPx;
  const marks = (
    total <= mostMarks
      ? desk.db
          .prepare(`SELECT id, name, kind, status, lng, lat, 1 AS count FROM asset ${where} ORDER BY row`)
          .all(...values)
      : desk.db
          .prepare(
            `SELECT CASE count(*) WHEN 1 THEN id END AS id, CASE count(*) WHEN 1 THEN name END AS name, kind,
                    CASE max(CASE status WHEN 'fault' THEN 2 WHEN 'offline' THEN 1 ELSE 0 END)
                      WHEN 2 THEN 'fault' WHEN 1 THEN 'offline' ELSE 'ok' END AS status, avg(lng) AS lng, avg(lat) AS lat, count(*) AS count
             FROM asset ${where} GROUP BY kind, CAST(lng / ? AS INTEGER), CAST(lat / ? AS INTEGER) LIMIT 5000`,
          )
          .all(...values, cell, cell)
  ) as Mark[];
  return ok({ total, marks, byKind: Object.fromEntries(counts.map(({ kind, count }) => [kind, count])) });
}

export function getAsset(desk: Desk, { id }: { id: string }): Answer<"asset.get"> {
  const row = sql(desk.db, "SELECT id, kind, name, status, lng, lat, grid, sample FROM asset WHERE id = ?").get(id) as
    | (Omit<Asset, "sample"> & { sample: number })
    | undefined;
  return row ? ok({ asset: { ...row, sample: row.sample === 1 } }) : fail(deskError("asset.unknown"));
}

export function mapBase(desk: Desk): Answer<"map.base"> {
  const { district, street, areas, fireRoads } = desk.places;
  const ring = (street.features[0] ?? district.features[0])?.geometry.coordinates[0] as number[][] | undefined;
  const middle = (axis: 0 | 1) => {
    const values = (ring ?? []).map((point) => point[axis] ?? 0);
    return values.length ? (Math.min(...values) + Math.max(...values)) / 2 : 0;
  };
  return ok({
    district,
    street,
    areas,
    fireRoads: {
      type: "FeatureCollection",
      features: fireRoads.roads.map(({ line, ...properties }) => ({
        type: "Feature",
        properties,
        geometry: { type: "LineString", coordinates: line },
      })),
    },
    fireRoadKm: fireRoads.total.lengthKm,
    center: { lng: middle(0), lat: middle(1) },
  });
}
