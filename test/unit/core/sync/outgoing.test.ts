import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Batch } from "#core/sync/link.ts";
import { openOutgoing } from "#core/sync/outgoing.ts";
import type { Op } from "#shared/op/op.ts";
import { opSchema } from "#shared/op/op.ts";
import { maxPushOps, type PushResult } from "#shared/protocol/messages.ts";
import { opMaker, street } from "../../../protocol/ops.ts";

const roomy = 1_000_000;

/** The outgoing side over a list of waiting ops, of which those in `urgent` may go ahead. */
function open(waiting: Op[], urgent: readonly Op[] = []) {
  const out = openOutgoing(
    {
      waitingOps: (limit, after) => waiting.filter((op) => op.seq > after).slice(0, limit),
      urgentOps: (limit) => urgent.filter((op) => waiting.includes(op)).slice(0, limit),
    },
    (length) => new Uint8Array(randomBytes(length)),
  );
  const settle = (ids: readonly string[]) => {
    for (const id of ids) waiting.splice(0, waiting.length, ...waiting.filter((op) => op.id !== id));
  };
  return {
    out,
    next: (chars = roomy) => out.next(chars, "device-1", street),
    ahead: () => out.nextAhead(roomy, "device-1"),
    settle,
    accept(batch: Batch) {
      const told = out.answered(batch, accept(batch.ops));
      settle(told.map((result) => result.opId));
      return told;
    },
  };
}
const accept = (ops: readonly Op[]): PushResult[] =>
  ops.map((op) => ({ opId: op.id, outcome: "accepted", no: op.seq, confirmedAt: 1 }));
const later = (ops: readonly Op[]): PushResult[] => ops.map((op) => ({ opId: op.id, outcome: "later", waitMs: 1 }));
const seqs = (batch: Batch | null) => batch?.ops.map((op) => op.seq) ?? [];
const some = (count: number, text?: string) => {
  const { note } = opMaker({ device: "here" });
  return Array.from({ length: count }, (_, index) => note(`n${index}`, text));
};

test("PR-8: pushes go in the order of the desk's numbers, under the name the district gave it", () => {
  const { next } = open(some(2));
  expect(next()?.ops.map((op) => [op.seq, op.device])).toEqual([
    [1, "device-1"],
    [2, "device-1"],
  ]);
  expect(next()).toBeNull();
});

test("PR-8: several pieces are on their way at once, each of other ops, and never empty", () => {
  const { next } = open(some(6, "\u5de1".repeat(400)));
  const pieces = [next(1_300), next(1_300), next(1)];
  expect(pieces.map(seqs)).toEqual([[1, 2], [3, 4], [5]]);
  expect(pieces.map((piece) => piece?.first)).toEqual([true, false, false]);
});

test("PR-15: each piece but the last says that others follow, also when it goes a second time", () => {
  const { out, next } = open(some(6, "\u5de1".repeat(400)));
  const [one, two, three] = [next(1_300), next(1_300), next(1_300)] as [Batch, Batch, Batch];
  expect([one.more, two.more, three.more]).toEqual([true, true, false]);
  out.answered(one, null);
  out.answered(three, null);
  expect([next(1_300)?.more, next(1_300)?.more]).toEqual([true, false]);
});

test("a piece that was lost goes again before anything new, smaller if the way has become narrow", () => {
  const { out, next, accept: take } = open(some(6, "\u5de1".repeat(400)));
  const [one, two] = [next(1_300), next(1_300)] as [Batch, Batch];
  out.answered(one, null);
  expect(seqs(next(1))).toEqual([1]);
  take(two);
  expect(seqs(next(roomy))).toEqual([2]);
  expect(seqs(next(roomy))).toEqual([5, 6]);
});

test("PR-8: a piece that came too early goes again, and only as far as it was too early", () => {
  const { out, next } = open(some(3));
  const piece = next() as Batch;
  const told = out.answered(piece, [...accept(piece.ops.slice(0, 1)), ...later(piece.ops.slice(1))]);
  expect(told.map((result) => result.opId)).toEqual([piece.ops[0]?.id]);
  expect(seqs(next())).toEqual([2, 3]);
});

test("PR-16: urgent ops go before their turn, one piece at a time, and not while numbers are filled", () => {
  const ops = some(5);
  const { out, next, ahead, accept: take } = open(ops, ops.slice(3));
  next(1);
  const urgent = ahead() as Batch;
  expect([seqs(urgent), urgent.ahead]).toEqual([[4, 5], true]);
  expect(ahead()).toBeNull();
  take(urgent);
  expect(seqs(next())).toEqual([2, 3]);
  expect(ahead()).toBeNull();
  const filling = open(some(3), some(3));
  filling.out.refill();
  expect(filling.ahead()).toBeNull();
  expect(out.sending.size).toBe(3);
});

test("PR-6, PR-8: after a restore the numbers of what is not sent again are taken by blanks, which the store never hears of", () => {
  const [, two, , , five, six] = some(6) as Op[];
  const waiting = [two, five, six] as Op[];
  const { out, next, accept: take } = open([...waiting]);
  out.refill();
  const batch = next() as Batch;
  expect(seqs(batch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(batch.ops.map((op) => op.kind)).toEqual(["blank", "log.write", "blank", "blank", "log.write", "log.write"]);
  for (const op of batch.ops) expect(opSchema.safeParse(op).success).toBe(true);
  expect(next()).toBeNull();
  expect(take(batch).map((result) => result.opId)).toEqual(waiting.map((op) => op.id));
  expect(out.refilling).toBe(true);
  expect(next()).toBeNull();
  expect(out.refilling).toBe(false);
});

test("PR-8: filling goes on where the district stopped, however many numbers are missing", () => {
  const { make } = opMaker();
  const late = make("log.write", { id: "n", kind: "note", text: "\u665a" }, "o", { seq: maxPushOps * 2 + 51 });
  const { out, next } = open([late]);
  out.refill();
  const first = next() as Batch;
  expect([first.ops.length, seqs(first)[0], seqs(first).at(-1)]).toEqual([maxPushOps, 1, maxPushOps]);
  const half = accept(first.ops).map(
    (result, index): PushResult => (index < 50 ? result : { opId: result.opId, outcome: "later", waitMs: 1 }),
  );
  expect(out.answered(first, half)).toEqual([]);
  const second = next() as Batch;
  expect([seqs(second)[0], seqs(second).at(-1)]).toEqual([51, maxPushOps + 50]);
  out.answered(second, accept(second.ops));
  const third = next() as Batch;
  out.answered(third, accept(third.ops));
  expect(seqs(next())).toEqual([maxPushOps * 2 + 51]);
});

test("nothing is on its way after a reset: all that waits goes from the first number on", () => {
  const { out, next } = open(some(4));
  next(1);
  next(1);
  out.reset();
  expect(out.sending.size).toBe(0);
  expect(seqs(next())).toEqual([1, 2, 3, 4]);
});

test("PR-13: an op that waits under a lower number than what was sent is not passed over", () => {
  const waiting = some(3);
  const { next, accept } = open(waiting);
  const piece = next();
  // The district has them under lower numbers, and the next op gets one below the highest that was sent.
  if (piece) accept(piece);
  waiting.push({ ...(some(1)[0] as Op), seq: 2 });
  expect(seqs(next())).toEqual([2]);
  expect(next()).toBeNull();
});
