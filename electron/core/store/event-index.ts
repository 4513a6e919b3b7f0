import { type DutyEvent, isOpen, levels } from "#shared/domain/duty-event/event.ts";
import { type Db, sql } from "./database.ts";
import { initialTokens } from "./initials.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { wordsOf } from "./words.ts";

/** Stands for "no limit" so that such events sort last. */
export const noLimit = 9_000_000_000_000;

/** Draws the row and the words of the queue from an event's state, in the caller's transaction. */
export function projectEvent(db: Db, id: string, event: DutyEvent | undefined): void {
  const old = sql(db, "SELECT row, open FROM duty_event WHERE id = ?").get(id) as
    | { row: number; open: number }
    | undefined;
  if (!event) {
    if (!old) return;
    sql(db, "DELETE FROM duty_event WHERE row = ?").run(old.row);
    sql(db, "DELETE FROM duty_event_words WHERE rowid = ?").run(old.row);
    sql(db, "DELETE FROM open_event_words WHERE rowid = ?").run(old.row);
    return;
  }
  const open = isOpen(event.state) ? 1 : 0;
  const values = [
    event.number,
    open,
    event.state,
    levels.indexOf(event.level),
    event.category,
    event.board,
    event.reportedAt,
    event.dueAt ?? noLimit,
    event.place.point?.lng ?? null,
    event.place.point?.lat ?? null,
  ];
  if (old) {
    sql(
      db,
      `UPDATE duty_event SET number = ?, open = ?, state = ?, level = ?, category = ?, board = ?, reported_at = ?, due_at = ?,
       lng = ?, lat = ? WHERE row = ?`,
    ).run(...values, old.row);
    if (old.open === 1 && open === 0) sql(db, "DELETE FROM open_event_words WHERE rowid = ?").run(old.row);
    if (old.open === 0 && open === 1) writeWords(db, "open_event_words", old.row, event);
    return;
  }
  const row = freeRow(db, event.reportedAt);
  sql(
    db,
    `INSERT INTO duty_event (row, number, open, state, level, category, board, reported_at, due_at, lng, lat, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(row, ...values, id);
  // The searched words come from the report, which no action changes: they are written once.
  writeWords(db, "duty_event_words", row, event);
  if (open === 1) writeWords(db, "open_event_words", row, event);
}

/** Events of one second that keep the order of their keys; a fuller second spills into the next one's keys. */
const perSecond = 64;
const since2020 = 1_577_836_800;

/** Least key of what was reported from `at` on. */
export const rowFrom = (at: number): number => (Math.floor(at / 1000) - since2020) * perSecond;

/** A key that grows with the time of the report: the newest come first in key order, without a sort. */
function freeRow(db: Db, reportedAt: number): number {
  let row = rowFrom(reportedAt);
  const taken = sql(db, "SELECT 1 FROM duty_event WHERE row = ?").pluck();
  while (taken.get(row) !== undefined) row++;
  return row;
}

function writeWords(db: Db, table: "duty_event_words" | "open_event_words", row: number, event: DutyEvent): void {
  const { number, title, text, callerName, callerPhone, place } = event;
  const words = wordsOf(
    [number, title, text, callerName, callerPhone, place.text, place.community, place.grid].join(" "),
  );
  const initials = initialTokens([title, place.text, place.community, callerName]);
  sql(db, `INSERT INTO ${table} (rowid, words, initials) VALUES (?, ?, ?)`).run(row, words, initials);
}

/** Grows when what is drawn from an event changes: a desk that has an older index draws it anew when it opens. */
const indexVersion = "2";

/** Draws the whole index anew from the events if it is of an older version. In one transaction; 0.1 ms an event. */
export function refreshEventIndex(db: Db): void {
  if (readMeta(db, "eventIndex") === indexVersion) return;
  db.transaction(() => {
    for (const table of ["duty_event", "duty_event_words", "open_event_words"]) db.exec(`DELETE FROM ${table}`);
    const ids = sql(db, "SELECT id FROM entity WHERE kind = 'event' AND state <> 'null'").pluck().all() as string[];
    const state = sql(db, "SELECT state FROM entity WHERE kind = 'event' AND id = ?").pluck();
    for (const id of ids) projectEvent(db, id, JSON.parse(state.get(id) as string) as DutyEvent);
    writeMeta(db, "eventIndex", indexVersion);
  })();
}
