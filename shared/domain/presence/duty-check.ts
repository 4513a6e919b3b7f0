import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { answer, askedSchema, miss, raise, rungSchema } from "./ladder.ts";
import { watchIdSchema } from "./watch.ts";

const id = z.string().min(1).max(64);
const instant = z.number().int().nonnegative();

/** 查岗: the district asks whether somebody is there. Once it has reached a desk it climbs the same ladder as a vigilance check. */
export const dutyCheckSchema = z.strictObject({
  id,
  /** The district's clock. */
  askedAt: instant,
  operator: z.string().max(40),
  words: z.string().max(400),
  /** How long the district gives, counted by its own clock, ms. */
  answerMs: z.number().int().positive(),
  /** The shift whose desk showed it, with when and how far; `null`: no desk has it yet. */
  reached: z.strictObject({ watchId: watchIdSchema, at: instant, asked: askedSchema }).nullable(),
});
export type DutyCheck = z.infer<typeof dutyCheckSchema>;

export const dutyCheckGiven = {
  ask: z.strictObject({
    checkId: id,
    operator: dutyCheckSchema.shape.operator,
    words: dutyCheckSchema.shape.words,
    answerMs: dutyCheckSchema.shape.answerMs.max(86_400_000),
  }),
  reach: z.strictObject({ checkId: id, watchId: watchIdSchema, ladder: z.array(rungSchema).min(1).max(3) }),
  raise: z.strictObject({ checkId: id, rung: z.number().int().min(1).max(2) }),
  miss: z.strictObject({ checkId: id }),
  answer: z.strictObject({ checkId: id, name: z.string().max(40), remarks: z.string().trim().max(400) }),
} as const;
export type DutyCheckStep = keyof typeof dutyCheckGiven;
type Given<S extends DutyCheckStep> = z.infer<(typeof dutyCheckGiven)[S]>;
type Judge<S extends DutyCheckStep> = (
  check: DutyCheck | undefined,
  given: Given<S>,
  act: Act,
) => Result<DutyCheck, DeskError>;

const judges: { readonly [S in DutyCheckStep]: Judge<S> } = {
  ask: (check, { checkId, operator, words, answerMs }, act) =>
    check
      ? fail(deskError("event.exists"))
      : ok({ id: checkId, askedAt: act.at, operator, words, answerMs, reached: null }),
  /** PS-9: the first desk that shows it says when. */
  reach(check, { checkId, watchId, ladder }, act) {
    if (!check) return fail(deskError("presence.unknown_check"));
    if (check.reached) return ok(check);
    const asked = { id: checkId, ladder, raisedAt: [act.at], missedAt: null, answer: null };
    return ok({ ...check, reached: { watchId, at: act.at, asked } });
  },
  raise: (check, { rung }, act) => change(check, (asked) => raise(asked, rung, act.at)),
  miss: (check, _given, act) => change(check, (asked) => miss(asked, act.at)),
  answer: (check, { name, remarks }, act) =>
    change(check, (asked) => answer(asked, { officerId: act.by, name, at: act.at, locked: false, remarks })),
};

function change(
  check: DutyCheck | undefined,
  step: (asked: z.infer<typeof askedSchema>) => z.infer<typeof askedSchema>,
): Result<DutyCheck, DeskError> {
  if (!check?.reached) return fail(deskError("presence.unknown_check"));
  return ok({ ...check, reached: { ...check.reached, asked: step(check.reached.asked) } });
}

export function judgeDutyCheck<S extends DutyCheckStep>(
  step: S,
  present: DutyCheck | undefined,
  given: Given<S>,
  act: Act,
): Result<DutyCheck, DeskError> {
  return judges[step](present, given, act);
}

/** PS-10: how the district sees its question, by its own clock. */
export type DutyCheckStanding = "on_its_way" | "asked" | "answered" | "unanswered";

export function standingOf(check: DutyCheck, now: number): DutyCheckStanding {
  if (check.reached?.asked.answer) return "answered";
  if (now >= check.askedAt + check.answerMs) return "unanswered";
  return check.reached ? "asked" : "on_its_way";
}
