import { expect, test } from "vitest";
import { openEngine } from "#core/sync/engine.ts";
import type { Enrolment } from "#core/sync/enrolment.ts";
import type { Link } from "#core/sync/link.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { LedgerOp } from "#shared/op/op.ts";
import { memoryStore } from "../../../protocol/memory-store.ts";
import { opMaker, street } from "../../../protocol/ops.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

interface Pace {
  readonly rowMs?: number;
  readonly isAsked?: () => boolean;
  readonly isAnswering?: () => boolean;
  readonly busyMs?: number;
}

/** An engine whose link waits for the test, on a clock that stands still but while rows are applied. */
function open(pace: Pace = {}) {
  const store = memoryStore();
  let mono = 0;
  const { applyPulled } = store;
  store.applyPulled = (ops, upTo) => {
    mono += ops.length * (pace.rowMs ?? 0);
    applyPulled(ops, upTo);
  };
  const waiting: { is: "push" | "pull"; ask: unknown; answer: (value: unknown) => void }[] = [];
  const ask = (is: "push" | "pull") => (what: unknown) =>
    new Promise((answer) => {
      asked++;
      waiting.push({ is, ask: what, answer });
    });
  let asked = 0;
  let told = 0;
  if (pace.busyMs === undefined) store.saveEnrolment({ deviceId: "desk", street, epoch: "epoch-one" } as Enrolment);
  const engine = openEngine({
    store,
    now: () => 0,
    monotonic: () => mono,
    randomBytes: (length) => new Uint8Array(length),
    log: () => {},
    after: () => () => {},
    openLink: () =>
      ({
        push: ask("push"),
        pull: ask("pull"),
        room: () => ({ chars: 10_000, rows: 100, bytesPerSecond: null }),
        warm: () => {},
        close: async () => {},
      }) as unknown as Link,
    enrol: async () =>
      fail(pace.busyMs === undefined ? deskError("link.enrolled") : deskError("link.busy", { waitMs: pace.busyMs })),
    changed: () => {
      told++;
    },
    isAsked: pace.isAsked,
    isAnswering: pace.isAnswering,
  });
  engine.start();
  const take = (is: "push" | "pull") => {
    const index = waiting.findIndex((one) => one.is === is);
    if (index < 0) throw new Error(`no ${is} is on its way`);
    return waiting.splice(index, 1)[0] as (typeof waiting)[number];
  };
  const passes = (ms: number) => {
    mono += ms;
  };
  return { store, engine, take, passes, started: () => asked, told: () => told };
}

const page = (epoch: string, head: number, ops: LedgerOp[]) =>
  ok({ epoch, head, body: { ops, own: [], upTo: head, more: false, marks: [] } });

test("PR-13: where this desk has no op of the number that comes next, its waiting ops get it; where it has, the district was restored", async () => {
  for (const hole of [true, false]) {
    const { store, take } = open();
    const { note } = opMaker();
    for (const seq of hole ? [1, 3] : [1, 2, 3]) {
      store.record(note(`n${seq}`));
      if (seq < 3)
        store.settlePush([{ opId: [...store.own.keys()].at(-1) ?? "", outcome: "accepted", no: seq, confirmedAt: 1 }]);
    }
    const last = [...store.own.values()].at(-1)?.op;
    if (!last) throw new Error("recorded above");
    store.own.set(last.id, { op: { ...last, seq: 3 }, settled: undefined });
    take("pull").answer(page("epoch-one", 2, []));
    await settle();
    const results = [{ opId: last.id, outcome: "later", waitMs: 0 }];
    take("push").answer(ok({ epoch: "epoch-one", head: 2, body: { results, nextSeq: 2 } }));
    await settle();
    expect(store.waitingOps(10, 0).map(({ seq }) => seq)).toEqual(hole ? [2] : [1, 2, 3]);
  }
});

test("PR-6, PR-9: a page asked for before a restore was noticed does not move the cursor after it", async () => {
  const { store, engine, take } = open();
  const { note } = opMaker();
  const rows = [1, 2, 3].map((no): LedgerOp => ({ ...note(`n${no}`), device: "other", no, confirmedAt: 1 }));
  take("pull").answer(page("epoch-one", 2, rows.slice(0, 2)));
  await settle();
  const own = note("own");
  store.record(own);
  engine.recorded();
  const [push, pull] = [take("push"), take("pull")];
  expect(pull.ask).toMatchObject({ after: 2 });
  // Both answers arrive in one read of the socket, from the restored district.
  push.answer(
    ok({ epoch: "epoch-two", head: 3, body: { results: [{ opId: own.id, outcome: "later", waitMs: 0 }], nextSeq: 1 } }),
  );
  pull.answer(page("epoch-two", 3, rows.slice(2)));
  await settle();
  expect(store.cursor()).toBe(0);
  expect(take("pull").ask).toMatchObject({ after: 0 });
});

