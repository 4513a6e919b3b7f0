import { v7 } from "uuid";
import { blankKind, type Op } from "#shared/op/op.ts";
import { maxPushOps, type PushResult, type Settled } from "#shared/protocol/messages.ts";
import type { Batch } from "./link.ts";

/** What the outgoing side reads of the store. */
export interface Waiting {
  /** Ops that wait, lowest `seq` first, beyond `after`. */
  waitingOps(limit: number, after: number): Op[];
  /** Those of them that are urgent and may go before their turn (PR-16). */
  urgentOps(limit: number): Op[];
}

/** What goes out, in which pieces and in which order. It knows ops and numbers; by which way they travel is the link's. */
export interface Outgoing {
  /** The next piece of at most about `chars` characters, or `null`: nothing can go beside what is on its way. */
  next(chars: number, device: string, street: string): Batch | null;
  /** Urgent ops that need not wait for their turn, or `null`. */
  nextAhead(chars: number, device: string): Batch | null;
  /** What came of a piece; `null`: it did not get through, and goes again. Gives the results that the store should hear of. */
  answered(batch: Batch, results: readonly PushResult[] | null): Settled[];
  /** Nothing is on its way any more. */
  reset(): void;
  /**
   * The district was restored and gets everything again. Ops that were refused or given up in its former life are not
   * sent, and their numbers would be gaps that hold up all others; a blank op takes each, and is refused.
   */
  refill(): void;
  /** Numbers are being filled at present. */
  readonly refilling: boolean;
  readonly sending: ReadonlySet<string>;
}

export function openOutgoing(store: Waiting, randomBytes: (length: number) => Uint8Array): Outgoing {
  /** Next number to fill after a restore; `null`: nothing is filled. */
  let fill: number | null = null;
  /** Highest number that was taken from the store since the last reset. */
  let takenTo = 0;
  /** Pieces that were lost on their way, and go before anything new. */
  let again: (readonly Op[])[] = [];
  let underWay: Batch[] = [];
  let sending: ReadonlySet<string> = new Set();

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

  /** Sends ops in their turn. */
  function send(ops: readonly Op[], first: boolean): Batch {
    return sent({ ops, ahead: false, first, more: store.waitingOps(1, ops.at(-1)?.seq ?? 0).length > 0 });
  }

  function sent(batch: Batch): Batch {
    underWay.push(batch);
    note();
    return batch;
  }

  function note(): void {
    sending = new Set(underWay.flatMap((batch) => batch.ops.map((op) => op.id)));
  }

  /** As many from the front as `chars` allow, one at least. */
  function cutAt(ops: readonly Op[], chars: number): number {
    let left = chars;
    let count = 0;
    for (const op of ops) {
      left -= JSON.stringify(op).length;
      if (count > 0 && left < 0) break;
      count++;
    }
    return count;
  }

  const isLowest = (op: Op | undefined): boolean => store.waitingOps(1, 0)[0]?.id === op?.id;

  /** PR-13: numbers that were put right may leave an op that waits behind what was taken. */
  function lookAgain(): void {
    const [lowest] = store.waitingOps(1, 0);
    if (lowest && lowest.seq <= takenTo && !sending.has(lowest.id)) takenTo = lowest.seq - 1;
  }

  function filled(from: number, device: string, street: string, chars: number): Batch | null {
    const waiting = store.waitingOps(maxPushOps, 0);
    if (waiting.length === 0) {
      fill = null;
      return null;
    }
    const ops: Op[] = [];
    let expected = from;
    for (const op of waiting) {
      for (; expected < op.seq && ops.length < maxPushOps; expected++) ops.push(blank(expected, device, street));
      if (ops.length >= maxPushOps) break;
      ops.push({ ...op, device });
      expected = op.seq + 1;
    }
    return send(ops.slice(0, cutAt(ops, chars)), true);
  }

  return {
    next(chars, device, street) {
      const alone = underWay.every((batch) => batch.ahead);
      // Filling asks for the answer to each piece before the next one.
      if (fill !== null) return alone ? filled(fill, device, street, chars) : null;
      const lost = again.shift();
      if (lost) {
        const count = cutAt(lost, chars);
        if (count < lost.length) again.unshift(lost.slice(count));
        return send(lost.slice(0, count), isLowest(lost[0]));
      }
      if (alone) lookAgain();
      const waiting = store.waitingOps(maxPushOps, takenTo);
      if (waiting.length === 0) return null;
      const ops = waiting.slice(0, cutAt(waiting, chars)).map((op) => ({ ...op, device }));
      takenTo = ops.at(-1)?.seq ?? takenTo;
      return send(ops, isLowest(ops[0]));
    },
    nextAhead(chars, device) {
      if (fill !== null || underWay.some((batch) => batch.ahead)) return null;
      const urgent = store.urgentOps(maxPushOps).filter((op) => !sending.has(op.id));
      if (urgent.length === 0) return null;
      const ops = urgent.slice(0, cutAt(urgent, chars)).map((op) => ({ ...op, device }));
      return sent({ ops, ahead: true, first: false, more: false });
    },
    answered(batch, results) {
      underWay = underWay.filter((one) => one !== batch);
      note();
      const early = results?.findIndex((result) => result.outcome === "later") ?? 0;
      if (fill !== null) {
        const last = batch.ops[(early < 0 ? batch.ops.length : early) - 1];
        if (last && !batch.ahead) fill = last.seq + 1;
      } else if (!batch.ahead && early >= 0) {
        again = [...again, batch.ops.slice(early)].sort((a, b) => (a[0]?.seq ?? 0) - (b[0]?.seq ?? 0));
      }
      return (results ?? []).flatMap((result, index) => {
        const { kind, seq } = batch.ops[index] as Op;
        return result.outcome === "later" || kind === blankKind ? [] : [{ seq, ...result }];
      });
    },
    reset() {
      underWay = [];
      again = [];
      takenTo = 0;
      note();
    },
    refill() {
      fill = 1;
    },
    get refilling() {
      return fill !== null;
    },
    get sending() {
      return sending;
    },
  };
}
