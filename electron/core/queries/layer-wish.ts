import type { ParsedOf } from "#shared/contract.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { usualLimits } from "#shared/domain/roster/generate/request.ts";
import { mayPlan } from "#shared/domain/roster/layer-course.ts";
import type { LayerAsk, LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import {
  doubleDuties,
  type LayeredGap,
  type LayeredRoster,
  layeredGaps,
  layRoster,
  placesIn,
  type ShortRest,
  shortRests,
  slotOf,
} from "#shared/domain/roster/layers.ts";
import { roleNames, type ShiftSpan, type Slot, spanOf } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { dayMs, dayOf, minuteMs, onTheWall } from "#shared/lib/time.ts";
import type { Desk } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { layersBetween, readerOf, rosterBetween } from "../store/layers.ts";

export type What = Pick<LayerAsk, "about"> &
  { [K in LayerAsk["kind"]]: Omit<Extract<LayerAsk, { kind: K }>, "id" | "reason"> }[LayerAsk["kind"]];

export const signedIn = (desk: Desk, make: (me: Officer) => Result<What, DeskError>): Result<What, DeskError> =>
  desk.session.officer ? make(desk.session.officer) : fail(deskError("session.required"));

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
  const span = spanOf(rules, slot);
  if (!span || slot.index >= placesIn(rules, slot, slot.role)) return undefined;
  const holder = rosterBetween(desk.db, rules, span.startAt, span.endAt).held(slot, span)[0]?.officerId ?? null;
  const role = roleNames[slot.role];
  const words = {
    zh: `${dayWords(slot.on).zh} ${span.name.zh} ${role.zh}`,
    en: `${slot.on} ${span.name.en} ${role.en}`,
  };
  return { slot, span, holder, words };
}

export function swapWish(desk: Desk, input: ParsedOf<"roster.swap">, me: Officer): Result<What, DeskError> {
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

export function leaveWish(desk: Desk, input: ParsedOf<"roster.leave">, me: Officer): Result<What, DeskError> {
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

export function coverWish(desk: Desk, input: ParsedOf<"roster.cover">, me: Officer): Result<What, DeskError> {
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

/** What would be: the entry as if it were approved now, over all others. */
interface Supposed {
  /** Who would stand in two places at once. */
  readonly twice: string | undefined;
  /** RO-42: rests that it would make too short. */
  readonly rests: readonly ShortRest[];
  /** RO-42: a swap whose places are no longer held as they were: it would do nothing. */
  readonly isVoid: boolean;
  /** RO-45: what is still to come and would stand empty. */
  readonly gaps: readonly LayeredGap[];
}

export function suppose(desk: Desk, wish: LayerAsk | LayerEntry): Supposed {
  const { fromAt, toAt, id, kind, about, reason } = wish;
  const others = layersBetween(desk.db, fromAt - 400 * dayMs, toAt + 400 * dayMs).filter((one) => one.id !== id);
  // After whatever was approved before it, also by a desk whose clock is ahead.
  const at = Math.max(desk.ports.now(), ...others.map(({ approved }) => (approved?.at ?? 0) + 1));
  const hand = { by: "-", at };
  const entry = {
    ...wish,
    ...{ id, kind, about, reason, state: "approved", asked: hand, agreed: hand, approved: hand },
    ...{ refused: null, refusal: "", ended: null },
  } as LayerEntry;
  const read = readerOf(desk.db);
  const [before, after] = [others, [...others, entry]].map((entries) => layRoster(desk.tables.roster, read, entries));
  if (!before || !after) throw new Error("two rosters");
  const fresh = <T>(of: (roster: LayeredRoster) => readonly T[], nameOf: (one: T) => string): T[] => {
    const known = new Set(of(before).map(nameOf));
    return of(after).filter((one) => !known.has(nameOf(one)));
  };
  if (kind === "leave") {
    // It takes somebody out of places and puts nobody into one.
    const begun = Math.max(fromAt, Math.floor(desk.ports.now() / minuteMs) * minuteMs);
    const gaps = fresh(
      (roster) => layeredGaps(roster, begun, toAt),
      (gap) => `${gap.on} ${gap.shift} ${gap.role} ${gap.fromAt} ${gap.missing}`,
    );
    return { twice: undefined, rests: [], isVoid: false, gaps };
  }
  const isVoid = after.stale.some((one) => one.id === id);
  const twice = fresh(
    (roster) => doubleDuties(roster, fromAt, toAt),
    ({ officerId, fromAt: at, slots }) => `${officerId} ${at} ${slots.join(" ")}`,
  )[0]?.officerId;
  const rests = fresh(
    (roster) => shortRests(roster, fromAt, toAt, usualLimits.restMin * minuteMs),
    ({ officerId, offAt, onAt }) => `${officerId} ${offAt} ${onAt}`,
  );
  return { twice, rests, isVoid, gaps: [] };
}

/** RO-19, RO-42: why what is asked for cannot be: somebody would stand in two places, or nothing would change. */
export function hindrance(desk: Desk, { twice, isVoid }: Supposed): DeskError | null {
  if (isVoid) return deskError("roster.moved_on");
  return twice === undefined ? null : deskError("roster.busy_then", { name: nameOf(desk, twice) });
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
