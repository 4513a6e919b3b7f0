import { isRelapse } from "#shared/domain/duty-event/bond.ts";
import { rungOf } from "#shared/domain/duty-event/climb.ts";
import { pressingClock, type StepClock } from "#shared/domain/duty-event/clock.ts";
import { type DutyEvent, eventStates, isOpen, levels } from "#shared/domain/duty-event/event.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import { type Db, sql } from "./database.ts";
import { dropLine, writeLine } from "./event-line.ts";
import { dropWords, searchTables, writeWords } from "./event-words.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { noLimit, projectTasks } from "./task-index.ts";

/** What a row of the queue says of an event; written column by column, so that an index is touched only when its column changed. */
function columnsOf(event: DutyEvent, clock: StepClock | null): Record<string, string | number | null> {
  const parties = [event.lead, ...event.coHandlers].flatMap((party) => (party ? [party.name] : []));
  return {
    number: event.number,
    open: isOpen(event.state) ? 1 : 0,
    state: event.state,
    stage: eventStates.indexOf(event.state),
    level: levels.indexOf(event.level),
    category: event.category,
    board: event.board ?? "",
    reported_at: event.reportedAt,
    due_at: clock?.dueAt ?? noLimit,
    rung: rungOf(event, clock),
    lng: event.place.point?.lng ?? null,
    lat: event.place.point?.lat ?? null,
    source: event.source,
    // CF-1: an order or a filter by it would tell where a confidential event happened.
    community: event.confidential ? "" : event.place.community,
    grid: event.confidential ? "" : event.place.grid,
    lead: event.lead?.name ?? "",
    parties: partiesText(parties),
    confidential: event.confidential ? 1 : 0,
    sample: event.sample ? 1 : 0,
    whistled: event.whistles.length > 0 ? 1 : 0,
    relapse: isRelapse(event) ? 1 : 0,
  };
}

/** Each name between line ends, so that a whole name is found and no part of one. */
export const partiesText = (names: readonly string[]): string => names.map((name) => `\n${name}\n`).join("");

/** Rows of the queue as they were written, one after the other; the oldest are forgotten. Whoever holds an order follows it by this. */
export interface ChangedRows {
  /** Number of the first entry of `rows` that is still known. */
  from: number;
  rows: number[];
}
const changes = new WeakMap<Db, ChangedRows>();
const changesMost = 8_192;

export function changedRows(db: Db): ChangedRows {
  const known = changes.get(db) ?? { from: 0, rows: [] };
  changes.set(db, known);
  return known;
}

function noteChange(db: Db, row: number): void {
  const known = changedRows(db);
  known.rows.push(row);
  if (known.rows.length <= changesMost) return;
  known.rows = known.rows.slice(changesMost / 2);
  known.from += changesMost / 2;
}

type OldRow = { row: number; open: number } & Record<string, string | number | null>;

/** Every event has the same columns, in one order. */
let insertion: string | undefined;
const insertionOf = (names: readonly string[]): string =>
  `INSERT INTO duty_event (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;

/** Draws the row and the words of the queue from an event's state, in the caller's transaction. `isNew`: nothing is drawn of it yet. */
export function projectEvent(db: Db, id: string, event: DutyEvent | undefined, isNew = false): void {
  const old = isNew ? undefined : (sql(db, "SELECT * FROM duty_event WHERE id = ?").get(id) as OldRow | undefined);
  if (!event) {
    if (!old) return;
    sql(db, "DELETE FROM duty_event WHERE row = ?").run(old.row);
    projectTasks(db, old.row, undefined);
    dropLine(db, old.row);
    dropWords(db, "duty_event", old.row);
    if (old.open === 1) dropWords(db, "open_event", old.row);
    noteChange(db, old.row);
    return;
  }
  const clock = pressingClock(event);
  const columns = columnsOf(event, clock);
  if (old) {
    projectTasks(db, old.row, event);
    writeLine(db, old.row, event, clock);
    const changed = Object.entries(columns).filter(([name, value]) => old[name] !== value);
    if (changed.length === 0) return;
    const set = changed.map(([name]) => `${name} = ?`).join(", ");
    sql(db, `UPDATE duty_event SET ${set} WHERE row = ?`).run(...changed.map(([, value]) => value), old.row);
    if (old.open === 1 && columns.open === 0) dropWords(db, "open_event", old.row);
    if (old.open === 0 && columns.open === 1) writeWords(db, ["open_event"], old.row, event);
    noteChange(db, old.row);
    return;
  }
  insertion ??= insertionOf(["id", ...Object.keys(columns)]);
  const made = sql(db, insertion).run(id, ...Object.values(columns));
  const row = made.lastInsertRowid as number;
  projectTasks(db, row, event, true);
  writeLine(db, row, event, clock);
  // The searched words come from the report, which no action changes: they are written once.
  writeWords(db, columns.open === 1 ? ["duty_event", "open_event"] : ["duty_event"], row, event);
  noteChange(db, row);
}

/** Grows when what is drawn from an event changes: a desk that has an older index draws it anew when it opens. */
const indexVersion = "6";

/** Draws the whole index anew from the events, in order of their reports, if it is of an older version. In one transaction. */
export function refreshEventIndex(db: Db): void {
  if (readMeta(db, "eventIndex") === indexVersion) return;
  db.transaction(() => {
    for (const table of ["duty_event", "event_line", "task", ...searchTables]) db.exec(`DELETE FROM ${table}`);
    changes.delete(db);
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
