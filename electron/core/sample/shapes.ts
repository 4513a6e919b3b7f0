import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FieldValue, FieldValues } from "#shared/domain/asset/kinds.ts";
import { anchorOf, type Geometry, holdsPoint, lengthM, type Position } from "#shared/lib/geo.ts";
import { type NewShape, putShape, writeMore } from "../store/asset-shapes.ts";
import type { Db } from "../store/database.ts";
import { readMeta, writeMeta } from "../store/meta.ts";
import { readJson } from "../tables.ts";

interface AreasFile {
  readonly features: readonly { readonly properties: Readonly<Record<string, string>>; readonly geometry: Geometry }[];
}
interface RoadsFile {
  readonly features: readonly { readonly properties: { readonly name: string }; readonly geometry: Geometry }[];
}
interface FireRoadsFile {
  readonly roads: readonly {
    readonly id: string;
    readonly name: string;
    readonly lengthKm: number;
    readonly percent: number;
    readonly passable: boolean;
    readonly stages: readonly { readonly code: string; readonly percent: number }[];
    readonly line: Position[];
  }[];
}
interface ShapesFile {
  readonly shapes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly name: string;
    readonly fields: FieldValues;
    readonly geometry: Geometry;
  }[];
}

type Drawn = Omit<NewShape, "status" | "sample" | "grid"> & { readonly fields: FieldValues };

/** Lines and areas that come with the product for a street: grids, communities, roads, power lines, yards. */
function shapesOf(folder: string): Drawn[] {
  const read = <T>(name: string): T | undefined =>
    existsSync(join(folder, name)) ? readJson<T>(folder, name) : undefined;
  const areas = (read<AreasFile>("areas.json")?.features ?? []).map(({ properties, geometry }): Drawn => {
    const { level = "grid", code = "", name = "", parent: _parent, ...people } = properties;
    return { id: code, kind: level, name, geometry, fields: { code, ...people } };
  });
  const roads = (read<RoadsFile>("roads.geojson")?.features ?? []).map(({ properties, geometry }): Drawn => {
    const lengthKm = Math.round(lengthM(geometry.coordinates as readonly Position[]) / 10) / 100;
    return {
      id: `road-${properties.name}`,
      kind: "road",
      name: properties.name,
      geometry,
      fields: { lengthKm, passable: true },
    };
  });
  const fireRoads = (read<FireRoadsFile>("fire-roads.json")?.roads ?? []).map((road): Drawn => {
    const { id, name, lengthKm, percent, passable, line } = road;
    const stages: FieldValue = Object.fromEntries(road.stages.map((stage) => [stage.code, stage.percent]));
    const geometry: Geometry = { type: "LineString", coordinates: line };
    return { id, kind: "fire_road", name, geometry, fields: { lengthKm, percent, passable, stages } };
  });
  return [...areas, ...roads, ...fireRoads, ...(read<ShapesFile>("shapes.json")?.shapes ?? [])];
}

/** Puts them into the desk once: a sample desk, and one set up for a street of which the product has a sample (示例). */
export function ensureSampleShapes(db: Db, folder: string): void {
  if (readMeta(db, "sampleShapes") === "1") return;
  const drawn = shapesOf(folder);
  const grids = drawn.filter(({ kind }) => kind === "grid");
  const gridOf = (geometry: Geometry): string => {
    const anchor = anchorOf(geometry);
    const grid = anchor && grids.find((one) => holdsPoint(one.geometry as Geometry, anchor));
    return grid ? `${grid.fields.communityName}${grid.name}` : "";
  };
  db.transaction(() => {
    for (const { fields, ...shape } of drawn) {
      const area = shape.kind === "grid" || shape.kind === "community";
      putShape(db, { ...shape, status: "ok", sample: true, grid: area ? "" : gridOf(shape.geometry as Geometry) });
      writeMore(db, shape.id, { fields, seenAt: null });
    }
    writeMeta(db, "sampleShapes", "1");
  })();
}
