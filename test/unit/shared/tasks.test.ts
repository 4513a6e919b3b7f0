import { describe, expect, test } from "vitest";
import { type DutyEvent, type EventState, eventStates } from "#shared/domain/duty-event/event.ts";
import { logSentence } from "#shared/domain/duty-event/given.ts";
import { judgeAction } from "#shared/domain/duty-event/judge.ts";
import { judgeTask } from "#shared/domain/duty-event/judge-task.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import { type Task, type TaskState, taskStates } from "#shared/domain/duty-event/task.ts";
import { suggestedAction, waitingFor } from "#shared/domain/duty-event/task-debts.ts";
import { type TaskAction, type TaskGiven, taskActions, taskActionsFrom } from "#shared/domain/duty-event/task-steps.ts";
import { type Grade, grades } from "#shared/domain/officer/officer.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { at, eventIn, minute, opOf } from "./samples.ts";

const lead = { kind: "post", name: "交通巡逻岗" } as const;
const co = { kind: "joint_post", name: "综合执法岗" } as const;
const team = { kind: "team", name: "应急小分队" } as const;
const leadId = "post:交通巡逻岗";
const coId = "joint_post:综合执法岗";
const act = (later = minute, grade: Grade = "operator") => ({ at: at + later, by: "officer-1", grade });
const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const acted = (event: DutyEvent, action: Parameters<typeof judgeAction>[1], given: unknown = {}, later = minute) =>
  value(judgeAction(event, action, given, act(later)));
const step = (event: DutyEvent, id: string | null, action: TaskAction, given: TaskGiven = {}, later = 2 * minute) =>
  judgeTask(event, id, action, given, act(later));
const stepped = (...args: Parameters<typeof step>) => value(step(...args));
const taskOf = (event: DutyEvent, id: string): Task => {
  const task = event.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`no task ${id}`);
  return task;
};
/** Assigned to a lead and one co-handler. */
const assigned = acted(eventIn("accepted"), "assign", { lead, coHandlers: [co], note: "清出车道" });
const call = { way: "phone", person: "李强", phone: "13800000001", at, answer: "马上到" } as const;

/** The rule book a second time, by hand: where each step leads from each state. Never derived from the product's table. */
const law: Record<TaskState | "none", Partial<Record<TaskAction, TaskState>>> = {
  none: { give: "given" },
  given: {
    acknowledge: "acknowledged",
    arrive: "arrived",
    report: "reported",
    finish: "finished",
    tell: "given",
    decline: "declined",
    replace: "withdrawn",
    withdraw: "withdrawn",
  },
  acknowledged: {
    arrive: "arrived",
    report: "reported",
    finish: "finished",
    tell: "acknowledged",
    decline: "declined",
    replace: "withdrawn",
    withdraw: "withdrawn",
  },
  arrived: { report: "reported", finish: "finished", tell: "arrived", replace: "withdrawn", withdraw: "withdrawn" },
  reported: { report: "reported", finish: "finished", tell: "reported", replace: "withdrawn", withdraw: "withdrawn" },
  finished: { send_back: "acknowledged" },
  declined: { replace: "declined" },
  withdrawn: {},
};
const givenBy: Record<TaskAction, TaskGiven> = {
  give: { party: team },
  acknowledge: {},
  arrive: {},
  report: { text: "正在清" },
  finish: { text: "清完" },
  tell: { call },
  decline: { text: "不在职责范围" },
  replace: { party: team, text: "人手不够" },
  send_back: { text: "还有碎石" },
  withdraw: { text: "不用去了" },
};
const lawOfEvents: Record<TaskAction, readonly EventState[]> = {
  give: ["assigned", "handling", "whistled"],
  acknowledge: ["assigned", "handling", "whistled", "fed_back", "verified"],
  arrive: ["assigned", "handling", "whistled", "fed_back", "verified"],
  report: ["assigned", "handling", "whistled", "fed_back", "verified"],
  finish: ["assigned", "handling", "whistled", "fed_back", "verified"],
  tell: ["assigned", "handling", "whistled", "fed_back", "verified"],
  decline: ["assigned", "handling", "whistled", "fed_back", "verified"],
  replace: ["assigned", "handling", "whistled", "fed_back"],
  send_back: ["assigned", "handling", "whistled", "fed_back"],
  withdraw: ["assigned", "handling", "whistled", "fed_back", "verified"],
};

