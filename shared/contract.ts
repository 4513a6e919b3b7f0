import { z } from "zod";
import { assetCalls } from "./contract/assets.ts";
import { attachmentCalls } from "./contract/attachments.ts";
import { basemapCalls } from "./contract/basemaps.ts";
import type { CallRow } from "./contract/call.ts";
import { deskCalls } from "./contract/desk.ts";
import { eventCalls } from "./contract/events.ts";
import { exportCalls } from "./contract/exports.ts";
import { faultCalls } from "./contract/faults.ts";
import { fileCalls } from "./contract/files.ts";
import { handoverCalls } from "./contract/handover.ts";
import { hazardCalls } from "./contract/hazards.ts";
import { importCalls } from "./contract/imports.ts";
import { intakeCalls } from "./contract/intake.ts";
import { linkCalls } from "./contract/link.ts";
import { logCalls } from "./contract/log.ts";
import { mapCalls } from "./contract/map.ts";
import { nearCalls } from "./contract/near.ts";
import { overlayCalls } from "./contract/overlays.ts";
import { peopleCalls } from "./contract/people.ts";
import { presenceCalls } from "./contract/presence.ts";
import { rosterCalls } from "./contract/roster.ts";
import { layerCalls } from "./contract/roster-layers.ts";
import { planCalls } from "./contract/roster-plan.ts";
import { sheetCalls } from "./contract/sheets.ts";
import { systemCalls } from "./contract/system.ts";
import { tableCalls } from "./contract/tables.ts";
import { taskCalls } from "./contract/tasks.ts";
import { wallCalls } from "./contract/wall.ts";
import { workCalls } from "./contract/work.ts";

export * from "./contract/assets.ts";
export * from "./contract/attachments.ts";
export * from "./contract/basemaps.ts";
export type { MadeFile } from "./contract/call.ts";
export * from "./contract/desk.ts";
export * from "./contract/event-filter.ts";
export * from "./contract/events.ts";
export * from "./contract/exports.ts";
export * from "./contract/faults.ts";
export * from "./contract/files.ts";
export * from "./contract/handover.ts";
export * from "./contract/hazards.ts";
export * from "./contract/imports.ts";
export * from "./contract/intake.ts";
export * from "./contract/link.ts";
export * from "./contract/log.ts";
export * from "./contract/map.ts";
export * from "./contract/near.ts";
export * from "./contract/overlays.ts";
export * from "./contract/people.ts";
export * from "./contract/presence.ts";
export * from "./contract/roster.ts";
export * from "./contract/roster-layers.ts";
export * from "./contract/roster-plan.ts";
export * from "./contract/sheets.ts";
export * from "./contract/sync-state.ts";
export * from "./contract/system.ts";
export * from "./contract/tables.ts";
export * from "./contract/tasks.ts";
export * from "./contract/wall.ts";
export * from "./contract/work.ts";

/**
 * Everything that a screen may ask of the core, and nothing else: name → kind, input, output.
 * A query changes nothing; a command is one transaction. Both answer an `Outcome`. Served by the port of the Electron
 * shell and, the same, at `POST /rpc/<name>` of the browser shell. Each noun has its rows in a file of `contract/`.
 */
export const contract = {
  ...systemCalls,
  ...peopleCalls,
  ...deskCalls,
  ...eventCalls,
  ...taskCalls,
  ...attachmentCalls,
  ...intakeCalls,
  ...logCalls,
  ...rosterCalls,
  ...layerCalls,
  ...planCalls,
  ...sheetCalls,
  ...tableCalls,
  ...handoverCalls,
  ...mapCalls,
  ...assetCalls,
  ...nearCalls,
  ...workCalls,
  ...overlayCalls,
  ...faultCalls,
  ...hazardCalls,
  ...linkCalls,
  ...presenceCalls,
  ...fileCalls,
  ...importCalls,
  ...exportCalls,
  ...basemapCalls,
  ...wallCalls,
} as const satisfies Record<string, CallRow>;

export type CallName = keyof typeof contract;
export type InputOf<N extends CallName> = z.input<(typeof contract)[N]["input"]>;
export type ParsedOf<N extends CallName> = z.output<(typeof contract)[N]["input"]>;
export type OutputOf<N extends CallName> = z.output<(typeof contract)[N]["output"]>;

/** What a notice can speak of: the page asks again for what it shows of these. */
export const topics = [
  "event",
  "attachment",
  "log",
  "roster",
  "handover",
  "officer",
  "asset",
  /** Lines and areas: roads, grids, communities. */
  "ground",
  "import",
  "export",
  "basemap",
  "fault",
  "hazard",
  "overlay",
  "link",
  "session",
  "system",
  "warning",
  "presence",
] as const;
export type Topic = (typeof topics)[number];
export const noticeSchema = z.object({
  topics: z.array(z.enum(topics)),
  /** With `asset`: the tiles of the lowest level of the map whose assets changed; `all`: too many to name. */
  tiles: z.union([z.array(z.number().int()), z.literal("all")]).optional(),
});
