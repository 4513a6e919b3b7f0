import { z } from "zod";
import { layerSteps } from "#shared/domain/roster/layer-course.ts";
import { layerKinds } from "#shared/domain/roster/layer-entry.ts";
import { dutyRoles, slotPattern } from "#shared/domain/roster/roster.ts";
import { bilingual, type CallRow, day, id, instant, madeFileSchema, month, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

const slot = z.string().regex(slotPattern);

export const personOnDutySchema = z.object({
  role: z.enum(dutyRoles),
  index: z.number().int(),
  officerId: z.string(),
  name: z.string(),
  phone: z.string(),
  /** The layer that put them there; left out: the plan. */
  through: z.enum(layerKinds).optional(),
  entryId: z.string().optional(),
  /** Who was planned there. */
  insteadOf: z.string().optional(),
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
export const gapRowSchema = gapSchema.extend({
  /** Since when the desk has known of it: the change, the approval or the publication that opened it; `null`: the month was never planned. */
  knownAt: instant.nullable(),
  /** Why it stands open: a leave, or an acceptance with its reason. */
  leave: z.string().nullable(),
  accepted: z.string().nullable(),
});
export type GapRow = z.infer<typeof gapRowSchema>;
export type GapView = z.infer<typeof gapSchema>;

/** A stretch of a place that a layer decides. */
export const pieceSchema = z.object({
  slot: z.string(),
  fromAt: instant,
  toAt: instant,
  officerId: z.string().nullable(),
  through: z.enum(["plan", ...layerKinds]),
  entryId: z.string().nullable(),
});
export type PieceView = z.infer<typeof pieceSchema>;

export const changeRowSchema = z.object({
  at: instant,
  by: z.string(),
  byName: z.string(),
  slot: z.string().nullable(),
  /** `assign` and `publish` change the plan; the others are steps of a layer. */
  action: z.enum(["publish", "assign", "ask", ...layerSteps]),
  kind: z.enum(layerKinds).nullable(),
  was: z.string().nullable(),
  is: z.string().nullable(),
  reason: z.string(),
  refused: z.boolean(),
});
export type ChangeRow = z.infer<typeof changeRowSchema>;

const tally = {
  shifts: z.number().int(),
  nights: z.number().int(),
  weekends: z.number().int(),
  holidays: z.number().int(),
};
/** Who is on duty, the month as it stands, its gaps and its history, and what of it goes out. */
export const rosterCalls = {
  "roster.onDuty": query(
    "open",
    "Who is on duty at `at` (default: now), and the shift after.",
    () => z.strictObject({ at: instant.optional() }),
    () => z.object({ at: instant, shift: shiftViewSchema.nullable(), next: shiftViewSchema.nullable() }),
  ),

  "roster.coverage": query(
    "open",
    "Gaps of `[fromAt, toAt)`; default: the month of now.",
    () => z.strictObject({ fromAt: instant.optional(), toAt: instant.optional() }),
    () => z.object({ fromAt: instant, toAt: instant, gaps: z.array(gapSchema) }),
  ),

  "roster.month": query(
    "open",
    "All shifts of a month with the people planned, what layers change of it, and its gaps after them.",
    () => z.strictObject({ month }),
    () =>
      z.object({
        month: z.string(),
        published: z.boolean(),
        /** Names the month as it is: `roster.publish` gives it back. */
        digest: z.string(),
        shifts: z.array(shiftViewSchema),
        pieces: z.array(pieceSchema),
        gaps: z.array(gapSchema),
        accepted: z.array(z.object({ slots: z.array(slot), reason: z.string(), name: z.string(), at: instant })),
        sync: syncStateSchema,
      }),
  ),

  "roster.history": query(
    "officer",
    "Who changed what in a month, from whom to whom, newest first; of one place when it is named.",
    () => z.strictObject({ month, slot: slot.optional(), limit: z.number().int().min(1).max(2000).default(500) }),
    () => z.object({ changes: z.array(changeRowSchema), more: z.boolean() }),
  ),

  "roster.fairness": query(
    "officer",
    "What each person stood and will stand, after all layers: of the month and of its year so far. Whole shifts go to who stands longest in them.",
    () => z.strictObject({ month }),
    () =>
      z.object({
        rows: z.array(z.object({ officerId: z.string(), month: z.object(tally), year: z.object(tally) })),
      }),
  ),

  "roster.gaps": query(
    "officer",
    "Report of gaps: of the past from `fromAt` and of the coming seven days (or to `toAt`), each with when it became known and why it stands open.",
    () => z.strictObject({ fromAt: instant.optional(), toAt: instant.optional() }),
    () =>
      z.object({ fromAt: instant, toAt: instant, at: instant, gaps: z.array(gapRowSchema), minutes: z.number().int() }),
  ),

  "roster.gapsFile": query(
    "officer",
    "The same report as an Excel file.",
    () => z.strictObject({ fromAt: instant.optional(), toAt: instant.optional() }),
    () => madeFileSchema,
  ),

  "roster.excel": query(
    "officer",
    "The month as it stands, as an Excel sheet that the desk can read again: a row for each day, or persons × days with codes.",
    () => z.strictObject({ month, layout: z.enum(["days", "people"]).default("days") }),
    () => madeFileSchema,
  ),

  "roster.calendar": query(
    "officer",
    "The month as an iCalendar file, of everybody or of one person.",
    () => z.strictObject({ month, officerId: id.optional() }),
    () => madeFileSchema,
  ),
} as const satisfies Record<string, CallRow>;