describe("the walk of a task: every step × state of the task × state of the event × grade", () => {
  test("TK-1 to TK-11, EV-14: only what the rule book says, and the same steps are offered", () => {
    expect(Object.keys(law).toSorted()).toEqual([...taskStates, "none"].toSorted());
    expect(Object.keys(givenBy).toSorted()).toEqual([...taskActions].toSorted());
    let allowed = 0;
    for (const state of [...taskStates, "none"] as const)
      for (const eventState of eventStates)
        for (const grade of grades)
          for (const action of taskActions) {
            const base = { ...assigned, state: eventState };
            const event =
              state === "none"
                ? base
                : { ...base, tasks: base.tasks.map((task) => (task.id === coId ? { ...task, state } : task)) };
            const id = state === "none" ? null : coId;
            const done = judgeTask(event, id, action, givenBy[action], act(minute, grade));
            const to = law[state][action];
            const may = to !== undefined && grade !== "admin" && lawOfEvents[action].includes(eventState);
            const where = `${action} from ${state} in ${eventState} by ${grade}`;
            expect(done.ok, where).toBe(may);
            const offered = taskActionsFrom(event, state === "none" ? "none" : taskOf(event, coId), grade);
            expect(offered.includes(action), `offered: ${where}`).toBe(may);
            if (!done.ok || to === undefined) continue;
            allowed++;
            const task = action === "give" ? taskOf(done.value, "team:应急小分队") : taskOf(done.value, coId);
            expect(task.state, where).toBe(to);
            expect(done.value.state, where).toBe(eventState);
          }
    // given 7 × 5 + 4, acknowledged 6 × 5 + 4, arrived and reported 4 × 5 + 4 each, finished and declined 4 each, none 3.
    expect(allowed).toBe(3 * (39 + 34 + 24 + 24 + 4 + 4 + 3));
  });

  test("TK-5, TK-6, TK-8 to TK-11: words and parties that a step needs are asked for, nothing unasked is taken", () => {
    for (const action of taskActions.filter((one) => one !== "give" && one !== "send_back")) {
      const needs = Object.keys(givenBy[action]) as (keyof TaskGiven)[];
      for (const name of needs)
        expect(step(assigned, coId, action, { ...givenBy[action], [name]: undefined }), action).toMatchObject({
          ok: false,
          error: { id: "step.missing", field: name },
        });
    }
    expect(step(assigned, coId, "acknowledge", { party: team })).toMatchObject({ error: { field: "party" } });
  });
});

