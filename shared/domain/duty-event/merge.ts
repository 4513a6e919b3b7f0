import { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { boards, type DutyEvent, levels } from "./event.ts";
import type { Given } from "./given.ts";
import { partySchema } from "./given-parts.ts";
import { limitsSchema, shorterLimits } from "./limits.ts";

/** Fields of an event that two desks may set at the same time. */
export const mergedFields = ["board", "category", "level", "lead", "coHandlers", "limitMin"] as const;
export type MergedField = (typeof mergedFields)[number];
export const mergedFieldNames: Readonly<Record<MergedField, string>> = {
  board: "板块",
  category: "类别",
  level: "等级",
  lead: "主办",
  coHandlers: "协办",
  limitMin: "时限",
};

/** What the officer saw in the fields that an action sets. */
export const sawSchema = z.strictObject({
  board: z.enum(boards).nullable().optional(),
  category: z.string().max(40).optional(),
  level: z.enum(levels).optional(),
  lead: partySchema.nullable().optional(),
  coHandlers: z.array(partySchema).max(20).optional(),
  limitMin: z.number().int().positive().nullable().optional(),
  limits: limitsSchema.nullable().optional(),
  /** When what is written as a whole was written (ms); `null`: nothing stood there. */
  agreementAt: z.number().int().nonnegative().nullable().optional(),
  reviewAt: z.number().int().nonnegative().nullable().optional(),
});
export type Saw = z.infer<typeof sawSchema>;

/** What an officer who gives these fields sees in them now. */
export const sawOf = (event: DutyEvent, given: Given): Saw => ({
  ...Object.fromEntries(
    mergedFields.filter((field) => given[field] !== undefined).map((field) => [field, event[field]]),
  ),
  ...(given.limits === undefined ? {} : { limits: event.limits }),
  ...(given.oneOff === undefined ? {} : { agreementAt: event.border?.agreement?.at ?? null }),
  ...(given.happened === undefined ? {} : { reviewAt: event.review?.at ?? null }),
});

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * EV-15: an action that sets fields is laid over what others have set since it was taken. A field that only one of them
 * changed keeps that change; where both did, the higher level and the shorter limits win and co-handlers are joined; board,
 * category and lead are a matter for a person: `event.changed` with their names.
 */
export function mergeGiven(event: DutyEvent, given: Given, saw: Saw | undefined): Result<Given, DeskError> {
  if (!saw) return ok(given);
  const merged: Record<string, unknown> = { ...given };
  const clashes: string[] = wholesChanged(event, saw);
  for (const field of mergedFields) {
    if (given[field] === undefined || saw[field] === undefined) continue;
    const [mine, theirs, before] = [given[field], event[field], saw[field]];
    if (same(theirs, before) || same(theirs, mine)) continue;
    if (same(mine, before)) merged[field] = theirs ?? undefined;
    else if (field === "level") merged.level = levels[Math.min(rank(given.level), rank(event.level))];
    else if (field === "limitMin")
      merged.limitMin = Math.min(given.limitMin ?? 0, event.limitMin ?? Number.MAX_SAFE_INTEGER);
    else if (field === "coHandlers") merged.coHandlers = joined(event.coHandlers, given.coHandlers ?? []);
    else clashes.push(mergedFieldNames[field]);
  }
  if (given.limits !== undefined && saw.limits !== undefined && !same(event.limits, saw.limits))
    merged.limits = same(given.limits, saw.limits) ? event.limits : shorterLimits(event.limits, given.limits);
  if (clashes.length === 0) return ok(merged as Given);
  return fail(deskError("event.changed", { fields: clashes.join("、") }));
}

/** An agreement and a review are texts of one hand: where another wrote meanwhile, a person compares. */
const wholesChanged = (event: DutyEvent, saw: Saw): string[] => [
  ...(saw.agreementAt !== undefined && saw.agreementAt !== (event.border?.agreement?.at ?? null) ? ["跨区协议"] : []),
  ...(saw.reviewAt !== undefined && saw.reviewAt !== (event.review?.at ?? null) ? ["复盘"] : []),
];

const rank = (level: DutyEvent["level"] | undefined): number => (level ? levels.indexOf(level) : levels.length - 1);

const joined = (one: DutyEvent["coHandlers"], other: DutyEvent["coHandlers"]): DutyEvent["coHandlers"] =>
  [...one, ...other.filter((party) => !one.some((known) => same(known, party)))].slice(0, 20);
