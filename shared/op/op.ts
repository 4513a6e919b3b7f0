import { z } from "zod";

/** What an op changes: one entity of a street. */
export const entityKinds = [
  "event",
  "log",
  "roster",
  "asset",
  "fault",
  "hazard",
  "overlay",
  "watch",
  "duty_check",
  "rules",
  "table",
  "layer",
  "wish",
  "roster_rules",
  "holiday_year",
  "handover",
  "officer",
  "carry",
] as const;
export type EntityKind = (typeof entityKinds)[number];

/** A change as it is recorded, sent and kept: small, named, judged by the same rule at both ends. */
export const opSchema = z.strictObject({
  /** UUIDv7, made once on the desk. */
  id: z.string().uuid(),
  kind: z.string().min(1).max(40),
  /** Version of the kind's body. */
  v: z.number().int().positive(),
  street: z.string().regex(/^\d{9}$/),
  /** Desk that recorded it, or the district's own device of the street (`districtDevice`). */
  device: z.string().min(1).max(64),
  /** Running number of the desk, from 1, without gaps. */
  seq: z.number().int().positive(),
  /** The desk's wall clock. Shown, never obeyed for order. */
  at: z.number().int().nonnegative(),
  /** Officer id; `setup` while the desk is being set up; `desk` or `district` for what a machine does by itself (OP-5). */
  by: z.string().min(1).max(64),
  body: z.unknown(),
});
export type Op = z.infer<typeof opSchema>;

/** The name under which the district itself writes into a street's order. */
export const districtDevice = (street: string): string => `district-${street}`;

/** The kind of an op that only takes up a number, after the district was restored (PR-6). No end knows it, so the district refuses it. */
export const blankKind = "blank";

/** An op in the district's one order. */
export const ledgerOpSchema = opSchema.extend({
  /** Place in the district's order; grows by at least one. */
  no: z.number().int().positive(),
  /** When the district wrote it down, its clock. */
  confirmedAt: z.number().int().nonnegative(),
});
export type LedgerOp = z.infer<typeof ledgerOpSchema>;
