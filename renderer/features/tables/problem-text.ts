import { type Say, say } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import { columnsOf, type TableName, tableKinds } from "#shared/domain/table/tables.ts";

/** What is wrong, in a sentence; a row that is referred to stands in a table that has a name. */
export function problemText(t: Say, table: TableName, { problem, column, params }: TableProblemView): string {
  const how = column ? columnsOf(table)[column]?.how : undefined;
  const other = how?.kind === "ref" ? say(tableKinds[how.table as TableName].name) : "";
  return t(`tables.problem.${problem}`, { ...params, table: other });
}
