import { z } from "zod";
import { dutyEventSchema, levels } from "#shared/domain/duty-event/event.ts";
import { partySchema } from "#shared/domain/duty-event/given-parts.ts";
import { pointSchema } from "#shared/domain/duty-event/point.ts";
import { type CallRow, command, query } from "./call.ts";
import { eventRowSchema, reportInputSchema } from "./events.ts";
import { coverSchema } from "./map.ts";

/** A place that may be meant: an address used before, a community, a grid, an asset. */
export const foundPlaceSchema = z.object({
  kind: z.enum(["address", "community", "grid", "asset"]),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  point: pointSchema.nullable(),
  community: z.string(),
  grid: z.string(),
});
export type FoundPlace = z.infer<typeof foundPlaceSchema>;

export const thoughtSchema = z.object({
  /** Categories that the words speak for, the likeliest first, each with the words. */
  categories: z.array(z.object({ code: z.string(), words: z.array(z.string()) })),
  /** The usual level of the category, where nobody has chosen one. */
  level: z.enum(levels),
  /** The community or grid that the words name, where no place was given; `grid` may be empty. */
  named: z.object({ community: z.string(), grid: z.string() }).nullable(),
  /** Who covers the place. */
  cover: coverSchema.nullable(),
  /** From the responsibility list; `row`: the place of its row, empty: the whole street. `label`: the edition. */
  responsible: z
    .object({ lead: partySchema, coHandlers: z.array(partySchema), row: z.string(), label: z.string() })
    .nullable(),
  limitMin: z.number().int().nullable(),
  /** Events of this phone number, open ones first. */
  caller: z.object({ rows: z.array(eventRowSchema), total: z.number().int() }),
  /** Open events that may be the same matter. */
  duplicates: z.array(eventRowSchema),
  /** Closed at this place within the days of the category. */
  relapses: z.array(z.object({ row: eventRowSchema, days: z.number().int(), within: z.number().int() })),
});
export type Thought = z.infer<typeof thoughtSchema>;

/** Taking a call: what the desk makes of it while one types, and recording it in one stroke. */
export const intakeCalls = {
  "intake.think": query(
    "officer",
    "What the desk makes of a half-typed event: category with its words, level, the place they name, who covers the place, lead and co-handlers, the caller's history, duplicates, relapse.",
    () =>
      z.strictObject({
        text: z.string().max(4000).default(""),
        /** Chosen by the officer; empty: proposed. */
        category: z.string().max(40).default(""),
        /** Chosen by the officer; empty: proposed. */
        level: z.enum(["", ...levels]).default(""),
        phone: z.string().max(30).default(""),
        place: dutyEventSchema.shape.place.prefault({}),
      }),
    () => thoughtSchema,
  ),

  "intake.places": query(
    "officer",
    "Places by characters or pinyin initials: addresses used before, communities, grids; assets by name or code.",
    () => z.strictObject({ text: z.string().max(80), limit: z.number().int().min(1).max(30).default(12) }),
    () => z.object({ places: z.array(foundPlaceSchema) }),
  ),

  "intake.take": command(
    "officer",
    "Records a new event and, with `dispatch`, accepts, assesses and assigns it: one transaction, one answer.",
    () =>
      reportInputSchema.extend({
        dispatch: z
          .strictObject({ lead: partySchema, coHandlers: z.array(partySchema).max(20).default([]) })
          .nullable()
          .default(null),
        /** The closed event that has come back. */
        relapseOf: z.string().max(64).default(""),
      }),
    () => z.object({ event: dutyEventSchema }),
  ),
} as const satisfies Record<string, CallRow>;
