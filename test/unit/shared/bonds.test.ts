import { expect, test } from "vitest";
import type { DutyEvent, EventState } from "#shared/domain/duty-event/event.ts";
import { logSentence } from "#shared/domain/duty-event/given.ts";
import { judgeAction, judgeReport } from "#shared/domain/duty-event/judge.ts";
import { sawOf } from "#shared/domain/duty-event/merge.ts";
import { type EventAction, isReady, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { owesAnswer } from "#shared/domain/duty-event/urge.ts";
import { at, calledWhistle, eventIn, fullGiven, minute, reportGiven } from "./samples.ts";

type Taken = Exclude<EventAction, "report">;
const lead = { kind: "post", name: "建设环保岗" } as const;
const act = { at: at + 30 * minute, by: "officer-1", grade: "leader" } as const;
const judge = (event: DutyEvent, action: Taken, given: unknown = fullGiven[action], when = act) =>
  judgeAction(event, action, given, when);
function changed(event: DutyEvent, action: Taken, given: unknown = fullGiven[action], when = act): DutyEvent {
  const done = judge(event, action, given, when);
  if (!done.ok) throw new Error(`${action}: ${done.error.id}`);
  return done.value;
}
const refused = (event: DutyEvent, action: Taken, given: unknown = fullGiven[action]) => {
  const done = judge(event, action, given);
  return done.ok ? "done" : done.error;
};

test("BO-1 BO-2 BO-3 a matter of the boundary cannot be sent away; it closes with an agreement", () => {
  const marked = changed(eventIn("handling", { lead }), "mark_border");
  expect(marked).toMatchObject({ state: "handling", border: { side: "邻区商圈街道", agreement: null } });
  expect(refused(marked, "mark_border")).toMatchObject({ id: "event.border_marked" });
  expect(refused(marked, "close", { result: "已清理" })).toMatchObject({
    id: "event.border_agreement",
    params: { side: "邻区商圈街道" },
  });
  for (const result of ["不属我方管辖", "不归我们管", "非本辖区", "不在我街范围", "That is not ours"])
    expect(refused(changed(marked, "agree"), "close", { result })).toMatchObject({
      id: "event.border_sent_away",
      field: "result",
    });
  expect(
    refused(changed(eventIn("assigned", { lead }), "mark_border"), "return", { reason: "不属于我街" }),
  ).toMatchObject({
    id: "event.border_sent_away",
    field: "reason",
  });
  const honest = changed(eventIn("assigned", { lead }), "mark_border");
  expect(changed(honest, "return", { reason: "现场约一半在区界外，管护主体不明。" }).state).toBe("assessed");
  expect(refused(changed(eventIn("accepted"), "mark_border"), "void")).toMatchObject({ id: "event.border_void" });
  const agreed = changed(marked, "agree");
  expect(agreed.border?.agreement).toMatchObject({ oneOff: "我方清理 200 米", upkeep: "对方日常管护" });
  expect(changed(agreed, "close", { result: "已清理，对方日常管护" }).state).toBe("closed");
  expect(changed(changed(eventIn("accepted"), "mark_border"), "unmark_border").border).toBeNull();
});

test("BO-3 who has no matter of the boundary closes and returns in any words", () => {
  const event = eventIn("handling", { lead });
  expect(changed(event, "close", { result: "不属我方管辖，已转告" }).state).toBe("closed");
});

test("EV-15 two who write an agreement at once: the second is refused as changed, nothing is overwritten", () => {
  const marked = changed(eventIn("handling", { lead }), "mark_border");
  const saw = sawOf(marked, fullGiven.agree);
  expect(saw).toEqual({ agreementAt: null });
  const agreed = changed(marked, "agree");
  const late = judgeAction(agreed, "agree", fullGiven.agree, { ...act, by: "officer-2" }, saw);
  expect(late).toMatchObject({ ok: false, error: { id: "event.changed", params: { fields: "跨区协议" } } });
  expect(judgeAction(agreed, "agree", fullGiven.agree, act, sawOf(agreed, fullGiven.agree)).ok).toBe(true);
});

test("BO-4 BO-5 a merge stops the clock and says where it stood; its undo brings the event back as it was", () => {
  for (const state of ["reported", "assigned", "handling", "whistled", "verified"] as EventState[]) {
    const before = eventIn(state, { lead, whistles: [calledWhistle] });
    const merged = changed(before, "merge");
    expect(merged).toMatchObject({
      state: "merged",
      closedAt: act.at,
      merged: { number: "20261121-A000", from: state },
    });
    expect(logSentence("merge", fullGiven.merge, merged, before).zh).toBe(
      "并入 20261121-A000，时限停止，还剩 1小时30分",
    );
    const back = changed(merged, "unmerge", {}, { ...act, at: act.at + minute });
    expect(back).toEqual({ ...before, updatedAt: act.at + minute });
  }
  const late = eventIn("handling", { lead, dueAt: at + 10 * minute, limitMin: 10 });
  expect(logSentence("merge", fullGiven.merge, changed(late, "merge"), late).zh).toContain("已超时 20分钟");
  // Where the whole has no limit, the step that ran had one, and its words are not that there was none.
  const limit = { min: 45, in: "round_the_clock" as const };
  const none = { acknowledge: null, arrive: null, report: null, handle: null };
  const limits = { ...none, accept: limit, wholeIn: "round_the_clock" as const, calendar: null };
  const bare = eventIn("reported", { dueAt: null, limitMin: null, limits });
  expect(logSentence("merge", fullGiven.merge, changed(bare, "merge"), bare).zh).toBe(
    "并入 20261121-A000，受理时限停止，还剩 15分钟",
  );
});

test("BO-4 only an earlier event leads: no limit is stretched and no circle can arise", () => {
  const event = eventIn("handling", { lead });
  const into = { eventId: "event-9", number: "20261121-A009", reportedAt: at + minute };
  expect(refused(event, "merge", { into })).toMatchObject({ id: "event.merge_order", field: "into" });
  expect(refused(event, "merge", { into: { ...into, eventId: event.id, reportedAt: at - minute } })).toMatchObject({
    id: "event.merge_order",
  });
  expect(refused(event, "merge", { into: { ...into, reportedAt: at, number: "20261121-A002" } })).not.toBe("done");
  expect(refused(event, "merge", { into: { ...into, reportedAt: at, number: "20261121-A000" } })).toBe("done");
});

test("BO-6 a link is set, replaced and taken off; where an event was split from stays", () => {
  const split = judgeReport(
    "event-5",
    { ...reportGiven, splitFrom: { eventId: "event-0", number: "A000" } },
    act,
    undefined,
  );
  if (!split.ok) throw new Error(split.error.id);
  expect(split.value.links).toMatchObject([{ eventId: "event-0", kind: "split_from" }]);
  const linked = changed(split.value, "link");
  expect(linked.links.map(({ kind }) => kind)).toEqual(["split_from", "same_cause"]);
  const again = changed(linked, "link", { ...fullGiven.link, linkKind: "follows" });
  expect(again.links.map(({ kind }) => kind)).toEqual(["split_from", "follows"]);
  const off = changed(again, "unlink");
  expect(off.links.map(({ kind }) => kind)).toEqual(["split_from"]);
  expect(refused(off, "unlink")).toMatchObject({ id: "event.not_linked" });
  expect(refused(linked, "link", { ...fullGiven.link, other: { eventId: "event-5", number: "A" } })).toMatchObject({
    id: "event.link_self",
  });
});

test("BO-7 a split leaves the event where it stands and says in how many pieces", () => {
  const event = eventIn("handling", { lead });
  const after = changed(event, "split");
  expect(after).toEqual({ ...event, updatedAt: act.at });
  expect(logSentence("split", fullGiven.split, after, event).zh).toBe("拆分出 2 件");
  expect(refused(event, "split", { parts: [] })).toMatchObject({ id: "event.missing" });
});

test("UR-1 UR-2 each urging counts; one answer of a party is an answer to all that it was asked", () => {
  let event = changed(eventIn("handling", { lead }), "urge");
  event = changed(event, "supervise");
  event = changed(event, "urge", { to: "交巡警联勤岗", via: "电话", text: "还要多久" });
  expect(event.urges).toHaveLength(3);
  expect(owesAnswer(event)).toEqual(["区交通运输委", "交巡警联勤岗"]);
  event = changed(event, "answer_urge");
  expect(event.urges.map(({ answer }) => answer?.text)).toEqual(["下午三点到", "下午三点到", undefined]);
  expect(refused(event, "answer_urge")).toMatchObject({ id: "event.nothing_urged", field: "to" });
  const operator = { ...act, grade: "operator" } as const;
  expect(judgeAction(event, "supervise", fullGiven.supervise, operator)).toMatchObject({ error: { id: "event.role" } });
});

test("RV-1 a review is offered after a critical event, until one is written; two at once do not overwrite", () => {
  const closed = eventIn("closed", { level: "critical" });
  const { forward } = transitionOf("review");
  expect([forward?.(closed), forward?.(eventIn("closed"))]).toEqual([true, false]);
  const saw = sawOf(closed, fullGiven.review);
  const reviewed = changed(closed, "review");
  expect(reviewed.review).toMatchObject({ happened: "16:30 落水，5 分钟救起", measures: [{ who: "建设环保岗" }] });
  expect(forward?.(reviewed)).toBe(false);
  expect(isReady("review", reviewed)).toBe(true);
  expect(judgeAction(reviewed, "review", fullGiven.review, act, saw)).toMatchObject({ error: { id: "event.changed" } });
  const measures = [{ text: "加护栏", who: "", dueOn: "2026-12-01" }];
  expect(refused(closed, "review", { happened: "落水", measures })).toMatchObject({ id: "event.missing" });
});
