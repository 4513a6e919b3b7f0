import type { ParsedOf } from "#shared/contract.ts";
import { coverageGaps, shiftsOn } from "#shared/domain/roster/roster.ts";
import { ok } from "#shared/lib/result.ts";
import { addDays, dayOf, daysOfMonth, instantOf, monthOf } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { syncOfEntity } from "../store/outbox.ts";
import { officersById, shiftsAround, shiftView, slotsFor } from "./people.ts";

export function onDuty(desk: Desk, input: ParsedOf<"roster.onDuty">): Answer<"roster.onDuty"> {
  const at = input.at ?? desk.ports.now();
  const { current, next } = shiftsAround(desk.db, desk.tables.roster, at);
  return ok({ at, shift: current, next });
}

/** Instants of a whole month, in the desk's zone. */
function monthSpan(month: string, offsetMin: number): { fromAt: number; toAt: number } {
  const days = daysOfMonth(month);
  return {
    fromAt: instantOf(`${month}-01`, 0, offsetMin),
    toAt: instantOf(addDays(days.at(-1) ?? `${month}-01`, 1), 0, offsetMin),
  };
}

export function coverage(desk: Desk, input: ParsedOf<"roster.coverage">): Answer<"roster.coverage"> {
  const rules = desk.tables.roster;
  const month = monthSpan(monthOf(dayOf(desk.ports.now(), rules.offsetMin)), rules.offsetMin);
  const fromAt = input.fromAt ?? month.fromAt;
  // A year at most: more is a slip of the hand, and the page would have nothing to show it with.
  const toAt = Math.min(input.toAt ?? month.toAt, fromAt + 366 * 86_400_000);
  return ok({ fromAt, toAt, gaps: coverageGaps(rules, slotsFor(desk.db, rules, fromAt, toAt), fromAt, toAt) });
}

export function rosterMonth(desk: Desk, { month }: { month: string }): Answer<"roster.month"> {
  const rules = desk.tables.roster;
  const { fromAt, toAt } = monthSpan(month, rules.offsetMin);
  const read = slotsFor(desk.db, rules, fromAt, toAt);
  const officers = officersById(desk.db);
  return ok({
    month,
    published: readEntity(desk.db, "roster", month) !== undefined,
    shifts: daysOfMonth(month).flatMap((on) =>
      shiftsOn(rules, on).map((span) => shiftView(rules, read, officers, span)),
    ),
    gaps: coverageGaps(rules, read, fromAt, toAt),
    sync: syncOfEntity(desk.db, enrolled(desk), "roster", month),
  });
}
