import { type KeyboardEvent, memo, useEffect, useRef } from "react";
import { dutyDayText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { minuteMs } from "#shared/lib/time.ts";
import {
  type Cell,
  type Column,
  columnsOf,
  type DayRow,
  type Mark,
  markSigns,
  moveSpot,
  type Spot,
} from "./month-grid.ts";

interface Props {
  readonly rows: readonly DayRow[];
  readonly rules: RosterRules;
  readonly today: string;
  readonly spot: Spot;
  /** Officer whose places stand out over the whole month. */
  readonly follow: string | null;
  readonly onSpot: (spot: Spot) => void;
  readonly onPick: (cell: Cell, typed: string) => void;
  readonly onEmpty: (cell: Cell) => void;
  /** A proposal: what would be different, by slot. The grid is then walked and read, not changed. */
  readonly marks?: ReadonlyMap<string, Mark>;
}

/** The month: a row for each day, a column for each place of each shift. One tab stop, arrows move. */
export const MonthGrid = memo(function MonthGrid(props: Props) {
  const { rows, rules, spot, onSpot } = props;
  const t = useText();
  const columns = columnsOf(rules);
  const frame = useRef<HTMLDivElement>(null);
  const moved = useRef(false);

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    frame.current?.querySelector<HTMLElement>(`[data-spot="${spot.row}/${spot.column}"]`)?.focus();
  }, [spot]);

  function onKeyDown(event: KeyboardEvent): void {
    const cell = rows[spot.row]?.cells[spot.column];
    if (event.altKey || event.metaKey || event.nativeEvent.isComposing) return;
    const next = moveSpot(spot, event.key, rows.length, columns.length, event.ctrlKey);
    if (next) {
      event.preventDefault();
      moved.current = true;
      onSpot(next);
    } else if (!cell || event.ctrlKey || props.marks) {
      return;
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      props.onPick(cell, "");
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      props.onEmpty(cell);
    } else if (/^\p{L}$/u.test(event.key) && event.key !== "t") {
      event.preventDefault();
      props.onPick(cell, event.key);
    }
  }

  return (
    <div className="roster-frame" ref={frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid that is walked by arrows, with cells that act */}
      <table className="roster-grid" role="grid" aria-label={t("roster.grid")} onKeyDown={onKeyDown}>
        <Head rules={rules} columns={columns} />
        <tbody>
          {rows.map((row, rowIndex) => (
            <Day key={row.on} {...props} row={row} rowIndex={rowIndex} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
});

function Head({ rules, columns }: { rules: RosterRules; columns: readonly Column[] }) {
  const t = useText();
  const shifts = [...rules.shifts].sort((a, b) => a.startMin - b.startMin);
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2} className="roster-head-cell roster-day-head">
          {t("roster.day")}
        </th>
        {shifts.map((shift) => (
          <th
            key={shift.code}
            scope="colgroup"
            colSpan={columns.filter((column) => column.shift === shift.code).length}
            className="roster-head-cell roster-shift-head"
          >
            {say(shift.name)} <span className="roster-hours">{hoursOf(shift)}</span>
          </th>
        ))}
      </tr>
      <tr>
        {columns.map((column) => (
          <th
            key={`${column.shift}/${column.role}/${column.index}`}
            scope="col"
            className={
              column.first ? "roster-head-cell roster-role-head is-first" : "roster-head-cell roster-role-head"
            }
          >
            {say(roleNames[column.role])}
            {column.places > 1 ? column.index + 1 : ""}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** `08:30–20:30`, from the minutes of the rule; the day it ends on is said by being earlier. */
export function hoursOf(shift: { startMin: number; lengthMin: number }): string {
  const text = (minute: number) => new Date((minute % 1440) * minuteMs).toISOString().slice(11, 16);
  return `${text(shift.startMin)}–${text(shift.startMin + shift.lengthMin)}`;
}

function Day({
  row,
  rowIndex,
  columns,
  rules,
  today,
  spot,
  follow,
  onSpot,
  onPick,
  marks,
}: Props & { row: DayRow; rowIndex: number; columns: readonly Column[] }) {
  const t = useText();
  const classes = ["roster-row", `is-${row.kind}`];
  if (row.on === today) classes.push("is-today");
  if (row.on < today) classes.push("is-past");
  if (spot.row === rowIndex) classes.push("is-chosen");
  return (
    <tr className={classes.join(" ")} aria-current={row.on === today ? "date" : undefined}>
      <th scope="row" className="roster-day">
        <span className="roster-day-inner">
          <span className="roster-day-number">{row.dayOfMonth}</span>
          <span className="roster-weekday">{t(`roster.weekday.${row.weekday}`)}</span>
          {row.on === today && <span className="roster-tag is-today">{t("roster.today.short")}</span>}
          {row.kind === "holiday" && (
            <span className="roster-tag is-holiday" title={row.holiday}>
              {row.holiday || t("roster.holiday")}
            </span>
          )}
          {row.kind === "makeup_workday" && (
            <span className="roster-tag is-makeup" title={t("roster.makeup.about", { holiday: row.holiday })}>
              {t("roster.makeup")}
            </span>
          )}
        </span>
      </th>
      {row.cells.map((cell, column) => {
        const here = spot.row === rowIndex && spot.column === column;
        const shape = columns[column];
        const state = cell.gap ? "is-gap" : cell.officerId ? "is-filled" : "is-free";
        const followed = follow !== null && cell.officerId === follow ? "is-followed" : "";
        const shift = rules.shifts.find((one) => one.code === cell.shift);
        const slot = `${cell.on}/${cell.shift}/${cell.role}/${cell.index}`;
        const mark = marks?.get(slot);
        const was = mark && t(`roster.plan.mark.${mark.kind}`, { was: mark.was });
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the grid
          <td
            key={`${cell.shift}/${cell.role}/${cell.index}`}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid that acts
            role="gridcell"
            data-spot={`${rowIndex}/${column}`}
            data-slot={slot}
            title={was}
            tabIndex={here ? 0 : -1}
            aria-selected={here}
            aria-label={t("roster.cell", {
              day: dutyDayText(cell.on),
              shift: shift ? say(shift.name) : cell.shift,
              role: say(roleNames[cell.role]),
              name: `${cell.name || t(cell.gap ? "roster.gap" : "roster.free")}${was ? ` ${was}` : ""}`,
            })}
            className={`roster-cell ${state} ${followed} ${shape?.first ? "is-first" : ""} ${mark ? "is-proposed" : ""}`}
            onFocus={() => !here && onSpot({ row: rowIndex, column })}
            onClick={() => {
              onSpot({ row: rowIndex, column });
              onPick(cell, "");
            }}
          >
            {mark && (
              <span className="roster-mark" aria-hidden="true">
                {markSigns[mark.kind]}
              </span>
            )}
            {cell.name || (cell.gap ? t("roster.gap.short") : <span className="roster-free">·</span>)}
          </td>
        );
      })}
    </tr>
  );
}
