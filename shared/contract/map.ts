import { z } from "zod";
import { assetStatuses } from "#shared/domain/asset/asset.ts";
import { leafLevel, topLevel } from "#shared/domain/asset/tiles.ts";
import { boxSchema, type CallRow, none, packed, query } from "./call.ts";
import { eventRowSchema } from "./events.ts";

export const assetSchema = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  status: z.enum(assetStatuses),
  lng: z.number(),
  lat: z.number(),
  grid: z.string(),
  sample: z.boolean(),
});
export type Asset = z.infer<typeof assetSchema>;
export type AssetStatus = Asset["status"];

/** A mark on the map: one asset (`count` 1, with id and name) or a cluster of `count` assets of one kind, with the worst status among them. */
export const markSchema = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  kind: z.string(),
  status: z.enum(assetStatuses),
  lng: z.number(),
  lat: z.number(),
  count: z.number().int().positive(),
});
export type Mark = z.infer<typeof markSchema>;

export const coverSchema = z.object({
  community: z.string(),
  grid: z.string(),
  head: z.string(),
  worker: z.string(),
  phone: z.string(),
});
export type Cover = z.infer<typeof coverSchema>;

/** Assets and places. */
export const mapCalls = {
  "asset.viewport": query(
    "officer",
    "What lies in a view: single assets, or clusters per cell and kind when there are many. Counts are exact within the bounds.",
    () =>
      boxSchema.extend({
        zoom: z.number().min(0).max(24),
        kinds: z.array(z.string()).optional(),
        statuses: z.array(z.enum(assetStatuses)).optional(),
      }),
    () =>
      z.object({
        total: z.number().int(),
        marks: z.array(markSchema),
        byKind: z.record(z.string(), z.number().int()),
        byStatus: z.record(z.enum(assetStatuses), z.number().int()),
      }),
  ),

  "asset.tiles": query(
    "officer",
    "What the map paints, for whole tiles of one level (shared/domain/asset/tiles.ts): all of a view in one row of 32-bit words.",
    () =>
      z.strictObject({
        level: z.number().int().min(topLevel).max(leafLevel),
        /** Keys of the tiles, all of this level. */
        keys: z.array(z.number().int().nonnegative()).max(400),
        /** Also single assets of tiles with more than a few, of these kinds and statuses. */
        singles: z
          .strictObject({ kinds: z.array(z.string()).optional(), statuses: z.array(z.enum(assetStatuses)).optional() })
          .optional(),
      }),
    () =>
      z.object({
        /** Codes of the kinds, in the order of their numbers. */
        kinds: z.array(z.string()),
        /**
         * For each tile: its place x and y, how many rows are counts, how many are assets (−1: not given, too many); then the rows:
         * counts as `[x, y, code, count]`, assets as `[x, y, code, row]`, x and y in units. A typed array; plain numbers over JSON.
         */
        words: packed,
      }),
  ),

  "asset.rows": query(
    "officer",
    "Assets that the map painted, by the row it was given: who they are.",
    () => z.strictObject({ rows: z.array(z.number().int().positive()).max(100) }),
    () => z.object({ assets: z.array(z.object({ row: z.number().int(), mark: markSchema })) }),
  ),

  "map.base": query(
    "officer",
    "Outline of the district and street, communities and grids, as GeoJSON.",
    () => none,
    () =>
      z.object({
        district: z.unknown(),
        street: z.unknown(),
        areas: z.unknown(),
        center: z.object({ lng: z.number(), lat: z.number() }),
      }),
  ),

  "map.cover": query(
    "officer",
    "Who covers this point: grid, worker, phone.",
    () => z.strictObject({ lng: z.number(), lat: z.number() }),
    () => z.object({ cover: coverSchema.nullable() }),
  ),

  "map.events": query(
    "officer",
    "Events with a place, for the map: open ones, and ended ones reported within a day.",
    () => none,
    () => z.object({ rows: z.array(eventRowSchema) }),
  ),
} as const satisfies Record<string, CallRow>;
