import type ExcelJS from "exceljs";
import { columnsOf, type TableName, tableKinds } from "#shared/domain/table/tables.ts";
import { forXml } from "#shared/lib/text.ts";

const line = { style: "thin" as const };
const frame = { top: line, left: line, bottom: line, right: line };

/** TB-7: a rule table as a workbook: a line of headings, then its rows as text, so that no cell is a formula or a date. */
export async function writeTableFile(table: TableName, cells: readonly (readonly string[])[]): Promise<Buffer> {
  const { default: excel } = await import("exceljs");
  const book = new excel.Workbook();
  const page = book.addWorksheet(tableKinds[table].name.zh, { views: [{ state: "frozen", ySplit: 1 }] });
  const columns = Object.values(columnsOf(table));
  for (const [index, { name, required }] of columns.entries()) {
    const cell = put(page, 1, index + 1, required ? `${name.zh}*` : name.zh);
    cell.font = { bold: true };
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFEDEDED" } };
    const longest = Math.max(...cells.map((row) => row[index]?.length ?? 0), name.zh.length);
    page.getColumn(index + 1).width = Math.min(60, Math.max(8, longest * 2 + 2));
  }
  for (const [at, row] of cells.entries())
    for (const [index] of columns.entries()) put(page, at + 2, index + 1, row[index] ?? "");
  return Buffer.from(await book.xlsx.writeBuffer());
}

function put(page: ExcelJS.Worksheet, row: number, col: number, text: string): ExcelJS.Cell {
  const cell = page.getCell(row, col);
  cell.numFmt = "@";
  cell.value = forXml(text);
  cell.border = frame;
  cell.alignment = { wrapText: true, vertical: "top" };
  return cell;
}
