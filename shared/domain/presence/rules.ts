import { z } from "zod";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { dayMs, dayOf, instantOf, minuteMs } from "#shared/lib/time.ts";

/** Who can be asked, one after the other, until somebody answers. */
export const rungNames = ["desk", "standby", "shift_leader", "leader_on_duty", "district"] as const;
export type RungName = (typeof rungNames)[number];

/** Parts of a minute are allowed: a drill may be quicker than life. */
const minutes = z.number().min(0.02).max(1440);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Whom a check of presence asks; the others are asked of events. */
const checked = ["desk", "standby", "leader_on_duty"] as const satisfies readonly RungName[];
const ladder = z
  .array(z.strictObject({ to: z.enum(checked), answerMinutes: minutes }))
  .min(1)
  .max(checked.length)
  .refine((steps) => steps[0]?.to === "desk" && new Set(steps.map(({ to }) => to)).size === steps.length);

/** [D] How presence is kept: defaults of the product (`resources/defaults/presence.json`) until the district sets its own. */
export const presenceRulesSchema = z.strictObject({
  label: z.string().max(40),
  note: z.string().max(400).default(""),
  arrival: z.strictObject({
    /** From so long before the change of shift on the desk names who is missing. */
    remindMinutes: minutes,
    /** From so long before on one may sign in for the coming shift. */
    openMinutes: minutes,
    /** Roles that must be in the room. */
    roles: z.array(z.enum(dutyRoles)),
  }),
  lock: z.strictObject({ idleMinutes: minutes }),
  vigilance: z.strictObject({
    /** Local times; an end before its start is of the next day, the same twice is the whole day. Empty: never. */
    quiet: z.array(z.strictObject({ from: clock, to: clock })).max(4),
    /** The next check comes no sooner and no later than this after the one before. */
    soonestMinutes: minutes,
    latestMinutes: minutes,
    ladder,
  }),
  dutyCheck: z.strictObject({ ladder }),
  alarm: z.strictObject({
    /** An unsigned handover turns from orange to red. */
    handoverRedMinutes: minutes,
    /** A red alarm that was acknowledged and still stands sounds again. */
    redAgainMinutes: minutes,
  }),
});
export type PresenceRules = z.infer<typeof presenceRulesSchema>;

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** The quiet hours that hold an instant, `[fromAt, toAt)`. */
export function quietSpan(
  rules: PresenceRules,
  at: number,
  offsetMin: number,
): { readonly fromAt: number; readonly toAt: number } | undefined {
  for (const { from, to } of rules.vigilance.quiet) {
    const length = (minuteOf(to) - minuteOf(from) + 1440) % 1440 || 1440;
    for (const day of [dayOf(at, offsetMin), dayOf(at - dayMs, offsetMin)]) {
      const fromAt = instantOf(day, minuteOf(from), offsetMin);
      const toAt = fromAt + length * minuteMs;
      if (fromAt <= at && at < toAt) return { fromAt, toAt };
    }
  }
  return undefined;
}

/**
 * PS-6: when the next check comes: `fraction` (0 ≤ f < 1, drawn at random) of the way from the soonest to the latest moment
 * after `sinceAt`. `undefined`: not in these quiet hours any more.
 */
export function drawCheck(
  rules: PresenceRules,
  span: { readonly fromAt: number; readonly toAt: number },
  sinceAt: number,
  fraction: number,
): number | undefined {
  const { soonestMinutes, latestMinutes } = rules.vigilance;
  const soonest = Math.min(soonestMinutes, latestMinutes);
  const after = (soonest + fraction * (latestMinutes - soonest)) * minuteMs;
  const dueAt = Math.round(Math.max(sinceAt, span.fromAt) + after);
  return dueAt < span.toAt ? dueAt : undefined;
}
