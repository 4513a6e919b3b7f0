import { z } from "zod";
import { shapeSchema } from "#shared/domain/asset/asset.ts";
import { dutyEventSchema, levels, placeSchema, sources } from "#shared/domain/duty-event/event.ts";
import { type CallRow, command, id, query } from "./call.ts";

/** Tasks that one press may make; more than a street's desk can follow is no plan. */
export const mostTasks = 200;

/** One task as it would be made: a point or a grid, with who covers it. */
export const taskSchema = z.object({
  title: z.string(),
  place: placeSchema,
  worker: z.string(),
  phone: z.string(),
  /** What it is about: ids of assets. */
  assetIds: z.array(z.string()),
});
export type Task = z.infer<typeof taskSchema>;

/** From what was chosen on the map to work. */
export const workCalls = {
  "work.plan": query(
    "officer",
    "The tasks that a selection would make: one for each point, or one for each grid that holds some of it. Nothing is written.",
    () =>
      z.strictObject({
        /** A drawn area; its points count that are inside. */
        area: shapeSchema.nullable().default(null),
        /** Assets chosen one by one. */
        ids: z.array(id).max(500).default([]),
        /** Only these kinds of what lies inside the area; left out: every kind of point. */
        kinds: z.array(z.string()).max(100).optional(),
        per: z.enum(["point", "grid"]),
        title: z.string().trim().max(60).default(""),
      }),
    () =>
      z.object({
        tasks: z.array(taskSchema),
        /** How many there would be; more than `tasks` when they are too many. */
        total: z.number().int(),
        /** Kinds of the points inside the area, with how many of each. */
        inside: z.record(z.string(), z.number().int()),
      }),
  ),

  "work.create": command(
    "officer",
    "Reports one event for each task, all or none; one group number in every text finds them together.",
    () =>
      z.strictObject({
        tasks: z
          .array(z.strictObject({ title: z.string().trim().min(1).max(80), place: placeSchema }))
          .min(1)
          .max(mostTasks),
        text: z.string().trim().min(1).max(2000),
        source: z.enum(sources).default("patrol"),
        level: z.enum(levels).default("normal"),
        category: z.string().max(40).default(""),
      }),
    () => z.object({ group: z.string(), events: z.array(dutyEventSchema) }),
  ),
} as const satisfies Record<string, CallRow>;
