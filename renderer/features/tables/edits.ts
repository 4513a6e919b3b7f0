import type { OutputOf } from "#shared/contract.ts";
import { cellKey } from "#shared/domain/table/rebase.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";
import type { Language } from "#shared/lib/text.ts";

export type Cells = readonly (readonly string[])[];
export type Clash = OutputOf<"table.rebase">["clashes"][number];

/** A table as somebody has typed it and not yet published: kept as a draft. */
export interface Edited {
  /** Digest of the table that was edited. */
  readonly was: string;
  readonly cells: Cells;
  /** In which the cells are written: the table beside them is read in it too, or all of them would look changed. */
  readonly language?: Language;
  /** Why, for whoever reads the editions. */
  readonly note?: string;
  /** The note as the desk proposed it; another proposal may replace it. */
  readonly proposed?: string;
  /** Where the edits and an edition that came meanwhile want different things, and nobody has chosen yet. */
  readonly clashes?: readonly Clash[];
}

export function readEdited(kept: string | null | undefined): Edited | null {
  try {
    const read = JSON.parse(kept ?? "null") as Partial<Edited> | null;
    return read && typeof read.was === "string" && Array.isArray(read.cells) ? (read as Edited) : null;
  } catch {
    return null;
  }
}

/** The note that stands unless somebody wrote one. */
export const noteProposed = (edited: Edited | null, proposed: string): Pick<Edited, "note" | "proposed"> => {
  const own = edited?.note ?? "";
  return { note: own === "" || own === edited?.proposed ? proposed : own, proposed };
};

/** TB-12: a clash that was decided for the new edition; for the typed one nothing is to be done. */
export function takeTheirs(table: TableName, cells: Cells, { key, kind, column, theirs, row }: Clash): Cells {
  if (kind === "gone_here") return [...cells, row];
  if (kind === "gone_there") return cells.filter((one) => cellKey(table, one) !== key);
  const col = Object.keys(columnsOf(table)).indexOf(column ?? "");
  return cells.map((one) => (cellKey(table, one) === key ? one.map((cell, at) => (at === col ? theirs : cell)) : one));
}

/** TB-11: rows that are named by a category which was taken out go; where it is not their name, the cell is emptied. */
export function withoutDeleted(
  table: TableName,
  cells: Cells,
  spots: readonly { readonly row: number | null; readonly column: string | null }[],
): { readonly cells: Cells; readonly rows: number; readonly blanks: number } {
  const columns = Object.entries(columnsOf(table));
  const named = (column: string | null) => columns.some(([name, { key }]) => name === column && key);
  const gone = new Set(spots.filter(({ column }) => named(column)).map(({ row }) => row));
  const empty = spots.filter(({ row, column }) => !named(column) && !gone.has(row));
  return {
    cells: cells
      .map((row, at) =>
        row.map((cell, col) =>
          empty.some((spot) => spot.row === at && spot.column === columns[col]?.[0]) ? "" : cell,
        ),
      )
      .filter((_, at) => !gone.has(at)),
    rows: gone.size,
    blanks: empty.length,
  };
}
