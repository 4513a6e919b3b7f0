import type { LogLine } from "#shared/op/kinds/row.ts";
import type { Op } from "#shared/op/op.ts";
import { type Db, sql } from "./database.ts";

/** RO-36: keeps which places an op changed, from whom to whom; once, whether it was made here or pulled. */
export function writeRosterChanges(db: Db, op: Op, line: LogLine): void {
  for (const { slot, was, officerId } of line.changes ?? [])
    sql(
      db,
      `INSERT INTO roster_change (op_id, slot, at, by, was, officer_id, action) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (op_id, slot) DO NOTHING`,
    ).run(op.id, slot, op.at, op.by, was, officerId, op.kind);
}

export interface RosterChangeRow {
  readonly op_id: string;
  readonly slot: string;
  readonly at: number;
  readonly by: string;
  readonly was: string | null;
  readonly officer_id: string | null;
  readonly action: string;
  /** The district has refused it: it does not stand. */
  readonly refused: number;
}

/** Changes of a month, newest first; of one slot when it is named. `limit` counts places. */
export function rosterChanges(db: Db, month: string, slot: string | undefined, limit: number): RosterChangeRow[] {
  const [from, to] = slot === undefined ? [`${month}-`, `${month}.`] : [slot, `${slot}\0`];
  return sql(
    db,
    `SELECT c.*, coalesce(o.state IN ('refused', 'settled'), 0) AS refused FROM roster_change c
     LEFT JOIN op o ON o.id = c.op_id WHERE c.slot >= ? AND c.slot < ? ORDER BY c.at DESC, c.op_id DESC, c.slot LIMIT ?`,
  ).all(from, to, limit) as RosterChangeRow[];
}
