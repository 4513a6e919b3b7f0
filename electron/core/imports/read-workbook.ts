import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { CellValue } from "exceljs";
import { entriesOf, unpack } from "../files/zip.ts";
import { findHeadings } from "./headings.ts";
import { brokenBy, cut, importLimits, inPortions, type RawRow, type Source, Unreadable } from "./source.ts";

/** Text of a small part of a workbook; the large ones are streamed. */
const partMost = 4 << 20;

/** A workbook, read row by row: a sheet of a million rows never stands in memory as a whole. */
export async function openWorkbook(path: string, bytes: number, wanted?: string): Promise<Source> {
  const sheets = await sheetsOf(path, bytes);
  const sheet = sheets.find((name) => name === wanted) ?? sheets[0] ?? "";
  const { default: excel } = await import("exceljs");
  const input = createReadStream(path);
  const reader = new excel.stream.xlsx.WorkbookReader(input, {
    entries: "emit",
    sharedStrings: "cache",
    hyperlinks: "ignore",
    styles: "ignore",
    worksheets: "emit",
  });
  async function* lines(): AsyncGenerator<RawRow> {
    let cells = 0;
    try {
      for await (const one of reader) {
        if ((one as unknown as { name: string }).name !== sheet && sheets.length > 1) continue;
        for await (const row of one) {
          const values = row.values as CellValue[];
          if (row.number > importLimits.rows) throw new Unreadable("import.too_many_rows", { most: importLimits.rows });
          if (values.length > importLimits.columns + 1)
            throw new Unreadable("import.too_many_columns", { most: importLimits.columns });
          cells += values.length;
          if (cells > importLimits.rows * 20) throw new Unreadable("import.too_large");
          const texts = Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => textOf(values[i + 1]));
          if (texts.some((text) => text !== "")) yield { row: row.number, cells: texts };
        }
        return;
      }
    } catch (error) {
      throw brokenBy(error);
    } finally {
      input.destroy();
    }
  }
  const { columns, rows } = await findHeadings(inPortions(lines()));
  return {
    format: "xlsx",
    encoding: "",
    sheets,
    sheet,
    columns,
    system: null,
    progress: () => Math.min(1, input.bytesRead / bytes),
    rows,
  };
}

function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return cut(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  if ("richText" in value) return cut(value.richText.map(({ text }) => text).join(""));
  if ("result" in value) return textOf(value.result as CellValue);
  if ("hyperlink" in value) return textOf(value.text as CellValue);
  return "";
}

/** Names of the sheets in their order; looks at the directory alone, so that nothing large is unpacked for it. */
async function sheetsOf(path: string, bytes: number): Promise<string[]> {
  if (bytes > importLimits.zipBytes) throw new Unreadable("import.too_large");
  const entries = entriesOf(await readFile(path), importLimits.entries);
  if (entries === "too_many") throw new Unreadable("import.too_large");
  if (!entries) throw new Unreadable("import.broken", { detail: "zip" });
  if (entries.some(({ locked }) => locked)) throw new Unreadable("import.protected");
  if (entries.reduce((sum, { packed }) => sum + packed.length, 0) > bytes)
    throw new Unreadable("import.broken", { detail: "zip" });
  const text = (name: string): string => {
    const entry = entries.find((one) => one.name === name);
    const data = entry ? unpack(entry, partMost) : "broken";
    if (data === "too_large") throw new Unreadable("import.too_large");
    if (data === "broken") throw new Unreadable("import.broken", { detail: name });
    return data.toString("utf8");
  };
  const names = [...text("xl/workbook.xml").matchAll(/<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"/g)].map(([, name = ""]) =>
    plain(name),
  );
  if (names.length === 0) throw new Unreadable("import.broken", { detail: "workbook" });
  return names;
}

const plain = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
