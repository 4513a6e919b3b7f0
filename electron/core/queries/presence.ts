import type { DutyCheck } from "#shared/domain/presence/duty-check.ts";
import type { ShiftPresence } from "#shared/domain/presence/shift-presence.ts";
import type { ShiftSpan } from "#shared/domain/roster/roster.ts";
import { hourMs } from "#shared/lib/time.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";

export const watchIdOf = (span: Pick<ShiftSpan, "on" | "shift">): string => `${span.on}/${span.shift}`;

/** Clocks of district and desk may differ, and a question may come late: how far beside a shift its checks are looked for. */
const marginMs = 12 * hourMs;

/** First part of every UUIDv7 made at or after an instant: ids of duty checks are in order of their time. */
function idFrom(at: number): string {
  const hex = Math.max(0, at).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** Duty checks that the district asked in `[fromAt, toAt)`, by its clock, oldest first. */
export function dutyChecksBetween(db: Db, fromAt: number, toAt: number): DutyCheck[] {
  const rows = sql(
    db,
    "SELECT state FROM entity WHERE kind = 'duty_check' AND id >= ? AND id < ? AND state <> 'null' ORDER BY id",
  )
    .pluck()
    .all(idFrom(fromAt), idFrom(toAt)) as string[];
  return rows.map((state) => JSON.parse(state) as DutyCheck);
}

/** Arrivals, vigilance checks and duty checks of a shift, as this desk knows them now. */
export function presenceOf(db: Db, shift: Pick<ShiftSpan, "on" | "shift" | "startAt" | "endAt">): ShiftPresence {
  const watchId = watchIdOf(shift);
  const watch = readEntity(db, "watch", watchId);
  const dutyChecks = dutyChecksBetween(db, shift.startAt - marginMs, shift.endAt + marginMs).filter((check) =>
    check.reached ? check.reached.watchId === watchId : check.askedAt >= shift.startAt && check.askedAt < shift.endAt,
  );
  return {
    watchId,
    arrivals: watch?.arrivals ?? [],
    takeOvers: watch?.takeOvers ?? [],
    vigilance: watch?.checks ?? [],
    dutyChecks,
  };
}
