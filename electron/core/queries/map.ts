import type { Asset } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";

export function getAsset(desk: Desk, { id }: { id: string }): Answer<"asset.get"> {
  const row = sql(desk.db, "SELECT id, kind, name, status, lng, lat, grid, sample FROM asset_shown WHERE id = ?").get(
    id,
  ) as (Omit<Asset, "sample"> & { sample: number }) | undefined;
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
