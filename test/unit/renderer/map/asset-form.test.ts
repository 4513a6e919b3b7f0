import { expect, test } from "vitest";
import { cornersOf, geometryFrom } from "#renderer/features/map/asset/asset-form.ts";
import type { Geometry, Position } from "#shared/lib/geo.ts";
import { drawer, seed } from "#test/seed.ts";

const random = drawer(seed);
const corner = (): Position => [Number((105 + random()).toFixed(6)), Number((29 + random()).toFixed(6))];
const corners = (least: number): Position[] => Array.from({ length: least + Math.floor(random() * 5) }, corner);
const ring = (): Position[] => {
  const open = corners(3);
  return [...open, open[0] as Position];
};

test("AS-1: what the form shows of a place is that place again: areas with all their holes", () => {
  const drawn: [Geometry, "point" | "line" | "area"][] = Array.from({ length: 60 }, (_none, i) =>
    i % 3 === 0
      ? [{ type: "Point", coordinates: corner() }, "point"]
      : i % 3 === 1
        ? [{ type: "LineString", coordinates: corners(2) }, "line"]
        : [{ type: "Polygon", coordinates: Array.from({ length: 1 + (i % 4) }, ring) }, "area"],
  );
  for (const [geometry, shape] of drawn) expect(geometryFrom(cornersOf(geometry), shape)).toEqual(geometry);
});

test("AS-1: a hole is typed after an empty line, and counts once it has three corners", () => {
  const outer = "105.1, 29.1\n105.4 29.1\n105.4\uff0c29.4";
  const hole = "105.2, 29.12\n105.3, 29.12\n105.3, 29.2";
  expect(geometryFrom(`\n${outer}\n\n\n${hole}\n`, "area")).toMatchObject({
    coordinates: [{ length: 4 }, { length: 4, 0: [105.2, 29.12], 3: [105.2, 29.12] }],
  });
  expect(geometryFrom(`${outer}\n\n105.2, 29.12\n105.3, 29.12`, "area")).toBeUndefined();
  // In a line an empty line means nothing.
  expect(geometryFrom(outer.replace("\n", "\n\n"), "line")).toMatchObject({ coordinates: { length: 3 } });
});
