import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExportFormat } from "#shared/contract.ts";
import { type CoordinateSystem, metresBetween } from "#shared/domain/asset/coordinates.ts";
import type { Geometry, Position } from "#shared/lib/geo.ts";
import { openTestDesk, type TestDesk } from "../desk.ts";
import { chooseAgain, exported, openFile, previewOf, until } from "./bring.ts";

let desk: TestDesk;
let other: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  other = await openTestDesk();
  await other.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  await other.close();
});

const [x, y] = [105.87, 29.42];
const ring = (west: number, south: number, side: number): Position[] => [
  [west, south],
  [west, south + side],
  [west + side, south + side],
  [west + side, south],
  [west, south],
];
const drawn: Record<string, { kind: string; geometry: Geometry }> = {
  北坡防火通道: {
    kind: "防火通道",
    geometry: {
      type: "LineString",
      coordinates: [
        [x, y],
        [x + 0.004, y + 0.002],
        [x + 0.006, y + 0.001],
      ],
    },
  },
  东侧隔离带: {
    kind: "防火隔离带",
    geometry: {
      type: "LineString",
      coordinates: [
        [x, y + 0.01],
        [x, y + 0.02],
      ],
    },
  },
  有天井的院落: {
    kind: "居民院落",
    geometry: { type: "Polygon", coordinates: [ring(x, y, 0.003), ring(x + 0.001, y + 0.001, 0.0005)] },
  },
  隔路的院落: {
    kind: "居民院落",
    geometry: { type: "MultiPolygon", coordinates: [[ring(x + 0.01, y, 0.001)], [ring(x + 0.012, y, 0.001)]] },
  },
};
const featureOf = (name: string, kind: string | undefined, geometry: unknown) => ({
  type: "Feature",
  properties: { 编号: `${name.length}-${name}`, 名称: name, ...(kind ? { 类别: kind } : {}), 备注: "现场核过" },
  geometry,
});
const fileOf = (features: unknown[]) => Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
const world = { west: 100, south: 25, east: 112, north: 33 };
const shapesOn = async (on: TestDesk) =>
  (await on.get("asset.shapes", { ...world, kinds: ["fire_road", "fire_break", "house"] })).shapes.filter(
    ({ name }) => drawn[name],
  );

async function taken(on: TestDesk, fileName: string, bytes: Buffer): Promise<string> {
  const opened = await chooseAgain(on, await openFile(on, fileName, bytes), { system: "wgs84" });
  await on.get("import.take", { importId: opened.importId });
  await until(on, "done");
  return opened.importId;
}

