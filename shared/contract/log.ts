import { z } from "zod";
import { logKinds, writtenEntrySchema } from "#shared/domain/duty-log/duty-log.ts";
import { bilingual, type CallRow, command, instant, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

export const timelineEntrySchema = z.object({
  id: z.string(),
  at: instant,
  officerId: z.string(),
  officerName: z.string(),
  kind: z.enum(logKinds),
  action: z.string(),
  text: bilingual,
  eventId: z.string().nullable(),
  corrects: z.string().nullable(),
  callerName: z.string(),
  callerPhone: z.string(),
  unit: z.string(),
  sync: syncStateSchema,
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** The duty log. */
export const logCalls = {
  "log.write": command(
    "officer",
    "Writes an entry of the duty log.",
    writtenEntrySchema.omit({ id: true }),
    z.object({ id: z.string() }),
  ),

  "log.list": query(
    "officer",
    "The duty log, newest first.",
    z.strictObject({
      kinds: z.array(z.enum(logKinds)).optional(),
      search: z.string().max(80).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({ entries: z.array(timelineEntrySchema), next: z.string().nullable() }),
  ),
} as const satisfies Record<string, CallRow>;
