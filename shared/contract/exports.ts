import { z } from "zod";
import { assetStatuses } from "#shared/domain/asset/asset.ts";
import { coordinateSystems } from "#shared/domain/asset/coordinates.ts";
import { partySchema } from "#shared/domain/duty-event/given-parts.ts";
import { listSheetSchema } from "#shared/domain/sheet-table.ts";
import { boxSchema, type CallRow, command, done, id, query } from "./call.ts";
import { eventColumns, eventSelectionSchema } from "./event-filter.ts";
import { taskViews } from "./tasks.ts";

export const exportFormats = ["xlsx", "csv", "geojson", "kml", "gpx", "shp"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportStateSchema = z.object({
  exportId: z.string(),
  phase: z.enum(["making", "ready", "failed"]),
  done: z.number().int(),
  of: z.number().int(),
  /** For `file.read`, once it is ready. */
  fileId: z.string().nullable(),
  errorId: z.string().nullable(),
});
export type ExportState = z.infer<typeof exportStateSchema>;

/** Assets as a file: all, what the map shows, or what was chosen; events and tasks as the queue lists them, also to print. */
export const exportCalls = {
  "export.begin": command(
    "officer",
    "Begins to write the assets of these kinds and statuses, inside the bounds or of the ids, in a system of coordinates.",
    () =>
      z.strictObject({
        format: z.enum(exportFormats),
        system: z.enum(coordinateSystems).default("wgs84"),
        kinds: z.array(z.string().max(40)).max(200).optional(),
        statuses: z.array(z.enum(assetStatuses)).optional(),
        bounds: boxSchema.optional(),
        ids: z.array(id).max(5_000).optional(),
      }),
    () => exportStateSchema,
  ),
  "export.left": command(
    "officer",
    "Begins to write the rows that the import under way does not take, each with its reason.",
    () => z.strictObject({ importId: id }),
    () => exportStateSchema,
  ),
  "export.events": command(
    "officer",
    "Begins to write the events of a view as the list shows them, or those of the ids, to the last page. Confidential ones stay masked.",
    () =>
      z.strictObject({
        format: z.enum(["xlsx", "csv"]),
        selection: eventSelectionSchema,
        columns: z.array(z.enum(eventColumns)).min(1).max(eventColumns.length),
        ids: z.array(id).min(1).max(5_000).optional(),
      }),
    () => exportStateSchema,
  ),
  "paper.events": query(
    "officer",
    "The events of a view as the list shows them, or those of the ids, as a sheet to print, in Chinese; `name` is the view's. Confidential ones are masked.",
    () =>
      z.strictObject({
        name: z.string().max(60).default(""),
        selection: eventSelectionSchema.prefault({}),
        columns: z.array(z.enum(eventColumns)).min(1).max(eventColumns.length).default(["number", "title"]),
        ids: z.array(id).min(1).max(5_000).optional(),
      }),
    () => listSheetSchema,
  ),
  "paper.tasks": query(
    "officer",
    "The tasks of a view as a sheet to print, in Chinese; `name` is the view's. Confidential events are masked.",
    () =>
      z.strictObject({
        name: z.string().max(60).default(""),
        view: z.enum(taskViews).default("open"),
        party: partySchema.optional(),
      }),
    () => listSheetSchema,
  ),
  "export.state": query(
    "officer",
    "How far it is.",
    () => z.strictObject({ exportId: z.string().max(64).default("") }),
    () => z.object({ state: exportStateSchema.nullable() }),
  ),
  "export.leave": command(
    "officer",
    "Stops it and lets its file go.",
    () => z.strictObject({ exportId: id }),
    () => done,
  ),
} as const satisfies Record<string, CallRow>;