test("PR-18: an answer that comes after its request was given up touches nothing", async () => {
  const { store, engine, take } = open();
  const { note } = opMaker();
  const rows = [1, 2].map((no): LedgerOp => ({ ...note(`n${no}`), device: "other", no, confirmedAt: 1 }));
  take("pull").answer(page("epoch-one", 0, []));
  await settle();
  const own = note("own");
  store.record(own);
  engine.recorded();
  const [push, pull] = [take("push"), take("pull")];
  // A person presses: everything that is on its way is given up, and asked for anew.
  void engine.tryNow();
  const settled = { results: [{ opId: own.id, outcome: "accepted", no: 1, confirmedAt: 1 }], nextSeq: 2 };
  push.answer(ok({ epoch: "epoch-one", head: 1, body: settled }));
  pull.answer(page("epoch-one", 2, rows));
  await settle();
  expect(store.settledAs(own.id)).toBeUndefined();
  expect([store.cursor(), store.pulled.length]).toEqual([0, 0]);
  const late = take("pull");
  late.answer(page("epoch-one", 2, rows));
  await settle();
  expect(store.cursor()).toBe(2);
});

test.each([
  { asked: false, most: 40 },
  { asked: true, most: 15 },
])(
  "rows are applied in portions of $most ms when screens ask: $asked; between two of them the screens have their turn, and what is left to do is done",
  async ({ asked, most }) => {
    const { store, take } = open({ rowMs: 1, isAsked: () => asked });
    const { note } = opMaker();
    let turns = 0;
    const kept: { readonly rows: number; readonly turn: number }[] = [];
    store.keepUp = () => void kept.push({ rows: store.pulled.length, turn: turns });
    const rows = Array.from(
      { length: 300 },
      (_, at): LedgerOp => ({ ...note(`n${at}`), device: "other", no: at + 1, confirmedAt: 1 }),
    );
    take("pull").answer(page("epoch-one", 300, rows));
    for (; store.cursor() < 300; turns++) await settle();
    await settle();
    const portions = store.applied.map((one) => one.rows);
    expect(portions.reduce((sum, one) => sum + one)).toBe(300);
    // The first ones find out how long a row takes.
    expect(portions.slice(2).filter((one) => one > most)).toEqual([]);
    expect(Math.max(...portions.slice(2))).toBe(most);
    expect(kept.map((one) => one.rows)).toEqual(store.applied.map(({ upTo }) => upTo));
    expect(new Set(kept.map(({ turn }) => turn)).size).toBe(kept.length);
  },
);

test("answers that come in one bunch are written one after the other, and between two of them the screens have their turn", async () => {
  const { store, take } = open();
  const { note } = opMaker();
  for (let n = 0; n < 400; n++) store.record(note("n".repeat(100) + n));
  let turns = 0;
  const writtenAt: number[] = [];
  const { settlePush } = store;
  store.settlePush = (results) => {
    writtenAt.push(turns);
    settlePush(results);
  };
  take("pull").answer(page("epoch-one", 0, []));
  await settle();
  const pushes = [take("push"), take("push"), take("push")];
  let no = 0;
  for (const { ask, answer } of pushes) {
    const { ops } = ask as { ops: { id: string; seq: number }[] };
    const results = ops.map(({ id }) => ({ opId: id, outcome: "accepted", no: ++no, confirmedAt: 1 }));
    answer(ok({ epoch: "epoch-one", head: no, body: { results, nextSeq: no + 1 } }));
  }
  for (; writtenAt.length < 3 && turns < 20; turns++) await settle();
  expect(writtenAt).toHaveLength(3);
  expect(new Set(writtenAt).size).toBe(3);
});

test("what is being answered is answered before a portion is applied, unless that takes long", async () => {
  for (const endsAfter of [3, Number.POSITIVE_INFINITY]) {
    let turns = 0;
    const { store, take, passes } = open({ isAnswering: () => turns < endsAfter });
    const row: LedgerOp = { ...opMaker().note("n1"), device: "other", no: 1, confirmedAt: 1 };
    take("pull").answer(page("epoch-one", 1, [row]));
    for (; store.cursor() < 1 && turns < 100; turns++) {
      passes(10);
      await settle();
    }
    expect(turns).toBe(endsAfter === 3 ? 4 : 11);
  }
});

test("a machine that asks in a circle is stopped for a while, and nothing is stormed", async () => {
  const { engine, started } = open();
  for (let turn = 0; turn < 1_000; turn++) void engine.tryNow();
  await settle();
  expect(started()).toBeLessThanOrEqual(200);
});

test("a waiting pull that comes back empty is no news to the screens; one that brings a row is", async () => {
  for (const brings of [false, true]) {
    const { take, told } = open();
    take("pull").answer(page("epoch-one", 0, []));
    await settle();
    const before = told();
    expect(before).toBeGreaterThan(0);
    const row: LedgerOp = { ...opMaker().note("n1"), device: "other", no: 1, confirmedAt: 1 };
    take("pull").answer(brings ? page("epoch-one", 1, [row]) : page("epoch-one", 0, []));
    await settle();
    expect(told() > before).toBe(brings);
  }
});

test("a district that asks an enrolling desk to wait is asked again no sooner, and the desk says why", async () => {
  const { engine } = open({ busyMs: 90_000 });
  engine.want({ url: "https://district.invalid", code: "ABCD", street, deskName: "一号席" });
  await settle();
  await settle();
  const { link } = engine.machine();
  expect(link).toMatchObject({ state: "offline", reasonId: "link.busy" });
  expect("retryAt" in link && link.retryAt).toBeGreaterThanOrEqual(90_000);
});