describe("what an event owes to its tasks", () => {
  test("EV-16: assigning gives a task to the lead and each co-handler, once each, with what is asked", () => {
    expect(assigned.tasks).toMatchObject([
      {
        id: leadId,
        role: "lead",
        party: lead,
        state: "given",
        ask: "清出车道",
        givenAt: at + minute,
        givenBy: "officer-1",
      },
      { id: coId, role: "co", party: co, state: "given" },
    ]);
    const twice = acted(eventIn("assessed", { lead }), "assign", { coHandlers: [lead, co, co] });
    expect(twice.tasks.map(({ id }) => id)).toEqual([leadId, coId]);
  });

  test("EV-17: the lead's acknowledgement starts the handling, on the event or on its task; a co-handler's does not", () => {
    const byTask = stepped(assigned, leadId, "acknowledge", { call });
    expect(byTask).toMatchObject({ state: "handling" });
    expect(taskOf(byTask, leadId)).toMatchObject({ acknowledgedAt: at + 2 * minute, steps: [{ call }] });
    const byEvent = acted(assigned, "acknowledge", { via: "对讲机" });
    expect(byEvent.state).toBe("handling");
    expect(byEvent.tasks.map(({ state }) => state)).toEqual(["acknowledged", "given"]);
    expect(stepped(assigned, coId, "finish", { text: "到了" }).state).toBe("assigned");
    expect(stepped(assigned, leadId, "arrive").state).toBe("handling");
    expect(acted(assigned, "acknowledge", { party: co.name }).tasks.map(({ state }) => state)).toEqual([
      "given",
      "acknowledged",
    ]);
  });

  test("EV-18: feedback of the event finishes the lead's task; one party's report moves neither event nor the others", () => {
    const begun = acted(assigned, "acknowledge");
    const told = stepped(begun, coId, "report", { text: "已拉警戒线" });
    expect(told.state).toBe("handling");
    expect(taskOf(told, leadId)).toEqual(taskOf(begun, leadId));
    const fed = acted(told, "feedback", { text: "车道已通" });
    expect(fed.tasks).toMatchObject([
      { state: "finished", feedback: "车道已通", endedAt: at + minute },
      { state: "reported", feedback: "已拉警戒线", endedAt: null },
    ]);
  });

  test("EV-19: closing with unfinished tasks says so in the log and withdraws them in the same op", () => {
    const begun = stepped(acted(assigned, "acknowledge"), leadId, "finish", { text: "车道已通" });
    const closed = acted(begun, "close", { result: "已通行" });
    expect(closed.tasks.map(({ state }) => state)).toEqual(["finished", "withdrawn"]);
    const said = logSentence("close", { result: "已通行" }, closed, begun);
    expect(said.zh).toBe("办结：已通行（未经核查，直接办结）（综合执法岗未办完，任务随之撤回）");
    expect(said.en).toContain("had not finished: withdrawn");
    const all = stepped(begun, coId, "finish", { text: "撤" });
    expect(logSentence("close", { result: "已通行" }, acted(all, "close", { result: "已通行" }), all).zh).not.toContain(
      "撤回",
    );
  });

  test("EV-19: returning withdraws what was assigned, and sends the lead of a fed-back event back to work", () => {
    const back = acted(assigned, "return", { reason: "派错了" });
    expect(back.state).toBe("assessed");
    expect(back.tasks).toMatchObject([{ state: "withdrawn", reason: "派错了" }, { state: "withdrawn" }]);
    const again = acted(back, "assign", { lead, coHandlers: [] });
    expect(again.tasks.map(({ id, state }) => [id, state])).toEqual([
      [leadId, "withdrawn"],
      [coId, "withdrawn"],
      [`${leadId}#2`, "given"],
    ]);
    const fed = acted(acted(assigned, "acknowledge"), "feedback", { text: "通了" });
    const redo = acted(fed, "return", { reason: "还堵" });
    expect(redo).toMatchObject({
      state: "handling",
      tasks: [{ state: "acknowledged", endedAt: null }, { state: "given" }],
    });
  });

  test("EV-20: only when the lead has finished and nobody is at it is feedback proposed", () => {
    const begun = acted(assigned, "acknowledge");
    const leadDone = stepped(begun, leadId, "finish", { text: "好了" });
    expect([suggestedAction(begun), suggestedAction(leadDone)]).toEqual([null, null]);
    expect(waitingFor(leadDone.tasks).map(({ id }) => id)).toEqual([coId]);
    const all = stepped(leadDone, coId, "finish", { text: "撤了" });
    expect([suggestedAction(all), all.state]).toEqual(["feedback", "handling"]);
    const gone = stepped(stepped(begun, coId, "decline", { text: "没人" }), leadId, "finish", { text: "好了" });
    expect(suggestedAction(gone)).toBe("feedback");
  });

  test("EV-21: an event of the time before tasks has those that its state owes; ops on it are judged", () => {
    const old = (state: EventState) => {
      const { tasks: _none, ...kept } = eventIn(state, { lead, coHandlers: [co] });
      return kept;
    };
    const states = (state: EventState) => readEvent(old(state)).tasks.map((task) => task.state);
    expect(states("reported")).toEqual([]);
    expect(states("assigned")).toEqual(["given", "given"]);
    expect(states("handling")).toEqual(["acknowledged", "acknowledged"]);
    expect(states("fed_back")).toEqual(["finished", "acknowledged"]);
    expect(states("closed")).toEqual(["finished", "withdrawn"]);
    const waiting = opOf("event.act", { eventId: "event-1", action: "acknowledge", given: {} });
    const done = value(applyOp(waiting, old("assigned"), "operator"));
    expect(done.state).toMatchObject({ state: "handling", tasks: [{ state: "acknowledged" }, { state: "given" }] });
    const body = { eventId: "event-1", taskId: coId, action: "arrive", given: {} };
    expect(applyOp(opOf("event.task", body), old("handling"), "operator")).toMatchObject({ ok: true });
    expect(readEvent(eventIn("handling", { lead })).tasks, "an event that has tasks keeps its own").toEqual([]);
    const whole = eventIn("handling", { lead });
    expect(readEvent(whole), "what lacks nothing is not copied").toBe(whole);
    const { urges: _later, ...older } = whole;
    expect(readEvent(older), "nor is a later field missing").toEqual(whole);
  });
});

