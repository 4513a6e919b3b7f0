import { mayOpen, sealed } from "#shared/domain/duty-event/confidential.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Handover } from "#shared/domain/handover/handover.ts";
import { readRecord } from "#shared/domain/handover/record.ts";
import { maskedRecord } from "#shared/domain/handover/sheet.ts";
import type { Desk } from "../desk.ts";
import { readEntity } from "../store/entities.ts";

/** Whether the officer at this desk may open every confidential event. */
export const knowsAll = ({ session }: Pick<Desk, "session">): boolean =>
  session.officer !== null && mayOpen({ reportedBy: "" }, session.officer);

/** CF-1: whether the officer at this desk may see its words in a list. With nobody signed in, nobody may. */
export function mayKnow(desk: Pick<Desk, "session">, event: Pick<DutyEvent, "confidential" | "reportedBy">): boolean {
  if (!event.confidential) return true;
  const { officer } = desk.session;
  return officer !== null && mayOpen(event, officer);
}

/** CF-2: whether its words are shown in full: only after it was opened with a reason, by this officer since signing in. */
export const isOpened = (desk: Pick<Desk, "session">, event: Pick<DutyEvent, "id" | "confidential">): boolean =>
  !event.confidential || desk.session.opened.has(event.id);

/** An event as this officer may see it in a list or on the map. What sounds is read by the whole room: `asOpened`. */
export const asKnown = (desk: Pick<Desk, "session">, event: DutyEvent): DutyEvent =>
  mayKnow(desk, event) ? event : sealed(event);

/** An event as this officer may read it. */
export const asOpened = (desk: Pick<Desk, "session">, event: DutyEvent): DutyEvent =>
  isOpened(desk, event) ? event : sealed(event);

/** CF-3: a handover as this officer may read it: without the right its confidential matters stay masked, as on paper. */
export const handoverAsKnown = (desk: Pick<Desk, "session">, handover: Handover): Handover =>
  knowsAll(desk) ? handover : { ...handover, record: maskedRecord(readRecord(handover.record)) };

/** The event of a line of the log, if its words must not be shown here. */
export function sealOf(desk: Pick<Desk, "session" | "db">, eventId: string | null): DutyEvent | null {
  const event = eventId === null ? undefined : readEntity(desk.db, "event", eventId);
  return event && !mayKnow(desk, event) ? event : null;
}
