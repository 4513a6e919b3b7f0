import type { EventState } from "#shared/domain/duty-event/event.ts";
import { type Db, sql } from "./database.ts";
import { changedRows } from "./event-index.ts";

/** An open event as its row of the queue says it. */
export interface OpenEvent {
  readonly row: number;
  readonly id: string;
  readonly state: EventState;
  /** Its place in `levels`. */
  readonly level: number;
  readonly reportedAt: number;
  /** Limit of the clock that presses; `noLimit` without one. */
  readonly dueAt: number;
  readonly rung: number;
}

interface Held {
  readonly events: Map<number, OpenEvent>;
  /** Number of the first change that is not yet in it. */
  seen: number;
}
const held = new WeakMap<Db, Held>();

const columns = "row, id, state, level, reported_at AS reportedAt, due_at AS dueAt, rung";

/**
 * The open events by their row, held in memory: they are few however many years lie behind them, and what looks at all of them again
 * and again (the ladder, the alarms) reads only those that were written since. Outside a transaction: one that is undone says nothing.
 */
export function openEvents(db: Db): ReadonlyMap<number, OpenEvent> {
  if (db.inTransaction) throw new Error("Open events are asked for outside a transaction.");
  const { from, rows } = changedRows(db);
  const upTo = from + rows.length;
  const known = held.get(db);
  if (!known || known.seen < from || known.seen > upTo) {
    const all = sql(db, `SELECT ${columns} FROM duty_event WHERE open = 1 ORDER BY reported_at, row`).all();
    const events = new Map((all as OpenEvent[]).map((event) => [event.row, event]));
    held.set(db, { events, seen: upTo });
    return events;
  }
  const read = sql(db, `SELECT ${columns} FROM duty_event WHERE open = 1 AND row = ?`);
  for (const row of new Set(rows.slice(known.seen - from))) {
    const event = read.get(row) as OpenEvent | undefined;
    if (event) known.events.set(row, event);
    else known.events.delete(row);
  }
  known.seen = upTo;
  return known.events;
}
