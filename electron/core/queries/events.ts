import type { EventDetail, EventRow, ShownEvent, SyncState } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { suggestedAction } from "#shared/domain/duty-event/task-debts.ts";
import { taskActionsFrom } from "#shared/domain/duty-event/task-steps.ts";
import { actionsFrom } from "#shared/domain/duty-event/transitions.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { hourMs } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { asKnown, asOpened, isOpened, mayBeOpened, mayKnow } from "../session/seal.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { lineOf, linesAt, rowsOfIds } from "../store/event-line.ts";
import { type OpenEvent, openEvents } from "../store/open-events.ts";
import { syncOfEntities, syncOfEntity } from "../store/sync-state.ts";
import { bondsOf } from "./bonds.ts";
import { categoriesFor, categoryOf } from "./categories.ts";
import { timelineOf } from "./log.ts";

/** An event counts as due soon within this long before its limit. */
export const soonMs = hourMs;

/** Lines of a list by their rows, in that order; CF-1: without the words that are sealed to this officer. */
export function rowsAt(desk: Desk, rows: readonly number[]): EventRow[] {
  const lines = linesAt(desk.db, rows, (line) => mayKnow(desk, line));
  const ids = lines.map(({ id }) => id);
  const syncs = syncOfEntities(desk.db, enrolled(desk), "event", ids);
  return lines.map((line, at) => ({ ...line, sync: syncs[at] as SyncState }));
}

export const rowsOf = (desk: Desk, ids: readonly string[]): EventRow[] => rowsAt(desk, rowsOfIds(desk.db, ids));

function detailOf(desk: Desk, event: DutyEvent): EventDetail {
  const grade = desk.session.officer?.grade;
  const isRead = isOpened(desk, event);
  const shown = asOpened(desk, event);
  return {
    event: shown,
    seal: isRead ? "none" : mayBeOpened(desk, event) ? "may_open" : "closed",
    actions: grade ? actionsFrom(event.state, grade, { event, at: desk.ports.now() }) : [],
    taskActions: shown.tasks.map((task) => (grade ? taskActionsFrom(event, task, grade) : [])),
    mayGive: grade !== undefined && taskActionsFrom(event, "none", grade).length > 0,
    suggested: suggestedAction(event),
    timeline: isRead ? timelineOf(desk, event) : [],
    bonds: bondsOf(desk, event),
    sync: syncOfEntity(desk.db, enrolled(desk), "event", event.id),
  };
}

/** An event after a step, as detail and list show it. */
export function shownEvent(desk: Desk, event: DutyEvent): ShownEvent {
  const detail = detailOf(desk, event);
  const line = lineOf(asKnown(desk, event));
  return { ...detail, row: { ...line, sync: detail.sync } };
}

export function getEvent(desk: Desk, { id }: { id: string }): Answer<"event.get"> {
  const event = readEntity(desk.db, "event", id);
  return event ? ok(detailOf(desk, event)) : fail(deskError("event.unknown"));
}

export interface EventCounts {
  readonly open: number;
  readonly late: number;
  readonly dueSoon: number;
  readonly toAcknowledge: number;
}

export const isLate = ({ dueAt }: OpenEvent, now: number): boolean => dueAt < now;
export const isDueSoon = ({ dueAt }: OpenEvent, now: number): boolean => dueAt >= now && dueAt < now + soonMs;
export const isToAcknowledge = ({ state }: OpenEvent): boolean => state === "assigned";

export function countEvents(db: Db, now: number): EventCounts {
  const counts = { open: 0, late: 0, dueSoon: 0, toAcknowledge: 0 };
  for (const event of openEvents(db).values()) {
    counts.open++;
    if (isLate(event, now)) counts.late++;
    if (isDueSoon(event, now)) counts.dueSoon++;
    if (isToAcknowledge(event)) counts.toAcknowledge++;
  }
  return counts;
}

/** What needs a person now, in the order of `pressingEvents`. */
export const neededEvents = (desk: Desk, limit: number): EventRow[] =>
  rowsAt(desk, pressingEvents(desk.db, desk.ports.now(), { limit, rest: false }));

/**
 * Rows of what needs a person now: what is late, what is critical, and urgent events of which a party is late; then waiting for
 * acknowledgement, then due within the hour or with a late party; with `rest`, then all other open events. The gravest first in each.
 */
export function pressingEvents(
  db: Db,
  now: number,
  { limit, rest }: { readonly limit: number; readonly rest: boolean },
): number[] {
  const lateParty = new Set(
    sql(db, "SELECT DISTINCT event FROM task WHERE open = 1 AND due_at < ?").pluck().all(now) as number[],
  );
  const rankOf = (event: OpenEvent): number | null => {
    const hasLateParty = lateParty.has(event.row);
    const isNew = event.state === "reported" || isToAcknowledge(event);
    if (!isNew && !hasLateParty && event.dueAt >= now + soonMs) return rest ? 3 : null;
    const isPressing = isLate(event, now) || event.level === 0 || (event.level === 1 && hasLateParty);
    return isPressing ? 0 : isNew ? 1 : 2;
  };
  const needed: { readonly rank: number; readonly event: OpenEvent }[] = [];
  const goesBefore = (a: (typeof needed)[number], b: (typeof needed)[number]): boolean =>
    (a.rank - b.rank || a.event.level - b.event.level || a.event.dueAt - b.event.dueAt || a.event.row - b.event.row) <
    0;
  // Of many a few are wanted: each is held against the last of those, and most go no further.
  for (const event of openEvents(db).values()) {
    const rank = rankOf(event);
    if (rank === null) continue;
    const one = { rank, event };
    const last = needed[limit - 1];
    if (last && !goesBefore(one, last)) continue;
    const at = needed.findIndex((other) => goesBefore(one, other));
    needed.splice(at < 0 ? needed.length : at, 0, one);
    needed.length = Math.min(needed.length, limit);
  }
  return needed.map(({ event }) => event.row);
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
  // CF-1: where it happened is one of its words.
  return ok({ rows: rowsOf(desk, ids).filter(({ place }) => place.point !== null) });
}

/** IN-1: the category whose keywords the text holds most, with the words as the reason. */
export function proposeCategory(desk: Desk, { text }: { text: string }): Answer<"event.propose"> {
  const [best] = categoriesFor(desk, text);
  const category = (best && categoryOf(desk, best.code)) ?? null;
  return ok({ category, reason: best?.words.join("、") ?? "" });
}
