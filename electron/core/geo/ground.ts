import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Desk } from "../desk.ts";
import { geometryOf, readMore, type ShapeRow, shapesOfKind } from "../store/asset-shapes.ts";
import { type FeatureCollection, readJson } from "../tables.ts";
import type { KnownArea, KnownGround } from "./known-places.ts";

type Lines = { readonly features: readonly { readonly geometry: { type: string; coordinates: number[][] } }[] };

/** The ground of a street: outlines, grids and lines as the desk holds them, roads as the product carries them; `points` are known things. */
export function groundOf(
  { ports, db, places, street, tables }: Pick<Desk, "ports" | "db" | "places" | "street" | "tables">,
  points: KnownGround["points"],
): KnownGround {
  const roads = join(ports.resourcesDir, "sample", street.code, "roads.geojson");
  const lines = tables.assetKinds.rows
    .filter(({ geometry }) => geometry === "line")
    .flatMap(({ code }) => shapesOfKind(db, code).flatMap((shape) => ringsIn(geometryOf(shape))));
  return {
    district: ringsOf(places.district),
    street: ringsOf(places.street),
    areas: ["community", "grid"].flatMap((level) => shapesOfKind(db, level).map((shape) => areaOf(db, shape, level))),
    points,
    lines: [
      ...(existsSync(roads) ? readJson<Lines>(roads).features.map(({ geometry }) => geometry.coordinates) : []),
      ...lines,
    ],
  };
}

function areaOf(db: Desk["db"], shape: ShapeRow, level: string): KnownArea {
  const community = level === "grid" ? readMore(db, shape.id).fields.communityName : "";
  return {
    name: `${typeof community === "string" ? community : ""}${shape.name}`,
    level,
    rings: ringsIn(geometryOf(shape)),
  };
}

const ringsOf = (collection: FeatureCollection): number[][][] =>
  collection.features.flatMap(({ geometry }) => ringsIn(geometry));

function ringsIn({ type, coordinates }: { readonly type: string; readonly coordinates: unknown }): number[][][] {
  if (type === "LineString") return [coordinates as number[][]];
  return type === "MultiPolygon" ? (coordinates as number[][][][]).flat() : (coordinates as number[][][]);
}
