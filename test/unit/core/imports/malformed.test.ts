import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import excel from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMbtiles } from "#core/basemaps/mbtiles.ts";
import { BadPackage } from "#core/basemaps/package.ts";
import { openPmtiles } from "#core/basemaps/pmtiles.ts";
import { readTile } from "#core/basemaps/tile-bytes.ts";
import { Shapes } from "#core/exports/shapes.ts";
import { packZip } from "#core/files/zip.ts";
import { OpenImport } from "#core/imports/look.ts";
import { Unreadable } from "#core/imports/source.ts";
import { importChoicesSchema } from "#shared/contract.ts";
import { errorKinds } from "#shared/errors.ts";
import { drawer, seed } from "#test/seed.ts";
import { makeMbtiles, makePmtiles, pngTile } from "../basemaps/make-package.ts";
import { csvOf, thingsNearby } from "./bring.ts";

/**
 * 360 broken files, made from good ones by cutting, flipping, repeating and swapping bytes, always the same for a seed. Each is either
 * refused with an error that has its sentence, or read as what is left of it; never a throw of another kind, never
 * more memory than the file is worth, never an end that does not come.
 */
const things = thingsNearby(40);
const folder = mkdtempSync(join(tmpdir(), "zhishou-broken-"));
afterAll(() => rmSync(folder, { recursive: true }));

const features = things.map(({ name, lng, lat, kind }) => ({
  type: "Feature",
  properties: { 名称: name, 类别: kind },
  geometry: { type: "Point", coordinates: [lng, lat] },
}));
const good = new Map<string, Buffer>();
beforeAll(async () => {
  const book = new excel.Workbook();
  const sheet = book.addWorksheet("资源");
  for (const line of csvOf(things).split("\r\n")) sheet.addRow(line.split(","));
  good.set("xlsx", Buffer.from(await book.xlsx.writeBuffer()));
  good.set("csv", Buffer.from(csvOf(things)));
  good.set("csv in UTF-16", Buffer.from(`\ufeff${csvOf(things)}`, "utf16le"));
  good.set("geojson", Buffer.from(JSON.stringify({ type: "FeatureCollection", features })));
  const placemarks = things.map(
    ({ name, lng, lat }) =>
      `<Placemark><name>${name}</name><Point><coordinates>${lng},${lat}</coordinates></Point></Placemark>`,
  );
  const kml = Buffer.from(
    `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${placemarks.join("")}</Document></kml>`,
  );
  good.set("kml", kml);
  good.set("kmz", packZip([{ name: "doc.kml", data: kml }]));
  const shapes = new Shapes();
  for (const { name, lng, lat, code } of things)
    shapes.add({ code, kind: "消火栓", name, status: "正常", x: lng, y: lat, system: "", grid: "", remark: "" });
  good.set("shapefile", packZip(shapes.files("a", true)));
  const square = (lng: number, lat: number): [number, number][] => [
    [lng, lat],
    [lng, lat + 0.001],
    [lng + 0.001, lat],
    [lng, lat],
  ];
  const areas = new Shapes("area");
  for (const { name, lng, lat, code } of things) {
    const geometry = { type: "Polygon", coordinates: [square(lng, lat)] } as const;
    areas.add({ code, kind: "网格", name, status: "正常", x: lng, y: lat, system: "", grid: "", remark: "", geometry });
  }
  good.set("shapefile of areas", packZip(areas.files("a", true)));
  const lines = features.map(({ properties, geometry: { coordinates } }, i) => ({
    type: "Feature",
    properties,
    geometry:
      i % 2
        ? { type: "Polygon", coordinates: [square(coordinates[0] ?? 0, coordinates[1] ?? 0)] }
        : { type: "LineString", coordinates: square(coordinates[0] ?? 0, coordinates[1] ?? 0) },
  }));
  good.set("geojson of lines and areas", Buffer.from(JSON.stringify({ type: "FeatureCollection", features: lines })));
  good.set("mbtiles", makeMbtiles({ zooms: [11, 12] }));
  good.set("pmtiles", makePmtiles({ zooms: [10, 11] }));
  good.set("picture", pngTile(1, 2, 3, 64));
});

