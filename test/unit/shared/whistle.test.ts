import { expect, test } from "vitest";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { logSentence } from "#shared/domain/duty-event/given.ts";
import { judgeAction } from "#shared/domain/duty-event/judge.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import { dwellsOf, whistleMoves, whistleOf, whistleStates, whistleSteps } from "#shared/domain/duty-event/whistle.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import criteria from "../../../resources/defaults/criteria.json" with { type: "json" };
import table from "../../../resources/defaults/whistle.json" with { type: "json" };
import { at, calledWhistle, eventIn, fullGiven, minute } from "./samples.ts";

type Taken = Exclude<EventAction, "report">;
const lead = { kind: "post", name: "交通巡逻岗" } as const;
let clock = at;
const act = (grade: Grade = "leader") => ({ at: clock, by: grade, grade });
const judge = (event: DutyEvent, action: Taken, given: unknown = fullGiven[action], grade?: Grade) =>
  judgeAction(event, action, given, act(grade));
function after(event: DutyEvent, ...steps: (Taken | [Taken, unknown])[]): DutyEvent {
  return steps.reduce((before, step) => {
    clock += minute;
    const [action, given] = Array.isArray(step) ? step : ([step, fullGiven[step]] as const);
    const done = judge(before, action, given);
    if (!done.ok) throw new Error(`${action}: ${done.error.id} ${done.error.field ?? ""}`);
    return done.value;
  }, event);
}
const handling = () => {
  clock = at;
  return eventIn("handling", { lead });
};

test("WH-1 WH-2 WH-5 a whistle goes from the call to the score, and a second one leaves the first as it was", () => {
  const scored = after(handling(), "whistle", "route", "report_in", "feedback", "rate");
  expect(scored.state).toBe("fed_back");
  expect(scored.whistles).toHaveLength(1);
  expect(scored.whistles[0]).toMatchObject({
    to: "区城市管理局",
    kindName: "疑难",
    state: "rated",
    score: { points: [{ name: "时效", points: 4, most: 5 }], text: "到得快", by: "leader" },
  });
  expect(scored.whistles[0]?.steps.map(({ step }) => step)).toEqual(["call", "route", "report_in", "feedback", "rate"]);
  expect(judge(scored, "rate")).toMatchObject({ ok: false, error: { id: "whistle.none" } });
  const again = after(scored, "return", "whistle");
  expect(again.whistles).toHaveLength(2);
  expect(again.whistles[0]).toEqual(scored.whistles[0]);
  expect(whistleOf(again)?.state).toBe("called");
});

test("WH-2 every step × every state of a whistle: allowed as the law says, refused with where it stands", () => {
  const law: Record<string, readonly string[]> = {
    route: ["called", "routed", "reported_in"],
    report_in: ["called", "routed", "reported_in"],
    dispute: ["called", "routed", "reported_in"],
    decide: ["disputed"],
    feedback: ["called", "routed", "reported_in"],
    return: ["called", "routed", "reported_in", "disputed"],
    withdraw: ["called", "routed", "reported_in", "disputed"],
  };
  for (const [action, from] of Object.entries(law))
    for (const state of whistleStates) {
      const event = eventIn("whistled", { lead, whistles: [{ ...calledWhistle, state }] });
      const done = judge(event, action as Taken);
      if (from.includes(state)) expect(done, `${action} ${state}`).toMatchObject({ ok: true });
      else expect(done, `${action} ${state}`).toMatchObject({ ok: false, error: { id: "whistle.not_from_here" } });
    }
  expect(whistleSteps.filter((step) => Object.keys(whistleMoves[step]).length === 0)).toEqual(["call"]);
});

