import { columnLetters } from "#shared/lib/cell-name.ts";

/** A sheet as the readers see it: cells with their text, whatever file they came from. Rows and columns count from 1. */
export interface SheetCell {
  readonly row: number;
  readonly col: number;
  /** As a person reads it, trimmed; a date cell as `YYYY-MM-DD`. Never empty. */
  readonly text: string;
  /** The day of a cell that is a date by its format. */
  readonly on?: string;
  readonly number?: number;
  /** The cell is covered by a merge that begins at this address and has its text. */
  readonly merged?: string;
}

export class Grid {
  readonly name: string;
  readonly hidden: boolean;
  readonly date1904: boolean;
  readonly rows: number;
  readonly cols: number;
  /** Cells that stand in no row: formulas of which the file does not say what they came to. */
  readonly unsolved: readonly SheetCell[];
  private readonly byRow = new Map<number, Map<number, SheetCell>>();

  constructor(
    name: string,
    cells: readonly SheetCell[],
    options: { hidden?: boolean; date1904?: boolean; unsolved?: readonly SheetCell[] } = {},
  ) {
    this.name = name;
    this.unsolved = options.unsolved ?? [];
    this.hidden = options.hidden ?? false;
    this.date1904 = options.date1904 ?? false;
    let [rows, cols] = [0, 0];
    for (const cell of cells) {
      const row = this.byRow.get(cell.row) ?? new Map<number, SheetCell>();
      this.byRow.set(cell.row, row);
      row.set(cell.col, cell);
      rows = Math.max(rows, cell.row);
      cols = Math.max(cols, cell.col);
    }
    this.rows = rows;
    this.cols = cols;
  }

  at(row: number, col: number): SheetCell | undefined {
    return this.byRow.get(row)?.get(col);
  }

  /** Cells of a row from left to right, those of merges included. */
  row(row: number): SheetCell[] {
    return [...(this.byRow.get(row)?.values() ?? [])].sort((a, b) => a.col - b.col);
  }

  /** Different texts of a row; a title that is merged over the whole width is one. */
  ownCells(row: number): SheetCell[] {
    return this.row(row).filter((cell) => cell.merged === undefined);
  }

  *cells(): Generator<SheetCell> {
    for (let row = 1; row <= this.rows; row++) yield* this.row(row);
  }
}

/** `B3` of row 3, column 2. */
export const addressOf = ({ row, col }: { readonly row: number; readonly col: number }): string =>
  `${columnLetters(col)}${row}`;

/** Full-width letters and digits made plain, runs of white space made one space. Line breaks stay. */
export function plainText(text: string): string {
  // Most cells are plain already, and every cell is looked at many times.
  if (/^[\u4e00-\u9fa5\w、:-]*$/.test(text)) return text;
  return text
    .normalize("NFKC")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\r?\n ?/g, "\n")
    .trim();
}
