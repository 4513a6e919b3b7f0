import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entriesOf, unpack } from "#core/files/zip.ts";
import { type ExportFormat, exportFormats, type InputOf } from "#shared/contract.ts";
import { metresBetween } from "#shared/domain/asset/coordinates.ts";
import { openTestDesk, type TestDesk } from "./desk.ts";
import { chooseAgain, exported, openFile, previewOf, until } from "./imports/bring.ts";

let desk: TestDesk;
let other: TestDesk;
const names = ["=HYPERLINK(1)", "+86 消火栓", "-5 号", "@甲,“乙”", "<b>丙&丁</b>", '一"二"三', "普通名字"];
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  const text = [
    "编号,类别,名称,经度,纬度,状态,备注",
    ...names.map(
      (name, i) =>
        `T-${i},燃气探测器,"${name.replaceAll('"', '""')}",${105.87 + i * 0.001},29.42,${i === 3 ? "故障" : "正常"},"=1+1"`,
    ),
  ].join("\n");
  const opened = await chooseAgain(desk, await openFile(desk, "t.csv", Buffer.from(text)), { system: "wgs84" });
  expect(previewOf(opened).good).toBe(names.length);
  await desk.get("import.take", { importId: opened.importId });
  await until(desk, "done");
  other = await openTestDesk();
  await other.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  await other.close();
});

const made = (asked: InputOf<"export.begin">) => exported(desk, asked);

test.each(
  exportFormats.flatMap((format) => [
    { format, system: "wgs84" as const },
    { format, system: "gcj02" as const },
  ]),
)("IM-9: $format in $system comes back through an import as it was", async ({ format, system }) => {
  const { fileName, bytes } = await made({ format, system, kinds: ["gas_sensor"] });
  expect(fileName).toMatch(/^茶山竹海街道资源_2026-11-21\./);
  const opened = await openFile(other, fileName, bytes);
  const columns = { gpx: { name: "name", kind: "type", remark: "cmt" } as Record<string, string> }[format as string];
  const at = (name: string) => previewOf(opened).columns.findIndex((column) => column.name === name);
  const chosen = await chooseAgain(other, opened, {
    system,
    ...(columns
      ? { columns: Object.fromEntries(Object.entries(columns).map(([field, name]) => [field, at(name)])) }
      : {}),
  });
  const preview = previewOf(chosen);
  expect(preview).toMatchObject({ rows: names.length, good: names.length });
  for (const [i, row] of preview.first.entries()) {
    expect(row).toMatchObject({
      kind: "gas_sensor",
      name: names[i],
      ...(format === "gpx" ? {} : { code: `T-${i}`, status: i === 3 ? "fault" : "ok" }),
    });
    expect(
      metresBetween({ lng: row.lng ?? 0, lat: row.lat ?? 0 }, { lng: 105.87 + i * 0.001, lat: 29.42 }),
    ).toBeLessThan(1);
  }
  await other.get("import.leave", { importId: chosen.importId });
});

test("IM-9: no cell of a CSV begins as a formula", async () => {
  const { bytes } = await made({ format: "csv", kinds: ["gas_sensor"] });
  const cells = bytes
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trim()
    .split("\r\n")
    .flatMap((line) => line.split(","));
  expect(cells.filter((cell) => /^"?[=+@]/.test(cell) || /^"?-(?!\d)/.test(cell))).toEqual([]);
  expect(bytes.toString("utf8")).toContain("'=HYPERLINK(1)");
});

test("IM-9: another program reads the files: Python's csv, json, xml and zip, and the Shapefile byte by byte", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-export-"));
  const paths: string[] = [];
  for (const format of ["csv", "geojson", "kml", "gpx", "xlsx"] satisfies ExportFormat[]) {
    const path = join(folder, `a.${format}`);
    writeFileSync(path, (await made({ format, kinds: ["gas_sensor"] })).bytes);
    paths.push(path);
  }
  const script = `
import csv, json, sys, zipfile, xml.dom.minidom as x
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
features = json.load(open(sys.argv[2]))["features"]
kml = x.parse(sys.argv[3]).getElementsByTagName("Placemark")
gpx = x.parse(sys.argv[4]).getElementsByTagName("wpt")
sheet = x.parseString(zipfile.ZipFile(sys.argv[5]).read("xl/worksheets/sheet1.xml"))
print(json.dumps([len(rows) - 1, len(features), len(kml), len(gpx), len(sheet.getElementsByTagName("row")) - 1, len(sheet.getElementsByTagName("f")), features[4]["properties"]["名称"], kml[4].getElementsByTagName("name")[0].firstChild.data]))
`;
  const read = JSON.parse(execFileSync("python3", ["-c", script, ...paths], { encoding: "utf8" }));
  expect(read).toEqual([7, 7, 7, 7, 7, 0, "<b>丙&丁</b>", "<b>丙&丁</b>"]);
  rmSync(folder, { recursive: true });
  const zip = entriesOf((await made({ format: "shp", kinds: ["gas_sensor"] })).bytes, 10);
  if (!Array.isArray(zip)) throw new Error("no zip");
  const part = (ending: string) => {
    const entry = zip.find(({ name }) => name.endsWith(ending));
    const data = entry && unpack(entry, 1e6);
    if (!Buffer.isBuffer(data)) throw new Error(ending);
    return data;
  };
  const [shp, dbf] = [part(".shp"), part(".dbf")];
  expect(shp.readInt32BE(24) * 2).toBe(shp.length);
  expect(shp.readDoubleLE(100 + 28 * 2 + 12)).toBeCloseTo(105.872, 7);
  expect(dbf.readUInt16LE(8) + dbf.readUInt16LE(10) * 7 + 1).toBe(dbf.length);
  expect(part(".prj").toString()).toContain("WGS_1984");
});

test("IM-9: what is shown or chosen is exported, and nothing else; nothing is said to be nothing", async () => {
  const count = async (asked: Partial<InputOf<"export.begin">>) =>
    (await made({ format: "csv", ...asked })).bytes.toString("utf8").trim().split("\r\n").length - 1;
  expect(await count({ ids: ["T-1", "T-2"] })).toBe(2);
  expect(await count({ kinds: ["gas_sensor"], statuses: ["fault"] })).toBe(1);
  expect(
    await count({ kinds: ["gas_sensor"], bounds: { west: 105.8695, east: 105.8715, south: 29.4, north: 29.5 } }),
  ).toBe(2);
  expect(await desk.refusal("export.begin", { format: "csv", ids: ["no-such"] })).toBe("export.nothing");
});
