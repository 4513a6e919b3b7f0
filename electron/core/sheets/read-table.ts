import { mostBytes, mostRows } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Grid } from "./grid.ts";
import { openSheets } from "./open-file.ts";

export interface ReadTable {
  readonly sheet: string;
  readonly cells: string[][];
  readonly missing: string[];
  readonly unknown: string[];
}

/** Beyond what any cell may hold: that it is too long is said all the same. */
const longestCell = 4000;

/** Line ends as the desk writes them; nothing else is changed, so that what was written out comes back as it was. */
const asWritten = (text: string): string => text.replace(/\r\n?/g, "\n").trim();
/** It is not blank: what it would be is not known, so that it stands there to be seen, and no cell but one of words takes it. */
const asFormula = (formula: string): string => `=${formula}`;
const bare = (text: string): string => text.replace(/[\s*＊]/gu, "").toLowerCase();

/** TB-7: reads the rows under the line that names most columns, on the first visible sheet that has one. Errors of `openSheets`, `table.no_heading`, `table.too_large`. */
export async function readTableFile(
  table: TableName,
  bytes: Uint8Array,
  fileName: string,
): Promise<Result<ReadTable, DeskError>> {
  const opened = await openSheets(bytes, fileName, asWritten, asFormula);
  if (!opened.ok) return opened;
  const columns = Object.entries(columnsOf(table));
  const needed = columns.filter(([, { required }]) => required).map(([key]) => key);
  for (const grid of opened.value.filter(({ hidden }) => !hidden)) {
    const head = headingOf(grid, columns);
    if (!head || !needed.every((key) => head.at.has(key))) continue;
    const cells: string[][] = [];
    for (let row = head.row + 1; row <= grid.rows; row++) {
      const typed = columns.map(([key]) => grid.at(row, head.at.get(key) ?? 0)?.text.slice(0, longestCell) ?? "");
      if (typed.some((cell) => cell !== "")) cells.push(typed);
      if (cells.length > mostRows) return fail(deskError("table.too_large", { rows: mostRows, kib: mostBytes / 1000 }));
    }
    return ok({
      sheet: grid.name,
      cells,
      missing: columns.filter(([key]) => !head.at.has(key)).map(([, { name }]) => name.zh),
      unknown: head.unknown,
    });
  }
  const names = columns.filter(([, { required }]) => required).map(([, { name }]) => name.zh);
  return fail(deskError("table.no_heading", { columns: names.join("、") }));
}

/** A title may stand above: the heading is the line, among the first ten, that names most columns. */
function headingOf(grid: Grid, columns: readonly (readonly [string, { name: { zh: string; en: string } }])[]) {
  let best: { row: number; at: Map<string, number>; unknown: string[] } | undefined;
  for (let row = 1; row <= Math.min(grid.rows, 10); row++) {
    const at = new Map<string, number>();
    const unknown: string[] = [];
    for (const { col, text } of grid.ownCells(row)) {
      const column = columns.find(
        ([key, { name }]) => [key, name.zh, name.en].some((one) => bare(one) === bare(text)) && !at.has(key),
      );
      if (column) at.set(column[0], col);
      else unknown.push(text.slice(0, 40));
    }
    if (at.size > (best?.at.size ?? 0)) best = { row, at, unknown };
  }
  return best;
}
