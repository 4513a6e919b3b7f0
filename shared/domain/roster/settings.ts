import { z } from "zod";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayOf } from "#shared/lib/time.ts";
import { patternFaults } from "./patterns.ts";
import { type RosterRules, rosterRulesSchema } from "./roster.ts";

/** Not taken apart here: a value that nobody uses can be left out of the pages, a pattern cannot. */
const edition = rosterRulesSchema.shape;

/** RO-38: settings of the roster that hold from the first day of a month on. */
export const rulesFromSchema = z.strictObject({
  fromOn: z.string().regex(/^\d{4}-\d{2}-01$/),
  label: z.string().trim().min(1).max(60),
  pattern: edition.pattern,
  shifts: edition.shifts,
  required: edition.required,
  /** Zone of the desk, minutes: it says which day the change was made on. */
  offsetMin: z.number().int().min(-840).max(840),
});
export type RulesFrom = z.infer<typeof rulesFromSchema>;

/** RO-38: an administrator changes the settings, for months that have not begun; every minute of the day has a shift. */
export function judgeRules(
  rules: RulesFrom,
  act: { readonly at: number; readonly grade: Grade },
): Result<RulesFrom, DeskError> {
  if (act.grade !== "admin") return fail(deskError("session.not_allowed"));
  if (rules.fromOn <= dayOf(act.at, rules.offsetMin)) return fail(deskError("roster.past", undefined, "fromOn"));
  const faults = patternFaults(rules.shifts);
  const fault = faults.find((one) => one.fault !== "overlap");
  if (fault)
    return fail(deskError("roster.pattern_fault", { from: clock(fault.fromMin), to: clock(fault.toMin) }, "shifts"));
  return ok(rules);
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** The settings of the product with what the desk has decided since. */
export function withLater(base: RosterRules, later: readonly RulesFrom[]): RosterRules {
  if (later.length === 0) return base;
  const editions = [...later].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  return { ...base, later: editions.map(({ offsetMin: _, ...edition }) => edition) };
}
