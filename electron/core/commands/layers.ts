import type { ParsedOf } from "#shared/contract.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { mayPlan } from "#shared/domain/roster/layer-course.ts";
import type { LayerAsk, LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { doubleDuties, layRoster, placesIn, slotOf } from "#shared/domain/roster/layers.ts";
import { roleNames, type ShiftSpan, type Slot, shiftsOn } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { dayMs, dayOf, minuteMs, onTheWall } from "#shared/lib/time.ts";
import { type Answer, act, type Desk, newId } from "../desk.ts";
import { layerView, staleBetween } from "../queries/layers.ts";
import { readEntity } from "../store/entities.ts";
import { layersBetween, readerOf } from "../store/layers.ts";

type What = Pick<LayerAsk, "about"> &
  { [K in LayerAsk["kind"]]: Omit<Extract<LayerAsk, { kind: K }>, "id" | "reason"> }[LayerAsk["kind"]];

/**
 * RO-30: asks for a layer. Errors beside the rule's: `roster.unknown_slot`, `roster.unknown_officer`, `roster.past`,
 * `roster.not_holder` (the place is held by somebody else), `roster.busy_then` (they stand elsewhere in that time).
 */
function ask(desk: Desk, what: Result<What, DeskError>, reason: string): Answer<"roster.step"> {
  if (!what.ok) return what;
  const wish = { ...what.value, id: newId(desk.ports), reason } as LayerAsk;
  const busy = wish.kind === "relief" ? null : busyThen(desk, wish);
  if (busy) return fail(busy);
  return recorded(desk, act(desk, "layer.ask", wish));
}

const signedIn = (desk: Desk, make: (me: Officer) => Result<What, DeskError>): Result<What, DeskError> =>
  desk.session.officer ? make(desk.session.officer) : fail(deskError("session.required"));

export const askSwap = (desk: Desk, input: ParsedOf<"roster.swap">): Answer<"roster.swap"> =>
  ask(
    desk,
    signedIn(desk, (me) => swap(desk, input, me)),
    input.reason,
  );

export const askLeave = (desk: Desk, input: ParsedOf<"roster.leave">): Answer<"roster.leave"> =>
  ask(
    desk,
    signedIn(desk, (me) => leave(desk, input, me)),
    input.reason,
  );

export const askCover = (desk: Desk, input: ParsedOf<"roster.cover">): Answer<"roster.cover"> =>
  ask(
    desk,
    signedIn(desk, (me) => cover(desk, input, me)),
    input.reason,
  );

export function stepLayer(desk: Desk, input: ParsedOf<"roster.step">): Answer<"roster.step"> {
  const entry = readEntity(desk.db, "layer", input.id);
  if (!entry) return fail(deskError("roster.unknown_layer"));
  if ((input.step === "agree" || input.step === "approve") && entry.kind !== "relief") {
    const busy = busyThen(desk, entry);
    if (busy) return fail(busy);
  }
  return recorded(desk, act(desk, "layer.step", input));
}

function recorded(desk: Desk, done: Result<{ readonly state: LayerEntry }, DeskError>): Answer<"roster.step"> {
  if (!done.ok) return done;
  const entry = done.value.state;
  return ok({ layer: layerView(desk, entry, staleBetween(desk, entry.fromAt, entry.toAt)) });
}

interface Place {
  readonly slot: Slot;
  readonly span: ShiftSpan;
  /** Who holds it by plan and swaps. */
  readonly holder: string | null;
  readonly words: Bilingual;
}

function placeOf(desk: Desk, key: string): Place | undefined {
  const rules = desk.tables.roster;
  const slot = slotOf(key);
  const span = shiftsOn(rules, slot.on).find(({ shift }) => shift === slot.shift);
  if (!span || slot.index >= placesIn(rules, slot, slot.role)) return undefined;
  const swaps = layersBetween(desk.db, span.startAt - 400 * dayMs, span.endAt + 400 * dayMs).filter(
    ({ kind }) => kind === "swap",
  );
  const holder = layRoster(rules, readerOf(desk.db), swaps).stand(slot, span)[0]?.officerId ?? null;
  const role = roleNames[slot.role];
  const words = {
    zh: `${dayWords(slot.on).zh} ${span.name.zh} ${role.zh}`,
    en: `${slot.on} ${span.name.en} ${role.en}`,
  };
  return { slot, span, holder, words };
}

function swap(desk: Desk, input: ParsedOf<"roster.swap">, me: Officer): Result<What, DeskError> {
  const [one, other] = [placeOf(desk, input.slot), placeOf(desk, input.otherSlot)];
  if (!one || !other) return fail(deskError("roster.unknown_slot"));
  if (Math.min(one.span.startAt, other.span.startAt) <= desk.ports.now()) return fail(deskError("roster.past"));
  if (one.holder === null || other.holder === null) return fail(deskError("roster.not_holder"));
  if (one.holder === other.holder || ![one.holder, other.holder].includes(me.id))
    return fail(deskError("roster.not_holder"));
  const names = [nameOf(desk, one.holder), nameOf(desk, other.holder)];
  return ok({
    kind: "swap",
    slot: input.slot,
    officerId: one.holder,
    otherSlot: input.otherSlot,
    otherId: other.holder,
    fromAt: Math.min(one.span.startAt, other.span.startAt),
    toAt: Math.max(one.span.endAt, other.span.endAt),
    about: {
      zh: `${one.words.zh} ${names[0]} 与 ${other.words.zh} ${names[1]}`,
      en: `${one.words.en} ${names[0]} with ${other.words.en} ${names[1]}`,
    },
  });
}

function leave(desk: Desk, input: ParsedOf<"roster.leave">, me: Officer): Result<What, DeskError> {
  const officer = readEntity(desk.db, "officer", input.officerId ?? me.id);
  if (!officer?.active) return fail(deskError("roster.unknown_officer", undefined, "officerId"));
  const { fromAt, toAt } = input;
  if (fromAt >= toAt || toAt - fromAt > 366 * dayMs) return fail(deskError("input.invalid", undefined, "toAt"));
  if (toAt <= desk.ports.now()) return fail(deskError("roster.past"));
  const words = stretchWords(desk, fromAt, toAt);
  return ok({
    kind: "leave",
    officerId: officer.id,
    fromAt,
    toAt,
    about: { zh: `${officer.name} ${words.zh}`, en: `${officer.name} ${words.en}` },
  });
}

function cover(desk: Desk, input: ParsedOf<"roster.cover">, me: Officer): Result<What, DeskError> {
  const now = desk.ports.now();
  const place = placeOf(desk, input.slot);
  if (!place) return fail(deskError("roster.unknown_slot"));
  const officer = readEntity(desk.db, "officer", input.officerId);
  if (!officer?.active) return fail(deskError("roster.unknown_officer", undefined, "officerId"));
  const { startAt, endAt } = place.span;
  // What was forgotten in the night is written down in the morning; older shifts are history.
  if (endAt <= now - (input.kind === "relief" ? dayMs : 0)) return fail(deskError("roster.past"));
  const begun = Math.floor(now / minuteMs) * minuteMs;
  const fromAt = input.fromAt ?? (startAt < begun && begun < endAt ? begun : startAt);
  const toAt = input.toAt ?? endAt;
  if (fromAt < startAt || toAt > endAt || fromAt >= toAt) return fail(deskError("input.invalid", undefined, "fromAt"));
  if (place.holder === officer.id) return fail(deskError("roster.twice", { name: officer.name }));
  const own = place.holder === me.id || officer.id === me.id;
  if (input.kind === "stand_in" && !own && !mayPlan(me.grade)) return fail(deskError("roster.not_holder"));
  const words = stretchWords(desk, fromAt, toAt);
  const held = place.holder === null ? "" : nameOf(desk, place.holder);
  return ok({
    kind: input.kind,
    slot: input.slot,
    officerId: officer.id,
    fromAt,
    toAt,
    about: {
      zh: `${place.words.zh} ${officer.name}${held ? ` 替 ${held}` : ""}，${words.zh}`,
      en: `${place.words.en} ${officer.name}${held ? ` for ${held}` : ""}, ${words.en}`,
    },
  });
}

/** Somebody who would stand in two places at once if this were approved. */
function busyThen(desk: Desk, wish: LayerAsk | LayerEntry): DeskError | null {
  const { fromAt, toAt } = wish;
  if (wish.kind === "leave") return null;
  const at = desk.ports.now();
  const { id, kind, about, reason } = wish;
  const hand = { by: "-", at };
  const entry = {
    ...wish,
    ...{ id, kind, about, reason, state: "approved", asked: hand, agreed: hand, approved: hand },
    ...{ refused: null, refusal: "", ended: null },
  } as LayerEntry;
  const others = layersBetween(desk.db, fromAt - 400 * dayMs, toAt + 400 * dayMs).filter((one) => one.id !== id);
  const twice = (entries: readonly LayerEntry[]) =>
    doubleDuties(layRoster(desk.tables.roster, readerOf(desk.db), entries), fromAt, toAt).map(
      (double) => `${double.officerId} ${double.fromAt} ${double.slots.join(" ")}`,
    );
  const before = new Set(twice(others));
  const fresh = twice([...others, entry]).find((double) => !before.has(double));
  return fresh === undefined ? null : deskError("roster.busy_then", { name: nameOf(desk, fresh.split(" ")[0] ?? "") });
}

const nameOf = (desk: Desk, id: string): string => readEntity(desk.db, "officer", id)?.name ?? id;

const dayWords = (on: string): Bilingual => ({ zh: `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`, en: on });

function stretchWords(desk: Desk, fromAt: number, toAt: number): Bilingual {
  const { offsetMin } = desk.tables.roster;
  const clock = (at: number) => onTheWall(at, offsetMin).toISOString().slice(11, 16);
  const [from, to] = [dayOf(fromAt, offsetMin), dayOf(toAt, offsetMin)];
  const again = to === from ? { zh: "", en: "" } : { zh: `${dayWords(to).zh} `, en: `${to} ` };
  return {
    zh: `${dayWords(from).zh} ${clock(fromAt)} 至 ${again.zh}${clock(toAt)}`,
    en: `${from} ${clock(fromAt)} to ${again.en}${clock(toAt)}`,
  };
}
