import { useRef } from "react";
import { saveFile } from "#renderer/bridge/save-file.ts";
import { smallFile } from "#renderer/bridge/send-file.ts";
import { useAct } from "#renderer/bridge/use-desk.ts";
import { type OutputOf, sheetFileMost } from "#shared/contract.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Cells } from "./edits.ts";

export interface Sheets {
  /** What stands in a file; nothing of it counts. */
  readonly read: (chosen: File) => Promise<Result<OutputOf<"table.readSheet">, DeskError>>;
  /** The table as it stands, or as it is typed, saved as a workbook; an error if it could not be. */
  readonly write: (typed: Cells | undefined) => Promise<DeskError | undefined>;
  /** `D5`, where the cell of a row stood in its file; "" where the row came from none, or was changed since. */
  readonly cellOf: (row: readonly string[] | undefined, col: number) => string;
}

/** TB-7: the sheets of a rule table: written out, read again, and where each row that was read stood. */
export function useSheets(table: TableName): Sheets {
  const { act: readSheet } = useAct("table.readSheet");
  const { act: writeSheet } = useAct("table.sheet");
  const places = useRef(
    new WeakMap<readonly string[], { readonly line: number; readonly letters: readonly string[] }>(),
  );
  return {
    read: async (chosen) => {
      const taken = await smallFile(chosen, sheetFileMost);
      const outcome = taken.ok ? await readSheet({ table, ...taken.value }) : taken;
      if (!outcome.ok) return outcome;
      const { cells, lines, letters } = outcome.value;
      for (const [at, row] of cells.entries()) places.current.set(row, { line: lines[at] ?? 0, letters });
      return outcome;
    },
    write: async (typed) => {
      const outcome = await writeSheet({ table, ...(typed ? { cells: typed.map((row) => [...row]) } : {}) });
      if (outcome.ok) saveFile(outcome.value);
      return outcome.ok ? undefined : outcome.error;
    },
    cellOf: (row, col) => {
      const place = row && places.current.get(row);
      const letter = place?.letters[col];
      return place && letter ? `${letter}${place.line}` : "";
    },
  };
}
