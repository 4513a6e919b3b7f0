import type { Enrolment, SyncCounts, SyncStore } from "#core/sync/sync.ts";
import type { LedgerOp, Op } from "#shared/op/op.ts";
import type { PushResult } from "#shared/protocol/messages.ts";

interface Kept {
  readonly op: Op;
  settled: PushResult | undefined;
}

/** A desk's store in memory, for tests of the wire: it notes what the link did to it, and judges nothing. */
export interface MemoryStore extends SyncStore {
  record(op: Op): void;
  readonly own: Map<string, Kept>;
  /** The district's order as this desk has it. */
  readonly pulled: LedgerOp[];
  readonly spans: { at: number; up: boolean; reasonId: string }[];
  /** Pulls that were applied: cursor before, rows, cursor after. */
  readonly applied: { before: number; rows: number; upTo: number }[];
  settledAs(opId: string): PushResult["outcome"] | undefined;
}

export function memoryStore(): MemoryStore {
  let enrolment: Enrolment | null = null;
  let cursor = 0;
  const own = new Map<string, Kept>();
  const pulled: LedgerOp[] = [];
  const spans: MemoryStore["spans"] = [];
  const applied: MemoryStore["applied"] = [];
  const all = () => [...own.values()];
  const waiting = () => all().filter((kept) => !kept.settled);
  return {
    own,
    pulled,
    spans,
    applied,
    record: (op) => void own.set(op.id, { op, settled: undefined }),
    settledAs: (opId) => own.get(opId)?.settled?.outcome,
    readEnrolment: () => enrolment,
    saveEnrolment(next) {
      enrolment = next;
    },
    waitingOps: (limit, after) =>
      waiting()
        .map((kept) => kept.op)
        .filter((op) => op.seq > after)
        .sort((a, b) => a.seq - b.seq)
        .slice(0, limit),
    urgentOps: () => [],
    ownOps(receipts) {
      const ops = receipts.map(([no, seq, tail, confirmedAt]): LedgerOp | undefined => {
        const kept = all().find(({ op }) => op.seq === seq && op.id.endsWith(tail));
        return kept && { ...kept.op, device: enrolment?.deviceId ?? "", no, confirmedAt };
      });
      return ops.includes(undefined) ? null : (ops as LedgerOp[]);
    },
    isOwn: (seq) => all().some(({ op }) => op.seq === seq),
    renumber(nextSeq) {
      for (const [index, kept] of waiting().entries())
        own.set(kept.op.id, { ...kept, op: { ...kept.op, seq: nextSeq + index } });
    },
    settlePush(results) {
      for (const result of results) {
        const kept = own.get(result.opId);
        if (kept && !kept.settled) kept.settled = result;
      }
    },
    applyPulled(ops, upTo) {
      applied.push({ before: cursor, rows: ops.length, upTo });
      for (const op of ops) {
        pulled.push(op);
        const kept = own.get(op.id);
        if (kept && !kept.settled) {
          kept.settled = { opId: op.id, outcome: "accepted", no: op.no, confirmedAt: op.confirmedAt };
        }
      }
      cursor = Math.max(cursor, upTo);
    },
    cursor: () => cursor,
    counts(): SyncCounts {
      const refused = all().filter((kept) => kept.settled?.outcome === "refused").length;
      const open = waiting();
      return {
        waiting: open.length,
        refused,
        confirmed: own.size - refused - open.length,
        recorded: own.size,
        oldestWaitingAt: open[0]?.op.at ?? null,
      };
    },
    startEpoch(epoch) {
      if (enrolment) enrolment = { ...enrolment, epoch };
      for (const kept of all()) if (kept.settled?.outcome !== "refused") kept.settled = undefined;
      pulled.length = 0;
      cursor = 0;
    },
    unwitnessed: () => null,
    keepReceipt: () => false,
    recordSpan: (span) => void spans.push(span),
  };
}
