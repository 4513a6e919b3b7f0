import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Party } from "#shared/domain/duty-event/party.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import { isTaskOpen } from "#shared/domain/duty-event/task.ts";
import { taskDueAt } from "#shared/domain/duty-event/task-debts.ts";
import { type Db, sql } from "./database.ts";
import { readMeta, writeMeta } from "./meta.ts";

/** A party as the index names it. */
export const partyKey = ({ kind, name }: Party): string => `${kind}:${name}`;

interface TaskRow {
  readonly row: number;
  readonly id: string;
  readonly party: string;
  readonly lead: number;
  readonly state: string;
  readonly open: number;
  readonly due_at: number;
}

/** Stands for "no limit", so that what has none sorts last. */
export const noLimit = 9_000_000_000_000;

const tasksBefore = (db: Db, eventRow: number) =>
  sql(db, "SELECT row, id, party, lead, state, open, due_at FROM task WHERE event = ?").all(eventRow) as TaskRow[];

/**
 * Draws one row a task from the state of its event, in the caller's transaction. TK-13: of a merged event none is open, as the
 * one that leads has tasks of its own. `eventRow`: the event's row of `duty_event`; `isNew`: it was made just now.
 */
export function projectTasks(db: Db, eventRow: number, event: DutyEvent | undefined, isNew = false): void {
  const before = isNew ? [] : tasksBefore(db, eventRow);
  const known = new Map(before.map((row) => [row.id, row]));
  for (const task of event?.tasks ?? []) {
    const party = partyKey(task.party);
    const lead = task.role === "lead" ? 1 : 0;
    const open = isTaskOpen(task.state) && event?.state !== "merged" ? 1 : 0;
    const dueAt = (event && taskDueAt(event, task)) ?? noLimit;
    const old = known.get(task.id);
    known.delete(task.id);
    if (!old)
      sql(
        db,
        "INSERT INTO task (event, id, party, lead, state, open, given_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      ).run(eventRow, task.id, party, lead, task.state, open, task.givenAt, dueAt);
    else if (
      old.party !== party ||
      old.lead !== lead ||
      old.state !== task.state ||
      old.open !== open ||
      old.due_at !== dueAt
    )
      sql(db, "UPDATE task SET party = ?, lead = ?, state = ?, open = ?, given_at = ?, due_at = ? WHERE row = ?").run(
        party,
        lead,
        task.state,
        open,
        task.givenAt,
        dueAt,
        old.row,
      );
  }
  for (const { row } of known.values()) sql(db, "DELETE FROM task WHERE row = ?").run(row);
}

/** Grows when what is drawn of a task changes: a desk that has older rows draws them anew when it opens. */
const indexVersion = "2";

/** Draws all rows anew from the events if they are of an older version; the queue's own index is not touched. In one transaction. */
export function refreshTaskIndex(db: Db): void {
  if (readMeta(db, "taskIndex") === indexVersion) return;
  db.transaction(() => {
    db.exec("DELETE FROM task");
    const rows = sql(db, "SELECT row, id FROM duty_event ORDER BY row").all() as { row: number; id: string }[];
    const state = sql(db, "SELECT state FROM entity WHERE kind = 'event' AND id = ?").pluck();
    for (const { row, id } of rows) projectTasks(db, row, readEvent(JSON.parse(state.get(id) as string)));
    writeMeta(db, "taskIndex", indexVersion);
  })();
}
