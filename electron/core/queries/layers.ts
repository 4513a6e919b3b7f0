import type { ChangeRow, LayerView, ParsedOf } from "#shared/contract.ts";
import { consentOf, type LayerStep, missingConsent, stepsFor } from "#shared/domain/roster/layer-course.ts";
import type { LayerAsk, LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { type LayeredRoster, slotOf } from "#shared/domain/roster/layers.ts";
import { spanOf } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayMs } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { layersBetween, rosterBetween } from "../store/layers.ts";
import { rosterChanges } from "../store/roster-changes.ts";
import { syncOfEntity } from "../store/sync-state.ts";
import { coverWish, hindrance, leaveWish, signedIn, suppose, swapWish } from "./layer-wish.ts";
import { officersById } from "./people.ts";
import { gapView, monthSpan } from "./roster.ts";

const mineForMs = 30 * dayMs;
const aheadMs = 400 * dayMs;

function stepsOfMine({ session: { officer }, ports }: Desk, entry: LayerEntry): LayerStep[] {
  return officer ? stepsFor(entry, { by: officer.id, grade: officer.grade, at: ports.now() }) : [];
}

/** A layer with what the officer at the desk may do with it; `roster` holds the time of the layer. */
export function layerView(desk: Desk, entry: LayerEntry, roster: LayeredRoster): LayerView {
  const isOpen = entry.state === "asked" || entry.state === "agreed";
  const supposed = isOpen ? suppose(desk, entry) : undefined;
  return {
    entry,
    may: stepsOfMine(desk, entry),
    waitsFor: missingConsent(entry) ?? null,
    replaces: replacedBy(entry, roster),
    stale: supposed ? supposed.isVoid : roster.stale.some(({ id }) => id === entry.id),
    rests: [...(supposed?.rests ?? [])],
    gaps: (supposed?.gaps ?? []).map(gapView),
    sync: syncOfEntity(desk.db, enrolled(desk), "layer", entry.id),
  };
}

/** Whose place a stand-in or relief takes; `null`: nobody's. */
function replacedBy(entry: LayerEntry, { held, rules }: LayeredRoster): string | null {
  if (entry.kind !== "stand_in" && entry.kind !== "relief") return null;
  const slot = slotOf(entry.slot);
  const span = spanOf(rules, slot);
  const holder = span && held(slot, span)[0]?.officerId;
  return holder && holder !== entry.officerId ? holder : null;
}

/** RO-42, RO-45: what a request would do, before it is made; the refusal where it cannot be. */
export function weighLayer(desk: Desk, input: ParsedOf<"roster.weigh">): Answer<"roster.weigh"> {
  const { kind, slot, otherSlot, officerId, ...when } = input;
  const what = signedIn(desk, (me) => {
    if (kind === "leave") {
      const { fromAt = 0, toAt = 0 } = when;
      return leaveWish(desk, { officerId, fromAt, toAt, reason: "-" }, me);
    }
    if (slot === undefined) return fail(deskError("roster.unknown_slot"));
    if (kind === "swap")
      return otherSlot ? swapWish(desk, { slot, otherSlot, reason: "" }, me) : fail(deskError("roster.unknown_slot"));
    if (officerId === undefined) return fail(deskError("roster.unknown_officer", undefined, "officerId"));
    return coverWish(desk, { kind, slot, officerId, reason: "-", ...when }, me);
  });
  if (!what.ok) return what;
  const supposed = suppose(desk, { ...what.value, id: "", reason: "" } as LayerAsk);
  // In an emergency whoever can come comes (RO-30).
  const error = kind === "relief" ? null : hindrance(desk, supposed);
  return error ? fail(error) : ok({ rests: [...supposed.rests], gaps: supposed.gaps.map(gapView) });
}

/** Entries that are not over, and of the officer at the desk those of thirty days; of a month all. */
function listed(desk: Desk, month?: string): { entries: LayerEntry[]; fromAt: number; toAt: number } {
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
  return { entries, fromAt, toAt };
}

export function listLayers(desk: Desk, { month }: ParsedOf<"roster.layers">): Answer<"roster.layers"> {
  const { entries, fromAt, toAt } = listed(desk, month);
  const roster = rosterBetween(desk.db, desk.tables.roster, fromAt, toAt);
  return ok({ layers: entries.map((entry) => layerView(desk, entry, roster)) });
}

export function waitingLayers(desk: Desk): Answer<"roster.waiting"> {
  const waits = (entry: LayerEntry) => stepsOfMine(desk, entry).some((step) => step === "agree" || step === "approve");
  return ok({ mine: listed(desk).entries.filter(waits).length });
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
