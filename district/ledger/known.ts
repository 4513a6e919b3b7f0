import type { targetOf } from "#shared/op/kinds.ts";
import type { Op } from "#shared/op/op.ts";
import type { Db } from "../store/open.ts";

/** Where an op stands in the order. `no` is 0 until it is given, at the end of the transaction. */
export interface Numbered {
  no: number;
  confirmedAt: number;
  /** The number that its desk gave it, if that is the one that asks. */
  readonly seq: number | undefined;
}

/** What the ledger knows of the ops of one push, read at its beginning; the judging goes on in it. */
export interface Known {
  readonly numbered: Map<string, Numbered>;
  /** Errors of refused ops, as they were written, and their desk's number as above. */
  readonly refused: Map<string, { readonly error: string; readonly seq: number | undefined }>;
  /** The number that the next op of the desk must have (PR-8). */
  nextSeq: number;
  /** Numbers from there on that are taken by ops that went ahead (PR-16). */
  readonly taken: Set<number>;
  /** States of the street as they are kept, by `keyOf`. */
  readonly states: Map<string, string>;
}

export type Target = ReturnType<typeof targetOf>;
export const keyOf = (entity: string, id: string): string => `${entity} ${id}`;

/** Reads it in a handful of questions, however many the ops are. */
export async function readKnown(
  db: Db,
  device: { readonly id: string; readonly street: string },
  ops: readonly Op[],
  targets: readonly Target[],
): Promise<Known> {
  const ids = ops.map((op) => op.id);
  const numbered = await db
    .selectFrom("ledger")
    .select(["op_id", "no", "confirmed_at", "device", "seq"])
    .where("op_id", "in", ids)
    .execute();
  const refused = await db
    .selectFrom("refusal")
    .select(["op_id", "error", "device", "seq"])
    .where("op_id", "in", ids)
    .execute();
  const seqOf = (row: { device: string; seq: number }) => (row.device === device.id ? row.seq : undefined);
  const nextSeq = await readNextSeq(db, device.id);
  const ahead = (table: "ledger" | "refusal") =>
    db.selectFrom(table).select("seq").where("device", "=", device.id).where("seq", ">=", nextSeq);
  const taken = await ahead("ledger").unionAll(ahead("refusal")).execute();
  return {
    numbered: new Map(
      numbered.map(({ op_id, no, confirmed_at, ...row }) => [
        op_id,
        { no, confirmedAt: confirmed_at, seq: seqOf(row) },
      ]),
    ),
    refused: new Map(refused.map(({ op_id, error, ...row }) => [op_id, { error, seq: seqOf(row) }])),
    nextSeq,
    taken: new Set(taken.map(({ seq }) => seq)),
    states: await readStates(db, device.street, ops, targets),
  };
}

/** What the ops touch and who wrote them, in the device's own street: of another it learns nothing (PR-10). */
async function readStates(
  db: Db,
  street: string,
  ops: readonly Op[],
  targets: readonly Target[],
): Promise<Map<string, string>> {
  const kinds = new Set<string>(["officer"]);
  const ids = new Set<string>(ops.map((op) => op.by));
  for (const target of targets) {
    if (!target.ok) continue;
    kinds.add(target.value.entity);
    ids.add(target.value.id);
  }
  const rows = await db
    .selectFrom("entity")
    .select(["kind", "id", "state"])
    .where("street", "=", street)
    .where("kind", "in", [...kinds])
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ kind, id, state }) => [keyOf(kind, id), state]));
}

/** The number that the next op of a desk must have (PR-8). */
export async function readNextSeq(db: Db, device: string): Promise<number> {
  const row = await db.selectFrom("device").select("next_seq").where("id", "=", device).executeTakeFirst();
  return row?.next_seq ?? 1;
}