describe("the steps of a party", () => {
  test("TK-1: a party joins as a co-handler and has one open task at a time", () => {
    const joined = stepped(assigned, null, "give", { party: team, text: "带水泵" });
    expect(taskOf(joined, "team:应急小分队")).toMatchObject({ role: "co", ask: "带水泵", state: "given" });
    expect(joined.coHandlers).toEqual([co, team]);
    expect(step(joined, null, "give", { party: team })).toMatchObject({
      error: { id: "task.already", field: "party" },
    });
    const left = stepped(joined, "team:应急小分队", "withdraw", { text: "水退了" });
    expect(left.coHandlers).toEqual([co]);
    const again = stepped(left, null, "give", { party: team });
    expect(again.tasks.at(-1)).toMatchObject({ id: "team:应急小分队#2", state: "given" });
  });

  test("TK-2, EV-15: steps of two parties give the same event in either order; the same step twice is refused", () => {
    const one = (event: DutyEvent) => stepped(event, leadId, "acknowledge");
    const other = (event: DutyEvent) => stepped(event, coId, "decline", { text: "没人" });
    expect(one(other(assigned))).toEqual(other(one(assigned)));
    expect(step(one(assigned), leadId, "acknowledge")).toMatchObject({ error: { id: "step.not_from_here" } });
    expect(step(assigned, "post:没有", "acknowledge")).toMatchObject({ error: { id: "task.unknown" } });
  });

  test("TK-3, TK-4: each step keeps its instant; who arrives without a word has acknowledged then", () => {
    const arrived = stepped(assigned, coId, "arrive", {}, 5 * minute);
    expect(taskOf(arrived, coId)).toMatchObject({ acknowledgedAt: at + 5 * minute, arrivedAt: at + 5 * minute });
    const both = stepped(stepped(assigned, coId, "acknowledge", { call }), coId, "arrive", {}, 9 * minute);
    expect(taskOf(both, coId)).toMatchObject({
      acknowledgedAt: at + 2 * minute,
      arrivedAt: at + 9 * minute,
      steps: [{ action: "acknowledge", by: "officer-1", call }, { action: "arrive" }],
    });
  });

  test("TK-5, TK-6: the last word stands on the line; finishing ends it", () => {
    const first = stepped(assigned, coId, "report", { text: "在路上" });
    const second = stepped(first, coId, "report", { text: "已到路口" }, 4 * minute);
    expect(taskOf(second, coId)).toMatchObject({ feedback: "已到路口", reportedAt: at + 4 * minute, endedAt: null });
    const done = stepped(second, coId, "finish", { text: "收队" }, 6 * minute);
    expect(taskOf(done, coId)).toMatchObject({ state: "finished", feedback: "收队", endedAt: at + 6 * minute });
  });

  test("TK-7: a call is kept with way, person, number, time and answer; it changes no state and does not lie ahead", () => {
    const told = stepped(assigned, coId, "tell", { call, text: "请带锥筒" });
    expect(taskOf(told, coId)).toMatchObject({
      state: "given",
      acknowledgedAt: null,
      steps: [{ action: "tell", call }],
    });
    const op = opOf("event.task", {
      eventId: "event-1",
      taskId: coId,
      action: "tell",
      given: { call, text: "请带锥筒" },
    });
    expect(value(applyOp(op, assigned, "operator")).log).toEqual({
      kind: "event",
      eventId: "event-1",
      action: "task.tell",
      text: {
        zh: "与综合执法岗通话（电话，李强 13800000001，答复“马上到”）：请带锥筒",
        en: "Spoke with 综合执法岗 (phone, 李强 13800000001, “马上到”): 请带锥筒",
      },
    });
    const ahead = { ...call, at: at + 3 * minute };
    expect(step(assigned, coId, "tell", { call: ahead })).toMatchObject({ error: { field: "call.at" } });
  });

  test("TK-8, TK-9: a lead that declined is replaced; the other takes the role, a co-handler keeps its task", () => {
    const declined = stepped(assigned, leadId, "decline", { text: "警力不足" });
    expect(declined).toMatchObject({ state: "assigned", lead });
    expect(taskOf(declined, leadId)).toMatchObject({ state: "declined", reason: "警力不足", acknowledgedAt: null });
    const fresh = stepped(declined, leadId, "replace", { party: team, text: "改由应急" });
    expect(fresh).toMatchObject({ lead: team, state: "assigned", coHandlers: [co] });
    expect(taskOf(fresh, leadId)).toMatchObject({ state: "declined", replacedBy: "team:应急小分队" });
    expect(taskOf(fresh, "team:应急小分队")).toMatchObject({ role: "lead", ask: "清出车道", state: "given" });
    expect(step(fresh, leadId, "replace", { party: co, text: "再改" })).toMatchObject({ ok: false });
    const raised = stepped(stepped(assigned, coId, "acknowledge"), leadId, "replace", { party: co, text: "就近" });
    expect(raised).toMatchObject({ lead: co, coHandlers: [], state: "handling" });
    expect(taskOf(raised, coId)).toMatchObject({ role: "lead", state: "acknowledged" });
    expect(step(assigned, coId, "replace", { party: lead, text: "换" })).toMatchObject({
      error: { id: "task.already" },
    });
  });

  test("TK-10: a finished task is sent back and is open again", () => {
    const done = stepped(assigned, coId, "finish", { text: "收队" });
    const back = stepped(done, coId, "send_back", { text: "还有碎石" });
    expect(taskOf(back, coId)).toMatchObject({
      state: "acknowledged",
      endedAt: null,
      reason: "还有碎石",
      feedback: "收队",
    });
  });

  test("TK-11: the lead's task is not withdrawn, and not offered to be", () => {
    expect(step(assigned, leadId, "withdraw", { text: "算了" })).toMatchObject({ error: { id: "task.lead_stays" } });
    expect(taskActionsFrom(assigned, taskOf(assigned, leadId), "leader")).not.toContain("withdraw");
  });

  test("every sentence of the log is filled", () => {
    for (const action of taskActions) {
      const from = action === "send_back" ? stepped(assigned, coId, "finish", { text: "收队" }) : assigned;
      const body = { eventId: "event-1", taskId: action === "give" ? null : coId, action, given: givenBy[action] };
      const { log } = value(applyOp(opOf("event.task", body), from, "operator"));
      for (const text of [log.text.zh, log.text.en]) {
        expect(text).not.toMatch(/[{}]/);
        expect(text).toContain(action === "give" ? team.name : co.name);
      }
    }
  });
});
