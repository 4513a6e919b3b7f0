import { z } from "zod";
import { assetFactsSchema, assetStatuses, shapeSchema } from "#shared/domain/asset/asset.ts";
import { fieldValuesSchema } from "#shared/domain/asset/kinds.ts";
import { pointSchema } from "#shared/domain/duty-event/point.ts";
import { boxSchema, type CallRow, command, done, id, instant, query } from "./call.ts";

/** Everything that is registered of one asset. */
export const assetDetailSchema = assetFactsSchema.extend({
  id: z.string(),
  status: z.enum(assetStatuses),
  /** Last sign of life; `null`: none is known. */
  seenAt: instant.nullable(),
  geometry: z.unknown(),
});
export type AssetDetail = z.infer<typeof assetDetailSchema>;

/** A line or an area as the map draws it. `geometry`: GeoJSON. */
export const assetShapeSchema = assetDetailSchema.pick({
  id: true,
  kind: true,
  name: true,
  status: true,
  lng: true,
  lat: true,
  geometry: true,
  fields: true,
});
export type AssetShape = z.infer<typeof assetShapeSchema>;

/** Single assets: read, entered, changed, taken away; lines and areas of a view. */
export const assetCalls = {
  "asset.get": query(
    "officer",
    "One asset with all its fields.",
    () => z.strictObject({ id }),
    () => z.object({ asset: assetDetailSchema }),
  ),

  "asset.put": command(
    "officer",
    "Enters an asset, or changes the one of this id. A point gives `point`, a line or an area `geometry`; fields by the row of the kind.",
    () =>
      z.strictObject({
        id: id.optional(),
        kind: z.string().min(1).max(40),
        name: z.string().trim().min(1).max(120),
        point: pointSchema.nullable().default(null),
        geometry: shapeSchema.nullable().default(null),
        fields: fieldValuesSchema.default({}),
      }),
    () => z.object({ id: z.string() }),
  ),

  "asset.remove": command(
    "officer",
    "Takes an asset off the map; the log keeps its name.",
    () => z.strictObject({ id }),
    () => done,
  ),

  "asset.shapes": query(
    "officer",
    "Lines and areas in a box, with the count and the legend's sum of each kind on this desk.",
    () =>
      boxSchema.extend({
        kinds: z.array(z.string()).max(100).optional(),
      }),
    () =>
      z.object({
        shapes: z.array(assetShapeSchema),
        /** There are more in the box than are given. */
        cut: z.boolean(),
        totals: z.array(z.object({ kind: z.string(), count: z.number().int(), sum: z.number().nullable() })),
      }),
  ),
} as const satisfies Record<string, CallRow>;
