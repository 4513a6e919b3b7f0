import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { presenceOf } from "#core/queries/presence.ts";
import { openDatabase } from "#core/store/database.ts";
import type { Alarm } from "#shared/contract.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

/** 20:15 in China: the night shift comes at 20:30. */
const evening = Date.parse("2026-11-21T12:15:00Z");
const pin = "2580";
let desk: TestDesk;
let profileDir: string;

/** A sample desk is made once; each test has its own copy. */
let sample: string;
beforeAll(async () => {
  const made = await openTestDesk();
  await made.close();
  sample = made.profileDir;
});
afterAll(() => forget(sample));
beforeEach(async () => {
  profileDir = `${sample}-copy`;
  cpSync(sample, profileDir, { recursive: true });
  desk = await openTestDesk({ profileDir });
});
afterEach(async () => {
  await desk.close();
  forget(profileDir);
});

const alarms = async () => (await desk.get("alarm.list")).alarms;
const alarm = async (kind: Alarm["kind"]) => (await alarms()).find((one) => one.kind === kind);
const people = async (which: "current" | "next") => (await desk.get("presence.now"))[which]?.people ?? [];
const roleOf = async (which: "current" | "next", role: string) => {
  const person = (await people(which)).find((one) => one.role === role);
  if (!person) throw new Error(`nobody is ${role}`);
  return person;
};
const words = async () =>
  (await desk.get("log.list", { kinds: ["presence"], limit: 50 })).entries.map(({ text }) => text.zh);

async function restart(): Promise<void> {
  const { now } = desk.clock;
  await desk.close();
  desk = await openTestDesk({ profileDir, now });
}

test("PS-1 PS-3 at T−10 the desk names who of the relief is missing; each signs in in person and is named no more", async () => {
  const leader = await roleOf("current", "shift_leader");
  await desk.get("session.signIn", { officerId: leader.officerId, pin });
  expect((await roleOf("current", "shift_leader")).arrival).toMatchObject({ leftAt: null, role: "shift_leader" });
  const relief = (await people("next")).filter(({ mustCome }) => mustCome);
  expect(relief.length).toBe(3);
  const [first] = relief;
  if (!first) throw new Error("no relief");
  expect(await desk.refusal("presence.arrive", { officerId: first.officerId, pin })).toBe("presence.too_early");
  desk.clock.now = evening;
  expect(await alarm("relief")).toBeUndefined();
  desk.clock.now = evening + 5 * minuteMs;
  expect(await alarm("relief")).toMatchObject({ level: "orange", names: relief.map(({ name }) => name) });
  expect(await desk.refusal("presence.arrive", { officerId: first.officerId, pin: "0000" })).toBe("session.wrong_pin");
  await desk.get("presence.arrive", { officerId: first.officerId, pin });
  // The officer at the desk stays signed in while the relief comes.
  expect((await desk.get("session.current")).officer?.id).toBe(leader.officerId);
  const missing = await alarm("relief");
  expect(missing?.names).toEqual(relief.slice(1).map(({ name }) => name));
  // Within the minute, while nothing is written, nobody is looked for again.
  expect((await alarm("relief"))?.keys).toBe(missing?.keys);
  for (const { officerId } of relief.slice(1)) await desk.get("presence.arrive", { officerId, pin });
  expect(await alarm("relief")).toBeUndefined();
  // Twice is once.
  await desk.get("presence.arrive", { officerId: first.officerId, pin });
  const latest = (await words()).slice(0, relief.length);
  expect(latest.filter((line) => line.startsWith(`签到：${first.name}`))).toHaveLength(1);
});

test("PS-3 PS-2 until the relief has signed, the outgoing shift stays named as responsible, then red; leaving needs a reason", async () => {
  const leader = await roleOf("current", "shift_leader");
  await desk.get("session.signIn", { officerId: leader.officerId, pin });
  const came = (await people("current")).filter(({ arrival }) => arrival !== null).map(({ name }) => name);
  expect(came).toHaveLength(3);
  desk.clock.now = evening + 27 * minuteMs;
  expect((await desk.get("presence.now")).handing).toMatchObject({
    handoverId: "2026-11-21/day",
    dueAt: evening + 15 * minuteMs,
    responsible: came,
  });
  expect(await alarm("handover")).toMatchObject({ level: "orange", names: came });
  desk.clock.now = evening + 46 * minuteMs;
  expect(await alarm("handover")).toMatchObject({ level: "red" });
  expect(await desk.refusal("presence.leave", {})).toBe("presence.leave_reason");
  await desk.get("presence.leave", { why: "家人急病" });
  expect((await words())[0]).toBe(`未交接离岗：${leader.name}。原因：家人急病`);
  // Who has left is named no more; the others stay responsible.
  expect((await desk.get("presence.now")).handing?.responsible).toEqual(came.filter((name) => name !== leader.name));
});

