import { sign } from "node:crypto";
import type { ParsedOf } from "#shared/contract.ts";
import { acceptanceText, monthDigest } from "#shared/domain/roster/month.ts";
import { requiredOf } from "#shared/domain/roster/patterns.ts";
import { dutyRoles, rulesOn, shiftsOn, slotKey } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { daysOfMonth, monthOf } from "#shared/lib/time.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { officersById } from "../queries/people.ts";
import { readEntity } from "../store/entities.ts";

type Slots = Readonly<Record<string, string>>;

/** Without `was` the officer takes the slot as it is now on this desk. Errors: `roster.unknown_slot`, `roster.twice`, RO-7's. */
export function assignSlot(desk: Desk, input: ParsedOf<"roster.assign">): Answer<"roster.assign"> {
  if (!rulesOn(desk.tables.roster, input.on).shifts.some(({ code }) => code === input.shift))
    return fail(deskError("roster.unknown_slot"));
  const officer = input.officerId === null ? null : readEntity(desk.db, "officer", input.officerId);
  if (officer === undefined || officer?.active === false)
    return fail(deskError("roster.unknown_officer", undefined, "officerId"));
  const month = monthOf(input.on);
  const slots = readEntity(desk.db, "roster", month)?.slots ?? {};
  const slot = slotKey(input);
  const shift = `${input.on}/${input.shift}/`;
  if (officer && Object.entries(slots).some(([key, id]) => key !== slot && key.startsWith(shift) && id === officer.id))
    return fail(deskError("roster.twice", { name: officer.name }));
  const was = input.was === undefined ? (slots[slot] ?? null) : input.was;
  const wasName = was ? (readEntity(desk.db, "officer", was)?.name ?? was) : "";
  const done = act(desk, "roster.assign", {
    month,
    slot,
    officerId: input.officerId,
    was,
    names: { officer: officer?.name ?? "", was: wasName },
  });
  return done.ok ? ok({ month }) : done;
}

/** Several places at once. Errors: those of `judgeSlots`, RO-7's; `input.invalid` over more than one month. */
export function editSlots(desk: Desk, { changes, undoes }: ParsedOf<"roster.edit">): Answer<"roster.edit"> {
  const month = monthOf(changes[0]?.slot ?? "");
  if (changes.some(({ slot }) => monthOf(slot) !== month))
    return fail(deskError("input.invalid", undefined, "changes"));
  const present = readEntity(desk.db, "roster", month)?.slots ?? {};
  const after: Record<string, string> = { ...present };
  for (const { slot } of changes) delete after[slot];
  for (const { slot, officerId } of changes) if (officerId !== null) after[slot] = officerId;
  const judged = judgeSlots(desk, month, after, present);
  if (!judged.ok) return judged;
  const officers = officersById(desk.db);
  const people = changes.flatMap(({ officerId, was }) => [officerId, was]).filter((id) => id !== null);
  const names = Object.fromEntries(people.map((id) => [id, officers.get(id)?.name ?? id]));
  const done = act(desk, "roster.edit", { month, changes, names, undoes });
  return done.ok ? ok({ month }) : done;
}

/**
 * RO-34, RO-35. Errors: those of `judgeSlots`; `roster.gaps_open` (params: count, places) where a required place of a shift
 * that has not ended stays empty and nobody has accepted it; those of the PIN; `roster.changed`; RO-6's.
 */
export async function publishMonth(desk: Desk, input: ParsedOf<"roster.publish">): Promise<Answer<"roster.publish">> {
  const { month, slots, was, accept } = input;
  const present = readEntity(desk.db, "roster", month);
  const judged = judgeSlots(desk, month, slots, present?.slots ?? {});
  if (!judged.ok) return judged;
  const known = new Set((present?.accepted ?? []).flatMap((one) => one.slots));
  const gaps = emptyPlaces(desk, month, slots).filter((slot) => !known.has(slot));
  const officer = desk.session.officer;
  if (!officer) return fail(deskError("session.required"));
  // Without the digest of the page the month of this instant is the one that is replaced.
  const seen = was ?? monthDigest(present?.slots ?? {});
  const body = { month, slots, was: seen, gaps };
  if (gaps.length === 0 || !accept) {
    const done = act(desk, "roster.publish", body);
    if (done.ok) return ok({ month, accepted: 0 });
    if (done.error.id !== "roster.gaps_open") return done;
    return fail(deskError("roster.gaps_open", { count: gaps.length, places: gaps.slice(0, 100).join(" ") }));
  }
  const key = await desk.door.open(officer.id, accept.pin);
  if (!key.ok) return key;
  const hand = { reason: accept.reason, officerId: officer.id, at: desk.ports.now() };
  const text = Buffer.from(acceptanceText(month, slots, { ...hand, slots: gaps }));
  const signature = sign(null, text, key.value).toString("base64");
  const publicKey = readEntity(desk.db, "officer", officer.id)?.publicKey ?? "";
  const accepted = { ...hand, name: officer.name, signature, publicKey };
  const done = act(desk, "roster.publish", { ...body, accepted }, officer.id);
  return done.ok ? ok({ month, accepted: gaps.length }) : done;
}

/** Required places of a month that would be empty, of the shifts that have not ended. */
export function emptyPlaces(desk: Desk, month: string, slots: Slots): string[] {
  const rules = desk.tables.roster;
  const now = desk.ports.now();
  return daysOfMonth(month).flatMap((on) =>
    shiftsOn(rules, on)
      .filter(({ endAt }) => endAt > now)
      .flatMap(({ shift }) =>
        dutyRoles.flatMap((role) =>
          Array.from({ length: requiredOf(rulesOn(rules, on), shift, role) }, (_, index) =>
            slotKey({ on, shift, role, index }),
          ).filter((key) => !(key in slots)),
        ),
      ),
  );
}

/** Errors: `roster.unknown_slot`, `roster.unknown_officer` (unless they stood there before), `roster.twice`. */
function judgeSlots(desk: Desk, month: string, slots: Slots, present: Slots): Result<void, DeskError> {
  const officers = officersById(desk.db);
  const standing = new Set<string>();
  for (const [key, officerId] of Object.entries(slots)) {
    const [on = "", shift = ""] = key.split("/");
    const known = present[key] === officerId;
    if (monthOf(on) !== month) return fail(deskError("roster.unknown_slot"));
    if (!known && !rulesOn(desk.tables.roster, on).shifts.some(({ code }) => code === shift))
      return fail(deskError("roster.unknown_slot"));
    const officer = officers.get(officerId);
    if (!officer?.active && !known) return fail(deskError("roster.unknown_officer"));
    const stands = `${on}/${shift}/${officerId}`;
    if (standing.has(stands)) return fail(deskError("roster.twice", { name: officer?.name ?? officerId }));
    standing.add(stands);
  }
  return ok(undefined);
}
