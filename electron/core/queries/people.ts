import type { OfficerView, ShiftView, Tables } from "#shared/contract.ts";
import type { HandoverPerson } from "#shared/domain/handover/record.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { type LayeredRoster, peopleAt, planned, whoAt } from "#shared/domain/roster/layers.ts";
import { type RosterRules, type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { dayMs } from "#shared/lib/time.ts";
import type { Db } from "../store/database.ts";
import { readAll } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";

/** People and shifts as a screen shows them. */
export function officersById(db: Db): Map<string, Officer> {
  return new Map(readAll(db, "officer").map((officer) => [officer.id, officer]));
}

export function viewOf({ publicKey: _, ...officer }: Officer): OfficerView {
  return officer;
}

/** A shift with those who stand in it at an instant, after all layers; whom they replace is named. */
export function shiftView(
  roster: LayeredRoster,
  officers: ReadonlyMap<string, Officer>,
  span: ShiftSpan,
  at: number,
): ShiftView {
  const nameOf = (id: string) => officers.get(id)?.name ?? id;
  return {
    ...span,
    people: peopleAt(roster, span, at).map(({ role, index, officerId, through, entryId }) => {
      const person = { role, index, officerId, name: nameOf(officerId), phone: officers.get(officerId)?.phone ?? "" };
      if (through === "plan") return person;
      const before = planned(roster, { on: span.on, shift: span.shift, role, index });
      return {
        ...person,
        through,
        entryId: entryId ?? "",
        ...(before !== undefined && before !== officerId ? { insteadOf: nameOf(before) } : {}),
      };
    }),
  };
}

/** The shift that holds `at`, with those on duty then, and the one after it as it begins. */
export function shiftsAround(
  db: Db,
  rules: RosterRules,
  at: number,
): { current: ShiftView | null; next: ShiftView | null } {
  const roster = rosterBetween(db, rules, at, at + 3 * dayMs);
  const officers = officersById(db);
  const span = whoAt(roster, at)?.span;
  const after = shiftsBetween(rules, at, at + 3 * dayMs).find((one) => one.startAt >= (span?.endAt ?? at));
  return {
    current: span ? shiftView(roster, officers, span, at) : null,
    next: after ? shiftView(roster, officers, after, after.startAt) : null,
  };
}

/** People of a shift as they go into the record, with their names: the outgoing as they stand at the end, the incoming as they begin. */
export function peopleIn(
  { db, tables }: { readonly db: Db; readonly tables: Pick<Tables, "roster"> },
  span: ShiftSpan,
  at: number,
): HandoverPerson[] {
  const roster = rosterBetween(db, tables.roster, span.startAt, span.endAt);
  const { people } = shiftView(roster, officersById(db), span, at);
  return people.map(({ role, officerId, name }) => ({ role, officerId, name }));
}
