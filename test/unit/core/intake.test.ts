import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dayMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk;
const point = { lng: 105.87776, lat: 29.41064 };
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
}, 60_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});
const think = (more: Parameters<typeof desk.get<"intake.think">>[1]) => desk.get("intake.think", more);

describe("what the desk makes of a half-typed event", () => {
  test("IN-1: categories come with the words that speak for them; a chosen one stays", async () => {
    const { categories, limitMin } = await think({ text: "暴雨积水，下穿道内涝，有人落水", level: "urgent" });
    expect(categories[0]).toEqual({ code: "waterlogging", words: ["积水", "内涝", "暴雨", "下穿道"] });
    expect(categories.map(({ code }) => code)).toContain("water_rescue");
    expect(limitMin).toBe(10);
    expect((await think({ text: "积水", category: "fire_alarm", level: "critical" })).limitMin).toBe(10);
    expect((await think({ text: "没有关键词" })).categories).toEqual([]);
    const stuck = await think({ text: "大树倒伏，双向不通，有人被困车内" });
    expect(stuck.categories[0]).toEqual({ code: "traffic_accident", words: ["被困车"] });
    expect(stuck.level).toBe("urgent");
  });

  test("IN-1: smoke in a house calls the fire brigade, smoke on a hill the forest's people", async () => {
    const first = async (text: string) => (await think({ text })).categories[0]?.code;
    for (const text of ["茶竹路12号居民楼三楼冒烟，有人呼救", "厨房冒烟", "邻居家里冒烟"])
      expect(await first(text), text).toBe("fire_alarm");
    for (const text of ["后山冒烟", "竹林里冒烟，像是野外用火"]) expect(await first(text), text).toBe("forest_fire");
  });

  test("IN-1: what a flood does is known by its words; an old person is not therefore a missing one", async () => {
    const first = async (text: string) => (await think({ text })).categories[0]?.code;
    for (const text of ["大桥路涵洞被淹，三轮车漂起来了", "县道三公里处桥面被洪水漫过，一辆面包车被困车里"])
      expect(await first(text), text).toBe("waterlogging");
    for (const text of ["石桥街27号老人被困屋顶", "老人小孩出行不便"])
      expect(await first(text), text).not.toBe("missing_person");
    for (const text of ["老人走失，家属在找", "小孩不见了"]) expect(await first(text), text).toBe("missing_person");
  });

  test("IN-1: the usual level of the category comes with it and sets the limit; a level that was chosen stays", async () => {
    const proposed = await think({ text: "有人下河游泳" });
    expect(proposed).toMatchObject({ level: "critical", limitMin: 5 });
    expect(await think({ text: "有人下河游泳", level: "normal" })).toMatchObject({ level: "normal", limitMin: 30 });
    expect((await think({ text: "没有关键词" })).level).toBe("normal");
  });

  test("IN-7: the words name a community, with its grid; a place that was given goes before them", async () => {
    const { community = "", grid = "", ...who } = (await think({ place: { point } })).cover ?? {};
    const both = await think({ text: `${community}${grid}旁边路面积水` });
    expect(both.named).toEqual({ community, grid });
    expect(both.cover).toEqual({ community, grid, ...who });
    expect(both.responsible?.coHandlers).toContainEqual({ kind: "grid", name: `${community}${grid}` });
    expect((await think({ text: `${community}三组积水` })).named).toEqual({ community, grid: "" });
    expect((await think({ text: `${community}积水`, place: { point } })).named).toBeNull();
    expect((await think({ text: "某某村积水" })).named).toBeNull();
  });

  test("IN-5 TB-5: a point, or a grid that is named, says who covers it and who leads", async () => {
    const at = await think({ text: "路面积水", place: { point } });
    expect(at.cover).toMatchObject({ worker: expect.stringMatching(/./), phone: expect.stringMatching(/\d/) });
    const { community = "", grid = "" } = at.cover ?? {};
    expect((await think({ text: "路面积水", place: { community, grid } })).cover).toEqual(at.cover);
    expect(at.responsible).toMatchObject({ lead: { name: "防汛抗旱岗" }, row: "", label: "默认" });
    expect(at.responsible?.coHandlers).toContainEqual({ kind: "grid", name: `${community}${grid}` });
  });

  test("IN-2: the caller's events, open ones first; a number that only looks alike is another's", async () => {
    const call = async (text: string, callerPhone: string) =>
      (await desk.get("event.report", { text, callerPhone, category: "utilities" })).event;
    const old = await call("停水", "023-4988 1234");
    await call("停电", "023-4988 12345");
    const open = await call("井盖坏了", "02349881234");
    await desk.get("event.transition", { id: old.id, action: "accept", given: {} });
    await desk.get("event.transition", { id: old.id, action: "close", given: { result: "来水" } });
    const { caller } = await think({ phone: "023-4988 1234" });
    expect(caller.rows.map(({ id }) => id)).toEqual([open.id, old.id]);
    expect(caller.total).toBe(2);
    expect((await think({ phone: "110" })).caller.total).toBe(0);
  });

  test("IN-3 IN-4 BO-9: an open one close by is named; a closed one within the days of the table is a relapse, later it is not", async () => {
    const near = { lng: point.lng + 0.001, lat: point.lat };
    const far = { lng: point.lng + 0.02, lat: point.lat };
    const { event } = await desk.get("event.report", {
      text: "下穿道积水",
      category: "waterlogging",
      place: { point },
    });
    expect((await think({ category: "waterlogging", place: { point: near } })).duplicates[0]?.id).toBe(event.id);
    expect(
      (await think({ category: "waterlogging", place: { point: far } })).duplicates.map(({ id }) => id),
    ).not.toContain(event.id);
    expect((await think({ category: "gas_leak", place: { point } })).duplicates).toEqual([]);
    await desk.get("event.transition", { id: event.id, action: "accept", given: {} });
    await desk.get("event.transition", { id: event.id, action: "close", given: { result: "抽干" } });
    desk.clock.now += 3 * dayMs;
    const { relapses } = await think({ category: "waterlogging", place: { point: near } });
    expect(relapses[0]).toMatchObject({ row: { id: event.id }, days: 3, within: 30 });
    const again = await desk.get("intake.take", {
      text: "又积水",
      category: "waterlogging",
      place: { point },
      relapseOf: event.id,
    });
    const { timeline, bonds } = await desk.get("event.get", { id: again.event.id });
    const text = "同一处的同类事件，办结 3 天后又发生";
    expect(bonds.links).toMatchObject([{ id: event.id, kind: "relapse", way: "there", text }]);
    expect(timeline.map((line) => line.text.zh)).toContain(`关联 ${event.number}（回潮自）。${text}`);
    const before = await desk.get("event.get", { id: event.id });
    expect(before.bonds.links).toMatchObject([{ id: again.event.id, kind: "relapse", way: "back", text }]);
    const found = async (relapse: boolean) =>
      (await desk.get("event.list", { view: "all", relapse, limit: 200 })).rows.map(({ id }) => id);
    const marked = async () =>
      (await desk.get("event.list", { view: "all", limit: 200 })).rows.filter((row) => row.relapse).map(({ id }) => id);
    expect(await found(true)).toEqual([again.event.id]);
    expect(await marked()).toEqual([again.event.id]);
    expect(await found(false)).not.toContain(again.event.id);
    const course = async (id: string) => (await desk.get("event.timeline", { id })).text;
    expect(await course(again.event.id)).toMatch(new RegExp(`回潮自.*${event.number}`));
    expect(await course(event.id)).toMatch(new RegExp(`又再发生.*${again.event.number}`));
    // Flagged in error: it is taken off by hand, and nothing finds it any more.
    await desk.get("event.transition", {
      id: again.event.id,
      action: "unlink",
      given: { other: { eventId: event.id, number: event.number } },
    });
    expect(await found(true)).toEqual([]);
    expect(await marked()).toEqual([]);
    expect(
      await desk.refusal("event.transition", {
        id: event.id,
        action: "link",
        given: { other: { eventId: again.event.id }, linkKind: "relapse" },
      }),
    ).toBe("event.relapse_order");
    desk.clock.now += 28 * dayMs;
    expect(
      (await think({ category: "waterlogging", place: { point: near } })).relapses.map(({ row }) => row.id),
    ).not.toContain(event.id);
  });

  test("IN-5: places by characters, by initials, by the code of an asset, by an address used before", async () => {
    const first = async (text: string) => (await desk.get("intake.places", { text })).places;
    const grids = await first("网格");
    expect(grids[0]).toMatchObject({ kind: "grid", community: expect.stringMatching(/./) });
    const asset = (await first("CS-VP-001"))[0];
    expect(asset).toMatchObject({ kind: "asset", id: "CS-VP-001", point: { lng: expect.any(Number) } });
    await desk.get("event.report", { text: "路灯不亮", place: { text: "老茶厂宿舍三栋" } });
    expect((await first("lccss"))[0]).toMatchObject({ kind: "address", title: "老茶厂宿舍三栋" });
    expect(await first("没有这样的地方")).toEqual([]);
    const { id } = await desk.get("asset.put", {
      kind: "watch_tower",
      name: "竹海重阳入口",
      point: { lng: 105.87, lat: 29.44 },
    });
    // 重 is read chong here, zhong alone.
    for (const typed of ["zhcyrk", "cyrk", "zyrk"])
      expect(await first(typed), typed).toContainEqual(expect.objectContaining({ kind: "asset", id }));
  });

  test("IN-6: with a lead an event is on its way in one transaction; a step that fails leaves nothing", async () => {
    const total = async () => (await desk.get("event.list", { view: "all" })).total;
    const before = await total();
    const lead = { kind: "post", name: "防汛抗旱岗" } as const;
    const { event } = await desk.get("intake.take", { text: "道路积水", level: "urgent", dispatch: { lead } });
    expect(event).toMatchObject({ state: "assigned", board: "safety", lead, level: "urgent" });
    const { timeline } = await desk.get("event.get", { id: event.id });
    expect(timeline.map(({ action }) => action)).toEqual(["report", "accept", "assess", "assign"]);
    const bare = await desk.get("intake.take", { text: "说不清的一件", dispatch: { lead } });
    expect(bare.event).toMatchObject({ state: "assigned", board: null, category: "" });
    const refused = await desk.refusal("intake.take", { text: "又一件", relapseOf: "none", dispatch: { lead } });
    expect(refused).toBe("event.unknown");
    expect(await total()).toBe(before + 2);
  });
});
