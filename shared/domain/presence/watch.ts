import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { answer, askedSchema, miss, raise, rungSchema } from "./ladder.ts";

const id = z.string().min(1).max(64);
const name = z.string().max(40);
const instant = z.number().int().nonnegative();
const person = z.strictObject({ officerId: id, name });

/** A shift of a duty day: `2026-11-21/night`, as its handover is called. */
export const watchIdSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}\/[\w-]+$/);

export const arrivalSchema = z.strictObject({
  officerId: id,
  name,
  /** Role in the roster of the shift; `null`: came without standing in it. */
  role: z.enum(dutyRoles).nullable(),
  at: instant,
  leftAt: instant.nullable(),
  /** Why they left before the relief had signed; empty: they were relieved. */
  leftWhy: z.string().max(200),
});
export type Arrival = z.infer<typeof arrivalSchema>;

/** One keeping of the watch: who came, who took the desk over, whether somebody was there, which alarms a person has seen. */
export const watchSchema = z.strictObject({
  id: watchIdSchema,
  arrivals: z.array(arrivalSchema),
  takeOvers: z.array(z.strictObject({ ...person.shape, at: instant, from: person })),
  checks: z.array(askedSchema),
  acknowledged: z.array(z.strictObject({ ...person.shape, at: instant, keys: z.array(z.string()) })),
});
export type Watch = z.infer<typeof watchSchema>;

const newWatch = (watchId: string): Watch => ({
  id: watchId,
  arrivals: [],
  takeOvers: [],
  checks: [],
  acknowledged: [],
});

/** What each op on a watch carries, by its step. */
export const watchGiven = {
  arrive: z.strictObject({ watchId: watchIdSchema, officerId: id, name, role: arrivalSchema.shape.role }),
  leave: z.strictObject({
    watchId: watchIdSchema,
    officerId: id,
    name,
    /** The relief has signed the handover. */
    relieved: z.boolean(),
    why: z.string().trim().max(200),
  }),
  take_over: z.strictObject({ watchId: watchIdSchema, officerId: id, name, from: person }),
  acknowledge: z.strictObject({
    watchId: watchIdSchema,
    name,
    keys: z.array(z.string().min(1).max(160)).min(1).max(200),
    /** What was acknowledged, in the words of the screen. */
    words: z.string().min(1).max(200),
  }),
  ask: z.strictObject({ watchId: watchIdSchema, checkId: id, ladder: z.array(rungSchema).min(1).max(3) }),
  raise: z.strictObject({ watchId: watchIdSchema, checkId: id, rung: z.number().int().min(1).max(2) }),
  miss: z.strictObject({ watchId: watchIdSchema, checkId: id }),
  answer: z.strictObject({ watchId: watchIdSchema, checkId: id, name, locked: z.boolean() }),
} as const;
export type WatchStep = keyof typeof watchGiven;
type Given<S extends WatchStep> = z.infer<(typeof watchGiven)[S]>;
type Judge<S extends WatchStep> = (watch: Watch, given: Given<S>, act: Act) => Result<Watch, DeskError>;

/** Steps that only speak of their own author: nobody signs in, takes over or leaves in another's name. */
const forOneself = (given: { readonly officerId: string }, act: Act) => given.officerId === act.by;

const judges: { readonly [S in WatchStep]: Judge<S> } = {
  /** PS-1: who is here already stays as they are; who had left comes again. */
  arrive(watch, { officerId, name, role }, act) {
    if (!forOneself({ officerId }, act)) return fail(deskError("presence.not_yours"));
    if (watch.arrivals.some((one) => one.officerId === officerId && one.leftAt === null)) return ok(watch);
    const arrival = { officerId, name, role, at: act.at, leftAt: null, leftWhy: "" };
    return ok({ ...watch, arrivals: [...watch.arrivals, arrival] });
  },
  /** PS-2: leaving before the relief has signed needs a reason. */
  leave(watch, { officerId, relieved, why }, act) {
    if (!forOneself({ officerId }, act)) return fail(deskError("presence.not_yours"));
    if (!relieved && why === "") return fail(deskError("presence.leave_reason", undefined, "why"));
    const isHere = (one: Arrival) => one.officerId === officerId && one.leftAt === null;
    if (!watch.arrivals.some(isHere)) return fail(deskError("presence.not_here"));
    const arrivals = watch.arrivals.map((one) =>
      isHere(one) ? { ...one, leftAt: act.at, leftWhy: relieved ? "" : why } : one,
    );
    return ok({ ...watch, arrivals });
  },
  /** PS-4 */
  take_over(watch, { officerId, name, from }, act) {
    if (!forOneself({ officerId }, act)) return fail(deskError("presence.not_yours"));
    return ok({ ...watch, takeOvers: [...watch.takeOvers, { officerId, name, at: act.at, from }] });
  },
  acknowledge(watch, { name, keys }, act) {
    const seen = { officerId: act.by, name, at: act.at, keys };
    return ok({ ...watch, acknowledged: [...watch.acknowledged, seen] });
  },
  ask(watch, { checkId, ladder }, act) {
    if (watch.checks.some(({ id: known }) => known === checkId)) return ok(watch);
    const check = { id: checkId, ladder, raisedAt: [act.at], missedAt: null, answer: null };
    return ok({ ...watch, checks: [...watch.checks, check] });
  },
  raise: (watch, { checkId, rung }, act) => change(watch, checkId, (check) => raise(check, rung, act.at)),
  miss: (watch, { checkId }, act) => change(watch, checkId, (check) => miss(check, act.at)),
  answer: (watch, { checkId, name, locked }, act) =>
    change(watch, checkId, (check) => answer(check, { officerId: act.by, name, at: act.at, locked, remarks: "" })),
};

function change(
  watch: Watch,
  checkId: string,
  step: (check: Watch["checks"][number]) => Watch["checks"][number],
): Result<Watch, DeskError> {
  if (!watch.checks.some(({ id: known }) => known === checkId)) return fail(deskError("presence.unknown_check"));
  return ok({ ...watch, checks: watch.checks.map((check) => (check.id === checkId ? step(check) : check)) });
}

/** Judges one step on a watch; the first step of a shift makes it. */
export function judgeWatch<S extends WatchStep>(
  step: S,
  present: Watch | undefined,
  given: Given<S>,
  act: Act,
): Result<Watch, DeskError> {
  return judges[step](present ?? newWatch(given.watchId), given, act);
}
