import type { Officer } from "#shared/domain/officer/officer.ts";
import {
  type DutyRole,
  dutyRoles,
  type RosterMonth,
  type RosterRules,
  shiftsOn,
  slotKey,
} from "#shared/domain/roster/roster.ts";
import { addDays, dayMs, dayOf, monthOf } from "#shared/lib/time.ts";

/** Who fills a role in the sample roster, by grade. */
const gradeOf: Readonly<Record<Exclude<DutyRole, "standby">, Officer["grade"]>> = {
  leader_on_duty: "leader",
  shift_leader: "shift_leader",
  main_operator: "operator",
  deputy_operator: "operator",
};

/** A full roster of last, this and next month by plain rotation: nobody stands two shifts in a row. */
export function sampleMonths(rules: RosterRules, officers: readonly Officer[], now: number): RosterMonth[] {
  const today = dayOf(now, rules.offsetMin);
  const first = `${monthOf(dayOf(now - 31 * dayMs, rules.offsetMin))}-01`;
  const months = new Map<string, Record<string, string>>();
  let turn = 0;
  for (let on = first; monthOf(on) <= monthOf(addDays(`${monthOf(today)}-28`, 10)); on = addDays(on, 1)) {
    const slots = months.get(monthOf(on)) ?? {};
    months.set(monthOf(on), slots);
    for (const { shift } of shiftsOn(rules, on)) {
      const taken = new Map<string, number>();
      for (const role of dutyRoles) {
        if (role === "standby") continue;
        const pool = officers.filter(({ grade }) => grade === gradeOf[role]);
        for (let index = 0; index < (rules.required[role] ?? 0); index++) {
          // Main and deputy come from one pool: the deputy stands half the pool away from the main.
          const shiftBy = role === "deputy_operator" ? Math.floor(pool.length / 2) : 0;
          const officer = pool[(turn + shiftBy + index) % pool.length];
          if (officer && !taken.has(officer.id)) {
            taken.set(officer.id, index);
            slots[slotKey({ on, shift, role, index })] = officer.id;
          }
        }
      }
      turn++;
    }
  }
  return [...months].map(([month, slots]) => ({ month, slots }));
}
