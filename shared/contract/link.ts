import { z } from "zod";
import { bilingual, type CallRow, command, done, instant, leaders, none, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

export const linkStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("unenrolled") }),
  z.object({ state: z.literal("connecting"), sinceAt: instant }),
  /** Something is on its way: item `done` of `total`. */
  z.object({ state: z.literal("catching_up"), sinceAt: instant, done: z.number().int(), total: z.number().int() }),
  z.object({ state: z.literal("online"), sinceAt: instant }),
  z.object({ state: z.literal("offline"), sinceAt: instant, reasonId: z.string(), retryAt: instant }),
  /** The district answered, but not as ours: a person must look. */
  z.object({ state: z.literal("stopped"), sinceAt: instant, reasonId: z.string() }),
]);
export type LinkState = z.infer<typeof linkStateSchema>;

export const linkStatusSchema = z.object({
  link: linkStateSchema,
  districtUrl: z.string().nullable(),
  districtName: z.string().nullable(),
  deviceId: z.string().nullable(),
  /** Ops recorded here and not yet confirmed. */
  waiting: z.number().int(),
  refused: z.number().int(),
  /** Ops of this desk that the district has confirmed. */
  confirmed: z.number().int(),
  /** All ops recorded on this desk. */
  recorded: z.number().int(),
  oldestWaitingAt: instant.nullable(),
  lastContactAt: instant.nullable(),
  /** Place in the district's order up to which this desk has everything. */
  cursor: z.number().int(),
  head: z.number().int(),
  /** How far the PC's clock is from the district's, ms; positive: the PC is ahead. `null`: not known. */
  clockOffsetMs: z.number().int().nullable(),
});
export type LinkStatus = z.infer<typeof linkStatusSchema>;

export const outboxItemSchema = z.object({
  opId: z.string(),
  seq: z.number().int(),
  at: instant,
  kind: z.string(),
  text: bilingual,
  eventId: z.string().nullable(),
  sync: syncStateSchema,
  refusal: z
    .object({ errorId: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type OutboxItem = z.infer<typeof outboxItemSchema>;

/** What has reached the district centre. */
export const linkCalls = {
  "link.status": query("open", "What has reached the district and what has not.", none, linkStatusSchema),

  "link.syncNow": command(
    "open",
    "Tries at once; answers when this try has ended, with the state it found.",
    none,
    linkStatusSchema,
  ),

  "link.outbox": query(
    "officer",
    "Ops of this desk, what needs a person first, then waiting, then the latest confirmed.",
    z.strictObject({ limit: z.number().int().min(1).max(500).default(200) }),
    z.object({ items: z.array(outboxItemSchema) }),
  ),

  "link.enrol": command(
    "officer",
    "Enrols this desk with a district centre by address and one-time code.",
    z.strictObject({ url: z.string().max(200), code: z.string().trim().min(1).max(80) }),
    linkStatusSchema,
    leaders,
  ),

  "link.settle": command(
    "officer",
    "Settles a refused item: `again` records it anew on the present state, `drop` gives it up; both stay in the log.",
    z.strictObject({ opId: z.string(), how: z.enum(["again", "drop"]) }),
    done,
  ),

  "link.history": query(
    "officer",
    "When the link was up, for the last hours.",
    z.strictObject({ hours: z.number().int().min(1).max(168).default(24) }),
    z.object({ spans: z.array(z.object({ fromAt: instant, toAt: instant, up: z.boolean(), reasonId: z.string() })) }),
  ),
} as const satisfies Record<string, CallRow>;
