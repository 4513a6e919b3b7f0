import { describe, expect, test } from "vitest";
import { areasOf, labelsOf, middleOf } from "#renderer/features/map/labels.ts";
import { allShown, filterOf, layerRows, toggled } from "#renderer/features/map/layers.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";

const kind = (code: string, geometry: AssetKind["geometry"] = "point"): AssetKind => ({
  code,
  name: { zh: code, en: code },
  geometry,
  icon: "",
  group: "device",
  fields: [],
});
const kinds = [kind("camera"), kind("voice_pole"), kind("water_tank"), kind("fire_road", "line"), kind("pond")];
const byKind = { voice_pole: 73, water_tank: 58, camera: 1657, fire_road: 22, pond: 0 };

describe("layers", () => {
  test("are the kinds of point that exist here, most numerous first", () => {
    expect(layerRows(kinds, byKind, allShown).map((row) => [row.kind.code, row.count])).toEqual([
      ["camera", 1657],
      ["voice_pole", 73],
      ["water_tank", 58],
    ]);
  });

  test("a kind that no table names is still shown", () => {
    expect(layerRows([], { drone: 2 }, allShown)[0]).toMatchObject({ kind: { code: "drone" }, count: 2, on: true });
  });

  test("nothing is filtered while all is shown", () => {
    expect(filterOf(layerRows(kinds, byKind, allShown), allShown)).toEqual({ nothing: false });
  });

  test("a hidden kind and a hidden status are left out of the question", () => {
    const shown = { ...allShown, hiddenKinds: ["camera"], statuses: ["fault"] as const };
    expect(filterOf(layerRows(kinds, byKind, shown), shown)).toEqual({
      kinds: ["voice_pole", "water_tank"],
      statuses: ["fault"],
      nothing: false,
    });
  });

  test("with every kind or every status off, nothing is asked at all", () => {
    const noKind = { ...allShown, hiddenKinds: ["camera", "voice_pole", "water_tank"] };
    expect(filterOf(layerRows(kinds, byKind, noKind), noKind).nothing).toBe(true);
    expect(filterOf(layerRows(kinds, byKind, allShown), { ...allShown, statuses: [] }).nothing).toBe(true);
  });

  test("a toggle takes out and puts in", () => {
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
    expect(toggled(["b"], "a")).toEqual(["b", "a"]);
  });
});

describe("names of areas", () => {
  const square = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [4, 0],
        [4, 2],
        [0, 2],
        [0, 0],
      ],
    ],
  };
  const areas = {
    type: "FeatureCollection",
    features: [
      { properties: { level: "community", name: "粽粑社区" }, geometry: square },
      { properties: { level: "grid", name: "第一网格" }, geometry: square },
    ],
  };

  test("stand in the middle of their area", () => {
    const middle = middleOf(square);
    expect(middle?.lng).toBeCloseTo(2);
    expect(middle?.lat).toBeCloseTo(1);
  });

  test("stand in the largest part of an area of several parts", () => {
    const far = [
      [
        [10, 10],
        [11, 10],
        [11, 11],
        [10, 10],
      ],
    ];
    const middle = middleOf({ type: "MultiPolygon", coordinates: [far, square.coordinates] });
    expect(middle?.lng).toBeCloseTo(2);
  });

  test("follow the layers that are shown", () => {
    expect(labelsOf(areas, { communities: true, grids: false }).map((label) => label.text)).toEqual(["粽粑社区"]);
    expect(labelsOf(areas, { communities: false, grids: true }).map((label) => label.text)).toEqual(["第一网格"]);
    expect(areasOf(areas, "grid").features).toHaveLength(1);
    expect(labelsOf(null, { communities: true, grids: true })).toEqual([]);
  });
});
