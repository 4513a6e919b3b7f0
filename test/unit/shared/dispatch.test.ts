import { expect, test } from "vitest";
import { judgeDispatch, judgeDispatchStep } from "#shared/domain/duty-event/dispatch.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { DispatchGiven } from "#shared/domain/duty-event/given.ts";
import { judgeAction } from "#shared/domain/duty-event/judge.ts";
import { actionsFrom } from "#shared/domain/duty-event/transitions.ts";
import { applyOp } from "#shared/op/kinds.ts";
import type { Op } from "#shared/op/op.ts";
import { at, calledWhistle, eventIn, fullGiven, minute, reportGiven } from "./samples.ts";

const given: DispatchGiven = {
  ...reportGiven,
  number: "20261121-区001",
  source: "district",
  operator: "钱调度",
  requirement: "30 分钟内到场并反馈",
};
const byDistrict = (later = 0) => ({ at: at + later, by: "district", grade: "operator" as const });
const byLeader = (later = 0) => ({ at: at + later, by: "officer-1", grade: "leader" as const });
const dispatch = { operator: "钱调度", requirement: "", returns: [], recalled: null };

function value<T>(done: { ok: true; value: T } | { ok: false; error: { id: string } }): T {
  if (!done.ok) throw new Error(done.error.id);
  return done.value;
}
const sentDown = (): DutyEvent => value(judgeDispatch("event-9", given, byDistrict(), undefined));
const answer = { operator: "钱调度", text: "属你街道管辖，请办理" };

test("DS-1 an event that the district sends down is reported in the street, with who sends it and what is wanted", () => {
  const event = sentDown();
  expect(event).toMatchObject({
    state: "reported",
    source: "district",
    number: "20261121-区001",
    reportedBy: "district",
    dueAt: at + 120 * minute,
    dispatch: { operator: "钱调度", requirement: "30 分钟内到场并反馈", returns: [], recalled: null },
  });
  expect(judgeDispatch("event-9", given, byDistrict(), event)).toMatchObject({ error: { id: "event.exists" } });
  const accepted = value(judgeAction(event, "accept", {}, byLeader(minute)));
  expect(accepted).toMatchObject({ state: "accepted", dispatch: event.dispatch });
});

test("DS-1 OP-5 only the district's own device sends down, and what it says is in the log", () => {
  const op: Op = {
    id: "00000000-0000-7000-8000-000000000001",
    kind: "event.dispatch",
    v: 1,
    street: "500118004",
    device: "district-500118004",
    seq: 1,
    at,
    by: "district",
    body: { eventId: "event-9", given },
  };
  const done = value(applyOp(op, undefined, undefined));
  expect(done.log).toMatchObject({ eventId: "event-9", action: "dispatch" });
  expect(done.log.text.zh).toBe("区中心下派（钱调度）：301路公交增开班次。办理要求：30 分钟内到场并反馈");
  for (const forged of [{ by: "officer-1" }, { device: "desk-1" }])
    expect(applyOp({ ...op, ...forged }, undefined, "leader")).toMatchObject({ error: { id: "op.author" } });
});

test("DS-3 a return is asked for by a leader before the event is assigned, once at a time, and nothing else changes", () => {
  const event = sentDown();
  const asked = value(judgeAction(event, "hand_back", fullGiven.hand_back, byLeader(minute)));
  expect(asked).toEqual({
    ...event,
    updatedAt: at + minute,
    dispatch: {
      ...event.dispatch,
      returns: [{ reason: "不在本街道范围内", at: at + minute, by: "officer-1", answer: null }],
    },
  });
  const again = judgeAction(asked, "hand_back", fullGiven.hand_back, byLeader());
  expect(again).toMatchObject({ error: { id: "event.return_waits" } });
  expect(actionsFrom("reported", "leader", { event: asked, at })).not.toContain("hand_back");
  expect(actionsFrom("reported", "leader", { event, at })).toContain("hand_back");
  expect(actionsFrom("reported", "operator", { event, at })).not.toContain("hand_back");
  // Events of the street's own are returned by nobody; those of the district are not voided.
  const own = eventIn("reported");
  expect(judgeAction(own, "hand_back", fullGiven.hand_back, byLeader())).toMatchObject({
    error: { id: "event.not_dispatched" },
  });
  expect(judgeAction(event, "void", fullGiven.void, byLeader())).toMatchObject({
    error: { id: "event.dispatch_void" },
  });

  const insisted = value(judgeDispatchStep(asked, "insist", answer, byDistrict(2 * minute)));
  expect(insisted.dispatch?.returns).toMatchObject([{ answer: { ...answer, at: at + 2 * minute } }]);
  expect(insisted.state).toBe("reported");
  expect(judgeDispatchStep(insisted, "insist", answer, byDistrict())).toMatchObject({
    error: { id: "event.nothing_returned" },
  });
  expect(judgeAction(insisted, "hand_back", fullGiven.hand_back, byLeader()).ok).toBe(true);
  const full = {
    ...dispatch,
    returns: Array.from({ length: 20 }, () => ({ reason: "", at, by: "", answer: { ...answer, at } })),
  };
  expect(judgeAction({ ...event, dispatch: full }, "hand_back", fullGiven.hand_back, byLeader())).toMatchObject({
    error: { id: "event.return_waits" },
  });
});

test("DS-4 what was sent down is recalled from every open state, with its tasks and the whistle that waits", () => {
  const lead = { kind: "post", name: "交通巡逻岗" } as const;
  const assigned = value(
    judgeAction(value(judgeAction(sentDown(), "accept", {}, byLeader())), "assign", { lead }, byLeader()),
  );
  const recalled = value(judgeDispatchStep(assigned, "recall", answer, byDistrict(5 * minute)));
  expect(recalled).toMatchObject({
    state: "void",
    dispatch: { recalled: { ...answer, at: at + 5 * minute } },
    tasks: [{ state: "withdrawn" }],
  });
  const whistled = eventIn("whistled", { dispatch, whistles: [calledWhistle] });
  expect(judgeDispatchStep(whistled, "recall", answer, byDistrict())).toMatchObject({
    value: { state: "void", whistles: [{ state: "withdrawn" }] },
  });
  for (const state of ["reported", "accepted", "assessed", "handling", "fed_back", "verified"] as const)
    expect(judgeDispatchStep(eventIn(state, { dispatch }), "recall", answer, byDistrict()).ok, state).toBe(true);
  for (const state of ["closed", "void", "merged"] as const)
    expect(judgeDispatchStep(eventIn(state, { dispatch }), "recall", answer, byDistrict())).toMatchObject({
      error: { id: "event.not_from_here" },
    });
  expect(judgeDispatchStep(eventIn("reported"), "recall", answer, byDistrict())).toMatchObject({
    error: { id: "event.not_dispatched" },
  });
  expect(judgeDispatchStep(undefined, "recall", answer, byDistrict())).toMatchObject({
    error: { id: "event.unknown" },
  });
});
