import { describe, expect, test } from "vitest";
import { type DutyEvent, type EventState, eventStates } from "#shared/domain/duty-event/event.ts";
import { logSentence } from "#shared/domain/duty-event/given.ts";
import { judgeAction, judgeReport } from "#shared/domain/duty-event/judge.ts";
import {
  actionsFrom,
  type EventAction,
  eventActions,
  steps,
  transitions,
} from "#shared/domain/duty-event/transitions.ts";
import { type Grade, grades } from "#shared/domain/officer/officer.ts";
import { at, calledWhistle, eventIn, fullGiven, minute, ready, reportGiven } from "./samples.ts";

/**
 * What the rule book says, written down a second time by hand: state → action → where it leads.
 * Never derive it from the product's table: two tellings that agree are the proof.
 */
const clocks = (state: EventState): Partial<Record<EventAction, EventState>> =>
  Object.fromEntries(
    (["ask_pause", "ask_extend", "grant", "refuse", "pause", "extend", "resume"] as const).map((action) => [
      action,
      state,
    ]),
  );

/** What may be done to a matter in hand without moving it. */
const beside = (state: EventState, more: Partial<Record<EventAction, EventState>> = {}) => ({
  urge: state,
  supervise: state,
  answer_urge: state,
  mark_border: state,
  agree: state,
  unmark_border: state,
  seal: state,
  merge: "merged" as const,
  split: state,
  link: state,
  unlink: state,
  ...more,
});
const lawOfStates: Record<EventState | "none", Partial<Record<EventAction, EventState>>> = {
  none: { report: "reported" },
  reported: beside("reported", { accept: "accepted", void: "void", hand_back: "reported" }),
  accepted: beside("accepted", {
    assess: "assessed",
    assign: "assigned",
    close: "closed",
    void: "void",
    hand_back: "accepted",
    rate: "accepted",
    ...clocks("accepted"),
  }),
  assessed: beside("assessed", {
    assess: "assessed",
    assign: "assigned",
    whistle: "whistled",
    void: "void",
    hand_back: "assessed",
    ...clocks("assessed"),
  }),
  assigned: beside("assigned", {
    acknowledge: "handling",
    close: "closed",
    return: "assessed",
    rate: "assigned",
    ...clocks("assigned"),
  }),
  handling: beside("handling", {
    feedback: "fed_back",
    close: "closed",
    whistle: "whistled",
    rate: "handling",
    ...clocks("handling"),
  }),
  whistled: beside("whistled", {
    feedback: "fed_back",
    return: "assessed",
    route: "whistled",
    report_in: "whistled",
    dispute: "whistled",
    decide: "whistled",
    withdraw: "handling",
    ...clocks("whistled"),
  }),
  fed_back: beside("fed_back", { verify: "verified", close: "closed", return: "handling", rate: "fed_back" }),
  verified: beside("verified", { close: "closed", rate: "verified" }),
  closed: {
    reopen: "accepted",
    rate: "closed",
    answer_urge: "closed",
    link: "closed",
    unlink: "closed",
    review: "closed",
  },
  void: {},
  merged: { unmerge: "handling" },
};

/** Who may: everyone at the desk, or only those who answer for it. An administrator keeps the desk, not its events. */
const deskHands: Grade[] = ["operator", "shift_leader", "leader"];
const answerable: Grade[] = ["shift_leader", "leader"];
const lawOfGrades: Record<EventAction, Grade[]> = {
  report: deskHands,
  accept: deskHands,
  assess: deskHands,
  assign: deskHands,
  acknowledge: deskHands,
  feedback: deskHands,
  verify: deskHands,
  close: deskHands,
  return: deskHands,
  whistle: answerable,
  ask_pause: ["operator"],
  ask_extend: ["operator"],
  grant: answerable,
  refuse: answerable,
  pause: answerable,
  extend: answerable,
  resume: deskHands,
  reopen: answerable,
  void: answerable,
  hand_back: answerable,
  route: deskHands,
  report_in: deskHands,
  rate: answerable,
  dispute: deskHands,
  decide: deskHands,
  withdraw: answerable,
  urge: deskHands,
  supervise: answerable,
  answer_urge: deskHands,
  mark_border: deskHands,
  agree: deskHands,
  unmark_border: answerable,
  seal: deskHands,
  merge: deskHands,
  unmerge: deskHands,
  split: deskHands,
  link: deskHands,
  unlink: deskHands,
  review: deskHands,
};

