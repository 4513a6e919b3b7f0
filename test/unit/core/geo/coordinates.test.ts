import { describe, expect, test } from "vitest";
import { pairOf, placeOf } from "#core/geo/coordinates.ts";
import { readCoordinate, readPair } from "#core/geo/read-degrees.ts";
import { type CoordinateSystem, coordinateSystems, metresBetween } from "#shared/domain/asset/coordinates.ts";

/**
 * Published pairs. WGS 84 → GCJ-02 of three cities: the tests of github.com/googollee/eviltransform; Beijing's middle: the README
 * of github.com/wandergis/coordtransform; the other: the answer in the document of the service of Amap
 * (coordinate/convert). [system, x, y, system, x, y].
 */
const published: [CoordinateSystem, number, number, CoordinateSystem, number, number][] = [
  ["wgs84", 121.5272106, 31.1774276, "gcj02", 121.531541859215, 31.17530398364597],
  ["wgs84", 113.912316, 22.543847, "gcj02", 113.9171764808363, 22.540796131694766],
  ["wgs84", 116.377817, 39.911954, "gcj02", 116.38404722455657, 39.91334545536069],
  ["wgs84", 116.404, 39.915, "gcj02", 116.41024449916938, 39.91640428150164],
  ["gcj02", 116.404, 39.915, "wgs84", 116.39775550083061, 39.91359571849836],
  ["gcj02", 116.404, 39.915, "bd09", 116.41036949371029, 39.92133699351021],
  ["wgs84", 116.481499, 39.990475, "gcj02", 116.487585177952, 39.991754014757],
  ["bd09", 116.404, 39.915, "gcj02", 116.39762729119315, 39.90865673957631],
];

test.each(published)("GE-1: %s %d, %d is %s %d, %d within a metre", (from, x, y, to, toX, toY) => {
  const place = placeOf({ x, y }, from);
  if (!place) throw new Error("no place");
  const got = pairOf(place, to);
  expect(metresBetween({ lng: got.x, lat: got.y }, { lng: toX, lat: toY })).toBeLessThan(1);
});

test("GE-1: web Mercator metres are those of EPSG:3857", () => {
  // Values of PROJ 9 for EPSG:4326 → EPSG:3857.
  expect(pairOf({ lng: 180, lat: 0 }, "mercator").x).toBeCloseTo(20_037_508.342_789_24, 3);
  expect(placeOf({ x: 11_779_344.5, y: 3_428_000 }, "mercator")?.lng).toBeCloseTo(
    (11_779_344.5 / 20_037_508.342_789_24) * 180,
    6,
  );
});

test("GE-1: every system leads back to the place within a metre, all over the country", () => {
  let worst = 0;
  for (let lng = 75; lng <= 134; lng += 1.7)
    for (let lat = 18.5; lat <= 53; lat += 1.3)
      for (const system of coordinateSystems) {
        const back = placeOf(pairOf({ lng, lat }, system), system);
        worst = Math.max(worst, back ? metresBetween({ lng, lat }, back) : Infinity);
      }
  expect(worst).toBeLessThan(1);
});

describe("GE-2: degrees as people write them", () => {
  const east = 106 + 12 / 60 + 30 / 3600;
  test.each([
    ["106.208333333", east, undefined],
    ["106,208333333", east, undefined],
    ["106°12′30″E", east, "x"],
    ["106°12'30\"E", east, "x"],
    ["106º12’30”", east, undefined],
    ["E106°12.5′", east, "x"],
    ["东经106度12分30秒", east, "x"],
    ["106度12分30秒", east, undefined],
    ["106 12 30", east, undefined],
    ["106-12-30", east, undefined],
    ["106:12:30", east, undefined],
    ["106.12.30", east, undefined],
    ["E 106 12 30", east, "x"],
    ["１０６°１２′３０″", east, undefined],
    ["N29 21 10", 29 + 21 / 60 + 10 / 3600, "y"],
    ["北纬29°21′10.5″", 29 + 21 / 60 + 10.5 / 3600, "y"],
    ["29° 21' 10\" N", 29 + 21 / 60 + 10 / 3600, "y"],
    ["33°51′S", -(33 + 51 / 60), "y"],
    ["-70.5", -70.5, undefined],
    ["11822345.67", 11_822_345.67, undefined],
  ])("%s", (text, value, axis) => {
    const read = readCoordinate(text);
    expect(read?.value).toBeCloseTo(value, 8);
    expect(read?.axis).toBe(axis);
  });
  test.each([
    "",
    "无",
    "106°72′30″",
    "106°12′75″",
    "300°00′00″",
    "1.2.3.4.5",
    "12:3O",
    "106°12′30″EE",
    "=1+1",
    "1e5",
    "NaN",
  ])("%s is none", (text) => expect(readCoordinate(text)).toBeUndefined());
  test.each([
    "106.2, 29.3",
    "29.3N 106.2E",
    "POINT(106.2 29.3)",
    "106.2 29.3",
    "（106.2，29.3）",
    "北纬29.3，东经106.2",
  ])("pair %s", (text) => expect(readPair(text)).toMatchObject({ x: { value: 106.2 }, y: { value: 29.3 } }));
});
