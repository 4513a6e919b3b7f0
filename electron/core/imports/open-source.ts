import { readFile, stat } from "node:fs/promises";
import { entriesOf } from "../files/zip.ts";
import { headOf, openTable } from "./read-text.ts";
import { importLimits, type Source, Unreadable } from "./source.ts";

/** Loaded when a file asks for them: they are large, and most files are plain tables. */
const features = () => import("./read-features.ts");
const workbooks = () => import("./read-workbook.ts");
const shapes = () => import("./read-shapes.ts");

const oldExcel = Buffer.from("d0cf11e0a1b11ae1", "hex");

/** Opens a file by what it holds, not by its name. Errors end the reading as `Unreadable`. */
export async function openSource(path: string, sheet?: string): Promise<Source> {
  const { size } = await stat(path);
  if (size === 0) throw new Unreadable("import.empty");
  if (size > importLimits.tableBytes) throw new Unreadable("import.too_large");
  const head = await headOf(path, 4096);
  if (head.subarray(0, 2).toString("latin1") === "PK") return openArchive(path, size, sheet);
  if (head.subarray(0, 8).equals(oldExcel)) throw new Unreadable("import.old_format");
  if (head.subarray(0, 4).equals(Buffer.from([0, 0, 0x27, 0x0a]))) throw new Unreadable("import.shape_alone");
  const text = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (text.startsWith("{") || text.startsWith("[")) return (await features()).openGeoJson(path, size);
  const wide = head.toString(head[0] === 0xff ? "utf16le" : "latin1");
  if (/<kml[\s>]/i.test(wide)) return (await features()).openXml(path, size, "kml");
  if (/<gpx[\s>]/i.test(wide)) return (await features()).openXml(path, size, "gpx");
  return openTable(path, size);
}

async function openArchive(path: string, size: number, sheet?: string): Promise<Source> {
  if (size > importLimits.zipBytes) throw new Unreadable("import.too_large");
  const entries = entriesOf(await readFile(path), importLimits.entries);
  if (!entries || entries === "too_many") throw new Unreadable("import.broken", { detail: "zip" });
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name));
  if (has(/^xl\/workbook\.xml$/)) return (await workbooks()).openWorkbook(path, size, sheet);
  if (has(/\.shp$/i)) return (await shapes()).openShapes(path, size, sheet);
  if (has(/\.kml$/i)) return (await features()).openKmz(path, size);
  throw new Unreadable("import.unknown_format");
}
