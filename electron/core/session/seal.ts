import { mayOpen, sealed } from "#shared/domain/duty-event/confidential.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { sealedTitle } from "#shared/domain/duty-event/sealed-name.ts";
import type { Handover } from "#shared/domain/handover/handover.ts";
import { type HandoverRecord, readRecord } from "#shared/domain/handover/record.ts";
import { maskedRecord } from "#shared/domain/handover/sheet.ts";
import type { Desk } from "../desk.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { type Part, part } from "../store/where.ts";

type Asking = Pick<Desk, "session">;
type Sealable = Pick<DutyEvent, "id" | "confidential" | "reportedBy">;

/** Whether the officer at this desk has the right to every confidential event. */
const hasRightToAll = ({ session }: Asking): boolean =>
  session.officer !== null && mayOpen({ reportedBy: "" }, session.officer);

/** CF-2: whether the officer at this desk has the right to open it. */
export const mayBeOpened = ({ session }: Asking, event: Pick<DutyEvent, "reportedBy">): boolean =>
  session.officer !== null && mayOpen(event, session.officer);

/** CF-2: whether its words are shown in full: only after it was opened with a reason, by this officer since signing in. */
export const isOpened = ({ session }: Asking, event: Pick<DutyEvent, "id" | "confidential">): boolean =>
  !event.confidential || (session.officer !== null && session.opened.has(event.id));

/**
 * CF-1: whether its words stand in what this officer reads of many events: lists, map, log, suggestions, what is searched.
 * The right alone is not enough: it must be opened, or reported by themselves. With nobody signed in, nobody knows it.
 */
export const mayKnow = (desk: Asking, event: Sealable): boolean =>
  isOpened(desk, event) || (desk.session.officer !== null && event.reportedBy === desk.session.officer.id);

/** `mayKnow` for rows of `duty_event`, as a part of a WHERE. What is confidential alone is looked at further. */
export const knownRows = ({ session }: Asking): Part =>
  session.officer === null
    ? part("confidential = 0")
    : part(
        `(confidential = 0 OR id IN (SELECT value FROM json_each(?))
          OR ? = (SELECT json_extract(line, '$.reportedBy') FROM event_line WHERE event_line.row = duty_event.row))`,
        JSON.stringify([...session.opened]),
        session.officer.id,
      );

/** An event as this officer may see it in a list or on the map. What sounds is read by the whole room: `asHeard`. */
export const asKnown = (desk: Asking, event: DutyEvent): DutyEvent => (mayKnow(desk, event) ? event : sealed(event));

/** CF-1: an event as what sounds may name it: to who has opened it, and to nobody while the desk is locked. */
export const asHeard = (desk: Asking, event: DutyEvent): DutyEvent =>
  desk.session.lockedAt !== null && event.confidential ? sealed(event) : asOpened(desk, event);

/** An event as this officer may read it. */
export const asOpened = (desk: Asking, event: DutyEvent): DutyEvent => (isOpened(desk, event) ? event : sealed(event));

/** What was handed over and marked confidential goes by its event; one that names none, by the right. */
export function mayKnowMatter(desk: Pick<Desk, "session" | "db">, eventId: string | null): boolean {
  const event = eventId === null ? undefined : readEntity(desk.db, "event", eventId);
  return event?.confidential ? mayKnow(desk, event) : hasRightToAll(desk);
}

type Matter = Pick<HandoverRecord["carryOver"][number], "confidential" | "eventId">;

const mattersOf = ({ openEvents, sections, carryOver }: HandoverRecord): Matter[] => [
  ...openEvents,
  ...sections.flatMap(({ items }) => items),
  ...carryOver,
];

/** CF-4: whether a matter that was written down is confidential by now. */
export const isSecret = ({ db }: Pick<Desk, "db">, { confidential, eventId }: Matter): boolean =>
  confidential ||
  (eventId !== null && sql(db, "SELECT confidential FROM duty_event WHERE id = ?").pluck().get(eventId) === 1);

/** CF-4: a record that says of each matter whether it is confidential by now; where none became so since, the same one. */
function asStanding(desk: Pick<Desk, "db">, record: HandoverRecord): HandoverRecord {
  const became = new Set(mattersOf(record).filter((one) => !one.confidential && isSecret(desk, one)));
  if (became.size === 0) return record;
  const say = <T extends Matter>(one: T): T => (became.has(one) ? { ...one, confidential: true } : one);
  return {
    ...record,
    openEvents: record.openEvents.map(say),
    sections: record.sections.map((section) => ({ ...section, items: section.items.map(say) })),
    carryOver: record.carryOver.map(say),
  };
}

/** CF-4: a handover that goes to paper masks also what became confidential after it was signed. */
export const handoverStanding = (desk: Pick<Desk, "db">, handover: Handover): Handover => {
  const record = readRecord(handover.record);
  const now = asStanding(desk, record);
  return now === record ? handover : { ...handover, record: now };
};

const isHiddenFrom =
  (desk: Pick<Desk, "session" | "db">) =>
  ({ confidential, eventId }: Matter): boolean =>
    confidential && !mayKnowMatter(desk, eventId);

const maskedFor = (desk: Pick<Desk, "session" | "db">, record: HandoverRecord): HandoverRecord =>
  maskedRecord(record, { isHidden: isHiddenFrom(desk), title: sealedTitle, item: sealedTitle });

/** CF-1: a record as this officer may read it on screen. */
export const recordAsKnown = (desk: Pick<Desk, "session" | "db">, record: HandoverRecord): HandoverRecord =>
  maskedFor(desk, asStanding(desk, record));

/** CF-1: a handover as this officer may read it on screen; where nothing is hidden, word for word as it was signed. */
export function handoverAsKnown(desk: Pick<Desk, "session" | "db">, signed: Handover): Handover {
  const handover = handoverStanding(desk, signed);
  const record = readRecord(handover.record);
  return mattersOf(record).some(isHiddenFrom(desk)) ? { ...handover, record: maskedFor(desk, record) } : handover;
}

/** The event of a line of the log, if its words must not be shown here. */
export function sealOf(desk: Pick<Desk, "session" | "db">, eventId: string | null): DutyEvent | null {
  const event = eventId === null ? undefined : readEntity(desk.db, "event", eventId);
  return event && !mayKnow(desk, event) ? event : null;
}
