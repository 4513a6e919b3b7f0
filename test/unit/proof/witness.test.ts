import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chainHead } from "#core/store/chain.ts";
import { checkChain } from "#core/store/chain-check.ts";
import { keepReceipt, unwitnessed } from "#core/store/chain-witness.ts";
import { check } from "../../../tools/verify/check.ts";
import { drawer, seed } from "../../seed.ts";
import { type History, openHistory } from "./history.ts";

let desk: History;
beforeEach(async () => {
  desk = await openHistory(drawer(seed + 20));
});
afterEach(() => desk.close());

const findings = async () => {
  const { receipts, keys } = await desk.given();
  return check(desk.file(), receipts, keys);
};
const seenHere = () => checkChain(desk.db, async () => {});

test("PR-20: new entries get one receipt; the same head again gets the same one, an answer that was lost is asked for again", async () => {
  desk.note("一");
  expect(await desk.show(true)).toBe("extends");
  expect(unwitnessed(desk.db, [])).not.toBeNull();
  expect(await desk.show()).toBe("extends");
  expect(unwitnessed(desk.db, [])).toBeNull();
  expect((await desk.given()).receipts).toHaveLength(1);
  desk.note("二");
  expect(await desk.show(true)).toBe("extends");
  desk.note("三");
  expect(await desk.show(), "the district asks to see its own last place").toBe("extends");
  expect((await desk.given()).receipts.map(({ receipt }) => receipt.no)).toEqual([1, 2, 3]);
  expect(await findings()).toMatchObject({ verdict: "sound", share: 1 });
});

test("PR-20: a receipt of another log, of another district or with a foreign signature is not kept", async () => {
  desk.note("一");
  const ask = unwitnessed(desk.db, []);
  const answer = ask && (await desk.witness("d1", ask, 1));
  if (answer?.outcome !== "receipt") throw new Error("no receipt");
  const { receipt } = answer;
  expect(keepReceipt(desk.db, answer, "another district")).toBe(false);
  const stream = `${receipt.stream.slice(0, -1)}${receipt.stream.endsWith("0") ? 1 : 0}`;
  for (const bent of [{ head: "0".repeat(64) }, { at: 7 }, { stream }])
    expect(keepReceipt(desk.db, { ...answer, receipt: { ...receipt, ...bent } }, receipt.server)).toBe(false);
  expect(keepReceipt(desk.db, answer, receipt.server)).toBe(true);
});

test("PR-20: a log that is shorter than what the district has seen is behind, one that goes another way is a fork; both are kept and named", async () => {
  desk.note("一");
  expect(await desk.show()).toBe("extends");
  desk.db.prepare("VACUUM INTO ?").run(join(desk.dir, "kept.db"));
  desk.note("二");
  desk.note("三");
  expect(await desk.show()).toBe("extends");
  const before = chainHead(desk.db);

  const { dir } = desk;
  desk.db.close();
  copyFileSync(join(dir, "kept.db"), join(dir, "desk.db"));
  desk.reopen();
  desk.note("恢复之后");
  expect(await desk.show()).toBe("behind");
  expect((await seenHere()).fault).toEqual({ seq: (before?.seq ?? 0) - 1, why: "behind-receipt" });
  expect((await findings()).bad?.why).toBe("behind-receipt");

  desk.note("又一条");
  desk.note("再一条");
  expect(await desk.show()).toBe("fork");
  expect((await seenHere()).fault?.why).toBe("fork");
  expect(await findings()).toMatchObject({ verdict: "broken", bad: { why: "fork", seq: before?.seq } });

  // The second branch goes on as its own; the first is still there.
  desk.note("继续");
  expect(await desk.show()).toBe("extends");
  const kept = desk.district.prepare(
    "SELECT branch, max(seq) AS seq FROM witness WHERE branch IS NOT NULL GROUP BY branch",
  );
  expect(kept.all()).toHaveLength(2);
  expect(desk.district.prepare("SELECT what FROM audit").pluck().all()).toEqual(["log_behind", "log_fork"]);
  expect(() => desk.district.prepare("DELETE FROM witness").run()).toThrow("append-only");
});
