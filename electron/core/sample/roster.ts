import type { Officer } from "#shared/domain/officer/officer.ts";
import { generateRoster } from "#shared/domain/roster/generate/generate.ts";
import { type Tally, usualLimits, usualRoleRules } from "#shared/domain/roster/generate/request.ts";
import { type HolidayTable, patternOf } from "#shared/domain/roster/patterns.ts";
import { type RosterMonth, type RosterRules, rulesOn } from "#shared/domain/roster/roster.ts";
import { addDays, dayMs, dayOf, daysOfMonth, monthOf } from "#shared/lib/time.ts";

/** Last, this and next month, planned by the desk's own generator: nights and holidays shared by equals. */
export function sampleMonths(
  rules: RosterRules,
  holidays: HolidayTable,
  officers: readonly Officer[],
  now: number,
): RosterMonth[] {
  const today = dayOf(now, rules.offsetMin);
  const first = monthOf(dayOf(now - 31 * dayMs, rules.offsetMin));
  const last = monthOf(addDays(`${monthOf(today)}-28`, 10));
  const months: RosterMonth[] = [];
  let before: Record<string, Tally> = {};
  for (let month = first; month <= last; month = monthOf(addDays(`${month}-28`, 10))) {
    const days = daysOfMonth(month);
    const { slots, tally } = generateRoster({
      rules: patternOf(rulesOn(rules, `${month}-01`)),
      fromOn: days[0] ?? "",
      toOn: days.at(-1) ?? "",
      people: officers.map(({ id, grade, pool }) => ({ id, grade, pool })),
      roleRules: usualRoleRules,
      limits: usualLimits,
      leaves: [],
      wishes: [],
      holidays,
      fixed: months.at(-1)?.slots ?? {},
      before,
      seed: 0,
    });
    months.push({ month, slots: { ...slots } });
    before = Object.fromEntries(Object.entries(tally).map(([id, own]) => [id, sum(own, before[id])]));
  }
  return months;
}

const sum = (a: Tally, b: Tally | undefined): Tally =>
  b
    ? {
        shifts: a.shifts + b.shifts,
        nights: a.nights + b.nights,
        weekends: a.weekends + b.weekends,
        holidays: a.holidays + b.holidays,
      }
    : a;
