import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsBetween } from "#core/queries/faults.ts";
import { hazardsDue } from "#core/queries/hazards.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { applyPulled, settlePush, waitingOps } from "#core/store/outbox.ts";
import { dayMs, hourMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

let desk: TestDesk;
const statusOf = async (id: string) => (await desk.get("asset.get", { id })).asset.status;

/** The desk's own database, opened by the test while the core is closed. */
async function inDatabase<T>(work: (db: Db) => T): Promise<T> {
  await desk.close();
  const opened = openDatabase(join(desk.profileDir, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const answer = work(opened.value.db);
  opened.value.db.close();
  desk = await openTestDesk({ profileDir: desk.profileDir });
  await desk.get("session.signIn", { pin: "2580" });
  return answer;
}

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

describe("a fault and its device", () => {
  test("FA-4: the device shows the fault at once, through the repair, and is well after it; the history stays", async () => {
    const id = "CS-VP-005";
    expect(await statusOf(id)).toBe("ok");
    const { fault } = await desk.get("fault.report", { assetId: id, text: "不响" });
    expect(fault).toMatchObject({
      assetKind: "voice_pole",
      assetName: "语音杆 005·官山坡",
      place: { point: expect.anything() },
    });
    expect(fault.place.grid).not.toBe("");
    expect(await statusOf(id)).toBe("fault");
    await desk.get("fault.act", { id: fault.id, action: "dispatch", given: { to: "通信公司" } });
    expect(await statusOf(id)).toBe("fault");
    await desk.get("fault.act", { id: fault.id, action: "repair", given: { text: "换了功放" } });
    expect(await statusOf(id)).toBe("ok");
    const { rows } = await desk.get("fault.list", { assetId: id });
    expect(rows).toMatchObject([
      { fault: { id: fault.id, steps: [{ action: "dispatch" }, { action: "repair" }] }, actions: [] },
    ]);
    const { entries } = await desk.get("log.list", { kinds: ["asset"], limit: 3 });
    expect(entries.map(({ text }) => text.zh)).toEqual([
      "语音杆 005·官山坡已修复：换了功放",
      "语音杆 005·官山坡派修给通信公司",
      "语音杆 005·官山坡故障：不响",
    ]);
    expect(await desk.refusal("fault.report", { assetId: "no-such", text: "不响" })).toBe("asset.unknown");
  });

  test("FA-4: two faults: the device is well again after the second repair only; a void one gives back what was", async () => {
    const id = "CS-VP-002";
    const one = (await desk.get("fault.report", { assetId: id, text: "不响" })).fault.id;
    const two = (await desk.get("fault.report", { assetId: id, text: "杆斜" })).fault.id;
    await desk.get("fault.act", { id: one, action: "repair", given: { text: "好了" } });
    expect(await statusOf(id)).toBe("fault");
    await desk.get("fault.act", { id: two, action: "void", given: { text: "误报" } });
    expect(await statusOf(id)).toBe("ok");
    expect((await desk.get("fault.list", {})).rows.map(({ fault }) => fault.id)).not.toContain(one);
  });

  test("FA-4: a report that the district refuses is taken back with the status; a pulled one shows here too", async () => {
    const id = "CS-VP-003";
    const { fault } = await desk.get("fault.report", { assetId: id, text: "不响" });
    const pulled = await inDatabase((db) => {
      const op = waitingOps(db, "here", 100_000).find(
        (one) => one.kind === "fault.report" && (one.body as { faultId: string }).faultId === fault.id,
      );
      if (!op) throw new Error("no op");
      settlePush(db, [
        { opId: op.id, outcome: "refused", error: { kind: "ask", id: "op.author" }, state: null } as never,
      ]);
      return op;
    });
    expect(await statusOf(id)).toBe("ok");
    await inDatabase((db) => {
      const officer = waitingOps(db, "here", 100_000).find(
        (one) => one.kind === "officer.put" && (one.body as { id: string }).id === pulled.by,
      );
      if (!officer) throw new Error("no officer");
      const other = { ...pulled, id: "01935c3e-0000-7000-8000-0000000000aa", device: "elsewhere", seq: 7 };
      const body = { ...(pulled.body as object), faultId: "from-elsewhere" };
      applyPulled(
        db,
        [
          { ...officer, no: 1, confirmedAt: 1 },
          { ...other, body, no: 2, confirmedAt: 2 },
        ],
        2,
      );
    });
    expect(await statusOf(id)).toBe("fault");
  });

  test("faultsBetween: what broke or was repaired within a stretch of time, each once", async () => {
    const { fault } = await desk.get("fault.report", { assetId: "CS-VP-004", text: "不响" });
    desk.clock.now += hourMs;
    await desk.get("fault.act", { id: fault.id, action: "repair", given: { text: "好了" } });
    desk.clock.now += hourMs;
    const ids = await inDatabase((db) => {
      const among = (from: number, to: number) => faultsBetween(db, from, to).some(({ id }) => id === fault.id);
      return [
        among(saturday, saturday + 1),
        among(saturday + 1, saturday + hourMs),
        among(saturday + hourMs, saturday + hourMs + 1),
        faultsBetween(db, saturday, saturday + dayMs).filter(({ id }) => id === fault.id).length,
      ];
    });
    expect(ids).toEqual([true, false, true, 1]);
  });
});

describe("hazards", () => {
  test("HZ-1, HZ-3: reported with the last day in words, due at its end, found by the handover until checked off", async () => {
    const place = { text: "观音阁", point: { lng: 105.8715, lat: 29.4659 } };
    const before = await desk.get("hazard.list", {});
    const { hazard } = await desk.get("hazard.report", { title: "灭火器过期", place, dueOn: "2026-11-24" });
    expect(hazard).toMatchObject({ state: "found", dueAt: Date.parse("2026-11-24T16:00:00Z"), grade: "general" });
    expect(hazard.number).toMatch(/^YH20261121-[A-Z]+001$/);
    expect(hazard.place.community).not.toBe("");
    expect(await desk.refusal("hazard.report", { title: "过去", dueOn: "2026-11-20" })).toBe("hazard.due");
    const after = await desk.get("hazard.list", {});
    expect(after.open).toBe(before.open + 1);
    const due = (until: number) => inDatabase((db) => hazardsDue(db, until).map(({ id }) => id));
    expect(await due(hazard.dueAt)).not.toContain(hazard.id);
    expect(await due(hazard.dueAt + 1)).toContain(hazard.id);
    await desk.get("hazard.act", { id: hazard.id, action: "rectify", given: { text: "已换新" } });
    expect(await due(hazard.dueAt + 1)).toContain(hazard.id);
    await desk.get("hazard.act", { id: hazard.id, action: "clear" });
    expect(await due(hazard.dueAt + 1)).not.toContain(hazard.id);
    expect((await desk.get("hazard.list", {})).open).toBe(before.open);
  });
});