test("PS-11 an alarm is acknowledged by name, for this shift; a red one sounds again while it stands; the next shift sees it too", async () => {
  const leader = await roleOf("current", "shift_leader");
  await desk.get("session.signIn", { officerId: leader.officerId, pin });
  await desk.get("roster.assign", { on: "2026-11-21", shift: "day", role: "main_operator", officerId: null });
  const gap = await alarm("gap_now");
  expect(gap).toMatchObject({ level: "red", roles: ["main_operator"], acknowledged: null, stops: "acknowledge" });
  const keys = gap?.keys ?? [];
  await desk.get("alarm.acknowledge", { keys });
  expect(await alarm("gap_now")).toMatchObject({ acknowledged: { name: leader.name, at: saturday } });
  expect((await words())[0]).toBe(`${leader.name} 确认告警：有岗无人`);
  desk.clock.now += 15 * minuteMs;
  expect((await alarm("gap_now"))?.acknowledged).toBeNull();
  expect(await desk.refusal("alarm.acknowledge", { keys: ["gap_now/other"] })).toBe("presence.nothing_open");

  // An orange one is silent for the whole shift, and asked of the next one again.
  desk.clock.now = evening + 5 * minuteMs;
  await desk.get("alarm.acknowledge", { keys: (await alarm("relief"))?.keys ?? [] });
  desk.clock.now += 9 * minuteMs;
  expect((await alarm("relief"))?.acknowledged?.name).toBe(leader.name);
  desk.clock.now = evening + 20 * minuteMs;
  expect(await alarm("gap_past")).toMatchObject({ level: "yellow", acknowledged: null });
  expect(await alarm("absent")).toMatchObject({ level: "orange", acknowledged: null });
});

test("PS-11 a critical event stops sounding only when it is accepted; a flood is one row", async () => {
  await desk.get("session.signIn", { pin });
  const { event } = await desk.get("event.report", { text: "河里有人", level: "critical" });
  const loud = (await alarms()).find(({ kind, level }) => kind === "event" && level === "red");
  expect(loud).toMatchObject({ stops: "accept", eventId: event.id });
  expect(await desk.refusal("alarm.acknowledge", { keys: loud?.keys ?? [] })).toBe("presence.nothing_open");
  await desk.get("event.transition", { id: event.id, action: "accept" });
  expect((await alarms()).some(({ kind, level }) => kind === "event" && level === "red")).toBe(false);
  for (let index = 0; index < 30; index++)
    await desk.get("event.report", { text: `路灯不亮 ${index}`, level: "urgent" });
  const flood = (await alarms()).filter(({ kind, level }) => kind === "event" && level === "orange");
  expect(flood).toHaveLength(1);
  expect(flood[0]?.keys.length).toBeGreaterThanOrEqual(30);
  expect(flood[0]?.names).toHaveLength(3);
});