/** The rule that each action answers to: its title of a test. */
const rulesOf: Record<EventAction, string> = {
  report: "EV-1",
  accept: "EV-2",
  assess: "EV-3 and CF-4",
  assign: "EV-4 and EV-16",
  acknowledge: "EV-5 and EV-17",
  feedback: "EV-6 and EV-18",
  verify: "EV-7",
  close: "EV-8 and EV-9 and EV-19 and BO-3",
  return: "EV-10 and EV-19",
  whistle: "EV-11 and WH-1",
  ask_pause: "CL-5",
  ask_extend: "CL-5",
  grant: "CL-6",
  refuse: "CL-6",
  pause: "CL-6",
  extend: "CL-6",
  resume: "CL-7",
  reopen: "EV-12",
  void: "EV-13 and BO-3 and DS-3",
  hand_back: "DS-3",
  route: "WH-2 and WH-3",
  report_in: "WH-2 and WH-3",
  rate: "WH-5",
  dispute: "WH-4",
  decide: "WH-4",
  withdraw: "WH-6",
  urge: "UR-1",
  supervise: "UR-1",
  answer_urge: "UR-2",
  mark_border: "BO-1",
  agree: "BO-2",
  unmark_border: "BO-1",
  seal: "CF-4",
  merge: "BO-4",
  unmerge: "BO-5",
  split: "BO-7",
  link: "BO-6",
  unlink: "BO-6",
  review: "RV-1",
};

const lead = { kind: "post", name: "交通巡逻岗" } as const;
const act = (grade: Grade, later = minute) => ({ at: at + later, by: "officer-1", grade });
const held = { minutes: 60, reason: "等天亮", askedAt: at, askedBy: "officer-2", ended: null };
const paused = { ...held, kind: "pause" as const, decided: { at, by: "officer-3", granted: true, words: "" } };
/** How the clocks stand for an action that needs it so. */
const holdsFor: Partial<Record<EventAction, DutyEvent["holds"]>> = {
  grant: [{ ...held, kind: "extend", decided: null }],
  refuse: [{ ...held, kind: "extend", decided: null }],
  resume: [paused],
};
/** Events past assignment have a lead; `assign` brings its own. */
const standing = (state: EventState, action: EventAction = "accept") =>
  eventIn(state, { lead, holds: holdsFor[action] ?? [], ...ready(action) });

describe("the walk: every state × action × grade", () => {
  const actions = Object.keys(lawOfGrades) as EventAction[];
  const states = Object.keys(lawOfStates) as (EventState | "none")[];

  test("the law speaks of every state, action and grade of the product", () => {
    expect(states.toSorted()).toEqual([...eventStates, "none"].toSorted());
    expect(actions.toSorted()).toEqual([...eventActions].toSorted());
    expect([...new Set(Object.values(lawOfGrades).flat()), "admin"].toSorted()).toEqual([...grades].toSorted());
  });

  for (const action of actions) {
    for (const state of states) {
      test(`${action} from ${state}, all grades (${rulesOf[action]}, EV-14)`, () => {
        for (const grade of grades) {
          const present = state === "none" ? undefined : standing(state, action);
          const before = structuredClone(present);
          const outcome =
            action === "report"
              ? judgeReport("event-1", reportGiven, act(grade), present)
              : judgeAction(present, action, fullGiven[action], act(grade));
          const to = lawOfStates[state][action];
          const allowed = lawOfGrades[action].includes(grade);
          expect(present, "judging changes nothing").toEqual(before);
          if (to && allowed) {
            expect(outcome).toMatchObject({ ok: true, value: { state: to, updatedAt: at + minute } });
          } else {
            const why = to ? "event.role" : whyNot(action, state);
            expect(outcome, `${grade}`).toMatchObject({ ok: false, error: { id: why } });
          }
          expect(actionsFrom(state, grade).includes(action), "the button").toBe(to !== undefined && allowed);
        }
      });
    }
  }

  function whyNot(action: EventAction, state: EventState | "none"): string {
    if (action === "report") return "event.exists";
    return state === "none" ? "event.unknown" : "event.not_from_here";
  }

  test("EV-14: a refusal says the action and the state", () => {
    expect(judgeAction(standing("closed"), "accept", {}, act("leader"))).toEqual({
      ok: false,
      error: { kind: "ask", id: "event.not_from_here", params: { action: "受理", state: "closed" } },
    });
    expect(judgeAction(standing("closed"), "reopen", { reason: "回潮" }, act("operator"))).toEqual({
      ok: false,
      error: { kind: "ask", id: "event.role", params: { action: "重开" } },
    });
  });

  test("CL-5 CL-6 CL-7: the buttons of the clocks follow how they stand, and a refusal says why", () => {
    const clocksOf = (grade: Grade, holds: DutyEvent["holds"], more: Partial<DutyEvent> = {}) =>
      actionsFrom("handling", grade, { event: eventIn("handling", { holds, ...more }), at: at + minute }).filter(
        (action) => action in clocks("handling"),
      );
    expect(clocksOf("operator", [])).toEqual(["ask_pause", "ask_extend"]);
    expect(clocksOf("leader", [])).toEqual(["pause", "extend"]);
    const asked = [{ ...held, kind: "pause" as const, decided: null }];
    expect(clocksOf("operator", asked)).toEqual([]);
    expect(clocksOf("shift_leader", asked)).toEqual(["grant", "refuse"]);
    expect(clocksOf("operator", [paused])).toEqual(["resume", "ask_extend"]);
    expect(clocksOf("operator", [], { limitMin: null })).toEqual(["ask_pause"]);
    const judge = (action: Exclude<EventAction, "report">, more: Partial<DutyEvent>) =>
      judgeAction(eventIn("handling", more), action, fullGiven[action], act("leader"));
    for (const [action, more, id] of [
      ["pause", { holds: asked }, "clock.not_nothing_asked"],
      ["grant", { holds: [paused] }, "clock.not_asked"],
      ["pause", { holds: [paused] }, "clock.not_running"],
      ["resume", { holds: asked }, "clock.not_paused"],
      ["extend", { limitMin: null }, "clock.not_limit"],
      [
        "pause",
        { holds: Array.from({ length: 40 }, () => ({ ...paused, ended: { at, by: "officer-1" } })) },
        "step.too_many",
      ],
    ] as const)
      expect(judge(action, more as Partial<DutyEvent>), id).toMatchObject({ ok: false, error: { id } });
  });

  test("each row names its rules, one key and two languages; no key stands twice on one event", () => {
    for (const action of actions) {
      const row = transitions[action];
      expect(row.rules.join(" and ")).toBe(rulesOf[action]);
      expect(row.label.zh).toMatch(/^[\u4e00-\u9fff]+$/);
      expect(row.label.en).toMatch(/^[A-Z][a-z]/);
    }
    for (const state of states) {
      // A mark of the boundary and its agreement exclude each other: one key.
      const keys = actions
        .filter((action) => action !== "mark_border" && lawOfStates[state][action] !== undefined)
        .map((action) => transitions[action].key);
      expect(new Set(keys).size, state).toBe(keys.length);
    }
  });

  test("each state but void stands in exactly one step of the strip", () => {
    const stood = steps.flatMap((step) => step.states);
    expect(stood.toSorted()).toEqual(eventStates.filter((state) => state !== "void" && state !== "merged").toSorted());
  });
});

