import { expect, test } from "vitest";
import { markOf, readMarks } from "#renderer/features/map/overlay/overlay-marks.ts";
import type { Overlay, OverlayBody, OverlayMark } from "#shared/domain/overlay/overlay.ts";
import type { Position } from "#shared/lib/geo.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { at, opOf } from "./samples.ts";

const mark: OverlayMark = { label: "第一分队", meaning: "force", point: { lng: 105.87, lat: 29.44 }, shape: null };
const body = (version: number, more: Partial<OverlayBody> = {}): OverlayBody => ({
  id: "o1",
  name: "扇子湾扑救",
  note: "",
  version,
  author: "王值班",
  marks: [mark],
  picture: null,
  removed: false,
  ...more,
});
const save = (given: OverlayBody, present?: Overlay) => applyOp(opOf("overlay.save", given), present, "operator");

test("OV-1: each saving is the next version with its author and time; whoever drew on an older one overwrites nothing", () => {
  const first = save(body(1));
  expect(first).toMatchObject({
    ok: true,
    value: { state: { version: 1, author: "王值班", savedAt: at }, log: { text: { zh: "作战图“扇子湾扑救”第 1 版" } } },
  });
  if (!first.ok) throw new Error();
  const present = first.value.state as Overlay;
  expect(save(body(2, { marks: [mark, mark] }), present)).toMatchObject({ ok: true, value: { state: { version: 2 } } });
  for (const version of [1, 3])
    expect(save(body(version), present)).toMatchObject({ error: { id: "overlay.changed" } });
  expect(save(body(2))).toMatchObject({ error: { id: "overlay.changed" } });
});

test("OV-3: a picture between four corners that hold it, an op of before without one; corners that cross hold none", () => {
  const { picture: _none, ...before } = body(1);
  expect(save(before as OverlayBody)).toMatchObject({ ok: true, value: { state: { picture: null } } });
  const [west, east, north, south] = [105.87, 105.88, 29.44, 29.43];
  const [a, b, c, d] = [
    { lng: west, lat: north },
    { lng: east, lat: north },
    { lng: east, lat: south },
    { lng: west, lat: south },
  ];
  const laid = (corners: unknown) =>
    save(
      body(1, { picture: { hash: "a".repeat(64), width: 40, height: 30, corners, opacity: 70, takenOn: "" } as never }),
    );
  for (const held of [
    [a, b, c, d],
    [b, c, d, a],
    [d, c, b, a],
    [a, b, { lng: 105.889, lat: 29.421 }, d],
  ])
    expect(laid(held)).toMatchObject({ ok: true });
  for (const none of [
    [a, c, b, d],
    [a, a, c, d],
    [a, b, { lng: 105.8799, lat: 29.4399 }, d],
    [a, { lng: 107.5, lat: 29.44 }, c, d],
  ])
    expect(laid(none)).toMatchObject({ error: { id: "overlay.corners" } });
});

test("OV-2: one geometry for each mark, and no more corners than travel in one op; taken down, it says so", () => {
  expect(save(body(1, { marks: [{ ...mark, point: null }] }))).toMatchObject({ error: { id: "input.invalid" } });
  const line = (count: number): OverlayMark => ({
    ...mark,
    point: null,
    shape: { type: "LineString", coordinates: Array.from({ length: count }, (_, i): Position => [105 + i / 1e4, 29]) },
  });
  expect(save(body(1, { marks: [line(1000), line(1000)] }))).toMatchObject({ ok: true });
  expect(save(body(1, { marks: [line(1000), line(1001)] }))).toMatchObject({ error: { id: "overlay.large" } });
  expect(save(body(1, { removed: true }))).toMatchObject({
    ok: true,
    value: { log: { text: { zh: "撤下作战图“扇子湾扑救”" }, action: "remove" } },
  });
});

test("a GeoJSON file gives its points, lines and areas with their names; what it is not is said, never guessed", () => {
  const collection = {
    type: "FeatureCollection",
    features: [
      { properties: { name: "指挥部" }, geometry: { type: "Point", coordinates: [105.87, 29.44] } },
      {
        properties: null,
        geometry: {
          type: "MultiPolygon",
          coordinates: [
            [
              [
                [105, 29],
                [105.1, 29],
                [105.1, 29.1],
                [105, 29],
              ],
            ],
            [
              [
                [106, 29],
                [106.1, 29],
                [106.1, 29.1],
                [106, 29],
              ],
            ],
          ],
        },
      },
      { properties: {}, geometry: { type: "GeometryCollection", geometries: [] } },
      { properties: {}, geometry: { type: "Point", coordinates: [505, 29] } },
    ],
  };
  const read = readMarks(JSON.stringify(collection));
  expect(read?.marks.map(({ label, shape }) => [label, shape?.type ?? "Point"])).toEqual([
    ["指挥部", "Point"],
    ["", "Polygon"],
    ["", "Polygon"],
  ]);
  for (const text of ["", "{", "[]", '{"type":"FeatureCollection"}', "null", '"x"'])
    expect(readMarks(text), text).toBeUndefined();
  expect(markOf({ type: "LineString", coordinates: [[105, 29]] }, "", "danger")).toBeUndefined();
});
