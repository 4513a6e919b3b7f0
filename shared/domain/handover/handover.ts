import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { lacksOf, type SignedRecord, signedRecordSchema } from "./record.ts";

export const handoverPhases = ["draft", "offered", "withdrawn", "contested", "sealed"] as const;
export type HandoverPhase = (typeof handoverPhases)[number];
export const handoverSides = ["outgoing", "incoming"] as const;
export type HandoverSide = (typeof handoverSides)[number];

interface HandoverMove {
  readonly from: readonly HandoverPhase[];
  readonly to: HandoverPhase;
  readonly who: readonly Grade[];
  readonly label: Bilingual;
  readonly rules: readonly string[];
}

const everyone: readonly Grade[] = ["operator", "shift_leader", "leader", "admin"];

/** The life of a handover. From `sealed` nothing leads away (HO-4). */
export const handoverMoves = {
  offer: {
    from: ["draft", "withdrawn"],
    to: "offered",
    who: everyone,
    label: { zh: "交班签字", en: "Outgoing signature" },
    rules: ["HO-1", "HO-5", "HO-7"],
  },
  withdraw: {
    from: ["offered"],
    to: "withdrawn",
    who: everyone,
    label: { zh: "撤回交班", en: "Withdraw" },
    rules: ["HO-10"],
  },
  accept: {
    from: ["offered"],
    to: "sealed",
    who: everyone,
    label: { zh: "接班签字", en: "Incoming signature" },
    rules: ["HO-2", "HO-3"],
  },
  contest: {
    from: ["offered"],
    to: "contested",
    who: everyone,
    label: { zh: "带异议接班", en: "Incoming signature with objections" },
    rules: ["HO-2", "HO-3", "HO-11"],
  },
  decide: {
    from: ["contested"],
    to: "sealed",
    who: ["leader"],
    label: { zh: "领导裁定", en: "Decision" },
    rules: ["HO-11"],
  },
} as const satisfies Record<string, HandoverMove>;
export type HandoverAction = keyof typeof handoverMoves;
export const handoverActions = Object.keys(handoverMoves) as HandoverAction[];
export const moveOf = (action: HandoverAction): HandoverMove => handoverMoves[action];

/** The relief has signed: the outgoing shift may go, whatever a leader still has to decide. */
export const isHandedOver = (phase: HandoverPhase | undefined): boolean => phase === "sealed" || phase === "contested";

export const signatureSchema = z.strictObject({
  officerId: z.string(),
  name: z.string(),
  at: z.number().int(),
  /** SHA-256 of the canonical record, hex. */
  recordHash: z.string().length(64),
  /** SHA-256 of the canonical statement of this side, hex; signatures of form 1 have none. */
  statementHash: z.string().length(64).optional(),
  /** Ed25519 over the side, the record hash and the statement hash, base64. */
  signature: z.string().max(200),
  publicKey: z.string().max(64),
});
export type HandoverSignature = z.infer<typeof signatureSchema>;

const words = z.string().trim().max(500);

/** What one side says with its signature. */
export const statementSchema = z.strictObject({
  /** Why it signs early or late. */
  reason: words.default(""),
  /** Required people of this side who are not there, and why. */
  absent: z
    .array(z.strictObject({ officerId: z.string(), name: z.string().max(40), role: z.string(), why: words.min(1) }))
    .max(20)
    .default([]),
  /** Incoming only: what it does not take as it is written. */
  remarks: z.string().trim().max(2000).default(""),
  /** Incoming only: items that it refuses, each with its reason. */
  refused: z
    .array(z.strictObject({ carryId: z.string(), reason: words.min(1) }))
    .max(200)
    .default([]),
});
export type HandoverStatement = z.infer<typeof statementSchema>;
export const noStatement: HandoverStatement = { reason: "", absent: [], remarks: "", refused: [] };

const decisionSchema = z.strictObject({
  officerId: z.string(),
  name: z.string().max(40),
  at: z.number().int(),
  text: z.string().trim().min(1).max(500),
});

/** A handover from the first signature on; before it there is only the draft. */
export const handoverSchema = z.strictObject({
  id: z.string(),
  phase: z.enum(["offered", "withdrawn", "contested", "sealed"]),
  record: signedRecordSchema,
  outgoing: signatureSchema,
  incoming: signatureSchema.nullable(),
  statements: z.strictObject({ outgoing: statementSchema, incoming: statementSchema.nullable() }).optional(),
  /** Offers that were taken back: what had been signed, by its hash, and why. */
  withdrawn: z.array(decisionSchema.extend({ recordHash: z.string().length(64) })).optional(),
  decision: decisionSchema.optional(),
});
export type Handover = z.infer<typeof handoverSchema>;

const handoverIdSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}\/[\w-]+$/);

export const signGivenSchema = z.strictObject({
  handoverId: handoverIdSchema,
  side: z.enum(handoverSides),
  /** Given by the outgoing side only: the incoming side signs what is there. */
  record: signedRecordSchema.nullable(),
  signature: signatureSchema,
  statement: statementSchema.optional(),
});
export type SignGiven = z.infer<typeof signGivenSchema>;

export const handoverActGivenSchema = z.strictObject({
  handoverId: handoverIdSchema,
  action: z.enum(["withdraw", "decide"]),
  text: z.string().trim().min(1).max(500),
  name: z.string().max(40),
});
export type HandoverActGiven = z.infer<typeof handoverActGivenSchema>;

