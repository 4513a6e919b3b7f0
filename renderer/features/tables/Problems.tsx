import { say, useText } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";

const most = 6;

/** What is wrong, each with its cell: grave ones keep the table from being published. */
export function Problems({ table, problems }: { table: TableName; problems: readonly TableProblemView[] }) {
  const t = useText();
  if (problems.length === 0) return null;
  const ordered = problems.toSorted((a, b) => Number(b.grave) - Number(a.grave));
  const where = ({ row, column }: TableProblemView) => {
    const name = column ? columnsOf(table)[column]?.name : undefined;
    const parts = [row === null ? "" : t("tables.row", { row: row + 1 }), name ? say(name) : ""];
    return parts.filter(Boolean).join(" ");
  };
  return (
    <ul className="tables-problems" aria-label={t("tables.problems")}>
      {ordered.slice(0, most).map((one) => (
        <li
          key={`${one.row}/${one.column}/${one.problem}/${one.params.name ?? ""}`}
          className={one.grave ? "is-grave" : ""}
        >
          <b>{where(one)}</b> {t(`tables.problem.${one.problem}`, one.params)}
        </li>
      ))}
      {ordered.length > most && <li>{t("tables.more", { count: ordered.length - most })}</li>}
    </ul>
  );
}
