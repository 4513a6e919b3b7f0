import { z } from "zod";
import { type DutyCheck, standingOf } from "#shared/domain/presence/duty-check.ts";
import { presenceRulesSchema } from "#shared/domain/presence/rules.ts";
import type { Watch } from "#shared/domain/presence/watch.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { Context } from "../context.ts";
import { streetOf } from "../store/meta.ts";
import { actAsDistrict, newId } from "./act.ts";

export const askSchema = z.strictObject({
  operator: z.string().trim().max(40).default(""),
  words: z.string().trim().max(400).default(""),
  /** How long the street has to answer, by the district's clock. */
  answerMinutes: z.number().min(0.02).max(1440).default(5),
});

/** PS-9: asks a street whether somebody is there. */
export async function askDuty(
  context: Context,
  street: string,
  { operator, words, answerMinutes }: z.output<typeof askSchema>,
): Promise<Result<{ checkId: string; no: number; askedAt: number }, DeskError>> {
  const checkId = newId(context);
  const answerMs = Math.round(answerMinutes * minuteMs);
  const done = await actAsDistrict(context, street, "duty_check.ask", { checkId, operator, words, answerMs });
  if (!done.ok) return done;
  await context.audit("duty_asked", null, `${street} ${checkId} ${operator}`.trim());
  return ok({ checkId, no: done.value.no, askedAt: done.value.confirmedAt });
}

export const rulesSchema = presenceRulesSchema;

/** PS-12: sets how presence is kept in a street. */
export async function setRules(
  context: Context,
  street: string,
  rules: z.output<typeof rulesSchema>,
): Promise<Result<{ no: number }, DeskError>> {
  const done = await actAsDistrict(context, street, "rules.presence", rules);
  if (!done.ok) return done;
  await context.audit("rules_set", null, `${street} presence`);
  return ok({ no: done.value.no });
}

/** The latest of each: more is in the ledger. */
const shownChecks = 50;
const shownWatches = 3;

/** PS-10: what the district knows of a street's presence, by its own clock: its questions with their answers, and the last watches. */
export async function presenceIn(context: Context, street: string) {
  const { db } = context.store;
  if (!(await streetOf(db, street))) return fail(deskError("setup.unknown_street", undefined, "street"));
  const read = async <T>(kind: string, limit: number) => {
    const rows = await db
      .selectFrom("entity")
      .innerJoin("ledger", "ledger.no", "entity.no")
      .select(["entity.state", "ledger.confirmed_at as confirmedAt"])
      .where("entity.street", "=", street)
      .where("entity.kind", "=", kind)
      .orderBy("entity.id", "desc")
      .limit(limit)
      .execute();
    return rows.map(({ state, confirmedAt }) => ({ state: JSON.parse(state) as T, confirmedAt }));
  };
  const checks = await read<DutyCheck>("duty_check", shownChecks);
  const watches = await read<Watch>("watch", shownWatches);
  const at = context.now();
  return ok({
    at,
    dutyChecks: checks.map(({ state, confirmedAt }) => {
      const answer = state.reached?.asked.answer ?? null;
      return {
        checkId: state.id,
        askedAt: state.askedAt,
        operator: state.operator,
        words: state.words,
        standing: standingOf(state, at),
        /** The desk's clock. */
        reachedAt: state.reached?.at ?? null,
        watchId: state.reached?.watchId ?? null,
        answer: answer && { name: answer.name, afterMs: answer.afterMs, remarks: answer.remarks },
        /** From asking until the district had the answer, its own clock both times. */
        delayMs: answer && confirmedAt - state.askedAt,
      };
    }),
    watches: watches.map(({ state }) => ({
      watchId: state.id,
      arrivals: state.arrivals,
      vigilance: state.checks,
    })),
  });
}
