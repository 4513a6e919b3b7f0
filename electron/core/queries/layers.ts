import type { ChangeRow, LayerView, ParsedOf } from "#shared/contract.ts";
import { consentOf, missingConsent, stepsFor } from "#shared/domain/roster/layer-course.ts";
import type { LayerAsk, LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayMs } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { layersBetween, rosterBetween } from "../store/layers.ts";
import { rosterChanges } from "../store/roster-changes.ts";
import { syncOfEntity } from "../store/sync-state.ts";
import { coverWish, hindrance, signedIn, suppose, swapWish } from "./layer-wish.ts";
import { officersById } from "./people.ts";
import { monthSpan } from "./roster.ts";

const mineForMs = 30 * dayMs;
const aheadMs = 400 * dayMs;

export function layerView(desk: Desk, entry: LayerEntry, stale: ReadonlySet<string>): LayerView {
  const officer = desk.session.officer;
  const act = officer && { by: officer.id, grade: officer.grade, at: desk.ports.now() };
  const isOpen = entry.state === "asked" || entry.state === "agreed";
  const supposed = isOpen ? suppose(desk, entry) : undefined;
  return {
    entry,
    may: act ? stepsFor(entry, act) : [],
    waitsFor: missingConsent(entry) ?? null,
    stale: supposed ? supposed.isVoid : stale.has(entry.id),
    rests: [...(supposed?.rests ?? [])],
    sync: syncOfEntity(desk.db, enrolled(desk), "layer", entry.id),
  };
}

/** Swaps that do nothing between two instants. */
export function staleBetween(desk: Desk, fromAt: number, toAt: number): ReadonlySet<string> {
  return new Set(rosterBetween(desk.db, desk.tables.roster, fromAt, toAt).stale.map(({ id }) => id));
}

/** RO-42: what a swap, stand-in or relief would do, before it is asked for; the refusal where it cannot be. */
export function weighLayer(desk: Desk, input: ParsedOf<"roster.weigh">): Answer<"roster.weigh"> {
  const { kind, slot, otherSlot, officerId, ...when } = input;
  const what = signedIn(desk, (me) => {
    if (kind === "swap")
      return otherSlot ? swapWish(desk, { slot, otherSlot, reason: "" }, me) : fail(deskError("roster.unknown_slot"));
    if (officerId === undefined) return fail(deskError("roster.unknown_officer", undefined, "officerId"));
    return coverWish(desk, { kind, slot, officerId, reason: "-", ...when }, me);
  });
  if (!what.ok) return what;
  const supposed = suppose(desk, { ...what.value, id: "", reason: "" } as LayerAsk);
  // In an emergency whoever can come comes (RO-30).
  const error = kind === "relief" ? null : hindrance(desk, supposed);
  return error ? fail(error) : ok({ rests: [...supposed.rests] });
}

export function listLayers(desk: Desk, { month }: ParsedOf<"roster.layers">): Answer<"roster.layers"> {
  const now = desk.ports.now();
  const me = desk.session.officer?.id ?? "";
  const { fromAt, toAt } = month
    ? monthSpan(month, desk.tables.roster.offsetMin)
    : { fromAt: now - mineForMs, toAt: now + aheadMs };
  const isMine = (entry: LayerEntry) => [entry.asked.by, entry.officerId, consentOf(entry)].includes(me);
  const isOpen = (entry: LayerEntry) =>
    entry.state === "asked" || entry.state === "agreed"
      ? entry.toAt > now || entry.kind === "relief"
      : entry.state === "approved" && entry.toAt > now;
  const entries = layersBetween(desk.db, fromAt, toAt).filter((entry) => month || isMine(entry) || isOpen(entry));
  const stale = staleBetween(desk, fromAt, toAt);
  const layers = entries.map((entry) => layerView(desk, entry, stale));
  return ok({ layers, mine: layers.filter(({ may }) => may.includes("agree") || may.includes("approve")).length });
}

/** RO-36: changes of the plan and steps of layers, told in one order of time, newest first. */
export function history(desk: Desk, { month, slot, limit }: ParsedOf<"roster.history">): Answer<"roster.history"> {
  const officers = officersById(desk.db);
  const nameOf = (id: string | null) => (id === null ? null : (officers.get(id)?.name ?? id));
  const plan = rosterChanges(desk.db, month, slot, limit + 1).map(
    (row): ChangeRow => ({
      at: row.at,
      by: row.by,
      byName: nameOf(row.by) ?? row.by,
      slot: row.slot,
      action: row.action === "roster.publish" ? "publish" : "assign",
      kind: null,
      was: nameOf(row.was),
      is: nameOf(row.officer_id),
      reason: "",
      refused: row.refused === 1,
    }),
  );
  const { fromAt, toAt } = monthSpan(month, desk.tables.roster.offsetMin);
  const layers = layersBetween(desk.db, fromAt, toAt + dayMs)
    .filter((entry) => touches(entry, month, slot))
    .flatMap((entry) => stepsOf(entry, nameOf, slot));
  const all = [...plan, ...layers].sort((a, b) => b.at - a.at);
  return ok({ changes: all.slice(0, limit), more: all.length > limit });
}

const placesOf = (entry: LayerEntry): string[] =>
  entry.kind === "leave" ? [] : entry.kind === "swap" ? [entry.slot, entry.otherSlot] : [entry.slot];

function touches(entry: LayerEntry, month: string, slot: string | undefined): boolean {
  const places = placesOf(entry);
  if (slot !== undefined) return places.includes(slot);
  return places.length === 0 || places.some((place) => place.startsWith(month));
}

function stepsOf(
  entry: LayerEntry,
  nameOf: (id: string | null) => string | null,
  slot: string | undefined,
): ChangeRow[] {
  const whole = { kind: entry.kind, slot: slot ?? placesOf(entry)[0] ?? null, refused: false };
  const hands =
    entry.kind === "swap"
      ? { was: nameOf(entry.officerId), is: nameOf(entry.otherId) }
      : entry.kind === "leave"
        ? { was: nameOf(entry.officerId), is: null }
        : { was: null, is: nameOf(entry.officerId) };
  const steps = [
    [entry.asked, "ask", entry.reason],
    [entry.agreed, "agree", ""],
    [entry.approved, "approve", ""],
    [entry.refused, "refuse", entry.refusal],
    [entry.ended, entry.state === "withdrawn" ? "withdraw" : "end", ""],
  ] as const;
  return steps.flatMap(([hand, action, reason]) =>
    hand ? [{ at: hand.at, by: hand.by, byName: nameOf(hand.by) ?? hand.by, action, reason, ...whole, ...hands }] : [],
  );
}
