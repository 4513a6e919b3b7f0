import { expect, test } from "vitest";
import { openIncoming, type Slice } from "#core/sync/incoming.ts";
import type { LedgerOp } from "#shared/op/op.ts";
import type { PullAnswer } from "#shared/protocol/messages.ts";
import { opMaker } from "../../../protocol/ops.ts";

/** The incoming side of a desk that holds everything up to `cursor`. */
function open(ownOps: (seqs: number[]) => LedgerOp[] | null = () => []) {
  const store = { at: 0 };
  const incoming = openIncoming({
    cursor: () => store.at,
    ownOps: (receipts) => ownOps(receipts.map(([, seq]) => seq)),
  });
  /** Applies what is ready, as the engine does. */
  const apply = (rows = 100): Slice[] => {
    const slices: Slice[] = [];
    for (let slice = incoming.take(rows); slice; slice = incoming.take(rows)) {
      slices.push(slice);
      store.at = slice.upTo;
    }
    return slices;
  };
  return { incoming, apply, cursor: () => store.at };
}
const { note } = opMaker();
const row = (no: number): LedgerOp => ({ ...note(`n${no}`), no, confirmedAt: 1 });
const page = (from: number, to: number, over: Partial<PullAnswer> = {}): PullAnswer => ({
  ops: Array.from({ length: to - from }, (_, index) => row(from + index + 1)),
  own: [],
  upTo: to,
  more: false,
  marks: [],
  ...over,
});

test("PR-9, PR-17: stretches come in any order and are applied in the order of their numbers", () => {
  const { incoming, apply, cursor } = open();
  const first = incoming.next(10, 0);
  expect(first).toMatchObject({ after: 0, until: null, marks: 8 });
  incoming.came(first, page(0, 10, { more: true, marks: [20, 30] }), 0);
  expect(incoming.open).toBe(2);
  const [second, third] = [incoming.next(10, 0), incoming.next(10, 0)];
  expect([second.after, second.until, third.after, third.until]).toEqual([10, 20, 20, 30]);
  expect([second.marks, third.marks]).toEqual([8, 8]);
  apply();
  incoming.came(third, page(20, 30, { marks: [40] }), 0);
  expect(apply()).toEqual([]);
  expect(cursor()).toBe(10);
  incoming.came(second, page(10, 20), 0);
  expect(apply().flatMap(({ ops }) => ops.map(({ no }) => no))).toEqual(
    Array.from({ length: 20 }, (_, index) => 11 + index),
  );
  expect(incoming.next(10, 0)).toMatchObject({ after: 30, until: 40 });
  expect(incoming.next(10, 8_000)).toMatchObject({ after: 40, until: null });
});

test("PR-17: the stretches that follow are asked about before the known ones are through, and overlapping marks name none twice", () => {
  const { incoming } = open();
  incoming.came(incoming.next(10, 0), page(0, 10, { more: true, marks: [20, 30, 40, 50, 60, 70, 80, 90] }), 0);
  const marks: number[] = [];
  const asked = Array.from({ length: 6 }, () => {
    const ask = incoming.next(10, 0);
    marks.push(ask.marks);
    return ask;
  });
  expect(marks).toEqual([0, 0, 0, 0, 8, 8]);
  const fifth = asked[4];
  if (!fifth) throw new Error("asked six times");
  incoming.came(fifth, page(50, 60, { marks: [70, 80, 90, 100, 110] }), 0);
  const rest = Array.from({ length: 4 }, () => incoming.next(10, 0));
  expect(rest.map(({ after, until }) => [after, until])).toEqual([
    [70, 80],
    [80, 90],
    [90, 100],
    [100, 110],
  ]);
});

test("PR-17: what lies behind the last named stretch is asked for beside the others, up to the head as it was", () => {
  const { incoming, apply, cursor } = open();
  incoming.came(incoming.next(10, 0), page(0, 10, { more: true, marks: [20, 30] }), 34);
  const asked = [incoming.next(10, 0), incoming.next(10, 0), incoming.next(10, 0)];
  expect(asked.map(({ after, until }) => [after, until])).toEqual([
    [10, 20],
    [20, 30],
    [30, 34],
  ]);
  for (const ask of asked.toReversed()) incoming.came(ask, page(ask.after, ask.until ?? 0), 36);
  apply();
  expect(cursor()).toBe(34);
  expect(incoming.next(10, 0)).toMatchObject({ after: 34, until: 36 });
});

