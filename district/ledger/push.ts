import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { applyOp, type BodyOf, targetOf } from "#shared/op/kinds.ts";
import type { Op } from "#shared/op/op.ts";
import type { PushResult } from "#shared/protocol/messages.ts";
import type { Audit } from "../store/audit.ts";
import type { Db } from "../store/open.ts";

/** Least wait of an op that came before its turn. */
const laterMs = 1_000;

export type Push = (
  device: { readonly id: string; readonly street: string },
  ops: readonly Op[],
  at: number,
  /** They are urgent and come before their turn (PR-16). */
  ahead?: boolean,
) => PushResult[];

/** The number that the next op of a desk must have (PR-8). */
export function openNextSeq(db: Db): (device: string) => number {
  const next = db.prepare("SELECT next_seq FROM device WHERE id = ?").pluck();
  return (device) => next.get(device) as number;
}

/** Takes pushed ops into the ledger: one transaction for all, each judged by itself (PR-5…PR-8, PR-16). */
export function openPush(db: Db, audit: Audit): Push {
  const numbered = db.prepare("SELECT no, device, confirmed_at FROM ledger WHERE op_id = ?");
  const refusedBefore = db.prepare("SELECT device, error FROM refusal WHERE op_id = ?");
  const nextSeq = openNextSeq(db);
  const moveNext = db.prepare("UPDATE device SET next_seq = ? WHERE id = ?");
  const takenBy = db.prepare(
    "SELECT 1 FROM ledger WHERE device = @device AND seq = @seq UNION ALL SELECT 1 FROM refusal WHERE device = @device AND seq = @seq",
  );
  const write = db.prepare(
    `INSERT INTO ledger (op_id, device, seq, street, kind, v, at, by, body, confirmed_at)
     VALUES (@id, @device, @seq, @street, @kind, @v, @at, @by, @body, @confirmedAt)`,
  );
  const refuse = db.prepare("INSERT INTO refusal (device, seq, op_id, error, at) VALUES (?, ?, ?, ?, ?)");
  const stateOf = db.prepare("SELECT state FROM entity WHERE street = ? AND kind = ? AND id = ?").pluck();
  const setState = db.prepare(
    `INSERT INTO entity (street, kind, id, state, no) VALUES (@street, @kind, @id, @state, @no)
     ON CONFLICT DO UPDATE SET state = @state, no = @no`,
  );

  /** PR-22: a file is taken only after an op has named it. */
  const nameContent = db.prepare(
    "INSERT OR IGNORE INTO named_content (street, sha256, bytes, media) VALUES (@street, @sha256, @bytes, @media)",
  );

  const read = (street: string, kind: string, id: string): unknown => {
    const state = stateOf.get(street, kind, id) as string | undefined;
    return state === undefined ? undefined : JSON.parse(state);
  };

  function gradeOf(street: string, officerId: string): Grade | undefined {
    const officer = read(street, "officer", officerId) as { grade: Grade; active: boolean } | undefined;
    return officer?.active ? officer.grade : undefined;
  }

  /** The ledger already knows this id: the first answer again, whatever happened between (PR-7). */
  function knownResult(op: Op): PushResult | undefined {
    const row = numbered.get(op.id) as { no: number; device: string; confirmed_at: number } | undefined;
    if (row) return { opId: op.id, outcome: "duplicate", no: row.no, confirmedAt: row.confirmed_at };
    const refusal = refusedBefore.get(op.id) as { error: string } | undefined;
    return refusal && refused(op, JSON.parse(refusal.error) as DeskError);
  }

  function refused(op: Op, error: DeskError): PushResult {
    const target = targetOf(op);
    const present = target.ok ? (read(op.street, target.value.entity, target.value.id) ?? null) : null;
    return { opId: op.id, outcome: "refused", error, present };
  }

  /** OP-2: the same judgement as on the desk. A bug in a rule costs this op, not the desk's whole queue. */
  function judge(op: Op, street: string): DeskError | { entity: string; id: string; state: unknown } {
    if (op.street !== street) return deskError("op.other_street");
    const target = targetOf(op);
    if (!target.ok)
      return target.error.id === "op.newer" ? deskError("op.unknown_kind", { kind: op.kind }) : target.error;
    const { entity, id } = target.value;
    try {
      const applied = applyOp(op, read(street, entity, id), gradeOf(street, op.by));
      return applied.ok ? { entity, id, state: applied.value.state } : applied.error;
    } catch (error) {
      audit("bug", op.device, `${op.kind} ${error instanceof Error ? error.message : ""}`.slice(0, 200));
      return deskError("bug");
    }
  }

  const isTaken = (device: string, seq: number) => takenBy.get({ device, seq }) !== undefined;

  /** The turn is over: it passes to the next number that is not taken by an op that went ahead. */
  function pass(device: string, seq: number): void {
    let next = seq + 1;
    while (isTaken(device, next)) next++;
    moveNext.run(next, device);
  }

  function take(
    device: { readonly id: string; readonly street: string },
    op: Op,
    at: number,
    ahead: boolean,
  ): PushResult {
    const known = knownResult(op);
    if (known) return known;
    const expected = nextSeq(device.id);
    const early = op.seq > expected;
    if (early && !ahead) return { opId: op.id, outcome: "later", waitMs: laterMs };
    if (op.seq < expected || (early && isTaken(device.id, op.seq))) {
      audit("fork", device.id, `seq ${op.seq}, expected ${expected}`);
      return refused(op, deskError("op.fork"));
    }
    const verdict = judge(op, device.street);
    if ("kind" in verdict) {
      refuse.run(device.id, op.seq, op.id, JSON.stringify(verdict), at);
      if (!early) pass(device.id, op.seq);
      return refused(op, verdict);
    }
    const no = Number(write.run({ ...op, body: JSON.stringify(op.body), confirmedAt: at }).lastInsertRowid);
    if (!early) pass(device.id, op.seq);
    setState.run({ street: op.street, kind: verdict.entity, id: verdict.id, state: JSON.stringify(verdict.state), no });
    if (op.kind === "attachment.add") {
      const { sha256, bytes, media } = (op.body as BodyOf<"attachment.add">).attachment;
      nameContent.run({ street: op.street, sha256, bytes, media });
    }
    return { opId: op.id, outcome: "accepted", no, confirmedAt: at };
  }

  const all = db.transaction((device: Parameters<Push>[0], ops: readonly Op[], at: number, ahead: boolean) =>
    ops.map((op) => take(device, op, at, ahead)),
  );
  return (device, ops, at, ahead = false) => all.immediate(device, ops, at, ahead);
}
