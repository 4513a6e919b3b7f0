import { type DutyEvent, isOpen, levels } from "#shared/domain/duty-event/event.ts";
import { type Db, sql } from "./database.ts";
import { wordsOf } from "./words.ts";

/** Stands for "no limit" so that such events sort last. */
export const noLimit = 9_000_000_000_000;

/** Draws the row and the words of the queue from an event's state, in the caller's transaction. */
export function projectEvent(db: Db, id: string, event: DutyEvent | undefined): void {
  const row = sql(db, "SELECT row FROM duty_event WHERE id = ?").pluck().get(id) as number | undefined;
  if (!event) {
    if (row !== undefined) {
      sql(db, "DELETE FROM duty_event WHERE row = ?").run(row);
      sql(db, "DELETE FROM duty_event_words WHERE rowid = ?").run(row);
    }
    return;
  }
  const values = [
    event.number,
    isOpen(event.state) ? 1 : 0,
    event.state,
    levels.indexOf(event.level),
    event.category,
    event.board,
    event.reportedAt,
    event.dueAt ?? noLimit,
    event.place.point?.lng ?? null,
    event.place.point?.lat ?? null,
  ];
  if (row !== undefined) {
    sql(
      db,
      `UPDATE duty_event SET number = ?, open = ?, state = ?, level = ?, category = ?, board = ?, reported_at = ?, due_at = ?,
       lng = ?, lat = ? WHERE row = ?`,
    ).run(...values, row);
    return;
  }
  const made = sql(
    db,
    `INSERT INTO duty_event (number, open, state, level, category, board, reported_at, due_at, lng, lat, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...values, id);
  // The searched words come from the report, which no action changes: they are written once.
  const { number, title, text, callerName, callerPhone, place } = event;
  const words = wordsOf(
    [number, title, text, callerName, callerPhone, place.text, place.community, place.grid].join(" "),
  );
  sql(db, "INSERT INTO duty_event_words (rowid, words) VALUES (?, ?)").run(made.lastInsertRowid, words);
}