test("PR-17: only the stretch that was lost, or the rest of one that was cut short, is asked for again", () => {
  const { incoming, apply, cursor } = open();
  incoming.came(incoming.next(10, 0), page(0, 10, { more: true, marks: [20, 30] }), 0);
  const [second, third] = [incoming.next(10, 0), incoming.next(10, 0)];
  incoming.lost(second);
  incoming.came(third, page(20, 30), 0);
  expect(incoming.next(5, 0)).toMatchObject({ after: 10, until: 20 });
  incoming.came(second, page(10, 14, { more: true }), 0);
  apply();
  expect(cursor()).toBe(14);
  const rest = incoming.next(5, 0);
  expect(rest).toMatchObject({ after: 14, until: 20 });
  incoming.came(rest, page(14, 20), 0);
  apply();
  expect(cursor()).toBe(30);
});

test("PR-17: a page that overlaps another leaves no stretch lying: what reaches further is applied, then the rest of the one behind it", () => {
  const { incoming, apply, cursor } = open();
  incoming.came(incoming.next(10, 0), page(0, 10, { more: true, marks: [20] }), 0);
  apply();
  const stretch = incoming.next(10, 0);
  // A look for what follows, beside the stretch; its answer and the stretch's marks speak of the same numbers.
  const beyond = incoming.next(8, 0);
  expect(beyond).toMatchObject({ after: 20, until: null });
  incoming.came(stretch, page(10, 20, { marks: [23, 26, 30] }), 0);
  const short = incoming.next(10, 0);
  expect(short).toMatchObject({ after: 20, until: 23 });
  incoming.came(beyond, page(20, 28, { more: true }), 0);
  apply();
  expect(cursor()).toBe(28);
  incoming.came(short, page(20, 23), 0);
  incoming.came(incoming.next(10, 0), page(23, 26), 0);
  const last = incoming.next(10, 0);
  expect(last).toMatchObject({ after: 26, until: 30 });
  incoming.came(last, page(26, 30), 0);
  expect(apply().flatMap(({ ops }) => ops.map(({ no }) => no))).toEqual([29, 30]);
  expect(cursor()).toBe(30);
  expect(incoming.kept).toBe(0);
});

test("a large page is applied in pieces, each with its own place of the cursor", () => {
  const { incoming, apply } = open();
  incoming.came(incoming.next(500, 0), page(0, 250, { upTo: 260 }), 0);
  expect(apply().map(({ ops, upTo }) => [ops.length, upTo])).toEqual([
    [100, 100],
    [100, 200],
    [50, 260],
  ]);
});

test("PR-15: receipts stand for own ops; a page with one that this desk does not hold is asked for again, whole", () => {
  const own = { ...row(2), device: "me", seq: 7 };
  const held = open((seqs) => (seqs.length === 0 ? [] : [own]));
  const receipt: PullAnswer["own"] = [[2, 7, own.id.slice(-8), 1]];
  const mixed = { ops: [row(1), row(3)], own: receipt, upTo: 3, more: false, marks: [] };
  held.incoming.came(held.incoming.next(10, 0), mixed, 0);
  expect(held.apply().flatMap(({ ops }) => ops.map(({ no }) => no))).toEqual([1, 2, 3]);

  const restored = open((seqs) => (seqs.length === 0 ? [] : null));
  restored.incoming.came(restored.incoming.next(10, 0), mixed, 0);
  expect(restored.apply()).toEqual([]);
  expect(restored.incoming.next(10, 0)).toMatchObject({ after: 0, until: null, whole: true });
});

test("PR-9: after a reset nothing that was kept is applied any more", () => {
  const { incoming, apply } = open();
  incoming.came(incoming.next(10, 0), page(0, 10), 0);
  incoming.reset();
  expect(apply()).toEqual([]);
  expect(incoming.open).toBe(0);
});

test("PR-9: a page is applied in pieces, and the cursor stands at the end of each", () => {
  const { incoming, apply } = open();
  incoming.came(incoming.next(100, 0), page(0, 25, { upTo: 30 }), 0);
  expect(apply(10).map(({ ops, upTo }) => [ops.length, upTo])).toEqual([
    [10, 10],
    [10, 20],
    [5, 30],
  ]);
  expect(incoming.kept).toBe(0);
});
