import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { askedSchema, raise, rungSchema } from "#shared/domain/presence/ladder.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Climb, climbsKept } from "./climbs.ts";
import { pressingClock } from "./clock.ts";
import { type DutyEvent, isOpen } from "./event.ts";
import { clockSteps } from "./limits.ts";

/** What the desk records by itself when a clock of an event has run out, and at each rung after. */
export const climbGivenSchema = z.strictObject({
  eventId: z.string().min(1).max(64),
  of: z.enum(clockSteps),
  dueAt: z.number().int(),
  rung: z.number().int().min(0).max(3),
  /** The ladder with its names and times as they were at the first rung; empty above it. */
  ladder: z.array(rungSchema).max(4),
});
export type ClimbGiven = z.infer<typeof climbGivenSchema>;

/** CL-11: the first rung begins the climb of one clock, each other is one up; what two desks see is one climb. */
export function judgeClimb(event: DutyEvent | undefined, given: ClimbGiven, act: Act): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  const { of, dueAt, rung, ladder } = given;
  const present = event.climbs.find((one) => one.of === of && one.dueAt === dueAt);
  if (!isOpen(event.state) || (rung === 0 && present)) return ok(event);
  if (rung > 0) {
    if (!present) return fail(deskError("event.stale"));
    const next = { ...present, asked: raise(present.asked, rung, act.at) };
    return ok({ ...event, climbs: event.climbs.map((one) => (one === present ? next : one)) });
  }
  if (ladder.length === 0) return fail(deskError("event.missing", { action: "逐级上报" }, "ladder"));
  const asked = askedSchema.parse({ id: `${of}/${dueAt}`, ladder, raisedAt: [act.at], missedAt: null, answer: null });
  return ok({ ...event, climbs: [...event.climbs, { of, dueAt, asked }].slice(-climbsKept) });
}

/** The climb of the clock that presses now, if it has begun. */
export function climbNow(event: DutyEvent, clock = pressingClock(event)): Climb | undefined {
  return clock ? event.climbs.find(({ of, dueAt }) => of === clock.step && dueAt === clock.dueAt) : undefined;
}

/** The rung on which an event stands: 0 while it is the desk's matter. */
export const rungOf = (event: DutyEvent, clock = pressingClock(event)): number =>
  isOpen(event.state) ? (climbNow(event, clock)?.asked.raisedAt.length ?? 1) - 1 : 0;
