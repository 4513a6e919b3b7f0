import { z } from "zod";
import { faultActions, faultSchema } from "#shared/domain/asset/fault.ts";
import { stepGivenSchema } from "#shared/domain/step.ts";
import { type CallRow, command, id, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

/** A fault with what the signed-in officer may do with it now, usual step first. */
export const faultRowSchema = z.object({
  fault: faultSchema,
  actions: z.array(z.enum(faultActions)),
  sync: syncStateSchema,
});
export type FaultRow = z.infer<typeof faultRowSchema>;

/** Faults of devices and their history. */
export const faultCalls = {
  "fault.report": command(
    "officer",
    "Records that a device is out of order; its status follows at once.",
    () => z.strictObject({ assetId: id, text: z.string().trim().min(1).max(500) }),
    () => z.object({ fault: faultSchema }),
  ),

  "fault.act": command(
    "officer",
    "Takes one step of the table of faults: send for repair, note, repaired, void.",
    () => z.strictObject({ id, action: z.enum(faultActions), given: stepGivenSchema.prefault({}) }),
    () => z.object({ fault: faultSchema }),
  ),

  "fault.list": query(
    "officer",
    "Faults, newest first: of one device with all its history, or all open ones.",
    () => z.strictObject({ assetId: id.optional(), limit: z.number().int().min(1).max(500).default(100) }),
    () => z.object({ rows: z.array(faultRowSchema), total: z.number().int() }),
  ),
} as const satisfies Record<string, CallRow>;
