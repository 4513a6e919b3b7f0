import type { EventRow, ParsedOf, SyncState } from "#shared/contract.ts";
import { type DutyEvent, levels } from "#shared/domain/duty-event/event.ts";
import { actionsFrom } from "#shared/domain/duty-event/transitions.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf, hourMs, instantOf } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { syncOfEntity } from "../store/outbox.ts";
import { queryOf } from "../store/words.ts";
import { timelineOf } from "./log.ts";

/** An event counts as due soon within this long before its limit. */
export const soonMs = hourMs;

export function rowOf(desk: Desk, event: DutyEvent): EventRow {
  const { id, number, state, level, category, title, source, confidential, place, board, lead } = event;
  const { reportedAt, dueAt, closedAt, updatedAt, sample } = event;
  const sync: SyncState = syncOfEntity(desk.db, enrolled(desk), "event", id);
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
    reportedAt,
    dueAt,
    closedAt,
    updatedAt,
    sample,
    sync,
  };
}

/** One part of the queue's WHERE, with its values. */
interface Part {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

const part = (text: string, ...values: (string | number)[]): Part => ({ text, values });

function viewPart(view: ParsedOf<"event.list">["view"], now: number, offsetMin: number): Part | null {
  switch (view) {
    case "open":
      return part("open = 1");
    case "late":
      return part("open = 1 AND due_at < ?", now);
    case "due_soon":
      return part("open = 1 AND due_at >= ? AND due_at < ?", now, now + soonMs);
    case "to_acknowledge":
      return part("open = 1 AND state = 'assigned'");
    case "unconfirmed":
      return part("id IN (SELECT entity_id FROM op WHERE entity = 'event' AND state IN ('waiting', 'refused'))");
    case "today":
      return part("reported_at >= ?", instantOf(dayOf(now, offsetMin), 0, offsetMin));
    case "closed":
      return part("open = 0");
    case "all":
      return null;
  }
}

/** The columns that order a page; the cursor holds their values of the last row. */
const orders = {
  urgency: {
    by: "open DESC, level, due_at, row",
    after: "(1 - open, level, due_at, row) > (?, ?, ?, ?)",
    of: (r: IndexRow) => [1 - r.open, r.level, r.due_at, r.row],
  },
  newest: {
    by: "reported_at DESC, row DESC",
    after: "(-reported_at, -row) > (?, ?)",
    of: (r: IndexRow) => [-r.reported_at, -r.row],
  },
  due: {
    by: "open DESC, due_at, row",
    after: "(1 - open, due_at, row) > (?, ?, ?)",
    of: (r: IndexRow) => [1 - r.open, r.due_at, r.row],
  },
} as const;

interface IndexRow {
  readonly row: number;
  readonly id: string;
  readonly open: number;
  readonly level: number;
  readonly due_at: number;
  readonly reported_at: number;
}

export function listEvents(desk: Desk, input: ParsedOf<"event.list">): Answer<"event.list"> {
  const { db, ports, tables } = desk;
  const among = (column: string, values: readonly (string | number)[] | undefined) =>
    values?.length ? part(`${column} IN (${values.map(() => "?").join(", ")})`, ...values) : null;
  const words = input.search === undefined ? null : queryOf(input.search);
  const filters = [
    viewPart(input.view, ports.now(), tables.roster.offsetMin),
    among("state", input.states),
    among(
      "level",
      input.levels?.map((level) => levels.indexOf(level)),
    ),
    input.category ? part("category = ?", input.category) : null,
    input.board ? part("board = ?", input.board) : null,
    words ? part("row IN (SELECT rowid FROM duty_event_words WHERE duty_event_words MATCH ?)", words) : null,
  ].filter((one): one is Part => one !== null);
  const order = orders[input.sort];
  const where = (parts: readonly Part[]) =>
    parts.length ? `WHERE ${parts.map(({ text }) => text).join(" AND ")}` : "";
  const total = db
    .prepare(`SELECT count(*) FROM duty_event ${where(filters)}`)
    .pluck()
    .get(...filters.flatMap(({ values }) => values)) as number;
  const page = input.cursor === undefined ? filters : [...filters, part(order.after, ...readCursor(input.cursor))];
  const rows = db
    .prepare(
      `SELECT row, id, open, level, due_at, reported_at FROM duty_event ${where(page)} ORDER BY ${order.by} LIMIT ?`,
    )
    .all(...page.flatMap(({ values }) => values), input.limit + 1) as IndexRow[];
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return ok({
    rows: shown.flatMap(({ id }) => {
      const event = readEntity(db, "event", id);
      return event ? [rowOf(desk, event)] : [];
    }),
    next: rows.length > input.limit && last ? order.of(last).join(",") : null,
    total,
  });
}

const readCursor = (cursor: string): number[] => cursor.split(",").map((value) => Number(value) || 0);

export function getEvent(desk: Desk, { id }: { id: string }): Answer<"event.get"> {
  const event = readEntity(desk.db, "event", id);
  if (!event) return fail(deskError("event.unknown"));
  const grade = desk.session.officer?.grade;
  return ok({
    event,
    actions: grade ? actionsFrom(event.state, grade) : [],
    timeline: timelineOf(desk, id),
    sync: syncOfEntity(desk.db, enrolled(desk), "event", id),
  });
}

export interface EventCounts {
  readonly open: number;
  readonly late: number;
  readonly dueSoon: number;
  readonly toAcknowledge: number;
}

export function countEvents(db: Db, now: number): EventCounts {
  return sql(
    db,
    `SELECT count(*) AS open, coalesce(sum(due_at < @now), 0) AS late, coalesce(sum(due_at >= @now AND due_at < @soon), 0) AS dueSoon,
     coalesce(sum(state = 'assigned'), 0) AS toAcknowledge FROM duty_event WHERE open = 1`,
  ).get({ now, soon: now + soonMs }) as EventCounts;
}

/** What needs a person now: late first, then waiting for acknowledgement, then due within the hour. */
export function neededEvents(desk: Desk, limit: number): EventRow[] {
  const now = desk.ports.now();
  const ids = sql(
    desk.db,
    `SELECT id FROM duty_event WHERE open = 1 AND (due_at < @now OR state IN ('reported', 'assigned') OR due_at < @soon)
     ORDER BY due_at >= @now, state NOT IN ('reported', 'assigned'), level, due_at, row LIMIT @limit`,
  )
    .pluck()
    .all({ now, soon: now + soonMs, limit }) as string[];
  return rowsOf(desk, ids);
}

/** How long an ended event stays on the map after its report. */
const endedShownMs = 24 * hourMs;

/** Events that have a point, for the map: open ones and those of the last day, the most urgent when there are too many. */
export function eventsOnMap(desk: Desk): Answer<"map.events"> {
  const ids = sql(
    desk.db,
    `SELECT id FROM duty_event WHERE lng IS NOT NULL AND (open = 1 OR reported_at >= ?)
     ORDER BY open DESC, level, due_at, row LIMIT 2000`,
  )
    .pluck()
    .all(desk.ports.now() - endedShownMs) as string[];
  return ok({ rows: rowsOf(desk, ids) });
}

function rowsOf(desk: Desk, ids: readonly string[]): EventRow[] {
  return ids.flatMap((id) => {
    const event = readEntity(desk.db, "event", id);
    return event ? [rowOf(desk, event)] : [];
  });
}

/** Plain local rules: the category whose keywords the text holds most, with the words as the reason. */
export function proposeCategory(desk: Desk, { text }: { text: string }): Answer<"event.propose"> {
  let best: { category: (typeof desk.tables.categories.rows)[number]; words: string[] } | null = null;
  for (const category of desk.tables.categories.rows) {
    const words = category.keywords.filter((word) => text.includes(word));
    if (words.length > (best?.words.length ?? 0)) best = { category, words };
  }
  return ok({ category: best?.category ?? null, reason: best ? best.words.join("、") : "" });
}
