import type { ParsedOf } from "#shared/contract.ts";
import type { LayerAsk, LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { coverWish, hindrance, leaveWish, signedIn, suppose, swapWish, type What } from "../queries/layer-wish.ts";
import { layerView } from "../queries/layers.ts";
import { readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";

/**
 * RO-30: asks for a layer. Errors beside the rule's: `roster.unknown_slot`, `roster.unknown_officer`, `roster.past`,
 * `roster.not_holder` (the place is held by somebody else), `roster.busy_then` (they stand elsewhere in that time).
 */
function ask(desk: Desk, what: Result<What, DeskError>, reason: string): Answer<"roster.step"> {
  if (!what.ok) return what;
  const wish = { ...what.value, id: newId(desk.ports), reason } as LayerAsk;
  const busy = wish.kind === "relief" ? null : hindrance(desk, suppose(desk, wish));
  if (busy) return fail(busy);
  return recorded(desk, act(desk, "layer.ask", wish));
}

export const askSwap = (desk: Desk, input: ParsedOf<"roster.swap">): Answer<"roster.swap"> =>
  ask(
    desk,
    signedIn(desk, (me) => swapWish(desk, input, me)),
    input.reason,
  );

export const askLeave = (desk: Desk, input: ParsedOf<"roster.leave">): Answer<"roster.leave"> =>
  ask(
    desk,
    signedIn(desk, (me) => leaveWish(desk, input, me)),
    input.reason,
  );

export const askCover = (desk: Desk, input: ParsedOf<"roster.cover">): Answer<"roster.cover"> =>
  ask(
    desk,
    signedIn(desk, (me) => coverWish(desk, input, me)),
    input.reason,
  );

export function stepLayer(desk: Desk, input: ParsedOf<"roster.step">): Answer<"roster.step"> {
  const entry = readEntity(desk.db, "layer", input.id);
  if (!entry) return fail(deskError("roster.unknown_layer"));
  if ((input.step === "agree" || input.step === "approve") && entry.kind !== "relief") {
    const busy = hindrance(desk, suppose(desk, entry));
    if (busy) return fail(busy);
  }
  return recorded(desk, act(desk, "layer.step", input));
}

function recorded(desk: Desk, done: Result<{ readonly state: LayerEntry }, DeskError>): Answer<"roster.step"> {
  if (!done.ok) return done;
  const entry = done.value.state;
  const roster = rosterBetween(desk.db, desk.tables.roster, entry.fromAt, entry.toAt);
  return ok({ layer: layerView(desk, entry, roster) });
}
