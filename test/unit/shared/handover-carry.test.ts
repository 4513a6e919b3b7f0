import { describe, expect, test } from "vitest";
import {
  type Carry,
  type CarryAction,
  carryActions,
  carryActionsFor,
  carryMoveOf,
  carryStates,
  judgeCarry,
  judgeGive,
} from "#shared/domain/handover/carry-over.ts";
import { type ReportRules, reportDue } from "#shared/domain/handover/reports.ts";
import { type Grade, grades } from "#shared/domain/officer/officer.ts";
import { at, eventIn, minute } from "./samples.ts";

const act = (by: string, grade: Grade = "operator") => ({ at, by, grade });
const given = {
  id: "c",
  text: "回访施工队",
  eventId: null,
  confidential: false,
  officerId: "chen",
  officerName: "陈主班",
  handoverId: "2026-11-21/day",
};
const first = judgeGive(undefined, given, act("li"));
if (!first.ok) throw new Error(first.error.id);
const item = first.value;
const words = (action: CarryAction, text = "好") => ({ carryId: "c", action, text, to: null });

describe("a carry-over item", () => {
  test("HO-12: state by action by person: what the table says and nothing else", () => {
    for (const state of carryStates) {
      const present: Carry = { ...item, state };
      for (const action of carryActions) {
        for (const [by, grade] of [["chen", "operator"], ...grades.map((grade) => ["other", grade])] as [
          string,
          Grade,
        ][]) {
          const { from, to, who } = carryMoveOf(action);
          const may = from.includes(state) && (who.includes(grade) || (by === "chen" && who.includes("named")));
          const outcome = judgeCarry(present, words(action), act(by, grade));
          expect(outcome.ok ? outcome.value.state : "refused", `${state} ${action} ${by} ${grade}`).toBe(
            may ? to : "refused",
          );
          expect(carryActionsFor(present, by, grade).includes(action)).toBe(may);
        }
      }
    }
  });

  test("HO-12: objection, decision and result need words; a decision may name another", () => {
    for (const action of ["finish", "contest"] as const)
      expect(judgeCarry(item, words(action, ""), act("chen"))).toMatchObject({
        ok: false,
        error: { id: "event.missing" },
      });
    const to = { officerId: "zhao", name: "赵副班" };
    expect(judgeCarry(item, { ...words("decide"), to }, act("zhou", "leader"))).toMatchObject({
      ok: true,
      value: { state: "waiting", officerId: "zhao", officerName: "赵副班" },
    });
    expect(judgeCarry(item, { ...words("accept"), to }, act("chen"))).toMatchObject({
      ok: true,
      value: { officerId: "chen" },
    });
    expect(judgeCarry(undefined, words("accept"), act("chen"))).toMatchObject({
      ok: false,
      error: { id: "carry.unknown" },
    });
  });

  test("HO-7 HO-12: it goes on from shift to shift and remembers where it came from; a finished one does not come back", () => {
    const accepted: Carry = { ...item, state: "accepted" };
    const next = { ...given, officerId: "zhao", officerName: "赵副班", handoverId: "2026-11-21/night" };
    expect(judgeGive(accepted, next, act("wu"))).toMatchObject({
      ok: true,
      value: { state: "waiting", officerId: "zhao", times: 2, firstHandoverId: "2026-11-21/day" },
    });
    expect(judgeGive({ ...item, state: "finished" }, next, act("wu"))).toMatchObject({
      ok: false,
      error: { id: "carry.finished" },
    });
  });
});

describe("reports that are due", () => {
  const rules: ReportRules = {
    label: "默认",
    levels: ["critical"],
    phoneMin: 30,
    writtenMin: 60,
    followupMin: 120,
    finalMin: 90,
  };
  const critical = eventIn("handling", { level: "critical" });
  const inMin = (minutes: number) => at + minutes * minute;

  test("HO-16: first by phone and in writing, then at intervals, then once after the end", () => {
    expect(reportDue(rules, eventIn("handling", { level: "urgent" }), [])).toBeUndefined();
    expect(reportDue(rules, critical, [])).toEqual({
      kind: "initial",
      dueAt: inMin(60),
      phoneAt: inMin(30),
      made: 0,
    });
    expect(reportDue(rules, critical, [inMin(-5)]), "an entry from before the event is no report of it").toMatchObject({
      made: 0,
    });
    expect(reportDue(rules, critical, [inMin(20), inMin(50)])).toMatchObject({
      kind: "followup",
      dueAt: inMin(170),
      made: 2,
    });
    const closed = { ...critical, state: "closed", closedAt: inMin(200) } as const;
    expect(reportDue(rules, closed, [inMin(20)])).toMatchObject({ kind: "final", dueAt: inMin(290) });
    expect(reportDue(rules, closed, [inMin(20), inMin(210)])).toBeUndefined();
    expect(reportDue(rules, { ...critical, state: "void" }, [])).toBeUndefined();
  });
});
