import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openOutgoing } from "#core/sync/outgoing.ts";
import type { Op } from "#shared/op/op.ts";
import { opSchema } from "#shared/op/op.ts";
import { maxPushOps, type PushResult } from "#shared/protocol/messages.ts";
import { opMaker, street } from "../../../protocol/ops.ts";

const open = () => openOutgoing((length) => new Uint8Array(randomBytes(length)));
const accept = (ops: readonly Op[]): PushResult[] =>
  ops.map((op) => ({ opId: op.id, outcome: "accepted", no: op.seq, confirmedAt: 1 }));
const seqs = (ops: readonly Op[]) => ops.map((op) => op.seq);

test("PR-8: a push goes in the order of the desk's numbers, under the name the district gave it", () => {
  const { note } = opMaker({ device: "here" });
  const batch = open().batch([note("a"), note("b")], "device-1", street);
  expect(batch.map((op) => [op.seq, op.device])).toEqual([
    [1, "device-1"],
    [2, "device-1"],
  ]);
});

test("a push is small enough for a poor link, smaller after each failure, never empty", () => {
  const { note } = opMaker();
  const waiting = Array.from({ length: maxPushOps }, (_, index) => note(`n${index}`, "巡".repeat(4_000)));
  const out = open();
  const whole = out.batch(waiting, "d", street).length;
  expect(whole).toBeLessThan(maxPushOps);
  let last = whole;
  for (let failure = 0; failure < 6; failure++) {
    out.answered(null);
    const now = out.batch(waiting, "d", street).length;
    expect(now).toBeGreaterThanOrEqual(1);
    expect(now).toBeLessThanOrEqual(last);
    last = now;
  }
  expect(last).toBeLessThan(4);
  for (let success = 0; success < 8; success++) out.answered(accept(out.batch(waiting, "d", street)));
  expect(out.batch(waiting, "d", street)).toHaveLength(whole);
});

test("PR-6, PR-8: after a restore the numbers of what is not sent again are taken by blanks, which the store never hears of", () => {
  const { note } = opMaker();
  const [, two, , , five, six] = Array.from({ length: 6 }, (_, index) => note(`n${index}`)) as Op[];
  const waiting = [two, five, six] as Op[];
  const out = open();
  expect(seqs(out.batch(waiting, "d", street))).toEqual([2, 5, 6]);
  out.refill();
  const batch = out.batch(waiting, "d", street);
  expect(seqs(batch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(batch.map((op) => op.kind)).toEqual(["blank", "log.write", "blank", "blank", "log.write", "log.write"]);
  for (const op of batch) expect(opSchema.safeParse(op).success).toBe(true);
  expect(out.answered(accept(batch)).map((result) => result.opId)).toEqual(waiting.map((op) => op.id));
  expect(out.refilling).toBe(true);
  out.batch([], "d", street);
  expect(out.refilling).toBe(false);
});

test("PR-8: filling goes on where the district stopped, however many numbers are missing", () => {
  const { make } = opMaker();
  const late = make("log.write", { id: "n", kind: "note", text: "晚" }, "o", { seq: 251 });
  const out = open();
  out.refill();
  const first = out.batch([late], "d", street);
  expect([first.length, first[0]?.seq, first.at(-1)?.seq]).toEqual([100, 1, 100]);
  const half = accept(first).map(
    (result, index): PushResult => (index < 50 ? result : { opId: result.opId, outcome: "later", waitMs: 1 }),
  );
  expect(out.answered(half)).toEqual([]);
  const next = out.batch([late], "d", street);
  expect([next[0]?.seq, next.at(-1)?.seq]).toEqual([51, 150]);
  out.answered(accept(next));
  out.answered(accept(out.batch([late], "d", street)));
  expect(seqs(out.batch([late], "d", street))).toEqual([251]);
});
