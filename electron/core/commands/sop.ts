import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { shownEvent } from "../queries/events.ts";
import { readEntity } from "../store/entities.ts";

/** SP-1: the card as it lies before the officer goes with the tick: the event's own, else that of its category. */
export function tickSop(desk: Desk, { id, item, done, note }: ParsedOf<"event.sop">): Answer<"event.sop"> {
  const event = readEntity(desk.db, "event", id);
  if (!event) return fail(deskError("event.unknown"));
  const card =
    event.sop?.card ??
    desk.tables.sops.rows
      .filter(({ category }) => category === event.category)
      .sort((a, b) => a.no - b.no)
      .map(({ text, must }) => ({ text, must }));
  const made = act(desk, "event.sop", { eventId: id, card, item, done, note });
  return made.ok ? ok(shownEvent(desk, made.value.state)) : made;
}

/** CF-2. Errors: `event.sealed`. */
export function openEvent(desk: Desk, { id, reason }: ParsedOf<"event.open">): Answer<"event.open"> {
  const made = act(desk, "event.open", { eventId: id, reason });
  if (!made.ok) return made;
  desk.session.opened.add(id);
  desk.notify("event");
  return ok({});
}
