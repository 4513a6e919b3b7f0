import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CallName, contract, type InputOf, type OutputOf } from "#shared/contract.ts";
import { tileKey, topLevel } from "#shared/domain/asset/tiles.ts";
import type { DeskError } from "#shared/errors.ts";
import { dayMs } from "#shared/lib/time.ts";
import { answeredDraft } from "../handover-input.ts";
import { type OpenDesk, openCoreDesk, openWebDesk } from "./desks.ts";

/** One suite for every door to the desk: what holds for the core holds for the browser shell, word for word. */
const world = { west: 100, south: 25, east: 112, north: 33 };
const doors = { "the core in process": openCoreDesk, "the browser shell over HTTP": openWebDesk } as const;

describe.each(Object.entries(doors))("%s", (_name, open) => {
  let desk: OpenDesk;
  let pin: string;

  /** Calls, and holds the answer against the contract: not a field less, not a field more. */
  async function ask<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const outcome = await desk.call(name, input);
    if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
    const parsed = contract[name].output.parse(outcome.value);
    expect(parsed, `${name} gives exactly what the contract says`).toEqual(outcome.value);
    return parsed as OutputOf<N>;
  }

  async function refused(name: string, input: unknown): Promise<DeskError> {
    const outcome = await desk.call(name, input);
    if (outcome.ok) throw new Error(`${name} was not refused`);
    return outcome.error;
  }

  const report = (text: string) => ask("event.report", { text, level: "urgent", place: { text: "中山路口" } });

  beforeAll(async () => {
    desk = await open();
  }, 60_000);
  afterAll(() => desk?.close());

  test("system.status: a ready sample desk says its PIN and its pragmas", async () => {
    const status = await ask("system.status", {});
    expect(status).toMatchObject({ phase: "ready", sample: true, recovery: null, street: { code: "500118004" } });
    expect(status.pragmas).toMatchObject({ journal_mode: "wal", synchronous: 2, locking_mode: "exclusive" });
    pin = status.demoPin ?? "";
    expect(pin).toMatch(/^\d{4,12}$/);
  });

  test("before sign-in: open questions are answered, the others are not", async () => {
    await ask("desk.now", {});
    await ask("roster.onDuty", {});
    for (const name of ["event.list", "event.report", "handover.draft", "asset.viewport", "log.list"]) {
      const input = name === "event.report" ? { text: "x" } : { west: 0, south: 0, east: 1, north: 1, zoom: 5 };
      expect((await refused(name, name === "asset.viewport" || name === "event.report" ? input : {})).id).toBe(
        "session.required",
      );
    }
  });

  test("session.signIn: a wrong PIN is told; without a name it is the shift leader on duty", async () => {
    expect((await refused("session.signIn", { pin: "0000" })).id).toBe("session.wrong_pin");
    const { officer } = await ask("session.signIn", { pin });
    const { shift } = await ask("roster.onDuty", {});
    expect(shift?.people.find((person) => person.role === "shift_leader")?.officerId).toBe(officer.id);
    expect((await ask("session.current", {})).officer).toEqual(officer);
    expect(officer).not.toHaveProperty("publicKey");
  });

  test("event.report → event.get → event.transition: a whole life, each step with its line of the log", async () => {
    const { event } = await report("学校门口堵车，家长孩子在车流里走");
    expect(event).toMatchObject({ state: "reported", level: "urgent", source: "phone", lead: null });
    expect(event.number).toMatch(/^\d{8}-[A-Z]+\d{3,}$/);
    expect(event.title.length).toBeGreaterThan(0);
    const lead = { kind: "joint_post", name: "交通巡逻岗" } as const;
    const steps = [
      ["accept", {}, "accepted"],
      ["assess", { board: "safety", category: event.category || "traffic", level: "critical", lead }, "assessed"],
      ["assign", {}, "assigned"],
      ["acknowledge", { party: "交通巡逻岗" }, "handling"],
      ["feedback", { text: "已疏导" }, "fed_back"],
      ["verify", {}, "verified"],
      ["close", { result: "道路畅通" }, "closed"],
    ] as const;
    for (const [action, given, state] of steps) {
      expect((await ask("event.get", { id: event.id })).actions).toContain(action);
      expect((await ask("event.transition", { id: event.id, action, given })).event.state).toBe(state);
    }
    const detail = await ask("event.get", { id: event.id });
    const told = detail.timeline.filter((entry) => entry.kind === "event").map((entry) => entry.action);
    expect(told.toSorted()).toEqual(["report", ...steps.map(([action]) => action)].toSorted());
    expect(detail.event).toMatchObject({ result: "道路畅通", closedAt: expect.any(Number) });
    expect(detail.actions).toEqual(["reopen", "link", "review"]);
  });

  test("event.transition: what the rules refuse changes nothing and says why", async () => {
    const { event } = await report("路灯不亮");
    expect(await refused("event.transition", { id: event.id, action: "verify" })).toMatchObject({
      kind: "ask",
      id: "event.not_from_here",
      params: { state: "reported" },
    });
    expect(await refused("event.transition", { id: event.id, action: "void", given: {} })).toMatchObject({
      id: "event.missing",
      field: "reason",
    });
    expect(await refused("event.transition", { id: "no-such", action: "accept" })).toMatchObject({
      id: "event.unknown",
    });
    expect((await refused("event.transition", { id: event.id, action: "report" })).id).toBe("input.invalid");
    const detail = await ask("event.get", { id: event.id });
    expect(detail.event).toEqual(event);
    expect(detail.timeline).toHaveLength(1);
  });

  test("event.list: pages of any size give every event once, in one order", async () => {
    for (const sort of ["urgency", "newest", "due"] as const) {
      const whole = await ask("event.list", { view: "all", sort, limit: 200 });
      expect(whole.rows.length).toBe(whole.total);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ask("event.list", { view: "all", sort, limit: 3, ...(cursor ? { cursor } : {}) });
        paged.push(...page.rows.map((row) => row.id));
        cursor = page.next ?? undefined;
      } while (cursor);
      expect(paged).toEqual(whole.rows.map((row) => row.id));
      expect(new Set(paged).size).toBe(paged.length);
    }
  });

  test("event.list: views, states, levels and words narrow it to what they say", async () => {
    const { event } = await report("盘溪河步道垃圾成堆");
    const open = await ask("event.list", { view: "open", limit: 200 });
    expect(open.rows.some((row) => row.id === event.id)).toBe(true);
    expect(open.rows.every((row) => row.state !== "closed" && row.state !== "void")).toBe(true);
    const found = await ask("event.list", { view: "all", search: "盘溪河步道" });
    expect(found.rows.map((row) => row.id)).toContain(event.id);
    const reported = await ask("event.list", { view: "all", states: ["reported"], levels: ["urgent"], limit: 200 });
    expect(reported.rows.length).toBeGreaterThan(0);
    expect(reported.rows.every((row) => row.state === "reported" && row.level === "urgent")).toBe(true);
    expect((await ask("event.list", { view: "all", search: "%_没有这样的字" })).total).toBe(0);
  });

  test("roster.onDuty, roster.coverage: one shift holds each instant; gaps lie inside what was asked", async () => {
    const { at, shift, next } = await ask("roster.onDuty", {});
    expect(shift && shift.startAt <= at && at < shift.endAt).toBe(true);
    expect(next?.startAt).toBeGreaterThanOrEqual(shift?.endAt ?? 0);
    const fromAt = at - dayMs;
    const toAt = at + dayMs;
    const { gaps } = await ask("roster.coverage", { fromAt, toAt });
    for (const gap of gaps) expect(fromAt <= gap.fromAt && gap.fromAt < gap.toAt && gap.toAt <= toAt).toBe(true);
    const far = await ask("roster.coverage", { fromAt: at + 4000 * dayMs, toAt: at + 4001 * dayMs });
    expect(far.gaps.length, "a day that nobody planned is all gap").toBeGreaterThan(0);
  });

  test("asset.viewport, asset.get: every pin counted once, at every zoom", async () => {
    const whole = await ask("asset.viewport", { ...world, zoom: 8 });
    expect(whole.total).toBeGreaterThanOrEqual(1788);
    for (const zoom of [3, 8, 12, 16]) {
      const seen = await ask("asset.viewport", { ...world, zoom });
      expect(seen.total).toBe(whole.total);
      expect(seen.marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(whole.total);
      expect(Object.values(seen.byKind).reduce((sum, count) => sum + count, 0)).toBe(whole.total);
    }
    const poles = await ask("asset.viewport", { ...world, zoom: 18, kinds: ["voice_pole"] });
    expect(Object.keys(poles.byKind)).toEqual(["voice_pole"]);
    const id = poles.marks.find((mark) => mark.id)?.id ?? "";
    expect((await ask("asset.get", { id })).asset).toMatchObject({ id, kind: "voice_pole" });
    expect((await refused("asset.get", { id: "no-such" })).id).toBe("asset.unknown");
  });

  test("handover.draft, handover.sign: outgoing first, then another of the incoming, then never again", async () => {
    const draft = await ask("handover.draft", {});
    const [offering] = draft.mayOffer;
    const accepting = draft.mayAccept.find((id) => id !== offering);
    if (!offering || !accepting) throw new Error("the sample roster has nobody to sign");
    const { handoverId } = draft;
    const statement = { reason: "契约测试不看钟点" };
    const sign = { handoverId, pin, statement };
    const whole = { ...sign, side: "outgoing" as const, officerId: offering, ...answeredDraft(draft) };
    if (draft.phase === "draft") {
      expect((await refused("handover.sign", { ...sign, side: "incoming", officerId: accepting })).id).toBe(
        "handover.order",
      );
      expect((await refused("handover.sign", { ...whole, pin: "0000" })).id).toBe("session.wrong_pin");
      const offered = await ask("handover.sign", { ...whole, remarks: "夜间关注涝点" });
      expect(offered.handover).toMatchObject({ phase: "offered", record: { remarks: "夜间关注涝点" } });
    }
    expect((await refused("handover.sign", whole)).id).toBe("handover.order");
    const { handover } = await ask("handover.sign", { ...sign, side: "incoming", officerId: accepting });
    expect(handover.phase).toBe("sealed");
    expect(handover.incoming?.recordHash).toBe(handover.outgoing.recordHash);
    const kept = await ask("handover.get", { id: handoverId });
    expect(kept).toMatchObject({ handover, check: { outgoing: "sound", incoming: "sound" } });
    expect((await refused("handover.sign", { ...sign, side: "incoming", officerId: accepting })).id).toBe(
      "handover.sealed",
    );
    expect((await refused("handover.act", { handoverId, action: "withdraw", text: "迟了" })).id).toBe(
      "handover.sealed",
    );
    const [item] = (await ask("carry.list", {})).items;
    if (!item) throw new Error("the sample handover left nothing over");
    expect((await refused("carry.act", { id: item.id, action: "contest", text: "" })).id).toMatch(/^(carry|event)\./);
  });

  test("link.status, link.syncNow: what was recorded here is counted, sent and confirmed with a number", async () => {
    const { event } = await report("要送到区中心的一件");
    let status = await ask("link.status", {});
    expect(status.recorded).toBeGreaterThanOrEqual(status.confirmed + status.waiting + status.refused);
    for (let tries = 0; tries < 40 && (status.waiting > 0 || status.link.state !== "online"); tries++) {
      status = await ask("link.syncNow", {});
      if (status.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(status).toMatchObject({ waiting: 0, refused: 0, link: { state: "online" } });
    expect(status.confirmed).toBe(status.recorded);
    const { sync } = await ask("event.get", { id: event.id });
    expect(sync).toMatchObject({ state: "confirmed", no: expect.any(Number) });
  });

  const aFile = async () => {
    const { fileId } = await ask("file.begin", { fileName: "a.csv", bytes: 3 });
    await ask("file.piece", { fileId, offset: 0, base64: Buffer.from("a,b").toString("base64") });
    return fileId;
  };
  const aBasemap = async () =>
    (await ask("basemap.addOnline", { name: "网", templates: ["http://127.0.0.1:9/{z}/{x}/{y}"] })).basemap.id;

  const anAttachment = async () => {
    const bytes = Buffer.from("%PDF-1.7 one page");
    const { fileId } = await ask("file.begin", { fileName: "一页.pdf", bytes: bytes.length });
    await ask("file.piece", { fileId, offset: 0, base64: bytes.toString("base64") });
    return (await ask("attachment.stage", { fileId, key: "intake", name: "一页.pdf" })).staged.id;
  };

  test("every query of the contract answers in its own shape", async () => {
    const inputs: Partial<Record<CallName, unknown>> = {
      find: { text: "学校" },
      "event.get": { id: (await ask("event.list", {})).rows[0]?.id },
      "event.place": { id: (await ask("event.list", {})).rows[0]?.id },
      "event.timeline": { id: (await ask("event.list", {})).rows[0]?.id },
      "event.propose": { text: "路口积水很深" },
      "draft.load": { key: "report" },
      "roster.month": { month: "2026-11" },
      "roster.generate": { month: "2027-03" },
      "roster.history": { month: "2026-11" },
      "roster.weigh": { kind: "relief", slot: "2026-11-25/day/main_operator/0", officerId: "cs-01" },
      "roster.fairness": { month: "2026-11" },
      "roster.excel": { month: "2026-11" },
      "roster.calendar": { month: "2026-11" },
      "roster.wishes": { month: "2026-11" },
      "sheet.readStaff": {
        fileName: "人员.csv",
        base64: Buffer.from("\ufeff姓名,职务,人员类别,电话\n王小明,值班员,专职,13800000009\n").toString("base64"),
      },
      "holiday.read": { text: "一、元旦：1月1日至3日放假。", year: "2027" },
      "sheet.readRoster": {
        fileName: "2026年12月值班表.csv",
        base64: Buffer.from("\ufeff日期,班次,值班长\n2026-12-01,白班,贺成\n2026-12-02,白班,龙泽宇\n").toString(
          "base64",
        ),
      },
      "intake.think": { text: "路口积水", phone: "13800000000", place: { point: { lng: 105.87776, lat: 29.41064 } } },
      "intake.places": { text: "zsl" },
      "table.get": { table: "category" },
      "table.check": { table: "criteria", cells: [["a", "时效", "", "二十", ""]] },
      "table.readSheet": {
        table: "criteria",
        fileName: "标准.csv",
        base64: Buffer.from("\ufeff代码,项目,满分\nspeed,时效,25\n").toString("base64"),
      },
      "table.sheet": { table: "sop" },
      "table.edition": { table: "sop", opId: "never-set" },
      "table.rebase": { table: "criteria", cells: [["a", "时效", "", "二十", ""]], was: "0".repeat(16) },
      "handover.get": { id: (await ask("handover.list", {})).handovers[0]?.id },
      "handover.word": { id: (await ask("handover.list", {})).handovers[0]?.id },
      "asset.viewport": { west: 105, south: 29, east: 106, north: 30, zoom: 10 },
      "asset.rows": { rows: [1, 999_999_999] },
      "asset.tiles": { level: topLevel, keys: [tileKey(topLevel, 203, 106)] },
      "asset.get": { id: (await ask("asset.viewport", { ...world, zoom: 18, kinds: ["voice_pole"] })).marks[0]?.id },
      "asset.shapes": { west: 105.8, south: 29.3, east: 105.95, north: 29.5 },
      "map.near": { lng: 105.87776, lat: 29.41064, category: "forest_fire" },
      "work.plan": { ids: ["CS-VP-001", "CS-VP-002"], per: "grid", title: "检查" },
      "file.read": { fileId: await aFile(), offset: 0 },
      "basemap.tile": { id: await aBasemap(), z: 3, x: 1, y: 1 },
      "overlay.picture": { hash: "0".repeat(64) },
      "attachment.staged": { key: "intake" },
      "attachment.list": { eventId: (await ask("event.list", {})).rows[0]?.id },
      "attachment.read": { id: await anAttachment() },
      "map.cover": { lng: 105.87776, lat: 29.41064 },
      "link.conflict": { opId: "none-was-refused" },
    };
    /** There is nothing here to answer with, which must be said by its name; the answer's shape is tested in its own suite. */
    const nothing: Partial<Record<CallName, string>> = {
      "link.conflict": "link.unknown_op",
      "table.edition": "table.not_kept",
    };
    for (const [name, row] of Object.entries(contract) as [CallName, (typeof contract)[CallName]][]) {
      if (row.kind !== "query") continue;
      const outcome = await desk.call(name, inputs[name] ?? {});
      if (!outcome.ok && outcome.error.id === nothing[name]) continue;
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error.id}`);
      expect(row.output.parse(outcome.value), name).toEqual(outcome.value);
    }
  });

  test("what is not of the contract is refused: unknown names, unknown fields, wrong types", async () => {
    for (const name of ["event.delete", "toString", "__proto__", "constructor", "event"]) {
      expect((await refused(name, {})).id, name).toBe("contract.unknown");
    }
    expect(await refused("event.report", { text: "x", admin: true })).toMatchObject({ id: "input.invalid" });
    expect(await refused("event.report", { text: "" })).toMatchObject({ id: "input.invalid", field: "text" });
    expect(await refused("event.list", { limit: 100_000 })).toMatchObject({ id: "input.invalid", field: "limit" });
    expect(await refused("event.list", [])).toMatchObject({ id: "input.invalid" });
  });

  test("session.signOut closes the door behind", async () => {
    await ask("session.signOut", {});
    expect((await ask("session.current", {})).officer).toBeNull();
    expect((await refused("event.list", {})).id).toBe("session.required");
  });
});
