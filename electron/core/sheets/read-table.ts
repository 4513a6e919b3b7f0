import { mostRows } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName, tableKinds, tableNames } from "#shared/domain/table/tables.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { columnLetters } from "#shared/lib/cell-name.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Grid } from "./grid.ts";
import { openSheets } from "./open-file.ts";

export interface ReadTable {
  readonly sheet: string;
  readonly cells: string[][];
  /** Where each row stood in the file, and under which letters the columns of the table; empty where the file has none. */
  readonly lines: number[];
  readonly letters: string[];
  readonly missing: string[];
  readonly unknown: string[];
}

/** Beyond what any cell may hold: that it is too long is said all the same. */
const longestCell = 4000;

/** Line ends as the desk writes them; nothing else is changed, so that what was written out comes back as it was. */
const asWritten = (text: string): string => text.replace(/\r\n?/g, "\n").trim();
const bare = (text: string): string => text.replace(/[\s*＊]/gu, "").toLowerCase();

/**
 * TB-7: reads the rows under the line that names most columns, on the first visible sheet that has one. Errors of
 * `openSheets`, `table.too_many_rows`, and those of `whyNone`.
 */
export async function readTableFile(
  table: TableName,
  bytes: Uint8Array,
  fileName: string,
): Promise<Result<ReadTable, DeskError>> {
  const opened = await openSheets(bytes, fileName, asWritten);
  if (!opened.ok) {
    const { id, params } = opened.error;
    return id === "sheet.too_many_rows"
      ? fail(deskError("table.too_many_rows", { ...params, most: mostRows }))
      : opened;
  }
  const shown = opened.value.filter(({ hidden }) => !hidden);
  for (const grid of shown) {
    const head = headingOf(grid, table);
    if (head && head.lacks.length === 0 && !otherTable([grid], table, head.at.size))
      return rowsUnder(head, grid, table);
  }
  return fail(whyNone(opened.value, shown, table));
}

function rowsUnder({ row: headRow, at, unknown }: Heading, grid: Grid, table: TableName): Result<ReadTable, DeskError> {
  const columns = Object.entries(columnsOf(table));
  // A formula whose outcome is not known is not blank: it stands there to be seen, and is named where it is checked.
  const formulas = new Map(grid.unsolved.map(({ row, col, text }) => [`${row}/${col}`, text]));
  const textAt = (row: number, col: number) => grid.at(row, col)?.text ?? formulas.get(`${row}/${col}`) ?? "";
  const cells: string[][] = [];
  const lines: number[] = [];
  const last = Math.max(grid.rows, ...grid.unsolved.map(({ row }) => row));
  for (let row = headRow + 1; row <= last; row++) {
    const typed = columns.map(([key]) => textAt(row, at.get(key) ?? 0).slice(0, longestCell));
    if (typed.every((cell) => cell === "")) continue;
    cells.push(typed);
    lines.push(row);
  }
  if (cells.length > mostRows) return fail(deskError("table.too_many_rows", { rows: cells.length, most: mostRows }));
  const without = columns.filter(([key]) => !at.has(key)).map(([, { name }]) => name.zh);
  const letters = columns.map(([key]) => (at.has(key) ? columnLetters(at.get(key) ?? 0) : ""));
  return ok({ sheet: grid.name, cells, lines, letters, missing: without, unknown });
}

interface Heading {
  readonly row: number;
  /** Its columns by their keys. */
  readonly at: ReadonlyMap<string, number>;
  readonly unknown: string[];
  /** Columns that every row needs and that the line does not name. */
  readonly lacks: string[];
}

/** A title may stand above: the heading is the line, among the first ten, that names most columns. */
function headingOf(grid: Grid, table: TableName): Heading | undefined {
  const columns = Object.entries(columnsOf(table));
  let best: Heading | undefined;
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
    const lacks = columns.filter(([key, { required }]) => required && !at.has(key)).map(([, { name }]) => name.zh);
    if (at.size > (best?.at.size ?? 0)) best = { row, at, unknown, lacks };
  }
  return best;
}

/** A table of which the sheets have all that is needed, and more columns than `than`. */
function otherTable(grids: readonly Grid[], table: TableName, than: number): TableName | undefined {
  const found = tableNames
    .filter((one) => one !== table)
    .flatMap((one) => grids.map((grid) => ({ one, head: headingOf(grid, one) })))
    .filter(({ head }) => head && head.lacks.length === 0 && head.at.size > than)
    .sort((a, b) => (b.head?.at.size ?? 0) - (a.head?.at.size ?? 0));
  return found[0]?.one;
}

/**
 * What the officer has to mend: `table.other_table`, `table.hidden_sheet`, `table.heading_lacks` with the line that is most
 * like a heading, or `table.no_heading`.
 */
function whyNone(all: readonly Grid[], shown: readonly Grid[], table: TableName): DeskError {
  const likest = shown
    .flatMap((grid) => ({ grid, head: headingOf(grid, table) }))
    .sort((a, b) => (b.head?.at.size ?? 0) - (a.head?.at.size ?? 0))[0];
  const other = otherTable(shown, table, likest?.head?.at.size ?? 0);
  if (other) return deskError("table.other_table", { table: tableKinds[other].name.zh });
  const hidden = all.find((grid) => grid.hidden && headingOf(grid, table)?.lacks.length === 0);
  if (hidden) return deskError("table.hidden_sheet", { sheet: hidden.name });
  if (likest?.head) {
    const { row, lacks } = likest.head;
    return deskError("table.heading_lacks", { sheet: likest.grid.name, row, columns: lacks.join("、") });
  }
  const needed = Object.values(columnsOf(table)).filter(({ required }) => required);
  return deskError("table.no_heading", { columns: needed.map(({ name }) => name.zh).join("、") });
}
