import { type DeskError, deskError } from "#shared/errors.ts";
import { columnOf } from "#shared/lib/cell-name.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { entriesOf, unpack } from "../files/zip.ts";

/** [D] Bounds of an import: what a month or a year of a street needs many times over, and no more. */
export const sheetLimits = {
  fileBytes: 8 << 20,
  unpackedBytes: 32 << 20,
  entries: 500,
  rows: 2000,
  merged: 200_000,
  written: 100_000,
};

const legacyMagic = Buffer.from("d0cf11e0a1b11ae1", "hex");
const utf16 = (text: string) => Buffer.from(text, "utf16le");

const tooLarge = () => deskError("sheet.too_large", { most: sheetLimits.unpackedBytes >> 20 });
const tooManyCells = (cells: number, most: number) => deskError("sheet.too_many_cells", { cells, most });
const broken = (detail: string) => deskError("sheet.broken", { detail });

/** What kind of file the bytes are, by what they hold and not by their name. */
export function kindOfFile(bytes: Buffer): "zip" | "protected" | "old_format" | "text" {
  if (bytes.subarray(0, 2).toString("latin1") === "PK") return "zip";
  if (bytes.subarray(0, 8).equals(legacyMagic))
    return bytes.includes(utf16("EncryptedPackage")) ? "protected" : "old_format";
  return "text";
}

/**
 * Looks through the workbook before a parser sees it: real unpacked sizes (not the declared ones), rows that hold
 * something, cells that merges would make. A file that is small and unfolds without end is stopped here.
 */
export function checkWorkbook(bytes: Buffer): Result<{ rows: number }, DeskError> {
  const entries = entriesOf(bytes, sheetLimits.entries);
  if (entries === "too_many") return fail(tooLarge());
  if (!entries) return fail(broken("zip"));
  let left = sheetLimits.unpackedBytes;
  let most = 0;
  let cells = 0;
  let hasWorkbook = false;
  for (const entry of entries) {
    const { name } = entry;
    if (entry.locked) return fail(deskError("sheet.protected"));
    const data = unpack(entry, left);
    if (data === "too_large") return fail(tooLarge());
    if (data === "broken") return fail(broken(name.slice(0, 80)));
    left -= data.length;
    if (name === "xl/workbook.xml") hasWorkbook = true;
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) {
      const seen = lookInto(data.toString("utf8"));
      cells += seen.cells;
      if (seen.merged > sheetLimits.merged) return fail(tooManyCells(seen.merged, sheetLimits.merged));
      if (cells > sheetLimits.written) return fail(tooManyCells(cells, sheetLimits.written));
      most = Math.max(most, seen.rows);
    }
  }
  if (!hasWorkbook) return fail(broken("workbook"));
  if (most > sheetLimits.rows) return fail(deskError("sheet.too_many_rows", { rows: most, most: sheetLimits.rows }));
  return ok({ rows: most });
}

function lookInto(xml: string): { rows: number; cells: number; merged: number } {
  let rows = 0;
  let cells = 0;
  // Rows and cells that hold only a format cost the parser as much as full ones.
  for (let at = xml.search(/<(row|c)[ />]/); at >= 0; at = xml.indexOf("<", at + 1)) {
    if (xml.startsWith("<c ", at) || xml.startsWith("<row", at)) cells++;
  }
  for (let at = xml.indexOf("<row"); at >= 0; ) {
    const next = xml.indexOf("<row", at + 4);
    const part = next < 0 ? xml.slice(at) : xml.slice(at, next);
    if (part.includes("<v>") || part.includes("<is>") || part.includes("<t>")) rows++;
    at = next;
  }
  let merged = 0;
  for (const [, fromCol = "", fromRow, toCol = "", toRow] of xml.matchAll(
    /<mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g,
  ))
    merged += (Number(toRow) - Number(fromRow) + 1) * (columnOf(toCol) - columnOf(fromCol) + 1);
  return { rows, cells, merged };
}
