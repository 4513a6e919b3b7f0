/// <reference path="./shpjs.d.ts" />
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { combine, parseDbf, parseShp } from "shpjs";
import { entriesOf, unpack, type ZipEntry } from "../files/zip.ts";
import { type LooseFeature, sourceOf } from "./read-features.ts";
import { brokenBy, importLimits, type Source, Unreadable } from "./source.ts";

/** A Shapefile in a zip: .shp and .dbf, with .prj and .cpg where they came along. One layer at a time, by its name. */
export async function openShapes(path: string, bytes: number, wanted?: string): Promise<Source> {
  if (bytes > importLimits.zipBytes) throw new Unreadable("import.too_large");
  const entries = entriesOf(await readFile(path), importLimits.entries);
  if (!entries || entries === "too_many") throw new Unreadable("import.broken", { detail: "zip" });
  const named = entries.filter(({ name }) => !name.includes("__MACOSX"));
  const layers = named.flatMap(({ name }) => /^(.*)\.shp$/i.exec(name)?.[1] ?? []);
  const layer = layers.find((name) => name === wanted) ?? layers[0];
  if (layer === undefined) throw new Unreadable("import.unknown_format");
  const part = (ending: string): Buffer | undefined => {
    const entry = named.find(({ name }) => name.toLowerCase() === `${layer}.${ending}`.toLowerCase());
    return entry && open(entry);
  };
  try {
    const shp = part("shp") ?? Buffer.alloc(0);
    if (shp.length < 100 || shp.readUInt32BE(0) !== 9994) throw new Unreadable("import.broken", { detail: "shp" });
    const dbf = part("dbf");
    const prj = part("prj")?.toString("utf8");
    const encoding = dbf ? encodingOf(dbf, part("cpg")?.toString("latin1")) : "";
    const shapes = parseShp(viewOf(shp), prj);
    const rows = dbf ? parseDbf(viewOf(checkedDbf(dbf)), Buffer.from(encoding)) : [];
    const whole = combine([shapes, rows]) as { features: LooseFeature[] };
    // With a .prj the coordinates have been made degrees of WGS 84; a file without one says nothing.
    const source = sourceOf("shp", whole.features, prj ? "wgs84" : null, encoding);
    return { ...source, sheets: layers, sheet: layer };
  } catch (error) {
    throw brokenBy(error);
  }
}

function open(entry: ZipEntry): Buffer {
  if (entry.locked) throw new Unreadable("import.protected");
  const data = unpack(entry, importLimits.wholeBytes * 2);
  if (data === "too_large")
    throw new Unreadable("import.too_large_whole", { most: (importLimits.wholeBytes * 2) >> 20 });
  if (data === "broken") throw new Unreadable("import.broken", { detail: entry.name.slice(0, 60) });
  return data;
}

/** A header that promises more than the file holds would make the reader take the memory for it. */
function checkedDbf(dbf: Buffer): Buffer {
  if (dbf.length < 33) throw new Unreadable("import.broken", { detail: "dbf" });
  const [records, header, length] = [dbf.readUInt32LE(4), dbf.readUInt16LE(8), dbf.readUInt16LE(10)];
  if (length === 0 || header < 33 || header + records * length > dbf.length + length)
    throw new Unreadable("import.broken", { detail: "dbf" });
  return dbf;
}

/** Encoding of the words: what the .cpg says; without one, UTF-8 if it can be, else the GBK of Chinese systems. */
function encodingOf(dbf: Buffer, cpg: string | undefined): string {
  const said = cpg?.trim().toLowerCase() ?? "";
  if (/utf-?8|65001/.test(said)) return "utf-8";
  if (/gb|936|chinese/.test(said)) return "gb18030";
  return isUtf8(dbf.subarray(dbf.readUInt16LE(8))) ? "utf-8" : "gb18030";
}

const viewOf = (data: Buffer): DataView => new DataView(data.buffer, data.byteOffset, data.byteLength);