describe("what an action needs and changes", () => {
  const judge = (event: DutyEvent, action: Exclude<EventAction, "report">, given: unknown) =>
    judgeAction(event, action, given, act("shift_leader"));
  const changed = (event: DutyEvent, action: Exclude<EventAction, "report">, given: unknown) => {
    const outcome = judge(event, action, given);
    if (!outcome.ok) throw new Error(`${action}: ${outcome.error.id}`);
    return outcome.value;
  };

  test("EV-1: a report is waiting to be accepted, its limit counts from now, nobody handles it yet", () => {
    expect(judgeReport("event-7", reportGiven, act("operator", 0), undefined)).toEqual({
      ok: true,
      value: eventIn("reported", { id: "event-7" }),
    });
    const open = judgeReport("event-7", { ...reportGiven, limitMin: null }, act("operator"), undefined);
    expect(open).toMatchObject({ ok: true, value: { dueAt: null } });
  });

  test("EV-2: accepting changes the state, ends the clock of accepting, and changes nothing else", () => {
    const event = standing("reported");
    const marks = { ...event.marks, acceptedAt: at + minute };
    expect(changed(event, "accept", {})).toEqual({ ...event, state: "accepted", marks, updatedAt: at + minute });
  });

  test("EV-3: assessing needs board, category, level and lead", () => {
    for (const field of ["board", "category", "level", "lead"]) {
      const given = { ...fullGiven.assess, [field]: undefined };
      expect(judge(standing("accepted"), "assess", given)).toMatchObject({
        ok: false,
        error: { id: "event.missing", field },
      });
    }
  });

  test("EV-3: a new limit counts from the report, not from the assessment; it may be repeated", () => {
    const first = changed(standing("accepted"), "assess", { ...fullGiven.assess, limitMin: 30 });
    expect(first).toMatchObject({ level: "urgent", board: "livelihood", dueAt: at + 30 * minute, state: "assessed" });
    const again = changed(first, "assess", { ...fullGiven.assess, level: "critical" });
    expect(again).toMatchObject({ level: "critical", limitMin: 30, dueAt: at + 30 * minute });
  });

  test("EV-4: an event without a lead is not assigned; a lead from the assessment or given with it serves", () => {
    const bare = eventIn("accepted");
    expect(judge(bare, "assign", {})).toMatchObject({ ok: false, error: { id: "event.lead_required", field: "lead" } });
    expect(changed(bare, "assign", { lead })).toMatchObject({ lead, state: "assigned" });
    expect(changed({ ...bare, lead }, "assign", {})).toMatchObject({ lead });
    const other = { kind: "team", name: "应急队" };
    expect(changed({ ...bare, lead }, "assign", { lead: other, coHandlers: [lead] })).toMatchObject({
      lead: other,
      coHandlers: [lead],
    });
  });

  test("EV-5: acknowledging starts the handling; the log says who acknowledged, the lead if nobody is named", () => {
    const before = standing("assigned");
    const after = changed(before, "acknowledge", { party: "巡逻车", via: "对讲机" });
    expect(after.state).toBe("handling");
    expect(logSentence("acknowledge", { party: "巡逻车" }, after, before).zh).toBe("巡逻车签收，开始处置");
    expect(logSentence("acknowledge", {}, after, before).zh).toBe("交通巡逻岗签收，开始处置");
  });

  test.each([
    ["EV-6", "handling", "feedback", "text"],
    ["EV-8", "verified", "close", "result"],
    ["EV-10", "assigned", "return", "reason"],
    ["EV-12", "closed", "reopen", "reason"],
    ["EV-13", "reported", "void", "reason"],
  ] as const)("%s: from %s, %s needs %s: blanks are not words", (_rule, state, action, field) => {
    for (const given of [{}, { [field]: "" }, { [field]: " \n " }]) {
      expect(judge(standing(state), action, given)).toMatchObject({
        ok: false,
        error: { id: "event.missing", field },
      });
    }
    expect(judge(standing(state), action, { [field]: "有", spare: 1 }), "nothing unasked").toMatchObject({ ok: false });
  });

  test("a line of the log ends where nothing more was said, and what was said stands as it was", () => {
    const accepted = (note?: string) => logSentence("accept", { note }, eventIn("accepted"), eventIn("reported"));
    expect(accepted()).toEqual({ zh: "受理", en: "Accepted" });
    expect(accepted("")).toEqual({ zh: "受理", en: "Accepted" });
    expect(accepted("已派人，")).toEqual({ zh: "受理。已派人，", en: "Accepted. 已派人，" });
    for (const action of eventActions) {
      const { zh, en } = logSentence(action, {}, eventIn("accepted"), eventIn("reported"));
      expect(zh, action).not.toMatch(/[。，：；]$/u);
      expect(en, action).not.toMatch(/[.,:;]$/u);
    }
  });

  test("EV-9: the log says when an event was closed without verification, and only then", () => {
    for (const state of ["accepted", "assigned", "handling", "fed_back"] as const) {
      const after = changed(standing(state), "close", { result: "已清" });
      expect(logSentence("close", { result: "已清" }, after, standing(state)).zh).toContain("未经核查");
      expect(logSentence("close", { result: "已清" }, after, standing(state)).en).toContain("without verification");
    }
    const after = changed(standing("verified"), "close", { result: "已清" });
    expect(after).toMatchObject({ result: "已清", closedAt: at + minute });
    expect(logSentence("close", { result: "已清" }, after, standing("verified"))).toEqual({
      zh: "办结：已清",
      en: "Closed: 已清",
    });
  });

  test("EV-11: a whistle names kind, addressee and matter, and when", () => {
    for (const field of ["whistleKind", "to", "text"]) {
      expect(judge(standing("handling"), "whistle", { ...fullGiven.whistle, [field]: undefined })).toMatchObject({
        ok: false,
        error: { id: "event.missing", field },
      });
    }
    const told = { ...calledWhistle, at: at + minute, steps: [{ ...calledWhistle.steps[0], at: at + minute }] };
    expect(changed(eventIn("handling", { lead }), "whistle", fullGiven.whistle).whistles).toEqual([
      { ...told, kindName: "疑难" },
    ]);
  });

  test("EV-12: a reopened event is open again and has no end", () => {
    expect(changed(standing("closed"), "reopen", { reason: "回潮" })).toMatchObject({
      state: "accepted",
      closedAt: null,
    });
  });

  test("every sentence of the log is filled: no gap stays open", () => {
    for (const action of eventActions) {
      const after = eventIn("assigned", { lead, board: "safety", coHandlers: [lead] });
      const given = action === "report" ? {} : fullGiven[action];
      const said = logSentence(action, given, after, eventIn("assessed"));
      expect(said.zh).not.toMatch(/[{}]/);
      expect(said.en).not.toMatch(/[{}]/);
      expect(said.zh).not.toBe("");
    }
  });
});
