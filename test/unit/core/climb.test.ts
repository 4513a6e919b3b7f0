import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Alarm } from "#shared/contract.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const pin = "2580";
let desk: TestDesk;

beforeEach(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin });
  // What the sample brings is put aside: here only what the test reports is late.
  for (const { id } of (await desk.get("event.list", { view: "open" })).rows)
    await desk.call("event.transition", { id, action: "close", given: { result: "清场" } });
});
afterEach(async () => {
  await desk.close();
  forget(desk.profileDir);
});

const pass = (minutes: number) => {
  for (let minute = 0; minute < minutes; minute++) desk.later(minuteMs);
};
const lines = async (of: Alarm["kind"], level: Alarm["eventLevel"]) =>
  (await desk.get("alarm.list")).alarms.filter(({ kind, eventLevel }) => kind === of && eventLevel === level);
const climbs = async (id: string) => (await desk.get("event.get", { id })).event.climbs;
const said = async (id: string) =>
  (await desk.get("event.get", { id })).timeline.filter(({ action }) => action === "climb").map(({ text }) => text.zh);

test("CL-11 what nobody accepts climbs from the desk to the shift leader, the leader on duty and the district, each rung in the log and an alarm", async () => {
  const { event } = await desk.get("event.report", { text: "有人落水", level: "critical", category: "water_rescue" });
  // Accepted within a minute; then each rung has its own: 1, 2 and 3 minutes.
  pass(2);
  expect(await climbs(event.id)).toMatchObject([{ of: "accept", asked: { raisedAt: [expect.any(Number)] } }]);
  expect(await lines("climbed", "critical")).toEqual([]);
  pass(1);
  expect(await lines("climbed", "critical")).toMatchObject([{ to: "shift_leader", level: "red", count: 1 }]);
  pass(2);
  expect(await lines("climbed", "critical")).toMatchObject([{ to: "leader_on_duty" }]);
  pass(3);
  const [district] = await lines("climbed", "critical");
  // This desk has no line: nobody at the centre was told, and the alarm does not say so.
  expect(district).toMatchObject({ to: null, level: "red", stops: "acknowledge", acknowledged: null });
  expect(await said(event.id)).toEqual([
    expect.stringMatching(/^受理超时\uff0c提醒值班台/),
    expect.stringMatching(/^受理超时未办\uff0c逐级上报值班长 \S+/),
    expect.stringMatching(/^受理超时未办\uff0c逐级上报带班领导 \S+/),
    "受理超时未办\uff0c逐级上报区中心",
  ]);
  // The last rung is an op in the outbox like every other: it reaches the district with the link.
  const waiting = (await desk.get("link.outbox", { limit: 500 })).items;
  expect(waiting.some(({ eventId, text }) => eventId === event.id && text.zh.includes("区中心"))).toBe(true);
  await desk.get("event.transition", { id: event.id, action: "accept" });
  expect(await lines("climbed", "critical")).toEqual([]);
});

test("CL-11 who has seen it stops the climb for the time of the rung; what is still not done then climbs on; a sleep skips nobody", async () => {
  const { event } = await desk.get("event.report", { text: "路面积水", level: "urgent", category: "waterlogging" });
  await desk.get("event.transition", { id: event.id, action: "accept" });
  // 10 minutes for the whole; the desk has 5 to say that it has seen it.
  pass(11);
  const [late] = await lines("late", "urgent");
  expect(late?.keys).toContain(`late/${event.id}/${event.dueAt}`);
  await desk.get("alarm.acknowledge", { keys: late?.keys ?? [] });
  pass(14);
  expect(await lines("climbed", "urgent")).toEqual([]);
  pass(3);
  expect(await lines("climbed", "urgent")).toMatchObject([{ to: "shift_leader" }]);
  // The PC slept for hours: one rung, never several.
  desk.later(300 * minuteMs);
  await desk.get("session.unlock", { pin });
  expect((await climbs(event.id))[0]?.asked.raisedAt).toHaveLength(3);
  // While it is paused, nothing is due and nothing climbs.
  const leader = (await desk.get("session.officers")).officers.find(({ grade }) => grade === "leader");
  await desk.get("session.signIn", { officerId: leader?.id ?? "", pin });
  await desk.get("event.transition", { id: event.id, action: "extend", given: { moreMin: 1440, reason: "雨还在下" } });
  pass(60);
  expect(await lines("climbed", "urgent")).toEqual([]);
  await desk.get("session.unlock", { pin });
  expect(await climbs(event.id)).toHaveLength(1);
});

