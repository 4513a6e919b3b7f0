import { say, useText } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";
import { problemText } from "./problem-text.ts";
import type { Spot } from "./TableGrid.tsx";

const most = 40;

/** What is wrong, each with its cell, to which it leads: grave ones keep the table from being published. */
export function Problems(props: {
  readonly table: TableName;
  readonly problems: readonly TableProblemView[];
  /** Where a cell stood in the file that was imported, as the spreadsheet calls it; "": it came from none. */
  readonly fileCell: (row: number, col: number) => string;
  readonly goTo: (spot: Spot) => void;
}) {
  const t = useText();
  const { table, problems, fileCell, goTo } = props;
  if (problems.length === 0) return null;
  const keys = Object.keys(columnsOf(table));
  const ordered = problems.toSorted((a, b) => Number(b.grave) - Number(a.grave));
  return (
    <ul className="tables-problems" aria-label={t("tables.problems")}>
      {ordered.slice(0, most).map((one) => {
        const { row, column, problem, params, grave } = one;
        const name = column ? columnsOf(table)[column]?.name : undefined;
        const words = problemText(t, table, one);
        const col = Math.max(0, keys.indexOf(column ?? ""));
        const from = row === null ? "" : fileCell(row, col);
        return (
          <li key={`${row}/${column}/${problem}/${params.name ?? ""}`} className={grave ? "is-grave" : ""}>
            {row === null ? (
              words
            ) : (
              <button type="button" className="button-link" onClick={() => goTo({ at: row, col })}>
                <b>
                  {t("tables.row", { row: row + 1 })} {name && say(name)}
                  {from && t("tables.file_cell", { cell: from })}
                </b>{" "}
                {words}
              </button>
            )}
          </li>
        );
      })}
      {ordered.length > most && <li>{t("tables.more", { count: ordered.length - most })}</li>}
    </ul>
  );
}
