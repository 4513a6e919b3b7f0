import { dutyDayText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { OfficerView } from "#shared/contract.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import { askedText, mainPiece, pieceText, type Words } from "./layer-words.ts";
import type { GridProps } from "./MonthGrid.tsx";
import { type Cell, type Column, type DayRow, slotOf } from "./month-grid.ts";
import { markSigns } from "./plan-marks.ts";

/** What is carried while a person is dragged: a place, or an officer id. */
export const dragType = "application/x-zhishou-person";

const dragged = (
  text: string,
  rows: readonly DayRow[],
  officers: readonly OfficerView[],
): Cell | OfficerView | undefined =>
  officers.find(({ id }) => id === text) ?? rows.flatMap(({ cells }) => cells).find((cell) => slotOf(cell) === text);

/** What lies over a place, in words: who was planned, who stands when, and what is asked for. */
function layerTitle(cell: Cell, words: Words): string {
  const { t } = words;
  const planned = cell.pieces.length > 0 && cell.name ? [t("roster.layer.planned", { name: cell.name })] : [];
  return [
    ...planned,
    ...cell.pieces.map((piece) => pieceText(piece, words)),
    ...cell.waiting.map((layer) => `${t("roster.layer.waiting")} ${askedText(layer, words)}`),
  ].join(t("roster.plan.then"));
}

/** One day of the month: its name, and each place with who stands there and through what. */
export function GridDay({
  row,
  rows,
  rowIndex,
  columns,
  rules,
  today,
  spot,
  follow,
  onSpot,
  onPick,
  marks,
  words,
  onMenu,
  onDrop,
  officers,
}: GridProps & { row: DayRow; rowIndex: number; columns: readonly Column[] }) {
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
        const main = mainPiece(cell.pieces);
        const standsId = main ? main.officerId : cell.officerId;
        const name = main ? (main.officerId === null ? "" : words.nameOf(main.officerId)) : cell.name;
        const state = cell.gap ? "is-gap" : standsId ? "is-filled" : "is-free";
        const followed = follow !== null && (standsId === follow || cell.officerId === follow) ? "is-followed" : "";
        const over = layerTitle(cell, words);
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
            title={[was, over].filter(Boolean).join("\n") || undefined}
            draggable={onDrop !== undefined && cell.officerId !== null}
            onDragStart={(event) => {
              event.dataTransfer.setData(dragType, slot);
              event.dataTransfer.effectAllowed = "move";
            }}
            onDragOver={(event) => {
              if (onDrop && event.dataTransfer.types.includes(dragType)) event.preventDefault();
            }}
            onDrop={(event) => {
              event.preventDefault();
              const from = dragged(event.dataTransfer.getData(dragType), rows, officers ?? []);
              if (from) onDrop?.(from, cell);
            }}
            onContextMenu={(event) => {
              if (!onMenu) return;
              event.preventDefault();
              onSpot({ row: rowIndex, column });
              onMenu(cell);
            }}
            tabIndex={here ? 0 : -1}
            aria-selected={here}
            aria-label={t("roster.cell", {
              day: dutyDayText(cell.on),
              shift: shift ? say(shift.name) : cell.shift,
              role: say(roleNames[cell.role]),
              name: [name || t(cell.gap ? "roster.gap" : "roster.free"), was, over].filter(Boolean).join(" "),
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
            {name || (cell.gap ? t("roster.gap.short") : <span className="roster-free">·</span>)}
            {cell.pieces.length > 0 && (
              <span className="roster-over" aria-hidden="true">
                {[...new Set(cell.pieces.map(({ through }) => through))]
                  .filter((through) => through !== "plan")
                  .map((through) => t(`roster.layer.${through}.sign`))
                  .join("")}
              </span>
            )}
            {cell.waiting.length > 0 && (
              <span className="roster-over is-waiting" aria-hidden="true">
                {t("roster.layer.waiting.sign")}
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
