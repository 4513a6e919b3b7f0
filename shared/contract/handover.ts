import { z } from "zod";
import { carryActions, carrySchema } from "#shared/domain/handover/carry-over.ts";
import { handoverPhases, handoverSchema, handoverSides, statementSchema } from "#shared/domain/handover/handover.ts";
import { handoverRecordSchema } from "#shared/domain/handover/record.ts";
import { type CallRow, command, id, madeFileSchema, none, pin, query } from "./call.ts";
import { syncStateSchema } from "./sync-state.ts";

export const handoverDraftSchema = z.object({
  handoverId: z.string(),
  /** `draft`: nobody signed; `withdrawn`: a draft again; then as the handover itself. */
  phase: z.enum(handoverPhases),
  record: handoverRecordSchema,
  handover: handoverSchema.nullable(),
  /** What the outgoing shift goes through, in this order; an item whose stamp changed is to be seen again. */
  review: z.array(z.object({ key: z.string(), stamp: z.string() })),
  /** Officers of the shift that hands over, and of the one that takes over, who may sign; leaders where nobody of them is left (HO-21). */
  mayOffer: z.array(z.string()),
  mayAccept: z.array(z.string()),
  /** Who signs for a side of which a required person is absent. */
  leaders: z.array(z.object({ officerId: z.string(), name: z.string() })),
});
export type HandoverDraft = z.infer<typeof handoverDraftSchema>;

/** `other_key`: sound, but made with a key that is not the officer's present one. */
export const signatureChecks = ["sound", "other_key", "broken", "unsigned"] as const;
export const signatureCheckSchema = z.object({ outgoing: z.enum(signatureChecks), incoming: z.enum(signatureChecks) });
export type SignatureCheck = z.infer<typeof signatureCheckSchema>;

export const carryViewSchema = carrySchema.extend({
  /** What the signed-in officer may do with it now. */
  actions: z.array(z.enum(carryActions)),
  sync: syncStateSchema,
});
export type CarryView = z.infer<typeof carryViewSchema>;

const handoverId = z.string().min(1).max(64);

/** From one shift to the next. */
export const handoverCalls = {
  "handover.draft": query(
    "officer",
    "The handover of the shift that ends next (or has ended unsigned), built from the shift.",
    () => none,
    () => handoverDraftSchema,
  ),

  "handover.sign": command(
    "officer",
    "One side signs with PIN: outgoing first (freezes the record), then incoming (accepts, or contests with remarks or refused items).",
    () =>
      z.strictObject({
        handoverId,
        side: z.enum(handoverSides),
        officerId: id,
        pin,
        /** Outgoing: each item of the draft's `review` as it was seen, with a note if there is one. */
        review: z
          .array(z.strictObject({ key: z.string(), stamp: z.string(), note: z.string().max(500).default("") }))
          .max(2000)
          .optional(),
        checklist: z
          .array(z.strictObject({ item: z.string(), ok: z.boolean(), note: z.string().max(200).default("") }))
          .optional(),
        keys: z
          .array(
            z.strictObject({
              item: z.string(),
              count: z.number().int().min(0).max(9999).nullable().default(null),
              ok: z.boolean(),
              note: z.string().max(200).default(""),
            }),
          )
          .optional(),
        remarks: z.string().max(4000).optional(),
        /** `id` null: a new item. Every unfinished item must be among them. */
        carryOver: z
          .array(
            z.strictObject({
              id: id.nullable().default(null),
              text: z.string().max(500),
              eventId: z.string().nullable(),
              toOfficerId: z.string(),
            }),
          )
          .max(200)
          .optional(),
        statement: statementSchema.optional(),
      }),
    () => z.object({ handover: handoverSchema }),
  ),

  "handover.act": command(
    "officer",
    "`withdraw`: the outgoing shift takes its offer back; `decide`: a leader decides a contested one. Both with words.",
    () =>
      z.strictObject({
        handoverId,
        action: z.enum(["withdraw", "decide"]),
        text: z.string().trim().min(1).max(500),
      }),
    () => z.object({ handover: handoverSchema }),
  ),

  "handover.list": query(
    "officer",
    "Handovers, newest first; `search` looks through everything that they say. `cursor` is the `next` of the page before.",
    () =>
      z.strictObject({
        search: z.string().max(80).default(""),
        cursor: z.string().max(64).optional(),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    () =>
      z.object({
        handovers: z.array(
          z.object({
            id: z.string(),
            phase: z.enum(handoverPhases),
            shiftName: z.string(),
            on: z.string(),
            outgoing: z.string(),
            incoming: z.string(),
            sync: syncStateSchema,
          }),
        ),
        next: z.string().nullable(),
      }),
  ),

  "handover.get": query(
    "officer",
    "One handover as it was signed, whether its signatures are sound, and what became of its items.",
    () => z.strictObject({ id: handoverId }),
    () => z.object({ handover: handoverSchema, check: signatureCheckSchema, items: z.array(carryViewSchema) }),
  ),

  "handover.word": query(
    "officer",
    "The sheet of a signed handover as a Word document; made of the record alone.",
    () => z.strictObject({ id: handoverId }),
    () => madeFileSchema,
  ),

  "carry.list": query(
    "officer",
    "Items left over by earlier shifts and not finished, those of the signed-in officer first.",
    () => none,
    () => z.object({ items: z.array(carryViewSchema) }),
  ),

  "carry.act": command(
    "officer",
    "The named person accepts, contests or finishes an item; a leader decides who does it.",
    () =>
      z.strictObject({
        id,
        action: z.enum(carryActions),
        text: z.string().trim().max(500).default(""),
        toOfficerId: id.nullable().default(null),
      }),
    () => z.object({ item: carryViewSchema }),
  ),
} as const satisfies Record<string, CallRow>;
