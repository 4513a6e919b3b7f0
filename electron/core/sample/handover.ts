import type { Tables } from "#shared/contract.ts";
import type { HandoverRecord } from "#shared/domain/handover/handover.ts";
import type { RosterRules, ShiftSpan } from "#shared/domain/roster/roster.ts";
import { dayMs } from "#shared/lib/time.ts";
import { officersById, shiftView, slotsFor } from "../queries/people.ts";
import type { Db } from "../store/database.ts";

/** The record of a past sample shift: its people and a finished checklist. */
export function sampleRecord(
  db: Db,
  rules: RosterRules,
  tables: Tables,
  span: ShiftSpan,
  next: ShiftSpan | undefined,
): HandoverRecord {
  const read = slotsFor(db, rules, span.startAt, span.endAt + dayMs);
  const officers = officersById(db);
  const people = (one: ShiftSpan) =>
    shiftView(rules, read, officers, one).people.map(({ role, officerId, name }) => ({ role, officerId, name }));
  return {
    on: span.on,
    shift: span.shift,
    shiftName: span.name.zh,
    startAt: span.startAt,
    dueAt: span.endAt,
    outgoing: people(span),
    incoming: next ? people(next) : [],
    opened: 0,
    closed: 0,
    openEvents: [],
    whistles: [],
    instructions: [],
    warnings: [],
    unconfirmed: 0,
    checklist: tables.checklist.items.map((item) => ({ item, ok: true, note: "" })),
    remarks: "示例交接记录。",
    carryOver: [],
  };
}
