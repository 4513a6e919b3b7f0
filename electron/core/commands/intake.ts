import type { ParsedOf } from "#shared/contract.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayMs } from "#shared/lib/time.ts";
import { type Answer, actTogether, type Desk, newId, type RecordOne } from "../desk.ts";
import { categoryOf } from "../queries/categories.ts";
import { readEntity } from "../store/entities.ts";
import { attachStaged } from "./attachments.ts";
import { reportGivenOf } from "./events.ts";

/**
 * IN-6: an event from its first word to its dispatch in one transaction: reported, accepted, assessed where its category
 * is known, assigned. Without `dispatch` it is reported alone. A relapse is bound to the event before (BO-9).
 */
export function takeIntake(
  desk: Desk,
  { dispatch, relapseOf, ...report }: ParsedOf<"intake.take">,
): Answer<"intake.take"> {
  const before = relapseOf ? readEntity(desk.db, "event", relapseOf) : undefined;
  if (relapseOf && !before) return fail(deskError("event.unknown", undefined, "relapseOf"));
  const given = reportGivenOf(desk, report);
  if (!given.ok) return given;
  const eventId = newId(desk.ports);
  const done = actTogether(desk, (one): Result<DutyEvent, DeskError> => {
    const reported = one("event.report", { eventId, given: given.value() });
    if (!reported.ok) return reported;
    if (before) {
      const bound = one("event.act", { eventId, action: "link", given: relapseGiven(before, desk.ports.now()) });
      if (!bound.ok) return bound;
    }
    const attached = attachStaged(desk, one, reported.value.state, report.attachmentIds);
    return attached.ok && dispatch ? dispatched(desk, one, attached.value, dispatch) : attached;
  });
  if (!done.ok) return done;
  if (report.attachmentIds.length > 0) desk.sync.freightWanted();
  // Whoever took the call knows what was said: it need not be opened to them again.
  if (done.value.confidential) desk.session.opened.add(eventId);
  return ok({ event: done.value });
}

/** A first report alone, with its attachments. */
export const reportEvent = (desk: Desk, input: ParsedOf<"event.report">): Answer<"event.report"> =>
  takeIntake(desk, { ...input, dispatch: null, relapseOf: "" });

function dispatched(
  desk: Desk,
  one: RecordOne,
  { id: eventId, category, level }: DutyEvent,
  { lead, coHandlers }: NonNullable<ParsedOf<"intake.take">["dispatch"]>,
): Result<DutyEvent, DeskError> {
  const accepted = one("event.act", { eventId, action: "accept", given: {} });
  if (!accepted.ok) return accepted;
  const board = categoryOf(desk, category)?.board;
  if (board) {
    const given = { board, category, level, lead, coHandlers };
    const assessed = one("event.act", { eventId, action: "assess", given });
    if (!assessed.ok) return assessed;
  }
  const assigned = one("event.act", { eventId, action: "assign", given: board ? {} : { lead, coHandlers } });
  return assigned.ok ? ok(assigned.value.state) : assigned;
}

/** The bond says after how many days; both ends show it, and the log line of the new event names the old one. */
function relapseGiven({ id, number, closedAt }: DutyEvent, at: number) {
  const days = Math.floor((at - (closedAt ?? at)) / dayMs);
  return {
    other: { eventId: id, number },
    linkKind: "relapse" as const,
    text: `同一处的同类事件，办结${days === 0 ? "当天" : ` ${days} 天后`}又发生`,
  };
}
