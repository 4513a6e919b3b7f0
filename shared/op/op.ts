import { z } from "zod";

/** What an op changes: one entity of a street. */
export const entityKinds = ["event", "log", "roster", "handover", "officer", "fault", "hazard"] as const;
export type EntityKind = (typeof entityKinds)[number];

/** A change as it is recorded, sent and kept: small, named, judged by the same rule at both ends. */
export const opSchema = z.strictObject({
  /** UUIDv7, made once on the desk. */
  id: z.string().uuid(),
  kind: z.string().min(1).max(40),
  /** Version of the kind's body. */
  v: z.number().int().positive(),
  street: z.string().regex(/^\d{9}$/),
  /** Desk that recorded it; `district` when the centre did. */
  device: z.string().min(1).max(64),
  /** Running number of the desk, from 1, without gaps. */
  seq: z.number().int().positive(),
  /** The desk's wall clock. Shown, never obeyed for order. */
  at: z.number().int().nonnegative(),
  /** Officer id, or `setup` while the desk is being set up. */
  by: z.string().min(1).max(64),
  body: z.unknown(),
});
export type Op = z.infer<typeof opSchema>;

/** An op in the district's one order. */
export const ledgerOpSchema = opSchema.extend({
  /** Place in the district's order; grows by at least one. */
  no: z.number().int().positive(),
  /** When the district wrote it down, its clock. */
  confirmedAt: z.number().int().nonnegative(),
});
export type LedgerOp = z.infer<typeof ledgerOpSchema>;
