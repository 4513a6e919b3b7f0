import type { EventRow } from "#shared/contract.ts";
import { isRelapse } from "#shared/domain/duty-event/bond.ts";
import { pressingClock, type StepClock } from "#shared/domain/duty-event/clock.ts";
import { sealed } from "#shared/domain/duty-event/confidential.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { partyDueAt } from "#shared/domain/duty-event/task-debts.ts";
import { type Db, sql } from "./database.ts";

/** What a list says of an event, but for where it stands on its way to the district. */
export type EventLine = Omit<EventRow, "sync">;

/** The line of an event; what its clock is has been asked already where it is drawn. */
export function lineOf(event: DutyEvent, clock = pressingClock(event)): EventLine {
  const { id, number, state, level, category, title, source, confidential, place, board, lead, coHandlers } = event;
  const { reportedAt, reportedBy, dueAt, closedAt, updatedAt, sample } = event;
  return {
    id,
    number,
    state,
    level,
    category,
    title,
    source,
    confidential,
    place,
    board,
    lead,
    coHandlers,
    reportedAt,
    reportedBy,
    dueAt,
    closedAt,
    updatedAt,
    sample,
    clock,
    partyDueAt: partyDueAt(event),
    relapse: isRelapse(event),
  };
}

/** Keeps the line of an event beside it, so that a page of a list reads lines instead of whole events. `row`: its row of `duty_event`. */
export function writeLine(db: Db, row: number, event: DutyEvent, clock: StepClock | null): void {
  const line = JSON.stringify(lineOf(event, clock));
  const masked = event.confidential ? JSON.stringify(lineOf(sealed(event))) : null;
  sql(
    db,
    `INSERT INTO event_line (row, line, sealed) VALUES (?, ?, ?) ON CONFLICT (row) DO UPDATE
     SET line = excluded.line, sealed = excluded.sealed WHERE line <> excluded.line`,
  ).run(row, line, masked);
}

export const dropLine = (db: Db, row: number): void => void sql(db, "DELETE FROM event_line WHERE row = ?").run(row);

/**
 * Lines of these rows of `duty_event`, in their order; a row that is not there is left out. `may`: whether a confidential
 * one is known; else it comes as it was sealed (CF-1).
 */
export function linesAt(db: Db, rows: readonly number[], may: (line: EventLine) => boolean): EventLine[] {
  const kept = sql(
    db,
    `SELECT l.line, l.sealed, d.relapse FROM json_each(?) AS asked CROSS JOIN event_line AS l ON l.row = asked.value
     CROSS JOIN duty_event AS d ON d.row = l.row ORDER BY asked.key`,
  ).all(JSON.stringify(rows)) as { readonly line: string; readonly sealed: string | null; readonly relapse: number }[];
  return kept.map(({ line, sealed: masked, relapse }) => {
    // A line that was kept before it said so has it from the row.
    const read = { ...(JSON.parse(line) as EventLine), relapse: relapse === 1 };
    return masked === null || may(read) ? read : { ...(JSON.parse(masked) as EventLine), relapse: false };
  });
}

/** Rows of `duty_event` of these ids, in their order; an event that is not there is left out. */
export const rowsOfIds = (db: Db, ids: readonly string[]): number[] =>
  sql(db, "SELECT d.row FROM json_each(?) AS asked CROSS JOIN duty_event AS d ON d.id = asked.value ORDER BY asked.key")
    .pluck()
    .all(JSON.stringify(ids)) as number[];
