import { z } from "zod";
import { mostMarks, overlayMarkSchema, overlaySchema } from "#shared/domain/overlay/overlay.ts";
import { type CallRow, command, done, id, none, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

/** Battle maps (作战图). */
export const overlayCalls = {
  "overlay.list": query(
    "officer",
    "Battle maps that are up, newest first.",
    none,
    z.object({ rows: z.array(z.object({ overlay: overlaySchema, sync: syncStateSchema })) }),
  ),

  "overlay.save": command(
    "officer",
    "Saves a battle map as its next version. `version`: the one that was drawn on, 0 for a new one.",
    z.strictObject({
      id: id.optional(),
      version: z.number().int().nonnegative(),
      name: z.string().trim().min(1).max(60),
      note: z.string().trim().max(500).default(""),
      marks: z.array(overlayMarkSchema).max(mostMarks),
    }),
    z.object({ overlay: overlaySchema }),
  ),

  "overlay.remove": command("officer", "Takes a battle map down; what was drawn stays.", z.strictObject({ id }), done),
} as const satisfies Record<string, CallRow>;
