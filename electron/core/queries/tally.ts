import type { ParsedOf } from "#shared/contract.ts";
import type { Tally } from "#shared/domain/roster/generate/request.ts";
import type { LayeredRoster } from "#shared/domain/roster/layers.ts";
import { dayKindOf, type HolidayTable, isNight } from "#shared/domain/roster/patterns.ts";
import { rulesOn, type ShiftSpan, shiftsOn } from "#shared/domain/roster/roster.ts";
import { ok } from "#shared/lib/result.ts";
import { addDays, daysOfMonth } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { rosterBetween } from "../store/layers.ts";
import { monthSpan, standsOf } from "./roster.ts";

export const nothing: Tally = { shifts: 0, nights: 0, weekends: 0, holidays: 0 };

/** One more shift in a tally. */
export function addShift(tally: Tally, night: boolean, kind: ReturnType<typeof dayKindOf>): Tally {
  return {
    shifts: tally.shifts + 1,
    nights: tally.nights + (night ? 1 : 0),
    weekends: tally.weekends + (kind === "weekend" ? 1 : 0),
    holidays: tally.holidays + (kind === "holiday" ? 1 : 0),
  };
}

/** What each person stands in the duty days `[fromOn, toOn)`, after all layers: a shift goes to who stands longest in its place. */
export function standing(
  roster: LayeredRoster,
  holidays: HolidayTable,
  fromOn: string,
  toOn: string,
): Record<string, Tally> {
  const tallies: Record<string, Tally> = {};
  for (let on = fromOn; on < toOn; on = addDays(on, 1)) {
    const kind = dayKindOf(holidays, on);
    for (const span of shiftsOn(roster.rules, on)) {
      const shift = rulesOn(roster.rules, on).shifts.find(({ code }) => code === span.shift);
      const night = shift !== undefined && isNight(shift);
      for (const officerId of holdersOf(roster, span))
        tallies[officerId] = addShift(tallies[officerId] ?? nothing, night, kind);
    }
  }
  return tallies;
}

function holdersOf(roster: LayeredRoster, span: ShiftSpan): string[] {
  const holders: string[] = [];
  for (const { pieces } of standsOf(roster, span)) {
    const minutes = new Map<string, number>();
    for (const { officerId, fromAt, toAt } of pieces)
      if (officerId !== null) minutes.set(officerId, (minutes.get(officerId) ?? 0) + toAt - fromAt);
    const [longest] = [...minutes].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    if (longest) holders.push(longest[0]);
  }
  return holders;
}

export function fairness(desk: Desk, { month }: ParsedOf<"roster.fairness">): Answer<"roster.fairness"> {
  const rules = desk.tables.roster;
  const holidays = desk.tables.holidays.days;
  const yearOn = `${month.slice(0, 4)}-01-01`;
  const after = addDays(daysOfMonth(month).at(-1) ?? `${month}-01`, 1);
  const { fromAt } = monthSpan(yearOn.slice(0, 7), rules.offsetMin);
  const roster = rosterBetween(desk.db, rules, fromAt, monthSpan(month, rules.offsetMin).toAt);
  const ofMonth = standing(roster, holidays, `${month}-01`, after);
  const ofYear = standing(roster, holidays, yearOn, after);
  const rows = Object.keys(ofYear).sort();
  return ok({
    rows: rows.map((officerId) => ({
      officerId,
      month: ofMonth[officerId] ?? nothing,
      year: ofYear[officerId] ?? nothing,
    })),
  });
}
