import { isNight } from "#shared/domain/roster/patterns.ts";
import type { RosterRules } from "#shared/domain/roster/roster.ts";
import { mainPiece } from "./layer-words.ts";
import type { DayRow } from "./month-grid.ts";

/** How many shifts of the month each officer stands, and how many of them at night or on days off: for a fair hand. */
export function loadOf(
  rows: readonly DayRow[],
  rules: RosterRules,
): ReadonlyMap<string, { shifts: number; nights: number; offDays: number }> {
  const nights = new Set(rules.shifts.filter(isNight).map((shift) => shift.code));
  const load = new Map<string, { shifts: number; nights: number; offDays: number }>();
  for (const row of rows) {
    const off = row.kind === "weekend" || row.kind === "holiday";
    for (const cell of row.cells) {
      const main = mainPiece(cell.pieces);
      const stands = main ? main.officerId : cell.officerId;
      if (!stands) continue;
      const one = load.get(stands) ?? { shifts: 0, nights: 0, offDays: 0 };
      load.set(stands, {
        shifts: one.shifts + 1,
        nights: one.nights + (nights.has(cell.shift) ? 1 : 0),
        offDays: one.offDays + (off ? 1 : 0),
      });
    }
  }
  return load;
}
