import type { GapView, ParsedOf, PieceView } from "#shared/contract.ts";
import { type LayeredGap, type LayeredRoster, layeredGaps, placesIn } from "#shared/domain/roster/layers.ts";
import { monthDigest } from "#shared/domain/roster/month.ts";
import { dutyRoles, type ShiftSpan, shiftsOn, slotKey } from "#shared/domain/roster/roster.ts";
import { ok } from "#shared/lib/result.ts";
import { addDays, dayMs, dayOf, daysOfMonth, instantOf, monthOf } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { syncOfEntity } from "../store/sync-state.ts";
import { officersById, shiftsAround } from "./people.ts";

export function onDuty(desk: Desk, input: ParsedOf<"roster.onDuty">): Answer<"roster.onDuty"> {
  const at = input.at ?? desk.ports.now();
  const { current, next } = shiftsAround(desk.db, desk.tables.roster, at);
  return ok({ at, shift: current, next });
}

/** Instants of a whole month, in the desk's zone. */
export function monthSpan(month: string, offsetMin: number): { fromAt: number; toAt: number } {
  const days = daysOfMonth(month);
  return {
    fromAt: instantOf(`${month}-01`, 0, offsetMin),
    toAt: instantOf(addDays(days.at(-1) ?? `${month}-01`, 1), 0, offsetMin),
  };
}

export const gapView = ({ leaves: _, ...gap }: LayeredGap): GapView => gap;

export function coverage(desk: Desk, input: ParsedOf<"roster.coverage">): Answer<"roster.coverage"> {
  const rules = desk.tables.roster;
  const month = monthSpan(monthOf(dayOf(desk.ports.now(), rules.offsetMin)), rules.offsetMin);
  const fromAt = input.fromAt ?? month.fromAt;
  // A year at most: more is a slip of the hand, and the page would have nothing to show it with.
  const toAt = Math.min(input.toAt ?? month.toAt, fromAt + 366 * dayMs);
  return ok({
    fromAt,
    toAt,
    gaps: layeredGaps(rosterBetween(desk.db, rules, fromAt, toAt), fromAt, toAt).map(gapView),
  });
}

/** All places of a shift with who stands there when. */
export function* standsOf(roster: LayeredRoster, span: ShiftSpan) {
  for (const role of dutyRoles)
    for (let index = 0; index < placesIn(roster.rules, span, role); index++) {
      const slot = { on: span.on, shift: span.shift, role, index };
      yield { slot, pieces: roster.stand(slot, span) };
    }
}

export function rosterMonth(desk: Desk, { month }: { month: string }): Answer<"roster.month"> {
  const rules = desk.tables.roster;
  const { fromAt, toAt } = monthSpan(month, rules.offsetMin);
  const roster = rosterBetween(desk.db, rules, fromAt, toAt + dayMs);
  const officers = officersById(desk.db);
  const present = readEntity(desk.db, "roster", month);
  const pieces: PieceView[] = [];
  const shifts = daysOfMonth(month).flatMap((on) =>
    shiftsOn(rules, on).map((span) => {
      const people = [];
      for (const { slot, pieces: here } of standsOf(roster, span)) {
        const officerId = roster.plan(slot);
        const officer = officerId === undefined ? undefined : officers.get(officerId);
        if (officerId !== undefined)
          people.push({
            role: slot.role,
            index: slot.index,
            officerId,
            name: officer?.name ?? officerId,
            phone: officer?.phone ?? "",
          });
        if (here.some(({ through }) => through !== "plan"))
          pieces.push(...here.map((piece) => ({ slot: slotKey(slot), ...piece })));
      }
      return { ...span, people };
    }),
  );
  return ok({
    month,
    published: present !== undefined,
    digest: monthDigest(present?.slots ?? {}),
    shifts,
    pieces,
    gaps: layeredGaps(roster, fromAt, toAt).map(gapView),
    accepted: (present?.accepted ?? []).map(({ slots, reason, name, at }) => ({ slots, reason, name, at })),
    sync: syncOfEntity(desk.db, enrolled(desk), "roster", month),
  });
}
