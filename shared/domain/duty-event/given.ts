import { z } from "zod";
import { told } from "#shared/domain/step.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import type { Into, LinkKind } from "./bond.ts";
import { type boards, type DutyEvent, levels, type Party, placeSchema, sources } from "./event.ts";
import { wordsIn } from "./gaps.ts";
import { fieldsSchema } from "./given-fields.ts";
import { otherSchema } from "./given-parts.ts";
import { type Limits, limitsSchema } from "./limits.ts";
import type { Measures } from "./review.ts";
import { type EventAction, eventActions, type Field, transitionOf } from "./transitions.ts";
import type { DisputeSide, Points } from "./whistle.ts";

/** The facts of a first report, with what the desk adds so that both ends need no table to agree. */
export const reportGivenSchema = z.strictObject({
  number: z.string().min(1).max(40),
  source: z.enum(sources),
  title: z.string().trim().min(1).max(80),
  text: z.string().max(4000),
  level: z.enum(levels),
  category: z.string().max(40),
  confidential: z.boolean(),
  callerName: z.string().max(40),
  callerPhone: z.string().max(30),
  place: placeSchema,
  limitMin: z.number().int().positive().nullable(),
  limits: limitsSchema.nullable().optional(),
  sample: z.boolean(),
  /** BO-7: the event that this one was split from. */
  splitFrom: otherSchema.optional(),
});
export type ReportGiven = z.infer<typeof reportGivenSchema>;

/** DS-1: what the district sends down: the facts of a report, who sends it, and what is to be done. */
export const dispatchGivenSchema = reportGivenSchema.omit({ splitFrom: true }).extend({
  source: z.literal("district"),
  operator: z.string().trim().min(1).max(60),
  requirement: z.string().trim().max(2000),
});
export type DispatchGiven = z.infer<typeof dispatchGivenSchema>;

/** What an action carries. Which of these an action takes is said by its row. */
export interface Given {
  readonly board?: (typeof boards)[number] | undefined;
  readonly category?: string | undefined;
  readonly level?: (typeof levels)[number] | undefined;
  readonly lead?: Party | undefined;
  readonly coHandlers?: Party[] | undefined;
  readonly limitMin?: number | undefined;
  readonly limits?: Limits | null | undefined;
  readonly pauseMin?: number | undefined;
  readonly moreMin?: number | undefined;
  readonly party?: string | undefined;
  readonly via?: string | undefined;
  readonly whistleKind?: string | undefined;
  readonly whistleKindName?: string | undefined;
  readonly to?: string | undefined;
  readonly note?: string | undefined;
  readonly text?: string | undefined;
  readonly result?: string | undefined;
  readonly reason?: string | undefined;
  readonly toldBy?: string | undefined;
  readonly people?: string | undefined;
  readonly side?: DisputeSide | undefined;
  readonly scores?: Points | undefined;
  readonly border?: string | undefined;
  readonly oneOff?: string | undefined;
  readonly upkeep?: string | undefined;
  readonly agreedBy?: string | undefined;
  readonly agreedOn?: string | undefined;
  readonly into?: Into | undefined;
  readonly other?: z.infer<typeof otherSchema> | undefined;
  readonly linkKind?: Exclude<LinkKind, "split_from"> | undefined;
  readonly parts?: string[] | undefined;
  readonly happened?: string | undefined;
  readonly well?: string | undefined;
  readonly change?: string | undefined;
  readonly measures?: Measures | undefined;
  readonly confidential?: true | undefined;
}

function schemaOf(fields: readonly Field[]): z.ZodType<Given> {
  const schema = fieldsSchema(fields);
  // Whoever sets the limit of the whole sets those of the steps: the desk adds them by its tables, no form asks for them.
  const whole = fields.some(({ name }) => name === "limitMin")
    ? schema.extend({ limits: limitsSchema.nullable().optional() })
    : schema;
  return whole as unknown as z.ZodType<Given>;
}

/** The check of what is given with each action, drawn from its row. */
export const givenSchemas = Object.fromEntries(
  eventActions.map((action) => [action, schemaOf(transitionOf(action).fields)]),
) as Record<EventAction, z.ZodType<Given>>;

/** The sentence of the duty log for an action, after it was done. */
export function logSentence(
  action: EventAction,
  given: Given,
  event: DutyEvent,
  from: DutyEvent | undefined,
): Bilingual {
  const { log } = transitionOf(action);
  const done = { given, event, from };
  return { zh: told(log.zh, wordsIn(log.zh, done, "zh")).trim(), en: told(log.en, wordsIn(log.en, done, "en")).trim() };
}
