import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { writeMeta } from "#core/store/meta.ts";
import { refreshTaskIndex } from "#core/store/task-index.ts";
import type { InputOf } from "#shared/contract.ts";
import { hourMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const post = (name: string) => ({ kind: "post" as const, name });
const lead = post("交通巡逻岗");
const co = { kind: "joint_post" as const, name: "综合执法岗" };
const team = { kind: "team" as const, name: "应急小分队" };

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk?.close();
  forget(desk.profileDir);
});

async function assigned(text: string): Promise<string> {
  const { event } = await desk.get("event.report", { text, level: "urgent" });
  await desk.get("event.transition", { id: event.id, action: "accept" });
  await desk.get("event.transition", { id: event.id, action: "assign", given: { lead, coHandlers: [co] } });
  return event.id;
}
const step = (
  eventId: string,
  party: { kind: string; name: string },
  action: InputOf<"task.act">["action"],
  given = {},
) => desk.get("task.act", { eventId, taskId: `${party.kind}:${party.name}`, action, given });

async function wholeList(input: InputOf<"task.list">, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await desk.get("task.list", { ...input, limit, ...(cursor ? { cursor } : {}) });
    ids.push(...page.rows.map(({ task, event }) => `${event.id} ${task.id}`));
    if (!page.next) return ids;
    cursor = page.next;
  }
}

describe("the tasks of the parties over all events", () => {
  test("EV-16: an assigned event's tasks are in the list, the strip's steps with them, and one more party joins", async () => {
    const id = await assigned("中山路口积水");
    const detail = await desk.get("event.get", { id });
    expect(detail.taskActions[0]?.[0]).toBe("acknowledge");
    expect(detail).toMatchObject({ mayGive: true, suggested: null });
    const mine = await desk.get("task.list", { party: lead });
    const row = mine.rows.find(({ event }) => event.id === id);
    expect(row).toMatchObject({ place: 1, task: { role: "lead", state: "given" } });
    expect(row?.dueAt).toBe(row?.clock?.dueAt);
    expect(row?.actions).toEqual(detail.taskActions[0]);
    const { event } = await desk.get("task.act", { eventId: id, taskId: null, action: "give", given: { party: team } });
    expect(event.coHandlers).toEqual([co, team]);
    expect((await desk.get("task.parties")).rows.map(({ party }) => party)).toContainEqual(team);
    const call = { way: "phone", person: "李强", phone: "13800000001", at: desk.clock.now, answer: "马上到" } as const;
    await step(id, team, "acknowledge", { call });
    const { timeline } = await desk.get("event.get", { id });
    expect(timeline.at(-1)).toMatchObject({
      action: "task.acknowledge",
      text: { zh: "应急小分队签收（电话，李强 13800000001，答复“马上到”）" },
    });
  });

  test("EV-20: when all have finished the desk proposes feedback", async () => {
    const id = await assigned("盘溪河步道倒树");
    await step(id, lead, "finish", { text: "清完" });
    await step(id, co, "finish", { text: "收队" });
    expect(await desk.get("event.get", { id })).toMatchObject({ suggested: "feedback", event: { state: "handling" } });
  });

  test("TK-12: an event stands among what is needed while one of its parties is late, though its own clocks run", async () => {
    const id = await assigned("三教镇路口红绿灯不亮");
    await step(id, lead, "acknowledge");
    const needed = async () => (await desk.get("desk.now")).needs.find((row) => row.id === id);
    const due = (await desk.get("task.list", { party: co })).rows.find((row) => row.event.id === id)?.dueAt ?? 0;
    desk.clock.now = due + 1;
    const waiting = await needed();
    expect(waiting).toMatchObject({ state: "handling", partyDueAt: due });
    expect(waiting?.clock?.dueAt ?? due + 2).toBeGreaterThan(desk.clock.now);
    await step(id, co, "acknowledge");
    const after = await needed();
    expect(after?.partyDueAt ?? due + 2).toBeGreaterThan(desk.clock.now);
  });

  test("views, parties and states narrow the list to what they say; pages of any size give every task once", async () => {
    await assigned("来鹿寺路灯不亮");
    const all = (await desk.get("task.list", { view: "all", limit: 200 })).rows;
    expect(all.length).toBeGreaterThan(8);
    const states = async (view: InputOf<"task.list">["view"]) => [
      ...new Set((await desk.get("task.list", { view, limit: 200 })).rows.map(({ task }) => task.state)),
    ];
    expect(await states("to_acknowledge")).toEqual(["given"]);
    expect((await states("in_hand")).toSorted()).not.toContain("given");
    for (const state of await states("ended")) expect(["finished", "declined", "withdrawn"]).toContain(state);
    const late = (await desk.get("task.list", { view: "late", limit: 200 })).rows;
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ dueAt }) => dueAt !== null && dueAt < desk.clock.now)).toBe(true);
    const ofParty = (await desk.get("task.list", { view: "all", party: co, limit: 200 })).rows;
    expect(ofParty.every(({ task }) => task.party.name === co.name)).toBe(true);
    expect(ofParty.length).toBe(
      all.filter(({ task: { party } }) => party.kind === co.kind && party.name === co.name).length,
    );
    for (const view of ["open", "all"] as const) {
      const whole = await wholeList({ view }, 200);
      expect(new Set(whole).size).toBe(whole.length);
      expect(await wholeList({ view }, 3)).toEqual(whole);
    }
  });

  test("TK-13: what a merged event gave to its parties is no open work, until the merge is undone", async () => {
    const first = await assigned("三教村路口塌陷");
    const second = await assigned("三教村路口塌陷又报");
    const openOf = async (id: string) =>
      (await desk.get("task.list", { view: "open", limit: 200 })).rows.filter(({ event }) => event.id === id).length;
    expect([await openOf(first), await openOf(second)]).toEqual([2, 2]);
    await desk.get("event.merge", { ids: [first, second] });
    expect([await openOf(first), await openOf(second)]).toEqual([2, 0]);
    const ended = (await desk.get("task.list", { view: "ended", limit: 200 })).rows;
    expect(ended.find(({ event }) => event.id === second)?.event.state).toBe("merged");
    await desk.get("event.transition", { id: second, action: "unmerge", given: { text: "不是一处" } });
    expect(await openOf(second)).toBe(2);
  });

  test("OP-3: the rows that steps have kept are those that the events give when they are drawn anew", async () => {
    const id = await assigned("八角寺井盖缺失");
    await step(id, lead, "replace", { party: team, text: "就近" });
    await step(id, co, "decline", { text: "没人" });
    desk.clock.now += hourMs;
    await desk.get("event.transition", { id, action: "return", given: { reason: "派错" } });
    await desk.close();
    const opened = openDatabase(`${desk.profileDir}/desk.db`);
    if (!opened.ok) throw new Error(opened.error.id);
    const { db } = opened.value;
    const rows = () =>
      db
        .prepare(
          `SELECT e.id AS event, t.id, party, t.lead, t.state, t.open, given_at, t.due_at FROM task t
           JOIN duty_event e ON e.row = t.event ORDER BY e.id, t.id`,
        )
        .all();
    const kept = rows();
    expect(kept.length).toBe(db.prepare("SELECT count(*) FROM task").pluck().get());
    writeMeta(db, "taskIndex", "0");
    refreshTaskIndex(db);
    expect(rows()).toEqual(kept);
    db.close();
    desk = await openTestDesk({ profileDir: desk.profileDir });
  });
});