test("WH-3 what is told by phone names who told it", () => {
  const called = after(handling(), "whistle");
  for (const action of ["route", "report_in"] as const) {
    const { toldBy: _, ...rest } = fullGiven[action];
    expect(judge(called, action, rest)).toMatchObject({ ok: false, error: { id: "event.missing", field: "toldBy" } });
  }
  const routed = after(called, "route");
  expect(whistleOf(routed)?.steps.at(-1)).toMatchObject({ by: "leader", toldBy: "区中心钱调度", to: "区城市管理局" });
  expect(logSentence("route", fullGiven.route, routed, called).zh).toBe("派哨给 区城市管理局（区中心钱调度 告知）");
});

test("WH-4 a dispute holds everything until it is decided, with words; the one named then is who is waited for", () => {
  const disputed = after(handling(), "whistle", "route", "dispute");
  expect(disputed.state).toBe("whistled");
  for (const action of ["report_in", "feedback", "route", "dispute"] as const)
    expect(judge(disputed, action)).toMatchObject({
      ok: false,
      error: { id: "whistle.not_from_here", params: { whistle: "管辖争议" } },
    });
  expect(judge(disputed, "decide", { to: "区交通运输委", toldBy: "钱调度" })).toMatchObject({
    error: { id: "event.missing", field: "text" },
  });
  expect(whistleOf(after(disputed, "decide"))).toMatchObject({ state: "routed", to: "区交通运输委" });
});

test("WH-5 only those who answer for the street score, and no criterion gets more than its most", () => {
  const fed = after(handling(), "whistle", "feedback");
  expect(judge(fed, "rate", fullGiven.rate, "operator")).toMatchObject({ error: { id: "event.role" } });
  const scores = [{ code: "timeliness", name: "时效", points: 6, most: 5 }];
  expect(judge(fed, "rate", { scores })).toMatchObject({
    ok: false,
    error: { field: expect.stringContaining("scores") },
  });
  expect(judge(fed, "rate", { scores: [] })).toMatchObject({ ok: false });
  expect(criteria.rows.map(({ name }) => name)).toEqual(["时效", "质量", "态度", "效果"]);
  expect(table.label).toBe("默认");
});

test("WH-6 a withdrawn whistle leads back to where it was whistled, a returned one to 待分派", () => {
  const assessed = eventIn("assessed", { lead });
  clock = at;
  expect(after(assessed, "whistle", "withdraw")).toMatchObject({
    state: "assessed",
    whistles: [{ state: "withdrawn" }],
  });
  expect(after(handling(), "whistle", "withdraw")).toMatchObject({ state: "handling" });
  expect(after(handling(), "whistle", "dispute", "return")).toMatchObject({
    state: "assessed",
    whistles: [{ state: "returned" }],
  });
});

test("WH-7 each hop tells how long it took; the last runs while somebody owes the next", () => {
  const routed = after(handling(), "whistle", "route");
  const whistle = whistleOf(routed);
  if (!whistle) throw new Error("no whistle");
  expect(dwellsOf(whistle, clock + 7 * minute).map(({ dwellMs }) => dwellMs)).toEqual([minute, 7 * minute]);
  const gone = whistleOf(after(routed, "withdraw"));
  if (!gone) throw new Error("no whistle");
  expect(dwellsOf(gone, clock + 99 * minute).map(({ dwellMs }) => dwellMs)).toEqual([minute, minute, null]);
});

test("WH-8 an event whistled before whistles had a life goes on as one that has", () => {
  const { whistles: _, ...old } = eventIn("whistled", { lead });
  const whistle = { kind: "daily", to: "区交通运输委", text: "请增开", at } as const;
  const read = readEvent({ ...old, whistle });
  expect(whistleOf(read)).toMatchObject({ kindName: "日常", state: "called", to: "区交通运输委" });
  clock = at;
  const fed = after(read, "feedback", "rate");
  expect(fed).toMatchObject({ whistle: null, state: "fed_back", whistles: [{ state: "rated" }] });
  expect(readEvent({ ...old, state: "closed", whistle }).whistles).toMatchObject([{ state: "fed_back" }]);
});
