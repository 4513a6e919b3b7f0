import { type Level, levels } from "../duty-event/event.ts";
import { type ClocksTable, climbRungs } from "../duty-event/limits.ts";
import type { RowOf } from "./tables.ts";

/** The ladder of each level as rows of its table. */
export const ladderRows = (ladder: ClocksTable["ladder"]): RowOf<"ladder">[] =>
  levels.flatMap((level) => ladder[level].map((rung) => ({ level, ...rung })));

/** The rungs of each level, from the lowest up, in whatever order the table has them. */
export function laddersOf(rows: readonly RowOf<"ladder">[]): ClocksTable["ladder"] {
  const rungsOf = (wanted: Level) =>
    rows
      .filter(({ level }) => level === wanted)
      .map(({ level: _, ...rung }) => rung)
      .sort((a, b) => climbRungs.indexOf(a.to) - climbRungs.indexOf(b.to));
  return { critical: rungsOf("critical"), urgent: rungsOf("urgent"), normal: rungsOf("normal") };
}
