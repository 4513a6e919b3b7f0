import { z } from "zod";
import { bilingual, type CallRow, command, done, id, instant, none, query } from "./call.ts";

/** How tiles lie: `mercator` as all the world has them (EPSG:3857), `degrees` as Tianditu's `_c` (EPSG:4326, 360°/2ᶻ each). */
export const tileLayouts = ["mercator", "degrees"] as const;

export const basemapSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["package", "online"]),
  /** `vector`: Mapbox vector tiles, drawn by the page. */
  tiles: z.enum(["raster", "vector"]),
  layout: z.enum(tileLayouts),
  /** Tiles that lie over each other: a picture and its names. */
  layers: z.number().int().min(1),
  minZoom: z.number().int(),
  maxZoom: z.number().int(),
  /** West, south, east, north, degrees; `null`: it does not say. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  attribution: z.string(),
  /** Date that the package names for itself; empty where it names none. */
  date: z.string(),
  addedAt: instant,
  addedBy: z.string(),
  /** Of the package, or of what is kept of an online one. */
  bytes: z.number().int(),
  /** Tiles kept of an online one. */
  kept: z.number().int(),
  /** Where an online one comes from, without its key. */
  host: z.string(),
});
export type Basemap = z.infer<typeof basemapSchema>;

export const onlineBasemapSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  layout: z.enum(tileLayouts).default("mercator"),
  /** Addresses with `{z}` `{x}` `{y}`, and `{s}` `{key}` where they need one; the first lies lowest. */
  templates: z.array(z.string().trim().min(1).max(600)).min(1).max(3),
  subdomains: z.string().max(40).default(""),
  key: z.string().trim().max(200).default(""),
  minZoom: z.number().int().min(0).max(22).default(1),
  maxZoom: z.number().int().min(0).max(22).default(18),
  attribution: z.string().max(200).default(""),
});
export type OnlineBasemap = z.infer<typeof onlineBasemapSchema>;

export const basemapPresetSchema = z.object({
  code: z.string(),
  name: bilingual,
  layout: z.enum(tileLayouts),
  templates: z.array(z.string()),
  subdomains: z.string(),
  needsKey: z.boolean(),
  minZoom: z.number().int(),
  maxZoom: z.number().int(),
  attribution: z.string(),
});

/** What lies under the map. Tiles come from here alone: a page never asks the network. */
export const basemapCalls = {
  "basemap.list": query(
    "officer",
    "Basemaps of this desk, and the online ones that it knows by name.",
    () => none,
    () => z.object({ basemaps: z.array(basemapSchema), presets: z.array(basemapPresetSchema) }),
  ),
  "basemap.add": command(
    "officer",
    "Takes a package (MBTiles, PMTiles) that came with `file.piece`, after a look at it with bounds.",
    () => z.strictObject({ fileId: id, name: z.string().trim().min(1).max(60) }),
    () => z.object({ basemap: basemapSchema }),
  ),
  "basemap.addOnline": command(
    "officer",
    "Adds an online basemap; its tiles are kept as they are seen.",
    () => onlineBasemapSchema,
    () => z.object({ basemap: basemapSchema }),
  ),
  "basemap.remove": command(
    "officer",
    "Removes a basemap with everything that is kept of it.",
    () => z.strictObject({ id }),
    () => done,
  ),
  "basemap.tile": query(
    "officer",
    "One tile: from the package, from what is kept, or, online, fetched and kept.",
    () =>
      z.strictObject({
        id,
        layer: z.number().int().min(0).max(2).default(0),
        z: z.number().int().min(0).max(24),
        x: z
          .number()
          .int()
          .min(0)
          .max(2 ** 24),
        y: z
          .number()
          .int()
          .min(0)
          .max(2 ** 24),
      }),
    () =>
      z.object({
        /** `none`: there is no such tile; `not_kept`: nobody fetched it while there was a network; `broken`: it cannot be shown. */
        state: z.enum(["here", "none", "not_kept", "broken"]),
        type: z.string(),
        base64: z.base64(),
      }),
  ),
} as const satisfies Record<string, CallRow>;
