import { type KeyboardEvent, memo, useEffect, useRef } from "react";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { GridDay } from "./GridDay.tsx";
import type { Words } from "./layer-words.ts";
import { type Cell, type Column, columnsOf, type DayRow, moveSpot, type Spot } from "./month-grid.ts";
import type { Mark } from "./plan-marks.ts";

export interface GridProps {
  readonly rows: readonly DayRow[];
  readonly rules: RosterRules;
  readonly today: string;
  readonly spot: Spot;
  /** Officer whose places stand out over the whole month. */
  readonly follow: string | null;
  readonly onSpot: (spot: Spot) => void;
  readonly onPick: (cell: Cell, typed: string) => void;
  readonly onEmpty: (cell: Cell) => void;
  readonly words: Words;
  /** Everything else that may be done with a place. */
  readonly onMenu?: (cell: Cell) => void;
  /** A person dragged here, from another place or from the list. */
  readonly onDrop?: (from: Cell | OfficerView, to: Cell) => void;
  readonly officers?: readonly OfficerView[];
  /** A proposal: what would be different, by slot. The grid is then walked and read, not changed. */
  readonly marks?: ReadonlyMap<string, Mark>;
}

/** The month: a row for each day, a column for each place of each shift. One tab stop, arrows move. */
export const MonthGrid = memo(function MonthGrid(props: GridProps) {
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
    if (
      cell &&
      props.onMenu &&
      (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10") || event.key === "/")
    ) {
      event.preventDefault();
      props.onMenu(cell);
      return;
    }
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
            <GridDay key={row.on} {...props} row={row} rowIndex={rowIndex} columns={columns} />
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
