import { z } from "zod";
import { assetDetailSchema } from "./assets.ts";
import { type CallRow, query } from "./call.ts";
import { coverSchema } from "./map.ts";

/** An asset seen from a point: great-circle distance in metres and bearing in degrees to its nearest point `at`. */
export const nearSchema = assetDetailSchema
  .pick({ id: true, kind: true, name: true, status: true, lng: true, lat: true, fields: true })
  .extend({
    at: z.object({ lng: z.number(), lat: z.number() }),
    distanceM: z.number().nonnegative(),
    bearing: z.number().min(0).max(360),
  });
export type Near = z.infer<typeof nearSchema>;

/** Who and what is near a point. */
export const nearCalls = {
  "map.near": query(
    "officer",
    "Who covers a point, the nearest of each kind of a scenario, and what lies inside its radii. Everything from this machine.",
    () =>
      z.strictObject({
        lng: z.number().min(-180).max(180),
        lat: z.number().min(-90).max(90),
        /** Code of a scenario; empty: the one for `category`, else the last. */
        scenario: z.string().max(40).default(""),
        category: z.string().max(40).default(""),
      }),
    () =>
      z.object({
        scenario: z.string(),
        cover: coverSchema.nullable(),
        nearest: z.array(z.object({ kind: z.string(), rows: z.array(nearSchema) })),
        within: z.array(
          z.object({
            kind: z.string(),
            radiusM: z.number(),
            rows: z.array(nearSchema),
            /** There are more inside than are given. */
            cut: z.boolean(),
          }),
        ),
      }),
  ),
} as const satisfies Record<string, CallRow>;
