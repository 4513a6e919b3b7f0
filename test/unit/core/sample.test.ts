import { afterAll, beforeAll, expect, test } from "vitest";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ demo: "played" });
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

test("the seven true cases stand in the queue at their stages, with timelines", async () => {
  const { rows, total } = await desk.get("event.list", { view: "all" });
  expect(total).toBe(7);
  expect(rows.map(({ state }) => state).sort()).toEqual([
    "assigned",
    "closed",
    "closed",
    "fed_back",
    "handling",
    "handling",
    "whistled",
  ]);
  expect(rows.every(({ sample }) => sample)).toBe(true);
  for (const row of rows) {
    const { timeline, event } = await desk.get("event.get", { id: row.id });
    expect(timeline[0]?.action).toBe("report");
    expect(timeline.length).toBeGreaterThan(2);
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(event.place.point).not.toBeNull();
  }
  expect((await desk.get("map.events")).rows).toHaveLength(7);
});

test("the swimmer was out of the water within five minutes", async () => {
  const { rows } = await desk.get("event.list", { view: "all", search: "游泳" });
  expect(rows).toHaveLength(1);
  const { event } = await desk.get("event.get", { id: rows[0]?.id ?? "" });
  expect((event.closedAt ?? Number.POSITIVE_INFINITY) - event.reportedAt).toBeLessThanOrEqual(5.5 * 60_000);
});

test("1,788 pins: 73 voice poles, 58 tanks, 1,657 cameras; fire roads of 89.54 km", async () => {
  const { byKind } = await desk.get("asset.viewport", { west: 105, south: 29, east: 107, north: 30, zoom: 12 });
  expect([byKind.voice_pole, byKind.water_tank, byKind.camera]).toEqual([73, 58, 1657]);
  const { totals } = await desk.get("asset.shapes", { west: 105, south: 29, east: 107, north: 30 });
  expect(totals.find(({ kind }) => kind === "fire_road")).toEqual({ kind: "fire_road", count: 22, sum: 89.54 });
});

test("RO-4 the sample month has no gap; taking one person out shows it at once, putting them back closes it", async () => {
  expect((await desk.get("roster.coverage")).gaps).toEqual([]);
  const slot = { on: "2026-11-25", shift: "night", role: "main_operator", index: 0 } as const;
  const month = await desk.get("roster.month", { month: "2026-11" });
  const person = month.shifts
    .find(({ on, shift }) => on === slot.on && shift === slot.shift)
    ?.people.find(({ role }) => role === slot.role);
  expect(person).toBeDefined();
  await desk.get("roster.assign", { ...slot, officerId: null });
  const { gaps } = await desk.get("roster.coverage");
  expect(gaps).toMatchObject([{ on: "2026-11-25", shift: "night", role: "main_operator", missing: 1 }]);
  expect(gaps[0] && gaps[0].toAt - gaps[0].fromAt).toBe(12 * 3_600_000);
  expect((await desk.get("desk.now")).counts.gaps).toBe(1);
  await desk.get("roster.assign", { ...slot, officerId: person?.officerId ?? "" });
  expect((await desk.get("roster.coverage")).gaps).toEqual([]);
});

test("RO-7 a slot that changed meanwhile is not overwritten, and nobody stands twice in a shift", async () => {
  const slot = { on: "2026-11-26", shift: "day", role: "main_operator", index: 0 } as const;
  expect(await desk.refusal("roster.assign", { ...slot, officerId: "cs-08", was: "cs-nobody" })).toBe("roster.changed");
  const month = await desk.get("roster.month", { month: "2026-11" });
  const deputy = month.shifts
    .find(({ on, shift }) => on === slot.on && shift === slot.shift)
    ?.people.find(({ role }) => role === "deputy_operator");
  expect(await desk.refusal("roster.assign", { ...slot, officerId: deputy?.officerId ?? "" })).toBe("roster.twice");
});

test("the home screen answers who, until when, what is late", async () => {
  const now = await desk.get("desk.now");
  expect(now.current).toMatchObject({ on: "2026-11-21", shift: "day" });
  expect(now.current?.people.map(({ role }) => role)).toEqual([
    "leader_on_duty",
    "shift_leader",
    "main_operator",
    "deputy_operator",
  ]);
  expect(now.handoverDueAt).toBe(Date.parse("2026-11-21T12:30:00Z"));
  expect(now.counts).toMatchObject({ open: 5, late: 1, toAcknowledge: 1 });
  expect(now.needs[0]?.dueAt).toBeLessThan(saturday);
  expect(now.handoverOverdueOn).toBeNull();
});

test("search finds one Chinese character and pinyin initials", async () => {
  expect((await desk.get("event.list", { view: "all", search: "河" })).total).toBeGreaterThan(0);
  expect((await desk.get("event.list", { view: "all", search: "没有这样的字句" })).total).toBe(0);
  const { found } = await desk.get("find", { text: "qys" });
  expect(found).toContainEqual(expect.objectContaining({ kind: "officer", title: "秦远山" }));
  const of = async (text: string) =>
    (await desk.get("find", { text })).found.map(({ kind, title }) => `${kind} ${title}`);
  expect(await of("zhrk"), "an event by its place").toContainEqual(expect.stringMatching(/^event .*竹海入口/));
  expect(await of("fhsx"), "an asset").toContainEqual(expect.stringMatching(/^asset .*防火水箱/));
  expect(await of("zzzzzz")).toEqual([]);
});
