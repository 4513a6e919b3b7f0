import { z } from "zod";
import { instant } from "./call.ts";

/** Where an op stands on its way: the three true sentences of the desk (saved here, waiting, confirmed) and the refusal. */
export const syncStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("local") }),
  z.object({ state: z.literal("waiting"), before: z.number().int() }),
  z.object({ state: z.literal("sending") }),
  z.object({ state: z.literal("confirmed"), no: z.number().int(), at: instant }),
  /** The district had it and lost it when it was restored; this desk still holds it. */
  z.object({ state: z.literal("missing") }),
  z.object({ state: z.literal("refused"), errorId: z.string() }),
]);
export type SyncState = z.infer<typeof syncStateSchema>;
