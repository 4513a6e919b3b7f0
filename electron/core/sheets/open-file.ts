import { Readable } from "node:stream";
import type { CellValue, Workbook, Worksheet } from "exceljs";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { checkWorkbook, kindOfFile, sheetLimits } from "./archive.ts";
import { Grid, plainText, type SheetCell } from "./grid.ts";

/** Parts of a workbook that say nothing about who is on duty; some of them unfold to a million cells. */
const unread = [
  "dataValidations",
  "conditionalFormatting",
  "drawing",
  "legacyDrawing",
  "picture",
  "tableParts",
  "extLst",
  "autoFilter",
  "rowBreaks",
  "colBreaks",
  "headerFooter",
  "sheetProtection",
];

/**
 * Opens an .xlsx or .csv file from its bytes. RO-27: errors `sheet.broken`, `sheet.protected`, `sheet.old_format`,
 * `sheet.too_large`, `sheet.too_many_cells`, `sheet.too_many_rows`; bounded in memory and time by `sheetLimits`.
 */
export async function openSheets(
  bytes: Uint8Array,
  fileName: string,
  /** How the words of a cell are read: for what is only recognised plain, for what is kept as it stands. */
  wordsOf: Words = plainText,
): Promise<Result<Grid[], DeskError>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length === 0) return fail(deskError("sheet.broken", { detail: "empty" }));
  if (buffer.length > sheetLimits.fileBytes)
    return fail(deskError("sheet.too_large", { most: sheetLimits.unpackedBytes >> 20 }));
  const kind = kindOfFile(buffer);
  if (kind === "protected") return fail(deskError("sheet.protected"));
  if (kind === "old_format") return fail(deskError("sheet.old_format"));
  if (kind === "text") return openText(buffer, fileName, wordsOf);
  const checked = checkWorkbook(buffer);
  if (!checked.ok) return checked;
  try {
    const book = await newWorkbook();
    await book.xlsx.load(buffer as never, { ignoreNodes: unread });
    const date1904 = book.properties?.date1904 ?? false;
    return ok(book.worksheets.map((sheet) => gridOf(sheet, date1904, wordsOf)));
  } catch (error) {
    return fail(deskError("sheet.broken", { detail: error instanceof Error ? error.message.slice(0, 120) : "" }));
  }
}

/** Loaded at the first import: it is large, and most days nobody needs it. */
async function newWorkbook(): Promise<Workbook> {
  const { default: excel } = await import("exceljs");
  return new excel.Workbook();
}

type Words = (text: string) => string;

function gridOf(sheet: Worksheet, date1904: boolean, wordsOf: Words): Grid {
  const cells: SheetCell[] = [];
  const unsolved: SheetCell[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, rowNo) => {
    row.eachCell({ includeEmpty: false }, (cell, col) => {
      const formula = unsolvedOf(cell.value);
      if (formula !== undefined) {
        unsolved.push({ row: rowNo, col, text: `=${formula}` });
        return;
      }
      const read = readValue(cell.value, wordsOf);
      if (read.text === "") return;
      const merged = cell.isMerged && cell.master.address !== cell.address ? { merged: cell.master.address } : {};
      cells.push({ row: rowNo, col, ...read, ...merged });
    });
  });
  return new Grid(sheet.name, cells, { hidden: sheet.state !== "visible", date1904, unsolved });
}

/** A time of the day without a day is a fraction of the first day that a workbook counts: of 1899, or of 1904. */
const isTimeAlone = (at: Date): boolean => at.getUTCFullYear() < 1905;

/** The formula of a cell whose file does not say what it came to; it is not blank, and what it would be is not known. */
function unsolvedOf(value: CellValue): string | undefined {
  if (value === null || typeof value !== "object" || value instanceof Date) return undefined;
  if ("result" in value && value.result !== undefined) return undefined;
  if ("formula" in value && value.formula !== undefined) return String(value.formula);
  return "sharedFormula" in value && value.sharedFormula !== undefined ? String(value.sharedFormula) : undefined;
}

function readValue(value: CellValue, wordsOf: Words): { text: string; on?: string; number?: number } {
  if (value === null || value === undefined) return { text: "" };
  if (typeof value === "number") return { text: String(value), number: value };
  if (typeof value === "string") return { text: wordsOf(value) };
  if (typeof value === "boolean") return { text: value ? "TRUE" : "FALSE" };
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return { text: "" };
    // Serial numbers are fractions of a day: a second off must not be a day off.
    if (isTimeAlone(value)) return { text: new Date(value.getTime() + 30_000).toISOString().slice(11, 16) };
    const on = new Date(value.getTime() + 60_000).toISOString().slice(0, 10);
    return { text: on, on };
  }
  if ("richText" in value) return { text: wordsOf(value.richText.map(({ text }) => text).join("")) };
  if ("hyperlink" in value) return readValue(value.text as CellValue, wordsOf);
  if ("error" in value) return { text: String(value.error) };
  return "result" in value && value.result !== undefined ? readValue(value.result as CellValue, wordsOf) : { text: "" };
}

/** Text with commas, semicolons or tabs between: UTF-8, UTF-16 or the GB 18030 that Excel writes on Chinese systems. */
async function openText(buffer: Buffer, fileName: string, wordsOf: Words): Promise<Result<Grid[], DeskError>> {
  const text = decode(buffer);
  if (text === undefined || text.includes("\0") || !/[,;\t]/.test(text) || /^\s*<(!doctype|html|\?xml)/i.test(text))
    return fail(deskError("sheet.broken", { detail: "text" }));
  const first = text.slice(0, 20_000);
  const count = (sign: string) => first.split(sign).length;
  const delimiter = ["\t", ";", ","].sort((a, b) => count(b) - count(a))[0] ?? ",";
  const lines = text.split("\n").filter((line) => line.trim() !== "").length;
  if (lines > sheetLimits.rows * 4)
    return fail(deskError("sheet.too_many_rows", { rows: lines, most: sheetLimits.rows }));
  const cells: SheetCell[] = [];
  try {
    const book = await newWorkbook();
    const sheet = await book.csv.read(Readable.from([text]), {
      map: (value: unknown) => value,
      parserOptions: { delimiter, ignoreEmpty: false },
    } as never);
    sheet.eachRow({ includeEmpty: false }, (row, rowNo) => {
      row.eachCell({ includeEmpty: false }, (cell, col) => {
        const plain = wordsOf(String(cell.value ?? ""));
        const number = /^\d+(\.\d+)?$/.test(plain) ? { number: Number(plain) } : {};
        if (plain !== "") cells.push({ row: rowNo, col, text: plain, ...number });
      });
    });
  } catch (error) {
    return fail(deskError("sheet.broken", { detail: error instanceof Error ? error.message.slice(0, 120) : "" }));
  }
  const grid = new Grid(fileName.replace(/\.[^.]*$/, ""), cells);
  const rows = new Set(cells.map(({ row }) => row)).size;
  if (rows > sheetLimits.rows) return fail(deskError("sheet.too_many_rows", { rows, most: sheetLimits.rows }));
  return ok([grid]);
}

function decode(buffer: Buffer): string | undefined {
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString("utf16le", 2);
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(buffer).replace(/^\uFEFF/, "");
    } catch {
      // The next one.
    }
  }
  return undefined;
}
