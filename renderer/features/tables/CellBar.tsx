import { type Say, say, useText } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import type { ColumnKind } from "#shared/domain/table/column.ts";
import { columnsOf, type TableName, tableKinds } from "#shared/domain/table/tables.ts";
import { hasLines } from "./cell-lines.ts";
import { choicesOf, problemText } from "./problem-text.ts";
import type { Spot } from "./TableGrid.tsx";

/** Below the grid: the whole text of the cell under the hand, which its field may be too narrow for, and what may be written there. */
export function CellBar(props: {
  readonly table: TableName;
  readonly spot: Spot | null;
  readonly text: string;
  readonly problem: TableProblemView | undefined;
}) {
  const t = useText();
  const { table, spot, text, problem } = props;
  const column = spot && Object.values(columnsOf(table))[spot.col];
  return (
    <div className="tables-bar">
      {spot && column ? (
        <>
          <p>
            <b>{t("tables.cell", { column: say(column.name), row: spot.at + 1 })}</b>{" "}
            <span className={problem ? "tables-bar-wrong" : "soft"}>
              {problem ? problemText(t, table, problem) : hintOf(t, column.how)}
            </span>
          </p>
          <p className="tables-bar-text">{text || <span className="faint">{t("tables.blank")}</span>}</p>
        </>
      ) : (
        <p className="faint">{t("tables.bar")}</p>
      )}
    </div>
  );
}

function hintOf(t: Say, how: ColumnKind): string {
  switch (how.kind) {
    case "choice":
    case "choices":
      return t(`tables.hint.${how.kind}`, { names: choicesOf(t, how) });
    case "ref":
      return t("tables.hint.ref", { table: say(tableKinds[how.table as TableName].name) });
    case "number":
      return t("tables.hint.number", { least: how.least, most: how.most });
    case "text":
      return t(hasLines(how) ? "tables.hint.lines" : "tables.hint.text", { most: how.max });
    case "words":
    case "parties":
      return t(`tables.hint.${how.kind}`, { most: how.most });
    default:
      return t(`tables.hint.${how.kind}`);
  }
}
