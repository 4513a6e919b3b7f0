import type { ParsedOf } from "#shared/contract.ts";
import type { Into } from "#shared/domain/duty-event/bond.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { BodyOf } from "#shared/op/kinds.ts";
import { type Answer, actTogether, type Desk, type RecordOne } from "../desk.ts";
import { asOpened } from "../session/seal.ts";
import { readEntity } from "../store/entities.ts";
import { mergedInto } from "../store/event-bonds.ts";

/** Who was reported first comes first: that one leads (BO-4). */
const byReport = (one: DutyEvent, other: DutyEvent) =>
  one.reportedAt - other.reportedAt || (one.number < other.number ? -1 : 1);

/** BO-4: one op for each event that is merged, none for the lead; all of them are recorded, or none. */
export function mergeEvents(desk: Desk, { ids, text }: ParsedOf<"event.merge">): Answer<"event.merge"> {
  const events: DutyEvent[] = [];
  for (const id of new Set(ids)) {
    const event = readEntity(desk.db, "event", id);
    if (!event) return fail(deskError("event.unknown"));
    events.push(event);
  }
  const [lead, ...others] = events.sort(byReport);
  if (!lead || others.length === 0) return fail(deskError("input.invalid", undefined, "ids"));
  const into = intoOf(desk, lead.id);
  if (!into.ok) return into;
  return actTogether(desk, (one) => {
    const merged: DutyEvent[] = [];
    for (const event of others) {
      const done = mergeOne(one, event, lead, into.value, text);
      if (!done.ok) return done;
      merged.push(asOpened(desk, done.value));
    }
    return ok({ lead: asOpened(desk, lead), merged });
  });
}

function mergeOne(
  one: RecordOne,
  event: DutyEvent,
  lead: DutyEvent,
  into: Into,
  text: string,
): Result<DutyEvent, DeskError> {
  const hidden = sealBeforeMerge(one, event, lead);
  if (!hidden.ok) return hidden;
  const done = one("event.act", { eventId: event.id, action: "merge", given: { into, ...(text ? { text } : {}) } });
  return done.ok ? ok(done.value.state) : done;
}

/** The lead as the op names it, from what this desk holds. It must still be dealt with itself. */
export function intoOf(desk: Pick<Desk, "db">, leadId: string): Result<Into, DeskError> {
  const lead = readEntity(desk.db, "event", leadId);
  if (!lead) return fail(deskError("event.unknown", undefined, "into"));
  if (!isOpen(lead.state)) return fail(deskError("event.merge_lead", { number: lead.number }, "into"));
  return ok({ eventId: lead.id, number: lead.number, reportedAt: lead.reportedAt });
}

/** Why an event became confidential with another one: paper and log speak Chinese first. */
const because = (number: string) => `与涉密事件 ${number} 是同一件事`;

/** CF-5: what is merged into a confidential event is about the same matter, and is made confidential first. */
export function sealBeforeMerge(
  one: RecordOne,
  event: DutyEvent | undefined,
  lead: DutyEvent | undefined,
): Result<undefined, DeskError> {
  if (!event || !lead?.confidential || event.confidential || !isOpen(event.state)) return ok(undefined);
  return each(one, event.id, [{ action: "seal", given: { reason: because(lead.number) } }]);
}

/**
 * CF-5: an event that becomes confidential takes along what was merged into it. Only an open one is made confidential, so
 * each comes out of the merge and goes back into it.
 */
export function sealMerged(
  { db }: Pick<Desk, "db">,
  one: RecordOne,
  { id, number, reportedAt }: Pick<DutyEvent, "id" | "number" | "reportedAt">,
): Result<undefined, DeskError> {
  const into: Into = { eventId: id, number, reportedAt };
  for (const merged of mergedInto(db, id)) {
    if (readEntity(db, "event", merged)?.confidential !== false) continue;
    const done = each(one, merged, [
      { action: "unmerge", given: {} },
      { action: "seal", given: { reason: because(number) } },
      { action: "merge", given: { into } },
    ]);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

type Step = Pick<BodyOf<"event.act">, "action" | "given">;

function each(one: RecordOne, eventId: string, steps: readonly Step[]): Result<undefined, DeskError> {
  for (const step of steps) {
    const done = one("event.act", { eventId, ...step } as BodyOf<"event.act">);
    if (!done.ok) return done;
  }
  return ok(undefined);
}
