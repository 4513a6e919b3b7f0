import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type Db, sql } from "./database.ts";

/** Keeps, from both sides, which event stands to which: merged into it, or linked. In the transaction of the event. */
export function projectBonds(db: Db, id: string, event: Partial<DutyEvent> | undefined, isNew = false): void {
  if (!isNew) sql(db, "DELETE FROM event_bond WHERE event_id = ?").run(id);
  const put = sql(db, "INSERT OR IGNORE INTO event_bond (event_id, other_id, kind) VALUES (?, ?, ?)");
  if (event?.merged) put.run(id, event.merged.eventId, "merged");
  for (const { eventId, kind } of event?.links ?? []) put.run(id, eventId, kind);
}

/** Longest chain of merges that is followed: a merge of a merge of a merge. */
const deepest = 20;

/** BO-4: every event that is dealt with in this one, also through another that was merged into it. */
export function mergedInto(db: Db, id: string): string[] {
  return sql(
    db,
    `WITH RECURSIVE within(id, depth) AS (
       SELECT event_id, 1 FROM event_bond WHERE other_id = ? AND kind = 'merged'
       UNION SELECT event_bond.event_id, depth + 1 FROM event_bond JOIN within ON event_bond.other_id = within.id
       WHERE event_bond.kind = 'merged' AND depth < ${deepest})
     SELECT DISTINCT id FROM within ORDER BY id`,
  )
    .pluck()
    .all(id) as string[];
}

/** BO-4, BO-6: events that name this one: merged into it, or in a link of theirs. */
export const bondsTo = (db: Db, id: string): { id: string; kind: string }[] =>
  sql(db, "SELECT event_id AS id, kind FROM event_bond WHERE other_id = ? ORDER BY event_id").all(id) as {
    id: string;
    kind: string;
  }[];
