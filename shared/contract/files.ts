import { z } from "zod";
import { type CallRow, command, done, id, query } from "./call.ts";

/** Largest piece of a file, bytes: in base64 it passes the 1 MiB of a call. */
export const filePieceMost = 700 * 1024;
/** [D] Largest file that a desk takes in: a basemap of a whole district with photographs. Bytes. */
export const fileMost = 8 * 2 ** 30;

/** Files too large for one call, in pieces, in order: into the desk, and out of it. What nobody takes is gone at the next start. */
export const fileCalls = {
  "file.begin": command(
    "officer",
    "Begins a file that comes in pieces.",
    () => z.strictObject({ fileName: z.string().trim().min(1).max(200), bytes: z.number().int().min(1).max(fileMost) }),
    () => z.object({ fileId: z.string() }),
  ),

  "file.piece": command(
    "officer",
    "The next piece; `offset`: bytes before it. One that came already is not written twice.",
    () =>
      z.strictObject({
        fileId: id,
        offset: z.number().int().nonnegative(),
        base64: z.base64().max(Math.ceil(filePieceMost / 3) * 4),
      }),
    () => z.object({ received: z.number().int() }),
  ),

  "file.drop": command(
    "officer",
    "Lets go of a file.",
    () => z.strictObject({ fileId: id }),
    () => done,
  ),

  "file.read": query(
    "officer",
    "A piece of a file that the desk made.",
    () => z.strictObject({ fileId: id, offset: z.number().int().nonnegative() }),
    () => z.object({ fileName: z.string(), bytes: z.number().int(), base64: z.base64() }),
  ),
} as const satisfies Record<string, CallRow>;
