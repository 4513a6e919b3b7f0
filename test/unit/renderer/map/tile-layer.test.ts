import { expect, test } from "vitest";
import { tileBounds, tileHolding } from "#renderer/features/map/ground/tile-layer.ts";

/** Pixels of a Mercator map of 256 px at zoom 0. */
const mercatorY = (lat: number, z: number) =>
  ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 256 * 2 ** z;

test("BM-4: the tile of a place holds it, in both layouts and at every zoom", () => {
  for (const layout of ["mercator", "degrees"] as const)
    for (let z = 3; z <= 18; z++)
      for (const [lng, lat] of [
        [105.87, 29.42],
        [-70.1, -33.2],
        [0.001, 0.001],
      ] as const) {
        const { x, y } = tileHolding(layout, z, lng, lat);
        const [west, south, east, north] = tileBounds(layout, z, x, y);
        expect(lng >= west && lng < east && lat > south && lat <= north, `${layout} ${z}`).toBe(true);
      }
});

test("BM-4: a Tianditu tile in degrees lies on a Mercator map with less than a third of a pixel of bend", () => {
  // Level 12 of the service's EPSG:4326 matrix has 4096 columns of 360°/4096 each.
  expect(tileHolding("degrees", 12, 105.87, 29.42)).toEqual({ x: 3252, y: 689 });
  for (let z = 10; z <= 18; z++) {
    const { x, y } = tileHolding("degrees", z, 105.87, 29.42);
    const [, south, , north] = tileBounds("degrees", z, x, y);
    const middle = mercatorY((south + north) / 2, z);
    expect(Math.abs(middle - (mercatorY(south, z) + mercatorY(north, z)) / 2), `zoom ${z}`).toBeLessThan(0.3);
  }
});
