import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contract, type WallNow, wallMost } from "#shared/contract.ts";
import { clockAt } from "#shared/domain/duty-event/clock.ts";
import { levels } from "#shared/domain/duty-event/event.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

const pin = "2580";
/** Words that stand nowhere else. */
const secrets = {
  title: "玄圭辞一",
  text: "玄圭辞二",
  callerName: "玄圭辞三",
  callerPhone: "13912345678",
  place: "玄圭辞四",
  community: "玄圭社区",
  grid: "玄圭网格",
  lead: "公安联勤岗",
  category: "minor_protection",
};
const point = { lng: 105.87776, lat: 29.41064 };

let desk: TestDesk;
let sealed: string;
let openly: string;
const ids: Record<string, string[]> = {};
const as = (grade: string, which = 0) => desk.get("session.signIn", { officerId: ids[grade]?.[which] ?? "", pin });
const rowOf = ({ rows }: WallNow, id: string) => rows.find((row) => row.id === id);

beforeAll(async () => {
  desk = await openTestDesk();
  for (const { grade, id } of (await desk.get("session.officers")).officers) ids[grade] = [...(ids[grade] ?? []), id];
  await as("operator");
  const { title, text, callerName, callerPhone, place, community, grid, lead, category } = secrets;
  const taken = await desk.get("intake.take", {
    text,
    title,
    level: "critical",
    category,
    callerName,
    callerPhone,
    place: { text: place, point, community, grid },
    dispatch: { lead: { kind: "joint_post", name: lead } },
  });
  sealed = taken.event.id;
  expect(taken.event.confidential).toBe(true);
  openly = (
    await desk.get("event.report", {
      text: "罗大姐来电",
      title: "罗大姐13887654321家门口路灯不亮",
      callerName: "罗大姐",
      callerPhone: "13887654321",
      place: { text: "罗大姐家，中山路18号", point, community: "", grid: "" },
    })
  ).event.id;
}, 60_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

describe("the wall display", () => {
  test("WL-1, WL-2: tells everybody the same, signed in, locked or not: nothing of a confidential event but that it is there", async () => {
    const told: WallNow[] = [];
    const look = async () => told.push(await desk.get("wall.now"));
    await look();
    await desk.get("session.signOut");
    await look();
    for (const grade of ["admin", "shift_leader", "leader"]) {
      await as(grade);
      await look();
    }
    // The leader has opened it at the desk; the room still may not know.
    await desk.get("event.open", { id: sealed, reason: "安排处置" });
    expect((await desk.get("desk.now")).needs.some((row) => row.title === secrets.title)).toBe(true);
    await look();
    await desk.get("session.lock");
    await look();
    expect(new Set(told.map((one) => JSON.stringify({ ...one, at: 0 }))).size).toBe(1);
    const [first] = told as [WallNow];
    expect(contract["wall.now"].output.parse(first)).toEqual(first);
    const all = JSON.stringify(first);
    for (const word of Object.values(secrets)) expect(all).not.toContain(word);
    for (const word of ["罗大姐", "13887654321"]) expect(all).not.toContain(word);
    expect(rowOf(first, sealed)).toEqual({
      id: sealed,
      number: expect.stringMatching(/\d/),
      level: "critical",
      state: "assigned",
      confidential: true,
      title: "",
      place: "",
      point: null,
      lead: "",
      clock: expect.objectContaining({ step: "acknowledge" }),
      partyDueAt: expect.any(Number),
    });
    expect(rowOf(first, openly)).toMatchObject({
      title: "来电人…家门口路灯不亮",
      place: "来电人家，中山路18号",
      point,
      state: "reported",
    });
  });

  test("WL-2: of people on duty it tells names, no numbers; of the ground names alone", async () => {
    const { shift, streetName, sample } = await desk.get("wall.now");
    expect(sample).toBe(true);
    expect(streetName).not.toBe("");
    const known = (await desk.get("desk.now")).current;
    expect(shift).toMatchObject({ name: known?.name, startAt: known?.startAt, endAt: known?.endAt });
    expect(shift?.people).toEqual(known?.people.map(({ role, name }) => ({ role, name })));
    await desk.get("session.signOut");
    const ground = (await desk.get("wall.ground")) as { areas: { features: { properties: object }[] } };
    expect(ground.areas.features.length).toBeGreaterThan(1);
    for (const { properties } of ground.areas.features)
      expect(properties).toEqual({ level: "community", name: expect.any(String) });
  });

  test("WL-1: an alarm that nobody has answered stands there by the number of its event, and goes when it is answered", async () => {
    await as("leader", 0);
    await desk.get("event.open", { id: sealed, reason: "安排处置" });
    desk.later(3 * 60 * minuteMs);
    const before = await desk.get("wall.now");
    const of = (now: WallNow) => now.alarms.filter(({ event }) => event?.number === rowOf(now, sealed)?.number);
    expect(of(before)).toMatchObject([{ eventLevel: "critical", names: [], event: { title: "", confidential: true } }]);
    expect(JSON.stringify(before)).not.toContain(secrets.title);
    await as("leader", 0);
    const { alarms } = await desk.get("alarm.list");
    await desk.get("alarm.acknowledge", { keys: alarms.flatMap(({ keys }) => keys).slice(0, 200) });
    expect(of(await desk.get("wall.now"))).toEqual([]);
  });

  test("WL-3: what needs a person first, in the desk's own order, then all others; 60 and more, and no more than it can turn", async () => {
    desk.clock.now = saturday + 24 * 60 * minuteMs;
    await as("operator");
    const open = (await desk.get("wall.now")).counts.open;
    const report = (n: number) =>
      desk.get("event.report", { text: `第${n}件事`, level: levels[n % 3] ?? "normal", place: { text: `第${n}处` } });
    for (let n = 0; n < 60; n++) {
      const { event } = await report(n);
      if (n % 2 === 0) await desk.get("event.transition", { id: event.id, action: "accept", given: {} });
    }
    const now = await desk.get("wall.now");
    expect(now.counts.open).toBe(open + 60);
    expect(now.rows).toHaveLength(open + 60);
    const { needs } = await desk.get("desk.now");
    expect(needs.length).toBeGreaterThan(30);
    expect(now.rows.slice(0, needs.length).map(({ id }) => id)).toEqual(needs.map(({ id }) => id));
    const rest = now.rows.slice(needs.length).map(({ level }) => levels.indexOf(level));
    expect(rest.length).toBeGreaterThan(20);
    expect(rest).toEqual(rest.toSorted());
    const isLate = (row: WallNow["rows"][number]) => clockAt(row.clock, now.at).state === "late";
    expect(now.rows.filter(isLate)).toHaveLength(now.counts.late);
    for (let n = open + 60; n <= wallMost; n++) await report(n);
    const many = await desk.get("wall.now");
    expect(many.counts.open).toBe(wallMost + 1);
    expect(many.rows).toHaveLength(wallMost);
  }, 60_000);

  test("WL-3: its figures are those of the queue and of the handover", async () => {
    const { counts } = await desk.get("wall.now");
    await as("leader", 0);
    const { views } = await desk.get("event.tally");
    expect(counts).toMatchObject({
      open: views.open?.total,
      late: views.late?.total,
      dueSoon: views.due_soon?.total,
      today: views.today?.total,
      shift: views.shift?.total,
    });
    const draft = await desk.get("handover.draft");
    expect(counts.closed).toBe(draft.record.closed);
  });
});