function broken(random: () => number, bytes: Buffer): Buffer {
  const at = () => Math.floor(random() * bytes.length);
  const copy = Buffer.from(bytes);
  switch (Math.floor(random() * 6)) {
    case 0:
      return copy.subarray(0, at());
    case 1:
      for (let i = 0; i < 1 + random() * 30; i++) copy[at()] = Math.floor(random() * 256);
      return copy;
    case 2: {
      // Lengths and counts live at the head: the largest numbers go there.
      const head = Math.min(copy.length, 200);
      for (let i = 0; i < 6; i++) copy[Math.floor(random() * head)] = 0xff;
      return copy;
    }
    case 3: {
      const from = at();
      return Buffer.concat([copy.subarray(0, from), copy.subarray(Math.floor(from / 2), from), copy.subarray(from)]);
    }
    case 4: {
      // The directory of an archive stands at its end.
      for (let i = 0; i < 12; i++)
        copy[Math.max(0, copy.length - 1 - Math.floor(random() * 120))] = Math.floor(random() * 256);
      return copy;
    }
    default:
      return Buffer.concat([
        copy.subarray(0, at()),
        Buffer.alloc(Math.floor(random() * 400), Math.floor(random() * 256)),
        copy.subarray(at()),
      ]);
  }
}

async function tryImport(path: string): Promise<string> {
  const open = await OpenImport.open({
    path,
    aside: `${path}.rows`,
    left: `${path}.left`,
    choices: importChoicesSchema.parse({}),
    kinds: [],
    ground: { district: [], street: [], areas: [], points: [], lines: [] },
    standing: [],
  });
  const look = await open.look(
    () => {},
    () => {},
    async () => {},
  );
  return `read ${look.rows}`;
}

async function tryFile(kind: string, bytes: Buffer, path: string): Promise<string> {
  if (kind === "picture") return readTile(bytes) ? "read" : "broken";
  writeFileSync(path, bytes);
  try {
    if (kind === "mbtiles" || kind === "pmtiles") {
      const opened = kind === "mbtiles" ? openMbtiles(path) : await openPmtiles(path);
      const tile = await opened.tile(11, 1626, 845);
      opened.close();
      return typeof tile === "string" ? tile : "read";
    }
    return await tryImport(path);
  } catch (error) {
    if (error instanceof Unreadable || error instanceof BadPackage) {
      expect(Object.keys(errorKinds)).toContain(error.failure.id);
      return error.failure.id;
    }
    throw error;
  }
}

test("IM-7 BM-1 BM-2: 360 broken files are refused by name or read as what is left of them; good ones are read whole", async () => {
  const random = drawer(seed);
  const outcomes: Record<string, Record<string, number>> = {};
  const wild: string[] = [];
  const before = process.memoryUsage().rss;
  let most = 0;
  for (const [kind, bytes] of good) {
    expect(await tryFile(kind, bytes, join(folder, "good")), kind).toMatch(
      kind === "picture" || kind.endsWith("tiles") ? /^read$/ : /^read 40$/,
    );
    for (let i = 0; i < 30; i++) {
      const path = join(folder, `${kind.replace(/\W/g, "-")}-${i}`);
      const outcome = await tryFile(kind, broken(random, bytes), path).catch((error: unknown) => {
        wild.push(`${kind} ${i}: ${error instanceof Error ? (error.stack ?? "").slice(0, 300) : String(error)}`);
        return "wild";
      });
      const of = outcomes[kind] ?? {};
      outcomes[kind] = of;
      const name = outcome.replace(/ \d+$/, "");
      of[name] = (of[name] ?? 0) + 1;
      most = Math.max(most, process.memoryUsage().rss - before);
    }
  }
  expect(wild).toEqual([]);
  const refused = Object.values(outcomes)
    .flatMap((of) => Object.entries(of))
    .reduce((sum, [name, count]) => sum + (name.startsWith("read") ? 0 : count), 0);
  expect(refused, JSON.stringify(outcomes)).toBeGreaterThan(120);
  expect(most / 2 ** 20, "MiB more than before").toBeLessThan(500);
}, 120_000);

test("IM-7: bombs: an archive that unfolds without end, entities, depth, a million columns, one endless cell", async () => {
  const zeros = Buffer.alloc(64 << 20);
  const refusals = new Map<string, Buffer>([
    [
      "a kml of zeros in a kmz",
      packZip([{ name: "doc.kml", data: Buffer.concat([zeros, zeros, Buffer.alloc(1 << 20)]) }]),
    ],
    [
      "entities",
      Buffer.from(
        `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><kml>&b;</kml>`,
      ),
    ],
    ["deep json", Buffer.from(`${"[".repeat(200_000)}${"]".repeat(200_000)}`)],
    ["columns", Buffer.from(`a,b\n${"1,".repeat(5_000)}\n`)],
    ["one cell", Buffer.from(`a,b\n"${"x".repeat(3 << 20)}`)],
    ["html", Buffer.from("<!doctype html><table><tr><td>1</td></tr></table>")],
    ["old excel", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)])],
    ["a shp alone", Buffer.concat([Buffer.from([0, 0, 0x27, 0x0a]), Buffer.alloc(96)])],
    ["nothing", Buffer.alloc(0)],
  ]);
  for (const [name, bytes] of refusals)
    expect(await tryFile("import", bytes, join(folder, "bomb")), name).toMatch(/^import\./);
});
