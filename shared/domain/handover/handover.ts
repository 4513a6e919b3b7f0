import { z } from "zod";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";

const personSchema = z.strictObject({ role: z.enum(dutyRoles), officerId: z.string(), name: z.string() });

/** What one shift hands to the next, frozen at the outgoing signature. It is evidence: names are kept as they were. */
export const handoverRecordSchema = z.strictObject({
  on: z.string(),
  shift: z.string(),
  shiftName: z.string(),
  startAt: z.number().int(),
  /** When the handover is due: the end of the shift. */
  dueAt: z.number().int(),
  outgoing: z.array(personSchema),
  incoming: z.array(personSchema),
  opened: z.number().int(),
  closed: z.number().int(),
  openEvents: z.array(
    z.strictObject({
      eventId: z.string(),
      number: z.string(),
      title: z.string(),
      state: z.string(),
      level: z.string(),
      dueAt: z.number().int().nullable(),
      lead: z.string(),
      next: z.string(),
    }),
  ),
  whistles: z.array(z.strictObject({ eventId: z.string(), number: z.string(), title: z.string(), to: z.string() })),
  instructions: z.array(z.strictObject({ at: z.number().int(), text: z.string() })),
  warnings: z.array(z.strictObject({ level: z.string(), title: z.string() })),
  /** Ops that the district had not confirmed when the outgoing shift signed. */
  unconfirmed: z.number().int(),
  checklist: z.array(z.strictObject({ item: z.string(), ok: z.boolean(), note: z.string().max(200) })),
  remarks: z.string().max(4000),
  carryOver: z.array(
    z.strictObject({ text: z.string().max(500), eventId: z.string().nullable(), toOfficerId: z.string() }),
  ),
});
export type HandoverRecord = z.infer<typeof handoverRecordSchema>;

export const signatureSchema = z.strictObject({
  officerId: z.string(),
  name: z.string(),
  at: z.number().int(),
  /** SHA-256 of the canonical record, hex. */
  recordHash: z.string().length(64),
  /** Ed25519 over the record hash and the side, base64. */
  signature: z.string().max(200),
  publicKey: z.string().max(64),
});
export type HandoverSignature = z.infer<typeof signatureSchema>;

/** `offered`: the outgoing shift has signed; `sealed`: both have, nothing changes any more. */
export const handoverSchema = z.strictObject({
  id: z.string(),
  phase: z.enum(["offered", "sealed"]),
  record: handoverRecordSchema,
  outgoing: signatureSchema,
  incoming: signatureSchema.nullable(),
});
export type Handover = z.infer<typeof handoverSchema>;

export const handoverSides = ["outgoing", "incoming"] as const;
export type HandoverSide = (typeof handoverSides)[number];

export const signGivenSchema = z.strictObject({
  handoverId: z.string().regex(/^\d{4}-\d{2}-\d{2}\/[\w-]+$/),
  side: z.enum(handoverSides),
  /** Given by the outgoing side only: the incoming side signs what is there. */
  record: handoverRecordSchema.nullable(),
  signature: signatureSchema,
});
export type SignGiven = z.infer<typeof signGivenSchema>;

/** HO-1…HO-4: outgoing signs first, incoming signs the same record, two different people, sealed is final. */
export function judgeSign(present: Handover | undefined, given: SignGiven): Result<Handover, DeskError> {
  if (present?.phase === "sealed") return fail(deskError("handover.sealed"));
  if (given.side === "outgoing") {
    if (!given.record) return fail(deskError("input.invalid", undefined, "record"));
    if (present) return fail(deskError("handover.order"));
    return ok({
      id: given.handoverId,
      phase: "offered",
      record: given.record,
      outgoing: given.signature,
      incoming: null,
    });
  }
  if (!present) return fail(deskError("handover.order"));
  if (present.outgoing.officerId === given.signature.officerId) return fail(deskError("handover.same_person"));
  if (present.outgoing.recordHash !== given.signature.recordHash) return fail(deskError("handover.broken_signature"));
  return ok({ ...present, phase: "sealed", incoming: given.signature });
}
