import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Paper } from "#renderer/parts/index.ts";
import { dateText, monthText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { mainPiece, remarkOf, type Words } from "./layer-words.ts";
import { hoursOf } from "./MonthGrid.tsx";
import { type Cell, columnsOf, type DayRow } from "./month-grid.ts";

interface Props {
  readonly month: string;
  readonly rows: readonly DayRow[];
  readonly rules: RosterRules;
  readonly words: Words;
  readonly now: number;
}

/** The month as a sheet of A4: as it stands after all layers. Not on screen, only on paper. */
export function MonthPaper({ month, rows, rules, words, now }: Props) {
  const t = useText();
  const status = useDesk("system.status", {});
  const columns = columnsOf(rules).filter((_, at) =>
    rows.some(({ cells }) => cells[at]?.required || cells[at]?.officerId),
  );
  const all = columnsOf(rules);
  const shifts = [...rules.shifts].sort((a, b) => a.startMin - b.startMin);
  const nameIn = (cell: Cell | undefined) => {
    if (!cell) return "";
    const main = mainPiece(cell.pieces);
    return main ? (main.officerId === null ? t("roster.gap.short") : words.nameOf(main.officerId)) : cell.name;
  };
  return (
    <Paper className="roster-paper">
      <h1>{t("roster.paper.title", { street: status.data?.street?.name ?? "", month: monthText(month) })}</h1>
      {status.data?.sample && (
        <p className="paper-under">
          <b>{t("parts.sample.about")}</b>
        </p>
      )}
      <table className="paper-table">
        <thead>
          <tr>
            <th rowSpan={2}>{t("roster.day")}</th>
            <th rowSpan={2}>{t("roster.paper.weekday")}</th>
            {shifts.map((shift) => (
              <th key={shift.code} colSpan={columns.filter((column) => column.shift === shift.code).length}>
                {say(shift.name)} {hoursOf(shift)}
              </th>
            ))}
            <th rowSpan={2}>{t("roster.paper.remarks")}</th>
          </tr>
          <tr>
            {columns.map((column) => (
              <th key={`${column.shift}/${column.role}/${column.index}`}>
                {say(roleNames[column.role])}
                {column.places > 1 ? column.index + 1 : ""}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.on} className={row.kind === "workday" || row.kind === "makeup_workday" ? "" : "is-off"}>
              <td className="paper-figures">{row.dayOfMonth}</td>
              <td>{t(`roster.weekday.${row.weekday}`)}</td>
              {columns.map((column) => (
                <td key={`${column.shift}/${column.role}/${column.index}`} className="paper-figures">
                  {nameIn(
                    row.cells[
                      all.indexOf(
                        all.find(
                          (one) => one.shift === column.shift && one.role === column.role && one.index === column.index,
                        ) ?? column,
                      )
                    ],
                  )}
                </td>
              ))}
              <td>
                {[
                  row.holiday || (row.kind === "makeup_workday" ? t("roster.makeup.about") : ""),
                  ...row.cells.flatMap((cell) => remarkOf(cell, words)),
                ]
                  .filter(Boolean)
                  .join(t("roster.plan.then"))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="roster-paper-signs">
        <span>{t("roster.paper.made_by")}</span>
        <span>{t("roster.paper.approved_by")}</span>
        <span>{t("roster.paper.published_on")}</span>
      </p>
      <footer className="paper-foot">
        {t("roster.paper.printed", { at: dateText(now), desk: status.data?.deskName ?? "" })}
      </footer>
    </Paper>
  );
}