const notFromHere = (action: HandoverAction, phase: HandoverPhase): Result<never, DeskError> =>
  fail(deskError("handover.not_from_here", { action: moveOf(action).label.zh, phase }));

/** HO-1…HO-9: judges a signature of either side. The same on desk and district. */
export function judgeSign(present: Handover | undefined, given: SignGiven, act: Act): Result<Handover, DeskError> {
  const phase = present?.phase ?? "draft";
  if (phase === "sealed") return fail(deskError("handover.sealed"));
  const statement = given.statement ?? noStatement;
  if (given.side === "outgoing") {
    if (!given.record) return fail(deskError("input.invalid", undefined, "record"));
    if (!moveOf("offer").from.includes(phase)) return fail(deskError("handover.order"));
    const whole = judgeRecord(given.record, given.signature.at, statement, act);
    if (!whole.ok) return whole;
    return ok({
      id: given.handoverId,
      phase: "offered",
      record: given.record,
      outgoing: given.signature,
      incoming: null,
      statements: { outgoing: statement, incoming: null },
      ...(present?.withdrawn ? { withdrawn: present.withdrawn } : {}),
    });
  }
  if (!present || phase !== "offered") return fail(deskError("handover.order"));
  if (present.outgoing.officerId === given.signature.officerId) return fail(deskError("handover.same_person"));
  if (present.outgoing.recordHash !== given.signature.recordHash) return fail(deskError("handover.broken_signature"));
  const stated = judgeStatement(present.record, given.signature.at, statement, act);
  if (!stated.ok) return stated;
  const contested = statement.remarks !== "" || statement.refused.length > 0;
  return ok({
    ...present,
    phase: contested ? "contested" : "sealed",
    incoming: given.signature,
    ...(present.statements ? { statements: { ...present.statements, incoming: statement } } : {}),
  });
}

/** HO-5 HO-7: a record of the present form is whole before it is signed. */
function judgeRecord(
  record: SignedRecord,
  at: number,
  statement: HandoverStatement,
  act: Act,
): Result<void, DeskError> {
  if (!("form" in record)) return ok(undefined);
  const [lack] = lacksOf(record);
  if (lack && (lack.type === "checklist" || lack.type === "keys"))
    return fail(deskError("handover.checklist", { count: lack.count }, lack.type));
  const named = new Set(record.incoming.map(({ officerId }) => officerId));
  const astray = named.size === 0 ? -1 : record.carryOver.findIndex(({ toOfficerId }) => !named.has(toOfficerId));
  if (astray >= 0) return fail(deskError("handover.carry_person", { no: astray + 1 }, `carryOver.${astray}`));
  return judgeStatement(record, at, statement, act);
}

/** HO-8: early or late says why. HO-9: who is absent is named with the reason, and a leader signs instead. */
function judgeStatement(
  record: SignedRecord,
  at: number,
  statement: HandoverStatement,
  act: Act,
): Result<void, DeskError> {
  if (!("form" in record)) return ok(undefined);
  const timing = timingOf(record, at);
  if (timing.kind !== "on_time" && statement.reason === "")
    return fail(deskError(`handover.${timing.kind}`, { minutes: timing.minutes }, "reason"));
  if (statement.absent.length > 0 && act.grade !== "leader") return fail(deskError("handover.partial"));
  return ok(undefined);
}

export interface HandoverTiming {
  readonly kind: "early" | "on_time" | "late";
  /** Minutes before or after the time that was due. */
  readonly minutes: number;
}

/** HO-8: how a signature stands to the time that was due, by the limits of the record. */
export function timingOf(record: SignedRecord, at: number): HandoverTiming {
  const minutes = Math.floor(Math.abs(at - record.dueAt) / minuteMs);
  const limits = "form" in record ? record.limits : { earlyMin: 30, lateMin: 10 };
  if (record.dueAt - at > limits.earlyMin * minuteMs) return { kind: "early", minutes };
  if (at - record.dueAt > limits.lateMin * minuteMs) return { kind: "late", minutes };
  return { kind: "on_time", minutes };
}

/** HO-10 HO-11: an offer is taken back by its shift; what was contested is decided by a leader. Both say why. */
export function judgeHandoverAct(
  present: Handover | undefined,
  given: HandoverActGiven,
  act: Act,
): Result<Handover, DeskError> {
  if (!present) return fail(deskError("handover.order"));
  const move = moveOf(given.action);
  if (present.phase === "sealed") return fail(deskError("handover.sealed"));
  if (!move.from.includes(present.phase)) return notFromHere(given.action, present.phase);
  if (!move.who.includes(act.grade)) return fail(deskError("event.role", { action: move.label.zh }));
  const said = { officerId: act.by, name: given.name, at: act.at, text: given.text };
  if (given.action === "decide") return ok({ ...present, phase: "sealed", decision: said });
  const ofTheShift =
    present.outgoing.officerId === act.by || present.record.outgoing.some(({ officerId }) => officerId === act.by);
  if (!ofTheShift) return fail(deskError("handover.not_outgoing", { name: given.name }));
  return ok({
    ...present,
    phase: "withdrawn",
    withdrawn: [...(present.withdrawn ?? []), { ...said, recordHash: present.outgoing.recordHash }],
  });
}
