import { z } from "zod";
import { dutyRoles, slotPattern } from "#shared/domain/roster/roster.ts";
import { bilingual, type CallRow, command, day, id, instant, month, params, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

export const personOnDutySchema = z.object({
  role: z.enum(dutyRoles),
  index: z.number().int(),
  officerId: z.string(),
  name: z.string(),
  phone: z.string(),
});

export const shiftViewSchema = z.object({
  on: day,
  shift: z.string(),
  name: bilingual,
  startAt: instant,
  endAt: instant,
  people: z.array(personOnDutySchema),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

export const gapSchema = z.object({
  fromAt: instant,
  toAt: instant,
  on: day,
  shift: z.string(),
  role: z.enum(dutyRoles),
  missing: z.number().int(),
});
export type GapView = z.infer<typeof gapSchema>;

const slots = z.record(z.string().regex(slotPattern), id);

const reasons = z.array(z.object({ code: z.string(), params }));

export const rosterPlanSchema = z.object({
  month,
  /** First day that is planned; before it everything stays as it is. */
  fromOn: day,
  /** The whole month as it would be. */
  slots,
  /** Slots that stood before and stay. */
  kept: z.number().int(),
  /** Why this person, by slot: the strongest reasons first. */
  reasons: z.record(z.string(), reasons),
  gaps: z.array(z.object({ slot: z.string(), eligible: z.number().int(), reasons })),
  /** Slots that stay although they break a limit. */
  against: z.array(z.object({ slot: z.string(), officerId: z.string(), reasons })),
  /** What each person stands in the whole month; those of one `group` are equals. */
  fairness: z.array(
    z.object({
      officerId: z.string(),
      group: z.number().int(),
      shifts: z.number().int(),
      nights: z.number().int(),
      weekends: z.number().int(),
      holidays: z.number().int(),
    }),
  ),
  /** Years whose holidays are not known here: weekends alone were counted. */
  yearsWithoutNotice: z.array(z.string()),
});
export type RosterPlan = z.infer<typeof rosterPlanSchema>;

/** Who is on duty, the month, and its plan. */
export const rosterCalls = {
  "roster.onDuty": query(
    "open",
    "Who is on duty at `at` (default: now), and the shift after.",
    z.strictObject({ at: instant.optional() }),
    z.object({ at: instant, shift: shiftViewSchema.nullable(), next: shiftViewSchema.nullable() }),
  ),

  "roster.coverage": query(
    "open",
    "Gaps of `[fromAt, toAt)`; default: the month of now.",
    z.strictObject({ fromAt: instant.optional(), toAt: instant.optional() }),
    z.object({ fromAt: instant, toAt: instant, gaps: z.array(gapSchema) }),
  ),

  "roster.month": query(
    "open",
    "All shifts of a month with their people, and its gaps.",
    z.strictObject({ month }),
    z.object({
      month: z.string(),
      published: z.boolean(),
      shifts: z.array(shiftViewSchema),
      gaps: z.array(gapSchema),
      sync: syncStateSchema,
    }),
  ),

  "roster.assign": command(
    "officer",
    "Puts an officer into a slot, or `null` to empty it. Refused when the slot changed meanwhile.",
    z.strictObject({
      on: day,
      shift: z.string().max(20),
      role: z.enum(dutyRoles),
      index: z.number().int().min(0).max(19).default(0),
      officerId: id.nullable(),
      was: id.nullable().optional(),
    }),
    z.object({ month: z.string() }),
  ),

  "roster.generate": query(
    "officer",
    "A proposal for the days of a month after today, explained. `keep`: places that are filled stay.",
    z.strictObject({ month, keep: z.boolean().default(true), seed: z.number().int().min(0).max(1_000_000).default(0) }),
    rosterPlanSchema,
  ),

  "roster.publish": command(
    "officer",
    "Sets a whole month.",
    z.strictObject({ month, slots }),
    z.object({ month: z.string() }),
  ),
} as const satisfies Record<string, CallRow>;
