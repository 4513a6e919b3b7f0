import { z } from "zod";
import { mostMarks, overlayMarkSchema, overlaySchema } from "#shared/domain/overlay/overlay.ts";
import { overlayPictureSchema } from "#shared/domain/overlay/picture.ts";
import { type CallRow, command, done, id, none, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

/** Battle maps (作战图). */
export const overlayCalls = {
  "overlay.list": query(
    "officer",
    "Battle maps that are up, newest first.",
    () => none,
    () =>
      z.object({
        rows: z.array(
          z.object({
            overlay: overlaySchema,
            sync: syncStateSchema,
            /** Whether the bytes of its picture lie on this desk. */
            pictureHere: z.boolean(),
          }),
        ),
      }),
  ),

  "overlay.save": command(
    "officer",
    "Saves a battle map as its next version. `version`: the one that was drawn on, 0 for a new one.",
    () =>
      z.strictObject({
        id: id.optional(),
        version: z.number().int().nonnegative(),
        name: z.string().trim().min(1).max(60),
        note: z.string().trim().max(500).default(""),
        marks: z.array(overlayMarkSchema).max(mostMarks),
        picture: overlayPictureSchema.nullable().default(null),
      }),
    () => z.object({ overlay: overlaySchema }),
  ),

  "overlay.bring": command(
    "officer",
    "Keeps a picture (JPEG, PNG, WebP) that came with `file.piece`, named by its SHA-256, for a battle map that is saved next.",
    () => z.strictObject({ fileId: id }),
    () => z.object({ hash: z.string(), width: z.number().int(), height: z.number().int() }),
  ),

  "overlay.picture": query(
    "officer",
    "A piece of a picture. `away`: its bytes have not come to this desk; `broken`: they are not what the op named.",
    () => z.strictObject({ hash: overlayPictureSchema.shape.hash, offset: z.number().int().nonnegative().default(0) }),
    () =>
      z.object({
        state: z.enum(["here", "away", "broken"]),
        type: z.string(),
        bytes: z.number().int(),
        base64: z.base64(),
      }),
  ),

  "overlay.remove": command(
    "officer",
    "Takes a battle map down; what was drawn stays.",
    () => z.strictObject({ id }),
    () => done,
  ),
} as const satisfies Record<string, CallRow>;
