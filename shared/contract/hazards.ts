import { z } from "zod";
import { placeSchema } from "#shared/domain/duty-event/event.ts";
import { hazardActions, hazardGrades, hazardSchema } from "#shared/domain/hazard/hazard.ts";
import { stepGivenSchema } from "#shared/domain/step.ts";
import { type CallRow, command, day, id, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

/** A hazard with what the signed-in officer may do with it now, usual step first. */
export const hazardRowSchema = z.object({
  hazard: hazardSchema,
  actions: z.array(z.enum(hazardActions)),
  sync: syncStateSchema,
});
export type HazardRow = z.infer<typeof hazardRowSchema>;

/** Hazards: found, rectified, checked off. */
export const hazardCalls = {
  "hazard.report": command(
    "officer",
    "Records a hazard with the last day for rectifying it; grid and community come from the point.",
    () =>
      z.strictObject({
        title: z.string().trim().min(1).max(80),
        text: z.string().trim().max(2000).default(""),
        grade: z.enum(hazardGrades).default("general"),
        place: placeSchema.prefault({}),
        assetId: z.string().max(64).default(""),
        party: z.string().trim().max(60).default(""),
        dueOn: day,
      }),
    () => z.object({ hazard: hazardSchema }),
  ),

  "hazard.act": command(
    "officer",
    "Takes one step of the table of hazards: rectified, checked off, sent back, extended, note, void.",
    () => z.strictObject({ id, action: z.enum(hazardActions), given: stepGivenSchema.prefault({}) }),
    () => z.object({ hazard: hazardSchema }),
  ),

  "hazard.list": query(
    "officer",
    "Hazards: the open ones, soonest limit first; or all of one asset, newest first.",
    () => z.strictObject({ assetId: id.optional(), limit: z.number().int().min(1).max(500).default(200) }),
    () =>
      z.object({
        rows: z.array(hazardRowSchema),
        /** All open ones, and those among them whose limit has passed. */
        open: z.number().int(),
        late: z.number().int(),
      }),
  ),
} as const satisfies Record<string, CallRow>;