describe("vigilance", () => {
  /** 23:30: quiet hours. */
  const night = Date.parse("2026-11-21T15:30:00Z");
  const open = async () => (await desk.get("presence.now")).open;

  /** Beats minute by minute until the desk asks. */
  async function untilAsked(limitMin = 70): Promise<number> {
    for (let minute = 0; minute <= limitMin; minute++) {
      if ((await open()).length > 0) return minute;
      desk.later(minuteMs);
    }
    throw new Error("the desk did not ask");
  }

  test("PS-6 PS-7 PS-8 asked, missed, climbs to the leader, survives a restart, is answered late; all of it stands in the log", async () => {
    await desk.get("session.signIn", { pin });
    desk.clock.now = night;
    const minutes = await untilAsked();
    expect(minutes).toBeGreaterThanOrEqual(15);
    const [asked] = await open();
    expect(asked).toMatchObject({ kind: "vigilance", to: "desk", missed: 0, watchId: "2026-11-21/night" });
    expect(await alarm("vigilance")).toMatchObject({ level: "orange", stops: "answer" });
    desk.later(3 * minuteMs);
    // The sample street has no standby: the leader is next.
    expect((await open())[0]).toMatchObject({ to: "leader_on_duty", missed: 1 });
    expect(await alarm("vigilance")).toMatchObject({ level: "red" });
    await restart();
    desk.beat();
    expect((await open())[0]).toMatchObject({ to: "leader_on_duty", missed: 1, checkId: asked?.checkId });
    desk.later(10 * minuteMs);
    desk.later(2 * hourMs);
    expect(await open()).toMatchObject([{ missed: 2, untilAt: null }]);
    const main = await roleOf("current", "main_operator");
    await desk.get("presence.answer", {
      kind: "vigilance",
      checkId: asked?.checkId ?? "",
      officerId: main.officerId,
      pin,
    });
    expect(await open()).toEqual([]);
    await desk.get("session.signIn", { officerId: main.officerId, pin });
    const lines = (await words())
      .filter((line) => line.includes("在岗核验"))
      .slice(0, 4)
      .toReversed();
    expect(lines).toEqual([
      expect.stringMatching(/^在岗核验：请值班台 .+应答$/),
      expect.stringMatching(/未应答，改请 带班领导 .+ 应答$/),
      "在岗核验无人应答",
      expect.stringMatching(new RegExp(`^在岗核验：${main.name} \\d+分(\\d+秒)?后应答$`)),
    ]);
    await desk.close();
    const opened = openDatabase(join(profileDir, "desk.db"), () => {});
    if (!opened.ok) throw new Error(opened.error.id);
    const startAt = evening + 15 * minuteMs;
    const shift = { on: "2026-11-21", shift: "night", startAt, endAt: startAt + 12 * hourMs };
    expect(presenceOf(opened.value.db, shift)).toMatchObject({
      watchId: "2026-11-21/night",
      arrivals: [{ officerId: main.officerId, role: "main_operator" }],
      vigilance: [{ id: asked?.checkId, answer: { name: main.name, locked: false } }],
      dutyChecks: [],
    });
    opened.value.db.close();
  });

  test("PS-7 a PC that slept through the night asks once when it wakes, and then waits for the next draw", async () => {
    await desk.get("session.signIn", { pin });
    const before = (await words()).length;
    desk.clock.now = night;
    await untilAsked();
    const [asked] = await open();
    desk.later(5 * hourMs);
    desk.beat();
    desk.beat();
    expect(await open()).toMatchObject([{ checkId: asked?.checkId, missed: 1 }]);
    await desk.get("session.unlock", { pin });
    expect((await words()).length - before).toBe(2);
    await desk.get("presence.answer", { kind: "vigilance", checkId: asked?.checkId ?? "" });
    for (let beats = 0; beats < 10; beats++) desk.later(minuteMs);
    expect(await open()).toEqual([]);
  });

  test("PS-6 a clock set back by a day does not end the checks, and outside the quiet hours nothing is asked", async () => {
    desk.clock.now = night;
    desk.beat();
    desk.clock.wall = night - 24 * hourMs;
    expect(await untilAsked()).toBeGreaterThanOrEqual(14);
    desk.clock.now = saturday + 24 * hourMs;
    desk.beat();
    const asked = (await open()).length;
    for (let beats = 0; beats < 80; beats++) desk.later(minuteMs);
    expect((await open()).length).toBeLessThanOrEqual(asked);
  });

  test("PS-5 PS-8 on a locked screen one key answers, and the record says that nobody was identified", async () => {
    await desk.get("session.signIn", { pin });
    desk.clock.now = night;
    await untilAsked();
    // Nobody has touched a key for the minutes of the rules.
    expect((await desk.get("session.current")).lockedAt).not.toBeNull();
    const [asked] = await open();
    await desk.get("presence.answer", { kind: "vigilance", checkId: asked?.checkId ?? "" });
    await desk.get("session.unlock", { pin });
    expect((await words())[0]).toMatch(/（锁屏中，未核身份）$/);
    expect(await desk.refusal("presence.answer", { kind: "vigilance", checkId: asked?.checkId ?? "" })).toBe(
      "presence.answered",
    );
  });
});

test("PS-11 an alarm that time alone makes is told to the pages by the beat, once; a desk at rest tells them nothing", async () => {
  await desk.get("session.signIn", { pin });
  // What the sample brings climbs by itself: put aside.
  for (const { id } of (await desk.get("event.list", { view: "open" })).rows)
    await desk.call("event.transition", { id, action: "close", given: { result: "清场" } });
  desk.later(minuteMs);
  // Longer than two notices are apart.
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 100));
  await quiet();
  const told: string[] = [];
  const end = desk.core.subscribe(({ topics }) => told.push(...topics));
  const heard = async () => {
    await quiet();
    return told.splice(0);
  };
  for (let beats = 0; beats < 5; beats++) desk.later(4_000);
  expect(await heard()).toEqual([]);
  expect(await alarm("relief")).toBeUndefined();
  // Into the ten minutes before the relief comes, but not into the quiet hours: nothing is asked, nothing is written.
  desk.later(evening + 5 * minuteMs - desk.clock.now);
  expect(await heard()).toContain("presence");
  expect(await alarm("relief")).toBeDefined();
  desk.later(4_000);
  expect(await heard()).toEqual([]);
  end();
});
