import { type DutyEvent, stateNames } from "#shared/domain/duty-event/event.ts";
import { nextOfTasks, suggestedAction } from "#shared/domain/duty-event/task-debts.ts";
import { actionsFrom, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { Carry } from "#shared/domain/handover/carry-over.ts";
import type { Handover } from "#shared/domain/handover/handover.ts";
import {
  type HandoverEvent,
  type HandoverRecord,
  linesOf,
  readRecord,
  type SectionCode,
} from "#shared/domain/handover/record.ts";
import type { ShiftSpan } from "#shared/domain/roster/roster.ts";
import type { Desk } from "../desk.ts";
import { isSecret } from "../session/seal.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { counts } from "../store/outbox.ts";
import { openCarries } from "./carry-over.ts";
import { marksOf, mostOfAKind, reportsDue, sectionsOf } from "./handover-sections.ts";
import { peopleIn } from "./people.ts";

type Shift = Pick<
  HandoverRecord,
  "form" | "on" | "shift" | "shiftName" | "startAt" | "dueAt" | "outgoing" | "incoming" | "office" | "limits"
>;

/** What a record says of its shift, whatever happened in it. */
export function shiftOf(
  desk: Pick<Desk, "db" | "tables">,
  office: HandoverRecord["office"],
  span: ShiftSpan,
  next: ShiftSpan | undefined,
): Shift {
  const { earlyMin, lateMin } = desk.tables.checklist;
  return {
    form: 2,
    on: span.on,
    shift: span.shift,
    shiftName: span.name.zh,
    startAt: span.startAt,
    dueAt: span.endAt,
    outgoing: peopleIn(desk, span, span.endAt - 1),
    incoming: next ? peopleIn(desk, next, next.startAt) : [],
    office,
    limits: { earlyMin, lateMin },
  };
}

/** The checks and keys of the district's list, not yet answered (`ok` false) or all in order; counted as they were before. */
export function checksOf(
  { tables }: Pick<Desk, "tables">,
  ok: boolean,
  before: HandoverRecord["keys"] = [],
): Pick<HandoverRecord, "checklist" | "keys"> {
  return {
    checklist: tables.checklist.items.map(({ name, required }) => ({ item: name, ok, note: "", required })),
    keys: tables.checklist.keys.map(({ name: item, unit, required }) => ({
      item,
      unit,
      count: before.find((one) => one.item === item && one.unit === unit)?.count ?? null,
      ok,
      note: "",
      required,
    })),
  };
}

/** What the shift before counted. */
function lastKeys({ db }: Desk): HandoverRecord["keys"] {
  const last = sql(db, "SELECT state FROM entity WHERE kind = 'handover' AND state <> 'null' ORDER BY id DESC LIMIT 1")
    .pluck()
    .get() as string | undefined;
  return last === undefined ? [] : readRecord((JSON.parse(last) as Handover).record).keys;
}

/** The live draft: everything that the desk knows of the shift by itself. */
export function buildRecord(desk: Desk, span: ShiftSpan, next: ShiftSpan | undefined): HandoverRecord {
  const now = desk.ports.now();
  const until = Math.min(now, span.endAt);
  const open = eventsOf(
    desk,
    sql(desk.db, "SELECT id FROM duty_event WHERE open = 1 ORDER BY level, due_at, row LIMIT ?")
      .pluck()
      .all(mostOfAKind) as string[],
  );
  const closed = eventsOf(desk, closedBetween(desk.db, span.startAt, until));
  const opened = sql(
    desk.db,
    "SELECT count(*) FROM duty_log WHERE at >= ? AND at <= ? AND kind = 'event' AND action = 'report'",
  )
    .pluck()
    .get(span.startAt, until) as number;
  const reports = reportsDue(desk, [...open, ...closed]);
  const officeOf = { streetName: desk.street.name, deskName: desk.deskName };
  const { waiting, recorded, oldestWaitingAt } = counts(desk.db);
  const shift = shiftOf(
    desk,
    { ...officeOf, offsetMin: desk.tables.roster.offsetMin, sample: desk.sample },
    span,
    next,
  );
  return {
    ...shift,
    opened,
    closed: closed.length,
    openEvents: open.map((event) => eventLine(event, span, reports.has(event.id), desk.ports.now())),
    sections: sectionsOf(desk, span, until, { open, closed, reports }),
    unconfirmed: { waiting, recorded, oldestAt: oldestWaitingAt },
    ...checksOf(desk, false, lastKeys(desk)),
    remarks: "",
    carryOver: openCarries(desk.db).map((item) => carriedOn(desk, item, shift.incoming)),
    chain: null,
  };
}

const eventsOf = (desk: Desk, ids: readonly string[]): DutyEvent[] =>
  ids.flatMap((id) => readEntity(desk.db, "event", id) ?? []);

/** Events that were closed in a stretch of time and still are, as they were closed; no more of them than a sheet can hold. */
export const closedBetween = (db: Db, fromAt: number, untilAt: number): string[] =>
  sql(
    db,
    `SELECT DISTINCT event_id FROM duty_log WHERE kind = 'event' AND action = 'close' AND at >= ? AND at <= ?
     AND (SELECT state FROM duty_event WHERE id = event_id) = 'closed' ORDER BY at LIMIT ?`,
  )
    .pluck()
    .all(fromAt, untilAt, mostOfAKind) as string[];

function eventLine(event: DutyEvent, span: ShiftSpan, isReportDue: boolean, at: number): HandoverEvent {
  const { id, number, title, state, level, dueAt, lead, reportedAt, confidential } = event;
  const step = suggestedAction(event) ?? actionsFrom(state, "leader", { event, at })[0];
  return {
    eventId: id,
    number,
    title,
    state,
    level,
    dueAt,
    lead: lead?.name ?? "",
    next: nextOfTasks(event)?.zh ?? (step ? transitionOf(step).label.zh : stateNames[state].zh),
    reportedAt,
    isNew: reportedAt >= span.startAt,
    marks: marksOf(event, isReportDue),
    confidential,
    note: "",
  };
}

/** An item that is not finished goes on: to the same person if they come, else to the one who has the main post. */
function carriedOn(desk: Desk, item: Carry, incoming: HandoverRecord["incoming"]): HandoverRecord["carryOver"][number] {
  const to =
    incoming.find(({ officerId }) => officerId === item.officerId) ??
    incoming.find(({ role }) => role === "main_operator") ??
    incoming[0];
  const { id, text, eventId } = item;
  return {
    id,
    text,
    eventId,
    confidential: isSecret(desk, item),
    toOfficerId: to?.officerId ?? item.officerId,
    toName: to?.name ?? item.officerName,
  };
}

/** HO-6: what the outgoing shift goes through, each with a stamp of how it stands now. */
export function reviewOf(desk: Desk, record: HandoverRecord): { key: string; stamp: string }[] {
  const open = new Set(record.openEvents.map(({ eventId }) => eventId));
  const events = record.openEvents.map(({ eventId }) => ({
    key: `event/${eventId}`,
    stamp: String(readEntity(desk.db, "event", eventId)?.updatedAt ?? 0),
  }));
  const reviewed: readonly SectionCode[] = ["report", "warning", "instruction", "hazard", "fault", "watch"];
  const lines = reviewed
    .flatMap((code) => linesOf(record, code))
    .filter(({ key, eventId }) => !(key.startsWith("report/") && open.has(eventId ?? "")))
    .map(({ key, mark, at, title, detail }) => ({
      key,
      // Of a watch the words count: who stood there, and when; others may be sealed, and only their length goes out.
      stamp: [mark, at ?? "", key.startsWith("watch/") ? title : title.length, detail].join("/"),
    }));
  return [...events, ...lines];
}
