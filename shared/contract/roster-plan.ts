import { z } from "zod";
import { holidayYearSchema } from "#shared/domain/roster/holidays.ts";
import { dutyRoles, slotPattern } from "#shared/domain/roster/roster.ts";
import { rulesFromSchema } from "#shared/domain/roster/settings.ts";
import { monthWishesSchema } from "#shared/domain/roster/wishes.ts";
import { type CallRow, command, day, done, id, month, params, pin, query } from "./call.ts";

const slot = z.string().regex(slotPattern);
const reason = z.string().trim().max(200);
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
  /** What people wished for, and whether it could be kept. */
  wishes: z.array(monthWishesSchema.shape.wishes.element.extend({ officerId: z.string(), kept: z.boolean() })),
  /** Years whose holidays are not known here: weekends alone were counted. */
  yearsWithoutNotice: z.array(z.string()),
});
export type RosterPlan = z.infer<typeof rosterPlanSchema>;

/** Characters of a holiday notice that are read; the longest yearly one of the State Council has some 1,500. */
export const noticeMost = 20_000;

/** How a month comes about: edits, the generator, publishing, wishes, settings, holidays. */
export const planCalls = {
  "roster.assign": command(
    "officer",
    "Puts an officer into a slot, or `null` to empty it. Refused when the slot changed meanwhile.",
    () =>
      z.strictObject({
        on: day,
        shift: z.string().max(20),
        role: z.enum(dutyRoles),
        index: z.number().int().min(0).max(19).default(0),
        officerId: id.nullable(),
        was: id.nullable().optional(),
      }),
    () => z.object({ month: z.string() }),
  ),

  "roster.edit": command(
    "officer",
    "Changes several places at once, all or none: a person dragged from one to another, an undo.",
    () =>
      z.strictObject({
        changes: z
          .array(z.strictObject({ slot, officerId: id.nullable(), was: id.nullable() }))
          .min(1)
          .max(20),
        undoes: z.boolean().default(false),
      }),
    () => z.object({ month: z.string() }),
  ),

  "roster.generate": query(
    "officer",
    "A proposal for the days of a month after today, explained. `keep`: places that are filled stay.",
    () =>
      z.strictObject({
        month,
        keep: z.boolean().default(true),
        seed: z.number().int().min(0).max(1_000_000).default(0),
      }),
    () => rosterPlanSchema,
  ),

  "roster.publish": command(
    "officer",
    "Sets a whole month. `was`: the digest of the month that was seen. With an empty required place only with a reason and the PIN of the officer.",
    () =>
      z.strictObject({
        month,
        slots,
        was: z.string().length(16).optional(),
        accept: z.strictObject({ reason: reason.min(2), pin }).optional(),
      }),
    () => z.object({ month: z.string(), accepted: z.number().int() }),
  ),

  "roster.wishes": query(
    "officer",
    "What people would like in a month, or would rather not.",
    () => z.strictObject({ month }),
    () => z.object({ wishes: z.array(monthWishesSchema) }),
  ),

  "roster.wish": command(
    "officer",
    "Sets the wishes of a person for a month, as a whole. Own ones, or by whom may plan.",
    () => z.strictObject({ officerId: id.optional(), month, wishes: monthWishesSchema.shape.wishes }),
    () => done,
  ),

  "roster.rules": command(
    "officer",
    "Settings of the roster from the first day of a coming month on. Administrator only; past months stay as they were.",
    () => rulesFromSchema.omit({ offsetMin: true }),
    () => done,
  ),

  "holiday.read": query(
    "officer",
    "Reads a yearly notice, its text or a table with a line for each day. Saves nothing.",
    () =>
      z.strictObject({
        text: z.string().max(noticeMost),
        year: z
          .string()
          .regex(/^\d{4}$/)
          .optional(),
      }),
    () =>
      z.object({
        year: z.string().nullable(),
        days: holidayYearSchema.shape.days,
        unread: z.array(z.string()),
        /** Edition that is in force here; 0: the product's own, or none. */
        edition: z.number().int(),
      }),
  ),

  "holiday.take": command(
    "officer",
    "Enters the holidays of a year, in place of what was known of it.",
    () => holidayYearSchema.omit({ edition: true }),
    () => z.object({ year: z.string(), days: z.number().int(), edition: z.number().int() }),
  ),
} as const satisfies Record<string, CallRow>;
