import type { EventHit, EventRow } from "#shared/contract.ts";
import type { Desk } from "../desk.ts";
import { mayKnow } from "../session/seal.ts";
import { readEntity } from "../store/entities.ts";
import { holdsTyped } from "../store/initials.ts";

/** Characters shown before and after what was found. */
const around = 14;

/** Why an event was found, if its line on screen does not show it: the field, and the words around. */
export function hitOf(desk: Desk, row: EventRow, search: string | undefined): EventHit | null {
  const typed = search?.trim().toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const hidden = typed.find((part) => ![row.number, row.title, row.place.text].some((text) => holdsTyped(text, part)));
  if (hidden === undefined) return null;
  const event = readEntity(desk.db, "event", row.id);
  if (!event || !mayKnow(desk, event)) return null;
  const fields = {
    text: event.text,
    callerName: event.callerName,
    callerPhone: event.callerPhone,
    community: event.place.community,
    grid: event.place.grid,
  };
  for (const [field, text] of Object.entries(fields) as [EventHit["field"], string][]) {
    if (!holdsTyped(text, hidden)) continue;
    const at = Math.max(0, text.toLowerCase().indexOf(hidden));
    const from = Math.max(0, at - around);
    const to = at + hidden.length + around;
    return { field, text: `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}` };
  }
  return null;
}