async function undone(on: TestDesk, importId: string): Promise<void> {
  await on.get("import.undo", { importId });
  while ((await on.get("import.list")).imports.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Every corner, in whatever order rings and parts stand. */
const cornersOf = ({ coordinates }: Geometry): Position[] =>
  (coordinates as unknown as number[]).flat(4).reduce<Position[]>((all, value, i, flat) => {
    if (i % 2 === 1) all.push([flat[i - 1] as number, value]);
    return all;
  }, []);

const meets = (a: readonly Position[], b: readonly Position[]): boolean =>
  a.every(([lng, lat]) => b.some(([east, north]) => metresBetween({ lng, lat }, { lng: east, lat: north }) < 1));

test("IM-1 IM-6: lines and areas come as their kinds, show at once on the map, and are undone whole", async () => {
  const before = (await desk.get("asset.shapes", world)).totals;
  const importId = await taken(
    desk,
    "图形.geojson",
    fileOf(Object.entries(drawn).map(([name, { kind, geometry }]) => featureOf(name, kind, geometry))),
  );
  const shown = await shapesOn(desk);
  expect(shown.map(({ name }) => name).sort()).toEqual(Object.keys(drawn).sort());
  for (const { name, geometry } of shown) expect(geometry).toEqual(drawn[name]?.geometry);
  const road = shown.find(({ kind }) => kind === "fire_road");
  expect(road?.fields, "the legend adds up what was measured").toEqual({ lengthKm: 0.67 });
  expect((await desk.get("import.list")).imports).toMatchObject([{ importId, rows: 4, taken: 4 }]);
  expect((await desk.get("asset.get", { id: road?.id ?? "" })).asset).toMatchObject({ kind: "fire_road" });
  const again = previewOf(
    await chooseAgain(
      desk,
      await openFile(
        desk,
        "again.geojson",
        fileOf([featureOf("北坡防火通道", "防火通道", drawn["北坡防火通道"]?.geometry)]),
      ),
      { system: "wgs84" },
    ),
  );
  expect(again.good, "what stands already does not come twice").toBe(0);
  await undone(desk, importId);
  expect(await shapesOn(desk)).toEqual([]);
  expect((await desk.get("asset.shapes", world)).totals).toEqual(before);
});

test("IM-2: a line or an area without a kind of its shape, or one that cannot be, is left out with its reason", async () => {
  const line = drawn["东侧隔离带"]?.geometry;
  const features = [
    featureOf("线当点", "消火栓", line),
    featureOf("面当线", "防火通道", drawn["隔路的院落"]?.geometry),
    featureOf("点当线", "防火通道", { type: "Point", coordinates: [x, y] }),
    featureOf("没有类别", undefined, line),
    featureOf("不认识", "神秘线", line),
    featureOf("一个折点", "防火通道", {
      type: "LineString",
      coordinates: [
        [x, y],
        [x, y],
      ],
    }),
    featureOf("不成面", "居民院落", {
      type: "Polygon",
      coordinates: [
        [
          [x, y],
          [x + 0.001, y],
          [x, y],
        ],
      ],
    }),
    featureOf("没有面积", "居民院落", {
      type: "Polygon",
      coordinates: [
        [
          [x, y],
          [x + 0.001, y],
          [x + 0.002, y],
          [x, y],
        ],
      ],
    }),
    featureOf("不是数", "防火通道", {
      type: "LineString",
      coordinates: [
        [x, "29"],
        [x, null],
      ],
    }),
    featureOf("出了地球", "防火通道", {
      type: "LineString",
      coordinates: [
        [x, y],
        [x, 129],
      ],
    }),
    featureOf("几个点", "消火栓", {
      type: "MultiPoint",
      coordinates: [
        [x, y],
        [x, y + 0.001],
      ],
    }),
    featureOf("区外", "防火通道", {
      type: "LineString",
      coordinates: [
        [116.4, 39.9],
        [116.5, 39.9],
      ],
    }),
    featureOf("两段", "防火通道", {
      type: "MultiLineString",
      coordinates: [
        [
          [x, y],
          [x, y + 0.001],
        ],
        [
          [x, y + 0.003],
          [x, y + 0.004],
        ],
      ],
    }),
    featureOf("接上的", "防火通道", {
      type: "MultiLineString",
      coordinates: [
        [
          [x, y],
          [x + 0.001, y],
        ],
        [
          [x + 0.001, y],
          [x + 0.002, y],
        ],
      ],
    }),
  ];
  const opened = await chooseAgain(desk, await openFile(desk, "坏.geojson", fileOf(features)), { system: "wgs84" });
  const preview = previewOf(opened);
  expect(Object.fromEntries(preview.problems.map(({ problem, rows }) => [problem, rows]))).toEqual({
    wrong_shape: [1, 2, 3],
    unknown_kind: [4, 5],
    bad_shape: [6, 7, 8, 9],
    bad_place: [10],
    not_one: [11],
    outside: [12],
  });
  expect(preview.first.filter(({ problem }) => problem === null).map(({ name }) => name)).toEqual([
    "两段（1）",
    "两段（2）",
    "接上的",
  ]);
  const line2 = previewOf(await chooseAgain(desk, opened, { kind: "fire_break" }));
  expect(line2.first[3], "the officer names the kind of lines that name none").toMatchObject({
    kind: "fire_break",
    problem: null,
  });
});

test("IM-7: more lines than one transaction may bring are refused; a track of too many corners is drawn with fewer, nowhere two metres off", async () => {
  const line = {
    type: "LineString",
    coordinates: [
      [x, y],
      [x, y + 0.001],
    ],
  };
  const many = await openFile(
    desk,
    "多.geojson",
    fileOf(Array.from({ length: 5_001 }, () => ({ type: "Feature", geometry: line }))),
  );
  expect(many.error).toMatchObject({ id: "import.too_many_shapes", params: { most: 5_000 } });
  const track = Array.from({ length: 9_000 }, (_, i) => [x + i * 2e-6, y + Math.sin(i / 300) * 0.001]);
  const importId = await taken(
    desk,
    "轨迹.geojson",
    fileOf([featureOf("北坡防火通道", "防火通道", { type: "LineString", coordinates: track })]),
  );
  const [walked] = await shapesOn(desk);
  const kept = cornersOf(walked?.geometry as Geometry);
  expect(kept.length).toBeLessThanOrEqual(2_000);
  const worst = Math.max(
    ...track.map(([lng = 0, lat = 0]) => {
      const next = kept.findIndex(([east]) => east >= lng);
      const [a = [0, 0], b = [0, 0]] = [kept[Math.max(0, next - 1)], kept[Math.max(next, 1)]];
      const share = b[0] === a[0] ? 0 : (lng - a[0]) / (b[0] - a[0]);
      return Math.abs(lat - (a[1] + share * (b[1] - a[1]))) * 111_195;
    }),
  );
  expect(worst).toBeLessThan(2);
  await undone(desk, importId);
});

const ways = [
  { format: "geojson", system: "gcj02" },
  { format: "kml", system: "bd09" },
  { format: "gpx", system: "wgs84" },
  { format: "shp", system: "wgs84" },
  { format: "shp", system: "gcj02" },
] satisfies { format: ExportFormat; system: CoordinateSystem }[];

test("IM-9: lines and areas come back through an import within a metre, in every format that holds them", async () => {
  const importId = await taken(
    desk,
    "图形.geojson",
    fileOf(Object.entries(drawn).map(([name, { kind, geometry }]) => featureOf(name, kind, geometry))),
  );
  const ids = (await shapesOn(desk)).map(({ id }) => id);
  for (const { format, system } of ways) {
    const { bytes, fileName } = await exported(desk, { format, system, ids });
    let opened = await openFile(other, fileName, bytes);
    const { sheets, columns } = previewOf(opened);
    const at = (name: string) => columns.findIndex((column) => column.name === name);
    const named = format === "gpx" ? { columns: { name: at("name"), kind: at("type"), remark: at("cmt") } } : {};
    const seen = new Map<string, Position[]>();
    for (const sheet of sheets.length > 0 ? sheets : [""]) {
      opened = await chooseAgain(other, opened, { system, sheet, ...named });
      const { good, rows, first, outlines, problems } = previewOf(opened);
      expect(good, JSON.stringify(problems)).toBe(rows);
      for (const [i, { name }] of first.entries()) seen.set(name, outlines[i]?.lines.flat() ?? []);
    }
    const expected = Object.entries(drawn).filter(
      ([, { geometry }]) => format !== "gpx" || geometry.type === "LineString",
    );
    expect([...seen.keys()].sort(), format).toEqual(expected.map(([name]) => name).sort());
    for (const [name, { geometry }] of expected) {
      const back = seen.get(name) ?? [];
      expect(meets(back, cornersOf(geometry)) && meets(cornersOf(geometry), back), `${format} ${name}`).toBe(true);
    }
    await other.get("import.leave", { importId: opened.importId });
  }
  await undone(desk, importId);
});
