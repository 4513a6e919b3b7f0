import { z } from "zod";
import { handoverRecordSchema, handoverSchema, handoverSides } from "#shared/domain/handover/handover.ts";
import { type CallRow, command, id, none, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

export const handoverDraftSchema = z.object({
  handoverId: z.string(),
  /** `draft`: nobody signed; then as the handover itself. */
  phase: z.enum(["draft", "offered", "sealed"]),
  record: handoverRecordSchema,
  handover: handoverSchema.nullable(),
  /** Officers of the shift that hands over, and of the one that takes over, who may sign. */
  mayOffer: z.array(z.string()),
  mayAccept: z.array(z.string()),
});
export type HandoverDraft = z.infer<typeof handoverDraftSchema>;

/** From one shift to the next. */
export const handoverCalls = {
  "handover.draft": query(
    "officer",
    "The handover of the shift that ends next (or has ended unsigned), built from the shift.",
    none,
    handoverDraftSchema,
  ),

  "handover.sign": command(
    "officer",
    "One side signs with PIN: outgoing first (freezes the record), then incoming.",
    z.strictObject({
      handoverId: z.string(),
      side: z.enum(handoverSides),
      officerId: id,
      pin: z.string().min(1).max(32),
      checklist: z
        .array(z.strictObject({ item: z.string(), ok: z.boolean(), note: z.string().max(200).default("") }))
        .optional(),
      remarks: z.string().max(4000).optional(),
      carryOver: z
        .array(z.strictObject({ text: z.string().max(500), eventId: z.string().nullable(), toOfficerId: z.string() }))
        .optional(),
    }),
    z.object({ handover: handoverSchema }),
  ),

  "handover.list": query(
    "officer",
    "Handovers, newest first.",
    none,
    z.object({
      handovers: z.array(
        z.object({
          id: z.string(),
          phase: z.enum(["offered", "sealed"]),
          shiftName: z.string(),
          on: z.string(),
          outgoing: z.string(),
          incoming: z.string(),
          sync: syncStateSchema,
        }),
      ),
    }),
  ),

  "handover.get": query(
    "officer",
    "One handover as it was signed.",
    z.strictObject({ id: z.string() }),
    z.object({ handover: handoverSchema }),
  ),
} as const satisfies Record<string, CallRow>;
