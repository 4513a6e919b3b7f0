import type { EventBonds } from "#shared/contract.ts";
import type { LinkKind } from "#shared/domain/duty-event/bond.ts";
import { sealed } from "#shared/domain/duty-event/confidential.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Desk } from "../desk.ts";
import { asOpened, isOpened, mayBeOpened } from "../session/seal.ts";
import type { Db } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { bondsTo, mergedInto } from "../store/event-bonds.ts";

const shown = (event: DutyEvent | undefined, id: string, number = "") => ({
  id,
  number: event?.number ?? number,
  title: event?.title ?? "",
  state: event?.state ?? null,
});

/** The event at the end of a chain of merges; an earlier event leads always (BO-4), so the chain ends. */
function leadOf(db: Db, event: DutyEvent): DutyEvent | undefined {
  let lead: DutyEvent | undefined = event;
  while (lead?.merged) lead = readEntity(db, "event", lead.merged.eventId);
  return lead;
}

/**
 * BO-4…BO-7: how an event stands to others, asked from both sides. What is confidential stays so from here too (CF-2): to what a
 * sealed event is linked, by itself, is one of its words, also seen from the other; what was merged into it goes by its number.
 */
export function bondsOf(desk: Pick<Desk, "db" | "session">, event: DutyEvent): EventBonds {
  const { db } = desk;
  const read = (id: string) => {
    const found = readEntity(db, "event", id);
    return found && asOpened(desk, found);
  };
  const isRead = isOpened(desk, event);
  const { merged } = event;
  const lead = merged ? leadOf(db, event) : undefined;
  const others = bondsTo(db, event.id);
  // Few events have another merged into them; only then is it asked what was merged into that one.
  const within = others.some(({ kind }) => kind === "merged") ? mergedInto(db, event.id) : [];
  return {
    into: merged && shown(read(merged.eventId), merged.eventId, merged.number),
    leads: lead && merged && lead.id !== merged.eventId ? shown(read(lead.id), lead.id) : null,
    merged: within
      // CF-5: they are confidential with it, and opened with it by who has the right.
      .flatMap((id) => {
        const one = readEntity(db, "event", id);
        if (!one) return [];
        return event.confidential && isRead && mayBeOpened(desk, one) ? one : asOpened(desk, one);
      })
      .sort((one, other) => one.reportedAt - other.reportedAt || (one.number < other.number ? -1 : 1))
      .map((one) => (isRead ? one : sealed(one)))
      .map((one) => ({
        ...shown(one, one.id),
        text: one.text,
        callerName: one.callerName,
        callerPhone: one.callerPhone,
        source: one.source,
        place: one.place.text,
        reportedAt: one.reportedAt,
        mergedAt: one.merged?.at ?? one.updatedAt,
      })),
    links: [
      ...(isRead ? event.links : []).map(({ eventId, number, kind, text }) => ({
        ...shown(read(eventId), eventId, number),
        kind,
        way: "there" as const,
        text,
      })),
      ...others
        .flatMap(({ id, kind }) => {
          if (kind === "merged") return [];
          const other = readEntity(db, "event", id);
          const link = other?.links.find((one) => one.eventId === event.id && one.kind === kind);
          if (!other || !link || !isOpened(desk, other)) return [];
          return [{ ...shown(other, id), kind: kind as LinkKind, way: "back" as const, text: link.text }];
        })
        .sort((one, other) => (one.number < other.number ? -1 : 1)),
    ],
  };
}
