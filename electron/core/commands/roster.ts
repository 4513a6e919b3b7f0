import type { ParsedOf } from "#shared/contract.ts";
import { slotKey } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { monthOf } from "#shared/lib/time.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { officersById } from "../queries/people.ts";
import { readEntity } from "../store/entities.ts";

/** Without `was` the officer takes the slot as it is now on this desk. Errors: `roster.unknown_slot`, `roster.twice`, RO-7's. */
export function assignSlot(desk: Desk, input: ParsedOf<"roster.assign">): Answer<"roster.assign"> {
  if (!desk.tables.roster.shifts.some(({ code }) => code === input.shift))
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

/** Errors: `roster.unknown_slot`, `roster.unknown_officer` (unless they stood there before), `roster.twice`, RO-6's. */
export function publishMonth(desk: Desk, { month, slots }: ParsedOf<"roster.publish">): Answer<"roster.publish"> {
  const present = readEntity(desk.db, "roster", month)?.slots ?? {};
  const officers = officersById(desk.db);
  const standing = new Set<string>();
  for (const [key, officerId] of Object.entries(slots)) {
    const [on = "", shift = ""] = key.split("/");
    if (monthOf(on) !== month || !desk.tables.roster.shifts.some(({ code }) => code === shift))
      return fail(deskError("roster.unknown_slot"));
    const officer = officers.get(officerId);
    if (!officer?.active && present[key] !== officerId) return fail(deskError("roster.unknown_officer"));
    const stands = `${on}/${shift}/${officerId}`;
    if (standing.has(stands)) return fail(deskError("roster.twice", { name: officer?.name ?? officerId }));
    standing.add(stands);
  }
  const done = act(desk, "roster.publish", { month, slots });
  return done.ok ? ok({ month }) : done;
}
