import { expect, test } from "vitest";
import { putShape, shapesIn } from "#core/store/asset-shapes.ts";
import { deskBefore } from "./desk-before.ts";

test("asset-shapes adds lines and areas with their boxes to a desk of the version before; its pins stay", () => {
  const { before, upgrade } = deskBefore("asset-shapes");
  before.exec(
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES ('a', 'camera', 'a', 'ok', 105, 29, '', 0)",
  );
  const db = upgrade();
  expect(db.prepare("SELECT count(*) FROM asset_shown").pluck().get()).toBe(1);
  const road = { id: "r", kind: "road", name: "r", status: "ok", grid: "", sample: false } as const;
  putShape(db, {
    ...road,
    geometry: {
      type: "LineString",
      coordinates: [
        [105, 29],
        [105.1, 29.1],
      ],
    },
  });
  expect(shapesIn(db, { west: 105.05, east: 105.06, south: 29, north: 29.01 }, undefined, 10)).toHaveLength(1);
  expect(shapesIn(db, { west: 106, east: 107, south: 29, north: 30 }, undefined, 10)).toEqual([]);
});
