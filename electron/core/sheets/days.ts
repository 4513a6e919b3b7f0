import type { Dated } from "./axis.ts";
import { weekdayOf } from "./dates.ts";
import type { Grid } from "./grid.ts";
import type { Draft } from "./reading.ts";

/** Notes the dates of a line, and whether the weekday beside each is its own: a wrong one betrays a wrong month. */
export function noteDates(grid: Grid, dated: readonly Dated[], draft: Draft, down: boolean): void {
  for (const { cell, days, weekday } of dated) {
    const on = days[0];
    if (on === undefined) {
      draft.note(cell, "unknown", "no_such_day");
      draft.problem("no_such_day", cell, { text: cell.text });
      continue;
    }
    draft.note(cell, "date", days.length > 1 ? `${on}..${days.at(-1)}` : on);
    const near = down
      ? [grid.at(cell.row, cell.col + 1), grid.at(cell.row, cell.col - 1)]
      : [grid.at(cell.row + 1, cell.col), grid.at(cell.row - 1, cell.col)];
    const beside = near.map((one) => (one ? weekdayOf(one.text) : undefined)).find((one) => one !== undefined);
    const said = weekday ?? beside;
    const is = new Date(`${on}T00:00:00Z`).getUTCDay();
    if (said !== undefined && said !== is && days.length === 1 && cell.merged === undefined)
      draft.problem("weekday", cell, { on, said, is });
  }
}
