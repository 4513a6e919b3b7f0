import { z } from "zod";
import { chainFaults } from "#shared/domain/duty-log/chain-entry.ts";
import { logKinds, writtenEntrySchema } from "#shared/domain/duty-log/duty-log.ts";
import { bilingual, type CallRow, command, done, instant, madeFileSchema, none, query } from "./call.ts";
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
  /** Whom and what it speaks of. */
  officers: z.array(z.object({ id: z.string(), name: z.string() })),
  assets: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Number in this desk's chain; `null`: written by another desk, or older than the chain. */
  chainSeq: z.number().int().nullable(),
  erasedAt: instant.nullable(),
  /** Later entries that set this one right, oldest first. */
  corrections: z.array(z.object({ id: z.string(), at: instant, officerName: z.string(), text: z.string() })),
  sync: syncStateSchema,
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What the desk found when it read its whole log again. */
export const chainVerdictSchema = z.object({
  stream: z.string(),
  entries: z.number().int(),
  head: z.string(),
  /** The first 80 bits of the head as people read them: what stands on paper. */
  shortCode: z.string(),
  /** The fault at the lowest number; `null`: none. */
  fault: z.object({ seq: z.number().int(), why: z.enum(chainFaults) }).nullable(),
  /** Highest entry that a receipt of the district covers; 0: none. */
  witnessed: z.number().int(),
  witnessedAt: instant.nullable(),
  /** When the first entry after it was written. */
  unwitnessedSince: instant.nullable(),
  checkedAt: instant,
});
export type ChainVerdictView = z.infer<typeof chainVerdictSchema>;

/** The duty log. */
export const logCalls = {
  "log.write": command(
    "officer",
    "Writes an entry of the duty log.",
    () => writtenEntrySchema.omit({ id: true }),
    () => z.object({ id: z.string() }),
  ),

  "log.list": query(
    "officer",
    "The duty log, newest first.",
    () =>
      z.strictObject({
        kinds: z.array(z.enum(logKinds)).optional(),
        search: z.string().max(80).optional(),
        cursor: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    () => z.object({ entries: z.array(timelineEntrySchema), next: z.string().nullable() }),
  ),

  "log.proof": query(
    "officer",
    "How far the district's receipts reach into the log, and whether it found the log behind or forked.",
    () => none,
    () =>
      z.object({
        entries: z.number().int(),
        shortCode: z.string(),
        witnessed: z.number().int(),
        witnessedAt: instant.nullable(),
        unwitnessedSince: instant.nullable(),
        trouble: z
          .object({
            outcome: z.enum(["behind", "fork"]),
            at: instant,
            seq: z.number().int(),
            knownSeq: z.number().int(),
          })
          .nullable(),
      }),
  ),

  "log.check": query(
    "officer",
    "Reads the whole log again: every hash, signature, line and receipt. Takes seconds for years.",
    () => none,
    () => chainVerdictSchema,
  ),

  "log.export": command(
    "officer",
    "The chain with its receipts and keys, for `npm run verify`; that it was taken is a line of the log.",
    () => none,
    () => madeFileSchema,
  ),

  "log.erase": command(
    "officer",
    "Administrator: erases the words of a written entry for good; the entry and the reason stay.",
    () => z.strictObject({ id: z.string().max(64), reason: z.string().trim().min(1).max(200) }),
    () => done,
  ),

  "log.changeKey": command(
    "officer",
    "Administrator: the desk signs its log with a new key from now on.",
    () => none,
    () => done,
  ),
} as const satisfies Record<string, CallRow>;
