import type { OutputOf, ParsedOf } from "#shared/contract.ts";
import { generateRoster } from "#shared/domain/roster/generate/generate.ts";
import {
  type Reason,
  type Tally,
  usualLimits,
  usualRoleRules,
  type Wish,
} from "#shared/domain/roster/generate/request.ts";
import { dayKindOf, type HolidayTable, type PatternRules, patternOf } from "#shared/domain/roster/patterns.ts";
import { rulesOn } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { addDays, dayMs, dayOf, daysOfMonth, instantOf } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { readAll } from "../store/entities.ts";
import { layersBetween, rosterBetween } from "../store/layers.ts";
import { monthSpan } from "./roster.ts";
import { addShift, nothing, standing } from "./tally.ts";

type Slots = Readonly<Record<string, string>>;

/** RO-29: proposes a month. Nothing is saved; `roster.past` where no day after today is left. */
export function generateMonth(desk: Desk, input: ParsedOf<"roster.generate">): Answer<"roster.generate"> {
  const { month, keep, seed } = input;
  const days = daysOfMonth(month);
  const rules = patternOf(rulesOn(desk.tables.roster, `${month}-01`));
  const tomorrow = addDays(dayOf(desk.ports.now(), rules.offsetMin), 1);
  const first = days[0] ?? "";
  const toOn = days.at(-1) ?? "";
  const fromOn = first < tomorrow ? tomorrow : first;
  if (fromOn > toOn) return fail(deskError("roster.past"));
  const officers = readAll(desk.db, "officer").filter(({ active }) => active);
  const here = new Set(officers.map(({ id }) => id));
  const months = readAll(desk.db, "roster");
  const published: Slots = Object.assign({}, ...months.map(({ slots }) => slots));
  const inside = (key: string) => fromOn <= key.slice(0, 10) && key.slice(0, 10) <= toOn;
  const pick = (fits: (key: string, officerId: string) => boolean): Slots =>
    Object.fromEntries(Object.entries(published).filter(([key, officerId]) => fits(key, officerId)));
  // Somebody who has left leaves an empty place, whatever shall be kept.
  const fixed = pick((key, officerId) => !inside(key) || (keep && here.has(officerId)));
  const holidays = desk.tables.holidays.days;
  const yearOn = `${month.slice(0, 4)}-01-01`;
  const span = monthSpan(month, rules.offsetMin);
  const roster = rosterBetween(desk.db, desk.tables.roster, instantOf(yearOn, 0, rules.offsetMin), span.toAt);
  const plan = generateRoster({
    rules,
    fromOn,
    toOn,
    people: officers.map(({ id, grade, pool }) => ({ id, grade, pool })),
    roleRules: usualRoleRules,
    limits: usualLimits,
    leaves: layersBetween(desk.db, span.fromAt, span.toAt + dayMs).filter(
      (entry) => entry.kind === "leave" && entry.state === "approved" && entry.ended === null,
    ),
    wishes: wishesOf(desk, month, here),
    holidays,
    fixed,
    before: standing(roster, holidays, yearOn, fromOn),
    seed,
  });
  const stays = pick((key) => key.startsWith(month) && key.slice(0, 10) < fromOn);
  const slots = { ...stays, ...plan.slots };
  const whole = tallies(slots, rules, holidays);
  const short = (reasons: readonly Reason[]) =>
    reasons.slice(0, 3).map(({ code, params }) => ({ code, params: { ...params } }));
  return ok({
    month,
    fromOn,
    slots,
    kept: Object.keys(fixed).filter((key) => inside(key) && key in slots).length,
    reasons: Object.fromEntries(plan.choices.map(({ slot, reasons }) => [slot, short(reasons)])),
    gaps: plan.gaps.map(({ slot, eligible, reasons }) => ({ slot, eligible, reasons: short(reasons) })),
    against: plan.pinnedAgainst.map(({ slot, officerId, hindrances }) => ({
      slot,
      officerId,
      reasons: hindrances.map((code) => ({ code, params: {} })),
    })),
    fairness: fairnessOf(
      plan.fairness.map(({ officerIds }) => officerIds),
      whole,
    ),
    wishes: plan.wishes.map(({ wish, kept }) => ({
      officerId: wish.officerId,
      on: wish.on,
      shift: wish.shift ?? null,
      want: wish.want,
      kept,
    })),
    yearsWithoutNotice: [...plan.yearsWithoutNotice],
  });
}

/** RO-37: wishes of those who are still here. */
function wishesOf(desk: Desk, month: string, here: ReadonlySet<string>): Wish[] {
  return readAll(desk.db, "wish")
    .filter((one) => one.month === month && here.has(one.officerId))
    .flatMap(({ officerId, wishes }) =>
      wishes.map(({ on, shift, want }) => ({ officerId, on, want, ...(shift === null ? {} : { shift }) })),
    );
}

function fairnessOf(
  groups: readonly (readonly string[])[],
  whole: Readonly<Record<string, Tally>>,
): OutputOf<"roster.generate">["fairness"] {
  return groups
    .map((officerIds) => officerIds.map((officerId) => ({ officerId, ...nothing, ...whole[officerId] })))
    .filter((rows) => rows.some(({ shifts }) => shifts > 0))
    .flatMap((rows, group) => rows.map((row) => ({ ...row, group })));
}

/** What each person stands in these slots. */
function tallies(slots: Slots, rules: PatternRules, holidays: HolidayTable): Record<string, Tally> {
  const nights = new Set(rules.shifts.filter(({ night }) => night).map(({ code }) => code));
  const counts: Record<string, Tally> = {};
  for (const [key, officerId] of Object.entries(slots)) {
    const [on = "", shift = ""] = key.split("/");
    const kind = dayKindOf(holidays, on);
    counts[officerId] = addShift(counts[officerId] ?? nothing, nights.has(shift), kind);
  }
  return counts;
}