test("CL-11 PS-11 a desk that has rested for long climbs and sounds at the first beat at which something is due, none later", async () => {
  const limits: { id: string; dueAt: number }[] = [];
  for (let index = 0; index < 6; index++) {
    const { event } = await desk.get("event.report", {
      text: `涝点 ${index}`,
      level: "urgent",
      category: "waterlogging",
    });
    await desk.get("event.transition", { id: event.id, action: "accept" });
    limits.push({ id: event.id, dueAt: (await desk.get("event.get", { id: event.id })).event.dueAt ?? 0 });
    desk.clock.now += 47_000;
  }
  const raisedAt = async (id: string) => (await climbs(id))[0]?.asked.raisedAt ?? [];
  const seenLate = new Map<string, number>();
  const beatMs = 2_000;
  for (let at = desk.clock.now; at < (limits.at(-1)?.dueAt ?? 0) + 3 * beatMs; at += beatMs) {
    desk.later(beatMs);
    for (const { keys } of await lines("late", "urgent"))
      for (const key of keys) if (!seenLate.has(key)) seenLate.set(key, desk.clock.now);
  }
  for (const { id, dueAt } of limits) {
    const [first = 0] = await raisedAt(id);
    expect(first).toBeGreaterThan(dueAt);
    expect(first).toBeLessThanOrEqual(dueAt + beatMs);
    expect(seenLate.get(`late/${id}/${dueAt}`)).toBe(first);
  }
});

test("CL-12 PS-11 a hundred urgent events in a minute are one line, none is lost, each is acknowledged by somebody or climbs", async () => {
  const ids: string[] = [];
  for (let index = 0; index < 100; index++) {
    const { event } = await desk.get("event.report", {
      text: `涝点 ${index} 积水`,
      level: "urgent",
      category: "waterlogging",
    });
    ids.push(event.id);
    desk.clock.now += 600;
  }
  const before = await lines("event", "urgent");
  expect(before).toHaveLength(1);
  expect(before[0]?.count).toBeGreaterThanOrEqual(100);
  expect(new Set(before[0]?.keys)).toEqual(new Set([...ids.map((id) => `event/${id}`), ...(before[0]?.keys ?? [])]));
  for (const id of ids) expect(before[0]?.keys).toContain(`event/${id}`);
  // Half of them somebody has seen; the others climb, all of them, still as one line.
  const seen = ids.slice(0, 50).map((id) => `event/${id}`);
  await desk.get("alarm.acknowledge", { keys: seen });
  pass(4);
  pass(6);
  const [told] = await lines("climbed", "urgent");
  expect(told).toMatchObject({ to: "shift_leader", count: 50, acknowledged: null });
  expect(new Set(told?.keys.map((key) => key.split("/")[1]))).toEqual(new Set(ids.slice(50)));
  expect(await lines("climbed", "urgent")).toHaveLength(1);
  await desk.get("alarm.acknowledge", { keys: told?.keys ?? [] });
  expect((await lines("climbed", "urgent"))[0]?.acknowledged).not.toBeNull();
});

test("CL-11 what the centre has and what still waits for the line are two alarms: neither is said of the other", async () => {
  const report = async (text: string) =>
    (await desk.get("event.report", { text, level: "critical", category: "water_rescue" })).event.id;
  const [one, other] = [await report("有人落水"), await report("有人下河")];
  pass(9);
  expect(await lines("climbed", "critical")).toMatchObject([{ to: null, count: 2 }]);
  const { profileDir, clock } = desk;
  await desk.close();
  const db = new Sqlite(join(profileDir, "desk.db"));
  db.prepare(`UPDATE op SET state = 'confirmed', no = 9000 + seq WHERE entity_id = ?`).run(one);
  db.close();
  desk = await openTestDesk({ profileDir, now: clock.now });
  await desk.get("session.signIn", { pin });
  const told = await lines("climbed", "critical");
  expect(told.map(({ to, count, eventId }) => [to, count, eventId]).toSorted()).toEqual(
    [
      ["district", 1, one],
      [null, 1, other],
    ].toSorted(),
  );
});
