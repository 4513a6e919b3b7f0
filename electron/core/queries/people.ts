import type { OfficerView, ShiftView } from "#shared/contract.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import {
  onDutyAt,
  peopleOf,
  type RosterRules,
  type ShiftSpan,
  type SlotReader,
  shiftsBetween,
  slotReader,
} from "#shared/domain/roster/roster.ts";
import { addDays, dayMs, dayOf, monthOf } from "#shared/lib/time.ts";
import type { Db } from "../store/database.ts";
import { readAll, readEntity } from "../store/entities.ts";

/** People and shifts as a screen shows them. */
export function officersById(db: Db): Map<string, Officer> {
  return new Map(readAll(db, "officer").map((officer) => [officer.id, officer]));
}

export function viewOf({ publicKey: _, ...officer }: Officer): OfficerView {
  return officer;
}

/** Reads the months that `[fromAt, toAt)` touches, with a margin for shifts that began before it. */
export function slotsFor(db: Db, rules: RosterRules, fromAt: number, toAt: number): SlotReader {
  const months = new Set<string>();
  const last = dayOf(toAt, rules.offsetMin);
  for (let on = addDays(dayOf(fromAt, rules.offsetMin), -2); on <= last; on = addDays(on, 1)) months.add(monthOf(on));
  return slotReader([...months].flatMap((month) => readEntity(db, "roster", month) ?? []));
}

export function shiftView(
  rules: RosterRules,
  read: SlotReader,
  officers: ReadonlyMap<string, Officer>,
  span: ShiftSpan,
): ShiftView {
  return {
    ...span,
    people: peopleOf(rules, read, span).map(({ role, index, officerId }) => {
      const officer = officers.get(officerId);
      return { role, index, officerId, name: officer?.name ?? officerId, phone: officer?.phone ?? "" };
    }),
  };
}

/** The shift that holds `at` and the one after it. */
export function shiftsAround(
  db: Db,
  rules: RosterRules,
  at: number,
): { current: ShiftView | null; next: ShiftView | null } {
  const read = slotsFor(db, rules, at - dayMs, at + 3 * dayMs);
  const officers = officersById(db);
  const span = onDutyAt(rules, read, at)?.span;
  const after = shiftsBetween(rules, at, at + 3 * dayMs).find((one) => one.startAt >= (span?.endAt ?? at));
  return {
    current: span ? shiftView(rules, read, officers, span) : null,
    next: after ? shiftView(rules, read, officers, after) : null,
  };
}
