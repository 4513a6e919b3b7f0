import { v7 } from "uuid";
import type { Op } from "#shared/op/op.ts";
import { maxPushOps, type PushResult } from "#shared/protocol/messages.ts";

/** Characters of one push; smaller after a failure, so that something gets through a poor link. */
const mostChars = 256 * 1024;
const leastChars = 8 * 1024;

/** The kind of an op that only takes up a number (see `Outgoing.refill`). No end knows it, so the district refuses it. */
const blankKind = "blank";

export interface Outgoing {
  /** The next push: waiting ops in the order of `seq`, under the name that the district gave this desk (PR-8). */
  batch(waiting: readonly Op[], device: string, street: string): Op[];
  /** What came of the last batch; `null`: it did not get through. Gives the results that the store should hear of. */
  answered(results: readonly PushResult[] | null): PushResult[];
  /**
   * The district was restored and gets everything again. Ops that were refused or given up in its former life are not
   * sent, and their numbers would be gaps that hold up all others; a blank op takes each, and is refused.
   */
  refill(): void;
  /** Numbers are being filled at present. */
  readonly refilling: boolean;
}

export function openOutgoing(randomBytes: (length: number) => Uint8Array): Outgoing {
  let chars = mostChars;
  let next: number | null = null;
  let sent: Op[] = [];

  const blank = (seq: number, device: string, street: string): Op => ({
    id: v7({ random: randomBytes(16), msecs: 0 }),
    kind: blankKind,
    v: 1,
    street,
    device,
    seq,
    at: 0,
    by: "desk",
    body: null,
  });

  return {
    batch(waiting, device, street) {
      sent = [];
      if (waiting.length === 0) next = null;
      let expected = next;
      let left = chars;
      for (const op of waiting) {
        for (let seq = expected ?? op.seq; seq < op.seq && sent.length < maxPushOps; seq++) {
          sent.push(blank(seq, device, street));
        }
        left -= JSON.stringify(op.body).length;
        if (sent.length >= maxPushOps || (sent.length > 0 && left < 0)) break;
        sent.push({ ...op, device });
        if (expected !== null) expected = op.seq + 1;
      }
      return sent;
    },
    answered(results) {
      chars = results ? Math.min(mostChars, chars * 2) : Math.max(leastChars, chars / 4);
      if (!results) return [];
      const early = results.findIndex((result) => result.outcome === "later");
      const last = sent[(early < 0 ? sent.length : early) - 1];
      if (next !== null && last) next = last.seq + 1;
      return results.filter((result, index) => result.outcome !== "later" && sent[index]?.kind !== blankKind);
    },
    refill() {
      next = 1;
    },
    get refilling() {
      return next !== null;
    },
  };
}
