import { z } from "zod";
import { bilingual, type CallRow, command, done, id, instant, none, query } from "./call.ts";
import { eventRowSchema } from "./events.ts";
import { gapSchema, shiftViewSchema } from "./roster.ts";

export const warningSchema = z.object({
  id: z.string(),
  level: z.enum(["blue", "yellow", "orange", "red"]),
  title: z.string(),
  text: z.string(),
  fromAt: instant,
  toAt: instant,
  sample: z.boolean(),
});
export type Warning = z.infer<typeof warningSchema>;

export const deskNowSchema = z.object({
  at: instant,
  streetName: z.string(),
  sample: z.boolean(),
  current: shiftViewSchema.nullable(),
  next: shiftViewSchema.nullable(),
  handoverDueAt: instant.nullable(),
  /** Shift that has ended without a handover by both sides, if any. */
  handoverOverdueOn: z.string().nullable(),
  counts: z.object({
    open: z.number().int(),
    late: z.number().int(),
    dueSoon: z.number().int(),
    toAcknowledge: z.number().int(),
    gaps: z.number().int(),
    refused: z.number().int(),
    waiting: z.number().int(),
  }),
  gapsNow: z.array(gapSchema),
  needs: z.array(eventRowSchema),
  warnings: z.array(warningSchema),
});
export type DeskNow = z.infer<typeof deskNowSchema>;

export const foundSchema = z.object({
  kind: z.enum(["event", "officer", "asset", "place"]),
  id: z.string(),
  title: z.string(),
  detail: bilingual,
  point: z.object({ lng: z.number(), lat: z.number() }).nullable(),
});
export type Found = z.infer<typeof foundSchema>;

/** Characters of half-typed text that are kept under one key. */
export const draftMost = 200_000;

/** The draft of a handover is the shift's: whoever sits down goes on with it. Every other draft is the officer's own. */
export const shiftDraft = "handover";

/** Forms that take what comes in from outside: half-typed, it stands nowhere else. */
export const unsavedForms = ["intake", "log"] as const;
const unsavedSchema = z.object({ officerId: z.string(), form: z.enum(unsavedForms), savedAt: instant });
export type Unsaved = z.infer<typeof unsavedSchema>;

/** The one glance, drafts, warnings and the search over everything. */
export const deskCalls = {
  "desk.now": query(
    "open",
    "The one glance: who, until when, what is open and late, warnings.",
    () => none,
    () => deskNowSchema,
  ),

  find: query(
    "officer",
    "People, places, events, assets by characters or pinyin initials.",
    () => z.strictObject({ text: z.string().max(80), limit: z.number().int().min(1).max(50).default(20) }),
    () => z.object({ found: z.array(foundSchema) }),
  ),

  "draft.save": command(
    "officer",
    "Keeps half-typed text, by key; survives everything.",
    () => z.strictObject({ key: z.string().min(1).max(80), value: z.string().max(draftMost) }),
    () => done,
  ),

  "draft.load": query(
    "officer",
    "The kept text, or null.",
    () => z.strictObject({ key: z.string().min(1).max(80) }),
    () => z.object({ value: z.string().nullable(), savedAt: instant.nullable() }),
  ),

  "draft.drop": command(
    "officer",
    "Forgets a draft that was used or given up.",
    () => z.strictObject({ key: z.string().min(1).max(80) }),
    () => done,
  ),

  "draft.unsaved": query(
    "officer",
    "HO-19: of these people, who has typed something that came in and was not saved: what and since when, never the words.",
    () => z.strictObject({ officerIds: z.array(id).max(40).default([]) }),
    () => z.object({ drafts: z.array(unsavedSchema) }),
  ),

  "warning.list": query(
    "open",
    "Warnings in force now.",
    () => none,
    () => z.object({ warnings: z.array(warningSchema) }),
  ),
} as const satisfies Record<string, CallRow>;
