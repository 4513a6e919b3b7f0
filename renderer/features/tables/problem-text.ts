import { type Say, say } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import type { ColumnKind } from "#shared/domain/table/column.ts";
import { columnsOf, type TableName, tableKinds } from "#shared/domain/table/tables.ts";

/** What is wrong, in a sentence; a row that is referred to stands in a table that has a name. */
export function problemText(t: Say, table: TableName, { problem, column, params }: TableProblemView): string {
  const how = column ? columnsOf(table)[column]?.how : undefined;
  const other = how?.kind === "ref" ? say(tableKinds[how.table as TableName].name) : "";
  return t(`tables.problem.${problem}`, { ...params, table: other, names: how ? choicesOf(t, how) : "" });
}

/** What may be written where one of several is chosen. */
export const choicesOf = (t: Say, how: ColumnKind): string =>
  how.kind === "choice" || how.kind === "choices"
    ? Object.values(how.names).map(say).filter(Boolean).join(t("tables.between"))
    : "";
