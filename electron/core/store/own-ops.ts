import type { EntityKind, LedgerOp } from "#shared/op/op.ts";
import type { Receipt } from "#shared/protocol/messages.ts";
import { type Db, sql } from "./database.ts";
import { readMeta, writeMeta } from "./meta.ts";

/** The desk's own ops beside the district's ledger: receipts of them, and what is to be done when the two do not agree. */

/** The device that this desk is enrolled as; empty before. */
export const deviceOf = (db: Db): string => {
  const enrolment = readMeta(db, "enrolment");
  return enrolment === null ? "" : (JSON.parse(enrolment) as { deviceId: string }).deviceId;
};

interface OwnRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly v: number;
  readonly street: string;
  readonly at: number;
  readonly by: string;
  readonly body: string;
}

/** PR-15: the ops that receipts stand for, as they are in the ledger; `null`: one of them is not held here. */
export function ownOps(db: Db, receipts: readonly Receipt[]): LedgerOp[] | null {
  const device = deviceOf(db);
  const ops: LedgerOp[] = [];
  for (const [no, seq, tail, confirmedAt] of receipts) {
    const row = sql(db, "SELECT seq, id, kind, v, street, at, by, body FROM op WHERE seq = ?").get(seq) as
      | OwnRow
      | undefined;
    if (!row?.id.endsWith(tail)) return null;
    ops.push({ ...row, device, body: JSON.parse(row.body), no, confirmedAt });
  }
  return ops;
}

export const isOwn = (db: Db, seq: number): boolean => sql(db, "SELECT 1 FROM op WHERE seq = ?").get(seq) !== undefined;

/** When this desk last recorded anything; looks through all of its ops. */
const lastAt = (db: Db): number => sql(db, "SELECT max(at) FROM op").pluck().get() as number;

/**
 * PR-13: an op gets the number under which the district knows it; whether it is here at all. Who has that number makes room:
 * what waits moves on in its order, what is settled stands aside until its own number is known.
 */
export function takeSeq(db: Db, id: string, seq: number, at?: number): boolean {
  const known = sql(db, "SELECT seq FROM op WHERE id = ?").pluck().get(id) as number | undefined;
  if (known === seq) return true;
  const holder = sql(db, "SELECT state FROM op WHERE seq = ?").pluck().get(seq) as string | undefined;
  if (holder === "waiting") renumber(db, seq + 1, at ?? lastAt(db), id);
  else if (holder !== undefined) sql(db, "UPDATE op SET seq = ? WHERE seq = ?").run(-seq, seq);
  if (known !== undefined) sql(db, "UPDATE op SET seq = ? WHERE id = ?").run(seq, id);
  countGap(db);
  return known !== undefined;
}

/**
 * PR-13: takes back an op of this very desk that only the district still holds: the desk was restored from an older copy,
 * or copied. It gets its number; a waiting op that has this number by now gets a later one. Says whether the op was here.
 */
export function bringBack(db: Db, op: LedgerOp, entity: EntityKind, entityId: string): boolean {
  if (takeSeq(db, op.id, op.seq, op.confirmedAt)) return true;
  sql(
    db,
    `INSERT INTO op (seq, id, kind, v, street, at, by, body, entity, entity_id, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
  ).run(op.seq, op.id, op.kind, op.v, op.street, op.at, op.by, JSON.stringify(op.body), entity, entityId);
  writeMeta(db, "broughtBack", String(Number(readMeta(db, "broughtBack") ?? 0) + 1));
  if (readMeta(db, "forkedAt") === null) writeMeta(db, "forkedAt", String(op.confirmedAt));
  countGap(db);
  return false;
}

/**
 * PR-13: the waiting ops (but `except`) get the numbers from `nextSeq` on, in their order; a number that a settled op has
 * stays its own. What an op says and its id stay as they were.
 */
export function renumber(db: Db, nextSeq: number, at: number, except = ""): void {
  db.transaction(() => {
    const waiting = sql(db, "SELECT seq FROM op WHERE state = 'waiting' AND id <> ? ORDER BY seq")
      .pluck()
      .all(except) as number[];
    // Out of the way first: the old and the new numbers may overlap.
    const move = sql(db, "UPDATE op SET seq = ? WHERE seq = ?");
    for (const seq of waiting) move.run(-seq, seq);
    const isTaken = sql(db, "SELECT 1 FROM op WHERE seq = ?");
    let next = nextSeq;
    for (const seq of waiting) {
      while (isTaken.get(next)) next++;
      move.run(next++, -seq);
    }
    if (readMeta(db, "forkedAt") === null) writeMeta(db, "forkedAt", String(at));
    countGap(db);
  })();
}

function countGap(db: Db): void {
  const gap = sql(db, "SELECT coalesce(max(seq), 0) - count(*) FROM op").pluck().get() as number;
  writeMeta(db, "seqGap", String(gap));
}
