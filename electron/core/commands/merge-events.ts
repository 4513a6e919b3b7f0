import type { ParsedOf } from "#shared/contract.ts";
import type { Into } from "#shared/domain/duty-event/bond.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Answer, actTogether, type Desk, type RecordOne } from "../desk.ts";
import { asOpened } from "../session/seal.ts";
import { readEntity } from "../store/entities.ts";

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
    for (const { id } of others) {
      const done = mergeOne(one, id, into.value, text);
      if (!done.ok) return done;
      merged.push(asOpened(desk, done.value));
    }
    return ok({ lead: asOpened(desk, lead), merged });
  });
}

function mergeOne(one: RecordOne, eventId: string, into: Into, text: string): Result<DutyEvent, DeskError> {
  const done = one("event.act", { eventId, action: "merge", given: { into, ...(text ? { text } : {}) } });
  return done.ok ? ok(done.value.state) : done;
}

/** The lead as the op names it, from what this desk holds. It must still be dealt with itself. */
export function intoOf(desk: Pick<Desk, "db">, leadId: string): Result<Into, DeskError> {
  const lead = readEntity(desk.db, "event", leadId);
  if (!lead) return fail(deskError("event.unknown", undefined, "into"));
  if (!isOpen(lead.state)) return fail(deskError("event.merge_lead", { number: lead.number }, "into"));
  return ok({ eventId: lead.id, number: lead.number, reportedAt: lead.reportedAt });
}
