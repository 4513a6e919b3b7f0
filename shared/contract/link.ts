import { z } from "zod";
import { bilingual, type CallRow, command, done, instant, leaders, none, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

/** The district answers, and asks to come later (PR-32): since when nothing of that kind got through, and when it is tried again. */
const later = z.object({ sinceAt: instant, retryAt: instant }).optional();

export const linkStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("unenrolled") }),
  z.object({ state: z.literal("connecting"), sinceAt: instant }),
  /** Something is on its way: item `done` of `total`. */
  z.object({
    state: z.literal("catching_up"),
    sinceAt: instant,
    done: z.number().int(),
    total: z.number().int(),
    later,
  }),
  z.object({ state: z.literal("online"), sinceAt: instant, later }),
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
  /** CL-8: the PC's clock stands apart from the time that the desk goes by: by how much, since when, and why; `null`: it does not. */
  clock: z.object({ aheadMs: z.number().int(), noticedAt: instant, why: z.enum(["set", "restart"]) }).nullable(),
  /** Compressed bytes per second that the link carried lately. */
  bytesPerSecond: z.number().nullable(),
  /** This desk was found to be restored or copied: since when, and how many of its ops came back from the district. */
  fork: z.object({ at: instant, broughtBack: z.number().int() }).nullable(),
  /** In the last seven days the district was found to be restored from a backup: since then this desk has sent everything again (PR-6). */
  restored: z.object({ at: instant }).nullable(),
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

/** One field in which a refused op and the present state differ. */
export const conflictFieldSchema = z.object({
  /** Name of the field; `state` for where the event stands. */
  name: z.string(),
  mine: bilingual,
  present: bilingual,
  /** Who made the present value, and when; empty and `null` when that is not known. */
  by: z.string(),
  at: instant.nullable(),
  /** Its value may be taken from either side, one by one. */
  choice: z.boolean(),
  /** Its words may be written anew. */
  words: z.boolean(),
});
export type ConflictField = z.infer<typeof conflictFieldSchema>;

export const conflictSchema = z.object({
  item: outboxItemSchema,
  officerName: z.string(),
  fields: z.array(conflictFieldSchema),
  /** What happened to the same thing meanwhile, newest first. */
  theirs: z.array(
    z.object({ id: z.string(), at: instant, officerName: z.string(), text: bilingual, no: z.number().int() }),
  ),
  /** Why it would be refused again as things stand; `null`: it would pass. */
  blocked: z
    .object({ errorId: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** What has reached the district centre. */
export const linkCalls = {
  "link.status": query(
    "open",
    "What has reached the district and what has not.",
    () => none,
    () => linkStatusSchema,
  ),

  "link.syncNow": command(
    "open",
    "Tries at once; answers when this try has ended, with the state it found.",
    () => none,
    () => linkStatusSchema,
  ),

  "link.outbox": query(
    "officer",
    "Ops of this desk, what needs a person first, then waiting, then the latest confirmed.",
    () => z.strictObject({ limit: z.number().int().min(1).max(500).default(200) }),
    () => z.object({ items: z.array(outboxItemSchema) }),
  ),

  "link.enrol": command(
    "officer",
    "Enrols this desk with a district centre by address and one-time code.",
    () => z.strictObject({ url: z.string().max(200), code: z.string().trim().min(1).max(80) }),
    () => linkStatusSchema,
    leaders,
  ),

  "clock.adopt": command(
    "officer",
    "A shift leader or leader says that the PC's clock is right: from now on the desk goes by it. The log says who.",
    () => none,
    () => linkStatusSchema,
    ["shift_leader", "leader"],
  ),

  "link.settle": command(
    "officer",
    "Settles a refused item: `again` records it anew on the present state, `edit` with only the fields of `keep` and the words given, `drop` gives it up; all stays in the log.",
    () =>
      z.strictObject({
        opId: z.string(),
        how: z.enum(["again", "edit", "drop"]),
        keep: z.array(z.string().max(40)).max(20).default([]),
        words: z.record(z.string().max(40), z.string().max(2000)).default({}),
      }),
    () => done,
  ),

  "link.conflict": query(
    "officer",
    "A refused op beside what stands there now, field by field.",
    () => z.strictObject({ opId: z.string() }),
    () => z.object({ conflict: conflictSchema }),
  ),

  "link.history": query(
    "officer",
    "When the link was up, for the last hours.",
    () => z.strictObject({ hours: z.number().int().min(1).max(168).default(24) }),
    () =>
      z.object({ spans: z.array(z.object({ fromAt: instant, toAt: instant, up: z.boolean(), reasonId: z.string() })) }),
  ),
} as const satisfies Record<string, CallRow>;
