import { type DutyEvent, isOpen, levels } from "#shared/domain/duty-event/event.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
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
    dropWords(db, "duty_event", old.row);
    if (old.open === 1) dropWords(db, "open_event", old.row);
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
    if (old.open === 1 && open === 0) dropWords(db, "open_event", old.row);
    if (old.open === 0 && open === 1) writeWords(db, "open_event", old.row, event);
    return;
  }
  const made = sql(
    db,
    `INSERT INTO duty_event (number, open, state, level, category, board, reported_at, due_at, lng, lat, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...values, id);
  const row = made.lastInsertRowid as number;
  // The searched words come from the report, which no action changes: they are written once.
  writeWords(db, "duty_event", row, event);
  if (open === 1) writeWords(db, "open_event", row, event);
}

/** All events, and the open ones again: that index stays small over the years. */
type Searched = "duty_event" | "open_event";

function writeWords(db: Db, searched: Searched, row: number, event: DutyEvent): void {
  const { number, title, text, callerName, callerPhone, place } = event;
  const words = wordsOf(
    [number, title, text, callerName, callerPhone, place.text, place.community, place.grid].join(" "),
  );
  sql(db, `INSERT INTO ${searched}_words (rowid, words) VALUES (?, ?)`).run(row, words);
  const initials = initialTokens([title, place.text, place.community, callerName]);
  sql(db, `INSERT INTO ${searched}_initials (rowid, initials) VALUES (?, ?)`).run(row, initials);
}

function dropWords(db: Db, searched: Searched, row: number): void {
  for (const kind of ["words", "initials"]) sql(db, `DELETE FROM ${searched}_${kind} WHERE rowid = ?`).run(row);
}

/** Grows when what is drawn from an event changes: a desk that has an older index draws it anew when it opens. */
const indexVersion = "2";

/** Draws the whole index anew from the events, in order of their reports, if it is of an older version. In one transaction. */
export function refreshEventIndex(db: Db): void {
  if (readMeta(db, "eventIndex") === indexVersion) return;
  db.transaction(() => {
    for (const table of ["duty_event", ...searchTables]) db.exec(`DELETE FROM ${table}`);
    const ids = sql(
      db,
      "SELECT id FROM entity WHERE kind = 'event' AND state <> 'null' ORDER BY json_extract(state, '$.reportedAt'), id",
    )
      .pluck()
      .all() as string[];
    const state = sql(db, "SELECT state FROM entity WHERE kind = 'event' AND id = ?").pluck();
    for (const id of ids) projectEvent(db, id, readEvent(JSON.parse(state.get(id) as string)));
    writeMeta(db, "eventIndex", indexVersion);
  })();
}

const searchTables = ["duty_event_words", "duty_event_initials", "open_event_words", "open_event_initials"];
