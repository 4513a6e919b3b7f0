import { z } from "zod";
import { assetKindSchema } from "#shared/domain/asset/kinds.ts";
import { scenarioSchema } from "#shared/domain/asset/scenario.ts";
import { attachmentBoundsSchema } from "#shared/domain/attachment/bounds.ts";
import { boards, levels } from "#shared/domain/duty-event/event.ts";
import { partySchema } from "#shared/domain/duty-event/given-parts.ts";
import { clocksTableSchema } from "#shared/domain/duty-event/limits.ts";
import { whistleTableSchema } from "#shared/domain/duty-event/whistle.ts";
import { reportRulesSchema } from "#shared/domain/handover/reports.ts";
import { grades } from "#shared/domain/officer/officer.ts";
import { presenceRulesSchema } from "#shared/domain/presence/rules.ts";
import { rosterRulesSchema } from "#shared/domain/roster/roster.ts";
import { rowSchemas, type TableName } from "#shared/domain/table/tables.ts";
import { bilingual, type CallRow, command, done, instant, newPin, none, query } from "./call.ts";

/** A category as the desk works with it: its row, its limits, and who leads by the responsibility list. */
export const categorySchema = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  board: z.enum(boards),
  keywords: z.array(z.string()),
  /** Its usual level; empty: none. */
  level: z.enum(["", ...levels]),
  confidential: z.boolean(),
  relapseDays: z.number().int(),
  basis: z.string(),
  limitMin: z.partialRecord(z.enum(levels), z.number().int().positive()),
  lead: partySchema.nullable(),
});
export type Category = z.infer<typeof categorySchema>;

const ruled = <N extends TableName>(table: N) => z.object({ label: z.string(), rows: z.array(rowSchemas[table]) });

/** Tables of the district: data, each with its label (默认 while nobody replaced it). */
export const tablesSchema = z.object({
  categories: z.object({
    label: z.string(),
    rows: z.array(categorySchema),
    /** Categories of the product that an edition has taken out: events still carry them, and are called by their names. */
    former: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
  }),
  responsibility: ruled("responsibility"),
  templates: ruled("template"),
  sops: ruled("sop"),
  criteria: ruled("criteria"),
  strip: ruled("strip"),
  /** Limits of the steps by category and level, working time, and the ladder of what is overdue. */
  clocks: clocksTableSchema,
  intake: z.object({ label: z.string(), sameM: z.number(), nearM: z.number(), historyMost: z.number().int() }),
  parties: z.object({ label: z.string(), rows: z.array(partySchema) }),
  assetKinds: z.object({
    label: z.string(),
    groups: z.array(z.object({ code: z.string(), name: bilingual })),
    rows: z.array(assetKindSchema),
  }),
  nearby: z.object({ label: z.string(), farthestM: z.number().positive(), rows: z.array(scenarioSchema) }),
  roster: rosterRulesSchema,
  /** Defaults of presence; `presence.now` says which rules are in force. */
  presence: presenceRulesSchema,
  checklist: z.object({
    label: z.string(),
    /** Equipment and things to look after: in order, or what is not. */
    items: z.array(z.object({ name: z.string(), hint: z.string(), required: z.boolean() })),
    /** Things that are counted; `unit` empty: only ticked. */
    keys: z.array(z.object({ name: z.string(), unit: z.string(), required: z.boolean() })),
    /** Minutes before and after the end of a shift within which nobody is asked why. */
    earlyMin: z.number().int().min(0),
    lateMin: z.number().int().min(0),
  }),
  attachments: attachmentBoundsSchema.pick({ label: true, desk: true }),
  reports: reportRulesSchema,
  whistle: whistleTableSchema,
  holidays: z.object({
    label: z.string(),
    days: z.record(z.string(), z.object({ name: z.string(), kind: z.enum(["holiday", "makeup_workday"]) })),
  }),
});
export type Tables = z.infer<typeof tablesSchema>;

export const statusSchema = z.object({
  /** `setup`: a new profile waits for the first choice; `recovery`: the database cannot be used, see `recovery`. */
  phase: z.enum(["setup", "ready", "recovery"]),
  version: z.string(),
  node: z.string(),
  sqlite: z.string(),
  profile: z.string(),
  street: z.object({ code: z.string(), name: z.string(), district: z.string() }).nullable(),
  deskName: z.string(),
  sample: z.boolean(),
  /** PIN of the sample officers; only on a sample desk. */
  demoPin: z.string().nullable(),
  /** Pragmas read back at start. */
  pragmas: z.record(z.string(), z.union([z.string(), z.number()])),
  recovery: z
    .object({ errorId: z.string(), snapshots: z.array(z.object({ file: z.string(), at: instant, bytes: z.number() })) })
    .nullable(),
});
export type SystemStatus = z.infer<typeof statusSchema>;

/** What the desk says of itself, its tables, and the first start. */
export const systemCalls = {
  "system.status": query(
    "open",
    "State of the desk itself.",
    () => none,
    () => statusSchema,
  ),

  "system.tables": query(
    "open",
    "Tables of the district: categories, parties, kinds, roster rules, checklist, reports.",
    () => none,
    () => tablesSchema,
  ),

  "system.restore": command(
    "open",
    "Recovery only: sets the broken database aside and restores a snapshot; `null`: the newest sound one.",
    () => z.strictObject({ file: z.string().nullable() }),
    () => done,
  ),

  "system.snapshot": command(
    "officer",
    "Writes a snapshot of the database now.",
    () => none,
    () => z.object({ file: z.string(), bytes: z.number() }),
  ),

  "setup.streets": query(
    "open",
    "Streets that this desk can be set up for.",
    () => none,
    () =>
      z.object({
        district: z.object({ code: z.string(), name: z.string() }),
        streets: z.array(z.object({ code: z.string(), name: z.string(), communities: z.number().int() })),
      }),
  ),

  "setup.demo": command(
    "open",
    "First start: becomes a desk of the sample district.",
    () => z.strictObject({ street: z.string().optional() }),
    () => done,
  ),

  "setup.desk": command(
    "open",
    "First start: street, name of the desk and the first officers with their PINs; at least one administrator or leader.",
    () =>
      z.strictObject({
        street: z.string().regex(/^\d{9}$/),
        deskName: z.string().trim().min(1).max(60),
        officers: z
          .array(
            z.strictObject({
              name: z.string().trim().min(1).max(40),
              grade: z.enum(grades),
              phone: z.string().max(30).default(""),
              pin: newPin,
            }),
          )
          .min(1)
          .max(60),
      }),
    () => done,
  ),
} as const satisfies Record<string, CallRow>;
